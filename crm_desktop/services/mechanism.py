"""季度机制评估: the quarter's facts, stage by stage and month by month."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime, timedelta

from crm_desktop.clock import local_day
from crm_desktop.domain.complaints import Event
from crm_desktop.domain.errors import InvalidInput
from crm_desktop.domain.kpis import share
from crm_desktop.domain.measures import Conclusion
from crm_desktop.domain.mechanism import RETURN_DAYS, Quarter, Stage, quarter_of
from crm_desktop.domain.monthly import Counted, Figure, Share
from crm_desktop.services import monthly_figures as figures
from crm_desktop.services.desk import Desk
from crm_desktop.services.measure_lists import MeasureLists
from crm_desktop.services.monthly_facts import Case, MonthlyFacts

_STAGES = (
    ("受理 → 移交", None, Event.HANDED_OVER),
    ("移交 → 响应", Event.HANDED_OVER, Event.RESPONDED),
    ("响应 → 解决", Event.RESPONDED, Event.RESOLVED),
    ("解决 → 关闭", Event.RESOLVED, Event.CLOSED),
    ("关闭 → 存档", Event.CLOSED, Event.FILED),
)
_VISITED = "SELECT 1 FROM visits WHERE vehicle_id = ? AND came_on > ? AND came_on <= ? LIMIT 1"


class Mechanism:
    """Reads only."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk
        self._facts = MonthlyFacts(desk)
        self._measures = MeasureLists(desk)

    def of(self, period: str) -> Quarter:
        """The quarter written 2026-Q4, as of now.

        :raises InvalidInput: no such quarter, or one that has not begun.
        """
        first, last = quarter_of(period)
        now = self._desk.now()
        if first > local_day(now):
            raise InvalidInput(f"{period} 还没有到，没有机制评估可看，请选本季度或以前的季度。")
        cases = [case for case in self._facts.of(first, last, now).cases if case.counts]
        months = [[case for case in cases if case.received_on.month == first.month + place] for place in range(3)]
        timely = next(one for one in figures.overview(cases, ()) if one.label == "及时关闭率")
        assert isinstance(timely, Share)  # noqa: S101 - it is one
        return Quarter(
            period=period.strip().upper(),
            received=tuple(len(month) for month in months),
            satisfied=tuple(_satisfied(f"{first.month + place}月", month) for place, month in enumerate(months)),
            stages=tuple(Stage(name, _hours(cases, begin, end)) for name, begin, end in _STAGES),
            returned=self._returned(cases),
            timely=timely,
            effective=self._effective(first, last),
        )

    def _returned(self, cases: Sequence[Case]) -> Share:
        """Of the closed complaints whose car is known: how many cars came to the shop again afterwards."""
        closed = [(case, step.at) for case in cases if case.vehicle_id and (step := case.last(Event.CLOSED))]
        again = [case.id for case, at in closed if self._came_again(case.vehicle_id, at)]
        whole = Figure("已关闭、车辆已知", tuple(case.id for case, _ in closed))
        return share("复来店率", Figure("复来店", tuple(again)), whole)

    def _came_again(self, vehicle: int | None, closed: datetime) -> bool:
        span = (closed.date().isoformat(), (closed.date() + timedelta(days=RETURN_DAYS)).isoformat())
        return bool(self._desk.rows(_VISITED, (vehicle, *span)))

    def _effective(self, first: date, last: date) -> Share:
        judged = [
            row for row in self._measures.rows()
            if row.evaluation and first <= (row.evaluation.draft.evaluated_on or date.min) <= last
        ]  # fmt: skip
        good = [row for row in judged if row.evaluation and row.evaluation.draft.conclusion == Conclusion.EFFECTIVE]
        part, whole = (tuple(row.id for row in rows) for rows in (good, judged))
        return share(
            "措施有效率", Figure("评估有效", part, Counted.MEASURES), Figure("本期评估", whole, Counted.MEASURES)
        )


def _satisfied(label: str, cases: Sequence[Case]) -> Share:
    found = next(one for one in figures.satisfaction(cases) if one.label == "最终满意率")
    assert isinstance(found, Share)  # noqa: S101 - it is one
    return Share(label, found.part, found.whole, found.formula)


def _hours(cases: Sequence[Case], begin: Event | None, end: Event) -> tuple[float, ...]:
    """What each complaint took from one step to the next, where it took both in this order."""
    found = []
    for case in cases:
        start = case.received_at if begin is None else (step.at if (step := case.last(begin)) else None)
        stop = case.last(end)
        if case.desk and start is not None and stop is not None and stop.at >= start:
            found.append((stop.at - start).total_seconds() / 3600)
    return tuple(found)
