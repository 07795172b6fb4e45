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
    """``percent`` of what a whole file has, and what is missing."""

    percent: int
    gaps: tuple[Gap, ...]


def completeness(facts: FileFacts, stale_before: date) -> Completeness:
    """Every question weighs the same; a file checked before ``stale_before`` counts as not checked."""
    questions: tuple[tuple[bool, Gap | None], ...] = (
        (facts.named, None),
        (facts.mobile, Gap.NO_MOBILE),
        (facts.address, None),
        (facts.cars > 0, Gap.NO_CAR),
        (facts.cars_with_vin == facts.cars, Gap.NO_VIN),
        (facts.cars_with_day == facts.cars, None),
        (facts.consent_asked, Gap.NO_CONSENT),
        (facts.owner, Gap.NO_OWNER),
        (facts.checked_on is not None and facts.checked_on >= stale_before, Gap.NOT_CHECKED),
    )
    answered = sum(good for good, _ in questions)
    return Completeness(
        round(100 * answered / len(questions)), tuple(gap for good, gap in questions if gap and not good)
    )
