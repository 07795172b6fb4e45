"""Orders, payments and contracts typed where the history of a customer is read."""

from __future__ import annotations

import pytest

from crm_desktop.domain.errors import InvalidInput
from crm_desktop.gui.customers.dealing_questions import fen_of
from tests.gui.test_customers_profile import Profile
from tests.makers import day


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
