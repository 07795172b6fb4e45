"""规则 and 制度: every rule in a table with its source, changed with a reason, tried out at once."""

from __future__ import annotations

import json
import re
from datetime import date

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QCheckBox, QWidget

from crm_desktop.app.beside import INTAKE, RULES
from crm_desktop.app.rooms import CALLS, COMPLAINTS, CUSTOMERS, MEASURES, REPORTS, REWORKS, SETTINGS, TODAY
from crm_desktop.clock import TEST_MARK
from crm_desktop.domain.errors import InvalidInput
from crm_desktop.domain.rights import ROLE_RIGHTS
from crm_desktop.domain.staff import Role
from crm_desktop.gui.messages import Messages
from crm_desktop.gui.rules_room.procedure_window import ProcedureWindow, procedure
from crm_desktop.gui.rules_room.rule_sheets import SHEETS
from crm_desktop.gui.rules_room.window import RIGHTS, TRIAL, RulesWindow
from crm_desktop.gui.session import Session
from crm_desktop.paths import resource
from crm_desktop.services.office import open_office
from tests.gui.hands import Hands
from tests.services.people import hired

ROOMS = (CALLS, COMPLAINTS, CUSTOMERS, MEASURES, REPORTS, REWORKS, SETTINGS, TODAY)


def opened(qtbot, office):
    """The window of the rules of this office."""
    messages, below = Messages(), QWidget()
    session = Session(office.desk)
    hands = Hands(qtbot, RulesWindow(office.rules, office.staff, office.playbook, session, messages, below), messages)
    hands.office, hands.below, hands.session = office, below, session
    return hands


@pytest.fixture
def rules(qtbot, office):
    """The window of the rules, on a new desk; what is left open in front of it is closed."""
    made = opened(qtbot, office)
    yield made
    while QApplication.activeModalWidget() is not None:
        QApplication.activeModalWidget().close()


def turn_to(hands, title):
    """Opens a page."""
    hands.page.turn_to(title)


def change(hands, table, row, **values):
    """Opens a line, writes into it and saves."""
    hands.table(table).selectRow(row % hands.table(table).count())
    hands.click("修改")
    hands.qtbot.waitUntil(lambda: QApplication.activeModalWidget() is not None)
    for label, text in values.items():
        hands.fill(label, text)
    hands.click("保存")


def add(hands, **values):
    """A new line of the table that is open."""
    hands.click("添加")
    hands.qtbot.waitUntil(lambda: QApplication.activeModalWidget() is not None)
    for label, text in values.items():
        hands.fill(label, text)
    hands.click("添加", 1)


def sheet_of(title):
    """The page of this title."""
    return next(sheet for sheet in SHEETS if sheet.title == title)


def box(hands, word):
    """The visible box of this word."""
    return next(b for b in hands.page.findChildren(QCheckBox) if b.accessibleName() == word and b.isVisible())


def change_right(hands, right, role, **values):
    """Opens a right, ticks or unticks one role and saves."""
    hands.table("权限").selectRow(hands.cells("权限", 0).index(right))
    hands.click("修改")
    hands.qtbot.waitUntil(lambda: QApplication.activeModalWidget() is not None)
    hands.qtbot.keyClick(box(hands, role), Qt.Key.Key_Space)
    for label, text in values.items():
        hands.fill(label, text)
    hands.click("保存")


def test_the_routes_stand_in_a_table_with_their_sources(rules):
    assert rules.cells("时限", 0)[:2] == ["回访", "回访"]
    assert rules.cells("时限", 3)[:2] == ["10分钟", "下班前"]
    assert "001 篇1 一.1" in rules.texts()


def test_a_changed_limit_holds_at_once_and_keeps_its_reason(rules):
    change(rules, "时限", 0, 响应="20分钟", 修改原因="总监要求")
    assert str(rules.office.rules.rulebook().rule("回访", "重大").respond) == "20分钟"
    assert rules.has("恢复出厂规则")
    with rules.answering("恢复"):
        rules.click("恢复出厂规则")
    assert str(rules.office.rules.rulebook().rule("回访", "重大").respond) == "30分钟"


