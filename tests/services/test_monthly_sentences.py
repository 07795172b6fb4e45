"""The sentences and shares of a real month, and of one in which nothing happened."""

from __future__ import annotations

from itertools import pairwise

from crm_desktop.domain.kpis import KPIS
from crm_desktop.domain.monthly import Share
from crm_desktop.domain.monthly_behind import figure_ids
from crm_desktop.domain.monthly_report import report_blocks
from crm_desktop.domain.monthly_words import late_words, overview_words, satisfaction_words
from crm_desktop.domain.report_sheet import Heading, Paragraph, spoken
from crm_desktop.services.monthly_lists import MonthlyLists
from crm_desktop.services.office import Office
from tests.makers import act, director, registered


def said(sentence: str) -> str:
    """As it is read."""
    return spoken(sentence).text


def test_every_share_of_a_report_is_one_of_the_table(office: Office):
    month = office.monthly.of("2026-11")
    groups = (month.overview, month.reworks, month.calls, month.satisfaction, month.measures)
    shares = [one for group in groups for one in group if isinstance(one, Share)]
    shares += [step.in_time for step in month.timeliness]
    assert len(shares) > 15
    for one in shares:
        kpi = KPIS[one.label]
        assert (one.formula, one.part.label, one.whole.label) == (kpi.formula, kpi.part, kpi.whole)


def test_a_month_of_none_divides_by_nothing(office: Office):
    month = office.monthly.of("2026-11")
    assert tuple(map(said, overview_words(month))) == (
        "2026年11月受理抱怨/投诉 0 件，上月没有数据，无法比较，去年同月没有数据，无法比较。",
    )
    assert late_words(month) == "本月没有要考核时效的单。"
    assert "还没有客户答复" in satisfaction_words(month)


def test_a_month_of_one_complaint(office: Office):
    registered(office)
    first, second = map(said, overview_words(office.monthly.of("2026-11")))
    assert "受理抱怨/投诉 1 件" in first
    assert second.startswith("没有重大投诉。关闭率 0.0 %（0/1）")


def test_a_chapter_without_anything_to_show_says_so(office: Office):
    blocks = report_blocks(office.monthly.of("2026-11"))
    texts = [block.text for block in blocks if isinstance(block, Paragraph)]
    assert "本月没有写类别、也没有归类过的单；归类在解决时一键确认。" in texts
    places = [place for place, block in enumerate(blocks) if isinstance(block, Heading) and not block.part]
    assert all(after - before > 1 for before, after in pairwise([*places, len(blocks)]))


def test_a_complaint_passed_on_and_a_sign_are_counted_and_open_their_rows(office: Office):
    saved = registered(office)
    first = office.complaints.amend(saved.number, saved.ver, {"responsible": "冯学勤"}, director())
    assert office.monthly.of("2026-11").figure("换过责任人").text == "0"
    office.complaints.amend(saved.number, first.ver, {"responsible": "梁晓雯"}, director())
    office.signs.note("等得太久，脸色不好", act())
    month = office.monthly.of("2026-11")
    told = [
        MonthlyLists(office.desk).opened(label, figure_ids(month)).lists[0][1][0]
        for label in ("换过责任人", "苗头（没有来投诉）")
    ]
    assert [(row.number, row.state) for row in told] == [(saved.number, "处理中"), ("苗头 1", "未处理")]
