"""Reworks: kinds, and days in an order that can be."""

import pytest

from crm_desktop.domain.errors import InvalidInput
from crm_desktop.domain.reworks import ReworkDraft, ReworkKind, checked_rework
from tests.makers import TODAY, day, faults, rework


def refused(draft: ReworkDraft) -> list[str]:
    """The fields for which a rework is refused."""
    with pytest.raises(InvalidInput) as refusal:
        checked_rework(draft, TODAY)
    return list(faults(refusal))


def test_a_rework_came_in_today_unless_told_otherwise():
    assert checked_rework(rework(), TODAY) == rework(kind=ReworkKind.EXTERNAL, came_on=TODAY)


@pytest.mark.parametrize("told", [{}, {"came_on": day(-1), "finished_on": TODAY}, {"items": " ", "inspector": "丁伟"}])
def test_a_rework_that_says_nothing_is_refused_with_a_sentence(told):
    with pytest.raises(InvalidInput, match="请写返修做什么，或填返修委托书号。") as refusal:
        checked_rework(ReworkDraft(**told), TODAY)
    assert list(faults(refusal)) == ["items"]


def test_a_car_cannot_come_tomorrow():
    assert refused(rework(came_on=day(1))) == ["came_on"]


@pytest.mark.parametrize("finished", [day(-3), day(1)])
def test_a_car_is_finished_between_coming_in_and_today(finished):
    assert refused(rework(came_on=day(-2), finished_on=finished)) == ["finished_on"]


@pytest.mark.parametrize("finished", [day(-2), day(0)])
def test_a_car_may_be_finished_on_the_day_it_came_or_today(finished):
    assert checked_rework(rework(came_on=day(-2), finished_on=finished), TODAY).finished_on == finished


def test_an_unknown_kind_is_refused():
    assert refused(rework(kind="返工")) == ["kind"]


def test_what_was_typed_is_cleaned():
    checked = checked_rework(ReworkDraft(order_number=" RO 1 ", items="换\x00件\r\n试车"), TODAY)
    assert (checked.order_number, checked.items) == ("RO 1", "换件\n试车")
