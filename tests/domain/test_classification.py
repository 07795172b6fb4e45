"""The lists a complaint is classified by: what they hold, and what a dealership may not do to them."""

from __future__ import annotations

import json
from typing import Any

import pytest

from crm_desktop.domain.classification import Axis, ClassFacts, group_of, known_tokens, read_classes
from crm_desktop.domain.complaints import CATEGORIES
from crm_desktop.domain.errors import InvalidInput
from crm_desktop.paths import resource


def shipped() -> dict[str, Any]:
    """The lists the program comes with."""
    table: dict[str, Any] = json.loads(resource("rules", "classes.json").read_text(encoding="utf-8"))
    return table


def words_of(axis: Axis) -> list[str]:
    """The words of one shipped list."""
    return [word.word for word in read_classes(shipped())[axis]]


def test_every_axis_has_its_words_and_each_of_them_is_recognised_by_something() -> None:
    lists = read_classes(shipped())
    assert list(lists) == list(Axis)
    assert [word.word for words in lists.values() for word in words if not word.seeds] == []


def test_the_five_kinds_dimensions_and_causes_are_those_of_the_sources() -> None:
    assert words_of(Axis.KIND) == ["抱怨", "投诉", "建议", "咨询", "表扬"]
    assert words_of(Axis.DIMENSION) == ["有形度", "同理度", "专业度", "反映度", "信赖度"]
    causes = ["服务质量不达标", "产品质量问题", "价格问题", "承诺未兑现", "沟通不畅", "客户方面"]
    assert list(dict.fromkeys(map(group_of, words_of(Axis.CAUSE)))) == causes


def test_what_lies_with_the_customer_is_a_cause_of_its_own() -> None:
    of_the_customer = [word for word in words_of(Axis.CAUSE) if group_of(word) == "客户方面"]
    assert of_the_customer == ["客户方面·期望过高", "客户方面·使用或保养不当"]


def test_the_matrix_of_the_form_is_whole() -> None:
    groups = ["维修质量", "维修价格", "维修时间", "SA综合能力", "车间技师综合能力", "零配件", "维修车间透明度", "其他"]
    assert list(dict.fromkeys(map(group_of, words_of(Axis.MATTER)))) == groups
    assert len(words_of(Axis.MATTER)) == 29


def test_the_categories_are_those_of_the_form() -> None:
    assert words_of(Axis.CATEGORY) == list(CATEGORIES)


@pytest.mark.parametrize(
    ("axis", "words"),
    [
        ("kind", []),
        ("kind", [{"word": ""}]),
        ("kind", [{"word": "抱怨"}, {"word": "抱怨"}]),
        ("category", [{"word": "别的"}]),
        ("colour", [{"word": "红"}]),
    ],
)
def test_a_list_that_cannot_be_is_refused(axis: str, words: list[dict[str, Any]]) -> None:
    table = shipped()
    table["axes"] = [row for row in table["axes"] if row["axis"] != axis] + [{"axis": axis, "words": words}]
    with pytest.raises(InvalidInput):
        read_classes(table)


def test_what_is_known_besides_the_words_is_read_like_a_word() -> None:
    assert known_tokens("消协", "重大", "") == ("渠道=消协", "级别=重大")


def test_a_complaint_counts_by_the_part_before_the_dot() -> None:
    facts = ClassFacts(1, "TS20261121-001", True, "有效", {Axis.MATTER: "维修质量·机电"})
    assert (facts.group(Axis.MATTER), facts.word(Axis.MATTER)) == ("维修质量", "维修质量·机电")
    assert facts.group(Axis.KIND) == ""
