"""The tabs 方案, 返修, 回访, 措施 and 归档 of a case, worked the way the desk works them."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QAction

from crm_desktop.domain.followups import CallDraft, PlanDraft
from crm_desktop.domain.reworks import ReworkDraft
from crm_desktop.gui.script_box import ScriptBox
from tests.makers import SOLVED, TODAY, act, at, complete, day, director, registered, resolved, rework

NUMBER = "TS20261121-001"


@pytest.fixture
def case(room):
    """A complaint in 处理中, opened."""
    saved = registered(room.office, received_at=at("2026-11-18 09:00"))
    room.office.complaints.amend(saved.number, saved.ver, {"responsible": "冯学勤"}, director())
    room.number = saved.number
    room.page.show_case(saved.number)
    return room


def stored(room):
    """The case as it is in the files."""
    return room.office.cases.case(room.number)


def reworks(room):
    """Its reworks as they are in the files."""
    return [row.draft for row in room.office.reworks.of_complaint(room.number)]


def calls(room):
    """Its calls as they are in the files."""
    return room.office.follow_ups.of_complaint(room.number)


def open_first(room, title):
    """Enter on the first row of a list."""
    room.table(title).setFocus()
    room.table(title).selectRow(0)
    room.press(Qt.Key.Key_Return)


# -- 方案 --------------------------------------------------------------------------------------------------------


def test_recording_the_solution_saves_what_was_written_first(case):
    case.office.complaints.amend(case.number, 2, SOLVED, act())
    case.page.show_case(case.number)
    case.turn_to("方案")
    case.fill("解决措施", "免费修复")
    case.click("记录解决")
    assert (stored(case).state, stored(case).fields["solution"]) == ("已解决", "免费修复")
    assert case.said() == f"{case.number} 已解决。"


def test_recording_the_solution_says_what_is_missing(case):
    case.turn_to("方案")
    case.fill("告知客户的内容", "阀体已换好")
    case.click("记录解决")
    assert stored(case).state == "处理中"
    assert case.said() == "还不能记录解决，缺 3 项：没有写缺点纠正；没有写解决措施；没有写安抚措施。"


def test_a_solution_can_be_dated_when_it_happened(case):
    case.office.complaints.amend(case.number, 2, SOLVED, act())
    case.page.show_case(case.number)
    case.turn_to("方案")
    case.fill("解决时间", "昨天 16:30")
    case.click("记录解决")
    assert stored(case).events[-1].at == at("2026-11-20 16:30")
    assert case.field("解决时间").typed() == "11-20 16:30"


def test_a_solution_before_the_complaint_is_refused_at_its_field(case):
    case.turn_to("方案")
    case.fill("解决时间", "2026-11-01 16:30")
    case.click("记录解决")
    assert stored(case).state == "处理中"
    assert case.field("解决时间").accessibleDescription()


# -- 返修 --------------------------------------------------------------------------------------------------------


def test_a_rework_is_registered_with_today_as_the_day_it_came(case):
    case.turn_to("返修")
    case.fill("返修委托书号", "RO2611210009")
    case.fill("返修项目", "更换阀体")
    case.click("登记返修")
    assert reworks(case) == [ReworkDraft("外返", "RO2611210009", TODAY, items="更换阀体")]
    assert case.cells("返修记录", 1) == ["RO2611210009"]
    assert case.field("返修委托书号").typed() == ""


def test_ctrl_s_registers_a_rework_too(case):
    case.turn_to("返修")
    case.fill("返修委托书号", "RO2611210009")
    case.save()
    assert [draft.order_number for draft in reworks(case)] == ["RO2611210009"]


def test_a_rework_nobody_wrote_anything_of_is_not_registered(case):
    case.turn_to("返修")
    case.click("登记返修")
    assert not reworks(case)
    assert case.focus() == "返修委托书号"
    assert "先写返修委托书号或返修项目" in case.said()


def test_a_registered_rework_is_opened_by_enter_and_finished(case):
    case.office.reworks.register(case.number, ReworkDraft(order_number="RO1", came_on=day(-2)), act())
    case.page.refresh()
    case.turn_to("返修")
    open_first(case, "返修记录")
    case.fill("修竣日期", "今天")
    case.fill("返修结果", "试车 20 km 正常")
    case.save()
    assert [(draft.finished_on, draft.result) for draft in reworks(case)] == [(TODAY, "试车 20 km 正常")]


def test_a_rework_changed_by_another_hand_is_shown_before_it_is_overwritten(case):
    made = case.office.reworks.register(case.number, ReworkDraft(items="换阀体", came_on=day(-2)), act())
    case.page.refresh()
    case.turn_to("返修")
    open_first(case, "返修记录")
    case.fill("返修项目", "换变速箱")
    case.office.reworks.amend(made, 1, ReworkDraft(items="升级软件", came_on=day(-2), technician="汤师傅"), act())
    case.save()
    case.click("存我写的", case.dialog())
    assert [(draft.items, draft.technician) for draft in reworks(case)] == [("换变速箱", "汤师傅")]


def test_a_rework_finished_before_it_came_is_refused_at_its_field(case):
    case.turn_to("返修")
    case.fill("修竣日期", "11-20")
    case.click("登记返修")
    assert not reworks(case)
    assert case.focus() == "修竣日期"


def test_half_a_rework_is_not_lost_by_opening_another(case):
    case.office.reworks.register(case.number, ReworkDraft(items="换阀体"), act())
    case.page.refresh()
    case.turn_to("返修")
    case.fill("返修项目", "写了一半")
    case.will_answer("取消")
    open_first(case, "返修记录")
    assert case.field("返修项目").typed() == "写了一半"


# -- 回访 --------------------------------------------------------------------------------------------------------


def test_a_call_is_recorded_with_the_customer_s_own_words(case):
    case.turn_to("回访")
    case.fill("结果", "成功")
    case.fill("满意度", "满意")
    case.fill("评分", "9")
    case.fill("顾客反馈", "这回修好了")
    case.click("登记回访")
    (call,) = calls(case)
    assert (call.outcome, call.satisfaction, call.score, call.feedback) == ("成功", "满意", 9, "这回修好了")
    assert call.caller == "前台"


def test_the_main_button_says_what_it_does_in_each_tab(case):
    case.office.reworks.register(case.number, rework(came_on=TODAY), act())
    case.page.refresh()
    for tab, word in (("处理", "保存"), ("返修", "登记返修"), ("回访", "登记回访")):
        case.turn_to(tab)
        assert case.has(word)
    case.turn_to("返修")
    open_first(case, "返修记录")
    assert case.has("保存返修")


def test_saving_with_nothing_written_asks_whether_he_was_reached(case):
    case.turn_to("回访")
    case.save()
    assert case.said().startswith("请选回访结果：")
    assert (case.focus(), calls(case)) == ("结果", [])


def test_a_call_that_was_made_is_corrected_in_the_room_of_calls(case):
    case.office.follow_ups.call(case.number, CallDraft(outcome="拒访"), act())
    case.page.refresh()
    case.turn_to("回访")
    open_first(case, "回访记录")
    assert case.said() == "这次回访已经登记；要更正，请到“回访”的“已回访”里打开它。"


def test_how_satisfied_he_is_is_never_assumed(case):
    case.turn_to("回访")
    case.fill("结果", "成功")
    case.fill("顾客反馈", "嗯")
    case.click("登记回访")
    assert not calls(case)
    assert case.field("满意度").accessibleDescription() == "请选满意度；客户没有说就选“未表态”。"


def test_whoever_was_not_reached_said_nothing_and_is_called_again(case):
    case.turn_to("回访")
    case.fill("结果", "成功")
    case.fill("满意度", "满意")
    case.fill("结果", "无人接听")
    assert not case.field("满意度").isEnabled()
    case.fill("下次回访", "明天")
    case.click("登记回访")
    made, following = calls(case)
    assert (made.satisfaction, following.planned_on, following.reason) == ("", day(1), "无人接听，再拨")


def test_on_the_case_too_the_next_attempt_is_proposed_by_the_redial_plan(case):
    case.turn_to("回访")
    case.fill("结果", "空号")
    assert case.field("下次回访").accessibleDescription() == "空号，改用信函；下次进厂核对电话"
    case.click("登记回访")
    _, following = calls(case)
    assert (following.planned_on, following.way) == (day(0), "信函")


def test_the_script_is_asked_on_the_case_too_and_kept_with_the_call(case):
    case.turn_to("回访")
    box = case.page.findChild(ScriptBox)
    assert not box.isVisible()
    case.press(Qt.Key.Key_F6)
    for key in (Qt.Key.Key_Return, Qt.Key.Key_1, Qt.Key.Key_2):
        case.qtbot.keyClick(box, key)
    assert case.field("结果").typed() == "成功"
    case.fill("满意度", "满意")
    case.save()
    (call,) = calls(case)
    assert call.answers == {"fixed": "是", "new_trouble": "否"}
    assert (box.answers(), box.isVisible()) == ({}, False)


def test_the_call_planned_first_is_the_one_recorded(case):
    for ahead in (3, 1):
        case.office.follow_ups.plan(case.number, PlanDraft(day(ahead)), act())
    case.page.refresh()
    case.turn_to("回访")
    case.fill("结果", "成功")
    case.fill("满意度", "一般")
    case.click("登记回访")
    later, made = calls(case)
    assert (later.called_at, made.planned_on, made.satisfaction) == (None, day(1), "一般")


def test_a_call_nobody_had_planned_leaves_the_plan_alone(case):
    case.office.follow_ups.plan(case.number, PlanDraft(day(1)), act())
    case.page.refresh()
    case.turn_to("回访")
    case.click("登记另一次")
    case.fill("结果", "成功")
    case.fill("满意度", "满意")
    case.click("登记回访")
    planned, made = calls(case)
    assert (planned.called_at, made.reason) == (None, "主动回访")


def test_a_call_is_planned_for_a_day_and_a_person(case):
    case.turn_to("回访")
    case.click("计划回访")
    assert case.focus() == "计划日期"
    case.fill("计划日期", "11-23")
    case.fill("计划由谁打", "叶清扬")
    case.click("计划回访")
    (plan,) = calls(case)
    assert (plan.planned_on, plan.caller, plan.reason) == (day(2), "叶清扬", "解决后回访")


# -- 措施 and 归档 -----------------------------------------------------------------------------------------------


def test_measures_have_a_planned_and_an_actual_day(case):
    case.turn_to("处理")
    case.fill("抱怨产生根本原因分析", "检查表没有搭铁力矩")
    case.save()
    case.turn_to("措施")
    case.fill("长期质量保证的措施", "冯学勤 11-25 前把力矩写进交付检查表，每周抽查 5 台")
    case.fill("计划完成日期", "11-25")
    case.save()
    assert stored(case).fields["planned_on"] == day(4)


def test_closing_is_refused_with_what_is_still_missing(room):
    room.number = resolved(room.office).number
    room.seat_director()
    room.page.show_case(room.number)
    room.turn_to("归档")
    room.click("关闭")
    assert stored(room).state == "已解决"
    assert room.said().startswith("还不能关闭，缺 4 项：没有记录移交；没有定责任人；")
    assert room.focus() == "没有记录移交"


def test_a_complete_case_is_closed(room):
    room.number = complete(room.office).number
    room.seat_director()
    room.page.show_case(room.number)
    room.turn_to("归档")
    room.click("关闭")
    dialog = room.dialog()
    room.fill("PIN", "2468", dialog)
    room.click("关闭", dialog)
    assert (stored(room).state, room.said()) == ("已关闭", f"{room.number} 已关闭。")
    assert room.cells("经过", 1)[-2:] == ["解决", "关闭"]


def test_reopening_wants_a_reason(room):
    room.number = resolved(room.office).number
    room.seat_director()
    room.page.show_case(room.number)
    room.turn_to("归档")
    room.click("重开")
    dialog = room.dialog()
    room.click("重开", dialog)
    described = room.field("重开原因", dialog).accessibleDescription()
    assert (stored(room).state, described) == ("已解决", "重开请写明原因。")
    room.fill("重开原因", "客户说又响了", dialog)
    room.click("重开", dialog)
    assert (stored(room).state, stored(room).events[-1].note) == ("处理中", "客户说又响了")
    assert not room.is_open("归档")


def reopen(room, reason):
    """A solved case that is back in hand."""
    saved = resolved(room.office)
    room.number = saved.number
    room.office.complaints.reopen(room.number, saved.ver, director(), reason)


def test_solving_again_with_nothing_new_is_asked_about(room, monkeypatch):
    reopen(room, "又响了")
    asked = []
    monkeypatch.setattr(room.messages, "ask", lambda _title, text, *_: asked.append(text))
    room.page.show_case(room.number)
    room.turn_to("方案")
    room.click("记录解决")
    assert asked == ["重开（又响了）以后解决措施没有改过，也没有新的返修或方案，请写明这次新做了什么。"]
    assert (stored(room).state, room.focus()) == ("处理中", "解决措施")
    room.fill("解决措施", "更换后悬挂胶套，路试 20 公里无异响")
    room.click("记录解决")
    assert (stored(room).state, len(asked)) == ("已解决", 1)


@pytest.mark.parametrize("meant", [True, False])
def test_the_old_solution_is_recorded_once_more_only_when_that_is_meant(room, monkeypatch, meant):
    reopen(room, "缺客户确认")
    monkeypatch.setattr(room.messages, "ask", lambda *_: meant)
    room.page.show_case(room.number)
    room.turn_to("方案")
    room.click("记录解决")
    assert stored(room).state == ("已解决" if meant else "处理中")


def test_a_rework_after_reopening_is_something_new(room):
    reopen(room, "又响了")
    assert room.office.cases.idle_since(stored(room)).note == "又响了"
    room.office.reworks.register(room.number, rework(), act())
    assert room.office.cases.idle_since(stored(room)) is None


def test_a_complaint_is_voided_from_the_menu_at_any_time_with_a_reason(case):
    case.seat_director()
    next(action for action in case.page.findChildren(QAction) if action.text() == "作废").trigger()
    dialog = case.dialog()
    case.click("作废", dialog)
    assert stored(case).state == "处理中"
    case.fill("作废原因", "重复登记", dialog)
    case.click("作废", dialog)
    assert (stored(case).state, stored(case).events[-1].note) == ("作废", "重复登记")


def test_a_void_complaint_can_only_be_read(case):
    case.office.complaints.void(case.number, 2, director(), "重复登记")
    case.page.refresh()
    case.turn_to("受理")
    assert case.field("抱怨内容").isReadOnly()
    case.turn_to("返修")
    assert not case.has("登记返修")
    case.turn_to("回访")
    assert not case.has("登记回访")
