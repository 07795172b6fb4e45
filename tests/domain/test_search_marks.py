"""What is marked in a hit, and into which field a typed text belongs."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from crm_desktop.domain.search_marks import met_spans, typed_as


def marked(text, typed):
    """The marked pieces."""
    return [text[start : start + length] for start, length in met_spans(text, typed)]


@pytest.mark.parametrize(
    ("text", "typed", "pieces"),
    [
        ("曾小明", "小明", ["小明"]),
        ("变速箱一顿一顿", "一顿", ["一顿一顿"]),
        ("空调不冷，空调异响", "空调", ["空调", "空调"]),
        ("沪A·8K231", "a8k", ["A·8K"]),
        ("沪A·8K231", "Ａ8Ｋ", ["A·8K"]),
        ("TS20261121-003", "1121-00", ["1121-00"]),
        ("TS20261121-003", "1121003", ["1121-003"]),
        ("138****5521", "5521", ["5521"]),
        ("曾小明", "zxm", []),
        ("变速箱顿挫", "顿挫 变速", ["变速", "顿挫"]),
        ("变速箱", "", []),
    ],
)
def test_the_met_part_is_marked(text, typed, pieces):
    assert marked(text, typed) == pieces


@given(st.text(max_size=30), st.text(max_size=8))
def test_marks_lie_in_the_text_and_never_overlap(text, typed):
    spans = met_spans(text, typed)
    ends = [0, *(start + length for start, length in spans)]
    assert all(start >= end for (start, _), end in zip(spans, ends, strict=False))
    assert ends[-1] <= len(text)


@pytest.mark.parametrize(
    ("typed", "field"),
    [
        ("138 0000 5521", ("phone", "13800005521")),
        ("沪a8k231", ("plate", "沪A·8K231")),
        ("lsvab4188n2004204", ("vin", "LSVAB4188N2004204")),
        ("张三", ("customer_name", "张三")),
        ("Smith John", ("customer_name", "Smith John")),
        ("上海宏远物流有限公司", ("customer_name", "上海宏远物流有限公司")),
        ("空调开了半小时还是不冷", ("words", "空调开了半小时还是不冷")),
        ("5521", ("customer_name", "5521")),
    ],
)
def test_a_typed_text_goes_where_it_belongs_by_its_look(typed, field):
    assert typed_as(typed) == field
