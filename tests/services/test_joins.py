"""One thing is written once and counted once."""

from __future__ import annotations

import pytest

from crm_desktop.domain.errors import InvalidInput, NotAllowed
from crm_desktop.services.joins import Links
from crm_desktop.services.office import Office
from tests.makers import PHONE, PLATE, TODAY, act, closed, director, registered, vehicle
from tests.services.profile_world import known
from tests.services.records import filed


def two(office: Office) -> tuple[str, str]:
    """One event told at the counter and over the hotline."""
    return registered(office).number, registered(office, channel="400热线", words="变速箱顿挫，打了400").number


@pytest.mark.parametrize(
    ("typed", "why"),
    [
        ({"phone": "138-0000-5521"}, "电话相同"),
        ({"plate": "沪A·8K231"}, "车牌相同"),
        ({"vin": "lsvab4188n2004204"}, "VIN 相同"),
    ],
)
def test_an_open_complaint_is_offered_by_phone_plate_and_vin(office: Office, typed: dict[str, str], why: str) -> None:
    known(office, vehicles=(vehicle(),))
    saved = registered(office)
    (offer,) = office.joins.offers(**typed)
    assert (offer.number, offer.why, offer.words) == (saved.number, why, "变速箱一顿一顿")


def test_a_chosen_customer_or_car_is_enough(office: Office) -> None:
    case = office.cases.case(registered(office).number)
    assert [o.why for o in office.joins.offers(customer_id=case.customer_id)] == ["同一位客户"]
    assert [o.why for o in office.joins.offers(vehicle_id=case.vehicle_id)] == ["同一辆车"]


def test_closed_complaints_and_strangers_are_not_offered(office: Office) -> None:
    closed(office)
    assert office.joins.offers(phone=PHONE, plate=PLATE) == []
    assert office.joins.offers() == []


def test_new_words_join_the_old_ones_with_their_time_and_way(office: Office) -> None:
    saved = registered(office)
    office.joins.join(saved.number, "又打电话来催", act(), "400热线")
    words = office.cases.case(saved.number).fields["words"]
    assert words == "变速箱一顿一顿\n【2026-11-21 14:00 再次反映，400热线】又打电话来催"
    assert office.registers.count(TODAY, TODAY) == 1


def test_nothing_said_or_a_closed_complaint_is_not_joined(office: Office) -> None:
    with pytest.raises(InvalidInput, match="客户这次说了什么"):
        office.joins.join(registered(office).number, " ", act())
    with pytest.raises(NotAllowed, match="另建一张"):
        office.joins.join(closed(office, plate="沪B12345").number, "又来了", act())


def test_one_event_over_two_channels_counts_once_and_keeps_both_clocks(office: Office) -> None:
    counter, hotline = two(office)
    office.joins.link(hotline, counter, "同一次顿挫，客户又打了热线", act())
    month = office.monthly.of("2026-11")
    figures = {figure.label: figure.text for figure in month.overview}
    assert (figures["抱怨/投诉件数"], figures["同一事件并计"]) == ("1", "1")
    assert office.registers.count(TODAY, TODAY) == 1
    assert all(office.clocks.milestones_of(number) for number in (counter, hotline))
    assert [f for f in office.upkeep.check() if f.trouble] == []


def test_the_register_shows_both_under_one_number(office: Office) -> None:
    counter, hotline = two(office)
    third = registered(office, plate="沪B12345", phone="13900001111").number
    office.joins.link(hotline, counter, "同一次", act())
    rows = [(row.sequence, row.number) for row in office.registers.rows(TODAY, TODAY)]
    assert rows == [(1, counter), (1, hotline), (2, third)]
    words = [row.words for row in office.registers.rows(TODAY, TODAY)]
    assert words[1].startswith(f"【同一事件，计入 {counter}】")


def test_links_are_told_from_both_sides_and_taken_back(office: Office) -> None:
    counter, hotline = two(office)
    office.joins.link(hotline, counter, "同一次", act())
    assert office.joins.links(hotline) == Links(counter, ())
    assert office.joins.links(counter) == Links("", (hotline,))
    office.joins.unlink(hotline, "两回事", act())
    assert office.joins.links(hotline) == Links("", ())
    office.joins.link(hotline, counter, "还是同一次", act())
    assert office.joins.links(counter).others == (hotline,)


def test_a_chain_leads_to_the_one_that_counts(office: Office) -> None:
    counter, hotline = two(office)
    third = registered(office, channel="消协").number
    office.joins.link(hotline, counter, "同一次", act())
    office.joins.link(third, hotline, "同一次", act())
    assert office.joins.links(counter).others == (hotline, third)
    with pytest.raises(InvalidInput, match="不能互相并计"):
        office.joins.link(counter, hotline, "同一次", act())


def test_what_cannot_be_linked(office: Office) -> None:
    counter, hotline = two(office)
    with pytest.raises(InvalidInput, match="为什么是同一事件"):
        office.joins.link(hotline, counter, "", act())
    with pytest.raises(InvalidInput, match="写明原因"):
        office.joins.unlink(hotline, "错了", act())
    office.joins.link(hotline, counter, "同一次", act())
    with pytest.raises(NotAllowed, match="反过来"):
        office.joins.link(counter, registered(office, channel="消协").number, "同一次", act())


def test_a_void_complaint_is_not_counted_with_another(office: Office) -> None:
    counter, hotline = two(office)
    ver = office.cases.case(hotline).ver
    office.complaints.void(hotline, ver, director(), "重复登记")
    with pytest.raises(NotAllowed, match="作废"):
        office.joins.link(hotline, counter, "同一次", act())


def test_a_filed_complaint_is_counted_as_it_was_filed(office: Office) -> None:
    number = filed(office).number
    with pytest.raises(NotAllowed):
        office.joins.link(number, registered(office, plate="沪B12345").number, "同一次", act())
