"""What is open and until when: one line for ``due``, the lists of the window, and the alert in the tray."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from crm_desktop.domain.standing import MINUTE, ClockState, Standing, state_of

FOLLOW_UP = "follow_up"
CLOSING = "关闭"
MILESTONE_LABELS = {
    "hand_over": "移交",
    "respond": "响应",
    "resolve": "解决",
    "file": "存档",
    "follow_up": "回访",
    "promise": "回话",
    "measure": "纠正预防措施",
    "evaluation": "有效性评估",
}
"""The milestones of interface.md section 2, and the words of the desk for them."""


@dataclass(frozen=True, slots=True)
class OpenMilestone:
    """One clock that still runs. ``due`` is naive local time, ``late_minutes`` 0 when not late.

    ``share`` is how much of the clock is used, ``why`` explains the due time in a sentence, ``tell`` is the role it is
    brought before by now (服务经理 → 服务总监 → 总经理), empty while there is time. ``to_closing``: the clock of 解决
    stops with 关闭 (400热线, 媒体 …), so a solved complaint may still be late. ``started`` is when the clock began,
    naive local.
    """

    number: str
    milestone: str
    due: datetime
    late_minutes: int
    state: ClockState
    share: float
    why: str
    tell: str = ""
    to_closing: bool = False
    started: datetime | None = None

    @property
    def label(self) -> str:
        """The milestone in the word of the desk."""
        return CLOSING if self.to_closing else MILESTONE_LABELS[self.milestone]

    @property
    def alarming(self) -> bool:
        """Due soon or late: an alert in window and tray."""
        return self.state in (ClockState.SOON, ClockState.LATE)


def open_milestone(number: str, standing: Standing, tell: str) -> OpenMilestone:
    """The line of a clock that was looked at."""
    deadline = standing.deadline
    return OpenMilestone(
        number,
        deadline.milestone,
        deadline.due,
        standing.late_minutes,
        standing.state,
        standing.share,
        deadline.why,
        tell,
        started=deadline.started,
    )


def as_of(row: OpenMilestone, now: datetime, soon_share: float) -> OpenMilestone:
    """The same clock at ``now`` (naive local), reckoned without asking anybody: a list that ticks.

    ``soon_share`` is that of the rules. A clock whose beginning nobody told, or that has not begun, stays as it was.
    """
    if row.started is None or now < row.started:
        return row
    whole = row.due - row.started
    share = (now - row.started) / whole if whole > timedelta() else 1.0
    late = max(0, -((row.due - now) // MINUTE))
    return replace(row, share=share, late_minutes=late, state=state_of(late, share, soon_share))


def soonest_first(row: OpenMilestone) -> tuple[datetime, str, str]:
    """The order of ``due``."""
    return row.due, row.number, row.milestone


def most_urgent(rows: Iterable[OpenMilestone]) -> dict[str, OpenMilestone]:
    """The clock of every complaint that is due first, by its number; ``rows`` come soonest first.

    Calls have a list of their own.
    """
    urgent: dict[str, OpenMilestone] = {}
    for row in rows:
        if row.milestone != FOLLOW_UP:
            urgent.setdefault(row.number, row)
    return urgent
