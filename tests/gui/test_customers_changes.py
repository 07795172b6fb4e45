"""Two people in one file: who changed a field alone wins, what both changed is told and the typed word stays."""

from __future__ import annotations

from dataclasses import replace

import pytest

from crm_desktop.domain.customers import ContactDraft, CustomerDraft, VehicleDraft
from crm_desktop.gui.customers.changes import met
from tests.gui.customers_room import entered, file_of
from tests.makers import PHONE, act

HOME, OFFICE = ContactDraft(PHONE, id=1), ContactDraft("13900000001", id=2)
CAR = VehicleDraft(plate="沪A8K231", mileage=100, id=1)
BASE = CustomerDraft(name="曾小明", contacts=(HOME, OFFICE), vehicles=(CAR,))


def changed(**changes):
    """The file with other values."""
    return replace(BASE, **changes)


def test_who_changed_a_field_alone_wins():
    both = met(BASE, changed(address="甲路"), changed(notes="上午方便"))
    assert (both.draft.address, both.draft.notes, both.clashes) == ("甲路", "上午方便", ())


def test_what_both_changed_keeps_the_typed_word_and_tells_the_stored_one():
    both = met(BASE, changed(address="甲路"), changed(address="乙路"))
    assert (both.draft.address, both.clashes) == ("甲路", (("address", "地址现在是“乙路”"),))


def test_the_same_change_twice_is_no_clash():
    assert met(BASE, changed(address="甲路"), changed(address="甲路")).clashes == ()


def test_a_contact_added_meanwhile_joins_those_typed_here():
    mine = changed(contacts=(HOME, OFFICE, ContactDraft("1")))
    both = met(BASE, mine, changed(contacts=(HOME, OFFICE, ContactDraft("2", id=3))))
    assert [c.value for c in both.draft.contacts] == [PHONE, "13900000001", "1", "2"]


@pytest.mark.parametrize(
    ("mine", "left"),
    [((HOME, OFFICE), [1]), ((HOME, replace(OFFICE, name="办公室")), [1, None]), ((OFFICE,), [])],
    ids=["untouched", "written into", "removed the other one"],
)
def test_a_contact_removed_meanwhile_goes_unless_it_was_written_into(mine, left):
    both = met(BASE, changed(contacts=mine), changed(contacts=(HOME,)))
    assert [c.id for c in both.draft.contacts] == left


def test_a_car_changed_by_both_is_told_by_its_plate():
    mine, stored = replace(CAR, mileage=200), replace(CAR, mileage=300, colour="白")
    both = met(BASE, changed(vehicles=(mine,)), changed(vehicles=(stored,)))
    assert both.draft.vehicles == (replace(CAR, mileage=200, colour="白"),)
    assert both.clashes == (("", "沪A·8K231 的行驶里程现在是“300”"),)


@pytest.fixture
def room(qtbot, office):
    """The room, with nothing in the files yet."""
    return entered(qtbot, office)


@pytest.fixture
def two(room, office):
    """A file on the desk into which an address was typed; somebody else saves something else first."""
    number = file_of(office)
    room.page.show_customer(number)
    room.fill("地址", "甲路")

    def save_first(**changes):
        profile = office.customers.profile(number)
        office.customers.amend(number, profile.ver, replace(profile.draft, **changes), act(who="袁丽"))

    return room, save_first, lambda: office.customers.profile(number).draft


def test_a_file_saved_by_somebody_else_first_is_shown_and_nothing_typed_is_lost(two):
    room, save_first, stored = two
    save_first(address="乙路", notes="上午方便")
    room.save()
    assert room.said() == "这位客户刚被别人改过：地址现在是“乙路”。您填的都还在，请看过再按保存。"
    assert (room.field("地址").typed(), room.field("备注").typed()) == ("甲路", "上午方便")
    assert stored().address == "乙路"
    room.save()
    assert (stored().address, stored().notes) == ("甲路", "上午方便")


def test_a_contact_that_somebody_else_added_is_not_lost_by_saving(two):
    room, save_first, stored = two
    save_first(contacts=(*stored().contacts, ContactDraft("13900000002")))
    room.save()
    assert "已合并进来" in room.said()
    room.save()
    assert [c.value for c in stored().contacts] == [PHONE, "13900000002"]
    assert stored().address == "甲路"
