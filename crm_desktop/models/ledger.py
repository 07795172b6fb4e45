"""The one door for writes: version, checksum and history line of every change, inside the caller's transaction."""

from __future__ import annotations

import secrets
from collections.abc import Iterable, Mapping, Sequence
from functools import lru_cache
from pathlib import Path
from typing import Any

from crm_desktop.domain.acts import Act
from crm_desktop.domain.errors import ChangedMeanwhile, NotFound
from crm_desktop.models.base import Record, seal, stored, stored_defaults
from crm_desktop.models.desk import Fact
from crm_desktop.models.history import GENESIS, GONE, History, Line, digest, link
from crm_desktop.models.moments import stamp
from crm_desktop.models.search import SearchIndex, scrub
from crm_desktop.models.tail import note_end

_HEAD = "history_head"
_GATHERED = 4000
"""So many history lines wait at most: an import of a hundred thousand rows must not hold them all."""
_HISTORY_COLUMNS = (*Line._fields, "old", "new", "salt", "link")
_HISTORY_INSERT = (
    f"INSERT INTO history ({', '.join(_HISTORY_COLUMNS)}) VALUES ({', '.join('?' * len(_HISTORY_COLUMNS))})"
)


@lru_cache(maxsize=64)
def _shape(model: type[Record]) -> tuple[tuple[str, ...], str, Mapping[str, Any]]:
    """Field names in column order, the INSERT statement, stored defaults."""
    names = tuple(model._meta.sorted_field_names)
    columns = ", ".join(model._meta.fields[name].column_name for name in names)
    insert = f"INSERT INTO {model._meta.table_name} ({columns}) VALUES ({', '.join('?' * len(names))})"
    return names, insert, stored_defaults(model)


