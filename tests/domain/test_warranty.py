"""保修 and 三包 by day and kilometre, and the counts of article 24, as the rule of 2022 has them."""

from __future__ import annotations

import json
from datetime import UTC, date, datetime, timedelta

import pytest

from crm_desktop.domain.errors import InvalidInput
from crm_desktop.domain.warranty import (
    CarCover,
    CoverState,
    Level,
    RepairKind,
    Terms,
    WarrantyRepair,
    counters,
    covers,
    early_rights,
    months_after,
    read_warranty,
    repair_days,
    start_of,
    usage_fee_fen,
)
from crm_desktop.paths import resource

TABLE = json.loads(resource("rules", "warranty.json").read_text(encoding="utf-8"))
RULES = read_warranty(TABLE)
NOW = datetime(2026, 11, 21, 6, tzinfo=UTC)
START = date(2024, 11, 21)


def car(**changes):
    """A car delivered two years ago to the day, 30,000 km."""
    return CarCover(**{"starts_on": START, "mileage": 30000, "terms": Terms(), **changes})


def repair(days_ago=10, hours=5.0, **changes):
    """A finished repair for a fault of quality."""
    came = NOW - timedelta(days=days_ago)
    return WarrantyRepair(
        **{"came_at": came, "finished_at": came + timedelta(hours=hours), "problem": "异响", **changes}
    )


def counted(repairs, name):
    """The counter of this name."""
    return next(c for c in counters(repairs, RULES.limits, NOW) if c.name == name)


@pytest.mark.parametrize(
    ("changes", "today", "repair_state", "exchange_state"),
    [
        ({}, date(2026, 11, 21), CoverState.IN, CoverState.IN),  # the day of the same number is the last (民法典 202)
        ({}, date(2026, 11, 22), CoverState.IN, CoverState.OVER),  # 18: two years
        ({}, date(2027, 11, 21), CoverState.IN, CoverState.OVER),
        ({}, date(2027, 11, 22), CoverState.OVER, CoverState.OVER),  # 18: three years
        ({"mileage": 50000}, START, CoverState.IN, CoverState.IN),
        ({"mileage": 50001}, START, CoverState.IN, CoverState.TOO_FAR),  # 18: whichever comes first
        ({"mileage": 60001}, START, CoverState.TOO_FAR, CoverState.TOO_FAR),
        ({"mileage": None}, START, CoverState.UNKNOWN, CoverState.UNKNOWN),
        ({"starts_on": None}, START, CoverState.UNKNOWN, CoverState.UNKNOWN),
        ({"purpose": "营运"}, START, CoverState.UNKNOWN, CoverState.UNKNOWN),  # 家用汽车 only
        ({"terms": Terms(exchange_months=36, exchange_km=100000)}, date(2027, 11, 1), CoverState.IN, CoverState.IN),
        ({"terms": Terms(repair_months=12)}, date(2026, 11, 1), CoverState.IN, CoverState.IN),  # never below the law
    ],
)
def test_a_car_is_covered_until_the_day_or_the_kilometre_that_comes_first(changes, today, repair_state, exchange_state):
    found = covers(car(**changes), RULES.terms, today)
    assert [cover.state for cover in found] == [repair_state, exchange_state]


def test_the_periods_begin_with_the_delivery_where_it_is_another_day_than_the_invoice():
    assert start_of(date(2024, 1, 1), date(2024, 1, 9)) == date(2024, 1, 9)
    assert start_of(date(2024, 1, 1), None) == date(2024, 1, 1)
    assert start_of(None, None) is None


def test_a_month_without_that_day_ends_with_its_last():
    assert months_after(date(2024, 2, 29), 12) == date(2025, 2, 28)
    assert months_after(date(2026, 8, 31), 6) == date(2027, 2, 28)


def test_a_cover_says_until_when_and_how_far_with_its_article():
    cover = covers(car(), RULES.terms, date(2026, 11, 1))[1]
    assert cover.sentence == "三包有效期到 2026-11-21 或 50,000 公里，在保。"
    assert cover.source == "总局令第43号第十八条"


@pytest.mark.parametrize(
    ("hours", "excluded", "days"),
    [(0, 0, 0), (1, 0, 1), (24, 0, 1), (24.5, 0, 2), (48, 0, 2), (49, 120, 2), (10, 900, 0)],
)
def test_every_24_hours_are_a_day_and_what_is_left_is_one_more(hours, excluded, days):
    assert repair_days(repair(hours=hours, excluded_minutes=excluded), NOW) == days


