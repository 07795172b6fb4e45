"""The procedure: which step a complaint may take from where, and what follows from the steps it took.

Source: seed 001 篇1 一 to 六, and part 2, «From 登记 to 存档». Milestones are events; a corrected one keeps its place
in the course and takes the newer one's times (更正), so that a later entry never moves a complaint by itself.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import TYPE_CHECKING, Protocol, TypeVar

from crm_desktop.domain.complaints import EVENT_LABELS, OPEN_STATES, Event, State
from crm_desktop.domain.errors import InvalidInput, NotAllowed
from crm_desktop.domain.text import checked_line

if TYPE_CHECKING:
    from crm_desktop.domain.attachments import KeptFile

READY_TO_CLOSE = "待关闭"
"""Shown for 已解决 when nothing is missing; never stored."""

STATE_AFTER: Mapping[str, State] = {
    Event.REGISTERED: State.REGISTERED,
    Event.HANDED_OVER: State.HANDED_OVER,
    Event.RESPONDED: State.RESPONDED,
    Event.TAKEN_UP: State.IN_PROGRESS,
    Event.RESOLVED: State.RESOLVED,
    Event.CLOSED: State.CLOSED,
    Event.FILED: State.FILED,
    Event.RETURNED: State.IN_PROGRESS,
    Event.REOPENED: State.IN_PROGRESS,
    Event.VOIDED: State.VOID,
}
_WAY = tuple(State)
"""The states in order. A route without a milestone skips its state, and what is entered late never leads back."""
_BACK = frozenset({Event.RETURNED, Event.REOPENED, Event.VOIDED})

ALLOWED_FROM: Mapping[str, frozenset[State]] = {
    Event.HANDED_OVER: frozenset(OPEN_STATES),
    Event.RESPONDED: frozenset(OPEN_STATES),
    Event.TAKEN_UP: frozenset(OPEN_STATES),
    Event.RESOLVED: frozenset(OPEN_STATES) - {State.RESOLVED},
    Event.CLOSED: frozenset({State.RESOLVED}),
    Event.RETURNED: frozenset({State.RESOLVED}),
    Event.REOPENED: frozenset({State.RESOLVED, State.CLOSED, State.FILED}),
    Event.VOIDED: frozenset(OPEN_STATES),
    Event.FILED: frozenset({State.CLOSED}),
}
ONCE = frozenset({Event.HANDED_OVER, Event.RESPONDED})
"""Happens once; a second time would be a 更正."""
CORRECTABLE = (Event.HANDED_OVER, Event.RESPONDED, Event.TAKEN_UP, Event.RESOLVED, Event.CLOSED)
"""Milestones whose time can have been stamped wrongly."""
WAYS_TOLD = ("电话", "当面", "签字纸单")
"""How somebody who does not stand at this PC said what is entered for him (代录)."""


class Step(Protocol):
    """An event as far as the folds read it."""

    @property
    def id(self) -> int: ...
    @property
    def kind(self) -> str: ...
    @property
    def corrects(self) -> int | None: ...


S = TypeVar("S", bound=Step)


def effective(steps: Iterable[S]) -> list[S]:
    """What holds of everything recorded, oldest first: a corrected step is replaced in its place by what corrects it.

    A step corrected by 更正 itself (``Event.CORRECTED``) did not happen and is left out.
    """
    recorded = sorted(steps, key=_number)
    newer = {step.corrects: step for step in recorded if step.corrects is not None}
    held = []
    for first in recorded:
        if first.corrects is None:
            last = first
            while last.id in newer:
                last = newer[last.id]
            if last is first or last.kind != Event.CORRECTED:
                held.append(last)
    return held


def state_of(kinds: Iterable[str]) -> State:
    """The state after these event kinds, oldest first, corrected ones left out; a void complaint stays void."""
    state = State.REGISTERED
    for kind in kinds:
        after = STATE_AFTER.get(kind, state)
        if kind in _BACK or _WAY.index(after) > _WAY.index(state):
            state = after
        if state is State.VOID:
            break
    return state


def round_of(kinds: Iterable[str]) -> int:
    """Which time the complaint is being solved: 1, and one more for each 退回 or 重开."""
    return 1 + sum(kind in (Event.RETURNED, Event.REOPENED) for kind in kinds)


def of_this_round(steps: Sequence[S]) -> Sequence[S]:
    """The effective steps since the last 退回 or 重开."""
    for place in range(len(steps) - 1, -1, -1):
        if steps[place].kind in (Event.RETURNED, Event.REOPENED):
            return steps[place:]
    return steps


def check_move(event: Event, state: str) -> None:
    """:raises NotAllowed: when the procedure does not let a complaint in ``state`` take this step."""
    if State(state) not in ALLOWED_FROM[event]:
        allowed = "、".join(s.value for s in State if s in ALLOWED_FROM[event])
        raise NotAllowed(f"这张单现在是“{state}”，不能{EVENT_LABELS[event]}；只有“{allowed}”的单可以。")


@dataclass(frozen=True, slots=True)
class OnBehalf:
    """代录: ``of`` said it by phone or wrote it on signed paper, ``at`` that time (UTC, None for now).

    ``scan`` names the picture of the paper, or says where the paper lies; ``file`` is the picture, if there is one.
    """

    of: str
    how: str = WAYS_TOLD[0]
    scan: str = ""
    at: datetime | None = None
    file: KeptFile | None = None


def checked_on_behalf(told: OnBehalf) -> OnBehalf:
    """The 代录 cleaned.

    :raises InvalidInput: nobody named, or an unknown way.
    """
    faults = {}
    cleaned = replace(told, of=checked_line(told.of, "代谁录入", 40), scan=checked_line(told.scan, "扫描件"))
    if not cleaned.of:
        faults["on_behalf_of"] = "代录请写明是谁的意见。"
    if cleaned.how not in WAYS_TOLD:
        faults["told_how"] = f"代录的方式请从 {'、'.join(WAYS_TOLD)} 中选。"
    if faults:
        raise InvalidInput(faults)
    return cleaned


def check_moment(at: datetime, received_at: datetime, now: datetime, field: str = "at", label: str = "时间") -> None:
    """A time told by people lies between 受理 and now; five minutes of clock difference are let pass.

    :raises InvalidInput: for a time to come, or before the complaint was received.
    """
    if (at - now).total_seconds() > 300:
        raise InvalidInput({field: f"{label}晚于现在，请核对日期和时间。"})
    if at < received_at:
        raise InvalidInput({field: f"{label}早于受理时间，请核对；受理时间记错的请先更正。"})


def _number(step: Step) -> int:
    return step.id
