"""时限: every clock of a complaint, computed from its events whenever somebody asks, never stored (A8; part 2).

The rules are those in force (``services/clock_rules.py``), the arithmetic is ``domain/deadlines.py``. A list of
a thousand open complaints is read by a handful of queries, not by one for each.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime, time, timedelta
from typing import NamedTuple

from crm_desktop.clock import to_local
from crm_desktop.domain.calendar import Calendar
from crm_desktop.domain.complaints import TIME_TOLD, Event
from crm_desktop.domain.deadlines import Deadline, Extension, Milestone, Milestones, milestones, promise
from crm_desktop.domain.due import FOLLOW_UP, OpenMilestone, open_milestone, soonest_first
from crm_desktop.domain.escalation import EscalationStep, brought_before
from crm_desktop.domain.procedure import effective, of_this_round
from crm_desktop.domain.routes import ResolveTo, Rulebook
from crm_desktop.domain.standing import ClockState, Happened, Standing, set_back, standing, standings
from crm_desktop.models.moments import moment
from crm_desktop.services.clock_rules import ClockRules
from crm_desktop.services.desk import Desk
from crm_desktop.services.lookups import complaint_id

# Spelt as the partial indexes are, so that they serve.
_OPEN = "origin = 'desk' AND state IN ('登记', '已移交', '已响应', '处理中', '已解决')"
_TO_FILE = "origin = 'desk' AND state = '已关闭'"
_RUNNING = f"SELECT id FROM complaints WHERE {_OPEN} UNION ALL SELECT id FROM complaints WHERE {_TO_FILE}"
_CASES = """
    SELECT id, number, channel, severity, CASE WHEN received_has_time THEN received_at ELSE entered_at END,
        patience_until
    FROM complaints WHERE id IN ({ids}) AND {whose}
"""
_DESK = "origin = 'desk'"
_TIMED = "origin <> 'desk' AND received_has_time"
_TIMED_STEPS = "SELECT complaint_id, kind FROM complaint_events WHERE complaint_id IN ({ids}) AND note = ?"
_EVENTS = "SELECT complaint_id, id, kind, corrects_id, at FROM complaint_events WHERE complaint_id IN ({ids})"
_GRANTED = """
    SELECT complaint_id, milestone, until, decided_at FROM extensions
    WHERE decision = 'granted' AND complaint_id IN ({ids}) ORDER BY decided_at, id
"""
_PROMISES = """
    SELECT q.number, p.what, p.made_at, p.due_at FROM promises p JOIN complaints q ON q.id = p.complaint_id
    WHERE p.settled_at IS NULL AND q.state <> '作废'
"""
_CALLS = """
    SELECT q.number, f.planned_on, f.reason FROM follow_ups f JOIN complaints q ON q.id = f.complaint_id
    WHERE f.called_at IS NULL AND f.cancelled_at IS NULL AND f.planned_on IS NOT NULL AND q.state <> '作废'
        AND q.origin = 'desk'
