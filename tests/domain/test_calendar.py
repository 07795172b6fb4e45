"""When the desk is open, and what a working day is."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from crm_desktop.domain.calendar import (
    Calendar,
    calendar_table,
    read_calendar,
    read_hours,
    shipped_calendar,
)
from crm_desktop.domain.errors import InvalidInput
from crm_desktop.domain.holidays import public_holidays
from tests.domain.clock_tables import CALENDARS, OFFICE, days

WEEKENDS_OFF = CALENDARS["周末休"]
SATURDAY, SUNDAY, MONDAY = date(2026, 11, 28), date(2026, 11, 29), date(2026, 11, 30)
at = datetime.fromisoformat


def test_a_new_home_is_open_every_day_until_half_past_five() -> None:
    shipped = shipped_calendar()
    assert [str(shipped.hours(MONDAY + timedelta(days=n))) for n in range(7)] == ["08:30-17:30"] * 7
    assert (shipped.closed, shipped.made_up) == (frozenset(), frozenset())


def test_a_closed_day_has_no_hours_and_a_made_up_day_has() -> None:
    assert WEEKENDS_OFF.hours(date(2026, 10, 1)) is None
    assert WEEKENDS_OFF.hours(SATURDAY) is None
    assert WEEKENDS_OFF.hours(date(2026, 10, 10)) == OFFICE


def test_a_made_up_day_keeps_the_hours_of_its_weekday_where_it_has_some() -> None:
    short = replace(CALENDARS["短周六"], made_up=frozenset({SATURDAY, SUNDAY}))
    assert str(short.hours(SATURDAY)) == "09:00-12:00"
    assert short.hours(SUNDAY) == OFFICE


def test_a_day_of_rest_has_no_closing_time() -> None:
    assert WEEKENDS_OFF.closing(MONDAY) == at("2026-11-30T17:30")
    with pytest.raises(InvalidInput, match="2026-11-28 休息"):
        WEEKENDS_OFF.closing(SATURDAY)


@pytest.mark.parametrize(
    ("day", "expected"),
    [
        ("2026-11-27", "2026-11-30"),
        ("2026-09-30", "2026-10-08"),
        ("2026-10-09", "2026-10-10"),
        ("2026-12-31", "2027-01-01"),
    ],
)
def test_the_next_working_day(day: str, expected: str) -> None:
    assert WEEKENDS_OFF.next_working_day(date.fromisoformat(day)) == date.fromisoformat(expected)


def test_no_working_day_at_all_from_the_start_is_the_day_itself() -> None:
    assert WEEKENDS_OFF.add_working_days(SATURDAY, 0) == SATURDAY
    assert WEEKENDS_OFF.add_working_days(SATURDAY, 6) == date(2026, 12, 7)


@pytest.mark.parametrize(
    ("start", "minutes", "expected"),
    [
        ("2026-11-23T09:00", 540, "2026-11-24T09:00"),
        ("2026-11-23T08:30", 540, "2026-11-23T17:30"),
        ("2026-11-23T03:00", 541, "2026-11-24T08:31"),
        ("2026-11-27T17:00", 60, "2026-11-30T09:00"),
        ("2026-11-28T17:00", 2700, "2026-12-04T17:30"),
    ],
)
def test_working_minutes_run_only_while_the_desk_is_open(start: str, minutes: int, expected: str) -> None:
    assert WEEKENDS_OFF.add_working_minutes(at(start), minutes) == at(expected)


def test_a_calendar_closed_for_ever_is_refused_in_a_sentence() -> None:
    endless = Calendar((OFFICE,) * 7, OFFICE, closed=days("2026-01-01", "2027-12-31"))
    with pytest.raises(InvalidInput, match="一年都没有工作日"):
        endless.next_working_day(date(2026, 6, 1))


def test_a_week_without_work_and_a_day_both_on_and_off_are_refused() -> None:
    with pytest.raises(InvalidInput, match="没有一天营业"):
        Calendar((None,) * 7, OFFICE)
    with pytest.raises(InvalidInput, match="既是休息日又是补班日"):
        Calendar((OFFICE,) * 7, OFFICE, frozenset({MONDAY}), frozenset({MONDAY}))


@pytest.mark.parametrize("text", ["17:30-08:30", "08:30-08:30", "8点到5点", "", "08:30", "08:30-25:00", "22:00-06:00"])
def test_hours_that_cannot_be_are_refused(text: str) -> None:
    with pytest.raises(InvalidInput, match="营业时间"):
        read_hours(text)


def test_hours_are_read_as_people_type_them() -> None:
    assert read_hours("08：30 - 17：30") == OFFICE


@pytest.mark.parametrize("name", sorted(CALENDARS))
def test_a_calendar_is_stored_and_read_back(name: str) -> None:
    assert read_calendar(calendar_table(CALENDARS[name])) == CALENDARS[name]


def test_a_stored_day_that_is_no_day_is_named() -> None:
    with pytest.raises(InvalidInput, match="2026-02-30"):
        read_calendar({**calendar_table(WEEKENDS_OFF), "closed": ["2026-02-30"]})


@settings(deadline=None)
@given(
    st.sampled_from(sorted(CALENDARS)),
    st.datetimes(at("2026-08-01"), at("2028-03-15")),
    st.integers(1, 3000),
    st.integers(1, 3000),
)
def test_working_minutes_add_up(name: str, start: datetime, first: int, second: int) -> None:
    calendar = CALENDARS[name]
    there = calendar.add_working_minutes(calendar.add_working_minutes(start, first), second)
    assert there == calendar.add_working_minutes(start, first + second)


@pytest.mark.parametrize(
    ("today", "closed", "asked"),
    [
        (date(2026, 11, 30), set(), 0),
        (date(2026, 12, 1), set(), 2027),
        (date(2026, 12, 31), {date(2026, 12, 31)}, 2027),
        (date(2026, 12, 1), {date(2027, 1, 1)}, 0),
        (date(2027, 1, 1), set(), 0),
    ],
)
def test_in_december_next_year_is_asked_for_until_it_is_entered(today: date, closed: set[date], asked: int) -> None:
    assert replace(shipped_calendar(), closed=frozenset(closed)).year_to_enter(today) == asked


def test_the_public_holidays_of_a_known_year_fill_a_calendar() -> None:
    year = public_holidays(2026)
    assert days("2026-10-01", "2026-10-07") <= year.closed
    assert date(2026, 10, 10) in year.made_up
    assert year.names[date(2026, 10, 1)] == "国庆节"
    filled = replace(shipped_calendar(), closed=year.closed, made_up=year.made_up)
    assert filled.next_working_day(date(2026, 9, 30)) == date(2026, 10, 8)


@pytest.mark.parametrize("year", [1999, 2099])
def test_a_year_without_known_holidays_is_said_in_a_sentence(year: int) -> None:
    with pytest.raises(InvalidInput, match=f"还没有 {year} 年的放假安排"):
        public_holidays(year)
