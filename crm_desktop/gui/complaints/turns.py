"""The order of a case: which tab's turn has come, the steps of the head, and what closing would still want.

In this part the list of gaps is advice and blocks nothing.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum

from crm_desktop.domain.complaints import ComplaintCase, State
from crm_desktop.gui.widgets.signs import StepState

ROOM = "抱怨投诉"
STEPS = (State.REGISTERED, State.IN_PROGRESS, State.RESOLVED, State.CLOSED)
_STEP_OF = {State.HANDED_OVER: State.REGISTERED, State.RESPONDED: State.REGISTERED, State.FILED: State.CLOSED}


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


def screen(turn: Turn) -> str:
    """Where a change was made, as the history names it."""
    return f"{ROOM}·{turn}"


def _has_begun(case: ComplaintCase) -> bool:
    return bool(case.state != State.REGISTERED or case.fields["responsible"])


def _has_cause(case: ComplaintCase) -> bool:
    return bool(case.fields["root_cause"] or case.fields["long_term_measure"])


def _is_resolved(case: ComplaintCase) -> bool:
    return case.state in (State.RESOLVED, State.CLOSED, State.FILED, State.VOID)


_BEGIN = Gap("先在“处理”里写明责任人", Turn.HANDLING, "responsible")
# A complaint may be solved at the counter (登记 → 已解决), so 处理 and 方案 are open from the beginning.
_OPENS: dict[Turn, tuple[Callable[[ComplaintCase], bool], Gap]] = {
    Turn.REWORKS: (_has_begun, _BEGIN),
    Turn.CALLS: (_has_begun, _BEGIN),
    Turn.MEASURES: (_has_cause, Gap("先在“处理”里写明抱怨产生根本原因分析", Turn.HANDLING, "root_cause")),
    Turn.FILING: (_is_resolved, Gap("先在“方案”里记录解决", Turn.SOLUTION, "")),
}


def comes_before(turn: Turn, case: ComplaintCase) -> Gap | None:
    """What has to be done before this tab opens; nothing when its turn has come."""
    has_come, gap = _OPENS.get(turn, (None, None))
    return None if has_come is None or has_come(case) else gap


def steps_of(state: str) -> tuple[tuple[str, StepState], ...]:
    """The row of steps for a complaint in this state; without one, for a complaint not yet registered."""
    if state == State.VOID:
        return ((State.REGISTERED.value, StepState.DONE), (State.VOID.value, StepState.CURRENT))
    at = State(state or State.REGISTERED)
    reached = STEPS.index(_STEP_OF.get(at, at))
    return tuple((step.value, _step_state(place, reached, at)) for place, step in enumerate(STEPS))


def gaps_of(case: ComplaintCase) -> tuple[Gap, ...]:
    """What closing would still want, in the order of the form (seed 001 篇1 五.1, its four blocks)."""
    gaps = [Gap("补上客户", Turn.RECEIVED, "customer_name")] if case.customer_id is None else []
    gaps += [gap for gap in _GAPS if not case.fields[gap.field]]
    if not _is_resolved(case):
        gaps.append(Gap("确认已解决", Turn.SOLUTION, ""))
    return tuple(gaps)


_GAPS = (
    Gap("写明责任人", Turn.HANDLING, "responsible"),
    Gap("写明缺点纠正", Turn.HANDLING, "correction"),
    Gap("分析根本原因", Turn.HANDLING, "root_cause"),
    Gap("写明解决措施", Turn.SOLUTION, "solution"),
    Gap("写明安抚措施", Turn.SOLUTION, "soothing"),
    Gap("定下长期措施", Turn.MEASURES, "long_term_measure"),
)


def _step_state(place: int, reached: int, state: State) -> StepState:
    if place < reached or state in (State.CLOSED, State.FILED):
        return StepState.DONE
    return StepState.CURRENT if place == reached else StepState.AHEAD
