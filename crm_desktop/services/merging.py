"""合并两份档案: everything follows to the kept file, nothing is deleted, and all of it can be undone.

preview(kept_id, merged_id, taken=()) -> MergePreview      ``taken``: the fields that shall stand as in the merged file
merge(kept_id, merged_id, reason, act, taken=()) -> merge_id       undo(merge_id, reason, act)
merges() -> list[MergeRow]                               kept(customer_id) -> the file it went into, or itself
"""

from __future__ import annotations

import json
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from peewee import ForeignKeyField

from crm_desktop.domain.acts import Act
from crm_desktop.domain.customers import NAMELESS
from crm_desktop.domain.errors import InvalidInput, NotAllowed, NotFound
from crm_desktop.domain.merging import FILLED, MergePreview, merged_values, preview_lines
from crm_desktop.domain.rights import Right, require
from crm_desktop.domain.text import checked_line
from crm_desktop.models.base import Record
from crm_desktop.models.customers import Contact, Customer
from crm_desktop.models.gathered import Merge
from crm_desktop.models.ledger import Ledger
from crm_desktop.models.moments import moment
from crm_desktop.models.profile import CustomerTag
from crm_desktop.services.desk import Desk
from crm_desktop.services.soundness import RECORDS

LABELS = {
    "contacts": "联系方式", "vehicles": "车辆", "visits": "进厂", "complaints": "投诉", "follow_ups": "回访",
    "payments": "付款", "contracts": "合同", "attachments": "附件", "stage_steps": "分类", "grades": "评级",
    "customer_tags": "标签", "signs": "苗头", "survey_calls": "调查", "erasures": "个人信息删除",
}  # fmt: skip
"""What follows, in the desk's words, by table."""
_WORDS = (*FILLED, "notes", "do_not_disturb")
_EMPTIED = {"name": "", "name_keys": "", "owner": "", "source_number": None}
"""What the merged file gives up, so that no list and no search finds it: its number goes to the kept one."""


@dataclass(frozen=True, slots=True)
class MergeRow:
    """One merge as listed. ``merged_at`` UTC; ``undone`` once it was taken back.

    ``after``: the merges to be taken back before this one, the first of them first.
    """

    id: int
    kept_id: int
    kept_name: str
    merged_id: int
    merged_name: str
    reason: str
    who: str
    merged_at: datetime
    undone: bool
    after: tuple[int, ...] = ()

    @property
    def told(self) -> str:
        """Which merge this is."""
        return f"“{self.merged_name or NAMELESS}”并入“{self.kept_name or NAMELESS}”"


Move = tuple[type[Record], str, int]
"""A record that follows: its table, the field that names the customer, its id."""


