"""The history as it was written, and everything the home holds as text in one canonical order."""

from __future__ import annotations

import hashlib
from typing import Any

from crm_desktop.domain.acts import Act
from crm_desktop.domain.rights import Right, require
from crm_desktop.domain.staff import Role
from crm_desktop.models.history import broken_at
from crm_desktop.models.tail import missing
from crm_desktop.services.desk import Desk
from crm_desktop.services.disposals import NEVER_HANDED_OUT

_OF_THIS_HOME = {"salt", "old_digest", "new_digest", "reason_digest", "row_seal", "link", "checksum"}
"""Columns that follow from this home's own key and chance, and say nothing more."""
_NO_CONTENT = {"credentials", "facts", "door_answers"}
_LINE = "id, at, who, screen, entity, entity_id, field, old, new, reason"
_KEPT_INSIDE = tuple(model._meta.table_name for model in NEVER_HANDED_OUT)
"""Tables whose words stay in the house: a line tells that something was noted, a dump tells whether it is the same."""


class Chronicle:
    """Reads only."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk

    def rows(self, after: int = 0, limit: int = 200) -> list[dict[str, Any]]:
        """History lines behind this one, oldest first; an erased value is None. Times are UTC text."""
        names = _LINE.split(", ")
        query = f"SELECT {_LINE} FROM history WHERE id > ? ORDER BY id LIMIT ?"
        lines = [dict(zip(names, row, strict=True)) for row in self._desk.rows(query, (after, limit))]
        return [{**line, "old": None, "new": None} if line["entity"] in _KEPT_INSIDE else line for line in lines]

    def verify(self) -> dict[str, Any]:
        """Whether the chain holds and reaches the end that was told beside it, how many lines it has, its last link."""
        head = self._desk.rows("SELECT value FROM facts WHERE name = 'history_head'")
        recorded, _, last = head[0][0].partition(":") if head else ("0", "", "")
        lines, broken = self._desk.rows("SELECT COUNT(*) FROM history")[0][0], broken_at(self._desk.key)
        cut = missing(self._desk.home, self._desk.key, self._desk.database.execute_sql)
        whole = broken is None and int(recorded) == lines and not cut
        return {"ok": whole, "lines": lines, "head": last, "broken_at": broken}

    def content(self, act: Act) -> dict[str, list[dict[str, Any]]]:
        """Every row of every table by its columns' names: two equal databases give equal text.

        Left out: secrets, the search index, and what only this home's key makes of the rows.

        :raises NotAllowed: neither 服务总监 nor somebody who keeps the backups.
        """
        if Role.DIRECTOR not in act.roles:
            require(act, Right.BACKUP)
        names = self._desk.rows("SELECT name FROM sqlite_master WHERE type = 'table' ORDER BY name")
        kept = [n for (n,) in names if n not in _NO_CONTENT and not n.startswith(("search_", "sqlite_"))]
        return {table: self._table(table) for table in kept}

    def _table(self, table: str) -> list[dict[str, Any]]:
        columns = [row[1] for row in self._desk.rows(f"PRAGMA table_info({table})") if row[1] not in _OF_THIS_HOME]
        rows = self._desk.rows(f"SELECT {', '.join(columns)} FROM {table} ORDER BY {', '.join(columns)}")
        told = [dict(zip(columns, row, strict=True)) for row in rows]
        return [_marked(row) for row in told] if table in _KEPT_INSIDE else told


def _marked(row: dict[str, Any]) -> dict[str, Any]:
    """A mark in place of every text: equal where the texts are, and nothing of what they say."""
    return {
        name: hashlib.blake2b(value.encode(), digest_size=8).hexdigest() if value and isinstance(value, str) else value
        for name, value in row.items()
    }
