"""Which backups stay: all of two days, then one for each of 12 days, 10 weeks and 24 months, as far as the disk has
room for them; what a list shows."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from pathlib import Path

ALL_FOR = timedelta(days=2)
DAILY, WEEKLY, MONTHLY = 12, 10, 24
SHARE = 0.2
"""Backups take at most this much of what the disk has free (they themselves counted as free)."""
LEAST_FREE = 2_000_000_000
"""Bytes they leave free in any case."""
LEAST_KEPT = 3
"""The latest stay however little room there is."""
OLD_AFTER = timedelta(days=1)
"""A backup older than this is told where something was written since."""
FIRST_WITHIN = timedelta(hours=1)
"""The first one of a home is made beside the work soon after it was opened; only later its lack is told."""
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


@dataclass(frozen=True, slots=True)
class BackupSpace:
    """How many backups there are, how many bytes they take, and how many they may take on this disk."""

    count: int
    taken: int
    room: int

    @property
    def is_tight(self) -> bool:
        """Not even the latest few fit into what they may take."""
        return self.taken > self.room


class Light(StrEnum):
    """How the backups are, in a word."""

    GOOD = "备份正常"
    SOON = "备份要看一下"
    STOPPED = "备份已停止"


@dataclass(frozen=True, slots=True)
class BackupHealth:
    """The light on 今日: when the first and the last backup were made and when one was last opened as a trial (all
    UTC); ``changed``: something was written since the last one, ``opened_at`` (UTC): since when one could be made.

    ``stopped`` says why none is made, ``trouble`` why the last one failed (also in the second folder), ``also`` what
    is still to be done beside them; empty where all is well.
    """

    last_at: datetime | None = None
    tested_at: datetime | None = None
    stopped: str = ""
    trouble: str = ""
    first_at: datetime | None = None
    changed: bool = False
    also: str = ""
    opened_at: datetime | None = None

    def light(self, now: datetime) -> Light:
        """Stopped, to be looked at, or good, at this moment (UTC)."""
        if self.stopped:
            return Light.STOPPED
        wanting = self.trouble or self.also or self._is_old(now) or self._is_untried(now)
        return Light.SOON if wanting else Light.GOOD

    def _is_old(self, now: datetime) -> bool:
        if self.last_at is None:
            return self.changed and (self.opened_at is None or now - self.opened_at > FIRST_WITHIN)
        return self.changed and now - self.last_at > OLD_AFTER

    def _is_untried(self, now: datetime) -> bool:
        """A young home is given its 30 days before it is asked for a trial."""
        since = self.tested_at or self.first_at
        return since is not None and now - since > TRIED_WITHIN


def kept(times: Iterable[datetime], now: datetime) -> set[datetime]:
    """Those of the backups' local times that stay; of a day, a week or a month the latest one."""
    latest_first = sorted(set(times), reverse=True)
    stay = {made for made in latest_first if now - made <= ALL_FOR}
    for rank, count in _RANKS:
        stay |= _latest_of_each(latest_first, rank, count)
    return stay


def room_on(disk: int) -> int:
    """How many bytes backups may take of a disk with this many free, themselves counted as free."""
    return max(0, min(int(disk * SHARE), disk - LEAST_FREE))


def thinned(sizes: Mapping[datetime, int], now: datetime, disk: int) -> set[datetime]:
    """Those that stay of backups of these local times and sizes, on a disk with so many bytes free besides them.

    Where ``kept`` would leave more than there is room for, others go too: first of the last two days all but the last
    of each hour, then all but the last of each day, then days, weeks and months, the oldest first; never the latest
    ``LEAST_KEPT``.
    """
    stay = kept(sizes, now)
    latest_first = sorted(stay, reverse=True)
    worth = dict.fromkeys(latest_first, 0)
    for value, (rank, count) in enumerate(((_hour, len(stay)), *_RANKS), start=1):
        worth |= dict.fromkeys(_latest_of_each(latest_first, rank, count), value)
    too_much = sum(sizes[made] for made in stay) - room_on(disk)
    for made in sorted(latest_first[LEAST_KEPT:], key=lambda one: (worth[one], one)):
        if too_much <= 0:
            break
        stay.discard(made)
        too_much -= sizes[made]
    return stay


def taken_in(name: str) -> datetime | None:
    """The local time in a backup's name; None where there is none."""
    try:
        return datetime.strptime("-".join(name.split("-")[1:3]), "%Y%m%d-%H%M%S")  # noqa: DTZ007 - local, as named
    except ValueError:
        return None


def _latest_of_each(latest_first: list[datetime], rank: Callable[[datetime], object], count: int) -> set[datetime]:
    found: dict[object, datetime] = {}
    for made in latest_first:
        found.setdefault(rank(made), made)
    return set(list(found.values())[:count])


def _hour(made: datetime) -> object:
    return made.date(), made.hour


def _day(made: datetime) -> object:
    return made.date()


def _week(made: datetime) -> object:
    return made.isocalendar()[:2]


def _month(made: datetime) -> object:
    return made.year, made.month


_RANKS: tuple[tuple[Callable[[datetime], object], int], ...] = ((_day, DAILY), (_week, WEEKLY), (_month, MONTHLY))
