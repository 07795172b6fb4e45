"""Pinyin initials, by which people are found."""

import pytest

from crm_desktop.domain.pinyin import initials
from crm_desktop.paths import resource


@pytest.mark.parametrize(
    ("name", "found_by"),
    [("王建平", " wjp"), ("欧阳文静", " oywj"), ("Polo 车队", " polocd polojd"), ("", ""), ("（）·", "")],
)
def test_a_name_has_its_initials(name, found_by):
    assert initials(name) == found_by


@pytest.mark.parametrize(
    ("name", "readings"),
    [("曾小明", {"cxm", "zxm"}), ("单丽", {"dl", "sl"}), ("仇一鸣", {"cym", "qym"}), ("解文", {"jw", "xw"})],
)
def test_a_surname_of_two_readings_is_found_by_both(name, readings):
    assert set(initials(name).split()) == readings


def test_every_reading_begins_after_a_blank_so_that_a_search_can_anchor_there():
    assert all(f" {reading}" in initials("曾长乐") for reading in initials("曾长乐").split())


def test_a_character_beyond_the_table_is_passed_over():
    assert initials("𬭎文") == " w"
    assert initials("🚗王") == " w"


def test_a_company_full_of_second_readings_stays_short():
    assert len(initials("曾单仇解区查盖翟缪卜").split()) <= 8


def test_the_table_has_a_letter_for_every_common_character():
    table = resource("pinyin", "initials.txt").read_text(encoding="ascii")
    common = table[0x4E00 - 0x3400 : 0x9FA6 - 0x3400]
    assert len(table) == 0x9FFF - 0x3400 + 1
    assert sum(char.islower() for char in common) > 0.99 * len(common)
