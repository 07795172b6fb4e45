"""What the month's figures are counted from: complaints with their course, reworks, calls, visits, measures."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from typing import NamedTuple

from crm_desktop.clock import day_bounds, local_day, to_local
from crm_desktop.domain.classification import Axis
from crm_desktop.domain.complaints import DESK_ORIGIN, Event, State
from crm_desktop.domain.customers import model_text
from crm_desktop.domain.followups import Outcome, Satisfaction
from crm_desktop.domain.monthly import PassedLine
from crm_desktop.domain.procedure import effective, of_this_round, round_of
from crm_desktop.domain.standing import Standing
from crm_desktop.models.moments import moment, stamp
from crm_desktop.services.classifications import Classifications
from crm_desktop.services.clocks import Clocks
from crm_desktop.services.desk import Desk

_COMPLAINTS = """
    SELECT q.id, q.number, q.received_at, q.channel, q.severity, q.category, q.line, q.responsible, q.brand, q.series,
        q.model, q.origin, q.state, q.order_number, q.vehicle_id,
        EXISTS (SELECT 1 FROM judgements j WHERE j.complaint_id = q.id AND j.withdrawn_at IS NULL),
        EXISTS (SELECT 1 FROM extensions e WHERE e.complaint_id = q.id AND e.decision = 'granted'),
        EXISTS (SELECT 1 FROM extensions e WHERE e.complaint_id = q.id AND e.kind = '延期'),
        EXISTS (SELECT 1 FROM extensions e WHERE e.complaint_id = q.id AND e.kind = '暂不能解决'), q.received_by,
        EXISTS (SELECT 1 FROM complaint_links l WHERE l.complaint_id = q.id AND l.removed = 0),
        COALESCE(q.mileage, -1), COALESCE(v.bought_on, ''),
        EXISTS (SELECT 1 FROM reworks r WHERE r.complaint_id = q.id),
        (q.root_cause <> '') + (q.long_term_measure <> '') + (q.correction <> '')
    FROM complaints q LEFT JOIN vehicles v ON v.id = q.vehicle_id
    WHERE q.received_at >= ? AND q.received_at < ? ORDER BY q.received_at, q.id
"""
_EVENTS = """
    SELECT complaint_id, id, kind, corrects_id, at, late_reason FROM complaint_events WHERE complaint_id IN ({ids})
"""
_ANSWERS = """
    SELECT complaint_id, satisfaction FROM follow_ups
    WHERE complaint_id IN ({ids}) AND called_at IS NOT NULL AND outcome = ? ORDER BY called_at, id
"""
_CALLS = """
    SELECT f.id, f.outcome, f.satisfaction, COALESCE((SELECT e.outcome FROM follow_ups e
        WHERE e.complaint_id = f.complaint_id AND e.called_at < f.called_at ORDER BY e.called_at DESC LIMIT 1), '成功')
        = '成功', f.answers
    FROM follow_ups f WHERE f.called_at >= ? AND f.called_at < ? AND f.outcome NOT IN ('已发短信', '已寄信函')
    ORDER BY f.called_at, f.id
"""
_REWORKS = """
    SELECT r.id, r.kind, r.complaint_id, q.vehicle_id, q.order_number, r.came_on FROM reworks r
    JOIN complaints q ON q.id = r.complaint_id WHERE r.came_on BETWEEN ? AND ? AND q.state <> '作废' ORDER BY r.id
"""
_VISITS = """
    SELECT id, vehicle_id, order_number, COALESCE(left_on, came_on), CASE WHEN left_on IS NOT NULL THEN promised_on END
    FROM visits WHERE came_on BETWEEN ? AND ?
"""
_SIGNS = (
    "SELECT id FROM signs WHERE complaint_id IS NULL AND entered_at >= ? AND entered_at < ? ORDER BY entered_at, id"
)
_PASSED = """
    SELECT q.number, e.subject, e.who, e.note FROM complaint_events e JOIN complaints q ON q.id = e.complaint_id
    WHERE e.kind = 'overridden' AND e.at >= ? AND e.at < ? ORDER BY e.at, e.id
