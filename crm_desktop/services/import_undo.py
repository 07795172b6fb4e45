"""撤销一次导入: what it added is taken out, what it changed goes back, what was touched since stays.

The history is the undo: every line of a run stands between the run's first line and its last. A record stays when
somebody changed it since, or when a record that stays points to it; a file that stays keeps its numbers and cars, a
case that stays its events, reworks and calls. A field goes back where it still says what the run wrote.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from itertools import islice
from typing import Any

from peewee import BooleanField, ForeignKeyField, IntegerField

from crm_desktop.domain.customers import NAMELESS
from crm_desktop.domain.imports import UndoResult
from crm_desktop.models.base import Record
from crm_desktop.models.complaints import Complaint, ComplaintEvent, FollowUp, Rework
from crm_desktop.models.customers import Contact, Customer, Vehicle, Visit
from crm_desktop.models.erasure import forget
from crm_desktop.models.ledger import Ledger
from crm_desktop.services.desk import Desk
from crm_desktop.services.soundness import RECORDS

_BLOCK = 1000
_BROUGHT: tuple[type[Record], ...] = (
    FollowUp, Rework, ComplaintEvent, Complaint, Visit, Vehicle, Contact, Customer,
)  # fmt: skip
"""What imports bring, in the order in which it can be taken out: what points before what is pointed to."""
_PARTS: tuple[tuple[type[Record], str, type[Record]], ...] = (
    (Contact, "customer_id", Customer),
    (Vehicle, "customer_id", Customer),
    (ComplaintEvent, "complaint_id", Complaint),
    (Rework, "complaint_id", Complaint),
    (FollowUp, "complaint_id", Complaint),
)
"""Tables whose records stay with the one they belong to."""
_PERSONAL = (Customer, Contact, Vehicle)
"""Of what is taken out nothing personal stays behind in the history: nobody could find it there to erase it."""
_TITLES: dict[type[Record], tuple[str, str]] = {
    Customer: ("客户", "name"),
    Vehicle: ("车辆", "CASE plate WHEN '' THEN vin ELSE plate END"),
    Visit: ("进厂记录", "COALESCE(order_number, came_on, '')"),
    Complaint: ("抱怨", "number"),
    Rework: ("返修", "order_number"),
    FollowUp: ("回访", "COALESCE(substr(called_at, 1, 10), planned_on, '')"),
}
_CHANGED, _USED, _PART = "之后有人改过", "之后的记录用到它", "属于留下的档案"
_REASON = "撤销导入"

Told = Callable[[int, int], None]
"""Hears records done and records in all."""


@dataclass(slots=True)
class _Field:
    """What a run did to one field: what stood there before, what stands there after; ``known`` unless erased."""

    old: str | None
    new: str | None
    known: bool


class ImportUndo:
    """Takes one run back inside the caller's transaction; used once."""

    def __init__(self, desk: Desk, ledger: Ledger, run: int) -> None:
        self._desk = desk
        self._ledger = ledger
        self._first, self._last = desk.rows(
            "SELECT MIN(id), MAX(id) FROM history WHERE entity = 'imports' AND entity_id = ?", (run,)
        )[0]
        self._models = {model._meta.table_name: model for model in RECORDS}
        self._stays: list[str] = []

    def take_back(self, progress: Told | None = None) -> UndoResult:
        """Does it; ``progress`` may raise to leave everything as it is."""
        self._sql("CREATE TEMP TABLE undoing (entity TEXT, id INTEGER, why TEXT, PRIMARY KEY (entity, id))")
        try:
            self._sql(
                "INSERT INTO undoing SELECT entity, entity_id, NULL FROM history"
                " WHERE id BETWEEN ? AND ? AND field = '' AND entity <> 'imports'",
                (self._first, self._last),
            )
            restored = self._restore()
            self._keep_changed()
            self._keep_used()
            self._name_kept()
            return UndoResult(self._remove(progress), restored, tuple(self._stays))
        finally:
            self._sql("DROP TABLE undoing")

    def _sql(self, sql: str, parameters: tuple[Any, ...] = ()) -> int:
        return int(self._desk.database.execute_sql(sql, parameters).rowcount)

    def _restore(self) -> int:
        """Fields of records that were there before go back; returns how many records did."""
        written: dict[tuple[str, int], dict[str, _Field]] = {}
        for entity, record, field, old, new, salt in self._desk.rows(
            "SELECT h.entity, h.entity_id, h.field, h.old, h.new, h.salt FROM history h WHERE h.id BETWEEN ? AND ?"
            " AND h.field <> '' AND h.entity <> 'imports' AND NOT EXISTS"
            " (SELECT 1 FROM undoing u WHERE u.entity = h.entity AND u.id = h.entity_id) ORDER BY h.id",
            (self._first, self._last),
        ):
            first = written.setdefault((entity, record), {}).setdefault(field, _Field(old, new, salt is not None))
            first.new, first.known = new, first.known and salt is not None
        return sum(self._put_back(self._models[entity], record, told) for (entity, record), told in written.items())

    def _put_back(self, model: type[Record], record: int, written: dict[str, _Field]) -> bool:
        now = self._now(model, record, tuple(written))
        back = {
            name: _typed(model, name, field.old)
            for name, field in written.items()
            if field.known and now and now[name] == field.new
        }
        if now and len(back) < len(written):
            self._stays.append(f"{self._title(model, record)}里补过的内容（{_CHANGED}）")
        if back:
            self._ledger.change(model, record, back, reason=_REASON)
        return bool(back)

    def _now(self, model: type[Record], record: int, names: tuple[str, ...]) -> dict[str, str | None]:
        """Fields of a record as the history would write them; nothing for a record that is no more."""
        columns = ", ".join(model._meta.fields[name].column_name for name in names)
        found = self._desk.rows(f"SELECT {columns} FROM {model._meta.table_name} WHERE id = ?", (record,))
        if not found:
            return {}
        return {name: None if v is None else str(v) for name, v in zip(names, found[0], strict=True)}

    def _keep_changed(self) -> None:
        """A record whose fields are not as the run left them stays; changed and changed back is not changed."""
        first: dict[tuple[str, int, str], tuple[str | None, bool]] = {}
        for entity, record, field, old, salt in self._desk.rows(
            "SELECT h.entity, h.entity_id, h.field, h.old, h.salt FROM undoing u JOIN history h"
            " ON h.entity = u.entity AND h.entity_id = u.id AND h.id > ? WHERE h.field <> '' ORDER BY h.id",
            (self._last,),
        ):
            first.setdefault((entity, record, field), (old, salt is not None))
        for (entity, record, field), (left, known) in first.items():
            model = self._models[entity]
            if field in model._meta.fields and (not known or self._now(model, record, (field,))[field] != left):
                self._sql("UPDATE undoing SET why = ? WHERE entity = ? AND id = ?", (_CHANGED, entity, record))

    def _keep_used(self) -> None:
        """Until nothing more has to stay: what a record that stays points to, and the parts of what stays."""
        references = tuple(self._references())
        while sum(self._sql(sql, (why,)) for sql, why in references):
            pass

    def _references(self) -> Iterator[tuple[str, str]]:
        gone = "SELECT id FROM undoing WHERE entity = '{}' AND why IS NULL"
        for parent in _BROUGHT:
            for child in RECORDS:
                for field in child._meta.fields.values():
                    if isinstance(field, ForeignKeyField) and field.rel_model is parent:
                        table, column = child._meta.table_name, field.column_name
                        yield (
                            f"UPDATE undoing SET why = ? WHERE entity = '{parent._meta.table_name}' AND why IS NULL"
                            f" AND id IN (SELECT {column} FROM {table} WHERE {column} IS NOT NULL"
                            f" AND id NOT IN ({gone.format(table)}))",
                            _USED,
                        )
        for part, column, whole in _PARTS:
            yield (
                f"UPDATE undoing SET why = ? WHERE entity = '{part._meta.table_name}' AND why IS NULL AND id IN"
                f" (SELECT p.id FROM {part._meta.table_name} p JOIN undoing w ON w.id = p.{column}"
                f" AND w.entity = '{whole._meta.table_name}' AND w.why IS NOT NULL)",
                _PART,
            )

    def _name_kept(self) -> None:
        for entity, record, why in self._desk.rows(
            "SELECT entity, id, why FROM undoing WHERE why IN (?, ?) ORDER BY entity, id", (_CHANGED, _USED)
        ):
            model = self._models[entity]
            if model in _TITLES:
                self._stays.append(f"{self._title(model, record)}（{why}）")

    def _title(self, model: type[Record], record: int) -> str:
        word, column = _TITLES.get(model, ("记录", "id"))
        found = self._desk.rows(f"SELECT {column} FROM {model._meta.table_name} WHERE id = ?", (record,))
        return f"{word} {found[0][0] or NAMELESS if model is Customer else found[0][0]}".rstrip()

    def _remove(self, progress: Told | None) -> dict[str, int]:
        """Takes out what may go; returns how many of each kind the desk has a word for."""
        total = self._desk.rows("SELECT COUNT(*) FROM undoing WHERE why IS NULL")[0][0]
        removed: dict[str, int] = {}
        done = 0
        for model in _BROUGHT:
            table = model._meta.table_name
            ids = iter(self._desk.rows("SELECT id FROM undoing WHERE entity = ? AND why IS NULL ORDER BY id", (table,)))
            while block := [record for (record,) in islice(ids, _BLOCK)]:
                if model in _PERSONAL:
                    forget(self._ledger, model, block)
                self._ledger.remove(model, block, _REASON)
                done += len(block)
                if model in _TITLES:
                    word = _TITLES[model][0]
                    removed[word] = removed.get(word, 0) + len(block)
                if progress is not None:
                    progress(done, total)
        return dict(reversed(removed.items()))


def _typed(model: type[Record], name: str, text: str | None) -> Any:
    """What the history keeps as text, as the database keeps it."""
    whole = isinstance(model._meta.fields[name], (IntegerField, ForeignKeyField, BooleanField))
    return int(text) if whole and text is not None else text
