"""营业日历: when the desk is open, and what "before closing" and "working days" mean on it.

All moments are naive local time, the desk's wall clock; the services convert (``crm_desktop.clock``).
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from functools import lru_cache
from typing import Any

from crm_desktop.domain.errors import InvalidInput
from crm_desktop.paths import resource

WEEKDAYS = ("周一", "周二", "周三", "周四", "周五", "周六", "周日")
DAY = timedelta(days=1)
_DECEMBER = 12
_LONGEST_REST = 366
"""Days in a row without work after which a calendar is taken for a mistake."""


@dataclass(frozen=True, slots=True)
class Hours:
    """Opening hours of one day, on the same side of midnight.

    :raises InvalidInput: when it closes before it opens.
    """

    opens: time
    closes: time

    def __post_init__(self) -> None:
        if self.opens >= self.closes:
            raise InvalidInput(f"营业时间“{self}”不对，上班应早于下班，请核对。")

    def __str__(self) -> str:
        return f"{self.opens:%H:%M}-{self.closes:%H:%M}"


@dataclass(frozen=True, slots=True)
class Calendar:
    """``week`` holds the hours from Monday to Sunday, None for a weekday of rest.

    ``closed`` days are taken out of the week, ``made_up`` days put in; a made-up day on a weekday of rest has
    ``made_up_hours``. ``looked_at`` are years whose holidays somebody decided upon, even where the desk stays open.

    :raises InvalidInput: for a week without a working day, or a day both closed and made up.
    """

    week: tuple[Hours | None, ...]
    made_up_hours: Hours
    closed: frozenset[date] = frozenset()
    made_up: frozenset[date] = frozenset()
    looked_at: frozenset[int] = frozenset()

    def __post_init__(self) -> None:
        if len(self.week) != len(WEEKDAYS) or not any(self.week):
            raise InvalidInput("营业日历里没有一天营业，请至少填写一天的营业时间。")
        both = sorted(self.closed & self.made_up)
        if both:
            raise InvalidInput(f"{both[0]} 既是休息日又是补班日，请去掉其中一个。")

    def hours(self, day: date) -> Hours | None:
        """The opening hours of a day; None where the desk is closed."""
        usual = self.week[day.weekday()]
        if day in self.made_up:
            return usual or self.made_up_hours
        return None if day in self.closed else usual

    def year_to_enter(self, today: date) -> int:
        """Next year, where it is December and nobody has decided upon its holidays yet; 0 else."""
        coming = today.year + 1
        entered = coming in self.looked_at or any(day.year == coming for day in self.closed | self.made_up)
        return coming if today.month == _DECEMBER and not entered else 0

    def closing(self, day: date) -> datetime:
        """When a working day ends.

        :raises InvalidInput: on a day of rest.
        """
        hours = self.hours(day)
        if hours is None:
            raise InvalidInput(f"{day} 休息，没有下班时间。")
        return datetime.combine(day, hours.closes)

    def next_working_day(self, day: date) -> date:
        """The first working day after ``day``.

        :raises InvalidInput: when there is none within a year.
        """
        for ahead in range(1, _LONGEST_REST + 1):
            later = day + ahead * DAY
            if self.hours(later) is not None:
                return later
        raise InvalidInput(f"营业日历里 {day} 以后一年都没有工作日，请核对休息日。")

    def add_working_days(self, day: date, count: int) -> date:
        """The ``count``-th working day after ``day``, which itself does not count (民法典 第201条)."""
        for _ in range(count):
            day = self.next_working_day(day)
        return day

    def before_closing(self, moment: datetime) -> datetime:
        """下班前: closing time of that working day; at or after it, or on a day of rest, of the next one (gap G4)."""
        hours = self.hours(moment.date())
        if hours is not None and moment.time() < hours.closes:
            return self.closing(moment.date())
        return self.closing(self.next_working_day(moment.date()))

    def add_working_minutes(self, moment: datetime, minutes: int) -> datetime:
        """``moment`` plus so many minutes of opening hours; what ends exactly at closing ends that day."""
        left = timedelta(minutes=minutes)
        while True:
            closes = self.before_closing(moment)
            opens = datetime.combine(closes.date(), self._hours_of_work(closes.date()).opens)
            start = max(moment, opens)
            if start + left <= closes:
                return start + left
            left -= closes - start
            moment = closes

    def _hours_of_work(self, day: date) -> Hours:
        return self.hours(day) or self.made_up_hours


@lru_cache(maxsize=1)
def shipped_calendar() -> Calendar:
    """The calendar of a new home: every day 08:30 to 17:30, no closed days (resources/rules/calendar.json)."""
    return read_calendar(json.loads(resource("rules", "calendar.json").read_text(encoding="utf-8")))


def read_calendar(table: Mapping[str, Any]) -> Calendar:
    """A calendar as it is stored: ``{"week": {"周一": "08:30-17:30" or ""}, "made_up_hours", "closed", "made_up"}``.

    :raises InvalidInput: for what cannot be read; the sentence names it.
    """
    week = table.get("week", {})
    return Calendar(
        tuple(read_hours(week[name]) if week.get(name) else None for name in WEEKDAYS),
        read_hours(table.get("made_up_hours", "")),
        _days(table.get("closed", ())),
        _days(table.get("made_up", ())),
        frozenset(table.get("looked_at", ())),
    )


def calendar_table(calendar: Calendar) -> dict[str, Any]:
    """The calendar as ``read_calendar`` reads it, days in order."""
    return {
        "week": {name: str(hours or "") for name, hours in zip(WEEKDAYS, calendar.week, strict=True)},
        "made_up_hours": str(calendar.made_up_hours),
        "closed": [day.isoformat() for day in sorted(calendar.closed)],
        "made_up": [day.isoformat() for day in sorted(calendar.made_up)],
        "looked_at": sorted(calendar.looked_at),
    }


def read_hours(text: str) -> Hours:
    """Opening hours written as 08:30-17:30.

    :raises InvalidInput: for anything else.
    """
    opens, _, closes = text.replace("：", ":").replace(" ", "").partition("-")
    try:
        return Hours(time.fromisoformat(opens), time.fromisoformat(closes))
    except ValueError:
        raise InvalidInput(f"营业时间“{text}”看不懂，请写成 08:30-17:30 这样的式样。") from None


def _days(texts: Iterable[str]) -> frozenset[date]:
    days = set()
    for text in texts:
        try:
            days.add(date.fromisoformat(text))
        except ValueError:
            raise InvalidInput(f"营业日历里的日期“{text}”看不懂，请写成 2026-10-01 这样的式样。") from None
    return frozenset(days)