class Ledger:
    """Writes of one act; made by ``Desk.writing`` and valid inside its transaction only."""

    def __init__(self, key: bytes, act: Act) -> None:
        self.act = act
        self._key = key
        self._database = History._meta.database
        head = Fact.get_or_none(Fact.name == _HEAD)
        count, _, last = head.value.partition(":") if head else ("0", "", GENESIS)
        self._count, self._link = int(count), last
        self._lines: list[tuple[Any, ...]] = []
        self._index = SearchIndex(self._database.connection())
        self._forgets = False

    def add(self, model: type[Record], title: str = "", /, **values: Any) -> int:
        """One new record; ``title`` is what the history shows as its beginning. Returns the id."""
        return self.add_many(model, [values], [title])[0]

    def add_many(self, model: type[Record], rows: Sequence[Mapping[str, Any]], titles: Iterable[str] = ()) -> list[int]:
        """Many new records of one table in one go, each with its own history line. Returns their ids.

        Ids are given here: the IMMEDIATE transaction keeps every other writer out.
        """
        names, insert, defaults = _shape(model)
        base = self.next_id(model) - 1
        tuples, ids, heads = [], [], list(titles)
        for offset, values in enumerate(rows, start=1):
            row = {**defaults, **stored(model, values), "id": base + offset, "ver": 1}
            row["checksum"] = mark = seal(model, row)
            tuples.append([row[name] for name in names])
            ids.append(base + offset)
            self._note(model, base + offset, "", None, heads[offset - 1] if heads else "", mark)
            self._index.added(model._meta.table_name, row)
        self._database.connection().executemany(insert, tuples)
        if len(self._lines) >= _GATHERED:
            self.flush()
        return ids

    def next_id(self, model: type[Record]) -> int:
        """The id the next new record of this table will get, for rows that must name each other beforehand.

        An id is given once: what was taken out again (``remove``) keeps it in the history.
        """
        table = model._meta.table_name
        found = self._database.execute_sql(
            f"SELECT MAX(COALESCE((SELECT MAX(id) FROM {table}), 0),"
            " COALESCE((SELECT MAX(entity_id) FROM history WHERE entity = ?), 0))",
            (table,),
        ).fetchone()
        return int(found[0]) + 1

    def change(
        self,
        model: type[Record],
        record_id: int,
        changes: Mapping[str, Any],
        ver: int | None = None,
        reason: str = "",
        *,
        touch: bool = False,
    ) -> int:
        """Changes fields of one record, one history line a field that really differs. Returns the new version.

        ``touch`` moves the version on even when no field differs (a milestone was recorded beside it).

        :raises ChangedMeanwhile: when ``ver`` is given and the record has moved on.
        :raises NotFound: when there is no such record.
        """
        names, _, _ = _shape(model)
        columns = [model._meta.fields[name].column_name for name in names]
        table = model._meta.table_name
        found = self._database.execute_sql(
            f"SELECT {', '.join(columns)} FROM {table} WHERE id = ?", (record_id,)
        ).fetchone()
        if found is None:
            raise NotFound("这条记录已经不在了，请刷新后再看。")
        row = dict(zip(names, found, strict=True))
        if ver is not None and row["ver"] != ver:
            raise ChangedMeanwhile("这条记录刚被别人改过，请先看最新内容，再改一次。")
        wanted = {k: v for k, v in stored(model, changes).items() if row[k] != v}
        if not wanted and not touch:
            return int(row["ver"])
        before = dict(row)
        row.update(wanted, ver=row["ver"] + 1)
        row["checksum"] = seal(model, row)
        written = (*wanted, "ver", "checksum")
        assignments = ", ".join(f"{model._meta.fields[name].column_name} = ?" for name in written)
        self._database.execute_sql(
            f"UPDATE {table} SET {assignments} WHERE id = ?", (*(row[name] for name in written), record_id)
        )
        for name in wanted:
            self._note(model, record_id, name, _text(before[name]), _text(row[name]), row["checksum"], reason)
        self._index.changed(table, before, row)
        if len(self._lines) >= _GATHERED:
            self.flush()
        return int(row["ver"])

    def remove(self, model: type[Record], ids: Sequence[int], reason: str = "") -> None:
        """Takes records out that nothing points to any more: the undo of an import, an order typed by mistake; nothing
        else may.

        Each leaves a last line, so that ``check`` knows a record that was taken out from one that was lost.
        """
        names, _, _ = _shape(model)
        columns = ", ".join(model._meta.fields[name].column_name for name in names)
        table = model._meta.table_name
        for record in ids:
            found = self._database.execute_sql(f"SELECT {columns} FROM {table} WHERE id = ?", (record,)).fetchone()
            self._index.removed(table, dict(zip(names, found, strict=True)))
            self._note(model, record, GONE, None, None, "", reason)
        self.flush()
        self._database.connection().executemany(f"DELETE FROM {table} WHERE id = ?", [(record,) for record in ids])

    def remark(self, model: type[Record], record_id: int, field: str, new: str, reason: str = "") -> None:
        """A history line for something that changed no column of the record itself (an event, an export)."""
        found = self._database.execute_sql(
            f"SELECT checksum FROM {model._meta.table_name} WHERE id = ?", (record_id,)
        ).fetchone()
        self._note(model, record_id, field, None, new, found[0] if found else "", reason)

    def forget(self) -> None:
        """What this act takes out of the search index is to leave the file too, not only the index."""
        self._forgets = True

    def finish(self) -> None:
        """Writes all that is still gathered; called by ``Desk.writing`` before COMMIT, behind which the end is told."""
        self.flush()
        self._database.after_commit(self._note_end)
        if self._forgets:
            scrub(self._database.connection())

    def _note_end(self) -> None:
        note_end(Path(self._database.database).parent, self._key, self._database.execute_sql)

    def flush(self) -> None:
        """Writes the history lines and the entries of the search index gathered so far."""
        self._index.flush()
        if self._lines:
            self._database.connection().executemany(_HISTORY_INSERT, self._lines)
            head = (_HEAD, f"{self._count}:{self._link}")
            self._database.execute_sql("INSERT OR REPLACE INTO facts (name, value) VALUES (?, ?)", head)
            self._lines = []

    def _note(
        self,
        model: type[Record],
        record_id: int,
        field: str,
        old: str | None,
        new: str | None,
        mark: str,
        reason: str = "",
    ) -> None:
        act, salt = self.act, secrets.token_hex(8)
        self._count += 1
        line = Line(
            self._count, stamp(act.at), act.who, act.staff_id, act.screen, model._meta.table_name, record_id,
            field, reason, digest(salt, old), digest(salt, new), mark, digest(salt, reason or None),
        )  # fmt: skip
        self._link = link(self._key, self._link, line)
        self._lines.append((*line, old, new, salt, self._link))


def _text(value: Any) -> str | None:
    return None if value is None else str(value)
