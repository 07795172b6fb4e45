"""电话调查 from its questions to a complaint, by keyboard."""

from __future__ import annotations

from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from crm_desktop.domain.staff import Role
from crm_desktop.domain.surveys import SurveyDraft
from crm_desktop.gui.followups.call_desk import call_desk_of
from crm_desktop.gui.followups.page import FollowUpsPage
from crm_desktop.gui.messages import Messages
from crm_desktop.gui.session import Session
from crm_desktop.gui.surveys.window import SurveysWindow
from crm_desktop.services.office import Office
from tests.gui.hands import Hands
from tests.makers import act, day
from tests.services.profile_world import visit
from tests.services.test_surveys import QUESTIONS

ASKED = "接待是否热情\n是否按时交车（是/否）"


@pytest.fixture
def came(office: Office) -> None:
    """Two customers were here three days ago."""
    for i in range(2):
        visit(office, customer_name=f"客户{i}", phone=f"1380000000{i}", plate=f"沪B0000{i}", vin="")


@pytest.fixture
def running(office: Office, came: None) -> int:
    """Both are drawn. The id of the survey."""
    return office.surveys.start(SurveyDraft("十一月满意度", QUESTIONS, day(-10), day(0)), act())


def opened(qtbot: QtBot, office: Office, session: Session | None = None) -> Any:
    """The window of surveys, which stays after it was closed."""
    messages, below = Messages(), QWidget()
    page: Any = SurveysWindow(office.surveys, session or Session(office.desk), messages, below)
    page.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose, False)
    hands: Any = Hands(qtbot, page, messages)
    hands.below, hands.opened = below, []
    page.complaint_wanted.connect(hands.opened.append)
    return hands


def turn(hands: Any, places: int) -> None:
    """So many tabs to the right, by keyboard."""
    hands.walk_to("电话调查")
    for _ in range(places):
        hands.press(Qt.Key.Key_Right)


def answer(hands: Any, *keys: Qt.Key) -> None:
    """From the list into the questions with Enter, a key and Enter for each, kept with Ctrl+S."""
    hands.walk_to("还要打的")
    hands.press(Qt.Key.Key_Return)
    for key in keys:
        hands.press(key)
        hands.press(Qt.Key.Key_Return)
    hands.write("等太久")
    hands.save()


def test_a_survey_is_written_and_its_list_drawn(qtbot: QtBot, office: Office, came: None) -> None:
    hands = opened(qtbot, office)
    hands.fill("调查名称", "十一月满意度")
    hands.fill("问题", ASKED)
    hands.click("抽取名单")
    assert hands.said() == "已抽出 2 位客户，可以打电话了。"
    assert office.surveys.rows()[0].draft.questions == QUESTIONS
    assert hands.cells("还要打的", 0) == ["客户0", "客户1"]


def test_a_survey_without_questions_is_refused_and_nothing_typed_is_lost(
    qtbot: QtBot, office: Office, came: None
) -> None:
    hands = opened(qtbot, office)
    hands.fill("调查名称", "十一月满意度")
    hands.click("抽取名单")
    assert hands.said() == "请写 1 到 12 个问题。"
    assert hands.field("调查名称").value() == "十一月满意度"


def test_the_list_is_masked_and_the_number_to_dial_is_whole(qtbot: QtBot, office: Office, running: int) -> None:
    hands = opened(qtbot, office)
    assert hands.cells("还要打的", 1) == ["138****0000", "138****0001"]
    assert "13800000000" in hands.texts()


def test_answers_are_given_by_keys(qtbot: QtBot, office: Office, running: int) -> None:
    hands = opened(qtbot, office)
    answer(hands, Qt.Key.Key_5, Qt.Key.Key_1)
    call = office.surveys.calls(running)[-1]
    assert (call.outcome, call.answers, call.remark) == ("已回答", {"0": "5", "1": "是"}, "等太久")
    assert hands.cells("还要打的", 0) == ["客户1"]


def test_who_was_not_reached_is_called_again_last(qtbot: QtBot, office: Office, running: int) -> None:
    hands = opened(qtbot, office)
    hands.click("没接通")
    assert hands.cells("还要打的", 0) == ["客户1", "客户0"]
    assert "13800000001" in hands.texts()


def test_what_is_typed_stays_with_its_customer(qtbot: QtBot, office: Office, running: int) -> None:
    hands = opened(qtbot, office)
    hands.fill("客户的话", "等太久")
    hands.table("还要打的").selectRow(1)
    assert hands.field("客户的话").value() == ""
    hands.table("还要打的").selectRow(0)
    assert hands.field("客户的话").value() == "等太久"
    with hands.answering("继续填写"):
        hands.click("关闭窗口")
    assert hands.page.isVisible()
    hands.fill("客户的话", "")


def test_a_low_answer_is_summed_up_and_becomes_a_complaint_that_opens(
    qtbot: QtBot, office: Office, running: int
) -> None:
    hands = opened(qtbot, office)
    answer(hands, Qt.Key.Key_2, Qt.Key.Key_2)
    turn(hands, 1)
    assert hands.cells("每题结果", 2) == ["2.0 分", "0% 是"]
    assert hands.cells("不满意项", 2) == ["接待是否热情：2分；是否按时交车：否"]
    hands.click("转成抱怨单")
    (number,) = hands.opened
    assert office.cases.case(number).fields["words"].startswith("等太久")
    assert not hands.page.isVisible()


def test_who_may_not_draw_a_survey_is_told_so(qtbot: QtBot, office: Office, came: None) -> None:
    office.access.hire("程立群", (Role.DIRECTOR,), "2468", act())
    director = office.staff.act(office.staff.find("程立群"), "设置")
    office.access.hire("谢文杰", (Role.ADVISER,), "2468", director)
    session = Session(office.desk)
    session.sit_down(office.staff.find("谢文杰"))
    hands = opened(qtbot, office, session)
    hands.fill("调查名称", "十一月满意度")
    hands.fill("问题", ASKED)
    hands.click("抽取名单")
    assert "客户关爱总监" in hands.said()
    assert office.surveys.rows() == []
    hands.fill("调查名称", "")
    hands.fill("问题", "")


def test_an_ended_survey_is_no_longer_offered_among_the_calls(qtbot: QtBot, office: Office, running: int) -> None:
    messages = Messages()
    page = FollowUpsPage(call_desk_of(office), Session(office.desk), messages)
    room = Hands(qtbot, page, messages)
    page.refresh()
    assert room.has("电话调查")
    hands = opened(qtbot, office)
    turn(hands, 1)
    with hands.answering("结束调查"):
        hands.click("结束调查")
    page.refresh()
    assert not room.has("电话调查")


def test_the_keyboard_stands_where_the_work_begins(qtbot: QtBot, office: Office) -> None:
    assert opened(qtbot, office).page.focusWidget().accessibleName() == "调查名称"
    for i in range(2):
        visit(office, customer_name=f"客户{i}", phone=f"1380000000{i}", plate=f"沪B0000{i}", vin="")
    office.surveys.start(SurveyDraft("十一月满意度", QUESTIONS, day(-10), day(0)), act())
    assert opened(qtbot, office).page.focusWidget().accessibleName() == "还要打的"


def test_a_clock_that_runs_out_meanwhile_is_not_told_here(qtbot: QtBot, office: Office, running: int) -> None:
    hands = opened(qtbot, office)
    hands.messages.done("客户0：已回答。")
    hands.messages.note("TS20261112-001 关闭 超期 6 天，请报总经理。", "TS20261112-001")
    assert "客户0：已回答。" in hands.texts()
    assert "超期" not in hands.texts()
