"""Where lines of Chinese, Latin and mixed text may end."""

from __future__ import annotations

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from crm_desktop.exporters.pdf_lines import fitting, rest_after, shrunk, wrapped
from crm_desktop.exporters.pdf_style import Style

TEN = Style(10, 14)
MIXED = st.text(st.sampled_from("客户抱怨，。）（《》“”、…—AbZ019-/. \n\t𬭎😀é\u0301"), max_size=120)


def lines(text: str, characters: float) -> list[str]:
    """Broken in a space of so many Chinese characters."""
    return wrapped(text, TEN, characters * 10)


def test_text_that_fits_stays_one_line():
    assert lines("变速箱一顿一顿", 7) == ["变速箱一顿一顿"]


def test_an_empty_text_has_no_lines():
    assert lines("", 7) == []


def test_line_ends_in_the_text_are_kept():
    assert lines("一\n\n二", 7) == ["一", "", "二"]


@pytest.mark.parametrize("mark", "。，、；：？！）》」』】”’…—％℃")
def test_a_closing_mark_never_begins_a_line(mark: str):
    assert lines(f"变速箱漏{mark}油", 4) == ["变速箱", f"漏{mark}油"]


@pytest.mark.parametrize("mark", "（《「『【“‘￥□☑")
def test_an_opening_mark_never_ends_a_line(mark: str):
    assert lines(f"变速箱{mark}漏油", 4) == ["变速箱", f"{mark}漏油"]


@pytest.mark.parametrize("word", ["TS20261121-003", "P0171", "km/h", "a.b@c.cn", "2026-11-21", "1,000"])
def test_words_and_numbers_are_not_split(word: str):
    room = TEN.width(word) / 10 + 0.5
    assert lines(f"车辆故障{word}说明", room)[-2:] == [word, "说明"]


def test_a_word_longer_than_the_line_is_split_where_the_line_ends():
    assert "".join(lines("A" * 40, 5)) == "A" * 40
    assert len(lines("A" * 40, 5)) > 1


def test_latin_text_breaks_at_blanks_and_drops_them():
    assert lines("go to the shop", 4) == ["go to", "the", "shop"]


def test_an_accent_stays_with_its_letter():
    assert lines("变速e\u0301箱", 2.6) == ["变速", "e\u0301箱"]


def test_a_long_row_of_marks_is_broken_all_the_same():
    assert lines("！" * 10, 4) == ["！！！！", "！！！！", "！！"]


def test_a_space_narrower_than_a_character_takes_one_a_line():
    assert lines("变速箱", 0.5) == ["变", "速", "箱"]


@given(MIXED, st.integers(1, 30))
def test_no_character_is_lost_or_moved(text: str, room: int):
    assert "".join("".join(lines(text, room)).split()) == "".join(text.split())


@given(MIXED, st.integers(2, 30))
def test_no_line_is_wider_than_its_space(text: str, room: int):
    assert all(TEN.width(line) <= room * 10 + 0.001 for line in lines(text, room))


@given(MIXED, st.integers(2, 12), st.integers(0, 6))
@example("00—“ \n0", 3, 1)
def test_the_rest_of_a_text_is_what_its_first_lines_left(text: str, room: int, taken: int):
    text = text.strip()
    broken = lines(text, room)
    assert lines(rest_after(text, broken[:taken]), room) == broken[taken:]


def test_a_number_a_little_too_long_is_printed_smaller():
    smaller = fitting(["TS20261121-003"], TEN, TEN.width("TS20261121-003") * 0.95)
    assert 9 <= smaller.size < 10


@pytest.mark.parametrize("text", ["TS20261121-003" * 3, "客户抱怨", "two words"])
def test_other_text_keeps_its_size(text: str):
    assert fitting([text], TEN, 40) == TEN


def test_a_long_name_shrinks_into_its_line():
    name = "上海某某汽车销售服务有限公司"
    assert shrunk(name, TEN, 100).width(name) == pytest.approx(100)
    assert shrunk(name, TEN, 1000) == TEN
