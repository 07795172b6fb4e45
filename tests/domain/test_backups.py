"""Which backups stay: by the rule of days, weeks and months, and by what the disk has room for."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest

from crm_desktop.domain.backups import LEAST_FREE, LEAST_KEPT, BackupSpace, kept, room_on, taken_in, thinned

NOW = datetime(2026, 11, 22, 14, 0)
HALF_HOURS = [NOW - timedelta(minutes=30 * n) for n in range(48 * 365 * 3)]
"""Three years of work without a night."""
GIGABYTE = 1_000_000_000


def test_all_of_two_days_then_12_days_10_weeks_and_24_months() -> None:
    stay = kept(HALF_HOURS, NOW)
    younger, older = [one for one in stay if NOW - one <= timedelta(days=2)], [one for one in stay if one < NOW]
    assert len(younger) == 2 * 48 + 1
    assert {NOW.date() - timedelta(days=n) for n in range(12)} <= {one.date() for one in older}
    assert len({one.isocalendar()[:2] for one in stay}) >= 10
    assert len({(one.year, one.month) for one in stay}) == 24


def test_of_a_day_a_week_and_a_month_the_latest_stays() -> None:
    stay = kept(HALF_HOURS, NOW)
    assert datetime(2026, 11, 12, 23, 30) in stay
    assert datetime(2026, 11, 12, 23, 0) not in stay
    assert datetime(2025, 1, 31, 23, 30) in stay


def test_with_room_enough_nothing_goes_that_the_rule_keeps() -> None:
    sizes = dict.fromkeys(HALF_HOURS, 1_000_000)
    assert thinned(sizes, NOW, 500 * GIGABYTE) == kept(HALF_HOURS, NOW)


def test_with_little_room_the_last_of_each_hour_then_of_each_day_stays() -> None:
    sizes = dict.fromkeys(HALF_HOURS, GIGABYTE // 2)
    stay = thinned(sizes, NOW, 200 * GIGABYTE)
    assert sum(sizes[one] for one in stay) <= room_on(200 * GIGABYTE) == 40 * GIGABYTE
    assert {one.minute for one in stay if NOW - timedelta(hours=20) < one < NOW - timedelta(hours=3)} == {30}
    assert len({(one.year, one.month) for one in stay}) == 24


@pytest.mark.parametrize("disk", [0, GIGABYTE, 3 * GIGABYTE])
def test_however_little_room_there_is_the_latest_three_stay(disk: int) -> None:
    sizes = dict.fromkeys(HALF_HOURS[:200], GIGABYTE)
    assert thinned(sizes, NOW, disk) == set(HALF_HOURS[:LEAST_KEPT])


def test_they_take_a_fifth_of_the_disk_and_leave_two_gigabytes() -> None:
    assert room_on(100 * GIGABYTE) == 20 * GIGABYTE
    assert room_on(LEAST_FREE + 5) == 5
    assert room_on(LEAST_FREE - 5) == 0
    assert BackupSpace(3, 10, 9).is_tight


def test_a_name_tells_its_time_and_another_name_none() -> None:
    assert taken_in("crm-20261122-143000-s17-abcd1234.zip.locked") == datetime(2026, 11, 22, 14, 30)
    assert taken_in("crm-schema1-before-2.db") is None
