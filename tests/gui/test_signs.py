"""苗头 in the room 回访: one list, and one click to a complaint or to a call of today."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication

from crm_desktop.domain.followups import PlanDraft
from crm_desktop.gui.followups.call_desk import call_desk_of
from crm_desktop.gui.followups.page import FollowUpsPage
from crm_desktop.gui.followups.signs_dialog import SignsDialog
from crm_desktop.gui.messages import Messages
from crm_desktop.gui.session import Session
from crm_desktop.gui.step_dialog import StepDialog
from tests.gui.hands import Hands
from tests.makers import act, complaint
from tests.services.profile_world import known

EARLY = "2026-01-10T09:00:00"


@pytest.fixture
def room(qtbot, office):
    """The room 回访, and the numbers it asked to open."""
    messages = Messages()
    page = FollowUpsPage(call_desk_of(office), Session(office.desk), messages)
    hands = Hands(qtbot, page, messages)
    page.refresh()
    page.opened = []
    page.complaint_wanted.connect(page.opened.append)
    return hands


@pytest.fixture
def stayed_away(office):
    """The complaint of somebody who never came back."""
    return office.complaints.register(complaint(), act(EARLY)).number


def signs(room):
    """The window of the signs, worked by hand."""
    room.click("苗头")
    room.qtbot.waitUntil(lambda: isinstance(QApplication.activeModalWidget(), SignsDialog))
    dialog = QApplication.activeModalWidget()
    dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose, False)
    return Hands(room.qtbot, dialog, room.messages)


def test_a_quiet_house_says_so(room):
    dialog = signs(room)
    assert "现在没有苗头" in dialog.texts()
    assert not dialog.button("转成抱怨单").isEnabled()


def test_who_stayed_away_is_called_today_with_one_click(room, office, stayed_away):
    dialog = signs(room)
    assert dialog.cells("苗头", 0) == ["投诉后没再来"]
    assert dialog.cells("苗头", 3) == ["138****5521"]
    dialog.click("今天回访")
    (call,) = office.follow_ups.due()
    assert (call.reason, call.planned_on) == ("苗头：投诉后没再来", office.desk.today())
    assert room.cells("今天要打", 0) == [office.desk.today().isoformat()]


def test_a_sign_becomes_a_complaint_with_one_click_and_it_opens(room, office):
    customer, car = known(office)
    office.signs.note("等得太久，脸色不好", act(), customer, car)
    dialog = signs(room)
    dialog.click("转成抱怨单")
    (number,) = room.page.opened
    assert office.cases.case(number).fields["words"] == "等得太久，脸色不好"
    assert office.cases.case(number).customer_id == customer
    assert office.signs.rows() == []


def test_the_complaint_a_sign_hangs_on_is_opened(room, stayed_away):
    signs(room).click("打开抱怨单")
    assert room.page.opened == [stayed_away]


def asked(room):
    """The question that came up over the window of the signs."""
    room.qtbot.waitUntil(lambda: isinstance(QApplication.activeModalWidget(), StepDialog))
    question = QApplication.activeModalWidget()
    question.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose, False)
    return Hands(room.qtbot, question, room.messages)


def test_a_sign_that_hangs_on_no_complaint_is_called_today(room, office):
    office.signs.note("等得太久，脸色不好", act(), *known(office))
    dialog = signs(room)
    dialog.click("今天回访")
    (call,) = office.follow_ups.due()
    assert (call.complaint_number, call.customer_name, call.reason) == ("", "曾小明", "苗头：等得太久，脸色不好")
    assert room.cells("今天要打", 2) == ["曾小明"]
    dialog.click("今天回访")
    assert "已经在要打的回访里" in dialog.texts()


def test_who_is_unhappy_with_such_a_call_is_named_among_the_signs(room, office):
    call = office.follow_ups.plan_for(*known(office), PlanDraft(office.desk.today()), act())
    room.page.show_call(call)
    room.fill("结果", "成功")
    room.fill("满意度", "不满意")
    room.click("登记回访")
    assert "已列进“苗头”" in room.said()
    assert signs(room).cells("苗头", 0) == ["回访不满意"]


def test_a_sign_is_noted_by_hand_of_a_customer_who_is_looked_up(room, office):
    customer, car = known(office)
    dialog = signs(room)
    dialog.click("记苗头")
    question = asked(room)
    question.fill("客户", "曾小明")
    question.fill("发现了什么", "结账时说下次不来了")
    question.click("保存")
    (row,) = office.signs.rows()
    assert (row.what, row.customer_id, row.vehicle_id) == ("结账时说下次不来了", customer, car)
    assert dialog.cells("苗头", 6) == ["结账时说下次不来了"]


def test_a_sign_of_somebody_not_on_file_says_so_and_keeps_what_was_typed(room, office):
    signs(room).click("记苗头")
    question = asked(room)
    question.fill("客户", "欧阳不知")
    question.fill("发现了什么", "脸色不好")
    question.click("保存")
    assert "档案里没有找到“欧阳不知”" in question.said()
    question.fill("客户", "")
    question.click("保存")
    assert [(row.what, row.customer_id) for row in office.signs.rows()] == [("脸色不好", None)]


def test_a_noted_sign_is_settled_with_its_remedy_by_enter(room, office):
    customer, car = known(office)
    office.signs.note("等得太久", act(), customer, car)
    dialog = signs(room)
    assert dialog.button("记补救").isEnabled()
    room.qtbot.keyClick(dialog.table("苗头"), Qt.Key.Key_Return)
    question = asked(room)
    question.fill("补救", "服务经理道歉，客户接受")
    question.click("保存")
    assert office.signs.rows() == []
    (line,) = office.timelines.page(customer, kinds=["苗头"]).rows
    assert (line.title, line.detail) == ("已补救", "等得太久；补救：服务经理道歉，客户接受")


def test_only_what_was_noted_is_settled_by_hand(room, stayed_away):
    assert not signs(room).button("记补救").isEnabled()
