"""评级: a year of visits and payments as one score, and the grade it proposes (001 篇9 四; requirements A56 to A58).

The five figures are the seed's own: 消费次数, 消费金额, 付款数量, 付款及时性, 客户贡献率. Weights, full marks and
thresholds are data the dealership edits (resources/rules/grading.json). A person confirms; the program only proposes.

    score(YearFigures, GradingRules) -> int 0..100        proposed(score, rules) -> grade
    shares(YearFigures, GradingRules) -> points by figure
    why(GradeProposal, rules) -> words                    told_figures(YearFigures) -> words
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from typing import Any

from crm_desktop.domain.errors import InvalidInput

FIGURES: Mapping[str, str] = {
    "visits": "消费次数",
    "amount": "消费金额（元）",
    "payments": "付款数量",
    "on_time": "付款及时率（%）",
    "contribution": "客户贡献率（%）",
}

_SHORT = {"visits": "次数", "amount": "金额", "payments": "付款", "on_time": "及时", "contribution": "贡献"}
_WORTH_TELLING = 0.5


class Grade(StrEnum):
    """等级, the highest first; ranks lists and cases."""

    VIP = "VIP"
    KEY = "大客户"
    GOOD = "优质"
    ORDINARY = "普通"


@dataclass(frozen=True, slots=True)
class YearFigures:
    """One customer's period. ``amount`` in yuan; ``on_time`` per cent, None where nothing fell due; ``contribution``
    his per cent of everything all customers spent."""

    visits: int = 0
    amount: float = 0.0
    payments: int = 0
    on_time: float | None = None
    contribution: float = 0.0

    def shown(self) -> dict[str, float | None]:
        """By the names of ``FIGURES``."""
        return {name: getattr(self, name) for name in FIGURES}  # asdict is slow for a hundred thousand


@dataclass(frozen=True, slots=True)
class GradeLine:
    """From which score on, and what the dealership does for this grade (优惠政策)."""

    grade: str
    least: int
    policy: str = ""


@dataclass(frozen=True, slots=True)
class GradingRules:
    """The document grading.json; lines from the highest score down."""

    months: int
    weights: Mapping[str, float]
    full_marks: Mapping[str, float]
    lines: tuple[GradeLine, ...]

    def policy(self, grade: str) -> str:
        """优惠政策 of a grade; nothing for one that has none."""
        return next((line.policy for line in self.lines if line.grade == grade), "")


@dataclass(frozen=True, slots=True)
class GradeProposal:
    """What the evaluation of one customer says; ``grade`` is what he has now. ``settled``: somebody decided upon this
    very proposal lately."""

    customer_id: int
    name: str
    figures: YearFigures
    score: int
    proposed: str
    grade: str
    settled: bool = False

    @property
    def waits(self) -> bool:
        """Whether a person has something to decide."""
        return self.grade != self.proposed and not self.settled


@dataclass(frozen=True, slots=True)
class GradeRow:
    """One confirmed grade of the past. ``decided_at`` UTC."""

    grade: str
    proposed: str
    score: int
    figures: YearFigures
    first_on: date
    last_on: date
    reason: str
    who: str
    decided_at: datetime


def read_grading(table: Mapping[str, Any]) -> GradingRules:
    """A stored document.

    :raises InvalidInput: weights that do not add up to 100, a full mark of nothing, thresholds out of order.
    """
    weights, full = table.get("weights", {}), table.get("full_marks", {})
    if set(weights) != set(FIGURES) or any(w < 0 for w in weights.values()) or round(sum(weights.values())) != 100:
        raise InvalidInput("评级的五项权重都要填，合计应为 100，请核对。")
    if set(full) != set(FIGURES) or any(mark <= 0 for mark in full.values()):
        raise InvalidInput("评级的满分标准五项都要填大于 0 的数，请核对。")
    lines = tuple(GradeLine(g["grade"], g["from"], g.get("policy", "")) for g in table.get("grades", ()))
    least = [line.least for line in lines]
    if [line.grade for line in lines] != list(Grade) or least != sorted(set(least), reverse=True) or least[-1] != 0:
        raise InvalidInput("等级请按 VIP、大客户、优质、普通 的次序填分数线，从高到低，普通从 0 分起。")
    if not 1 <= int(table.get("months", 0)) <= 60:
        raise InvalidInput("评价周期请填 1 到 60 个月。")
    return GradingRules(int(table["months"]), dict(weights), dict(full), lines)


def score(figures: YearFigures, rules: GradingRules) -> int:
    """0 to 100: each figure against its full mark, weighted. A figure that is not known leaves its weight to others."""
    return round(sum(shares(figures, rules).values()))


def shares(figures: YearFigures, rules: GradingRules) -> dict[str, float]:
    """What each figure that is known gives to the score, by the names of ``FIGURES``."""
    known = {name: value for name, value in figures.shown().items() if value is not None}
    whole = sum(rules.weights[name] for name in known)
    if not whole:
        return {}
    return {
        name: 100 * min(1.0, max(0.0, value) / rules.full_marks[name]) * rules.weights[name] / whole
        for name, value in known.items()
    }


def why(proposal: GradeProposal, rules: GradingRules) -> str:
    """60 分起：金额 35、次数 13 …, what counted most first."""
    grades = [line.grade for line in rules.lines]
    place = grades.index(proposal.proposed)
    least = rules.lines[place].least
    reached = f"{least} 分起" if least else f"不到 {rules.lines[place - 1].least} 分"
    given = sorted(shares(proposal.figures, rules).items(), key=_weightiest)
    told = "、".join(f"{_SHORT[name]} {points:.0f}" for name, points in given if points >= _WORTH_TELLING)
    return f"{reached}{'：' if told else ''}{told}"


def told_figures(figures: YearFigures) -> str:
    """The five figures in a sentence."""
    paid = f"（及时率 {figures.on_time:g}%）" if figures.on_time is not None else ""
    return (
        f"消费 {figures.visits} 次、{figures.amount:,.0f} 元，付款 {figures.payments} 笔{paid}，"
        f"贡献率 {figures.contribution:g}%"
    )


def _weightiest(share: tuple[str, float]) -> float:
    return -share[1]


def proposed(points: int, rules: GradingRules) -> str:
    """The grade for a score."""
    return next(line.grade for line in rules.lines if points >= line.least)


def rank(grade: str) -> int:
    """0 for VIP, 1 for 大客户 …; the last place for a customer nobody has graded."""
    order = list(Grade)
    return order.index(Grade(grade)) if grade in order else len(order)
