"""纠正预防 worked by hand: measures set up, carried out, evaluated by another, and handed out on paper."""

from __future__ import annotations

from datetime import date

import pytest
from PySide6.QtCore import Qt

from crm_desktop.domain.staff import Role
from crm_desktop.gui.measures.measure_desk import measure_desk_of
from crm_desktop.gui.measures.page import MeasuresPage
from crm_desktop.gui.messages import Messages
from crm_desktop.gui.session import Session
from tests.gui.hands import Hands
from tests.makers import ANALYSED, SOLVED, act, day, registered
from tests.services.people import hired
from tests.services.records import CAUSE, measure

OCTOBER = "2026-10-08 09:00"
DEED = "在终检单上增加变速箱油压一项，每台变速箱维修车辆终检时测量并记录"
PROOF = "服务经理每周五抽查 10 台的油压记录，连续 4 周 0 台不合格"


@pytest.fixture
def room(qtbot, office):
    """The room on a desk without measures."""
    messages, session = Messages(), Session(office.desk)
    hands = Hands(qtbot, MeasuresPage(measure_desk_of(office), session, messages), messages)
    hands.session = session
    hands.page.refresh()
    return hands


def kept(office, local="2026-11-21 09:00", **changes):
    """A measure somebody decided on."""
    return office.measures.register(measure(**changes), act(local))


def done(office, **changes):
    """A measure whose window has passed."""
    made = kept(office, OCTOBER, due_on=date(2026, 10, 10), **changes)
    return office.measures.finish(made.id, made.ver, "终检单第 5 版", act("2026-10-09 09:00"))


def state(office, measure_id):
    """Where it stands today."""
    return office.measure_lists.get(measure_id).state(day(0)).value


def written(room, **texts):
    """Fields of the open dialog."""
    for label, text in texts.items():
        room.fill(label, text)


def test_an_empty_room_says_where_measures_come_from(room):
    assert "按“立为措施”；也可以直接新建" in room.texts()
    assert "从左边选一项措施" in room.texts()


def test_what_is_late_stands_first_and_says_by_how_much(room, office):
    kept(office, OCTOBER, due_on=day(-3))
    kept(office, due_on=day(7))
    room.page.refresh()
    assert room.cells("进行中", 0) == ["超期 3 天", "进行中"]


def test_enter_on_a_measure_leads_to_what_comes_next(room, office):
    kept(office)
    room.page.refresh()
    room.table("进行中").setFocus()
    room.table("进行中").selectRow(0)
    room.press(Qt.Key.Key_Return)
    assert room.focus() == "登记完成"


def test_a_measure_is_carried_out_with_evidence_only(room, office):
    made = kept(office)
    room.page.show_measure(made.id)
    room.click("登记完成")
    room.click("登记完成", place=-1)
    assert room.said() == "请写完成证据：照片、记录表、签到单放在哪里。"
    written(room, 完成证据="终检单第 5 版起用")
    room.click("登记完成", place=-1)
    assert room.said().startswith("JY2026-001 已完成，30 天后")
    assert state(office, made.id) == "待评估"


def test_customers_are_told_that_it_is_better_on_the_day_that_is_written(room, office):
    made = kept(office, complaints=(registered(office).number,))
    room.page.show_measure(made.id)
    room.click("登记完成")
    written(room, 完成证据="终检单第 5 版起用", 告诉客户="明天")
    room.click("登记完成", place=-1)
    assert "11-22 给客户回访" in room.said()
    assert [row.planned_on for row in office.follow_ups.planned()] == [day(1)]


def test_who_did_it_does_not_judge_it_and_what_came_again_is_not_effective(room, office):
    made = done(office)
    room.page.show_measure(made.id)
    room.click("有效性评估")
    written(room, 实施前="2", 实施后="1", 评估依据="抱怨台账同类件数", 评估结论="有效")
    room.click("保存评估")
    assert "实施后同类抱怨又有 1 件，不能判“有效”" in room.said()
    written(room, 评估结论="无效")
    room.click("保存评估")
    assert (room.said(), state(office, made.id)) == ("JY2026-001 评为无效，请另立一项措施。", "无效")


