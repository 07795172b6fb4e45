"""Days and times as people and spreadsheets write them."""

from datetime import date, datetime

import pytest

from crm_desktop.domain.dates import parse_day, parse_time
from crm_desktop.domain.errors import InvalidInput

TODAY = date(2026, 11, 21)
MIDNIGHT = datetime.fromisoformat("2020-06-05")
AFTERNOON = datetime.fromisoformat("2020-06-05T14:05")


@pytest.mark.parametrize(
    "raw",
    [
        "2020-06-05",
        "2020-6-5",
        "2020/6/5",
        "2020/06/05",
        "2020.6.5",
        "2020年6月5日",
        "20200605",
        " ２０２０－０６－０５\u3000",
        "2020-06-05 14:05",
        43987,
        43987.0,
        43987.587,
        20200605.0,
        date(2020, 6, 5),
        AFTERNOON,
    ],
)
def test_a_day_is_read_in_every_form_of_the_list(raw):
    assert parse_day(raw, TODAY) == date(2020, 6, 5)


@pytest.mark.parametrize(
    "raw",
    [
        "2020-06-05 14:05",
        "2020/6/5 14:05:00",
        "2020-06-05T14:05:00",
        "2020年6月5日 14时05分",
        "2020年6月5日14:05",
        "2020/6/5 下午 2:05",
        "2020/6/5 下午2:05:00",
        "20200605 14:05",
        AFTERNOON,
        43987 + (14 * 60 + 5) / 1440,
    ],
)
def test_a_time_is_read_with_its_day(raw):
    assert parse_time(raw, TODAY) == (AFTERNOON, True)


@pytest.mark.parametrize(
    ("raw", "hour", "minute"),
    [
        ("2020-06-05 上午9点", 9, 0),
        ("2020年6月5日下午2点半", 14, 30),
        ("2020/6/5 14时", 14, 0),
        ("2020-06-05 9点05分", 9, 5),
    ],
)
def test_an_hour_is_read_as_people_say_it(raw, hour, minute):
    assert parse_time(raw, TODAY) == (AFTERNOON.replace(hour=hour, minute=minute), True)


@pytest.mark.parametrize("raw", ["2020-06-05", "2020/6/5 00:00:00", 43987.0, date(2020, 6, 5), MIDNIGHT])
def test_a_day_without_a_time_says_so(raw):
    assert parse_time(raw, TODAY) == (MIDNIGHT, False)


@pytest.mark.parametrize("raw", ["11/01/2026", "1/11/2026", "05-06-20", "5.6.2020", "11/01/2026 14:05"])
def test_an_order_of_day_and_month_is_never_guessed(raw):
    with pytest.raises(InvalidInput, match="分不清年、月、日的次序"):
        parse_day(raw, TODAY)


@pytest.mark.parametrize(
    "raw", ["2026-02-30", "2026-13-01", "20260230", "2026年2月30日", "2020-06-05 25:00", "2020-06-05 下午 13:00"]
)
def test_a_day_that_does_not_exist_is_refused_by_its_value(raw):
    with pytest.raises(InvalidInput, match="不存在") as refusal:
        parse_day(raw, TODAY)
    assert raw in refusal.value.sentence


@pytest.mark.parametrize("raw", ["1899-12-31", "2999-01-01", "1989-12-31", "2026-11-23", 20.0, date(2999, 1, 1)])
def test_a_day_of_another_age_is_refused_by_its_value(raw):
    with pytest.raises(InvalidInput, match="不在 1990-01-01 到 2026-11-22 之间"):
        parse_day(raw, TODAY)


@pytest.mark.parametrize("raw", [-5, 1e10, float("nan"), float("inf"), 0])
def test_a_number_that_is_no_serial_is_refused(raw):
    with pytest.raises(InvalidInput, match="不是表格软件的日期"):
        parse_day(raw, TODAY)


@pytest.mark.parametrize(
    "raw",
    ["", "下周", "#VALUE!", "46327", "2020-06/05", "2020-06-05Z", "2020060514:05", "2020-06-05 14", "=1+1", "😀" * 99],
)
def test_what_is_no_date_is_refused_with_one_sentence(raw):
    with pytest.raises(InvalidInput, match="看不懂，请写成 2026-01-11 这样的式样。"):
        parse_day(raw, TODAY)


def test_tomorrow_is_let_pass_for_clocks_that_differ():
    assert parse_day("2026-11-22", TODAY) == date(2026, 11, 22)


def test_a_planned_day_may_lie_ten_years_ahead_and_no_more():
    assert parse_day("2036-12-31", TODAY, future=True) == date(2036, 12, 31)
    with pytest.raises(InvalidInput, match="2036-12-31 之间"):
        parse_day("2999-01-01", TODAY, future=True)
