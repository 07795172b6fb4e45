"""The warranty of one car as the files tell it."""

from dataclasses import replace

import pytest

from crm_desktop.domain.errors import InvalidInput
from crm_desktop.domain.warranty import CoverState, Level, RepairKind, Terms, WarrantyRepair
from crm_desktop.services.warranties import CarTerms
from tests.makers import act, at, day
from tests.services.profile_world import known, visit

REPAIR = WarrantyRepair(at("2026-11-10 09:00"), at("2026-11-10 17:00"), "转向异响", RepairKind.SAFETY, mileage=31000)


def car(office, **changes):
    """A car bought a year ago."""
    _, found = known(office)
    office.warranties.set_terms(found, 1, CarTerms(**{"invoiced_on": day(-365), **changes}), act())
    return found


def test_a_car_without_a_day_is_covered_nobody_knows_until_when(office):
    _, found = known(office)
    assert {cover.state for cover in office.warranties.view(found).covers} == {CoverState.UNKNOWN}


def test_the_delivery_counts_and_the_makers_own_terms_go_beyond_the_law(office):
    found = car(office, delivered_on=day(-360), terms=Terms(exchange_months=36))
    view = office.warranties.view(found)
    assert view.covers[1].until == day(-360).replace(year=day(-360).year + 3)
    assert view.car.terms == Terms(exchange_months=36)


def test_a_repair_counts_until_it_is_taken_back(office):
    found = car(office)
    office.warranties.record(found, REPAIR, act())
    second = office.warranties.record(found, replace(REPAIR, settled=False), act())
    assert office.warranties.view(found).counters[0].level is Level.REACHED
    office.warranties.take_back(second, "记重了", act())
    assert office.warranties.view(found).counters[0].level is Level.NEAR
    assert [f for f in office.upkeep.check() if f.trouble] == []


def test_a_repair_outside_the_period_counts_for_nothing(office):
    found = car(office, invoiced_on=day(-1500))
    office.warranties.record(found, REPAIR, act())
    assert office.warranties.view(found).counters == ()


def test_a_repair_is_finished_later(office):
    found = car(office)
    kept = office.warranties.record(found, replace(REPAIR, finished_at=None), act())
    assert office.warranties.view(found).counters[-1].name == "本次修理"
    office.warranties.amend(kept, REPAIR, act())
    assert office.warranties.view(found).repairs[0].finished_at == REPAIR.finished_at


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"problem": " "}, "problem"),
        ({"kind": "小毛病"}, "kind"),
        ({"system": "空调"}, "system"),
        ({"came_at": at("2027-01-01 09:00"), "finished_at": None}, "came_at"),
        ({"finished_at": at("2026-11-01 09:00")}, "finished_at"),
        ({"excluded_minutes": -1}, "excluded_minutes"),
    ],
)
def test_a_repair_that_cannot_be_is_refused_at_its_field(office, changes, field):
    found = car(office)
    with pytest.raises(InvalidInput) as refused:
        office.warranties.record(found, replace(REPAIR, **changes), act())
    assert list(refused.value.fields) == [field]


def test_the_last_order_is_answered_for(office):
    _, found = known(office)
    visit(office, day(-40))
    visit(office, day(-3))
    last = office.warranties.view(found).last_order
    assert (last.order.left_on, last.in_force) == (day(-3), True)
