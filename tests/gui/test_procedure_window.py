"""The procedure in the window: clocks, steps and their dialogs, 代录 and PIN, empty words, the way to the archive."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QAction

from crm_desktop.domain.reworks import ReworkDraft
from crm_desktop.domain.staff import Role
from crm_desktop.gui.complaints.case_side import BlockerLine
from crm_desktop.gui.widgets.labels import PlainLabel
from crm_desktop.gui.widgets.signs import Chip, StepRow
from tests.makers import ANALYSED, SOLVED, at, complaint, complete, registered
from tests.services.people import hired

NUMBER = "TS20261121-001"
DIRECTOR, TECHNICIAN, CARER, ADVISER = "程立群", "冯学勤", "叶清扬", "谢文杰"


@pytest.fixture
def desk(room):
    """A desk with four people and PINs, 谢文杰 (服务顾问) sitting there."""
    hired(room.office, DIRECTOR, Role.DIRECTOR)
    first = room.office.staff.act(room.office.staff.find(DIRECTOR), "设置")
    for name, role in ((ADVISER, Role.ADVISER), (TECHNICIAN, Role.TECHNICAL_DIRECTOR), (CARER, Role.CARE_AGENT)):
        hired(room.office, name, role, by=first)
    seat(room, ADVISER)
    return room


@pytest.fixture
def major(desk):
    """A 重大 complaint of 13:44, opened at 14:00."""
    open_case(desk, severity="重大", received_at=at("2026-11-21 13:44"))
    return desk


def seat(room, name):
    """Somebody else takes the desk."""
    room.session.sit_down(room.office.staff.find(name))


def by(room, name):
    """Something done now by this person."""
    return room.office.staff.act(room.office.staff.find(name), "抱怨投诉")


def open_complete(room):
    """A complaint that only waits to be closed, opened."""
    open_case(room, received_at=at("2026-11-21 13:30"))
    verbs = room.office.complaints
    saved = verbs.hand_over(room.number, 1, by(room, ADVISER), at=at("2026-11-21 13:35"))
    saved = verbs.assign(room.number, saved.ver, by(room, DIRECTOR), "技术", TECHNICIAN)
    saved = verbs.amend(room.number, saved.ver, ANALYSED, by(room, TECHNICIAN))
    verbs.resolve(room.number, saved.ver, by(room, ADVISER), fields=SOLVED)
    room.page.refresh()


def open_case(room, **changes):
    """A complaint registered by 谢文杰, opened."""
    room.number = room.office.complaints.register(complaint(**changes), by(room, ADVISER)).number
    room.page.show_case(room.number)


def stored(room):
    """The case as it is in the files."""
    return room.office.cases.case(room.number)


def chips(room):
    """What the chips beside the case say."""
    return [chip.text() for chip in room.page.findChildren(Chip) if chip.isVisible()]


def texts(room):
    """Every word outside of inputs and lists."""
    return "\n".join(label.text() for label in room.page.findChildren(PlainLabel) if label.isVisible())


def missing(room):
    """The red lines beside the case."""
    return [line.accessibleName() for line in room.page.findChildren(BlockerLine) if line.isVisible()]


def choose(room, word):
    """An entry of the menu 更多."""
    next(entry for entry in room.page.findChildren(QAction) if entry.text() == word and entry.isVisible()).trigger()
    return room.dialog()


def steps(room):
    """The row of steps as a reader hears it."""
    return next(row.accessibleName() for row in room.page.findChildren(StepRow) if row.isVisible())


# -- clocks and steps --------------------------------------------------------------------------------------------


def test_each_clock_shows_its_due_time_what_is_left_and_why(major):
    assert chips(major)[2:5] == ["超期 6 分钟", "还剩 14 分钟", "还剩 2 天 23 时"]
    assert "接待·重大：11月21日 13:44 受理，10分钟内移交 → 11月21日 13:54" in texts(major)


def test_a_step_typed_well_after_it_happened_says_so(major):
    office = major.office
    office.complaints.hand_over(major.number, 1, by(major, ADVISER), at=at("2026-11-21 13:46"))
    major.page.refresh()
    whys = [chip.toolTip() for chip in major.page.findChildren(Chip) if chip.isVisible()]
    assert sum("14:00 补录" in why for why in whys) == 1


def test_the_steps_of_a_route_leave_out_what_it_does_not_ask_for(desk):
    open_case(desk, channel="媒体")
    assert steps(desk) == "进度：登记 已完成，移交 进行中，处理 未开始，解决 未开始，关闭 未开始，存档 未开始"


def test_handing_over_by_keyboard_takes_the_director_and_now_and_asks_why_late(major):
    major.walk_to("交服务总监")
    major.press(Qt.Key.Key_Space)
    dialog = major.dialog()
    assert (major.focus(), major.field("移交给", dialog).typed()) == ("移交时间", DIRECTOR)
    major.press(Qt.Key.Key_Return)
    major.write("客户一直在说")
    major.press(Qt.Key.Key_Return)
    major.walk_to("记录移交")
    major.press(Qt.Key.Key_Return)
    (event,) = [event for event in stored(major).events if event.kind == "handed_over"]
    assert (event.who, event.late_reason, stored(major).state) == (ADVISER, "客户一直在说", "已移交")
    assert chips(major)[2] == "14:00 迟 6 分钟"


def test_a_refused_step_stays_open_with_what_was_typed(major):
    major.click("交服务总监")
    dialog = major.dialog()
    major.fill("移交时间", "11-21 09:00", dialog)
    major.fill("超期原因", "忙", dialog)
    major.click("记录移交", dialog)
    assert "早于受理时间" in major.field("移交时间", dialog).accessibleDescription()
    assert (major.field("超期原因", dialog).typed(), stored(major).state) == ("忙", "登记")


def test_what_the_director_said_by_phone_is_entered_for_him_and_waits_for_his_word(major):
    major.click("记录响应")
    dialog = major.dialog()
    assert major.field("谁的意见", dialog).typed() == DIRECTOR
    major.fill("怎样响应", "到场试车", dialog)
    major.click("记录响应", dialog)
    event = stored(major).events[-1]
    assert (event.kind, event.on_behalf_of, event.told_how, event.awaits_confirmation) == (
        "responded", DIRECTOR, "电话", True,
    )  # fmt: skip
    seat(major, DIRECTOR)
    major.click("确认无误", choose(major, "本人确认"))
    assert not stored(major).events[-1].awaits_confirmation


def test_what_is_solved_on_the_spot_is_one_step(desk):
    open_case(desk)
    dialog = choose(desk, "当场解决")
    for label, text in zip(("缺点纠正", "解决措施", "安抚措施", "告知客户的内容"), SOLVED.values(), strict=True):
        desk.fill(label, text, dialog)
    desk.click("当场解决", dialog)
    kinds = [event.kind for event in stored(desk).events]
    assert (stored(desk).state, "responded" in kinds, "resolved" in kinds) == ("已解决", True, True)


def test_a_wrong_time_is_corrected_and_both_stay_in_the_course(major):
    major.office.complaints.hand_over(major.number, 1, by(major, ADVISER))
    major.page.refresh()
    dialog = choose(major, "更正时间")
    major.fill("正确的时间", "13:47", dialog)
    major.fill("更正原因", "忘了按", dialog)
    major.click("更正", dialog)
    assert [event.corrected for event in stored(major).events if event.kind == "handed_over"] == [True, False]
    assert chips(major)[2] == "13:47 ✓"


def test_more_time_is_asked_for_and_granted_by_the_director_with_his_pin(major):
    dialog = choose(major, "申请延期")
    major.fill("延到", "11-26 12:00", dialog)
    major.fill("延期原因", "阀体 11-26 到货", dialog)
    major.click("申请延期", dialog)
    major.click("延期审批")
    dialog = major.dialog()
    major.fill("PIN", "1111", dialog)
    major.click("决定", dialog)
    assert "PIN 不对" in major.field("PIN", dialog).accessibleDescription()
    major.fill("PIN", "2468", dialog)
    major.click("决定", dialog)
    assert major.office.extensions.of_complaint(major.number)[0].decided_by == DIRECTOR
    assert "还剩 4 天 22 时" in chips(major)


# -- empty words -------------------------------------------------------------------------------------------------


def test_empty_words_are_told_while_they_are_typed_and_the_template_helps(desk):
    open_case(desk)
    desk.turn_to("处理")
    assert (desk.has("套用模板"), desk.has("放行"), desk.has("请服务总监放行")) == (True, False, False)
    desk.fill("抱怨产生根本原因分析", "技师粗心大意")
    assert "只说了人或空话" in desk.field("抱怨产生根本原因分析").accessibleDescription()
    desk.click("套用模板")
    assert "为什么流程允许它发生：" in desk.field("抱怨产生根本原因分析").typed()
    desk.fill("抱怨产生根本原因分析", ANALYSED["root_cause"])
    assert not desk.has("套用模板")


def test_a_cause_is_entered_for_who_is_responsible_and_opens_the_measures(desk):
    open_case(desk)
    desk.office.complaints.assign(desk.number, 1, by(desk, DIRECTOR), "技术", TECHNICIAN)
    desk.page.refresh()
    desk.turn_to("处理")
    desk.fill("抱怨产生根本原因分析", ANALYSED["root_cause"])
    desk.fill("缺点纠正", "更换阀体")
    desk.save()
    dialog = desk.dialog()
    assert (stored(desk).fields["correction"], stored(desk).fields["root_cause"]) == ("更换阀体", "")
    assert desk.field("谁的意见", dialog).typed() == TECHNICIAN
    desk.click("保存", dialog)
    assert stored(desk).fields["root_cause"] == ANALYSED["root_cause"]
    assert (desk.page.unsaved(), desk.is_open("措施")) == ("", True)


def test_words_that_say_nothing_lock_the_measures_until_the_director_lets_them_pass(desk):
    open_case(desk)
    saved = desk.office.complaints.assign(desk.number, 1, by(desk, DIRECTOR), "技术", TECHNICIAN)
    desk.office.complaints.amend(desk.number, saved.ver, {"root_cause": "技师粗心大意"}, by(desk, TECHNICIAN))
    desk.page.refresh()
    desk.turn_to("处理")
    assert (desk.has("放行"), desk.has("请服务总监放行")) == (False, True)
    seat(desk, DIRECTOR)
    desk.page.refresh()
    assert not desk.is_open("措施")
    desk.click("放行")
    dialog = desk.dialog()
    desk.fill("放行原因", "查不清了", dialog)
    desk.click("放行", dialog)
    assert desk.is_open("措施")
    assert desk.field("抱怨产生根本原因分析").accessibleDescription() == "服务总监已放行。"


# -- 方案, promises, channels ------------------------------------------------------------------------------------


def test_options_are_written_answered_and_one_agreed_upon(major):
    major.turn_to("方案")
    for what in ("更换阀体", "更换变速箱"):
        major.click("写方案")
        dialog = major.dialog()
        major.fill("方案内容", what, dialog)
        major.fill("店方成本", "3200", dialog)
        major.click("保存方案", dialog)
    major.click("商定方案")
    major.click("客户同意这一个", major.dialog())
    assert major.cells("方案 A/B/C", 0) == ["A ✓", "B"]
    assert major.field("解决措施").typed() == "更换阀体"


def test_a_promise_is_a_clock_until_it_is_kept(desk):
    open_case(desk)
    desk.turn_to("方案")
    desk.click("答应客户")
    dialog = desk.dialog()
    desk.fill("答应了什么", "下午4点回电", dialog)
    desk.fill("什么时候前", "16:00", dialog)
    desk.click("记下", dialog)
    assert "还剩 2 小时" in chips(desk)
    desk.click("回话结果")
    desk.click("记下", desk.dialog())
    assert desk.cells("答应客户的事", 2) == ["已兑现"]


@pytest.mark.parametrize(
    ("channel", "offered"),
    [("接待", []), ("400热线", ["厂家工单号"]), ("消协", ["对方案号"]), ("媒体", ["登记稿件", "上报公关部"])],
)
def test_each_channel_asks_for_its_own_and_for_nothing_else(desk, channel, offered):
    open_case(desk, channel=channel, severity="重大")
    desk.turn_to("处理")
    found = [name for name in ("厂家工单号", "对方案号") if desk.has_field(name)]
    assert found + [name for name in ("登记稿件", "上报公关部") if desk.has(name)] == (
        offered if channel != "消协" else [*offered, "上报公关部"]
    )


def test_a_media_case_is_withdrawn_and_reported_before_it_closes(desk):
    open_case(desk, channel="媒体", severity="重大")
    desk.click("重大投诉没有上报公关部的回执")
    desk.click("上报公关部")
    dialog = desk.dialog()
    desk.fill("上报方式", "邮件", dialog)
    desk.fill("回执", "GG-0921", dialog)
    desk.click("记录上报", dialog)
    desk.click("没有发布")
    desk.click("确认没有发布", desk.dialog())
    assert not {line for line in missing(desk) if "公关部" in line or "稿件" in line}


def test_severity_is_judged_by_a_list_and_a_decision_against_it_says_why(desk):
    open_case(desk)
    desk.press(Qt.Key.Key_F8)
    dialog = desk.dialog()
    desk.press(Qt.Key.Key_Space)
    desk.click("定为一般", dialog)
    assert "请写明理由" in desk.field("理由", dialog).accessibleDescription()
    desk.click("定为重大", dialog)
    assert (stored(desk).fields["severity"], stored(desk).events[-1].kind) == ("重大", "upgraded")


def test_choosing_the_line_names_who_answers_for_it(desk):
    director = by(desk, DIRECTOR)
    desk.office.duties.answer_for("技术", desk.office.staff.find(TECHNICIAN).id, director)
    open_case(desk)
    desk.turn_to("处理")
    desk.field("责任线").setFocus()
    desk.press(Qt.Key.Key_Down)
    assert desk.field("责任人").typed() == TECHNICIAN


def test_the_same_fault_in_the_workshop_again_asks_for_a_consultation(desk):
    open_case(desk)
    for order in ("RO1", "RO2"):
        desk.office.reworks.register(desk.number, ReworkDraft(order_number=order), by(desk, ADVISER))
    desk.page.refresh()
    desk.turn_to("处理")
    desk.office.complaints.assign(desk.number, stored(desk).ver, by(desk, DIRECTOR), "技术", TECHNICIAN)
    desk.page.refresh()
    desk.turn_to("返修")
    assert "同车同故障再次返修：要会诊" in chips(desk)
    desk.click("会诊记录")
    dialog = desk.dialog()
    desk.fill("会诊记录", "技术总监和主修一起拆检，阀体油道堵塞", dialog)
    desk.click("保存", dialog)
    assert not desk.has("会诊记录")


# -- the end -----------------------------------------------------------------------------------------------------


def test_closing_is_the_director_s_decision_with_his_pin_and_filing_the_care_department_s(desk):
    open_complete(desk)
    desk.turn_to("归档")
    desk.click("关闭")
    dialog = desk.dialog()
    desk.fill("PIN", "2468", dialog)
    desk.click("关闭", dialog)
    assert (stored(desk).state, stored(desk).events[-1].who) == ("已关闭", DIRECTOR)
    seat(desk, CARER)
    desk.click("存档")
    dialog = desk.dialog()
    desk.fill("存放位置", "2026-11 盒", dialog)
    desk.click("存档", dialog)
    assert stored(desk).state == "已存档"
    assert "归档号 GD2026-0001" in texts(desk)


def test_what_was_filed_is_corrected_beside_its_text(desk):
    test_closing_is_the_director_s_decision_with_his_pin_and_filing_the_care_department_s(desk)
    desk.click("更正说明")
    dialog = desk.dialog()
    desk.fill("更正哪一栏", "受理时间", dialog)
    desk.fill("更正说明", "应为 13:40", dialog)
    desk.click("写入更正说明", dialog)
    assert "受理时间：应为 13:40" in texts(desk)
    desk.turn_to("受理")
    assert "受理时间：应为 13:40" in texts(desk)


def test_the_list_shows_the_most_urgent_clock(room):
    registered(room.office, severity="重大", received_at=at("2026-11-21 13:00"))
    room.page.refresh()
    assert room.cells("抱怨投诉", 4) == ["移交 超期 50 分钟"]


def test_a_home_without_staff_says_what_is_needed_where_a_person_decides(room):
    room.number = complete(room.office).number
    room.page.show_case(room.number)
    room.turn_to("归档")
    room.click("关闭")
    dialog = room.dialog()
    room.click("关闭", dialog)
    assert room.said() == "这一步要有人负责：请先在“设置 → 员工”里建员工。"
    assert room.said() in "".join(label.text() for label in dialog.findChildren(PlainLabel))


def test_late_steps_are_explained_later_from_the_red_line(major):
    major.office.complaints.hand_over(major.number, 1, by(major, ADVISER))
    major.page.refresh()
    major.click("移交超期，没有写原因")
    dialog = major.dialog()
    major.fill("超期原因", "客户一直在说", dialog)
    major.click("保存", dialog)
    assert "移交超期，没有写原因" not in missing(major)