def test_a_limit_nobody_can_read_is_refused_and_nothing_typed_is_lost(rules):
    change(rules, "时限", 0, 响应="马上", 修改原因="总监要求")
    assert "看不懂" in rules.said()
    assert rules.field("响应").typed() == "马上"


def test_a_change_without_a_reason_is_refused_at_its_field(rules):
    change(rules, "时限", 0, 响应="20分钟")
    assert rules.field("修改原因").accessibleDescription() == "修改时限规则请写明原因。"


def test_a_rule_without_any_time_is_refused_at_its_field(rules):
    change(rules, "时限", 0, 移交="", 响应="", 解决="", 修改原因="不用考核")
    assert "移交、响应、解决时限都空着，请至少填一步" in rules.field("解决").accessibleDescription()


def test_the_calendar_takes_the_public_holidays_of_the_year(rules):
    turn_to(rules, "营业日历")
    with rules.answering("填入"):
        rules.click("填入法定节假日")
    assert "2026 年的法定节假日已填入" in rules.said()
    assert rules.office.rules.calendar().closed


def test_public_holidays_are_not_filled_in_by_a_single_click(rules):
    turn_to(rules, "营业日历")
    with rules.answering("取消"):
        rules.click("填入法定节假日")
    assert not rules.office.rules.calendar().closed


@pytest.fixture
def december(qtbot, home, monkeypatch):
    """The window of the rules on 5 December."""
    (home / TEST_MARK).touch()
    monkeypatch.setenv("CRM_NOW", "2026-12-05T09:00:00")
    made = opened(qtbot, open_office(home))
    yield made
    made.office.desk.close()


def test_in_december_next_year_is_asked_for_and_an_unknown_year_never_ends_badly(december):
    assert "2027 年的放假安排还没有填" in december.texts()
    turn_to(december, "营业日历")
    december.click("填入法定节假日")
    assert december.said().startswith("程序里还没有 2027 年的放假安排")


def test_a_vague_word_of_the_dealership_is_known_from_then_on(rules):
    turn_to(rules, "空话词表")
    words = rules.cells("空话词表", 1)[0]
    change(rules, "空话词表", 0, 内容=f"{words} 狠抓", 修改原因="常见套话")
    assert rules.office.rules.wording().vague.search("狠抓落实")


def test_a_right_is_given_to_another_post(rules):
    turn_to(rules, "权限")
    change_right(rules, "存档", "服务顾问", 修改原因="前台代管档案")
    assert rules.office.staff.rights()["存档"] == ("客户关爱总监", "服务顾问", "客户关爱员")
    rules.click("改动记录")
    assert rules.cells("改动记录", 3) == ["前台代管档案"]
    rules.click("关闭")


def test_a_right_without_a_reason_or_beyond_recall_is_refused_and_the_table_comes_back(rules):
    turn_to(rules, "权限")
    change_right(rules, "管员工", "系统管理", 修改原因="试试")
    assert "必须留给系统管理" in rules.field("修改原因").accessibleDescription()
    rules.click("取消")
    change_right(rules, "存档", "服务顾问")
    assert rules.field("修改原因").accessibleDescription() == "修改权限请写明原因。"
    rules.fill("修改原因", "前台代管档案")
    rules.click("保存")
    with rules.answering("恢复"):
        rules.click("恢复出厂规则")
    assert rules.office.staff.rights() == ROLE_RIGHTS


def test_a_trial_tells_what_the_case_would_tell(rules):
    turn_to(rules, "规则试算")
    rules.fill("受理时间", "11-20 18:05")
    assert rules.cells("试算结果", 0) == ["移交", "解决"]
    assert rules.cells("试算结果", 2)[0] == ("接待·一般：11月20日 18:05 受理，已过下班时间 17:30 → 11月21日 17:30")