"""
_DIFFERENCE = timedelta(minutes=15)
"""Clocks of two computers differ by so much without anybody having set one."""
_LATEST = "SELECT MAX(at) FROM (SELECT at FROM history ORDER BY id DESC LIMIT 1000)"
"""The latest time of entry, among so many lines that a clock set back meanwhile does not hide it."""
_ENDS = {ResolveTo.RESOLVED: Event.RESOLVED, ResolveTo.CLOSED: Event.CLOSED}
"""What ends a round of solving."""
_EVERY_ROUND = (Milestone.RESOLVE, Milestone.FILE)
"""Steps that are taken once more after a 重开."""
_ANY_MEASURE = "SELECT 1 FROM measures LIMIT 1"


class _Step(NamedTuple):
    """An event as the clocks read it; ``at`` as stored."""

    id: int
    kind: str
    corrects: int | None
    at: str


@dataclass(slots=True)
class _Case:
    """What the clocks need to know of one complaint; moments naive local."""

    number: str
    channel: str
    severity: str
    received_at: datetime
    patience: datetime | None
    steps: list[_Step] = field(default_factory=list)
    extensions: list[Extension] = field(default_factory=list)
    granted_at: list[datetime] = field(default_factory=list)
    """When each of ``extensions`` was decided."""


class _Book(NamedTuple):
    """The rules in force, read once for a whole list."""

    rulebook: Rulebook
    calendar: Calendar
    escalation: tuple[EscalationStep, ...]


class Clocks:
    """Reads only."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk
        self._rules = ClockRules(desk)

    def milestones_of(self, number: str, at: datetime | None = None) -> tuple[Standing, ...]:
        """The clocks of one complaint at ``at`` (UTC, now if not told), done or not, in the order of the procedure.

        Imported history has none. A computer whose clock was set back is told of (``Standing.moved``).
        """
        case = self._case(number)
        known = self._last_recorded() if at is None else None
        return _standings(self._book(), case, to_local(at or self._desk.now()), known) if case else ()

    def standings_of(self, ids: Iterable[int], at: datetime) -> dict[int, tuple[Standing, ...]]:
        """The clocks of many complaints by their ids at ``at`` (UTC), read together; imported history has none."""
        book, now = self._book(), to_local(at)
        cases = self._cases(", ".join(map(str, ids)))
        return {found: _standings(book, case, now, None) for found, case in cases.items()}

    def of_every_round(self, ids: Iterable[int], at: datetime) -> dict[int, tuple[Standing, ...]]:
        """As ``standings_of``, 解决 and 存档 being asked of every round that had a clock of its own.

        A step counts once: with the round in which it was latest, the last of those that are equal. A 存档 that was
        neither done nor overdue when the complaint was reopened is asked of nobody.
        """
        book, now = self._book(), to_local(at)
        return {found: _worst(book, case, now) for found, case in self._cases(", ".join(map(str, ids))).items()}

    def of_history(self, ids: Iterable[int], at: datetime) -> dict[int, tuple[Standing, ...]]:
        """解决 of imported history at ``at`` (UTC), where the file told the times of 受理 and of what it runs to."""
        book, now, wanted = self._book(), to_local(at), ", ".join(map(str, ids))
        timed = set(self._desk.rows(_TIMED_STEPS.format(ids=wanted), (TIME_TOLD,)))
        found = {}
        for number, case in self._cases(wanted, _TIMED).items():
            to_closing = book.rulebook.rule(case.channel, case.severity).resolve_to is ResolveTo.CLOSED
            if (number, Event.CLOSED if to_closing else Event.RESOLVED) in timed:
                clocks = _standings(book, case, now, None)
                found[number] = tuple(one for one in clocks if one.deadline.milestone is Milestone.RESOLVE)
        return found

    def due_of(self, number: str) -> Milestones | None:
        """The due times alone, for a form; None for imported history."""
        case = self._case(number)
        return _clocks(self._book(), case, _happened(effective(case.steps))) if case else None

    def open_milestones(self, at: datetime) -> list[OpenMilestone]:
        """Everything still to be done by a certain time, soonest first; ``at`` is UTC."""
        book, now = self._book(), to_local(at)
        found = [*self._of_complaints(book, now), *self._promises(book, now), *self._calls(book, now)]
        found += self._measures(book, at)
        return sorted(found, key=soonest_first)

    def alerts(self, at: datetime) -> list[OpenMilestone]:
        """What is due soon or late, and whom it is brought before."""
        return [row for row in self.open_milestones(at) if row.alarming]

    def notices(self, at: datetime) -> dict[str, str]:
        """What the desk is told about time itself at ``at`` (UTC), by its subject, each in a sentence.

        The computer's clock was set back behind the latest record; in December next year's closed days are wanted.
        """
        now, last, told = to_local(at), self._last_recorded(), {}
        if last is not None and now < last - _DIFFERENCE:
            told["set_back"] = set_back(now, last)
        if year := self._rules.calendar().year_to_enter(now.date()):
            told["holidays"] = f"{year} 年的放假安排还没有填，请到“设置 → 规则 → 营业日历”里填入休息日和补班日。"
        return told

    def _last_recorded(self) -> datetime | None:
        last = self._desk.rows(_LATEST)[0][0]
        return to_local(moment(last)) if last else None

    def _book(self) -> _Book:
        return _Book(self._rules.rulebook(), self._rules.calendar(), self._rules.escalation())

    def _of_complaints(self, book: _Book, now: datetime) -> Iterable[OpenMilestone]:
        for case in self._cases(_RUNNING).values():
            to_closing = book.rulebook.rule(case.channel, case.severity).resolve_to is ResolveTo.CLOSED
            for one in _standings(book, case, now, None):
                if one.state not in (ClockState.DONE, ClockState.DONE_LATE):
                    stops = to_closing and one.deadline.milestone is Milestone.RESOLVE
                    yield replace(_line(book, case.number, one), to_closing=stops)

    def _promises(self, book: _Book, now: datetime) -> Iterable[OpenMilestone]:
        for number, what, made, due in self._desk.rows(_PROMISES):
            clock = promise(what, to_local(moment(made)), to_local(moment(due)))
            yield _line(book, number, standing(clock, now, book.rulebook.soon_share))

    def _calls(self, book: _Book, now: datetime) -> Iterable[OpenMilestone]:
        for number, planned, reason in self._desk.rows(_CALLS):
            due = book.calendar.before_closing(datetime.combine(date.fromisoformat(planned), time()))
            # The clock of a call runs on its own day: it is not half used up by having been planned long ago.
            start = datetime.combine(due.date(), time())
            clock = Deadline(Milestone.PROMISE, start, due, due, f"{reason}：{due:%Y-%m-%d} 下班前")
            one = standing(clock, max(now, start), book.rulebook.soon_share)
            yield replace(_line(book, number, one), milestone=FOLLOW_UP)

    def _measures(self, book: _Book, at: datetime) -> Iterable[OpenMilestone]:
        if not self._desk.rows(_ANY_MEASURE):
            return
        from crm_desktop.services.measure_lists import MeasureLists  # noqa: PLC0415 - where there is a measure

        for row in MeasureLists(self._desk).open_milestones(at):
            yield replace(row, tell=brought_before(book.escalation, row.share))

    def _case(self, number: str) -> _Case | None:
        found = complaint_id(self._desk, number)
        return self._cases(str(found)).get(found)

    def _cases(self, ids: str, whose: str = _DESK) -> dict[int, _Case]:
        cases = {
            found: _Case(
                number, channel, severity, to_local(moment(received)), to_local(moment(patience)) if patience else None
            )
            for found, number, channel, severity, received, patience in self._desk.rows(
                _CASES.format(ids=ids, whose=whose)
            )
        }
        for complaint, *step in self._desk.rows(_EVENTS.format(ids=ids)):
            if complaint in cases:
                cases[complaint].steps.append(_Step(*step))
        for complaint, milestone, until, decided in self._desk.rows(_GRANTED.format(ids=ids)):
            if complaint in cases:
                cases[complaint].extensions.append(Extension(to_local(moment(until)), Milestone(milestone)))
                cases[complaint].granted_at.append(to_local(moment(decided)))
        return cases


