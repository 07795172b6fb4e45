"""返修: orders that point back to their complaint, and the cars in the workshop."""

from dataclasses import replace

import pytest

from crm_desktop.domain.errors import ChangedMeanwhile, InvalidInput, NotAllowed, NotFound
from crm_desktop.domain.reworks import ReworkDraft
from tests.makers import act, day, director, registered, rework


@pytest.fixture
def number(office):
    """The number of a complaint just registered."""
    return registered(office).number


def test_a_rework_points_back_to_its_complaint(office, number):
    draft = ReworkDraft("内返", "RO2", day(-1), None, "陆师傅", "", "更换阀体", "", "阀体总成 1 件")
    office.reworks.register(number, draft, act())
    row = office.reworks.of_complaint(number)[0]
    assert (row.complaint_number, row.plate, row.customer_name, row.draft) == (number, "沪A8K231", "曾小明", draft)


def test_a_complaint_may_have_many_reworks_in_their_order(office, number):
    for order in ("RO1", "RO2", "RO3"):
        office.reworks.register(number, ReworkDraft(order_number=order), act())
    assert [row.draft.order_number for row in office.reworks.of_complaint(number)] == ["RO1", "RO2", "RO3"]


def test_a_finished_car_leaves_the_workshop(office, number):
    made = office.reworks.register(number, rework(came_on=day(-3)), act())
    assert [row.id for row in office.reworks.in_workshop()] == [made]
    row = office.reworks.of_complaint(number)[0]
    assert office.reworks.amend(made, row.ver, replace(row.draft, finished_on=day(0)), act()) == 2
    assert office.reworks.in_workshop() == []


def test_the_car_that_is_longest_in_the_workshop_comes_first(office, number):
    ids = [office.reworks.register(number, rework(came_on=day(ago)), act()) for ago in (-1, -5, -3)]
    assert [row.id for row in office.reworks.in_workshop()] == [ids[1], ids[2], ids[0]]
    assert [row.id for row in office.reworks.fetch(office.reworks.ids()[:2])] == [ids[2], ids[1]]


def test_a_rework_typed_for_an_earlier_day_is_measured_by_the_day_of_typing(office, number):
    with pytest.raises(InvalidInput):
        office.reworks.register(number, rework(came_on=day(0)), act("2026-11-20 09:00"))


def test_a_void_complaint_gets_no_rework(office, number):
    office.complaints.void(number, 1, director(), "打错电话")
    with pytest.raises(NotAllowed, match="已作废"):
        office.reworks.register(number, rework(), act())


def test_a_rework_of_no_complaint_is_refused(office):
    with pytest.raises(NotFound):
        office.reworks.register("TS1", rework(), act())


def test_a_rework_that_somebody_else_saved_first_is_not_overwritten(office, number):
    made = office.reworks.register(number, rework(), act())
    office.reworks.amend(made, 1, rework(result="修好"), act())
    with pytest.raises(ChangedMeanwhile):
        office.reworks.amend(made, 1, rework(result="没修好"), act())
