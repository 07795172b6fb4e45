"""The end of a case in the window: the way to the closing, and what was filed can only be read."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget

from crm_desktop.clock import system_clock
from crm_desktop.domain.archive import FilingDraft
from crm_desktop.domain.staff import Role
from crm_desktop.gui.messages import Messages
from crm_desktop.gui.step_dialog import Authority, StepDialog
from crm_desktop.gui.widgets.field_form import FieldForm
from tests.gui.hands import Hands
from tests.gui.test_procedure_window import ADVISER, CARER, DIRECTOR, TECHNICIAN, by, open_complete, seat, stored, texts
from tests.services.people import hired


@pytest.fixture
def complete(room):
    """A complaint that only waits to be closed, its director sitting there."""
    hired(room.office, DIRECTOR, Role.DIRECTOR)
    first = by(room, DIRECTOR)
    for name, role in ((ADVISER, Role.ADVISER), (TECHNICIAN, Role.TECHNICAL_DIRECTOR), (CARER, Role.CARE_AGENT)):
        hired(room.office, name, role, by=first)
    open_complete(room)
    seat(room, DIRECTOR)
    room.page.refresh()
    return room


@pytest.fixture
def filed(complete):
    """The same, closed and filed."""
    verbs = complete.office
    closed = verbs.complaints.close(complete.number, stored(complete).ver, by(complete, DIRECTOR))
    verbs.archive.file(complete.number, closed.ver, FilingDraft("A柜"), by(complete, CARER))
    complete.page.refresh()
    return complete


def test_where_nothing_is_missing_the_panel_leads_to_the_closing(complete):
    complete.click("去关闭")
    assert complete.focus() == "关闭"


def test_what_was_sent_back_says_why_beside_the_case(complete):
    verbs = complete.office.complaints
    verbs.return_(complete.number, stored(complete).ver, by(complete, DIRECTOR), "客户没有认可")
    complete.page.refresh()
    assert [line for line in texts(complete).splitlines() if "轮" in line] == [
        "第 2 轮：11-21 14:00 程立群退回：客户没有认可"
    ]


def test_the_director_gives_his_pin_though_he_sits_there_himself(complete):
    complete.turn_to("归档")
    complete.click("关闭")
    dialog = complete.dialog()
    complete.click("关闭", dialog)
    assert (stored(complete).state, complete.said()) == ("已解决", "请程立群输入自己的 PIN。")
    complete.fill("PIN", "2468", dialog)
    complete.click("关闭", dialog)
    assert (stored(complete).state, stored(complete).events[-1].who) == ("已关闭", DIRECTOR)


def test_the_pin_has_the_keyboard_and_enter_behind_it_decides(complete):
    complete.turn_to("归档")
    complete.click("关闭")
    dialog = complete.dialog()
    assert complete.focus() == "PIN"
    complete.press(Qt.Key.Key_Return)
    assert (stored(complete).state, complete.said()) == ("已解决", "")
    complete.fill("PIN", "2468", dialog)
    complete.press(Qt.Key.Key_Return)
    assert stored(complete).state == "已关闭"


def test_enter_behind_the_pin_sends_no_form_that_is_half_filled(qtbot):
    form, ground = FieldForm(columns=1), QWidget()
    form.add_line("reason", "退回原因")
    dialog = StepDialog("退回", "", "退回", form, Authority(deciders=(DIRECTOR,), must=True), system_clock, ground)
    qtbot.addWidget(ground)
    hands, told = Hands(qtbot, dialog, Messages()), []
    dialog.told.connect(told.append)
    hands.fill("PIN", "2468")
    hands.press(Qt.Key.Key_Return)
    assert told == []
    hands.fill("退回原因", "客户没有认可")
    hands.walk_to("PIN")
    hands.press(Qt.Key.Key_Return)
    assert [answer.pin for answer in told] == ["2468"]


def test_ctrl_s_in_a_question_presses_its_main_button(complete):
    complete.turn_to("归档")
    complete.click("关闭")
    dialog = complete.dialog()
    complete.fill("PIN", "2468", dialog)
    complete.press(Qt.Key.Key_S, Qt.KeyboardModifier.ControlModifier)
    assert stored(complete).state == "已关闭"


@pytest.mark.parametrize(
    ("tab", "field"), [("受理", "抱怨内容"), ("处理", "缺点纠正"), ("方案", "安抚措施"), ("返修", "返修项目")]
)
def test_what_was_filed_can_only_be_read_and_says_so(filed, tab, field):
    filed.turn_to(tab)
    assert filed.field(field).isReadOnly()
    assert not filed.has("保存")
    assert not filed.has("登记返修")
    assert "已存档，原文不能再改；写错的在“归档”里写更正说明" in texts(filed)


def test_words_of_a_filed_case_are_not_judged_any_more(filed):
    filed.turn_to("处理")
    assert "可以提交" not in texts(filed)


def test_the_customer_of_a_filed_case_may_still_be_called(filed):
    filed.turn_to("回访")
    assert not filed.field("顾客反馈").isReadOnly()
    assert filed.has("登记回访")
