"""The twelve months that end with the report's, and what an earlier month is compared by: a few queries, no clocks."""

from __future__ import annotations

from bisect import bisect_right
from datetime import date

from crm_desktop.clock import day_bounds, local_day
from crm_desktop.domain.complaints import Severity
from crm_desktop.domain.followups import Outcome, Satisfaction
from crm_desktop.domain.monthly import Figure, TrendMonth, month_before, month_of
from crm_desktop.models.moments import moment, stamp
from crm_desktop.services.desk import Desk

MONTHS = 12
COUNTED = (
    "state <> '作废' AND NOT EXISTS (SELECT 1 FROM complaint_links l WHERE l.complaint_id = q.id AND l.removed = 0)"
)
"""SQL for a complaint ``q`` that a month counts: neither void nor a second one about the same event."""
_RECEIVED = f"SELECT received_at, id FROM complaints q WHERE received_at >= ? AND received_at < ? AND {COUNTED}"
_ANSWERED = f"""
    SELECT received_at, id, severity, (SELECT f.satisfaction FROM follow_ups f
        WHERE f.complaint_id = q.id AND f.called_at IS NOT NULL AND f.outcome = ? ORDER BY f.called_at DESC, f.id DESC
        LIMIT 1)
    FROM complaints q WHERE received_at >= ? AND received_at < ? AND {COUNTED}
"""
_FIRST = "SELECT MIN(received_at) FROM complaints"


class MonthlyTrend:
    """Reads only."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk

    def first_month(self) -> date | None:
        """The first day of the month of the first record; None in an empty home."""
        first = self._desk.rows(_FIRST)[0][0]
        return local_day(moment(first)).replace(day=1) if first else None

    def of(self, first: date) -> tuple[TrendMonth, ...]:
        """Twelve months, the last of them the one that begins ``first``; none before the first record."""
        begins = self.first_month()
        months = [month_before(first, ago) for ago in range(MONTHS - 1, -1, -1)]
        ago = self._counted([month_before(month, MONTHS) for month in months])
        edges = _edges(months)
        ordinary, major, answered, satisfied = ([list[int]() for _ in months] for _ in range(4))
        for received, found, severity, answer in self._desk.rows(_ANSWERED, (Outcome.REACHED, edges[0], edges[-1])):
            place = bisect_right(edges, received) - 1
            (major if severity == Severity.MAJOR else ordinary)[place].append(found)
            if answer:
                answered[place].append(found)
            if answer == Satisfaction.SATISFIED:
                satisfied[place].append(found)
        return tuple(
            TrendMonth(
                f"{month:%Y-%m}",
                Figure("一般", tuple(ordinary[place])),
                Figure("重大", tuple(major[place])),
                Figure("有答复", tuple(answered[place])),
                Figure("满意", tuple(satisfied[place])),
                ago[place] if begins is not None and begins <= month_before(month, MONTHS) else None,
            )
            for place, month in enumerate(months)
            if begins is not None and (begins <= month or month == first)
        )

    def _counted(self, months: list[date]) -> list[Figure]:
        """The complaints each of these months in a row counts."""
        edges, found = _edges(months), [list[int]() for _ in months]
        for received, one in self._desk.rows(_RECEIVED, (edges[0], edges[-1])):
            found[bisect_right(edges, received) - 1].append(one)
        return [Figure("抱怨/投诉", tuple(ids)) for ids in found]


def _edges(months: list[date]) -> list[str]:
    """Where each month begins, as stored, and where the last one ends."""
    bounds = [day_bounds(*month_of(f"{month:%Y-%m}")) for month in months]
    return [*(stamp(start) for start, _ in bounds), stamp(bounds[-1][1])]
