"""One case: its tabs open in turn, Ctrl+S saves the tab in hand, and nothing typed is lost."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QPushButton, QScrollArea

from crm_desktop.domain.identity import masked_phone
from crm_desktop.gui.widgets.labels import PlainLabel
from crm_desktop.gui.widgets.signs import Banner
from crm_desktop.services.parties import Party
from tests.makers import PHONE, PLATE, SOLVED, VIN, act, anonymous, closed, customer, director, registered, resolved

FROM_THE_BEGINNING = {"受理", "处理", "方案"}


@pytest.fixture
def case(room):
    """A new complaint, opened."""
    room.page.show_case(registered(room.office).number)
    return room


def stored(room, number="TS20261121-001"):
    """The case as it is in the files."""
    return room.office.cases.case(number)


def opened(room):
    """The tabs whose turn has come."""
    words = ("受理", "处理", "方案", "返修", "回访", "措施", "归档")
    return {word for word in words if room.is_open(word)}


def test_a_new_complaint_opens_three_tabs_and_says_what_comes_next(case):
    assert opened(case) == FROM_THE_BEGINNING
    assert case.tabs().tabToolTip(3) == "先在“处理”里写明责任人"


def test_the_banner_shows_whose_case_it_is_without_the_whole_phone(case):
    banner = next(w for w in case.page.findChildren(Banner) if w.isVisible())
    assert "曾小明" in banner.accessibleName()
    assert masked_phone(PHONE) in banner.accessibleName()
    assert PHONE not in banner.accessibleName()


def test_a_cause_that_will_do_is_praised_in_green(case):
    case.turn_to("处理")
    case.fill("抱怨产生根本原因分析", "总机转接后没有未接来电清单，承诺回电写在便签上，换班就丢")
    said = [label for label in case.page.findChildren(PlainLabel) if label.text() == "写得具体，可以提交。"]
    assert [label.property("tone") for label in said] == ["done"]


def test_naming_who_is_responsible_begins_the_handling_and_opens_two_more(case):
    case.seat_director()
    case.turn_to("处理")
    case.fill("责任人", "冯学勤")
    case.save()
    assert stored(case).state == "处理中"
    assert opened(case) == FROM_THE_BEGINNING | {"返修", "回访"}
    assert case.said() == "TS20261121-001 已保存。"


def test_where_nobody_works_yet_naming_who_is_responsible_asks_for_staff_first(case):
    case.turn_to("处理")
    case.fill("责任人", "冯学勤")
    case.save()
    assert case.said() == "这一步要有人负责：请先在“设置 → 员工”里建员工。"
    assert case.field("责任人").value() == "冯学勤"


def test_the_root_cause_opens_the_measures_and_the_solution_the_filing(case):
    case.turn_to("处理")
    case.fill("抱怨产生根本原因分析", "搭铁螺栓力矩没有列入检查表")
    case.save()
    case.office.complaints.amend("TS20261121-001", 2, SOLVED, act())
    case.page.show_case("TS20261121-001")
    case.turn_to("方案")
    case.click("记录解决")
    assert opened(case) >= {"措施", "归档"}


def test_only_the_tab_in_hand_is_saved_and_the_other_keeps_its_words(case):
    case.turn_to("方案")
    case.fill("解决措施", "免费修复")
    case.turn_to("处理")
    case.fill("缺点纠正", "重新拧紧")
    case.save()
    assert (stored(case).fields["correction"], stored(case).fields["solution"]) == ("重新拧紧", "")
    assert case.page.unsaved() == "TS20261121-001 的“方案”还没有保存"
    case.turn_to("方案")
    case.save()
    assert stored(case).fields["solution"] == "免费修复"


def test_only_what_was_changed_goes_into_the_history(case):
    case.fill("诉求", "彻底修好")
    case.save()
    line = case.office.cases.history("TS20261121-001")[-1]
    assert (line.field, line.new, line.screen) == ("诉求", "彻底修好", "抱怨投诉·受理")
    case.click(f"历史 {len(case.office.cases.history('TS20261121-001'))} 条")
    assert case.cells("历史", 5)[0] == "彻底修好"


def test_two_people_writing_different_fields_both_keep_theirs(case):
    case.turn_to("处理")
    case.fill("缺点纠正", "重新拧紧")
    case.office.complaints.amend("TS20261121-001", 1, {"root_cause": "没有复检"}, act(who="程立群"))
    case.save()
    assert (stored(case).fields["correction"], stored(case).fields["root_cause"]) == ("重新拧紧", "没有复检")


@pytest.mark.parametrize(("answer", "kept"), [("存我写的", "重新拧紧"), ("用已存的", "更换螺栓"), ("取消", "更换螺栓")])
def test_the_same_field_written_twice_is_shown_side_by_side_and_decided(case, answer, kept):
    case.turn_to("处理")
    case.fill("缺点纠正", "重新拧紧")
    case.office.complaints.amend("TS20261121-001", 1, {"correction": "更换螺栓"}, act(who="程立群"))
    case.save()
    dialog = case.dialog()
    case.click(answer, dialog)
    assert stored(case).fields["correction"] == kept
    assert case.field("缺点纠正").typed() == ("更换螺栓" if answer == "用已存的" else "重新拧紧")


@pytest.mark.parametrize(
    ("answer", "kept", "left"), [("保存", "退车", True), ("不保存", "", True), ("取消", "", False)]
)
def test_leaving_with_unsaved_words_asks_first(case, answer, kept, left):
    case.fill("诉求", "退车")
    case.will_answer(answer)
    case.press(Qt.Key.Key_Escape)
    assert stored(case).fields["demand"] == kept
    assert case.tabs().isVisible() is not left


def test_saving_a_tab_without_changes_says_so_and_writes_nothing(case):
    case.save()
    assert (case.said(), stored(case).ver) == ("没有需要保存的改动。", 1)


def test_a_missing_customer_is_filled_in_by_saving(room):
    room.office.customers.register(customer(vehicles=()), act())
    room.page.show_case(room.office.complaints.register(anonymous(), act()).number)
    assert room.focus() == "客户姓名"
    room.pick("5521")
    room.save()
    assert (stored(room).customer_name, stored(room).phone, stored(room).plate) == ("曾小明", PHONE, "沪B12345")


def test_a_known_customer_can_only_be_corrected_with_a_reason(case):
    assert case.field("客户姓名").isReadOnly()
    assert not case.field("接收渠道").isEnabled()
    case.click("更正")
    dialog = case.dialog()
    case.fill("车牌号", "沪B·66666", dialog)
    case.click("更正", dialog)
    assert "原因" in case.field("更正原因", dialog).accessibleDescription()
    case.fill("更正原因", "登记时听错", dialog)
    case.click("更正", dialog)
    line = next(line for line in case.office.cases.history("TS20261121-001") if line.field == "车辆")
    assert (stored(case).plate, line.reason) == ("沪B66666", "登记时听错")


def test_channel_and_time_are_corrected_together_with_the_customer(case):
    case.click("更正")
    dialog = case.dialog()
    case.fill("接收渠道", "媒体", dialog)
    case.fill("受理时间", "11-20 9:00", dialog)
    case.fill("客户姓名", "傅启东", dialog)
    case.fill("更正原因", "同名不同人", dialog)
    case.click("更正", dialog)
    assert (stored(case).fields["channel"], stored(case).customer_name) == ("媒体", "傅启东")
    assert case.said() == "TS20261121-001 已更正，原来的内容在“历史”里。"


def test_what_closing_still_wants_leads_to_its_field(case):
    case.click("没有写解决措施")
    assert case.focus() == "解决措施"
    case.click("没有写长期质量保证的措施")
    assert case.focus() == "抱怨产生根本原因分析"
    assert case.said() == "“措施”还没有打开：先在“处理”里写明抱怨产生根本原因分析。"


def test_paper_is_printed_from_what_is_stored_so_words_are_saved_first(case, qtbot):
    case.fill("诉求", "彻底修好")
    with qtbot.waitSignal(case.page.print_wanted) as asked:
        case.press(Qt.Key.Key_P, Qt.KeyboardModifier.ControlModifier)
    assert (asked.args, stored(case).fields["demand"]) == (["TS20261121-001"], "彻底修好")


@pytest.mark.parametrize(("text", "signal"), [("导出 PDF", "pdf_wanted"), ("导出 Excel", "excel_wanted")])
def test_a_case_goes_out_as_a_file(case, qtbot, text, signal):
    with qtbot.waitSignal(getattr(case.page, signal)) as asked:
        case.click(text)
    assert asked.args == ["TS20261121-001"]


def test_an_unknown_number_is_refused_with_a_sentence(room):
    room.page.show_case("TS20990101-001")
    assert room.said() == "没有单号为“TS20990101-001”的抱怨单，请核对单号（也可以填来源单号）。"


def test_another_window_s_changes_are_read_without_losing_what_is_typed(case):
    case.fill("诉求", "退车")
    case.office.complaints.amend("TS20261121-001", 1, {"responsible": "冯学勤"}, director())
    case.page.refresh()
    assert (case.field("诉求").typed(), case.is_open("返修")) == ("退车", True)
    case.save()
    assert (stored(case).fields["demand"], stored(case).fields["responsible"]) == ("退车", "冯学勤")


def test_the_words_of_the_paper_are_the_names_of_inputs_and_buttons(room):
    room.page.show_case(closed(room.office, vin=VIN).number)
    names = {"处理": ("责任线", "责任人", "缺点纠正", "抱怨产生根本原因分析"), "方案": ("解决措施", "安抚措施")}
    for tab, labels in names.items():
        room.turn_to(tab)
        for label in labels:
            assert room.field(label).accessibleName() == label
    texts = {button.accessibleName() for button in room.page.findChildren(QPushButton)}
    assert texts >= {
        "保存",
        "计划回访",
        "记录解决",
        "关闭",
        "重开",
        "作废",
        "导出 Excel",
        "导出 PDF",
        "打印预览",
    }


def test_what_is_missing_scrolls_before_the_case_does(case):
    page, around = case.page, QScrollArea()
    case.qtbot.addWidget(around)
    around.setWidgetResizable(True)
    around.setWidget(page)
    around.setFrameShape(QFrame.Shape.NoFrame)
    around.resize(1198, page.minimumSizeHint().height())
    around.show()
    case.qtbot.waitUntil(lambda: page.width() == 1198)
    assert page.height() == around.height()
    around.takeWidget()


def test_a_case_knows_its_customer_s_file(case, qtbot):
    with qtbot.waitSignal(case.page.customer_wanted) as asked:
        case.click("客户档案")
    assert asked.args == [stored(case).customer_id]


def test_a_complaint_solved_at_the_counter_needs_nobody_named(room):
    room.page.show_case(resolved(room.office).number)
    assert room.is_open("归档")
    assert room.office.cases.case("TS20261121-001").plate == PLATE


def test_the_case_fits_a_small_screen(case):
    assert case.page.minimumSizeHint().height() <= 690 - 26
    assert case.page.minimumSizeHint().width() <= 1198


def test_a_customer_corrected_elsewhere_is_shown_after_a_refresh(case):
    case.office.complaints.identify("TS20261121-001", 1, Party(name="傅启东", phone="13900007788"), act(), "听错")
    case.page.refresh()
    assert case.field("客户姓名").typed() == "傅启东"


def test_ctrl_tab_turns_to_the_next_tab_and_tab_leads_from_the_last_field_to_saving(case):
    case.field("诉求").setFocus()
    case.press(Qt.Key.Key_Tab, Qt.KeyboardModifier.ControlModifier)
    assert case.tabs().currentIndex() == 1
    case.field("抱怨产生根本原因分析").setFocus()
    case.press(Qt.Key.Key_Tab)
    assert case.focus() == "保存"


def test_the_banner_counts_what_else_this_customer_has_open(room):
    first = registered(room.office)
    registered(room.office)
    closed(room.office)
    room.page.show_case(first.number)
    (banner,) = [w.accessibleName() for w in room.page.findChildren(object, "banner") if w.isVisible()]
    assert "另有 1 张未关闭的单" in banner


def test_the_channel_of_a_complaint_without_a_customer_can_be_corrected(room):
    number = room.office.complaints.register(anonymous(), act()).number
    room.page.show_case(number)
    room.click("更正")
    dialog = room.dialog()
    room.fill("接收渠道", "400热线", dialog)
    room.fill("更正原因", "是热线转来的", dialog)
    room.click("更正", dialog)
    assert stored(room, number).fields["channel"] == "400热线"
