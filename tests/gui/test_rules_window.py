"""规则 and 制度: every rule in a table with its source, changed with a reason, tried out at once."""

from __future__ import annotations

import json

import pytest
from PySide6.QtWidgets import QApplication, QTabWidget, QWidget

from crm_desktop.clock import TEST_MARK
from crm_desktop.domain.errors import InvalidInput
from crm_desktop.gui.messages import Messages
from crm_desktop.gui.rules_room.procedure_window import ProcedureWindow, procedure
from crm_desktop.gui.rules_room.rule_sheets import SHEETS
from crm_desktop.gui.rules_room.window import RulesWindow
from crm_desktop.gui.session import Session
from crm_desktop.paths import resource
from crm_desktop.services.office import open_office
from tests.gui.hands import Hands


def opened(qtbot, office):
    """The window of the rules of this office."""
    messages, below = Messages(), QWidget()
    window = RulesWindow(office.rules, office.staff, Session(office.desk), messages, below)
    hands = Hands(qtbot, window, messages)
    hands.office, hands.below = office, below
    return hands


@pytest.fixture
def rules(qtbot, office):
    """The window of the rules, on a new desk."""
    return opened(qtbot, office)


def turn_to(hands, title):
    """Opens a tab."""
    book = hands.page.findChild(QTabWidget)
    titles = [book.tabText(place) for place in range(book.count())]
    book.setCurrentIndex(titles.index(title))


def change(hands, table, row, **values):
    """Opens a line, writes into it and saves."""
    hands.table(table).selectRow(row)
    hands.click("修改")
    hands.qtbot.waitUntil(lambda: QApplication.activeModalWidget() is not None)
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


def test_the_calendar_takes_the_public_holidays_of_the_year(rules):
    turn_to(rules, "营业日历")
    rules.click("填入法定节假日")
    assert "2026 年的法定节假日已填入" in rules.said()
    assert rules.office.rules.calendar().closed


def test_in_december_next_year_is_asked_for_and_an_unknown_year_never_ends_badly(qtbot, home, monkeypatch):
    (home / TEST_MARK).touch()
    monkeypatch.setenv("CRM_NOW", "2026-12-05T09:00:00")
    rules = opened(qtbot, open_office(home))
    assert "2027 年的放假安排还没有填" in rules.texts()
    turn_to(rules, "营业日历")
    rules.click("填入法定节假日")
    assert rules.said().startswith("程序里还没有 2027 年的放假安排")
    rules.office.desk.close()


def test_a_vague_word_of_the_dealership_is_known_from_then_on(rules):
    turn_to(rules, "空话词表")
    words = rules.cells("空话词表", 1)[0]
    change(rules, "空话词表", 0, **{"词（用空格隔开）": f"{words} 狠抓", "修改原因": "常见套话"})
    assert rules.office.rules.wording().vague.search("狠抓落实")


def test_a_right_is_given_to_another_post(rules):
    turn_to(rules, "权限")
    rules.table("权限").model()
    place = rules.cells("权限", 0).index("存档")
    change(rules, "权限", place, **{"归哪些岗位（用顿号隔开）": "客户关爱员、服务顾问"})
    assert rules.office.staff.rights()["存档"] == ("客户关爱员", "服务顾问")


def test_a_trial_tells_what_the_case_would_tell(rules):
    turn_to(rules, "规则试算")
    rules.fill("受理时间", "11-20 18:05")
    assert rules.cells("试算结果", 0) == ["移交", "解决"]
    assert rules.cells("试算结果", 2)[0] == ("接待·一般：11月20日 18:05 受理，已过下班时间 17:30 → 11月21日 17:30")


@pytest.mark.parametrize("sheet", SHEETS, ids=lambda sheet: sheet.title)
def test_every_shipped_line_put_back_unchanged_is_the_same_document(sheet, office):
    table = office.rules.table(sheet.name)
    for line in sheet.lines(table):
        again = sheet.changed(table, line.key, line.values)
        assert [other.values for other in sheet.lines(again)] == [other.values for other in sheet.lines(table)]


def test_a_share_that_is_no_number_is_refused():
    sheet = next(sheet for sheet in SHEETS if sheet.title == "上报")
    with pytest.raises(InvalidInput, match="百分比"):
        sheet.changed({"steps": [{"share": 1.0, "role": "总经理"}]}, "0", {"share": "很多", "role": "总经理"})


def test_the_procedure_says_of_every_sentence_where_it_is_done(qtbot):
    sentences = [sentence for _, chapter in procedure() for sentence in chapter]
    assert len(sentences) >= 25
    assert all(sentence.says and sentence.screen and sentence.source for sentence in sentences)
    below = QWidget()
    page = Hands(qtbot, ProcedureWindow(below), Messages())
    assert sentences[-1].says in page.texts()


def test_the_procedure_is_read_from_a_file_of_its_own():
    assert json.loads(resource("help", "procedure.json").read_text(encoding="utf-8"))["chapters"]
