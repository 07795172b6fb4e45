"""How far a clock has run: computed from what was recorded whenever somebody asks, never stored.

Moments are naive local time, as in ``domain/deadlines.py``.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from typing import NamedTuple

from crm_desktop.domain.deadlines import Deadline, Milestone, Milestones
from crm_desktop.domain.routes import ResolveTo

MINUTE = timedelta(minutes=1)


class ClockState(StrEnum):
    """What a clock says at a glance."""

    RUNNING = "进行中"
    SOON = "快到期"
    LATE = "已超期"
    DONE = "按时完成"
    DONE_LATE = "超期完成"


@dataclass(frozen=True, slots=True)
class Standing:
    """One clock now. ``share`` is how much of it is used (1.0 at the due moment, more when late).

    ``late_minutes`` counts begun minutes and is 0 when not late; ``moved`` is a sentence where the times contradict
    each other (the clock was set back, or a step is dated before its beginning), else empty.
    """

    deadline: Deadline
    state: ClockState
    share: float
    late_minutes: int
    moved: str = ""


class Happened(NamedTuple):
    """When the steps of a complaint were done; None where they were not."""

    handed_over: datetime | None = None
    responded: datetime | None = None
    resolved: datetime | None = None
    closed: datetime | None = None
    filed: datetime | None = None


def standing(
    deadline: Deadline,
    now: datetime,
    soon_share: float,
    *,
    done_at: datetime | None = None,
    last_recorded: datetime | None = None,
) -> Standing:
    """Where a clock stands. Done exactly at the due moment is in time.

    ``last_recorded`` is the latest moment the home knows of: a ``now`` before it, or before the clock began, means
    that the computer's clock was set back; the clock then stands at the later moment and says so.
    """
    known = max(deadline.started, last_recorded or deadline.started)
    at, moved = (now, "") if done_at is None else (done_at, "")
    if done_at is None and now < known:
        at, moved = known, set_back(now, known)
    if done_at is not None and done_at < deadline.started:
        at = deadline.started
        moved = f"{deadline.milestone.label}的时间 {done_at:%Y-%m-%d %H:%M} 早于起算的时间，请核对，需要时更正。"
    used, whole = at - deadline.started, deadline.due - deadline.started
    share = used / whole if whole > timedelta() else 1.0
    late = max(0, -((deadline.due - at) // MINUTE))
    return Standing(deadline, state_of(late, share, soon_share, done=done_at is not None), share, late, moved)


def set_back(now: datetime, known: datetime) -> str:
    """What is said where the computer's clock stands before the latest moment the home knows of."""
    return f"电脑时间 {now:%Y-%m-%d %H:%M} 早于已有的记录 {known:%Y-%m-%d %H:%M}，请核对电脑时间。"


def standings(
    clocks: Milestones,
    happened: Happened,
    now: datetime,
    soon_share: float,
    *,
    last_recorded: datetime | None = None,
) -> tuple[Standing, ...]:
    """Every clock of a complaint, in the order of the procedure; 解决 stops where its rule says."""
    done: Mapping[Milestone, datetime | None] = {
        Milestone.HAND_OVER: happened.handed_over,
        Milestone.RESPOND: happened.responded,
        Milestone.RESOLVE: happened.closed if clocks.rule.resolve_to is ResolveTo.CLOSED else happened.resolved,
        Milestone.FILE: happened.filed,
    }
    return tuple(
        standing(one, now, soon_share, done_at=done[one.milestone], last_recorded=last_recorded)
        for one in clocks.running
    )


def state_of(late: int, share: float, soon_share: float, *, done: bool = False) -> ClockState:
    """What a clock of which ``share`` is used says at a glance; ``late`` counts minutes."""
    if done:
        return ClockState.DONE_LATE if late else ClockState.DONE
    if late:
        return ClockState.LATE
    return ClockState.SOON if share >= soon_share else ClockState.RUNNING
