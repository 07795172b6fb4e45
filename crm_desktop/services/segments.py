"""筛选: customers that answer to a filter, page by page, and filters kept under a name.

ids(CustomerFilter, after=None, size=200) -> list[int]      keyset by id, the latest first        count(filter)
save(name, CustomerFilter, act) -> id       saved(who) -> list[SavedRow]       remove(id, ver, act)
"""

from __future__ import annotations

from typing import Any

from crm_desktop.domain.acts import Act
from crm_desktop.domain.errors import InvalidInput
from crm_desktop.domain.rights import Right, require
from crm_desktop.domain.segments import CustomerFilter, SavedRow, as_json, checked_filter, from_json
from crm_desktop.domain.text import checked_line
from crm_desktop.models.gathered import SavedFilter
from crm_desktop.services.desk import Desk
from crm_desktop.services.gaps import condition

SCREEN = "客户档案"
_SAME = ("grade", "stage", "owner", "region", "kind", "trade", "source")
_VISIT = "SELECT 1 FROM visits w WHERE w.customer_id = c.id AND w.came_on"


class Segments:
    """Who is meant, told once and found again."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk

    def ids(self, wanted: CustomerFilter, after: int | None = None, size: int = 200) -> list[int]:
        """The customers behind the id ``after``; raises as ``checked_filter``."""
        where, told = self._where(wanted)
        query = f"SELECT c.id FROM customers c WHERE {where} AND c.id < ? ORDER BY c.id DESC LIMIT ?"
        return [i for (i,) in self._desk.rows(query, (*told, after or 1 << 62, size))]

    def count(self, wanted: CustomerFilter) -> int:
        """How many there are; raises as ``checked_filter``."""
        where, told = self._where(wanted)
        return int(self._desk.rows(f"SELECT COUNT(*) FROM customers c WHERE {where}", tuple(told))[0][0])

    def save(self, name: str, wanted: CustomerFilter, act: Act) -> int:
        """Keeps a filter for whoever asks; the same name of the same person is written over. Returns its id.

        :raises InvalidInput: no name, or as ``checked_filter``.
        """
        act = require(act, Right.PROFILE)
        called, told = checked_line(name, "筛选名称", 40), as_json(checked_filter(wanted))
        if not called:
            raise InvalidInput({"name": "请给这个筛选起个名称。"})
        known = self._desk.rows(
            "SELECT id FROM saved_filters WHERE screen = ? AND name = ? AND who = ?", (SCREEN, called, act.who)
        )
        with self._desk.writing(act) as ledger:
            if known:
                ledger.change(SavedFilter, known[0][0], {"criteria": told, "removed": False})
                return int(known[0][0])
            values = {"screen": SCREEN, "name": called, "criteria": told, "who": act.who}
            return ledger.add(SavedFilter, called, entered_at=act.at, **values)

    def saved(self, who: str) -> list[SavedRow]:
        """One person's filters by name."""
        rows = self._desk.rows(
            "SELECT id, ver, name, who, criteria FROM saved_filters WHERE screen = ? AND who = ? AND removed = 0"
            " ORDER BY name",
            (SCREEN, who),
        )
        return [SavedRow(found, ver, name, own, from_json(text)) for found, ver, name, own, text in rows]

    def remove(self, filter_id: int, ver: int, act: Act) -> None:
        """Off the list."""
        act = require(act, Right.PROFILE)
        with self._desk.writing(act) as ledger:
            ledger.change(SavedFilter, filter_id, {"removed": True}, ver)

    def _where(self, wanted: CustomerFilter) -> tuple[str, list[Any]]:
        checked_filter(wanted)
        parts, told = ["c.merged_into_id IS NULL"], list[Any]()
        for name in _SAME:
            if getattr(wanted, name):
                parts.append(f"c.{name} = ?")
                told.append(getattr(wanted, name))
        if wanted.tag:
            parts.append(
                "EXISTS (SELECT 1 FROM customer_tags t WHERE t.customer_id = c.id AND t.tag = ? AND t.removed = 0)"
            )
            told.append(wanted.tag)
        if wanted.brand:
            parts.append("EXISTS (SELECT 1 FROM vehicles v WHERE v.customer_id = c.id AND v.brand = ?)")
            told.append(wanted.brand)
        if wanted.came_from or wanted.came_to:
            parts.append(f"EXISTS ({_VISIT} BETWEEN ? AND ?)")
            told += [str(wanted.came_from or "0000-01-01"), str(wanted.came_to or "9999-12-31")]
        if wanted.stayed_away_since:
            parts.append(f"NOT EXISTS ({_VISIT} >= ?)")
            told.append(wanted.stayed_away_since.isoformat())
        if wanted.contactable:
            parts.append("c.do_not_disturb = 0 AND c.contact_consent <> '不同意'")
        if wanted.gap:
            told_gap, parameters = condition(self._desk, wanted.gap)
            parts.append(told_gap)
            told += parameters
        return " AND ".join(parts), told
