"""高频预警: so many complaints of the same kind in so many days ask for one measure over all of them (A80, A123).

The rule is data (resources/rules/frequent.json): lines of what is alike, how many, in how many days.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from crm_desktop.domain.errors import InvalidInput
from crm_desktop.domain.proofs import Alike

_LEAST, _MOST, _LONGEST = 2, 99, 365


@dataclass(frozen=True, slots=True)
class FrequencyRule:
    """``count`` complaints that have all of ``alike`` in common, received within ``days`` days up to today."""

    alike: tuple[Alike, ...]
    count: int
    days: int


@dataclass(frozen=True, slots=True)
class AlikeCase:
    """A complaint by what it may have in common with another; ``judged`` 恶意 or 无效."""

    id: int
    number: str
    received_on: date
    words: Mapping[Alike, str]
    judged: bool


@dataclass(frozen=True, slots=True)
class Frequent:
    """What came too often: the words all these complaints share, the earliest first."""

    rule: FrequencyRule
    words: tuple[str, ...]
    cases: tuple[AlikeCase, ...]

    @property
    def what(self) -> str:
        """维修质量 · 技术 · 朗逸 1.5L."""
        return " · ".join(self.words)

    @property
    def numbers(self) -> tuple[str, ...]:
        """Of its complaints."""
        return tuple(case.number for case in self.cases)

    @property
    def count(self) -> int:
        """How many."""
        return len(self.cases)

    @property
    def why(self) -> str:
        """30 天 4 件（3 件就提醒）."""
        return f"{self.rule.days} 天 {self.count} 件（{self.rule.count} 件就提醒）"


def read_frequency(table: Mapping[str, Any]) -> tuple[FrequencyRule, ...]:
    """The lines of a table like resources/rules/frequent.json.

    :raises InvalidInput: nothing that is alike, a count below 2 or days nobody looks back.
    """
    return tuple(_rule(line) for line in table.get("warnings", ()))


def frequent(cases: Iterable[AlikeCase], rules: Iterable[FrequencyRule], today: date) -> list[Frequent]:
    """What came too often up to today, most first; two lines that find the very same complaints tell them once.

    A complaint that lacks one of the words, or was judged 恶意 or 无效, is like no other.
    """
    known = [case for case in cases if not case.judged]
    found: dict[frozenset[int], Frequent] = {}
    for rule in rules:
        first = today - timedelta(days=rule.days - 1)
        groups: dict[tuple[str, ...], list[AlikeCase]] = {}
        for case in known:
            words = tuple(case.words.get(alike, "") for alike in rule.alike)
            if all(words) and first <= case.received_on <= today:
                groups.setdefault(words, []).append(case)
        for words, group in groups.items():
            if len(group) >= rule.count:
                found.setdefault(frozenset(case.id for case in group), Frequent(rule, words, tuple(group)))
    return sorted(found.values(), key=_most_first)


def longest(rules: Iterable[FrequencyRule]) -> int:
    """How many days one has to look back."""
    return max((rule.days for rule in rules), default=0)


def _rule(line: Mapping[str, Any]) -> FrequencyRule:
    told = line.get("alike", ())
    if not isinstance(told, list) or not told or any(word not in tuple(Alike) for word in told):
        raise InvalidInput(f"高频预警要写明什么相同，从 {'、'.join(Alike)} 中选一个或几个。")
    count, days = line.get("count"), line.get("days")
    if not isinstance(count, int) or not _LEAST <= count <= _MOST:
        raise InvalidInput({"count": f"件数请填 {_LEAST} 到 {_MOST} 的整数。"})
    if not isinstance(days, int) or not 1 <= days <= _LONGEST:
        raise InvalidInput({"days": f"天数请填 1 到 {_LONGEST} 的整数。"})
    return FrequencyRule(tuple(alike for alike in Alike if alike in told), count, days)


def _most_first(found: Frequent) -> tuple[int, str]:
    return -found.count, found.what
