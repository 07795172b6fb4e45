"""What a question is, what it is compared with: grams never lose a hit, and nearness has its order."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from crm_desktop.domain.search import (
    Meets,
    Question,
    asked_of_codes,
    asked_of_ends,
    asked_of_texts,
    code_form,
    code_grams,
    excerpt,
    folded,
    meeting_of_code,
    meeting_of_text,
    text_grams,
)

TEXTS = st.text(st.sampled_from("变速箱异响空调不冷，。 \nABcd12Ａ９（(-*\"'🚗𠮷"), max_size=40)
CODES = st.text(st.sampled_from("沪A8K231-·. ａ苏"), max_size=20)


@given(TEXTS, st.integers(0, 39), st.integers(1, 12))
def test_every_piece_of_a_text_asks_for_grams_the_text_has(text, start, width):
    words = Question(text[start : start + width]).words
    assert set(asked_of_texts(words)) <= text_grams(text)


@given(CODES, st.integers(0, 19), st.integers(1, 20))
def test_every_piece_of_a_code_asks_for_grams_the_code_has(code, start, width):
    whole = code_form(code)
    assert set(asked_of_codes(whole[start : start + width])) <= code_grams(code)


@given(CODES, st.integers(1, 20))
def test_the_ends_of_a_code_are_among_its_grams(code, width):
    whole = code_form(code)
    both, begins, ends = map(set, asked_of_ends(whole))
    if whole:
        assert both == begins | ends <= code_grams(code)
        assert set(asked_of_ends(whole[:width])[1]) <= code_grams(code)
        assert set(asked_of_ends(whole[-width:])[2]) <= code_grams(code)


@given(TEXTS)
def test_no_gram_holds_a_blank_or_a_sign_of_the_query_language(text):
    assert not {char for gram in text_grams(text) for char in gram} & set(" \n\"'()*-ABＡ９")


@given(TEXTS)
def test_folding_twice_is_folding_once(text):
    assert folded(folded(text)) == folded(text)
    assert len(folded(text)) == len(text)


@pytest.mark.parametrize(
    ("typed", "words", "code"),
    [
        ("变速箱  顿挫", ("变速箱", "顿挫"), "变速箱顿挫"),
        ("沪A·8k231", ("沪a·8k231",), "沪a8k231"),
        ("ＴＳ2026-001", ("ts2026－001",), "ts2026001"),
        ("顿挫 顿挫", ("顿挫",), "顿挫顿挫"),
        ("", (), ""),
    ],
)
def test_a_question_is_words_and_a_code(typed, words, code):
    assert (Question(typed).words, Question(typed).code) == (words, code)


@pytest.mark.parametrize(
    ("typed", "forms"),
    [
        ("138 0000 5521", ("13800005521",)),
        ("+86 13800005521", ("＋8613800005521", "13800005521")),
        ("X2", ("x2",)),
        ("张三", ("张三",)),
    ],
)
def test_a_phone_is_asked_for_as_typed_and_as_a_number(typed, forms):
    assert Question(typed).phones == forms


@pytest.mark.parametrize(
    ("typed", "letters"), [("zxm", "zxm"), ("Zeng Xiao'ming", "zengxiaoming"), ("曾x", ""), ("8k", "")]
)
def test_only_latin_letters_are_pinyin(typed, letters):
    assert Question(typed).letters == letters


@pytest.mark.parametrize(
    ("code", "part", "meets"),
    [
        ("13800005521", "13800005521", Meets.WHOLE),
        ("13800005521", "138", Meets.BEGINNING),
        ("13800005521", "5521", Meets.END),
        ("13800005521", "0005", Meets.PART),
        ("13800005521", "9", None),
        ("TS20261121-001", "1121001", Meets.END),
    ],
)
def test_how_near_a_code_comes(code, part, meets):
    assert meeting_of_code(code, (part,)) == meets


def test_how_near_a_name_comes():
    asked = [meeting_of_text("Polo 车队", Question(text).words) for text in ("polo车队", "POLO", "队", "车", "王")]
    assert asked == [None, Meets.BEGINNING, Meets.END, Meets.PART, None]
    assert meeting_of_text("Polo 车队", Question("polo 车队").words) == Meets.WHOLE


def test_an_excerpt_shows_the_words_in_their_surroundings():
    text = "客户在高速上行驶一个小时以后发现变速箱一顿一顿的，\n回来检查没有故障码，说是正常现象"
    assert excerpt(text, ("变速箱",), length=20) == "…一个小时以后发现变速箱一顿一顿的， 回来…"
    assert excerpt("空调不冷", ("空调",)) == "空调不冷"
