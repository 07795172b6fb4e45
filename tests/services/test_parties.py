"""Who a complaint is about: somebody in the files is found again, a stranger gets a file, an owner stays an owner."""

import pytest

from crm_desktop.domain.customers import ContactDraft
from crm_desktop.domain.imports import ImportedCustomer, ImportKind
from crm_desktop.services.parties import Party
from tests.makers import PHONE, PLATE, VIN, act, anonymous, complaint, customer, registered, vehicle


@pytest.fixture
def owner(office):
    """曾小明, who owns 沪A8K231; his id."""
    return office.customers.register(customer(), act())[0]


def case_of(office, **typed):
    """The case of a complaint just registered."""
    return office.cases.case(registered(office, **typed).number)


def count(office, table):
    """How many rows a table has."""
    return office.desk.rows(f"SELECT COUNT(*) FROM {table}")[0][0]


def test_a_stranger_gets_a_file_with_his_car(office):
    case = case_of(office)
    profile = office.customers.profile(case.customer_id)
    assert (profile.draft.name, profile.draft.contacts[0].value) == ("曾小明", PHONE)
    assert [car.plate for car in profile.draft.vehicles] == [PLATE]


def test_who_comes_again_is_found_by_phone_and_name(office, owner):
    assert case_of(office, plate="").customer_id == owner
    assert count(office, "customers") == 1


def test_a_phone_alone_finds_its_customer(office, owner):
    assert case_of(office, customer_name="", plate="").customer_id == owner


def test_of_two_with_one_phone_the_one_whose_car_stands_here_is_meant(office, owner):
    wife = customer(name="李四", vehicles=(vehicle(plate="沪B00001", vin=""),))
    second = office.customers.register(wife, act())[0]
    assert case_of(office, customer_name="", plate="沪B00001").customer_id == second
    assert case_of(office, customer_name="", plate="").customer_id == owner


def test_another_name_with_the_same_phone_begins_a_file_of_its_own(office, owner):
    case = case_of(office, customer_name="李四", plate="")
    assert case.customer_id != owner
    assert count(office, "customers") == 2


def test_a_plate_alone_finds_car_and_owner(office, owner):
    case = office.cases.case(office.complaints.register(anonymous(plate=PLATE), act()).number)
    assert (case.customer_id, case.vin) == (owner, VIN)


def test_who_brings_somebody_elses_car_does_not_become_its_owner(office, owner):
    case = case_of(office, customer_name="李四", phone="13900000001", brought_by="李四")
    assert case.customer_name == "李四"
    car = office.customers.profile(owner).draft.vehicles[0]
    assert (car.plate, car.brought_by) == (PLATE, "李四")


def test_the_owners_name_with_another_phone_is_still_the_owner_of_that_car(office, owner):
    assert case_of(office, phone="13900000001").customer_id == owner


def test_a_number_told_at_the_counter_is_added_and_the_first_one_stays_first(office, owner):
    case = case_of(office, phone="02159901234")
    assert [(c.value, c.kind) for c in office.customers.profile(owner).draft.contacts] == [
        (PHONE, "手机"),
        ("02159901234", "座机"),
    ]
    assert case.phone == PHONE


def test_a_customer_known_by_his_number_only_gets_his_name_when_he_tells_it(office):
    first = case_of(office, customer_name="")
    second = case_of(office)
    assert (first.customer_id, second.customer_name) == (second.customer_id, "曾小明")
    assert [hit.title for hit in office.search.find("zxm")] == ["曾小明"]


def test_a_namesake_with_another_car_is_another_customer(office, owner):
    assert case_of(office, phone="13900000001", plate="沪B12345").customer_id != owner


def test_a_removed_number_finds_nobody(office, owner):
    office.customers.amend(owner, 1, customer(contacts=(ContactDraft("13900000001"),), vehicles=()), act())
    assert case_of(office, customer_name="李四", plate="").customer_id != owner


def test_a_car_is_known_by_its_vin_even_with_a_new_plate(office, owner):
    case = case_of(office, plate="沪C00001", vin=VIN)
    assert count(office, "vehicles") == 1
    assert case.plate == PLATE


def test_vin_and_mileage_told_at_the_counter_are_added_to_the_car(office):
    registered(office)
    registered(office, vin=VIN, mileage=32100)
    registered(office, mileage=100)
    assert office.desk.rows("SELECT vin, mileage FROM vehicles") == [(VIN, 32100)]


def test_a_car_of_nobody_gets_its_first_owner(office):
    office.complaints.register(anonymous(plate=PLATE), act())
    case = case_of(office)
    assert office.desk.rows("SELECT customer_id FROM vehicles") == [(case.customer_id,)]


def test_somebody_chosen_from_the_list_is_taken_whatever_was_typed(office, owner):
    second, _ = office.customers.register(customer(name="曾小明", contacts=(), vehicles=()), act())
    assert case_of(office, customer_id=second).customer_id == second


def test_a_chosen_car_of_an_owner_with_two_is_the_one(office, owner):
    other = office.customers.add_vehicle(owner, vehicle(plate="沪B12345", vin=""), act())
    case = case_of(office, customer_id=owner, vehicle_id=other, plate="")
    assert (case.vehicle_id, case.plate) == (other, "沪B12345")


def test_two_complaints_of_one_customer_make_one_file(office):
    office.complaints.register(complaint(), act())
    office.complaints.register(complaint(), act())
    assert (count(office, "customers"), count(office, "contacts"), count(office, "vehicles")) == (1, 1, 1)


def test_a_wrong_car_is_exchanged_with_a_reason_and_both_plates_stay_in_history(office):
    saved = registered(office)
    party = Party(plate="沪B54321")
    office.complaints.identify(saved.number, saved.ver, party, act(), "车牌听错")
    changed = [
        line for line in office.cases.history(saved.number) if line.reason == "车牌听错" and line.field == "车辆"
    ]
    assert [(bool(line.old), "54321" in line.new) for line in changed] == [(True, True)]


def test_who_comes_by_the_name_of_a_merged_file_is_the_one_it_went_into(office, owner):
    other, _ = office.customers.register(customer(name="曾晓明", vehicles=()), act())
    office.merging.merge(owner, other, "同一人", act())
    saved = registered(office, customer_name="曾晓明")
    assert office.cases.case(saved.number).customer_id == owner
    assert office.customers.count() == 1


def test_the_list_of_the_old_system_knows_a_merged_file_by_name_and_number(office, owner):
    for number, name in (("C7", "曾晓明"), ("C8", "曾明")):
        row = ImportedCustomer(row=2, digest=number, owner_number=number, name=name, phones=("13900001111",))
        office.imports.run(ImportKind.CUSTOMERS, [row], "车主.xlsx", act())
    first, second = sorted(set(office.customers.ids()) - {owner})
    office.merging.merge(second, first, "同一人", act())
    office.merging.merge(owner, second, "同一人", act())
    rows = [
        ImportedCustomer(row=2, digest="a", owner_number="C7", name="曾晓明"),
        ImportedCustomer(row=3, digest="b", name="曾明", phones=("13900001111",)),
    ]
    office.imports.run(ImportKind.CUSTOMERS, rows, "车主.xlsx", act())
    assert office.customers.ids() == [owner]
