"""回访 worked by hand: whom to call, what he said, and the next call."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QTabWidget

from crm_desktop.domain.followups import CallDraft, PlanDraft
from crm_desktop.gui.followups.call_desk import call_desk_of
from crm_desktop.gui.followups.page import FollowUpsPage
from crm_desktop.gui.messages import Messages
from crm_desktop.gui.session import Session
from tests.gui.hands import Hands
from tests.makers import PHONE, act, day, registered

ENTER, DOWN = Qt.Key.Key_Return, Qt.Key.Key_Down
BEFORE = "2026-11-10 09:00"


@pytest.fixture
def room(qtbot, office):
    """The room on a desk without calls."""
    messages = Messages()
    page = FollowUpsPage(call_desk_of(office), Session(office.desk), messages)
    hands = Hands(qtbot, page, messages)
    page.refresh()
    return hands


@pytest.fixture
def calls(room, office):
    """A call two days late, one of today, one of the day after tomorrow; returns room and ids."""
    number = registered(office).number
    plans = [PlanDraft(day(-2), "袁丽", "无人接听，再拨"), PlanDraft(day(0)), PlanDraft(day(2))]
    ids = [office.follow_ups.plan(number, plan, act(BEFORE)) for plan in plans]
    room.page.refresh()
    return room, ids


def answer(room, satisfaction):
    """He was reached, and said how satisfied he is."""
    room.field("结果").set_value("成功")
    room.field("满意度").set_value(satisfaction)


def test_an_empty_list_says_where_calls_are_planned(room):
    assert "今天没有要打的回访。" in room.texts()
    assert "从左边选一位客户" in room.texts()


def test_late_calls_and_those_of_today_are_listed_with_masked_phones(calls):
    room, _ = calls
    assert room.cells("今天要打", 0) == ["2026-11-19", "2026-11-21"]
    assert room.cells("今天要打", 1) == ["超期 2 天", ""]
    assert room.cells("今天要打", 3) == ["138****5521"] * 2


def test_whoever_comes_in_finds_the_first_call_at_hand(calls):
    room, ids = calls
    assert room.table("今天要打").current_row().id == ids[0]
    assert "抱怨：变速箱一顿一顿" in room.texts()


def test_another_view_puts_its_own_call_at_hand_and_an_empty_one_says_what_for(calls, office):
    room, ids = calls
    room.page.findChild(QTabWidget).setCurrentIndex(2)
    assert "从左边选一位客户" in room.texts()
    office.follow_ups.record(ids[1], 1, CallDraft(satisfaction="一般"), act(who="叶清扬"))
    room.page.refresh()
    assert room.table("已回访").current_row().id == ids[1]


def test_what_is_being_typed_is_not_turned_away_by_reading_again(calls, office):
    room, ids = calls
    room.fill("顾客反馈", "写了一半")
    office.follow_ups.cancel(ids[0], 1, "已来店", act())
    room.page.refresh()
    assert room.field("顾客反馈").typed() == "写了一半"


def test_the_chosen_call_shows_the_whole_phone_to_dial_or_copy_and_what_it_is_about(calls):
    room, _ = calls
    room.table("今天要打").setFocus()
    assert PHONE in room.texts()
    assert "抱怨：变速箱一顿一顿" in room.texts()
    assert room.field("回访人").typed() == "袁丽"
    room.click("复制电话")
    assert QGuiApplication.clipboard().text() == PHONE


def test_a_call_is_recorded_by_keyboard_and_the_next_one_comes_up(calls, office):
    room, ids = calls
    room.table("今天要打").setFocus()
    for key in (ENTER, DOWN, ENTER, DOWN, ENTER):
        room.press(key)
    room.write("9")
    room.walk_to("顾客反馈")
    room.write("这次修好了")
    with room.qtbot.waitSignal(room.page.saved) as saved:
        room.save()
    made = office.follow_ups.get(ids[0])
    assert (saved.args, made.outcome, made.satisfaction, made.score) == ([ids[0]], "成功", "满意", 9)
    assert (made.feedback, made.caller) == ("这次修好了", "袁丽")
    assert room.cells("今天要打", 0) == ["2026-11-21"]
    assert room.table("今天要打").current_row().id == ids[1]


def test_whether_he_was_reached_is_never_assumed(calls, office):
    room, ids = calls
    room.click("登记回访")
    assert room.said().startswith("请选回访结果：成功、")
    assert (room.focus(), office.follow_ups.get(ids[0]).called_at) == ("结果", None)


def test_the_satisfaction_is_never_assumed(calls, office):
    room, ids = calls
    room.page.show_call(ids[0])
    room.field("结果").set_value("成功")
    room.fill("顾客反馈", "还要再观察几天")
    room.click("登记回访")
    assert room.said() == "请选满意度；客户没有说就选“未表态”。"
    assert (room.focus(), room.field("顾客反馈").typed()) == ("满意度", "还要再观察几天")
    assert office.follow_ups.get(ids[0]).called_at is None


def test_who_was_not_reached_is_not_asked_how_satisfied_he_is(calls, office):
    room, ids = calls
    room.page.show_call(ids[0])
    answer(room, "满意")
    room.field("结果").set_value("无人接听")
    assert (room.field("满意度").isEnabled(), room.field("满意度").value()) == (False, None)
    room.fill("下次回访", "明天")
    room.click("登记回访")
    assert room.said() == "曾小明的回访已登记：无人接听，11-22 再回访。"
    assert [row.planned_on for row in office.follow_ups.planned()] == [day(0), day(1), day(2)]


def test_an_unhappy_customer_is_told_to_be_taken_up_again_and_his_complaint_is_offered(calls):
    room, ids = calls
    room.page.show_call(ids[0])
    answer(room, "不满意")
    room.click("登记回访")
    number = room.messages.last.number
    assert number.startswith("TS")
    assert room.said() == f"曾小明的回访已登记：不满意；客户不满意，请打开 {number} 接着处理。"


@pytest.mark.parametrize(
    ("label", "text", "said"),
    [
        ("评分", "11", "评分请填 1 到 10；客户没有打分就留空。"),
        ("下次回访", "昨天", "下次回访日期已经过去，请改为今天或以后。"),
        ("回访时间", "明天 9:00", "回访时间晚于现在，请核对。"),
    ],
)
def test_what_cannot_be_is_refused_at_its_field_and_kept(calls, label, text, said):
    room, ids = calls
    room.page.show_call(ids[0])
    answer(room, "满意")
    room.fill(label, text)
    room.click("登记回访")
    assert (room.said(), room.focus(), room.field(label).typed()) == (said, label, text)


def test_a_call_is_cancelled_only_with_a_reason(calls, office):
    room, ids = calls
    room.page.show_call(ids[0])
    room.click("取消回访")
    assert room.said() == "取消回访请写明原因。"
    room.fill("原因", "客户已来店确认")
    room.click("取消回访")
    assert room.said() == "曾小明的回访已取消。"
    assert [row.id for row in office.follow_ups.due()] == [ids[1]]


def test_a_call_moves_to_another_day_with_the_reason(calls, office):
    room, ids = calls
    room.click("改期")
    assert room.said() == "请填改到哪一天，如 11-23。"
    room.fill("改到哪天", "11-25")
    room.click("改期")
    assert (room.said(), room.focus()) == ("改期回访请写明原因。", "原因")
    room.fill("原因", "客户出差")
    room.click("改期")
    assert room.said() == "曾小明的回访已改到 11-25。"
    assert office.follow_ups.get(ids[0]).planned_on == day(4)


def test_a_call_recorded_wrongly_is_corrected_with_the_reason(calls, office):
    room, ids = calls
    office.follow_ups.record(ids[0], 1, CallDraft(satisfaction="一般", feedback="还行"), act())
    room.page.show_call(ids[0])
    room.click("更正这次回访")
    room.field("满意度").set_value("满意")
    room.click("保存更正")
    assert (room.said(), room.focus()) == ("更正回访请写明原因。", "更正原因")
    room.fill("更正原因", "听错了")
    room.save()
    assert room.said() == "曾小明的回访已更正：满意。"
    assert office.follow_ups.get(ids[0]).satisfaction == "满意"
    assert room.field("顾客反馈").isReadOnly()


def test_a_name_of_eighty_characters_leaves_every_button_in_sight(room, office):
    number = registered(office, customer_name="某" * 80).number
    office.follow_ups.plan(number, PlanDraft(day(0)), act(BEFORE))
    room.page.refresh()
    for word in ("复制电话", "登记回访", "改期", "取消回访"):
        button = room.button(word)
        right = button.mapTo(room.page, button.rect().bottomRight())
        assert room.page.rect().contains(right), word
        assert button.width() >= button.sizeHint().width(), word


def test_every_planned_call_stands_in_its_own_view(calls):
    room, ids = calls
    room.page.show_call(ids[2])
    assert room.cells("已计划", 0) == ["2026-11-19", "2026-11-21", "2026-11-23"]
    assert room.table("已计划").current_row().id == ids[2]


def test_a_call_that_was_made_is_shown_with_its_answers_and_cannot_be_recorded_again(calls, office):
    room, ids = calls
    office.follow_ups.record(ids[0], 1, CallDraft(satisfaction="一般", score=6, feedback="还行"), act())
    room.page.show_call(ids[0])
    assert (room.cells("已回访", 2), room.cells("已回访", 5)) == (["一般"], ["还行"])
    assert (room.field("满意度").typed(), room.field("顾客反馈").isReadOnly()) == ("一般", True)
    assert not room.has("登记回访")


def test_a_call_recorded_by_somebody_else_first_is_told_and_what_was_typed_stays(calls, office):
    room, ids = calls
    room.page.show_call(ids[0])
    answer(room, "满意")
    room.fill("顾客反馈", "这次修好了")
    office.follow_ups.record(ids[0], 1, CallDraft(satisfaction="不满意", caller="袁丽", feedback="没修好"), act())
    room.click("登记回访")
    assert room.said().startswith("这次回访刚由袁丽登记了：成功 不满意 没修好。您填的还在")
    assert room.field("顾客反馈").typed() == "这次修好了"


def test_turning_to_another_call_with_half_an_answer_asks_first(calls):
    room, ids = calls
    room.page.show_call(ids[0])
    room.fill("顾客反馈", "这次修好了")
    assert room.page.unsaved() == "曾小明的回访填了一半没登记"
    with room.answering("继续填写"):
        room.table("今天要打").selectRow(1)
    assert room.table("今天要打").current_row().id == ids[0]
    with room.answering("不登记"):
        room.table("今天要打").selectRow(1)
    assert (room.page.unsaved(), room.field("顾客反馈").typed()) == ("", "")


def test_its_complaint_opens(calls):
    room, ids = calls
    room.page.show_call(ids[0])
    with room.qtbot.waitSignal(room.page.complaint_wanted) as wanted:
        room.click("打开抱怨单 TS20261121-001")
    assert wanted.args == ["TS20261121-001"]


def test_a_call_that_is_gone_is_refused_in_a_sentence(room):
    room.page.show_call(99)
    assert room.said() == "没有这条回访，请刷新后再看。"
