"""Opens a number: the very rows it counts, complaints, reworks, calls, measures or workshop orders."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date
from typing import Any

from crm_desktop.clock import day_bounds, local_day
from crm_desktop.domain.behind import BehindRow
from crm_desktop.domain.monthly import Counted, month_of
from crm_desktop.models.moments import moment, stamp
from crm_desktop.services.desk import Desk
from crm_desktop.services.monthly_trend import COUNTED

_CHUNK = 500
_QUERIES = {
    Counted.COMPLAINTS: """
        SELECT q.id, q.number, q.number, q.received_at, q.words, q.responsible, q.state FROM complaints q
        WHERE q.id IN ({ids})
    """,
    Counted.REWORKS: """
        SELECT r.id, r.order_number, q.number, r.came_on, r.items, r.technician, r.kind || ' ' || r.result
        FROM reworks r JOIN complaints q ON q.id = r.complaint_id WHERE r.id IN ({ids})
    """,
    Counted.CALLS: """
        SELECT f.id, COALESCE(q.number, ''), COALESCE(q.number, ''), f.called_at, f.feedback, f.caller,
            f.outcome || ' ' || f.satisfaction
        FROM follow_ups f LEFT JOIN complaints q ON q.id = f.complaint_id WHERE f.id IN ({ids})
    """,
    Counted.MEASURES: """
        SELECT m.id, m.number, COALESCE((SELECT q.number FROM measure_complaints l JOIN complaints q
            ON q.id = l.complaint_id WHERE l.measure_id = m.id AND l.removed = 0 ORDER BY l.id LIMIT 1), ''),
            m.due_on, m.what, m.who, COALESCE((SELECT e.conclusion FROM evaluations e WHERE e.measure_id = m.id
            ORDER BY e.id DESC LIMIT 1), CASE WHEN m.done_on IS NULL THEN '进行中' ELSE '已完成' END)
        FROM measures m WHERE m.id IN ({ids})
    """,
    Counted.VISITS: """
        SELECT v.id, COALESCE(v.order_number, ''), '', v.came_on, v.items, v.adviser, v.kind FROM visits v
        WHERE v.id IN ({ids})
    """,
}


class MonthlyLists:
    """Reads only."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk

    def behind(self, counted: Counted, ids: Sequence[int]) -> list[BehindRow]:
        """These rows in this order; what has been taken out since (销毁, undo) is left out."""
        found = {row.id: row for row in self._rows(counted, ids)}
        return [found[one] for one in ids if one in found]

    def of_month(self, period: str) -> list[BehindRow]:
        """The complaints a month written 2026-11 counts, as its column of the trend does; raises InvalidInput."""
        start, end = day_bounds(*month_of(period))
        ids = self._desk.rows(
            f"SELECT id FROM complaints q WHERE received_at >= ? AND received_at < ? AND {COUNTED}"
            " ORDER BY received_at, id",
            (stamp(start), stamp(end)),
        )
        return self.behind(Counted.COMPLAINTS, [one for (one,) in ids])

    def of_numbers(self, numbers: Sequence[str]) -> list[BehindRow]:
        """The complaints of these numbers, in this order."""
        asked = ", ".join("?" * len(numbers))
        found = dict(self._desk.rows(f"SELECT number, id FROM complaints WHERE number IN ({asked})", tuple(numbers)))
        return self.behind(Counted.COMPLAINTS, [found[one] for one in numbers if one in found])

    def _rows(self, counted: Counted, ids: Sequence[int]) -> Iterator[BehindRow]:
        for start in range(0, len(ids), _CHUNK):
            some = ", ".join(str(one) for one in ids[start : start + _CHUNK])
            for row in self._desk.rows(_QUERIES[counted].format(ids=some)):
                yield _row(*row)


def _row(found: int, number: str, complaint: str, at: str | None, what: str, who: str, state: str) -> BehindRow:
    return BehindRow(found, number, complaint, _day(at), what, who, state.strip())


def _day(stored: Any) -> date | None:
    """A day as it is, a moment as its local day."""
    if not stored:
        return None
    return local_day(moment(stored)) if "T" in stored else date.fromisoformat(stored)
