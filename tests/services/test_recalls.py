"""Campaigns, the cars they are about, and which were done."""

import pytest

from crm_desktop.domain.errors import InvalidInput
from crm_desktop.domain.recalls import RecallDraft, VinRange
from tests.makers import TODAY, act, day, vehicle
from tests.services.profile_world import known

RANGES = (VinRange("LSVAB4180N2004000", "LSVAB4189N2004999"),)


def recall(office, **changes):
    """A campaign about the known car."""
    return office.recalls.register(RecallDraft(**{"title": "转向柱螺栓", "ranges": RANGES, **changes}), act())


def test_a_campaign_knows_its_cars_and_a_car_its_campaigns(office):
    _, inside = known(office)
    known(office, name="王强", vehicles=(vehicle(plate="沪B00001", vin="LSVAB4188N2009999"),))
    found = recall(office)
    assert [car.vehicle_id for car in office.recalls.cars(found)] == [inside]
    assert [row.id for row in office.recalls.of_vehicle(inside)] == [found]


def test_a_car_that_was_done_says_when(office):
    _, inside = known(office)
    found = recall(office)
    office.recalls.done(found, inside, day(-1), "WT9", act())
    assert office.recalls.of_vehicle(inside)[0].done_on == day(-1)
    assert office.recalls.cars(found)[0].done_on == day(-1)
    assert [f for f in office.upkeep.check() if f.trouble] == []


def test_a_car_outside_cannot_be_done_nor_tomorrow(office):
    _, inside = known(office)
    other = recall(office, ranges=(VinRange("LSVAB4180N2009000", "LSVAB4180N2009999"),))
    with pytest.raises(InvalidInput, match="不在这项召回的范围内"):
        office.recalls.done(other, inside, TODAY, "", act())
    with pytest.raises(InvalidInput, match="晚于今天"):
        office.recalls.done(recall(office), inside, day(1), "", act())


@pytest.mark.parametrize(
    ("changes", "asked"),
    [({"starts_on": day(1)}, 0), ({"ends_on": day(-1)}, 0), ({"starts_on": TODAY, "ends_on": TODAY}, 1)],
)
def test_a_campaign_is_asked_for_while_it_runs(office, changes, asked):
    _, inside = known(office)
    recall(office, **changes)
    assert len(office.recalls.of_vehicle(inside)) == asked


def test_a_campaign_is_changed_and_withdrawn_with_a_reason(office):
    found = recall(office)
    ver = office.recalls.amend(found, 1, RecallDraft("转向柱", RANGES, "服务活动"), act())
    assert office.recalls.rows()[0].draft.kind == "服务活动"
    with pytest.raises(InvalidInput, match="写明原因"):
        office.recalls.withdraw(found, ver, " ", act())
    office.recalls.withdraw(found, ver, "厂家取消", act())
    assert office.recalls.rows() == []
