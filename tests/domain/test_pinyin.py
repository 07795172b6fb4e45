"""Pinyin initials, by which people are found."""

import pytest

from crm_desktop.domain.pinyin import initials, ordering, spelled
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


def test_the_table_has_a_syllable_for_every_common_character():
    syllables, table = resource("pinyin", "syllables.txt").read_text(encoding="ascii").splitlines()
    common = table[2 * (0x4E00 - 0x3400) : 2 * (0x9FA6 - 0x3400)]
    places = [common[at : at + 2] for at in range(0, len(common), 2)]
    assert len(table) == 2 * (0x9FFF - 0x3400 + 1)
    assert sum(place != ".." for place in places) > 0.99 * len(places)
    assert {int(place, 36) for place in places if place != ".."} <= set(range(len(syllables.split())))


@pytest.mark.parametrize(
    ("surname", "readings"),
    [
        ("曾", {"zeng", "ceng"}), ("单", {"shan", "dan"}), ("仇", {"qiu", "chou"}), ("解", {"xie", "jie"}),
        ("区", {"ou", "qu"}), ("查", {"zha", "cha"}), ("盖", {"ge", "gai"}), ("翟", {"zhai", "di"}),
        ("缪", {"miao", "mou", "miu"}), ("卜", {"bu", "bo"}), ("覃", {"qin", "tan"}), ("朴", {"piao", "pu"}),
        ("乐", {"yue", "le"}), ("种", {"chong", "zhong"}), ("员", {"yun", "yuan"}), ("尉", {"yu", "wei"}),
        ("宓", {"fu", "mi"}), ("贾", {"jia", "gu"}), ("隗", {"wei", "kui"}), ("逄", {"pang"}), ("冼", {"xian"}),
        ("阚", {"kan", "han"}), ("吕", {"lv", "lu"}), ("牟", {"mou", "mu"}),
    ],
)  # fmt: skip
def test_a_surname_is_spelled_as_it_is_read_and_as_it_is_misread(surname, readings):
    assert {f"{reading}wen" for reading in readings} <= set(spelled(f"{surname}文"))


def test_a_name_is_spelled_in_whole_syllables():
    assert spelled("王建平") == ("wangjianping",)
    assert spelled("（）") == spelled("") == ()
    assert spelled("Polo 车队") == ("polochedui", "polojudui")


def test_a_long_company_is_spelled_in_a_short_key():
    assert max(map(len, spelled("上海市浦东新区外高桥保税区汽车租赁服务有限责任公司第三分公司"))) == 48


def test_text_is_ordered_by_syllables_and_a_name_by_its_surname():
    names = ["曾小明", "张伟", "章强", "占山", "张强", "陈静", "abd", "ABC", "单雄"]
    assert sorted(names, key=ordering) == ["ABC", "abd", "陈静", "单雄", "曾小明", "占山", "张强", "张伟", "章强"]