"""


FIX_WINDOW = timedelta(days=30)
"""一次修复率 looks so far ahead (facts.md 3.5)."""


class Step(NamedTuple):
    """An event as the figures read it; ``at`` naive local."""

    id: int
    kind: str
    corrects: int | None
    at: datetime
    late_reason: str


@dataclass(slots=True)
class Case:
    """One complaint of the month; days and moments are local, ``answer`` is what the customer said last.

    ``extended`` tells that more time was granted, ``asked`` that it was asked for, ``waits`` that it was 暂不能解决,
    ``linked`` that another complaint counts for the same event: its clocks are judged all the same. ``mileage`` is what
    was read that day, in km, None where nobody did; ``bought_on`` the car's. ``told`` counts which of 缺点纠正,
    根本原因 and 长期措施 are written. ``classes``: what it was confirmed under, with the words of that day.
    """

    id: int
    number: str
    received_on: date
    received_at: datetime
    channel: str
    severity: str
    category: str
    line: str
    responsible: str
    model: str
    desk: bool
    state: str
    order_number: str
    vehicle_id: int | None
    judged: bool
    extended: bool
    asked: bool
    waits: bool
    received_by: str
    linked: bool
    mileage: int | None = None
    bought_on: date | None = None
    reworked: bool = False
    told: int = 0
    classes: Mapping[Axis, str] = field(default_factory=dict)
    answer: str = ""
    steps: Sequence[Step] = ()
    clocks: tuple[Standing, ...] = ()

    @property
    def void(self) -> bool:
        """作废: counted apart, in no other figure."""
        return self.state == State.VOID

    @property
    def counts(self) -> bool:
        """Neither 作废 nor a second complaint about an event that is counted already."""
        return not self.void and not self.linked

    @property
    def closed(self) -> bool:
        """已关闭, or already 已存档."""
        return self.state in (State.CLOSED, State.FILED)

    @property
    def in_one_go(self) -> bool:
        """Never 退回 or 重开."""
        return round_of(step.kind for step in self.steps) == 1

    @property
    def passed_on(self) -> bool:
        """Somebody else became 责任人 after one was named."""
        return sum(step.kind == Event.TAKEN_UP for step in self.steps) > 1

    def last(self, kind: str, *, this_round: bool = False) -> Step | None:
        """The last step of a kind that holds, of the whole course or since the last 退回 or 重开."""
        steps = of_this_round(self.steps) if this_round else self.steps
        return next((step for step in reversed(steps) if step.kind == kind), None)


class Call(NamedTuple):
    """A call made in the month, by telephone; ``first`` where it does not repeat one that reached nobody."""

    id: int
    outcome: str
    satisfaction: str
    first: bool
    answers: Mapping[str, str]

    @property
    def reached(self) -> bool:
        """成功."""
        return self.outcome == Outcome.REACHED

    @property
    def satisfied(self) -> bool:
        """满意, said by somebody who was reached."""
        return self.reached and self.satisfaction == Satisfaction.SATISFIED


class ReworkFact(NamedTuple):
    """A rework that came in during the month."""

    id: int
    kind: str
    complaint_id: int
    vehicle_id: int | None
    order_number: str
    came_on: date


class Visit(NamedTuple):
    """A workshop order of the month; ``left_on`` is when the car went, or came where that is not known;
    ``promised_on`` is told of a car that has left."""

    id: int
    vehicle_id: int | None
    order_number: str
    left_on: date
    promised_on: date | None


@dataclass(slots=True)
class Facts:
    """Everything of one month."""

    cases: list[Case] = field(default_factory=list)
    calls: list[Call] = field(default_factory=list)
    reworks: list[ReworkFact] = field(default_factory=list)
    returns: list[ReworkFact] = field(default_factory=list)
    """Those that came in until well after the month: what left on its last day, or later, may still come back."""
    visits: list[Visit] = field(default_factory=list)
    passed: list[PassedLine] = field(default_factory=list)
    signs: list[int] = field(default_factory=list)
    """苗头 that somebody noted and that became no complaint, by their ids."""


class MonthlyFacts:
    """Reads only; a handful of queries whatever the month held."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk
        self._clocks = Clocks(desk)
        self._classes = Classifications(desk)

    def of(self, first: date, last: date, at: datetime) -> Facts:
        """The facts of the local days ``first`` to ``last``, clocks as they stand ``at`` (UTC)."""
        span = tuple(stamp(end) for end in day_bounds(first, last))
        days, later = (first.isoformat(), last.isoformat()), (last + 2 * FIX_WINDOW).isoformat()
        return Facts(
            cases=self._cases(span, at),
            calls=[_call(*row) for row in self._desk.rows(_CALLS, span)],
            reworks=[_rework(*row) for row in self._desk.rows(_REWORKS, days)],
            returns=[_rework(*row) for row in self._desk.rows(_REWORKS, (days[0], later))],
            visits=[_visit(*row) for row in self._desk.rows(_VISITS, days)],
            passed=[PassedLine(*row) for row in self._desk.rows(_PASSED, span)],
            signs=[found for (found,) in self._desk.rows(_SIGNS, span)],
        )

    def _cases(self, span: tuple[str, ...], at: datetime) -> list[Case]:
        cases = [_case(row) for row in self._desk.rows(_COMPLAINTS, span)]
        ids = ", ".join(str(case.id) for case in cases)
        courses, answers = self._courses(ids), self._answers(ids)
        counted = [case.id for case in cases if not case.void]
        clocks = self._clocks.of_every_round(counted, at) | self._clocks.of_history(counted, at)
        classes = self._classes.facts(counted)
        for case in cases:
            if case.id in classes:
                case.classes = classes[case.id].words
            case.steps = effective(courses.get(case.id, []))
            case.answer = answers.get(case.id, "")
            case.clocks = clocks.get(case.id, ())
        return cases

    def _courses(self, ids: str) -> Mapping[int, list[Step]]:
        courses: dict[int, list[Step]] = defaultdict(list)
        for complaint, number, kind, corrects, at, reason in self._desk.rows(_EVENTS.format(ids=ids)):
            courses[complaint].append(Step(number, kind, corrects, to_local(moment(at)), reason))
        return courses

    def _answers(self, ids: str) -> dict[int, str]:
        rows = self._desk.rows(_ANSWERS.format(ids=ids), (str(Outcome.REACHED),))
        return dict(rows)  # the last one stays


