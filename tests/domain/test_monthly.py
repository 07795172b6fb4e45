"""Months, shares and changes as they are written in the report."""

from __future__ import annotations

from datetime import date

import pytest

from crm_desktop.domain.errors import InvalidInput
from crm_desktop.domain.monthly import Figure, Share, breakdown, change_text, month_before, month_of


@pytest.mark.parametrize(
    ("text", "first", "last"),
    [
        ("2026-11", date(2026, 11, 1), date(2026, 11, 30)),
        ("2024-02", date(2024, 2, 1), date(2024, 2, 29)),
        ("2025-12", date(2025, 12, 1), date(2025, 12, 31)),
    ],
)
def test_a_month_has_its_first_and_last_day(text: str, first: date, last: date):
    assert month_of(text) == (first, last)


@pytest.mark.parametrize("text", ["2026-13", "十一月", "2026/11", "", "0001-01", "2026-11-01"])
def test_what_is_no_month_is_refused(text: str):
    with pytest.raises(InvalidInput):
        month_of(text)


def test_the_month_before_january_is_december():
    assert month_before(date(2026, 1, 1)) == date(2025, 12, 1)
    assert month_before(date(2026, 11, 1), 12) == date(2025, 11, 1)


def test_a_share_says_its_part_and_its_whole():
    share = Share("关闭率", Figure("已关闭", (1, 2)), Figure("需考核", (1, 2, 3)), "")
    assert share.text == "66.7 %（2/3）"
    assert Share("关闭率", Figure("已关闭", ()), Figure("需考核", ()), "").text == "–"


@pytest.mark.parametrize(("now", "before", "told"), [(15, 12, "+3（+25.0 %）"), (3, 0, "+3"), (2, 4, "-2（-50.0 %）")])
def test_a_change_is_told_with_its_share(now: int, before: int, told: str):
    assert change_text(now, before) == told


def test_what_nobody_filled_in_is_counted_as_that():
    one = breakdown("类别", [(1, ""), (2, "维修质量"), (3, "")], lambda row: row[1], lambda row: row[0])
    assert [(figure.label, figure.ids) for figure in one.figures] == [("未填", (1, 3)), ("维修质量", (2,))]
