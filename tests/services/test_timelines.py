"""One timeline of everything, page by page."""

import pytest

from crm_desktop.domain.dealings import ContractDraft, PaymentDraft
from crm_desktop.domain.errors import InvalidInput
from crm_desktop.domain.followups import CallDraft
from crm_desktop.domain.profile import FactsDraft
from crm_desktop.domain.reworks import ReworkDraft
from crm_desktop.services.timelines import Happening
from tests.makers import TODAY, act, at, customer, day, registered
from tests.services.profile_world import known, visit


@pytest.fixture
def busy(office):
    """A customer of whom one of everything is on file. His id."""
    found, _ = known(office)
    visit(office, day(-30))
    saved = registered(office)
    office.reworks.register(saved.number, ReworkDraft("外返", "RO1", day(-1), items="换阀体"), act())
    office.promises.make(saved.number, "下午回电", at("2026-11-21 16:00"), act())
    office.follow_ups.call(saved.number, CallDraft(satisfaction="满意", feedback="好了"), act())
    office.dealings.add_payment(found, PaymentDraft(80000, day(-30), day(-29), "微信"), act())
    office.dealings.add_contract(found, ContractDraft("保养套餐", day(-40), amount_fen=99900), act())
    office.profiles.move_stage(found, "成交", act(), day(-50))
    office.profiles.amend_facts(found, office.profiles.facts(found).ver, FactsDraft(likes="喝茶"), act())
    return found


def test_everything_stands_in_one_line_the_latest_first(office, busy):
    rows = office.timelines.page(busy).rows
    assert [row.on for row in rows] == sorted((row.on for row in rows), reverse=True)
    kinds = {Happening.VISIT, Happening.COMPLAINT, Happening.REWORK, Happening.PROMISE, Happening.CALL}
    assert {row.kind for row in rows} == kinds | {
        Happening.PAYMENT,
        Happening.CONTRACT,
        Happening.STAGE,
        Happening.CHANGE,
    }


@pytest.mark.parametrize("size", [1, 2, 3, 7])
def test_pages_of_any_size_are_the_whole_without_a_gap(office, busy, size):
    whole, rows, after = office.timelines.page(busy).rows, [], None
    while True:
        page = office.timelines.page(busy, after, size=size)
        rows += page.rows
        if page.next is None:
            break
        after = page.next
    assert tuple(rows) == whole


def test_it_is_narrowed_to_some_kinds(office, busy):
    rows = office.timelines.page(busy, kinds=("付款", "合同")).rows
    assert [(row.kind, row.title, row.amount_fen) for row in rows] == [
        (Happening.PAYMENT, "已付", 80000),
        (Happening.CONTRACT, "保养套餐", 99900),
    ]


def test_a_change_says_what_was_and_what_is(office, busy):
    (row,) = office.timelines.page(busy, kinds=("变更",)).rows
    assert (row.title, row.detail, row.who) == ("喜好", " → 喝茶", "谢文杰")


def test_another_customers_line_is_empty(office, busy):
    other, _ = office.customers.register(customer(name="王强", vehicles=(), contacts=()), act())
    assert office.timelines.page(other).rows == ()


def test_a_payment_and_a_contract_are_amended_and_taken_back(office, busy):
    (payment,), (contract,) = office.dealings.payments(busy), office.dealings.contracts(busy)
    office.dealings.amend_payment(payment.id, 1, PaymentDraft(70000, paid_on=day(-1)), act())
    office.dealings.amend_contract(contract.id, 1, ContractDraft("延保", day(-40)), act())
    assert office.dealings.payments(busy)[0].draft.amount_fen == 70000
    assert office.dealings.contracts(busy)[0].draft.kind == "延保"
    office.dealings.take_back_payment(payment.id, 2, "记错人", act())
    office.dealings.take_back_contract(contract.id, 2, "记错人", act())
    assert (office.dealings.payments(busy), office.dealings.contracts(busy)) == ([], [])
    assert [f for f in office.upkeep.check() if f.trouble] == []


@pytest.mark.parametrize(
    ("draft", "field"),
    [(PaymentDraft(0), "amount"), (PaymentDraft(1, paid_on=day(1)), "paid_on")],
)
def test_a_payment_that_cannot_be_is_refused(office, busy, draft, field):
    with pytest.raises(InvalidInput) as refused:
        office.dealings.add_payment(busy, draft, act())
    assert list(refused.value.fields) == [field]


@pytest.mark.parametrize(
    ("draft", "field"),
    [
        (ContractDraft("", day(0)), "kind"),
        (ContractDraft("延保", day(1)), "signed_on"),
        (ContractDraft("延保", day(0), ends_on=day(-1)), "ends_on"),
        (ContractDraft("延保", day(0), amount_fen=-1), "amount"),
    ],
)
def test_a_contract_that_cannot_be_is_refused(office, busy, draft, field):
    with pytest.raises(InvalidInput) as refused:
        office.dealings.add_contract(busy, draft, act())
    assert list(refused.value.fields) == [field]


def test_whoever_typed_a_payment_or_a_contract_stands_beside_it_and_how_it_was_paid_in_the_text(office):
    customer, _ = known(office)
    office.dealings.add_payment(customer, PaymentDraft(100, paid_on=TODAY, method="微信", note="定金"), act())
    office.dealings.add_contract(customer, ContractDraft("延保", TODAY), act())
    rows = office.timelines.page(customer, kinds=("付款", "合同")).rows
    assert [(row.detail, row.who) for row in rows] == [("", act().who), ("微信：定金", act().who)]
