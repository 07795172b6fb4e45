"""The clocks of one case as lines: when each is due or was done, and which one presses most."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from crm_desktop.clock import to_local
from crm_desktop.domain.complaint_rows import ComplaintCase, EventRow
from crm_desktop.domain.complaints import Event, State
from crm_desktop.domain.deadlines import Milestone
from crm_desktop.domain.procedure import effective, of_this_round
from crm_desktop.domain.routes import ResolveTo
from crm_desktop.domain.standing import ClockState, Standing
from crm_desktop.gui.clock_words import TONES, done_words, time_left
from crm_desktop.gui.complaints.procedure import Procedure
from crm_desktop.gui.theme import Tone
from crm_desktop.gui.widgets.moments import short_moment

EVENT_OF = {
    Milestone.HAND_OVER: Event.HANDED_OVER,
    Milestone.RESPOND: Event.RESPONDED,
    Milestone.RESOLVE: Event.RESOLVED,
    Milestone.FILE: Event.FILED,
}
_AGAIN = (Event.RESOLVED, Event.CLOSED, Event.FILED)
_DONE = (ClockState.DONE, ClockState.DONE_LATE)
_NOT_CLOSED = "关闭后次日"
_FILE_RULE = "关闭之后第一个工作日下班前存档"
SOON_AFTER = 600
"""Seconds after which what is typed is no longer typed at once."""
_HISTORY = {Event.RESOLVED: "解决", Event.CLOSED: "关闭"}


@dataclass(frozen=True, slots=True)
class ClockRow:
    """One line of 时限. ``urgent``: the first open one, whose ``why`` is shown."""

    label: str
    due: str
    chip: str = ""
    tone: Tone = Tone.GREY
    why: str = ""
    urgent: bool = False


def clock_rows(services: Procedure, case: ComplaintCase, now: datetime) -> tuple[ClockRow, ...]:
    """The clocks of a case at ``now`` (naive local); of imported history only what happened."""
    if case.history:
        return tuple(_happened(case, now))
    if case.state == State.VOID:
        return ()
    rule = services.rules.rulebook().rule(str(case.fields["channel"]), str(case.fields["severity"]))
    done_by = dict(EVENT_OF)
    if rule.resolve_to is ResolveTo.CLOSED:
        done_by[Milestone.RESOLVE] = Event.CLOSED
    rows: list[ClockRow] = []
    for one in services.clocks.milestones_of(case.number):
        row = _row(one, last_event(case, done_by[one.deadline.milestone]), now)
        if rule.resolve_to is ResolveTo.CLOSED and one.deadline.milestone is Milestone.RESOLVE:
            row = _renamed(row, "关闭")
        rows.append(row)
    if not any(row.label == Milestone.FILE.label for row in rows):
        rows.append(ClockRow(Milestone.FILE.label, _NOT_CLOSED, why=_FILE_RULE))
    rows += _promises(services, case, now)
    return _with_urgent(rows)


def last_event(case: ComplaintCase, kind: str) -> EventRow | None:
    """The step of this kind that holds now; what was solved before a 退回 or 重开 does not."""
    steps = effective(case.events)
    found = [step for step in (of_this_round(steps) if kind in _AGAIN else steps) if step.kind == kind]
    return found[-1] if found else None


def _row(one: Standing, event: EventRow | None, now: datetime) -> ClockRow:
    deadline = one.deadline
    done = one.state in _DONE and event is not None
    chip = time_left(deadline.due, one.late_minutes, now)
    if done and event is not None:
        chip = done_words(one, to_local(event.at), now)
    told = (event.late_reason, _typed_later(event, now)) if event else ()
    why = "；".join(filter(None, (deadline.why, one.moved, *told)))
    return ClockRow(deadline.milestone.label, _due(deadline.due, now), chip, TONES[one.state], why, not done)


def _typed_later(event: EventRow, now: datetime) -> str:
    """补录: when it was typed, where that was well after it happened."""
    later = (event.entered_at - event.at).total_seconds() > SOON_AFTER
    return f"{short_moment(to_local(event.entered_at), now)} 补录" if later else ""


def _promises(services: Procedure, case: ComplaintCase, now: datetime) -> Iterator[ClockRow]:
    for made in services.promises.of_complaint(case.number):
        if made.settled_at is None:
            due = to_local(made.due_at)
            late = max(0, -int((due - now).total_seconds() // 60))
            tone = Tone.LATE if late else Tone.SOON
            yield ClockRow("回话", _due(due, now), time_left(due, late, now), tone, f"答应客户：{made.what}", True)


def _happened(case: ComplaintCase, now: datetime) -> Iterator[ClockRow]:
    for kind, label in _HISTORY.items():
        event = last_event(case, kind)
        yield ClockRow(label, short_moment(to_local(event.at), now) if event else "–")


def _due(due: datetime, now: datetime) -> str:
    return f"{due:%H:%M}" if due.date() == now.date() else short_moment(due, now)


def _renamed(row: ClockRow, label: str) -> ClockRow:
    return ClockRow(label, row.due, row.chip, row.tone, row.why, row.urgent)


def _with_urgent(rows: list[ClockRow]) -> tuple[ClockRow, ...]:
    """Late ones before those soon due, else the first that is open."""
    order = (Tone.LATE, Tone.SOON, Tone.GREY)
    open_rows = [row for row in rows if row.urgent]
    first = min(open_rows, key=lambda row: order.index(row.tone), default=None)
    return tuple(ClockRow(r.label, r.due, r.chip, r.tone, r.why, r is first) for r in rows)
