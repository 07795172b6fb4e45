"""Which backups stay: all of two days, then one for each of 12 days, 10 weeks and 24 months; what a list shows."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from pathlib import Path

ALL_FOR = timedelta(days=2)
DAILY, WEEKLY, MONTHLY = 12, 10, 24


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
class BackupHealth:
    """The light on 今日: when the last backup was made and when one was last opened as a trial (both UTC)."""

    last_at: datetime | None = None
    tested_at: datetime | None = None
    trouble: str = ""


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
