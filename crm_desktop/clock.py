"""The one place that reads the clock: UTC inside, local time at the desk."""

from __future__ import annotations

import os
from collections.abc import Callable
from datetime import UTC, date, datetime, time, timedelta
from pathlib import Path

from crm_desktop.domain.errors import InvalidInput

Clock = Callable[[], datetime]
_NO_TIME = "CRM_NOW（{}）不是 1900 年到 9000 年之间的时间，请写成 2026-11-22T09:00:00。"
_FIRST_YEAR, _LAST_YEAR = 1900, 9000
TEST_MARK = ".crm-test"
# Days whose bounds every zone can tell: beyond them Python 3.13, which looks a day ahead, leaves the calendar.
_FIRST_DAY, _LAST_DAY = date(1, 1, 2), date(9999, 12, 29)


def system_clock() -> datetime:
    """Now, in UTC, to the second."""
    return datetime.now(UTC).replace(microsecond=0)


def clock_for(home: Path) -> Clock:
    """The clock of a data folder: ``CRM_NOW`` (ISO, local) counts only where the test mark lies.

    :raises InvalidInput: it tells no time, or one at the edge of the calendar.
    """
    fixed = os.environ.get("CRM_NOW")
    if not fixed or not (home / TEST_MARK).exists():
        return system_clock
    try:
        moment = to_utc(datetime.fromisoformat(fixed))
    except (ValueError, OverflowError):
        raise InvalidInput(_NO_TIME.format(fixed)) from None
    if not _FIRST_YEAR <= moment.year <= _LAST_YEAR:
        raise InvalidInput(_NO_TIME.format(fixed))

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
