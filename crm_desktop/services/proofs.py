"""The numbers that prove a measure, counted from the register: before and after it, per 100 visits where known.

of(MeasureRow, compared=(), days=None, until=None) -> Proof | None      known(MeasureRow) -> Profile
proposed(MeasureRow) -> what to compare where nobody chose anything
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from crm_desktop.clock import day_bounds, local_day
from crm_desktop.domain.customers import model_text
from crm_desktop.domain.frequent import AlikeCase
from crm_desktop.domain.identity import shown_plate
from crm_desktop.domain.measures import LONGEST_WINDOW, MeasureRow
from crm_desktop.domain.proofs import Alike, Counted, Profile, Proof, Window, profile_of, proposed, same, windows
from crm_desktop.models.moments import moment, stamp
from crm_desktop.services.desk import Desk

# One event told twice counts once; what was judged 恶意 or 无效 is no problem that came again.
_CASES = """
    SELECT q.id, q.number, q.received_at, q.category, q.line, COALESCE(k.system, ''), q.technician, q.brand, q.series,
        q.model, COALESCE(NULLIF(v.plate, ''), v.vin, ''),
        EXISTS (SELECT 1 FROM judgements j WHERE j.complaint_id = q.id AND j.withdrawn_at IS NULL)
    FROM complaints q LEFT JOIN classifications k ON k.complaint_id = q.id
    LEFT JOIN vehicles v ON v.id = q.vehicle_id WHERE {where} ORDER BY q.received_at, q.id
"""
_COUNTED = """q.received_at >= ? AND q.received_at < ? AND q.state <> '作废' AND NOT EXISTS
    (SELECT 1 FROM complaint_links l WHERE l.complaint_id = q.id AND l.removed = 0)"""
_VISITS = "SELECT COUNT(*), COALESCE(MAX(id), 0) FROM visits WHERE came_on BETWEEN ? AND ?"


class Proofs:
    """Reads only."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk

    def cases(self, first: date, last: date) -> list[AlikeCase]:
        """What counts of these local days, both included, in the order received."""
        start, end = day_bounds(first, last)
        return self._cases(_COUNTED, (stamp(start), stamp(end)))

    def known(self, row: MeasureRow) -> Profile:
        """Everything the complaints of a measure say that may be compared."""
        return profile_of(self._own(row), Alike)

    def proposed(self, row: MeasureRow) -> tuple[Alike, ...]:
        """What to compare; nothing where the measure came of no complaint or its complaints say nothing."""
        return proposed(self._own(row))

    def of(
        self, row: MeasureRow, compared: Iterable[str] = (), days: int | None = None, until: date | None = None
    ) -> Proof | None:
        """The count for a measure that is done, over windows of so many days (its own where not told).

        ``compared`` are values of ``Alike``, what is proposed where none is named; days after ``until`` (today) are
        still to come. None where nothing can be compared: its numbers then come from elsewhere.
        """
        own = self._own(row)
        wanted = set(compared)
        profile = profile_of(own, [alike for alike in Alike if alike in wanted] or proposed(own))
        if row.done_on is None or not profile:
            return None
        before, after = windows(row.done_on, min(max(days or row.draft.watch_days, 1), LONGEST_WINDOW))
        today = until or self._desk.today()
        first, again = self._side(before, profile), self._side(after, profile)
        return Proof(
            profile,
            Counted(before, first.numbers, *self._visits(before)),
            Counted(after, again.numbers, *self._visits(after)),
            spared=(*first.spared, *again.spared),
            unsure=again.unsure,
            unfinished=today < after.last,
        )

    def _side(self, window: Window, profile: Profile) -> _Side:
        numbers, spared, unsure = [], [], []
        for case in self.cases(window.first, window.last):
            alike = same(case.words, profile)
            if alike and case.judged:
                spared.append(case.number)
            elif alike:
                numbers.append(case.number)
            elif alike is None and not case.judged:
                unsure.append(case.number)
        return _Side(tuple(numbers), tuple(spared), tuple(unsure))

    def _visits(self, window: Window) -> tuple[int, int]:
        """How many, and the id of the last one brought in."""
        return self._desk.rows(_VISITS, (window.first.isoformat(), window.last.isoformat()))[0]

    def _own(self, row: MeasureRow) -> list[Mapping[Alike, str]]:
        marks = ", ".join("?" * len(row.draft.complaints))
        return [case.words for case in self._cases(f"q.number IN ({marks})", tuple(row.draft.complaints))]

    def _cases(self, where: str, parameters: tuple[Any, ...]) -> list[AlikeCase]:
        return [_case(row) for row in self._desk.rows(_CASES.format(where=where), parameters)]


@dataclass(frozen=True, slots=True)
class _Side:
    numbers: tuple[str, ...]
    spared: tuple[str, ...]
    unsure: tuple[str, ...]


def _case(row: tuple[Any, ...]) -> AlikeCase:
    found, number, received, category, line, system, technician, brand, series, model, vehicle, judged = row
    words = {
        Alike.CATEGORY: category,
        Alike.LINE: line,
        Alike.SYSTEM: system,
        Alike.TECHNICIAN: technician,
        Alike.MODEL: model_text(brand, series, model),
        Alike.VEHICLE: shown_plate(vehicle),
    }
    return AlikeCase(found, number, local_day(moment(received)), words, bool(judged))
