"""One box for everything: who, which car, which complaint, and why it was found."""

import pytest

from crm_desktop.domain.customers import ContactDraft
from crm_desktop.domain.reworks import ReworkDraft
from crm_desktop.domain.search import HitKind
from crm_desktop.models.customers import Customer
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


ASKED_BESIDE = ((HitKind.CUSTOMER, "5521"), (HitKind.VEHICLE, "8K231"), (HitKind.COMPLAINT, "一顿"))
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


def rework(office, **changes):
    """A rework of the first complaint, with its own order number."""
    office.reworks.register(
        "TS20261121-001", ReworkDraft(order_number="FX261121009", items="更换阀体", **changes), act()
    )


def test_a_rework_is_a_group_of_its_own_in_the_box_and_its_complaint_for_the_command_line(files):
    rework(files)
    [group] = files.search.ask("fx2611")
    assert [(hit.kind, hit.number, hit.opens, hit.why) for hit in group.hits] == [
        ("rework", "FX261121009", "TS20261121-001", "返修单号含“fx2611”")
    ]
    assert found(files, "fx2611") == [CASE]


def test_a_complaint_met_by_words_and_by_its_rework_is_told_once(files):
    rework(files, result="一顿一顿没有再出现")
    assert [group.label for group in files.search.ask("一顿")] == ["抱怨", "返修单"]
    assert found(files, "一顿") == [CASE]


def test_a_hit_says_who_and_what_beside_with_the_phone_masked(files):
    [people], [cars], [cases] = [files.search.group(kind, text).hits for kind, text in ASKED_BESIDE]
    assert (people.number, people.detail, people.customer_id, people.open_cases) == ("138****5521", "沪A·8K231", 1, 1)
    assert (cars.detail, cars.customer_id, cars.open_cases) == ("曾小明", 1, 1)
    assert (cases.detail, cases.excerpt) == ("登记 · 2026-11-21 · 曾小明 · 沪A·8K231", "变速箱一顿一顿")


def test_a_group_is_empty_where_nothing_was_asked(files):
    assert files.search.group(HitKind.CUSTOMER, " ").hits == ()
    assert files.search.meeting(HitKind.CUSTOMER, "") == set()


def test_customers_are_found_by_themselves_and_by_their_cars(files):
    assert [files.search.customer_ids(text, 9) for text in ("5", "粤b1", "zengx", "曾", "一顿")] == [
        [1, 2], [2], [1], [1], [],
    ]  # fmt: skip


def test_who_is_a_vip_comes_first_among_those_met_as_well(files):
    for name in ("单丽华", "单丽红"):
        files.customers.register(customer(name=name, vehicles=()), act())
    with files.desk.writing(act()) as ledger:
        ledger.change(Customer, 3, {"grade": "VIP"})
    assert [hit.id for hit in files.search.find("单丽")] == [2, 3, 4]
    assert [hit.id for hit in files.search.find("丽华")] == [3]


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


@pytest.mark.parametrize("typed", ["\x00", "王\x00强", "\ud800", "\x1b[A"])
def test_signs_nobody_can_type_find_nothing_and_break_nothing(files, typed):
    assert files.search.find(typed) == files.search.find(typed.translate({0: "", 0xD800: "", 0x1B: ""}))
    assert files.search.known("\x00") == []
