"""资料完整度: what a file lacks, as a share and as lists to work through (requirements A43, A59; 001 篇9 问题2).

completeness(FileFacts, stale_before) -> Completeness
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum


class Gap(StrEnum):
    """The lists of the completeness view."""

    NO_MOBILE = "缺手机"
    NO_VIN = "缺VIN"
    NOT_CHECKED = "久未核实"
    NO_CAR = "缺车辆"
    NO_CONSENT = "未问同意"
    NO_OWNER = "无归属"


@dataclass(frozen=True, slots=True)
class FileFacts:
    """What one file holds."""

    named: bool
    mobile: bool
    address: bool
    cars: int
    cars_with_vin: int
    cars_with_day: int
    consent_asked: bool
    owner: bool
    checked_on: date | None


@dataclass(frozen=True, slots=True)
class Completeness:
    """``percent`` of what a whole file has, and what is missing: all of it in words, and the lists it stands on."""

    percent: int
    gaps: tuple[Gap, ...]
    lacks: tuple[str, ...]

    @property
    def told(self) -> str:
        """One line for the file."""
        return f"资料完整度 {self.percent}%" + (f"：{'、'.join(self.lacks)}" if self.lacks else "")


def completeness(facts: FileFacts, stale_before: date) -> Completeness:
    """Every question weighs the same; a file checked before ``stale_before`` counts as not checked."""
    questions: tuple[tuple[bool, Gap | str], ...] = (
        (facts.named, "缺姓名"),
        (facts.mobile, Gap.NO_MOBILE),
        (facts.address, "缺地址"),
        (facts.cars > 0, Gap.NO_CAR),
        (facts.cars_with_vin == facts.cars, Gap.NO_VIN),
        (facts.cars_with_day == facts.cars, "缺购车日期"),
        (facts.consent_asked, Gap.NO_CONSENT),
        (facts.owner, Gap.NO_OWNER),
        (facts.checked_on is not None and facts.checked_on >= stale_before, Gap.NOT_CHECKED),
    )
    lacks = [lack for good, lack in questions if not good]
    percent = round(100 * (len(questions) - len(lacks)) / len(questions))
    return Completeness(percent, tuple(lack for lack in lacks if isinstance(lack, Gap)), tuple(map(str, lacks)))