def _case(row: tuple[object, ...]) -> Case:
    (found, number, received, channel, severity, category, line, responsible, brand, series, model, origin, state,
     order, vehicle, judged, extended, asked, waits, received_by, linked, mileage, bought, reworked,
     told) = row  # fmt: skip
    at = moment(str(received))
    return Case(
        id=int(str(found)),
        number=str(number),
        received_on=local_day(at),
        received_at=to_local(at),
        channel=str(channel),
        severity=str(severity),
        category=str(category),
        line=str(line),
        responsible=str(responsible),
        model=model_text(str(brand), str(series), str(model)),
        desk=origin == DESK_ORIGIN,
        state=str(state),
        order_number=str(order),
        vehicle_id=vehicle if isinstance(vehicle, int) else None,
        judged=bool(judged),
        extended=bool(extended),
        asked=bool(asked),
        waits=bool(waits),
        received_by=str(received_by),
        linked=bool(linked),
        mileage=mileage if isinstance(mileage, int) and mileage >= 0 else None,
        bought_on=date.fromisoformat(str(bought)) if bought else None,
        reworked=bool(reworked),
        told=int(str(told)),
    )


def _call(found: int, outcome: str, satisfaction: str, first: int, answers: str) -> Call:
    return Call(found, outcome, satisfaction, bool(first), json.loads(answers) if answers else {})


def _rework(found: int, kind: str, complaint: int, vehicle: int | None, order: str, came_on: str) -> ReworkFact:
    return ReworkFact(found, kind, complaint, vehicle, order, date.fromisoformat(came_on))


def _visit(found: int, vehicle: int | None, order: str | None, left_on: str, promised: str | None) -> Visit:
    promised_on = date.fromisoformat(promised) if promised else None
    return Visit(found, vehicle, order or "", date.fromisoformat(left_on), promised_on)
