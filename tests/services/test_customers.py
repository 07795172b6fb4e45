"""客户档案: files are begun, changed and read back; cars change hands."""

from dataclasses import replace

import pytest

from crm_desktop.domain.customers import ContactDraft, CustomerDraft
from crm_desktop.domain.errors import ChangedMeanwhile, InvalidInput, NotFound
from tests.makers import PHONE, PLATE, VIN, act, customer, day, registered, vehicle


@pytest.fixture
def file(office):
    """The profile of a customer just registered."""
    return office.customers.profile(office.customers.register(customer(), act())[0])


def saved(office, profile, **changes):
    """The profile after its file was saved with these changes."""
    draft = replace(profile.draft, **changes)
    office.customers.amend(profile.id, profile.ver, draft, act())
    return office.customers.profile(profile.id)


def test_a_file_comes_back_as_it_was_begun(office):
    draft = customer(
        gender="男", address="文汇路1号", source="本店购车", notes="上午方便",
        contacts=(ContactDraft(PHONE, name="曾小明"), ContactDraft("13900000001", name="曾妻", role="送修人")),
        vehicles=(vehicle(colour="白", bought_on=day(-900)), vehicle(plate="沪B12345", vin="")),
    )  # fmt: skip
    profile = office.customers.profile(office.customers.register(draft, act())[0])
    read = profile.draft
    assert (
        replace(
            read,
            contacts=tuple(replace(c, id=None) for c in read.contacts),
            vehicles=tuple(replace(v, id=None) for v in read.vehicles),
        )
        == draft
    )


def test_a_file_of_nobody_is_refused(office):
    with pytest.raises(InvalidInput):
        office.customers.register(CustomerDraft(), act())
    assert office.customers.count() == 0


def test_a_changed_file_has_the_next_version_and_a_line_a_field(office, file):
    profile = saved(office, file, name="张大明", address="文汇路1号")
    assert (profile.ver, profile.draft.name) == (2, "张大明")
    changed = office.desk.rows("SELECT field FROM history WHERE entity = 'customers' AND field <> ''")
    assert {field for (field,) in changed} == {"name", "name_keys", "address"}


def test_a_file_that_somebody_else_saved_first_is_not_overwritten(office, file):
    saved(office, file, notes="上午方便")
    with pytest.raises(ChangedMeanwhile):
        saved(office, file, notes="下午方便")
    assert office.customers.profile(file.id).draft.notes == "上午方便"


def test_a_number_taken_away_is_kept_but_no_longer_shown(office, file):
    profile = saved(office, file, contacts=(ContactDraft("13900000001"),))
    assert [contact.value for contact in profile.draft.contacts] == ["13900000001"]
    assert office.desk.rows("SELECT value, removed FROM contacts ORDER BY id") == [(PHONE, 1), ("13900000001", 0)]


def test_numbers_keep_the_order_in_which_they_were_saved(office, file):
    both = (ContactDraft("13900000001"), file.draft.contacts[0])
    assert saved(office, file, contacts=both).draft.contacts[0].value == "13900000001"
    assert office.customers.fetch([file.id])[0].phone == "13900000001"


def test_a_car_taken_away_keeps_its_record_without_this_owner(office, file):
    assert saved(office, file, vehicles=()).draft.vehicles == ()
    assert office.desk.rows("SELECT plate, customer_id FROM vehicles") == [(PLATE, None)]


def test_a_changed_car_stays_the_same_car(office, file):
    car = replace(file.draft.vehicles[0], colour="白", plate="沪C00001")
    assert saved(office, file, vehicles=(car,)).draft.vehicles == (car,)


def test_a_car_known_by_its_plate_changes_hands_and_keeps_what_is_on_record(office, file):
    buyer, _ = office.customers.register(customer(name="李四", contacts=(), vehicles=()), act())
    office.customers.add_vehicle(buyer, vehicle(vin="", series="", mileage=41000), act())
    car = office.customers.profile(buyer).draft.vehicles[0]
    assert (car.vin, car.series, car.mileage) == (VIN, "朗逸", 41000)
    assert office.customers.profile(file.id).draft.vehicles == ()


def test_a_new_file_takes_over_a_car_that_is_already_known(office, file):
    """Two files of one car would offer the desk a wrong owner for ever."""
    buyer, _ = office.customers.register(customer(name="李四", contacts=()), act())
    assert office.desk.rows("SELECT plate, customer_id FROM vehicles") == [(PLATE, buyer)]


def test_a_plate_that_moved_on_to_a_new_car_does_not_rename_the_old_one(office, file):
    new = vehicle(vin="LSVAB4188N2004999", model="途观L")
    office.customers.add_vehicle(file.id, new, act())
    assert office.desk.rows("SELECT plate, vin FROM vehicles") == [(PLATE, VIN), (PLATE, new.vin)]
    assert office.cases.case(registered(office).number).model == "途观L"


def test_one_more_car_is_added(office, file):
    office.customers.add_vehicle(file.id, vehicle(plate="沪B12345", vin=""), act())
    assert [car.plate for car in office.customers.profile(file.id).draft.vehicles] == [PLATE, "沪B12345"]


def test_a_customer_nobody_knows_is_not_found(office):
    with pytest.raises(NotFound):
        office.customers.profile(99)
    with pytest.raises(NotFound):
        office.customers.amend(99, 1, customer(), act())


def test_a_file_lists_its_complaints_latest_first(office, file):
    numbers = [registered(office).number for _ in range(2)]
    assert office.customers.profile(file.id).complaint_numbers == tuple(reversed(numbers))


def test_the_list_shows_who_by_which_number_with_which_cars(office, file):
    office.customers.add_vehicle(file.id, vehicle(plate="沪B12345", vin="", model="途观L"), act())
    registered(office)
    row = office.customers.fetch(office.customers.ids())[0]
    assert (row.name, row.phone, row.plates, row.models) == ("曾小明", PHONE, "沪A8K231 沪B12345", "朗逸 1.5L 途观L")
    assert (row.vehicle_count, row.complaint_count) == (2, 1)


def test_the_latest_customer_comes_first(office, file):
    later, _ = office.customers.register(customer(name="李四", vehicles=()), act())
    assert office.customers.ids() == [later, file.id]
    assert office.customers.count() == 2


def test_a_customer_without_anything_but_a_name_can_be_shown(office):
    found, _ = office.customers.register(CustomerDraft(name="李四"), act())
    row = office.customers.fetch([found])[0]
    assert (row.phone, row.plates, row.models, row.vehicle_count) == ("", "", "", 0)


def test_a_second_saver_is_told_when_only_a_phone_was_changed(office, file):
    more = (*file.draft.contacts, ContactDraft("13911112222"))
    office.customers.amend(file.id, file.ver, replace(file.draft, contacts=more), act())
    with pytest.raises(ChangedMeanwhile):
        office.customers.amend(file.id, file.ver, file.draft, act())