class Merging:
    """Two files that are one customer."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk

    def preview(self, kept_id: int, merged_id: int, taken: Collection[str] = ()) -> MergePreview:
        """What ``merge`` would do; raises as it does."""
        kept, merged = self._pair(kept_id, merged_id)
        follows: dict[str, int] = {}
        for model, _, _ in self._moves(merged_id):
            table = str(model._meta.table_name)
            label = LABELS.get(table, table)
            follows[label] = follows.get(label, 0) + 1
        lines, warnings = preview_lines(kept, merged, taken), tuple(self._warnings(kept, merged, taken))
        names = kept["name"] or NAMELESS, merged["name"] or NAMELESS
        return MergePreview(kept_id, merged_id, *names, lines, follows, warnings)

    def merge(self, kept_id: int, merged_id: int, reason: str, act: Act, taken: Collection[str] = ()) -> int:
        """The second file goes into the first. Returns the merge's id, for ``undo``.

        :raises InvalidInput: twice the same file, no reason, or as ``merged_values``.
        :raises NotAllowed: one was merged already.
        """
        act = require(act, Right.CUSTOMER_BASE)
        why = checked_line(reason, "合并原因")
        if not why:
            raise InvalidInput({"reason": "合并客户请写明根据，如：同一手机、本人确认。"})
        kept, merged = self._pair(kept_id, merged_id)
        with self._desk.writing(act) as ledger:
            undo: list[list[Any]] = []
            for model, field, record in self._moves(merged_id):
                changes = self._followed(model, field, record, kept_id)
                self._change(ledger, undo, model, record, changes, why)
            changes = merged_values(kept, merged, taken)
            if kept["source_number"] is None and merged["source_number"]:
                changes["source_number"] = merged["source_number"]
            emptied = {**_EMPTIED, "merged_into": kept_id}
            self._change(ledger, undo, Customer, merged_id, emptied, why)
            if "name" in changes:
                changes["name_keys"] = merged["name_keys"]
            self._change(ledger, undo, Customer, kept_id, changes, why)
            told = json.dumps(undo, ensure_ascii=False)
            values = {"kept": kept_id, "merged": merged_id, "undo": told, "reason": why}
            return ledger.add(Merge, merged["name"], who=act.who, merged_at=act.at, **values)

    def undo(self, merge_id: int, reason: str, act: Act) -> None:
        """Puts everything back that still stands as the merge left it; what was changed since stays changed.

        :raises InvalidInput: no reason. :raises NotAllowed: undone already, or the kept file had part in another merge
            since; which are to be undone before is told.
        """
        act = require(act, Right.CUSTOMER_BASE)
        why = checked_line(reason, "撤销原因")
        if not why:
            raise InvalidInput({"reason": "撤销合并请写明原因。"})
        undone, undo = self._merge(merge_id)
        if undone:
            raise NotAllowed("这次合并已经撤销过了。")
        if first := self._to_undo_before(merge_id):
            raise NotAllowed(f"这份档案后来又合并过，请先撤销后一次：{first}。")
        models = {model._meta.table_name: model for model in RECORDS}
        with self._desk.writing(act) as ledger:
            for table, record, field, old, new in reversed(json.loads(undo)):
                if self._value(models[table], record, field) == new:
                    ledger.change(models[table], record, {field: old}, reason=why)
            ledger.change(Merge, merge_id, {"undone_at": act.at, "undone_by": act.who}, reason=why)

    def merges(self) -> list[MergeRow]:
        """Every merge, the latest first; both names as they were."""
        rows = self._desk.rows(
            "SELECT m.id, m.kept_id, c.name, m.merged_id, COALESCE((SELECT new FROM history WHERE entity = 'merges'"
            " AND entity_id = m.id AND field = '' ORDER BY id LIMIT 1), ''), m.reason, m.who, m.merged_at, m.undone_at"
            " FROM merges m JOIN customers c ON c.id = m.kept_id ORDER BY m.id DESC"
        )
        told: list[MergeRow] = []
        names: dict[int, str] = {}
        later: dict[int, tuple[int, ...]] = {}
        for found, kept, name, merged, was, why, who, at, undone in rows:
            after = tuple(sorted({*later.get(kept, ()), *later.get(merged, ())}, reverse=True))
            kept_name = name or names.get(kept, "")
            told.append(MergeRow(found, kept, kept_name, merged, was, why, who, moment(at), bool(undone), after))
            if undone is None:
                names[merged] = was
                later[kept] = later[merged] = (*after, found)
        return told

    def kept(self, customer_id: int) -> int:
        """The file this one went into, through every merge; itself where it was not merged."""
        found = self._row(customer_id)["merged_into"]
        return self.kept(found) if found else customer_id

    def _pair(self, kept_id: int, merged_id: int) -> tuple[dict[str, Any], dict[str, Any]]:
        if kept_id == merged_id:
            raise InvalidInput("合并要选两份不同的档案。")
        pair = self._row(kept_id), self._row(merged_id)
        if any(row["merged_into"] for row in pair):
            raise NotAllowed("其中一份档案已经并入别的档案，请刷新后再选。")
        return pair

    def _row(self, customer_id: int) -> dict[str, Any]:
        names = (*_WORDS, "name_keys", "source_number", "merged_into_id")
        found = self._desk.rows(f"SELECT {', '.join(names)} FROM customers WHERE id = ?", (customer_id,))
        if not found:
            raise NotFound("没有这位客户，请刷新后再看。")
        row = dict(zip(names, found[0], strict=True))
        row["merged_into"] = row.pop("merged_into_id")
        return row

    def _moves(self, merged_id: int) -> Iterator[Move]:
        """Every record of any table that names this customer, but for merges and files: found by looking, so that a
        table of tomorrow follows too."""
        for model in RECORDS:
            if model in (Merge, Customer):
                continue
            for name, field in model._meta.fields.items():
                if isinstance(field, ForeignKeyField) and field.rel_model is Customer:
                    table, column = model._meta.table_name, field.column_name
                    for (record,) in self._desk.rows(f"SELECT id FROM {table} WHERE {column} = ?", (merged_id,)):
                        yield model, name, record

    def _followed(self, model: type[Record], field: str, record: int, kept_id: int) -> dict[str, Any]:
        """What moves with the record: a number or a tag the kept file has already comes along as removed."""
        if model is Contact:
            value, removed, last = self._desk.rows(
                "SELECT value, removed, (SELECT COALESCE(MAX(position) + 1, 0) FROM contacts WHERE customer_id = ?1)"
                " FROM contacts WHERE id = ?2",
                (kept_id, record),
            )[0]
            known = self._desk.rows(
                "SELECT 1 FROM contacts WHERE customer_id = ? AND value = ? AND removed = 0", (kept_id, value)
            )
            return {field: kept_id, "position": last, "removed": bool(removed or known), "preferred": False}
        if model is CustomerTag:
            known = self._desk.rows(
                "SELECT 1 FROM customer_tags WHERE customer_id = ?"
                " AND tag = (SELECT tag FROM customer_tags WHERE id = ?)",
                (kept_id, record),
            )
            return {} if known else {field: kept_id}
        return {field: kept_id}

    def _change(
        self, ledger: Ledger, undo: list[list[Any]], model: type[Record], record: int, changes: dict[str, Any], why: str
    ) -> None:
        """Writes the changes and remembers what stood there before."""
        before = {field: self._value(model, record, field) for field in changes}
        ledger.change(model, record, changes, reason=why)
        for field, old in before.items():
            new = self._value(model, record, field)
            if new != old:
                undo.append([model._meta.table_name, record, field, old, new])

    def _value(self, model: type[Record], record: int, field: str) -> Any:
        column = model._meta.fields[field].column_name
        return self._desk.rows(f"SELECT {column} FROM {model._meta.table_name} WHERE id = ?", (record,))[0][0]

    def _merge(self, merge_id: int) -> tuple[str | None, str]:
        found = self._desk.rows("SELECT undone_at, undo FROM merges WHERE id = ?", (merge_id,))
        if not found:
            raise NotFound("没有这次合并，请刷新后再看。")
        return found[0]

    def _to_undo_before(self, merge_id: int) -> str:
        rows = {row.id: row for row in self.merges()}
        return "，再撤销".join(rows[found].told for found in rows[merge_id].after)

    def _warnings(self, kept: dict[str, Any], merged: dict[str, Any], taken: Collection[str]) -> Iterator[str]:
        if kept["name"] and merged["name"] and kept["name"] != merged["name"]:
            yield f"两份档案的姓名不同（{kept['name']}、{merged['name']}），请核对是不是同一位客户。"
        if kept["owner"] and merged["owner"] and kept["owner"] != merged["owner"]:
            yield f"两份档案的归属不同，合并后归 {(merged if 'owner' in taken else kept)['owner']}。"