def _line(book: _Book, number: str, one: Standing) -> OpenMilestone:
    return open_milestone(number, one, brought_before(book.escalation, one.share))


def _standings(book: _Book, case: _Case, now: datetime, last_recorded: datetime | None) -> tuple[Standing, ...]:
    done = _happened(effective(case.steps))
    share = book.rulebook.soon_share
    return standings(_clocks(book, case, done), done, now, share, last_recorded=last_recorded)


def _clocks(book: _Book, case: _Case, done: Happened) -> Milestones:
    return milestones(
        book.rulebook,
        book.calendar,
        case.channel,
        case.severity,
        case.received_at,
        closed_at=done.closed,
        reopened_at=_begun_anew(effective(case.steps), _end_of(book, case)),
        patience=case.patience,
        extensions=case.extensions,
    )


def _happened(steps: Sequence[_Step]) -> Happened:
    """When the steps were done; what was solved and closed before the last 退回 or 重开 is not done any more."""
    this_round = of_this_round(steps)
    return Happened(
        handed_over=_last(steps, Event.HANDED_OVER),
        responded=_last(steps, Event.RESPONDED),
        resolved=_last(this_round, Event.RESOLVED),
        closed=_last(this_round, Event.CLOSED),
        filed=_last(this_round, Event.FILED),
    )


def _worst(book: _Book, case: _Case, now: datetime) -> tuple[Standing, ...]:
    """Each step once, as it stood in its latest round; the order is that of the procedure."""
    found = {one.deadline.milestone: one for one in _standings(book, case, now, None)}
    steps = effective(case.steps)
    for reopening in reversed(_new_clocks(steps, _end_of(book, case))):
        end = to_local(moment(reopening.at))
        kept = [one for one, decided in zip(case.extensions, case.granted_at, strict=True) if decided <= end]
        before = replace(case, steps=steps[: steps.index(reopening)], extensions=kept)
        for one in _standings(book, before, end, None):
            name = one.deadline.milestone
            over = one.late_minutes or one.state is ClockState.DONE
            if name in _EVERY_ROUND and over and (name not in found or one.late_minutes > found[name].late_minutes):
                found[name] = one
    return tuple(found[name] for name in Milestone if name in found)


def _end_of(book: _Book, case: _Case) -> Event:
    return _ENDS[book.rulebook.rule(case.channel, case.severity).resolve_to]


def _begun_anew(steps: Sequence[_Step], ends: Event) -> datetime | None:
    """From when the case is solved once more."""
    anew = _new_clocks(steps, ends)
    return to_local(moment(anew[-1].at)) if anew else None


def _new_clocks(steps: Sequence[_Step], ends: Event) -> list[_Step]:
    """Every 重开 of what had come to its end, oldest first.

    A 退回 gives no new time, for the case was never truly solved. Neither does a 重开 of a ticket that was solved but
    not closed: it would be a way to lose an overdue clock.
    """
    anew, ended = [], False
    for step in steps:
        if step.kind in (Event.RETURNED, Event.REOPENED):
            if ended and step.kind == Event.REOPENED:
                anew.append(step)
            ended = False
        ended = ended or step.kind == ends
    return anew


def _last(steps: Sequence[_Step], kind: Event) -> datetime | None:
    """When it happened last."""
    found = next((step for step in reversed(steps) if step.kind == kind), None)
    return to_local(moment(found.at)) if found else None
