"""The one place that reads the clock: UTC inside, local time at the desk."""

from __future__ import annotations

import os
from collections.abc import Callable
from datetime import UTC, date, datetime, time, timedelta
from pathlib import Path

Clock = Callable[[], datetime]
TEST_MARK = ".crm-test"
# Days whose bounds every zone can tell: beyond them Python 3.13, which looks a day ahead, leaves the calendar.
_FIRST_DAY, _LAST_DAY = date(1, 1, 2), date(9999, 12, 29)


def system_clock() -> datetime:
    """Now, in UTC, to the second."""
    return datetime.now(UTC).replace(microsecond=0)


def clock_for(home: Path) -> Clock:
    """The clock of a data folder: ``CRM_NOW`` (ISO, local) counts only where the test mark lies."""
    fixed = os.environ.get("CRM_NOW")
    if not fixed or not (home / TEST_MARK).exists():
        return system_clock
    moment = to_utc(datetime.fromisoformat(fixed))

    def fixed_clock() -> datetime:
        return moment

    return fixed_clock


def to_local(moment: datetime) -> datetime:
    """A UTC moment as naive local time, the way the desk reads it."""
    return moment.astimezone().replace(tzinfo=None)


def to_utc(moment: datetime) -> datetime:
    """Local time (naive) or any aware time as UTC."""
    return moment.astimezone(UTC)


def local_day(moment: datetime) -> date:
    """The calendar day at the desk on which a UTC moment falls."""
    return moment.astimezone().date()


def day_bounds(first: date, last: date) -> tuple[datetime, datetime]:
    """The UTC span [start, end) of the local days ``first`` to ``last``, both included; it ends with the calendar."""
    first, last = (min(max(day, _FIRST_DAY), _LAST_DAY) for day in (first, last))
    start = datetime.combine(first, time())
    end = datetime.combine(last + timedelta(days=1), time())
    return to_utc(start), to_utc(end)