def test_a_tick_of_the_dealership_is_added_and_taken_away(rules):
    turn_to(rules, "重大判据")
    assert "要求退车、换车，或赔偿超过 5000 元" in rules.cells("重大判据", 0)
    add(rules, 有这一条就建议定为重大="老客户第二次投诉", 客户说到这些就提醒="又来了  第二回", 修改原因="总经理要求")
    assert rules.office.rules.ticks()[-1].words == ("又来了", "第二回")
    assert rules.office.rules.ticks()[-1].label == "老客户第二次投诉"
    assert rules.office.rules.ticks()[3].words[0] == "12315"
    rules.table("重大判据").selectRow(8)
    rules.click("去掉")
    rules.fill("修改原因", "不用了")
    rules.click("去掉", 1)
    assert len(rules.office.rules.ticks()) == 8
    rules.click("改动记录")
    assert rules.cells("改动记录", 2) == [
        "去掉“老客户第二次投诉 又来了 第二回”",
        "加上“老客户第二次投诉 又来了 第二回”",
    ]
    rules.click("关闭")


def test_one_more_is_told_when_a_clock_is_half_used_up(rules):
    turn_to(rules, "上报")
    add(rules, 时限用去="50%", 报给谁="服务顾问", 修改原因="先提醒自己")
    first = rules.office.rules.escalation()[0]
    assert (first.share, first.role) == (0.5, "服务顾问")


@pytest.mark.parametrize(
    ("title", "row", "label", "typed", "told"),
    [
        ("时限", 0, "移交", "三十分", "看不懂"),
        ("存档和提醒", 1, "现在是", "大部分", "百分比"),
        ("上报", 0, "时限用去", "0%", "1% 到 1000%"),
        ("营业日历", 0, "营业时间或日期", "17:30-08:30", "上班应早于下班"),
        ("营业日历", 8, "营业时间或日期", "10-01", "没有写年份"),
        ("营业日历", 8, "营业时间或日期", "2026-02-30", "看不懂"),
        ("重大判据", 0, "有这一条就建议定为重大", "", "2 到 40 个字"),
        ("补偿限额", 0, "现在是", "五千", "请填整数"),
        ("空话词表", 1, "内容", "(?:加强", "写错了"),
        ("空话词表", 1, "内容", "(?:很)*", "连空白都算"),
        ("空话词表", 1, "内容", "", "至少留一行"),
        ("空话词表", -1, "内容", "500", "1 到 60"),
        ("返修后回访", 0, "现在是", "明天", "请填整数"),
        ("返修后回访", 0, "现在是", "120", "1 到 90"),
        ("保存期限", 0, "现在是", "0", "1 到 99"),
    ],
)
def test_what_makes_no_sense_is_told_in_one_sentence_at_its_field(rules, title, row, label, typed, told):
    turn_to(rules, title)
    before = rules.office.rules.table(sheet_of(title).name)
    change(rules, title, row, **{label: typed, "修改原因": "试试"})
    said = rules.field(label).accessibleDescription() + rules.field("修改原因").accessibleDescription()
    assert told in said
    assert said.count("。") == 1
    assert rules.office.rules.table(sheet_of(title).name) == before


def test_years_limits_and_the_closing_list_are_set_in_the_window(rules):
    for title, row, label, value in (
        ("保存期限", 0, "现在是", "3年"),
        ("补偿限额", 0, "现在是", "3000"),
        ("关闭清单", 8, "要求吗", "不要求"),
        ("返修后回访", 0, "现在是", "第2天、第5天"),
    ):
        turn_to(rules, title)
        change(rules, title, row, **{label: value, "修改原因": "本店规定"})
    kept = rules.office.rules
    assert (kept.retention().years, kept.claim_limit_fen(), kept.call_days()) == (3, 300_000, (2, 5))
    assert kept.spared_at_closing() == {"root_cause"}


