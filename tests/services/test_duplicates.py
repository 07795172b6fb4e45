"""Two files that look like one customer: found from the list and from one file alike, left out and brought back."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from crm_desktop.domain.customers import ContactDraft
from crm_desktop.domain.errors import InvalidInput, NotFound
from crm_desktop.services.office import Office, open_office
from tests.makers import PHONE, act, customer, vehicle

FILES = st.fixed_dictionaries(
    {
        "name": st.sampled_from(["王强", "王墙", "李梅", ""]),
        "phone": st.sampled_from([PHONE, "13800005522", "13700005521", "02159904321"]),
        "plate": st.sampled_from(["", "沪A12345", "沪B67890"]),
        "address": st.sampled_from(["", "新村路 9 号", "曹杨路 188 弄 1 号"]),
    }
)


def filed(office: Office, name: str, phone: str = PHONE, plate: str = "", address: str = "") -> int:
    """A customer with one number, and a car if it is named."""
    cars = (vehicle(plate=plate, vin=""),) if plate else ()
    draft = customer(name=name, contacts=(ContactDraft(phone),), vehicles=cars, address=address)
    return office.customers.register(draft, act())[0]


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(told=st.lists(FILES, min_size=2, max_size=6))
def test_one_file_knows_the_pairs_the_whole_list_knows_of_it(tmp_path_factory, told: list[dict[str, Any]]) -> None:
    office = open_office(tmp_path_factory.mktemp("home"))
    ids = [filed(office, **words) for words in told]
    pairs = office.duplicates.pairs()
    for own in ids:
        whole = [pair for pair in pairs if own in (pair.kept.id, pair.merged.id)]
        assert sorted(map(repr, office.duplicates.of(own))) == sorted(map(repr, whole))
    office.desk.close()


def test_a_name_half_the_town_has_hides_nobody_with_the_same_number(office: Office) -> None:
    for number in range(60):
        filed(office, "张伟", f"139000{number:05}")
    one, other = filed(office, "张伟"), filed(office, "张玮")
    assert [pair.merged.id for pair in office.duplicates.of(one)] == [other]


def test_a_pair_picked_by_hand_is_told_with_what_it_has_in_common_or_nothing(office: Office) -> None:
    one, other, third = filed(office, "王强"), filed(office, "李梅", "13900001111"), filed(office, "王墙")
    assert office.duplicates.pair(other, one).likeness.reasons == ()
    assert office.duplicates.pair(third, one).kept.id == one
    with pytest.raises(InvalidInput, match="两份不同"):
        office.duplicates.pair(one, one)
    office.merging.merge(one, third, "同一人", act())
    with pytest.raises(NotFound, match="已经并入"):
        office.duplicates.pair(one, third)


def test_a_pair_left_out_is_listed_and_can_be_brought_back(office: Office) -> None:
    one, other = filed(office, "王强"), filed(office, "王墙")
    office.duplicates.dismiss(one, other, act())
    (left_out,) = office.duplicates.dismissed()
    assert (left_out.one_name, left_out.other_name, left_out.who) == ("王强", "王墙", act().who)
    office.duplicates.restore(left_out.id, act())
    assert office.duplicates.dismissed() == []
    assert len(office.duplicates.pairs()) == 1
    with pytest.raises(NotFound, match="已经恢复"):
        office.duplicates.restore(left_out.id, act())
    office.duplicates.dismiss(one, other, act())
    assert office.duplicates.pairs() == []


def test_a_pair_of_which_one_was_merged_since_is_left_out_of_that_list_too(office: Office) -> None:
    one, other, third = filed(office, "王强"), filed(office, "王墙"), filed(office, "王强")
    office.duplicates.dismiss(one, other, act())
    office.merging.merge(third, other, "同一人", act())
    assert office.duplicates.dismissed() == []
