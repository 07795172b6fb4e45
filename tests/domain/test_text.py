"""The cleaning rule for every text that comes in: what stays, what goes, what is refused."""

import unicodedata

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from crm_desktop.domain.errors import InvalidInput
from crm_desktop.domain.text import LINE_LIMIT, TEXT_LIMIT, checked_line, checked_text, clean_line, clean_text

ANY_TEXT = st.text(st.characters(), max_size=40)
ODD_TEXT = st.text(
    st.sampled_from("变速箱 aZ9\t\n\r\x00\x1f\x7f\x85\u2028\u200b\u200d\ufeff\u202e\u3000\xa0\ufffe\ud800🚗"),
    max_size=20,
)


@pytest.mark.parametrize(
    ("raw", "kept"),
    [
        ("  变速箱一顿一顿  ", "变速箱一顿一顿"),
        ("第一行\r\n第二行\r第三行\u2028第四行", "第一行\n第二行\n第三行\n第四行"),
        ("坏\x00字\x1f符\x7f", "坏字符"),
        ("\ufeff看不见\u200b的\u202e记号\u2060", "看不见的记号"),
        ("半个\ud800字\ufffe", "半个字"),
        ("列\t列", "列\t列"),
        ("<b>&=cmd|'/c calc'", "<b>&=cmd|'/c calc'"),
    ],
)
def test_what_is_no_text_goes_and_the_rest_stays(raw, kept):
    assert clean_text(raw) == kept


@pytest.mark.parametrize("words", ["Ｐｏｌｏ ①号 ℃ ㎜", "👨‍👩‍👧 一家三口", "䶮 𬭎 𠮷 㛃", "Ünïcödé ♥", "한글"])
def test_the_customers_own_characters_are_never_exchanged(words):
    assert clean_text(words) == words


def test_a_line_has_single_blanks_and_no_line_end():
    assert clean_line(" 张\t三\n 李\u3000\xa0四 ") == "张 三 李 四"


@given(ANY_TEXT | ODD_TEXT)
@settings(max_examples=200)
def test_cleaning_twice_changes_nothing_more(raw):
    assert clean_text(clean_text(raw)) == clean_text(raw)
    assert clean_line(clean_line(raw)) == clean_line(raw)


@given(ANY_TEXT | ODD_TEXT)
@settings(max_examples=200)
def test_a_cleaned_text_can_be_written_into_any_file(raw):
    cleaned = clean_text(raw)
    cleaned.encode("utf-8")
    assert not {unicodedata.category(char) for char in cleaned if char not in "\n\t\u200c\u200d"} & {"Cc", "Cf", "Cs"}


@given(ANY_TEXT | ODD_TEXT)
@settings(max_examples=100)
def test_a_cleaned_line_is_one_line(raw):
    assert len(clean_line(raw).splitlines()) <= 1


def test_a_text_at_its_limit_is_taken_whole():
    assert checked_text("长" * TEXT_LIMIT, "抱怨内容") == "长" * TEXT_LIMIT
    assert checked_line("长" * LINE_LIMIT, "地址") == "长" * LINE_LIMIT


def test_a_text_over_its_limit_is_refused_and_never_cut():
    with pytest.raises(InvalidInput) as refused:
        checked_text("长" * 40_000, "抱怨内容")
    assert refused.value.sentence == "抱怨内容太长（40000 字），最多 4000 字，请分开填写。"


def test_blanks_around_a_line_do_not_count_towards_its_limit():
    assert checked_line(f"  {'长' * LINE_LIMIT}  ", "地址") == "长" * LINE_LIMIT
