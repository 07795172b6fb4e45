"""A clock in words: 还剩 26 分钟, 超期 18 分钟, 13:47 ✓, and the tone it wears."""

from __future__ import annotations

from datetime import datetime, timedelta

from crm_desktop.domain.due import OpenMilestone
from crm_desktop.domain.standing import ClockState, Standing
from crm_desktop.gui.theme import Tone
from crm_desktop.gui.widgets.row_model import Mark

TONES = {
    ClockState.RUNNING: Tone.GREY,
    ClockState.SOON: Tone.SOON,
    ClockState.LATE: Tone.LATE,
    ClockState.DONE: Tone.DONE,
    ClockState.DONE_LATE: Tone.SOON,
}
_MINUTE = timedelta(minutes=1)


def span(minutes: int) -> str:
    """45 分钟, 3 小时 5 分, 2 天 23 时: two units are enough to act on."""
    if minutes < 60:
        return f"{minutes} 分钟"
    days, rest = divmod(minutes, 24 * 60)
    hours, left = divmod(rest, 60)
    if days:
        return f"{days} 天 {hours} 时" if hours else f"{days} 天"
    return f"{hours} 小时 {left} 分" if left else f"{hours} 小时"


def roughly(minutes: int) -> str:
    """45 分钟, 3 小时, 2 天: for a list, where the exact minute is not the point."""
    if minutes < 60:
        return f"{minutes} 分钟"
    return f"{minutes // 60} 小时" if minutes < 24 * 60 else f"{minutes // (24 * 60)} 天"


def time_left(due: datetime, late_minutes: int, now: datetime) -> str:
    """What an open clock says at ``now``; both moments are naive local."""
    if late_minutes:
        return f"超期 {span(late_minutes)}"
    return f"还剩 {span(max(0, (due - now) // _MINUTE))}"


def open_words(row: OpenMilestone, now: datetime) -> str:
    """The same with the milestone before it, for a list: 响应 超期 18 分钟."""
    if row.late_minutes:
        return f"{row.label} 超期 {roughly(row.late_minutes)}"
    return f"{row.label} 还剩 {roughly(max(0, (row.due - now) // _MINUTE))}"


def clock_mark(row: OpenMilestone | None) -> Mark | None:
    """The ground of a clock in a list."""
    return Mark(TONES[row.state]) if row is not None else None


def done_words(standing: Standing, done_at: datetime, now: datetime) -> str:
    """When it was done: 13:47 ✓, with the day where it was not today."""
    when = f"{done_at:%H:%M}" if done_at.date() == now.date() else f"{done_at:%m-%d %H:%M}"
    return f"{when} 迟 {span(standing.late_minutes)}" if standing.late_minutes else f"{when} ✓"
