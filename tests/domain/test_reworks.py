"""Reworks: kinds, and days in an order that can be."""

import pytest

from crm_desktop.domain.errors import InvalidInput
from crm_desktop.domain.reworks import ReworkDraft, ReworkKind, checked_rework
from tests.makers import TODAY, day, faults


def refused(draft: ReworkDraft) -> list[str]:
    """The fields for which a rework is refused."""
    with pytest.raises(InvalidInput) as refusal:
        checked_rework(draft, TODAY)
    return list(faults(refusal))


def test_a_rework_came_in_today_unless_told_otherwise():
    assert checked_rework(ReworkDraft(), TODAY) == ReworkDraft(ReworkKind.EXTERNAL, came_on=TODAY)


def test_a_car_cannot_come_tomorrow():
    assert refused(ReworkDraft(came_on=day(1))) == ["came_on"]


@pytest.mark.parametrize("finished", [day(-3), day(1)])
def test_a_car_is_finished_between_coming_in_and_today(finished):
    assert refused(ReworkDraft(came_on=day(-2), finished_on=finished)) == ["finished_on"]


@pytest.mark.parametrize("finished", [day(-2), day(0)])
def test_a_car_may_be_finished_on_the_day_it_came_or_today(finished):
    assert checked_rework(ReworkDraft(came_on=day(-2), finished_on=finished), TODAY).finished_on == finished


def test_an_unknown_kind_is_refused():
    assert refused(ReworkDraft(kind="返工")) == ["kind"]


def test_what_was_typed_is_cleaned():
    checked = checked_rework(ReworkDraft(order_number=" RO 1 ", items="换\x00件\r\n试车"), TODAY)
    assert (checked.order_number, checked.items) == ("RO 1", "换件\n试车")
