"""Orders, payments and contracts typed where the history of a customer is read."""

from __future__ import annotations

from operator import attrgetter

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication

from crm_desktop.domain.errors import InvalidInput
from crm_desktop.domain.visits import VisitDraft
from crm_desktop.gui.customers.dealing_questions import fen_of
from tests.gui.test_customers_profile import Profile
from tests.makers import act, day


@pytest.fixture
def profile(qtbot, office):
    """曾小明 with his car, at his history."""
    found = Profile(qtbot, office)
    found.turn_to("历史")
    return found


def lines(profile):
    """What the line of time says."""
    return profile.hands.cells("历史", 3)


def test_an_order_is_typed_and_stands_in_the_history(profile):
    profile.answer("记进厂", main="保存", 委托书号="RO260001", 维修类别="保养", 结算金额="1,280.50", 行驶里程="40100")
    (row,) = profile.office.visits.of_customer(profile.id)
    assert (row.draft.order_number, row.draft.amount_fen, row.draft.came_on) == ("RO260001", 128050, day(0))
    assert any("1,280.50 元" in line for line in lines(profile))
    assert "进厂已记入历史" in profile.hands.said()


def test_a_payment_is_typed_and_stands_in_the_history(profile):
    profile.answer("记付款", main="保存", 付款金额="560", 付款方式="转账")
    (row,) = profile.office.dealings.payments(profile.id)
    assert (row.draft.amount_fen, row.draft.paid_on, row.draft.method) == (56000, day(0), "转账")
    assert any("560.00 元" in line for line in lines(profile))


def test_a_contract_is_typed_and_stands_in_the_history(profile):
    profile.answer("记合同", main="保存", 合同类型="保养套餐", 合同编号="HT-7", 到期日期="2027-11-20")
    (row,) = profile.office.dealings.contracts(profile.id)
    assert (row.draft.kind, row.draft.number, row.draft.signed_on) == ("保养套餐", "HT-7", day(0))
    assert any("保养套餐" in line for line in lines(profile))


def test_an_amount_that_is_none_is_told_at_its_field_and_nothing_typed_is_lost(profile):
    profile.answer("记付款", main="保存", 付款金额="五百", 付款方式="现金")
    assert "金额请写数字" in profile.hands.said()
    profile.fill_in("保存", 付款金额="500")
    assert profile.office.dealings.payments(profile.id)[0].draft.method == "现金"


def test_without_a_car_an_order_says_where_to_add_one(qtbot, office):
    profile = Profile(qtbot, office, vehicles=())
    profile.turn_to("历史")
    profile.answer("记进厂", main="保存", 委托书号="RO1")
    assert "请先在“档案”里添加车辆" in profile.hands.said()
    profile.fill_in("取消")


@pytest.mark.parametrize(
    ("typed", "fen"),
    [("", None), ("1280", 128000), ("1,280.5", 128050), ("￥12.34元", 1234), ("１２０", 12000), ("0", 0)],
)
def test_money_is_understood_as_it_is_written(typed, fen):
    assert fen_of(typed) == fen


@pytest.mark.parametrize("typed", ["-5", "1.234", "12,34", "五百", "1e3"])
def test_what_is_no_money_is_refused(typed):
    with pytest.raises(InvalidInput, match="金额请写数字"):
        fen_of(typed)


def enter_on(profile, place=0):
    """Enter on a line of the history."""
    profile.hands.table("历史").selectRow(place)
    profile.hands.qtbot.keyClick(profile.hands.table("历史"), Qt.Key.Key_Return)


def menu(profile, word, place=0):
    """A word of the menu of a line."""
    table = profile.hands.table("历史")
    table.selectRow(place)
    (action,) = [action for action in table.actions() if action.text() == word]
    assert action.isEnabled()
    action.trigger()


def only(profile, kind):
    """The history narrowed to one kind."""
    profile.choose("类别", kind)