def test_closed_days_are_taken_as_people_write_them(rules):
    turn_to(rules, "营业日历")
    change(rules, "营业日历", 8, 营业时间或日期="2026/12/5，2026年12月6日", 修改原因="店庆")
    change(rules, "营业日历", 0, 营业时间或日期="休息", 修改原因="周一休息")
    calendar = rules.office.rules.calendar()
    assert (sorted(day.day for day in calendar.closed), calendar.week[0]) == ([5, 6], None)


@pytest.mark.parametrize("title", ["时限", "权限"])
def test_who_may_not_change_rules_is_told_before_anything_is_typed(qtbot, office, title):
    hired(office, "程立群", Role.DIRECTOR)
    first = office.staff.act(office.staff.find("程立群"), "设置")
    hired(office, "谢文杰", Role.ADVISER, by=first)
    rules = opened(qtbot, office)
    rules.session.sit_down(office.staff.find("谢文杰"))
    turn_to(rules, title)
    rules.click("修改")
    assert "由系统管理办理，请换人操作（F9）" in rules.said()
    assert QApplication.activeModalWidget() is None


def test_who_stays_open_on_holidays_is_not_asked_again(december):
    december.click("照常营业，不用填")
    assert "放假安排还没有填" not in december.texts()
    assert december.office.rules.calendar().year_to_enter(date(2026, 12, 6)) == 0


@pytest.mark.parametrize("sheet", SHEETS, ids=lambda sheet: sheet.title)
def test_every_shipped_line_put_back_unchanged_is_the_same_document(sheet, office):
    table = office.rules.table(sheet.name)
    for line in sheet.lines(table):
        again = sheet.changed(table, line.key, line.begun)
        assert [other.values for other in sheet.lines(again)] == [other.values for other in sheet.lines(table)]


def test_a_share_that_is_no_number_is_refused():
    sheet = next(sheet for sheet in SHEETS if sheet.title == "上报")
    with pytest.raises(InvalidInput, match="百分比"):
        sheet.added({"steps": []}, {"share": "很多", "role": "总经理"})


def test_the_procedure_says_of_every_sentence_where_it_is_done(qtbot):
    sentences = [sentence for _, chapter in procedure() for sentence in chapter]
    assert all(sentence.says and sentence.screen and sentence.source and sentence.go for sentence in sentences)
    below = QWidget()
    page = Hands(qtbot, ProcedureWindow(below), Messages())
    assert sentences[-1].says in page.texts()


@pytest.mark.parametrize(
    "place",
    ["目的", "处理工作责任", "一.1", "一.2", "二.1", "二.2", "三.1", "四", "五.1", "五.2", "五.3", "五.4", "五.5", "六"]
    + [f"记录 {number}" for number in range(1, 6)],
)
def test_every_place_of_the_dealership_s_procedure_is_told(place):
    sources = " ".join(sentence.source for _, chapter in procedure() for sentence in chapter)
    assert re.search(rf"{place}(?!\d)", sources)


def test_every_way_leads_to_a_room_or_a_page_of_the_rules():
    rooms = {*ROOMS, RULES, INTAKE}
    pages = {*(sheet.title for sheet in SHEETS), RIGHTS, TRIAL, ""}
    for _, chapter in procedure():
        for sentence in chapter:
            assert (sentence.go in rooms, sentence.tab in pages) == (True, True), sentence.says


def test_a_way_closes_the_procedure_and_tells_where_to(qtbot):
    below, asked = QWidget(), []
    window = ProcedureWindow(below)
    window.wanted.connect(lambda room, tab: asked.append((room, tab)))
    page = Hands(qtbot, window, Messages())
    page.click("去规则试算")
    assert asked == [("规则", "规则试算")]


def test_the_procedure_is_read_from_a_file_of_its_own():
    assert json.loads(resource("help", "procedure.json").read_text(encoding="utf-8"))["chapters"]
