"""Whose customer somebody is, and what every file lacks."""

import pytest

from crm_desktop.domain.completeness import Gap
from crm_desktop.domain.customers import ContactDraft
from crm_desktop.domain.errors import InvalidInput
from crm_desktop.domain.profile import Block, FactsDraft
from crm_desktop.domain.staff import Role
from crm_desktop.services.owners import OwnerCount
from tests.makers import act, customer, vehicle
from tests.services.profile_world import known


@pytest.fixture
def three(office):
    """Three customers, the first two of 梁晓雯. Their ids."""
    ids = [known(office, vehicles=(vehicle(plate=f"沪B0000{i}", vin=""),))[0] for i in range(3)]
    office.owners.assign(ids[:2], "梁晓雯", act(), region="市区")
    return ids


def test_customers_are_given_to_a_colleague_and_back(office, three):
    assert office.owners.ids("梁晓雯") == [three[1], three[0]]
    assert office.owners.ids() == [three[2]]
    assert office.profiles.facts(three[0]).draft.region == "市区"
    assert office.owners.assign(three[:1], "", act()) == 1
    assert office.owners.ids() == [three[2], three[0]]


def test_everything_of_somebody_who_leaves_goes_to_another(office, three):
    assert office.owners.hand_over("梁晓雯", "赵一鸣", act(), "离职") == 2
    assert office.owners.counts() == [OwnerCount("", 1, False), OwnerCount("赵一鸣", 2, False)]
    assert [f for f in office.upkeep.check() if f.trouble] == []


def test_pages_of_owners_follow_each_other(office, three):
    first = office.owners.ids("梁晓雯", size=1)
    assert first + office.owners.ids("梁晓雯", first[-1], 1) == office.owners.ids("梁晓雯")


def test_a_hand_over_wants_a_reason_and_two_people(office, three):
    with pytest.raises(InvalidInput, match="写明原因"):
        office.owners.hand_over("梁晓雯", "赵一鸣", act(), " ")
    with pytest.raises(InvalidInput, match="另一位"):
        office.owners.hand_over("梁晓雯", "梁晓雯", act(), "离职")


def test_only_people_who_work_here_look_after_customers(office, three):
    office.staff.add("赵一鸣", (Role.ADVISER,), act())
    assert office.owners.assign(three, "赵一鸣", act()) == 3
    with pytest.raises(InvalidInput, match="没有“梁晓雯”"):
        office.owners.assign(three, "梁晓雯", act())


def test_another_owners_customer_is_warned_of(office, three):
    assert "梁晓雯的客户" in office.owners.warning(three[0], "赵一鸣")
    assert office.owners.warning(three[0], "梁晓雯") == ""
    assert office.owners.warning(three[2], "赵一鸣") == ""


def test_gaps_are_counted_listed_and_told_of_one_file(office, three):
    landline, _ = office.customers.register(
        customer(contacts=(ContactDraft("02159904321", "座机"),), vehicles=()), act()
    )
    assert office.gaps.counts() == {
        Gap.NO_MOBILE: 1,
        Gap.NO_VIN: 3,
        Gap.NOT_CHECKED: 4,
        Gap.NO_CAR: 1,
        Gap.NO_CONSENT: 4,
        Gap.NO_OWNER: 2,
    }
    assert office.gaps.ids(Gap.NO_MOBILE) == [landline]
    assert office.gaps.ids(Gap.NO_VIN, size=2) + office.gaps.ids(Gap.NO_VIN, three[1], 2) == three[::-1]
    assert Gap.NO_CAR in office.gaps.of(landline).gaps


def test_a_file_gets_better_as_it_is_worked_on(office):
    found, _ = known(office)
    before = office.gaps.of(found).percent
    office.profiles.amend_facts(found, 1, FactsDraft(contact_consent="同意"), act())
    office.profiles.confirm_checked(found, Block.BASICS, act())
    assert office.gaps.of(found).percent > before
    assert office.gaps.ids(Gap.NOT_CHECKED) == []


def test_a_year_later_it_was_checked_too_long_ago(office, monkeypatch):
    found, _ = known(office)
    office.profiles.confirm_checked(found, Block.CONTACTS, act("2025-11-20T10:00:00"))
    assert office.gaps.ids(Gap.NOT_CHECKED) == [found]