def test_enter_on_an_order_amends_it_with_everything_that_stands_there(profile):
    profile.answer("记进厂", main="保存", 委托书号="RO1", 结算金额="1280.50", 维修项目="更换刹车片")
    only(profile, "进厂")
    enter_on(profile)
    profile.fill_in("保存", 结算金额="980")
    (row,) = profile.office.visits.of_customer(profile.id)
    assert (row.draft.order_number, row.draft.items, row.draft.amount_fen) == ("RO1", "更换刹车片", 98000)
    assert "进厂已保存" in profile.hands.said()


def test_what_an_order_says_and_no_field_asks_survives_an_amendment(profile):
    car = profile.office.customers.profile(profile.id).draft.vehicles[0].id
    profile.office.visits.register(car, VisitDraft(day(-1), technician="吴晓东", amount_fen=5), act())
    only(profile, "进厂")
    enter_on(profile)
    profile.fill_in("保存", 维修类别="保养")
    (row,) = profile.office.visits.of_customer(profile.id)
    assert (row.draft.technician, row.draft.amount_fen, row.draft.kind) == ("吴晓东", 5, "保养")


def test_a_payment_that_was_due_is_said_to_be_made(profile):
    profile.answer("记付款", main="保存", 付款金额="560", 付款日期="", 应付日期="2026-11-20")
    only(profile, "付款")
    enter_on(profile)
    profile.fill_in("保存", 付款日期="2026-11-21")
    (row,) = profile.office.dealings.payments(profile.id)
    assert (row.draft.amount_fen, row.draft.paid_on) == (56000, day(0))


def test_a_contract_is_amended_by_the_menu_of_its_line(profile):
    profile.answer("记合同", main="保存", 合同类型="保养套餐", 合同编号="HT-7")
    only(profile, "合同")
    menu(profile, "修改")
    profile.fill_in("保存", 合同编号="HT-8")
    (row,) = profile.office.dealings.contracts(profile.id)
    assert (row.draft.kind, row.draft.number) == ("保养套餐", "HT-8")


@pytest.mark.parametrize(
    ("kind", "button", "typed", "rows"),
    [
        ("进厂", "记进厂", {"委托书号": "RO1"}, "visits.of_customer"),
        ("付款", "记付款", {"付款金额": "560"}, "dealings.payments"),
        ("合同", "记合同", {"合同类型": "延保"}, "dealings.contracts"),
    ],
)
def test_what_was_typed_by_mistake_is_taken_back_with_a_reason(profile, kind, button, typed, rows):
    profile.answer(button, main="保存", **typed)
    only(profile, kind)
    menu(profile, "撤回")
    profile.fill_in("撤回", 原因="")
    assert "写明原因" in profile.hands.said()
    profile.fill_in("撤回", 原因="记到别人名下了")
    assert attrgetter(rows)(profile.office)(profile.id) == []
    assert lines(profile) == []
    assert f"{kind}已撤回" in profile.hands.said()


def test_lines_nobody_typed_are_neither_amended_nor_taken_back(profile):
    profile.office.profiles.move_stage(profile.id, "成交", act())
    profile.hands.page.show_customer(profile.id)
    only(profile, "分类")
    table = profile.hands.table("历史")
    table.selectRow(0)
    assert not any(action.isEnabled() for action in table.actions())
    enter_on(profile)
    assert QApplication.activeModalWidget() is None


def test_a_sign_is_noted_in_the_customers_own_file_and_settled_by_enter(profile):
    profile.answer("记苗头", main="保存", 发现了什么="结账时脸色不好")
    (sign,) = profile.office.signs.rows()
    assert (sign.what, sign.customer_id, sign.vehicle_id) == ("结账时脸色不好", profile.id, None)
    only(profile, "苗头")
    enter_on(profile)
    profile.fill_in("保存", 补救="送洗车券，客户接受")
    assert profile.office.signs.rows() == []
    assert lines(profile) == ["已补救：结账时脸色不好；补救：送洗车券，客户接受"]
