"""Plates, VINs and phone numbers as they are stored, doubted and masked."""

import pytest

from crm_desktop.domain import identity

PLATES_OF_EVERY_KIND = [
    "沪A8K231",
    "沪AD12345",
    "沪AKA1234",
    "沪A12345D",
    "沪A1234警",
    "沪A1234学",
    "沪A1234挂",
    "粤Z1234港",
    "粤ZAB12澳",
    "使224578",
    "224578使",
    "沪22478领",
    "民航A1234",
    "沪X123应急",
    "WJ沪1234X",
    "VA12345",
    "未上牌04202",
    "",
]


@pytest.mark.parametrize("plate", PLATES_OF_EVERY_KIND)
def test_a_plate_of_a_known_kind_is_not_doubted(plate):
    assert identity.plate_doubt(plate) is None


@pytest.mark.parametrize(
    "raw", ["沪A8K231", "沪Ａ·８ｋ２３１", " 沪a 8k231 ", "沪A・8K231", "沪A-8K231", "沪\u200bA.8K231"]
)
def test_a_plate_is_stored_in_one_form_however_it_is_typed(raw):
    assert identity.plate_key(raw) == "沪A8K231"


@pytest.mark.parametrize(
    ("plate", "hint"),
    [
        ("沪AO1234", "字母 I 或 O"),
        ("沪A123", "5 位"),
        ("泸A12345", "省份"),
        ("沪A12345Z", "新能源"),
        ("<b>&", "不是常见"),
        ("沪", "1 位"),
    ],
)
def test_a_doubtful_plate_gets_one_sentence_that_says_why(plate, hint):
    doubt = identity.plate_doubt(plate)
    assert doubt is not None
    assert hint in doubt or "不是常见" in doubt
    assert doubt.endswith("。")


def test_a_plate_is_shown_with_its_middle_dot():
    assert identity.shown_plate("沪A8K231") == "沪A·8K231"
    assert identity.shown_plate("沪AD12345") == "沪A·D12345"
    assert identity.shown_plate("使224578") == "使224578"


def test_a_masked_plate_keeps_its_region_and_two_characters():
    assert identity.masked_plate("沪A·8K231") == "沪A***31"
    assert identity.masked_plate("沪A12") == "****"


@pytest.mark.parametrize("vin", ["LATPAB071W1005301", "1M8GDM9AXKP042788", "LSVAL41Z882104202", "1" * 17, ""])
def test_a_vin_with_a_right_check_digit_is_not_doubted(vin):
    assert identity.vin_doubt(vin) is None


@pytest.mark.parametrize(
    ("vin", "hint"),
    [
        ("LSVXZ60E0H2345678", "第 9 位校验应为 8"),
        ("LSVAL41Z88210420", "16 位"),
        ("LSVAL41Z88210420O", "字母 I、O 或 Q"),
        ("沪SVAL41Z882104202"[:17], "数字和大写字母"),
    ],
)
def test_a_doubtful_vin_gets_one_sentence_that_says_why(vin, hint):
    assert hint in (identity.vin_doubt(vin) or "")


def test_a_vin_is_stored_in_one_form_and_masked_in_the_middle():
    assert identity.vin_key(" lsval41z8 8210-4202 ") == "LSVAL41Z882104202"
    assert identity.masked_vin("LSVAL41Z882104202") == "LSV**********4202"


@pytest.mark.parametrize(
    "raw",
    [
        "13812345678",
        "+86 138-1234-5678",
        "８６１３８１２３４５６７８",
        "0086 138 1234 5678",
        "17951 13812345678",
        "86-138-1234-5678",
        "86—13812345678",
        "013812345678",
        "13812345678.0",
        "\u202d13812345678\u202c",
        "138\u00a01234\u30005678",
        "1.3812345678E+10",
    ],
)
def test_a_mobile_number_is_stored_in_one_form_however_it_is_typed(raw):
    assert identity.phone_key(raw) == "13812345678"
    assert identity.phone_doubt(raw) is None


@pytest.mark.parametrize(
    ("raw", "key"),
    [
        ("021-62345678", "02162345678"),
        ("(021) 6234-5678", "02162345678"),
        ("+86 21 6234 5678", "02162345678"),
        ("86-21-62345678", "02162345678"),
        ("021-62345678-801", "02162345678-801"),
        ("021-62345678转801", "02162345678-801"),
        ("0575-8123456-8", "05758123456-8"),
        ("400-820-1111", "4008201111"),
        ("13812345678-1234", "13812345678-1234"),
    ],
)
def test_a_landline_keeps_its_area_code_and_its_extension(raw, key):
    assert identity.phone_key(raw) == key
    assert identity.phone_doubt(raw) is None


