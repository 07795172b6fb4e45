"""Which backups stay: all of two days, then one for each of 12 days, 10 weeks and 24 months; what a list shows."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum
from pathlib import Path

ALL_FOR = timedelta(days=2)
DAILY, WEEKLY, MONTHLY = 12, 10, 24
OLD_AFTER = timedelta(days=1)
"""A backup older than this is told where something was written since."""
TRIED_WITHIN = timedelta(days=30)


@dataclass(frozen=True, slots=True)
class BackupRow:
    """A backup in the list; ``made_at`` UTC. ``trouble`` says why it cannot be read, empty where it can."""

    path: Path
    size: int
    made_at: datetime | None = None
    program: str = ""
    schema: int = 0
    customers: int = 0
    complaints: int = 0
    trouble: str = ""


class Light(StrEnum):
    """How the backups are, in a word."""

    GOOD = "备份正常"
    SOON = "备份要看一下"
    STOPPED = "备份已停止"


@dataclass(frozen=True, slots=True)
class BackupHealth:
    """The light on 今日: when the first and the last backup were made and when one was last opened as a trial (all
    UTC); ``changed``: something was written since the last one.

    ``stopped`` says why none is made, ``trouble`` what else is wrong (the second folder); empty where all is well.
    """

    last_at: datetime | None = None
    tested_at: datetime | None = None
    stopped: str = ""
    trouble: str = ""
    first_at: datetime | None = None
    changed: bool = False

    def light(self, now: datetime) -> Light:
        """Stopped, to be looked at, or good, at this moment (UTC)."""
        if self.stopped:
            return Light.STOPPED
        return Light.SOON if self.trouble or self._is_old(now) or self._is_untried(now) else Light.GOOD

    def _is_old(self, now: datetime) -> bool:
        return self.changed and (self.last_at is None or now - self.last_at > OLD_AFTER)

    def _is_untried(self, now: datetime) -> bool:
        """A young home is given its 30 days before it is asked for a trial."""
        since = self.tested_at or self.first_at
        return since is not None and now - since > TRIED_WITHIN


def kept(times: Iterable[datetime], now: datetime) -> set[datetime]:
    """Those of the backups' local times that stay; of a day, a week or a month the latest one."""
    latest_first = sorted(set(times), reverse=True)
    stay = {made for made in latest_first if now - made <= ALL_FOR}
    for rank, count in ((_day, DAILY), (_week, WEEKLY), (_month, MONTHLY)):
        stay |= _latest_of_each(latest_first, rank, count)
    return stay


def _latest_of_each(latest_first: list[datetime], rank: Callable[[date], object], count: int) -> set[datetime]:
    found: dict[object, datetime] = {}
    for made in latest_first:
        found.setdefault(rank(made.date()), made)
    return set(list(found.values())[:count])


def _day(day: date) -> object:
    return day


def _week(day: date) -> object:
    return day.isocalendar()[:2]


def _month(day: date) -> object:
    return day.year, day.month