def test_what_was_found_of_no_use_is_answered_by_another_measure(room, office):
    made = done(office)
    room.page.show_measure(made.id)
    room.click("有效性评估")
    written(room, 实施后="3", 评估依据="抱怨台账同类件数", 评估结论="无效")
    room.click("保存评估")
    room.click("另立措施")
    written(room, 措施=DEED, 计划完成="2026-12-01")
    room.click("保存措施")
    assert office.measure_lists.open()[0].draft.replaces == made.id


def test_words_that_say_nothing_make_no_measure(room):
    room.click("新建措施")
    written(room, 根本原因=CAUSE, 措施="加强培训，提高认识", 责任人="技术总监", 计划完成="2026-11-28", 验证方法=PROOF)
    room.click("保存措施")
    assert "措施" in room.said()
    written(room, 措施=DEED)
    room.click("保存措施")
    assert room.said() == "JY2026-001 已登记：技术总监，2026-11-28 前完成。"


def test_what_the_complaint_says_is_not_typed_again(room, office):
    number = registered(office).number
    office.complaints.amend(number, 1, {**SOLVED, **ANALYSED}, act())
    room.page.new_measure(number)
    assert room.field("抱怨单号").typed() == number
    assert room.field("根本原因").typed() == ANALYSED["root_cause"]


def test_whoever_gives_a_new_measure_up_is_back_at_the_complaint_he_came_from(room, office):
    number = registered(office).number
    asked = []
    room.page.complaint_wanted.connect(asked.append)
    room.page.new_measure(number)
    room.click("取消")
    room.page.new_measure()
    room.click("取消")
    assert asked == [number]


def test_who_may_not_decide_on_measures_enters_them_for_who_does(room, office):
    hired(office, "程立群", Role.DIRECTOR)
    hired(office, "谢文杰", Role.ADVISER, by=office.staff.act(office.staff.find("程立群"), "设置"))
    room.session.sit_down(office.staff.find("谢文杰"))
    room.click("新建措施")
    written(room, 根本原因=CAUSE, 措施=DEED, 责任人="冯学勤", 计划完成="2026-11-28", 验证方法=PROOF, 谁的意见="冯学勤")
    room.click("保存措施")
    assert office.measure_lists.get(1).awaits_confirmation


def test_a_measure_given_up_stays_in_the_list_with_its_word(room, office):
    made = kept(office)
    room.page.show_measure(made.id)
    room.click("取消措施")
    written(room, 取消原因="和 JY2026-002 重复")
    room.click("取消措施", place=-1)
    assert state(office, made.id) == "已取消"
    assert not room.has("登记完成")


def test_the_period_narrows_list_and_paper_alike(room, office):
    kept(office, OCTOBER)
    kept(office)
    room.page.refresh()
    room.fill("登记期间", "上月")
    assert room.cells("进行中", 1) == [day(7).isoformat()]
    with room.qtbot.waitSignal(room.page.preview_wanted) as wanted:
        room.click("打印预览")
    assert wanted.args == [date(2026, 10, 1), date(2026, 10, 31)]


def test_the_report_of_a_measure_and_its_complaint_are_one_click_away(room, office):
    number = registered(office).number
    made = done(office, complaints=(number,))
    room.page.show_measure(made.id)
    with room.qtbot.waitSignal(room.page.report_wanted) as report:
        next(action for action in room.button("评估报告").menu().actions() if action.text() == "导出 Excel").trigger()
    with room.qtbot.waitSignal(room.page.complaint_wanted) as opened:
        room.click(f"打开抱怨单 {number}")
    assert (report.args, opened.args) == ([made.id, ".xlsx"], [number])


def test_what_was_entered_for_somebody_is_confirmed_by_himself(room, office):
    hired(office, "程立群", Role.DIRECTOR)
    first = office.staff.act(office.staff.find("程立群"), "设置")
    hired(office, "冯学勤", Role.TECHNICAL_DIRECTOR, by=first)
    made = office.measures.register(measure(who="冯学勤"), first, on_behalf_of="冯学勤")
    room.session.sit_down(office.staff.find("冯学勤"))
    room.page.show_measure(made.id)
    assert "代冯学勤录入，待本人确认" in room.texts()
    room.click("本人确认")
    assert not office.measure_lists.get(made.id).awaits_confirmation
