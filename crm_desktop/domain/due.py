"""What is open and until when: one line for ``due``, the lists of the window, and the alert in the tray."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from crm_desktop.domain.standing import ClockState, Standing

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
    stops with 关闭 (400热线, 媒体 …), so a solved complaint may still be late.
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
    )


def soonest_first(row: OpenMilestone) -> tuple[datetime, str, str]:
    """The order of ``due``."""
    return row.due, row.number, row.milestone
