"""Days of the desk as spans of UTC."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

from crm_desktop.clock import day_bounds, to_local


def test_days_are_those_of_the_desk_from_midnight_to_midnight() -> None:
    start, end = day_bounds(date(2026, 11, 20), date(2026, 11, 21))
    assert (to_local(start), to_local(end)) == (datetime(2026, 11, 20), datetime(2026, 11, 22))
    assert start.tzinfo is end.tzinfo is UTC


def test_a_span_that_is_open_at_both_ends_goes_as_far_as_the_calendar() -> None:
    start, end = day_bounds(date.min, date.max)
    assert end - start > timedelta(days=3_652_000)  # ten thousand years
    assert day_bounds(date.max, date.max)[0] < end
