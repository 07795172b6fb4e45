"""One box for everything: who, which car, which complaint, and why it was found."""

import pytest

from crm_desktop.domain.customers import ContactDraft
from tests.makers import PHONE, PLATE, VIN, act, anonymous, closed, customer, registered, vehicle


@pytest.fixture
def files(office):
    """曾小明 with 沪A8K231, 单丽 with 粤B12345, and one complaint of the first."""
    office.customers.register(customer(), act())
    dan = customer(
        name="单丽", contacts=(ContactDraft("02159901234", "座机"),), vehicles=(vehicle(plate="粤B12345", vin=""),)
    )
    office.customers.register(dan, act())
    registered(office, order_number="RO261121007")
    return office


def found(office, text):
    """Kind and title or number of every hit."""
    return [(hit.kind, hit.title if hit.kind == "customer" else hit.number) for hit in office.search.find(text)]


CUSTOMER, CAR, CASE = ("customer", "曾小明"), ("vehicle", PLATE), ("complaint", "TS20261121-001")


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("5521", [CUSTOMER]),
        (PHONE, [CUSTOMER]),
        ("138 0000 5521", [CUSTOMER]),
        ("小明", [CUSTOMER]),
        ("zxm", [CUSTOMER]),
        ("CXM", [CUSTOMER]),
        ("dl", [("customer", "单丽")]),
        ("sl", [("customer", "单丽")]),
        ("8K231", [CAR]),
        ("沪a·8k", [CAR]),
        ("004204", [CAR]),
        (VIN.lower(), [CAR]),
        ("TS2026", [CASE]),
        ("1121-001", [CASE]),
        ("ro261121", [CASE]),
        ("一顿", [CASE]),
        ("59901234", [("customer", "单丽")]),
        ("张三", []),
        ("", []),
        ("  ", []),
    ],
)
def test_a_few_characters_find_who_which_car_and_which_complaint(files, text, expected):
    assert found(files, text) == expected


def test_initials_are_matched_from_the_beginning_of_a_reading(files):
    assert found(files, "xm") == []


@pytest.mark.parametrize("surname", ["仇", "曾", "单"])
def test_a_surname_of_two_readings_is_found_by_each_of_them(office, surname):
    office.customers.register(customer(name=f"{surname}文"), act())
    readings = {"仇": ("qw", "cw"), "曾": ("zw", "cw"), "单": ("sw", "dw")}[surname]
    assert [found(office, reading) for reading in readings] == [[("customer", f"{surname}文")]] * 2


def test_every_hit_says_why_it_was_found(files):
    assert [hit.why for text in ("5521", "zxm", "8K231", "004204", "一顿") for hit in files.search.find(text)] == [
        "电话含“5521”",
        "拼音首字母含“zxm”",
        "车牌号含“8K231”",
        "VIN 含“004204”",
        "抱怨内容含“一顿”",
    ]


def test_signs_of_a_query_language_are_only_signs(files):
    assert [found(files, text) for text in ("%", "_", "'", '" OR 1', "*", "8K231' --")] == [[]] * 6


def test_a_list_of_hits_ends_where_asked(files):
    for _ in range(4):
        registered(files)
    assert len(files.search.find("一顿", limit=3)) == 3


def test_while_typing_cars_come_before_people_and_each_pair_once(files):
    offered = files.search.known("8k231")
    assert [(known.name, known.plate, known.phone) for known in offered] == [("曾小明", PLATE, PHONE)]
    assert offered[0].open_complaints == 1
    assert offered[0].model == "上汽大众 朗逸 1.5L"


def test_an_owner_of_two_cars_is_offered_with_each(files):
    files.customers.add_vehicle(1, vehicle(plate="沪C00001", vin=""), act())
    assert [known.plate for known in files.search.known("曾小明")] == [PLATE, "沪C00001"]


def test_two_digits_are_too_few_to_offer_anybody(files):
    assert files.search.known("55") == []
    assert files.search.known("552") != []


def test_a_closed_complaint_is_not_counted_as_open(office):
    closed(office)
    assert office.search.known("5521")[0].open_complaints == 0


@pytest.mark.parametrize(
    ("keys", "why"),
    [({"phone": PHONE}, "电话相同"), ({"plate": PLATE}, "车牌相同"), ({"vin": VIN}, "VIN 相同")],
)
def test_the_very_same_phone_plate_or_vin_tells_who_it_is(files, keys, why):
    assert [(known.name, known.why) for known in files.search.exact(**keys)] == [("曾小明", why)]


def test_almost_the_same_is_not_the_same(files):
    assert files.search.exact(phone=PHONE[:-1], plate=PLATE[:-1], vin=VIN[:-1]) == []
    assert files.search.exact() == []


def test_somebody_met_by_phone_and_plate_is_told_once(files):
    assert len(files.search.exact(phone=PHONE, plate=PLATE, vin=VIN)) == 1


def test_a_car_of_nobody_is_told_too(office):
    office.complaints.register(anonymous(), act())
    known = office.search.exact(plate="沪B12345")[0]
    assert (known.customer_id, known.vehicle_id, known.name) == (None, 1, "")


def test_a_removed_number_finds_nobody(files):
    files.customers.amend(1, 1, customer(contacts=(ContactDraft("13900000001"),)), act())
    assert found(files, "5521") == files.search.exact(phone=PHONE) == []
