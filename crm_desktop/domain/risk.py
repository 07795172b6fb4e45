"""升级风险: how likely this customer goes further, and why (004 02.3 and 04.1; requirements A152, A159).

Points per reason, the reasons always shown with the level; weights are 自拟. Who reads it sees why, and may know
better.

    risk_of(RiskFacts) -> Risk
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

_MEDIUM, _HIGH = 3, 6
_LONG_DAYS = 3


class RiskLevel(StrEnum):
    """低 says nothing at the counter."""

    LOW = "低"
    MEDIUM = "中"
    HIGH = "高"


ADVICE = {
    RiskLevel.LOW: "",
    RiskLevel.MEDIUM: "先听完再答，当面约定回复时间并记下来。",
    RiskLevel.HIGH: "请服务经理一起接待，先道歉和安抚，不要当场争论责任；答应的事写成回话。",
}


@dataclass(frozen=True, slots=True)
class RiskFacts:
    """What is known. Counts, days and whether; all of it from the files."""

    open_complaints: int = 0
    open_major: int = 0
    longest_open_days: int = 0
    late_promises: int = 0
    broken_promises: int = 0
    repeat_reworks: int = 0
    unsatisfied: bool = False
    outside_before: bool = False
    wants_compensation: bool = False
    out_of_patience: bool = False
    complaints_of_year: int = 0


@dataclass(frozen=True, slots=True)
class Risk:
    """Level, points, reasons as sentences, and how to serve."""

    level: RiskLevel
    points: int
    reasons: tuple[str, ...]
    advice: str


def risk_of(facts: RiskFacts) -> Risk:
    """Every reason that holds, with its points."""
    days = facts.longest_open_days
    told = (
        (facts.open_major > 0, 4, "有未关闭的重大投诉"),
        (facts.out_of_patience, 3, "已超过客户说的最多等待时间"),
        (facts.late_promises > 0, 3, f"有 {facts.late_promises} 件答应的事到期没有兑现"),
        (facts.repeat_reworks > 1, 3, f"近期返修 {facts.repeat_reworks} 次"),
        (facts.outside_before, 3, "以前找过媒体、消协或主管部门"),
        (facts.unsatisfied, 2, "最近一次回访不满意"),
        (facts.broken_promises > 0, 2, f"有 {facts.broken_promises} 件答应的事没有做到"),
        (facts.wants_compensation and days >= _LONG_DAYS, 2, f"要求补偿，已等 {days} 天"),
        (facts.open_complaints > 1, 2, f"同时有 {facts.open_complaints} 张未关闭的投诉"),
        (facts.complaints_of_year > 2, 2, f"一年内投诉 {facts.complaints_of_year} 次"),
        (facts.open_complaints > 0 and days >= _LONG_DAYS, 1, f"未关闭的投诉已 {days} 天"),
    )
    held = [(points, why) for holds, points, why in told if holds]
    points = sum(number for number, _ in held)
    level = RiskLevel.HIGH if points >= _HIGH else RiskLevel.MEDIUM if points >= _MEDIUM else RiskLevel.LOW
    return Risk(level, points, tuple(why for _, why in held), ADVICE[level])
