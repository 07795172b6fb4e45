"""受理 at the counter: found while typing, registered in few keys, nothing typed ever lost."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication

from crm_desktop.domain.complaint_rows import ComplaintCase
from crm_desktop.domain.staff import Person, Role
from crm_desktop.gui.widgets.fields import Field
from crm_desktop.services.cases import ALL, ComplaintFilter
from tests.gui.complaints_room import Room
from tests.makers import PHONE, PLATE, VIN, act, at, customer, registered

LABELS = [
    "客户姓名", "联系电话", "送修人", "车牌号", "VIN", "行驶里程",
    "接收渠道", "级别", "受理时间", "类别", "诉求", "抱怨内容",
]  # fmt: skip


@pytest.fixture
def intake(room: Room) -> Room:
    """The intake, opened by the main action of the window (Ctrl+N: one press)."""
    room.page.new_complaint()
    room.presses += 1
    return room


def cases(room: Room) -> list[ComplaintCase]:
    """Every complaint in the files, the first one first."""
    rows = room.office.cases.fetch(room.office.cases.ids(ComplaintFilter(ALL)))
    return [room.office.cases.case(row.number) for row in reversed(rows)]


def test_the_intake_has_exactly_the_twelve_inputs_in_the_order_of_the_paper(intake):
    shown = [w for w in intake.page.findChildren(object) if isinstance(w, Field) and w.isVisible()]
    assert [field.accessibleName() for field in shown] == LABELS


def test_the_intake_fits_a_small_screen_without_scrolling(intake):
    assert intake.page.minimumSizeHint().height() <= 690 - 26
    assert intake.page.minimumSizeHint().width() <= 1198


def test_a_known_customer_is_registered_in_at_most_six_actions(intake):
    intake.office.customers.register(customer(), act())
    intake.pick("5521")
    assert intake.focus() == "抱怨内容"
    intake.write("变速箱一顿一顿")
    intake.save()
    assert intake.presses <= 6
    (case,) = cases(intake)
    assert (case.customer_name, case.phone, case.plate, case.vin) == ("曾小明", PHONE, PLATE, VIN)


@pytest.mark.parametrize("text", ["zxm", "8K231", VIN[-6:], "曾小明"])
def test_pinyin_plate_vin_and_name_find_the_same_customer(intake, text):
    intake.office.customers.register(customer(), act())
    intake.pick(text)
    assert intake.field("客户姓名").typed() == "曾小明"
    assert intake.field("车牌号").typed() == "沪A·8K231"


def test_enter_after_a_new_name_never_takes_somebody_whose_name_is_only_like_it(intake):
    intake.office.customers.register(customer(), act())
    intake.pick("曾小")
    assert intake.field("客户姓名").typed() == "曾小"
    assert intake.focus() == "联系电话"


def test_enter_walks_through_the_form_and_never_registers(intake):
    intake.write("变速箱")
    for label in LABELS[1:]:
        intake.press(Qt.Key.Key_Return)
        assert intake.focus() == label
    intake.press(Qt.Key.Key_Return)
    assert not cases(intake)


def test_words_and_a_plate_are_enough(intake):
    intake.fill("车牌号", "沪B·12345")
    intake.fill("抱怨内容", "空调不冷")
    intake.save()
    (case,) = cases(intake)
    assert (case.plate, case.customer_id, case.received_by) == ("沪B12345", None, "前台")
    assert (intake.said(), intake.focus()) == ("TS20261121-001 已登记。", "责任线")


def test_a_refused_form_says_why_at_the_field_and_keeps_every_word(intake):
    intake.fill("诉求", "退车")
    intake.fill("行驶里程", "三万")
    intake.save()
    assert intake.focus() == "行驶里程"
    assert "行驶里程应是数字" in intake.field("行驶里程").accessibleDescription()
    intake.fill("行驶里程", "30,000 km")
    intake.save()
    assert intake.field("抱怨内容").accessibleDescription() == "请写下客户的原话（抱怨内容）。"
    assert (intake.focus(), intake.field("诉求").typed()) == ("客户姓名", "退车")


def test_another_phone_after_picking_means_another_customer(intake):
    intake.office.customers.register(customer(), act())
    intake.pick("5521")
    intake.fill("客户姓名", "傅启东")
    intake.fill("联系电话", "13900007788")
    intake.fill("抱怨内容", "异响")
    intake.save()
    (case,) = cases(intake)
    assert (case.customer_name, case.phone, case.plate) == ("傅启东", "13900007788", PLATE)


def test_a_phone_typed_for_a_customer_without_one_is_still_his(intake):
    intake.office.customers.register(customer(contacts=()), act())
    intake.pick("8K231")
    intake.fill("联系电话", PHONE)
    intake.fill("抱怨内容", "异响")
    intake.save()
    assert (intake.office.customers.count(), cases(intake)[0].phone) == (1, PHONE)


def choose(intake, button, place):
    """The button, and so many steps down its menu."""
    intake.click(button)
    menu = QApplication.activePopupWidget()
    for _ in range(place):
        intake.qtbot.keyClick(menu, Qt.Key.Key_Down)
    intake.qtbot.keyClick(menu, Qt.Key.Key_Return)


def test_a_whole_phone_tells_who_it_is_and_opens_his_open_complaint(intake):
    number = registered(intake.office).number
    intake.fill("联系电话", PHONE)
    intake.fill("抱怨内容", "又坏了")
    choose(intake, "该客户有 1 张未关闭的单", 1)
    assert intake.tabs().isVisible()
    intake.press(Qt.Key.Key_Escape)
    intake.page.new_complaint()
    assert intake.field("抱怨内容").typed() == "又坏了", f"nothing is lost by a look at {number}"


def test_one_of_several_open_complaints_is_chosen_from_a_menu(intake):
    registered(intake.office, words="天窗漏水")
    registered(intake.office, words="空调不冷")
    intake.fill("联系电话", PHONE)
    choose(intake, "该客户有 2 张未关闭的单", 4)
    assert intake.field("抱怨内容").typed() == "空调不冷"


def test_what_was_typed_joins_the_open_complaint_instead_of_doubling_it(intake):
    number = registered(intake.office).number
    intake.fill("联系电话", PHONE)
    intake.fill("抱怨内容", "又坏了")
    intake.fill("诉求", "今天修好")
    choose(intake, "该客户有 1 张未关闭的单", 2)
    (case,) = cases(intake)
    assert case.number == number
    words = str(case.fields["words"])
    assert words.startswith("变速箱一顿一顿")
    assert words.endswith("又坏了；诉求：今天修好")
    assert intake.said() == f"已并入 {number}，没有另立一张。"


def test_without_words_nothing_is_joined_and_the_keyboard_stands_where_they_belong(intake):
    registered(intake.office)
    intake.fill("联系电话", PHONE)
    choose(intake, "该客户有 1 张未关闭的单", 2)
    assert intake.said() == "请写客户这次说了什么。"
    assert intake.field("联系电话").typed() == PHONE


def test_the_same_event_told_by_another_channel_is_registered_and_counted_once(intake):
    first = registered(intake.office).number
    intake.fill("联系电话", PHONE)
    intake.fill("抱怨内容", "又打 400 来说")
    choose(intake, "该客户有 1 张未关闭的单", 3)
    intake.save()
    second = next(case.number for case in cases(intake) if case.number != first)
    assert intake.said() == f"{second} 已登记，和 {first} 只计一次。"
    assert intake.office.joins.links(second).counted_with == first


def test_the_customer_out_of_the_files_is_named_above_the_form(intake):
    intake.office.customers.register(customer(), act())
    intake.fill("车牌号", "沪A8K231")
    banners = [w.accessibleName() for w in intake.page.findChildren(object, "banner") if w.isVisible()]
    assert banners == ["客户 曾小明 · 沪A·8K231 · 上汽大众 朗逸 1.5L，138****5521"]


def test_a_doubtful_plate_warns_and_never_blocks(intake):
    intake.field("车牌号").setFocus()
    intake.write("沪A8O231")
    intake.press(Qt.Key.Key_Tab)
    assert "字母 I 或 O" in intake.field("车牌号").accessibleDescription()
    assert "字母 I 或 O" in intake.said()
    intake.fill("抱怨内容", "异响")
    intake.save()
    assert cases(intake)[0].plate == "沪A8O231"


@pytest.mark.parametrize(
    ("role", "channel"), [(Role.ADVISER, "接待"), (Role.CARE_AGENT, "回访"), (Role.DIRECTOR, "400热线")]
)
def test_the_channel_is_that_of_whoever_sits_at_the_desk(room, role, channel):
    room.session.sit_down(Person(1, 1, "梁晓雯", (role,)))
    room.page.new_complaint()
    assert room.field("接收渠道").typed() == channel
    assert (room.field("级别").typed(), room.field("受理时间").typed()) == ("一般", "11-21 14:00")


def test_what_is_typed_comes_back_after_a_crash(intake, qtbot):
    intake.office.customers.register(customer(), act())
    with qtbot.waitSignal(intake.page.draft_changed, timeout=1000):
        intake.pick("5521")
    kept = intake.page.typed()
    intake.page.close()
    again = Room(qtbot, intake.office)
    again.page.set_typed(kept)
    again.fill("抱怨内容", "异响")
    again.save()
    assert again.office.customers.count() == 1
    assert (cases(again)[0].customer_name, again.page.typed()) == ("曾小明", {})


def test_esc_keeps_what_was_typed_for_later(intake):
    intake.fill("抱怨内容", "漏油")
    intake.press(Qt.Key.Key_Escape)
    assert intake.focus() == "抱怨投诉"
    assert intake.page.unsaved() == "新的抱怨单还没有登记"
    intake.page.new_complaint()
    assert intake.field("抱怨内容").typed() == "漏油"


def test_a_complaint_begun_for_a_customer_has_him_filled_in(room):
    customer_id, _ = room.office.customers.register(customer(), act())
    room.page.new_complaint(room.office.search.person(customer_id))
    assert (room.field("客户姓名").typed(), room.focus()) == ("曾小明", "抱怨内容")


def test_half_a_complaint_is_given_up_only_when_the_desk_says_so(intake):
    customer_id, _ = intake.office.customers.register(customer(), act())
    known = intake.office.search.person(customer_id)
    intake.fill("抱怨内容", "漏油")
    intake.will_answer("取消")
    intake.page.new_complaint(known)
    assert intake.field("抱怨内容").typed() == "漏油"
    intake.will_answer("丢掉")
    intake.page.new_complaint(known)
    assert (intake.field("抱怨内容").typed(), intake.field("客户姓名").typed()) == ("", "曾小明")


def test_a_hand_filled_form_brings_its_own_times_and_who_received_it(intake):
    intake.click("补录纸单")
    assert intake.focus() == "受理时间"
    for label, text in (("受理时间", "11-20 15:40"), ("接收人", "叶清扬"), ("发生时间", "11-18 09:00")):
        intake.fill(label, text)
    intake.fill("联系电话", PHONE)
    intake.fill("抱怨内容", "变速箱一顿一顿")
    intake.save()
    (case,) = cases(intake)
    assert (case.received_at, case.received_by) == (at("2026-11-20 15:40"), "叶清扬")
    assert case.fields["occurred_at"] == at("2026-11-18 09:00")
    assert intake.said() == "TS20261120-001 已补录登记。"


def test_a_paper_without_its_time_is_refused_and_can_be_given_up(intake):
    intake.click("补录纸单")
    intake.fill("联系电话", PHONE)
    intake.fill("抱怨内容", "变速箱一顿一顿")
    intake.save()
    assert intake.said() == "补录请填纸单上的受理时间，如 11-20 15:40。"
    intake.click("不是补录")
    assert not intake.has_field("接收人")
    intake.save()
    assert cases(intake)[0].received_at == at("2026-11-21 14:00")


def test_the_paper_s_fields_fit_a_small_screen_too(intake):
    intake.click("补录纸单")
    assert intake.page.minimumSizeHint().height() <= 690
