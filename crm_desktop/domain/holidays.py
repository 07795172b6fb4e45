"""法定节假日: the days off and make-up days of a year, to be filled into the calendar with one button."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from crm_desktop.domain.errors import InvalidInput


@dataclass(frozen=True, slots=True)
class PublicHolidays:
    """One year as the State Council arranged it; ``names`` tells each day off its holiday (国庆节)."""

    closed: frozenset[date]
    made_up: frozenset[date]
    names: dict[date, str]


def public_holidays(year: int) -> PublicHolidays:
    """Days off and make-up days of a year.

    The arrangement of a year is published in November of the year before, so the list always ends somewhere.

    :raises InvalidInput: for a year the list does not know.
    """
    import chinese_calendar  # noqa: PLC0415 - a table of twenty years, only for the button that asks for it

    try:
        chinese_calendar.is_holiday(date(year, 1, 1))
    except NotImplementedError:
        raise InvalidInput(
            f"程序里还没有 {year} 年的放假安排（国务院一般在前一年 11 月公布），请升级程序，或手工填写休息日和补班日。"
        ) from None
    words = {kind.value: kind.chinese for kind in chinese_calendar.Holiday}
    names = {day: words[kind] for day, kind in chinese_calendar.holidays.items() if day.year == year}
    made_up = frozenset(day for day in chinese_calendar.workdays if day.year == year)
    return PublicHolidays(frozenset(names), made_up, names)
