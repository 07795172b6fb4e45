"""The month in sentences: comparisons where there is something to compare with, and never a division by nothing."""

from __future__ import annotations

import pytest

from crm_desktop.domain.monthly import Breakdown, Figure, Past, TrendMonth
from crm_desktop.domain.monthly_keys import opens, parts_of
from crm_desktop.domain.monthly_words import (
    against,
    pareto_words,
    points,
    spread_words,
    trend_words,
)
from crm_desktop.domain.report_sheet import spoken


def past(count: int, *, known: bool = True) -> Past:
    return Past("上月", "2026-10", known, {"抱怨/投诉件数": Figure("抱怨/投诉件数", tuple(range(count)))})


def rows(count: int) -> Figure:
    return Figure("", tuple(range(count)))


def said(sentence: str) -> str:
    """As it is read, without what its numbers open."""
    return spoken(sentence).text


def breakdown(**counts: int) -> Breakdown:
    figures = (Figure(label, tuple(range(count))) for label, count in counts.items())
    return Breakdown("类别", tuple(figures))


@pytest.mark.parametrize(
    ("now", "before", "told"),
    [
        (15, 12, "比上月（12 件）增加 3 件（+25.0 %）"),
        (9, 12, "比上月（12 件）减少 3 件（-25.0 %）"),
        (3, 0, "比上月（0 件）增加 3 件"),
        (4, 4, "与上月（4 件）持平"),
        (0, 0, "与上月（0 件）持平"),
    ],
)
def test_a_month_is_compared_with_another(now: int, before: int, told: str):
    assert said(against(now, past(before))) == told


def test_a_month_without_records_is_not_compared_with():
    assert against(3, past(0, known=False)) == "上月没有数据，无法比较"
    assert past(0, known=False).text("抱怨/投诉件数") == "无数据"


def test_rates_are_compared_in_points():
    assert points("关闭率", 90.0, past(3)) == ""
    assert said(points("抱怨/投诉件数", 90.0, past(88))) == "，比上月提高 2.0 个百分点"
    assert points("抱怨/投诉件数", 88.0, past(88)) == "，与上月持平"
    assert points("抱怨/投诉件数", None, past(88)) == ""


def test_the_few_that_make_most_are_named():
    told = said(pareto_words(breakdown(维修质量=12, 服务态度=5, 维修价格=2, 环境=1)))
    assert told == "类别共 4 项；前 2 项合计占 85.0 %，是改进重点：维修质量（12 件）、服务态度（5 件）。"
    assert pareto_words(breakdown()) == "本月没有。"


def test_what_nobody_filled_in_is_nothing_to_improve():
    assert said(pareto_words(breakdown(未归类=6, 维修质量=3, 服务态度=1))) == (
        "类别共 3 项；前 2 项合计占 90.0 %，是改进重点：维修质量（3 件）；其中 6 件没有填或还没有归类。"
    )
    assert (
        said(pareto_words(breakdown(未归类=9, 服务态度=1)))
        == "类别共 2 项；前 1 项合计占 90.0 %，其中 9 件没有填或还没有归类。"
    )


def test_what_nobody_filled_in_is_said():
    assert said(spread_words(breakdown(未归类=3, 专业度=1, 信赖度=2))) == (
        "最多：信赖度 2 件，占 33.3 %。3 件没有填或还没有归类。"
    )
    assert spread_words(breakdown()) == ""


def test_twelve_months_in_a_sentence():
    months = [TrendMonth(f"2026-{n:02d}", rows(n), rows(1), rows(0), rows(0), None) for n in (9, 10, 11)]
    assert said(trend_words(months)) == ("近 3 个月共 33 件，月均 11.0 件；最多的是 2026年11月（12 件），本月 12 件。")
    assert trend_words(()) == "还没有抱怨/投诉的记录，画不出趋势。"


def test_a_number_in_a_sentence_opens_its_list():
    told = spoken(against(15, past(12)))
    opened = [(told.text[start:stop], parts_of(link)) for start, stop, link in told.spans]
    both = ("抱怨/投诉件数", "上月·抱怨/投诉件数")
    assert opened == [("12", both[1:]), ("3", both), ("+25.0 %", both)]


def test_marks_in_words_of_people_open_nothing():
    told = spoken("\ufff9坏\ufffa关闭率" + opens("<b>\ufff91", "关闭率") + " 件\ufffb")
    assert (told.text, told.spans) == ("坏关闭率<b>1 件", ((4, 8, "关闭率"),))
