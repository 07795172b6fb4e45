"""Customers and cars as typed: what is cleaned, what is refused."""

import pytest

from crm_desktop.domain.customers import (
    ContactDraft,
    ContactKind,
    CustomerDraft,
    checked_customer,
    checked_vehicle,
    model_text,
)
from crm_desktop.domain.errors import InvalidInput
from tests.makers import customer, faults, vehicle


def test_a_customer_needs_a_name_or_a_number():
    with pytest.raises(InvalidInput) as refused:
        checked_customer(CustomerDraft(address="文汇路1号", contacts=(ContactDraft("  "),)))
    assert list(faults(refused)) == ["name"]


def test_a_number_alone_begins_a_file():
    assert checked_customer(CustomerDraft(contacts=(ContactDraft("13800005521"),))).name == ""


def test_numbers_are_stored_in_their_one_form_and_other_addresses_as_they_are():
    contacts = (
        ContactDraft("+86 138-0000-5521"),
        ContactDraft(" 021 5990 1234 ", ContactKind.LANDLINE),
        ContactDraft("wx_Zeng-1", ContactKind.WECHAT),
    )
    checked = checked_customer(customer(contacts=contacts))
    assert [contact.value for contact in checked.contacts] == ["13800005521", "02159901234", "wx_Zeng-1"]


def test_an_empty_line_of_contacts_is_left_out():
    assert checked_customer(customer(contacts=(ContactDraft(""), ContactDraft("13800005521")))).contacts == (
        ContactDraft("13800005521"),
    )


def test_a_car_is_stored_under_its_keys():
    checked = checked_vehicle(vehicle(plate="沪a·8k231", vin=" lsvab4188n2004204", brought_by_phone="138 0000 0001"))
    assert (checked.plate, checked.vin, checked.brought_by_phone) == ("沪A8K231", "LSVAB4188N2004204", "13800000001")


@pytest.mark.parametrize("mileage", [-1, 3_000_001])
def test_a_car_cannot_have_run_less_than_nothing_or_to_the_moon_and_back(mileage):
    with pytest.raises(InvalidInput) as refused:
        checked_vehicle(vehicle(mileage=mileage))
    assert list(faults(refused)) == ["mileage"]


@pytest.mark.parametrize("name", ["name", "address", "source", "gender"])
def test_a_text_that_is_too_long_is_refused(name):
    with pytest.raises(InvalidInput, match="太长"):
        checked_customer(customer(**{name: "长" * 201}))


@pytest.mark.parametrize(
    ("words", "phrase"),
    [
        (("上汽大众", "朗逸", "朗逸 1.5L"), "上汽大众 朗逸 1.5L"),
        (("", "朗逸", ""), "朗逸"),
        (("大众", "大众", "大众"), "大众"),
        (("", "", ""), ""),
        (("上汽大众", "", "途观L 330TSI"), "上汽大众 途观L 330TSI"),
    ],
)
def test_a_car_is_named_without_saying_a_word_twice(words, phrase):
    assert model_text(*words) == phrase