@pytest.mark.parametrize(
    ("count", "settled", "level"),
    [
        (0, True, Level.QUIET),
        (1, True, Level.NEAR),
        (2, True, Level.NEAR),
        (2, False, Level.REACHED),
        (3, True, Level.REACHED),
    ],
)
def test_two_repairs_of_a_safety_fault_uncured_or_a_new_one(count, settled, level):
    safety = [repair(kind=RepairKind.SAFETY, settled=settled) for _ in range(count)]
    found = counted(safety, "严重安全性能故障")
    assert (found.count, found.level, found.source) == (count, level, "第二十四条第一项")


def test_an_assembly_changed_twice_and_its_parts_are_not_counted_double():
    found = [repair(system="变速器", replaced=True), repair(system="变速器", part="阀体", replaced=True)]
    assert counted(found, "更换变速器").level is Level.NEAR
    assert counted(found, "更换变速器·阀体").count == 1
    assert counted([*found, repair(system="变速器", replaced=True)], "更换变速器").level is Level.REACHED


def test_the_same_main_part_of_one_of_ten_systems_changed_twice():
    twice = [repair(system="转向系统", part="方向机", replaced=True)] * 2
    found = counted(twice, "更换转向系统·方向机")
    assert (found.level, found.source) == (Level.REACHED, "第二十四条第三项")


@pytest.mark.parametrize(
    ("days", "level"), [(24, Level.QUIET), (25, Level.NEAR), (30, Level.NEAR), (31, Level.REACHED)]
)
def test_more_than_30_days_in_the_workshop(days, level):
    found = counted([repair(days_ago=60, hours=24 * days)], "累计修理时间")
    assert (found.count, found.level) == (days, level)


@pytest.mark.parametrize(("times", "level"), [(3, Level.QUIET), (4, Level.NEAR), (5, Level.REACHED)])
def test_the_fifth_repair_of_the_same_problem(times, level):
    found = counted([*[repair()] * times, repair(problem="漏油")], "同一质量问题")
    assert (found.count, found.level) == (times, level)


@pytest.mark.parametrize(("days", "level"), [(4, Level.QUIET), (5, Level.NEAR), (5.1, Level.REACHED)])
def test_a_car_that_stays_longer_than_five_days_gets_another_one_to_drive(days, level):
    found = counted([repair(days_ago=days, finished_at=None)], "本次修理")
    assert (found.level, found.source) == (level, "第二十一条")


@pytest.mark.parametrize(
    ("days", "km", "articles"),
    [
        (7, 200, ("第二十二条", "第二十条")),
        (8, 200, ("第二十条",)),
        (60, 3000, ("第二十条",)),
        (61, 10, ()),
        (9, 3001, ()),
    ],
)
def test_a_new_car_has_rights_of_its_own(days, km, articles):
    found = early_rights(car(starts_on=NOW.date() - timedelta(days=days), mileage=km), NOW.date())
    assert len(found) == len(articles)
    assert all(article in sentence for article, sentence in zip(articles, found, strict=True))


def test_using_the_car_costs_at_most_half_a_percent_for_a_thousand_kilometres():
    assert usage_fee_fen(15_000_000, 10_000) == 750_000


@pytest.mark.parametrize(
    ("part", "name", "value"),
    [("terms", "repair_km", 0), ("limits", "same_problem", -1), ("terms", "exchange_months", "两年")],
)
def test_a_table_with_a_number_that_is_none_is_refused(part, name, value):
    with pytest.raises(InvalidInput, match="大于 0"):
        read_warranty({**TABLE, part: {**TABLE[part], name: value}})


@pytest.mark.parametrize(
    ("part", "name", "value", "why"),
    [
        ("terms", "repair_months", 35, "法定最低是 36"),
        ("terms", "exchange_km", 49_999, "法定最低是 50,000"),
        ("limits", "safety_repairs", 3, "法定是 2，只能更少"),
        ("limits", "single_repair_days", 6, "法定是 5，只能更少"),
    ],
)
def test_a_table_gives_no_less_than_the_law(part, name, value, why):
    with pytest.raises(InvalidInput, match=why):
        read_warranty({**TABLE, part: {**TABLE[part], name: value}})


def test_a_table_needs_a_guarantee_for_every_other_repair():
    with pytest.raises(InvalidInput, match="其余修理"):
        read_warranty({**TABLE, "guarantees": TABLE["guarantees"][:2]})
