"""归类: what the month's report counts a complaint under, proposed by the program and confirmed by one key at 解决.

Every 维度 (``Axis``) has its list of words (resources/rules/classes.json, which the dealership may change). What was
confirmed keeps its words as they were then, whatever becomes of the list. A word may have two parts, 维修质量·机电: the
report counts the part before the dot, its list the whole.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from typing import Any

from crm_desktop.domain.complaints import CATEGORIES
from crm_desktop.domain.errors import InvalidInput
from crm_desktop.domain.text import checked_line

DOT = "·"
"""Between the two parts of a word."""
VALID = "有效"
"""What a complaint is that 服务总监 did not judge 恶意 or 无效 (``domain/judgements.py``)."""
_WORD, _SEED, _MOST_SEEDS = 30, 12, 200


class Axis(StrEnum):
    """The lists, in the order of the line; the value is the column of ``classifications``.

    CATEGORY is the 类别 of the form itself and stays there.
    """

    KIND = "kind"
    CATEGORY = "category"
    MATTER = "matter"
    DIMENSION = "dimension"
    CAUSE = "cause"
    STAGE = "stage"
    AREA = "area"
    SYSTEM = "system"
    LIABILITY = "liability"


AXIS_LABELS: Mapping[Axis, str] = {
    Axis.KIND: "性质",
    Axis.CATEGORY: "类别",
    Axis.MATTER: "抱怨类型",
    Axis.DIMENSION: "五度",
    Axis.CAUSE: "原因",
    Axis.STAGE: "发生环节",
    Axis.AREA: "区域",
    Axis.SYSTEM: "故障系统",
    Axis.LIABILITY: "责任判定",
}
OWN_AXES = tuple(axis for axis in Axis if axis is not Axis.CATEGORY)
"""Those kept with the classification."""


@dataclass(frozen=True, slots=True)
class ClassWord:
    """One word of a list, and the ``seeds`` by which it is recognised before the dealership has cases of its own.

    A seed is a piece of what customers say; 渠道=消协 is one of what is known besides (``known_tokens``).
    """

    word: str
    seeds: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Classification:
    """What was confirmed of one complaint: ``words`` by axis, empty where nobody could say. ``at`` is UTC.

    ``ver`` goes back with a change; ``confidence`` is what the program said of its own proposal, in percent.
    """

    ver: int
    words: Mapping[Axis, str]
    who: str
    at: datetime
    confidence: int


@dataclass(frozen=True, slots=True)
class ClassFacts:
    """A complaint as the report counts it; every word is empty while nobody confirmed it (未归类), but the category.

    ``validity`` is 有效, 无效 or 恶意.
    """

    complaint_id: int
    number: str
    confirmed: bool
    validity: str
    words: Mapping[Axis, str] = field(default_factory=dict)

    def word(self, axis: Axis) -> str:
        """The word of an axis, as it was confirmed."""
        return self.words.get(axis, "")

    def group(self, axis: Axis) -> str:
        """The part before the dot, by which the report counts."""
        return group_of(self.word(axis))


def group_of(word: str) -> str:
    """The first part of a word of two."""
    return word.partition(DOT)[0]


def read_classes(table: Mapping[str, Any]) -> Mapping[Axis, tuple[ClassWord, ...]]:
    """The lists from a table like resources/rules/classes.json.

    :raises InvalidInput: a list missing or empty, a word twice or too long, or other categories than the form's.
    """
    rows = {row.get("axis", ""): row.get("words", ()) for row in table.get("axes", ())}
    if unknown := rows.keys() - set(Axis):
        raise InvalidInput(f"没有“{'、'.join(sorted(unknown))}”这个归类维度。")
    found = {axis: tuple(_word(row, AXIS_LABELS[axis]) for row in rows.get(axis, ())) for axis in Axis}
    for axis, words in found.items():
        _check_words(AXIS_LABELS[axis], [word.word for word in words])
    if {word.word for word in found[Axis.CATEGORY]} != set(CATEGORIES):
        raise InvalidInput(f"类别只能是 {'、'.join(CATEGORIES)}，可以改的是它们的提示词。")
    return found


def checked_words(words: Mapping[Axis, str], offered: Mapping[Axis, Iterable[str]], kept: Mapping[Axis, str]) -> None:
    """Only words of the lists, or those confirmed before.

    :raises InvalidInput: another word, at its axis.
    """
    faults = {
        str(axis): f"“{word}”不在{AXIS_LABELS[axis]}的词表里，请从词表中选。"
        for axis, word in words.items()
        if word and word not in offered[axis] and word != kept.get(axis)
    }
    if faults:
        raise InvalidInput(faults)


def known_tokens(channel: str, severity: str, line: str) -> tuple[str, ...]:
    """What is known of a complaint besides its words, as a learner and a seed read it."""
    told = (("渠道", channel), ("级别", severity), ("责任线", line))
    return tuple(f"{name}={value}" for name, value in told if value)


def _word(row: Mapping[str, Any], label: str) -> ClassWord:
    seeds = tuple(dict.fromkeys(checked_line(str(seed), f"{label}的提示词", _SEED) for seed in row.get("seeds", ())))
    if len(seeds) > _MOST_SEEDS:
        raise InvalidInput(f"{label}“{row.get('word')}”的提示词太多，请少于 {_MOST_SEEDS} 个。")
    return ClassWord(checked_line(str(row.get("word", "")), label, _WORD), tuple(filter(None, seeds)))


def _check_words(label: str, words: list[str]) -> None:
    if not words or "" in words:
        raise InvalidInput(f"{label}的词表是空的，或有一行没有写词。")
    twice = next((word for word in words if words.count(word) > 1), None)
    if twice:
        raise InvalidInput(f"{label}的“{twice}”写了两遍，请去掉一个。")
