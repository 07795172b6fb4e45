"""Who will explode next: the order of 今日, by points for the case and for how far its clock has run (peers.md C22).

Points for the case, because the same hour late is worse for one than for another:

    媒体, 消协, 行业管理        30   it is public, or an authority asks (seed 001 篇1 三, 四)
    400热线                     15   the maker counts the days with us
    重大                        20   safety, persons, press: facts.md 5.2
    第 3 次 and more            20   of this customer or this car within a year; the third time makes it 重大
    第 2 次                     10
    VIP                         90   his cases stand first (A136); only what is late and public, or 重大, goes before
    失控, 愤怒, 激动      25, 15, 5   how he was read while his case was handled (A225)

Points for the clock, for the shorter of the rule and what he said he will wait (``patience``): up to 40 while it runs,
in proportion to the share that is used; 50 once it is late, and up to 80 when it is late by its whole length again. So
a clock that ran out outweighs the signs of an everyday case, and a calm case never pushes a late one down by being new.

The weights are our own: the seed names the signs, not their order. What is solved only waits for a decision, and comes
after all that is not; a clock that runs on until 关闭 counts as any other once it is late.
"""

from __future__ import annotations

from typing import NamedTuple

from crm_desktop.domain.complaints import Channel, Severity
from crm_desktop.domain.due import OpenMilestone

_CHANNELS = {Channel.MEDIA: 30, Channel.CONSUMER_BODY: 30, Channel.AUTHORITY: 30, Channel.HOTLINE: 15}
_SHORT = {Channel.HOTLINE: "400"}
_MOODS = {"激动": 5, "愤怒": 15, "失控": 25}
_MAJOR, _VIP, _SECOND, _THIRD = 20, 90, 10, 20
_RUNNING, _LATE, _LATER = 40, 50, 30
_OFTEN = 3


class Tinder(NamedTuple):
    """What is known of a case that may catch fire.

    ``times``: the how many-th complaint of this customer or car within a year this is. ``mood`` is empty where nobody
    has read him.
    """

    channel: str
    severity: str
    vip: bool = False
    times: int = 1
    mood: str = ""
    solved: bool = False


def heat(tinder: Tinder, clock: OpenMilestone | None) -> float:
    """The points of the case and of the clock that presses most."""
    repeated = _THIRD if tinder.times >= _OFTEN else _SECOND if tinder.times > 1 else 0
    points = _CHANNELS.get(Channel(tinder.channel), 0) if tinder.channel in tuple(Channel) else 0
    points += _MAJOR * (tinder.severity == Severity.MAJOR) + _VIP * tinder.vip + repeated
    return points + _MOODS.get(tinder.mood, 0) + _pressure(clock)


def reasons(tinder: Tinder) -> str:
    """The same in words, without the clock: 媒体 · 重大 · 第 3 次 · VIP · 愤怒. Empty for an everyday case."""
    known = [Channel(tinder.channel)] if tinder.channel in tuple(Channel) else []
    told = [_SHORT.get(channel, channel.value) for channel in known if channel in _CHANNELS]
    told += [tinder.severity] * (tinder.severity == Severity.MAJOR)
    told += [f"第 {tinder.times} 次"] * (tinder.times > 1) + ["VIP"] * tinder.vip
    return " · ".join([*told, *([tinder.mood] if tinder.mood in _MOODS else [])])


def burns_first(tinder: Tinder, clock: OpenMilestone | None) -> tuple[bool, float, str]:
    """Sorts the list: the hottest first, of equals the one that is due first."""
    waits = tinder.solved and not (clock is not None and clock.late_minutes)
    return waits, -heat(tinder, clock), clock.due.isoformat() if clock is not None else "~"


def _pressure(clock: OpenMilestone | None) -> float:
    if clock is None:
        return 0.0
    if clock.late_minutes:
        return _LATE + _LATER * min(max(clock.share - 1, 0.0), 1.0)
    return _RUNNING * min(max(clock.share, 0.0), 1.0)
