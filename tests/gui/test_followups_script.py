"""The call itself: who may make it, the script by keys, the next attempt, an unhappy answer turned into a case."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt

from crm_desktop.domain.followups import CallDraft, PlanDraft
from crm_desktop.domain.staff import Role
from crm_desktop.gui.followups.call_desk import call_desk_of
from crm_desktop.gui.followups.page import FollowUpsPage
from crm_desktop.gui.messages import Messages
from crm_desktop.gui.script_box import ScriptBox
from crm_desktop.gui.session import Session
from tests.gui.hands import Hands
from tests.makers import act, customer, day, registered
from tests.services.people import hired

KEYS = {"1": Qt.Key.Key_1, "2": Qt.Key.Key_2, "4": Qt.Key.Key_4, "8": Qt.Key.Key_8, "0": Qt.Key.Key_0}


@pytest.fixture
def room(qtbot, office):
    """The room with one call of today about a complaint."""
    messages, session = Messages(), Session(office.desk)
    hands = Hands(qtbot, FollowUpsPage(call_desk_of(office), session, messages), messages)
    hands.session, hands.number = session, registered(office).number
    hands.call = office.follow_ups.plan(hands.number, PlanDraft(day(0), "叶清扬"), act())
    hands.page.show_call(hands.call)
    return hands


def unfolded(room):
    """The script, folded away until somebody wants it."""
    assert not room.page.findChild(ScriptBox).isVisible()
    room.press(Qt.Key.Key_F6)
    return room.page.findChild(ScriptBox)


def keys(room, box, *pressed):
    """Digits and Enter, one after the other."""
    for key in pressed:
        room.qtbot.keyClick(box, KEYS.get(key, Qt.Key.Key_Return))


def test_the_script_is_answered_by_keys_and_kept_with_the_call(room, office):
    box = unfolded(room)
    keys(room, box, "enter", "1", "2", "1", "1", "8", "0", "8", "1", "8", "8", "1", "1", "4", "enter", "enter")
    assert (room.field("结果").typed(), room.field("评分").typed()) == ("成功", "8")
    room.field("满意度").set_value("满意")
    room.save()
    row = office.follow_ups.get(room.call)
    assert row.answers["place"] == "10"
    assert (row.answers["checked"], row.answers["return"], row.score) == ("姓名、车牌", "愿意", 8)


def test_a_step_is_skipped_and_one_goes_back(room):
    box = unfolded(room)
    keys(room, box, "enter", "enter", "2")
    room.qtbot.keyClick(box, Qt.Key.Key_Backspace)
    assert "答：否" in room.texts()
    assert box.answers() == {"new_trouble": "否"}


def test_the_script_says_the_name_and_offers_the_answers_to_the_mouse(room):
    box = unfolded(room)
    assert "请问是曾小明吗" in room.texts()
    keys(room, box, "enter")
    room.click("2 否")
    assert box.answers() == {"fixed": "否"}


def test_who_was_not_reached_is_called_again_by_the_plan(room, office):
    room.field("结果").set_value("无人接听")
    assert room.field("下次回访").typed() == "2026-11-22"
    assert room.field("下次回访").accessibleDescription() == "第 1 次没接通，再拨；满 5 次改用短信"
    room.save()
    assert [(row.planned_on, row.way) for row in office.follow_ups.planned()] == [(day(1), "")]


def test_the_fifth_call_in_vain_asks_in_writing_and_that_is_recorded_with_one_key(room, office):
    for ago in range(4):
        office.follow_ups.call(room.number, CallDraft("无人接听"), act(f"2026-11-{16 + ago} 10:00", who="叶清扬"))
    room.page.refresh()
    assert "已连续 4 次没接通" in room.texts()
    room.field("结果").set_value("无人接听")
    room.save()
    assert room.field("结果").typed() == "已发短信"
    room.save()
    assert office.follow_ups.planned() == []


def test_who_is_complained_about_is_told_who_may_call(room, office):
    hired(office, "程立群", Role.DIRECTOR)
    first = office.staff.act(office.staff.find("程立群"), "设置")
    for name, role in (("梁晓雯", Role.ADVISER), ("叶清扬", Role.CARE_AGENT)):
        hired(office, name, role, by=first)
    office.complaints.amend(room.number, 1, {"adviser": "梁晓雯"}, first)
    room.session.sit_down(office.staff.find("梁晓雯"))
    room.page.refresh()
    assert "您经手过这张单，不能自己回访" in room.texts()
    assert "叶清扬（F9）" in room.texts()


def test_an_unhappy_customer_without_a_complaint_is_one_click_from_it(room, office):
    found = office.customers.register(customer(name="周敏", vehicles=()), act())[0]
    call = office.follow_ups.plan_for(found, None, PlanDraft(day(0), "叶清扬", "苗头"), act())
    room.page.refresh()
    room.page.show_call(call)
    assert not room.has("转成抱怨单")
    room.field("结果").set_value("成功")
    room.field("满意度").set_value("不满意")
    room.fill("顾客反馈", "空调又不冷了")
    with room.qtbot.waitSignal(room.page.complaint_wanted) as opened:
        room.click("转成抱怨单")
    case = office.cases.case(opened.args[0])
    assert (case.fields["words"], case.customer_name) == ("空调又不冷了", "周敏")
    assert not room.page.unsaved()


def test_f7_on_a_call_that_has_its_complaint_leads_there_and_keeps_what_was_typed(room):
    room.fill("顾客反馈", "又不冷了")
    with room.qtbot.waitSignal(room.page.complaint_wanted) as opened:
        room.press(Qt.Key.Key_F7)
    assert opened.args == [room.number]
    assert room.said() == f"这次回访就是为 {room.number} 打的，不用再立单，已打开它；填的回访还没登记，在那边等着。"
    assert room.field("顾客反馈").typed() == "又不冷了"


def test_f7_on_a_call_nobody_is_unhappy_about_says_what_it_is_for(room, office):
    found = office.customers.register(customer(name="周敏", vehicles=()), act())[0]
    call = office.follow_ups.plan_for(found, None, PlanDraft(day(0), "叶清扬", "苗头"), act())
    room.page.refresh()
    room.page.show_call(call)
    room.press(Qt.Key.Key_F7)
    assert "满意度选“不满意”" in room.said()


def test_without_his_words_nothing_is_recorded_and_the_keyboard_goes_where_they_belong(room, office):
    found = office.customers.register(customer(name="周敏", vehicles=()), act())[0]
    call = office.follow_ups.plan_for(found, None, PlanDraft(day(0), "叶清扬", "苗头"), act())
    room.page.refresh()
    room.page.show_call(call)
    room.field("结果").set_value("成功")
    room.field("满意度").set_value("不满意")
    room.press(Qt.Key.Key_F7)
    assert (room.focus(), office.follow_ups.get(call).called_at) == ("顾客反馈", None)


def test_a_letter_shows_the_address_and_not_the_phone(room, office):
    office.desk.rows("UPDATE customers SET address = '虹梅南路88弄'")
    call = office.follow_ups.plan(room.number, PlanDraft(day(0), "叶清扬", "空号", "信函"), act())
    room.page.show_call(call)
    assert "虹梅南路88弄" in room.texts()
    assert not room.has("复制电话")
    assert room.field("结果").typed() == "已寄信函"