@pytest.mark.parametrize(
    ("raw", "hint"),
    [
        ("1088886666", "区号前的 0"),
        ("62345678", "没有区号"),
        ("1381234567", "10 位"),
        ("1234567890123456", "16 位"),
        ("138****1234", "打码"),
        ("请打给 老王3", "不是常见"),
    ],
)
def test_a_doubtful_phone_gets_one_sentence_and_is_not_refused(raw, hint):
    assert hint in (identity.phone_doubt(raw) or "")
    assert identity.phone_refusal(raw) is None


def test_a_phone_turned_into_scientific_notation_is_refused_because_digits_are_lost():
    expected = "电话 1.38E+10 已被表格软件改成科学计数，后几位丢失，请改为文本后重新导入。"
    assert identity.phone_refusal("1.38E+10") == expected
    assert identity.phone_doubt("1.38e+10") == expected
    assert identity.phone_key("1.38e+10") == "1.38E+10"


def test_a_phone_without_any_digit_is_refused():
    assert "没有数字" in (identity.phone_refusal("问前台") or "")


@pytest.mark.parametrize(
    ("cell", "numbers"),
    [
        ("13812345678/13912345678", ("13812345678", "13912345678")),
        ("13812345678 13912345678", ("13812345678", "13912345678")),
        ("13812345678\n021-62345678-8", ("13812345678", "02162345678-8")),
        ("1381234567813912345678", ("13812345678", "13912345678")),
        ("138 1234 5678、138-1234-5678", ("13812345678",)),
        ("13812345678（妻）", ("13812345678",)),
        ("手机：13812345678 座机：021-62345678", ("13812345678", "02162345678")),
        ("12345", ("12345",)),
        ("1.38E+10", ("1.38E+10",)),
        ("无", ()),
        ("", ()),
    ],
)
def test_every_number_of_a_cell_is_found_once(cell, numbers):
    assert identity.phones_in(cell) == numbers


@pytest.mark.parametrize(
    ("phone", "masked"),
    [
        ("13812341234", "138****1234"),
        ("+86 138 1234 1234", "138****1234"),
        ("021-62345678", "021******78"),
        ("05758123456-8", "0575*****56-*"),
        ("4008201111", "400*****11"),
        ("62345678", "******78"),
        ("12345", "*****"),
        ("138****1234", "138****1234"),
        ("13812345678/13912345678", "138****5678、139****5678"),
        ("问前台", "***"),
        ("", ""),
    ],
)
def test_a_masked_phone_shows_at_most_seven_digits(phone, masked):
    assert identity.masked_phone(phone) == masked


def test_a_mobile_is_told_from_a_landline():
    assert identity.is_mobile("13812345678-1234")
    assert not identity.is_mobile("02162345678")


@pytest.mark.parametrize(
    "raw", ["\x00", "\ud800", "🚗" * 50, "=cmd|' /C calc'!A0", "１．３８Ｅ＋１０", "ß" * 8, "E", "+86"]
)
def test_nothing_typed_makes_identity_fail(raw):
    for read in (identity.plate_doubt, identity.vin_doubt, identity.phone_doubt, identity.phone_refusal):
        assert read(raw) is None or isinstance(read(raw), str)
    assert len(identity.masked_phone(raw)) >= 0
    assert isinstance(identity.shown_plate(identity.plate_key(raw)), str)


@pytest.mark.parametrize("typed", ["TS20261121-003", "ts20261121003", " ＴＳ20261121－003 ", "TS 20261121-003"])
def test_a_complaints_number_is_known_however_it_is_typed(typed: str) -> None:
    assert identity.complaint_number_key(typed) == "TS20261121-003"


@pytest.mark.parametrize(
    "cell",
    [
        "沪A12345、沪A·12346",
        "沪A12345/沪A12346",
        "沪A12345 沪A12346",
        "沪A12345沪A12346",
        "沪A12345\n沪A12346 沪A12345",
    ],
)
def test_two_plates_of_one_cell_are_told_apart(cell):
    assert identity.plates_in(cell) == ("沪A12345", "沪A12346")


def test_one_plate_told_twice_is_one():
    assert identity.plates_in("沪A12345/沪A·12345") == ("沪A12345",)


@pytest.mark.parametrize("cell", ["沪A·8K231", "沪 A 8K231", "沪A-8K231", "粤Z1234港", "沪AD12345", "临时牌照 12", ""])
def test_one_plate_or_none_is_one_piece(cell):
    assert identity.plates_in(cell) == (identity.plate_key(cell),)
