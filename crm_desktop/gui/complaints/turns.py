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
    """Something closing would want: what to do, and the field where it is done."""

    wish: str
    turn: Turn
    field: str


def screen(turn: Turn) -> str:
    """Where a change was made, as the history names it."""
    return f"{ROOM}·{turn}"


def _not_begun(case: ComplaintCase) -> str:
    begun = case.state != State.REGISTERED or case.fields["responsible"]
    return "" if begun else "先在“处理”里写明责任人"


def _no_cause(case: ComplaintCase) -> str:
    known = case.fields["root_cause"] or case.fields["long_term_measure"]
    return "" if known else "先在“处理”里写明抱怨产生根本原因分析"


def _not_resolved(case: ComplaintCase) -> str:
    resolved = case.state in (State.RESOLVED, State.CLOSED, State.VOID)
    return "" if resolved else "先在“方案”里记录解决"


# A complaint may be solved at the counter (登记 → 已解决), so 处理 and 方案 are open from the beginning.
_CLOSED_UNTIL: dict[Turn, Callable[[ComplaintCase], str]] = {
    Turn.REWORKS: _not_begun,
    Turn.CALLS: _not_begun,
    Turn.MEASURES: _no_cause,
    Turn.FILING: _not_resolved,
}


def comes_before(turn: Turn, case: ComplaintCase) -> str:
    """What has to be done before this tab opens; nothing when its turn has come."""
    wanted = _CLOSED_UNTIL.get(turn)
    return wanted(case) if wanted else ""


def steps_of(state: str) -> tuple[tuple[str, StepState], ...]:
    """The row of steps for a complaint in this state; without one, for a complaint not yet registered."""
    if state == State.VOID:
        return ((State.REGISTERED.value, StepState.DONE), (State.VOID.value, StepState.CURRENT))
    reached = STEPS.index(State(state)) if state else 0
    return tuple((step.value, _step_state(place, reached, state)) for place, step in enumerate(STEPS))


def gaps_of(case: ComplaintCase) -> tuple[Gap, ...]:
    """What closing would still want, in the order of the form (seed 001 篇1 五.1, its four blocks)."""
    gaps = [Gap("补上客户", Turn.RECEIVED, "customer_name")] if case.customer_id is None else []
    gaps += [gap for gap in _GAPS if not case.fields[gap.field]]
    if case.state in (State.REGISTERED, State.IN_PROGRESS):
        gaps.append(Gap("记录解决", Turn.SOLUTION, ""))
    return tuple(gaps)


_GAPS = (
    Gap("写明责任人", Turn.HANDLING, "responsible"),
    Gap("写明缺点纠正", Turn.HANDLING, "correction"),
    Gap("分析根本原因", Turn.HANDLING, "root_cause"),
    Gap("写明解决措施", Turn.SOLUTION, "solution"),
    Gap("写明安抚措施", Turn.SOLUTION, "soothing"),
    Gap("定下长期措施", Turn.MEASURES, "long_term_measure"),
)


def _step_state(place: int, reached: int, state: str) -> StepState:
    if place < reached or state == State.CLOSED:
        return StepState.DONE
    return StepState.CURRENT if place == reached else StepState.TODO
