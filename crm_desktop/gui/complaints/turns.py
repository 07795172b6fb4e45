"""The order of a case: which tab's turn has come, and the steps of its head."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum

from crm_desktop.domain.complaint_rows import ComplaintCase
from crm_desktop.domain.complaints import Event, State
from crm_desktop.domain.procedure import effective, of_this_round
from crm_desktop.domain.routes import Rule
from crm_desktop.domain.today import NextStep
from crm_desktop.gui.widgets.signs import StepState

ROOM = "抱怨投诉"
CLOSING = "close"
"""Where to go in 归档 for the decision itself."""
_STEPS = {
    Event.REGISTERED: "登记",
    Event.HANDED_OVER: "移交",
    Event.RESPONDED: "响应",
    Event.TAKEN_UP: "处理",
    Event.RESOLVED: "解决",
    Event.CLOSED: "关闭",
    Event.FILED: "存档",
}
_AGAIN = (Event.RESOLVED, Event.CLOSED, Event.FILED)
"""Taken anew after a 退回 or 重开."""
BEGINNING = tuple(
    (word, StepState.CURRENT if event is Event.REGISTERED else StepState.AHEAD) for event, word in _STEPS.items()
)
"""The steps of a complaint that is not registered yet."""


class Turn(StrEnum):
    """The tabs of a case, in the order of the paper."""

    RECEIVED = "受理"
    HANDLING = "处理"
    SOLUTION = "方案"
    REWORKS = "返修"
    CALLS = "回访"
    MEASURES = "措施"
    FILING = "归档"
    HISTORY = "历史"


@dataclass(frozen=True, slots=True)
class Gap:
    """Something still to be done: what it is, and the field where it is done."""

    wish: str
    turn: Turn
    field: str


_IN_HAND: dict[str, Turn] = {
    State.RESOLVED: Turn.FILING,
    State.CLOSED: Turn.FILING,
    State.FILED: Turn.FILING,
    State.HANDED_OVER: Turn.HANDLING,
    State.RESPONDED: Turn.HANDLING,
}


def in_hand(case: ComplaintCase) -> Turn:
    """The tab where the next step of a complaint is taken; a new or void one is read from its beginning."""
    if case.state == State.IN_PROGRESS:
        return Turn.SOLUTION if case.fields["root_cause"] else Turn.HANDLING
    return _IN_HAND.get(case.state, Turn.RECEIVED)


WORK: dict[str, tuple[Turn, str]] = {
    NextStep.HAND_OVER: (Turn.RECEIVED, ""),
    NextStep.RESPOND: (Turn.RECEIVED, ""),
    NextStep.IDENTIFY: (Turn.RECEIVED, "customer_name"),
    NextStep.ASSIGN: (Turn.HANDLING, "line"),
    NextStep.AWAIT_REPAIR: (Turn.REWORKS, ""),
    NextStep.CORRECT: (Turn.HANDLING, "correction"),
    NextStep.RESOLVE: (Turn.SOLUTION, "solution"),
    NextStep.ROOT_CAUSE: (Turn.HANDLING, "root_cause"),
    NextStep.MEASURE: (Turn.MEASURES, "long_term_measure"),
    NextStep.CLOSE: (Turn.FILING, CLOSING),
}
"""Where the next step is taken: the tab, and the field in it; the first two have a button of their own."""


def screen(turn: Turn) -> str:
    """Where a change was made, as the history names it."""
    return f"{ROOM}·{turn}"


def _has_begun(case: ComplaintCase) -> bool:
    return bool(case.state != State.REGISTERED or case.fields["responsible"])


def _is_resolved(case: ComplaintCase) -> bool:
    return case.state in (State.RESOLVED, State.CLOSED, State.FILED, State.VOID)


_BEGIN = Gap("先在“处理”里写明责任人", Turn.HANDLING, "responsible")
# A complaint may be solved at the counter (登记 → 已解决), so 处理 and 方案 are open from the beginning.
_OPENS: dict[Turn, tuple[Callable[[ComplaintCase], bool], Gap]] = {
    Turn.REWORKS: (_has_begun, _BEGIN),
    Turn.CALLS: (_has_begun, _BEGIN),
    Turn.FILING: (_is_resolved, Gap("先在“方案”里记录解决", Turn.SOLUTION, "")),
}


_CAUSE = Gap("先在“处理”里写明抱怨产生根本原因分析", Turn.HANDLING, "root_cause")
_CAUSE_FAILS = Gap("抱怨产生根本原因分析还没有通过，先在“处理”里改好", Turn.HANDLING, "root_cause")


def comes_before(turn: Turn, case: ComplaintCase, cause_fault: str) -> Gap | None:
    """What has to be done before this tab opens; nothing when its turn has come.

    ``cause_fault``: what the wording check wants of the root cause. 措施 is locked until it passes (A30), but a
    measure that stands already can be read.
    """
    if turn is Turn.MEASURES and not case.fields["long_term_measure"]:
        return _CAUSE if not case.fields["root_cause"] else _CAUSE_FAILS if cause_fault else None
    has_come, gap = _OPENS.get(turn, (None, None))
    return None if has_come is None or has_come(case) else gap


def steps_of(case: ComplaintCase, rule: Rule | None) -> tuple[tuple[str, StepState], ...]:
    """The row of steps of a complaint: done, the one that comes next, and those ahead.

    ``rule`` is that of its route: a step the route does not ask for is shown only where it was taken all the same.
    Imported history (no rule) shows what it brought along.
    """
    if case.state == State.VOID:
        return ((_STEPS[Event.REGISTERED], StepState.DONE), (State.VOID.value, StepState.CURRENT))
    standing = effective(case.events)
    this_round = {step.kind for step in of_this_round(standing)}
    ever = {step.kind for step in standing}
    wanted = {Event.HANDED_OVER: rule and rule.hand_over, Event.RESPONDED: rule and rule.respond}
    steps = []
    for event, word in _STEPS.items():
        done = event in (this_round if event in _AGAIN else ever)
        if done or event not in wanted or wanted[event] is not None:
            steps.append((word, done))
    return _marked(steps)


def _marked(steps: list[tuple[str, bool]]) -> tuple[tuple[str, StepState], ...]:
    """The first step after the last one done is the one in hand."""
    last = max((place for place, (_, done) in enumerate(steps) if done), default=-1)
    states = []
    for place, (word, done) in enumerate(steps):
        ahead = StepState.CURRENT if place == last + 1 else StepState.AHEAD
        states.append((word, StepState.DONE if done else ahead))
    return tuple(states)
