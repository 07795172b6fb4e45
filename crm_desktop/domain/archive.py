"""存档: 归档号, how long a filed complaint is kept, and what may be disposed of when.

Sources: seed 001 篇1 六 (二年, requirements A34 and A35); 三包规定 第十七条 (修理记录六年, facts.md 6.1); gap G10.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from crm_desktop.domain.errors import InvalidInput, NotAllowed

RETENTION_YEARS = 2
RETENTION_YEARS_WITH_REWORK = 6
_NUMERALS = "零一二三四五六七八九十"
EMPTIED = "（已销毁）"
"""What stands in the place of a text that must not be empty."""


@dataclass(frozen=True, slots=True)
class Retention:
    """保存期限 in calendar years; a rework makes the file a repair record, a mere 委托书号 does not."""

    years: int = RETENTION_YEARS
    years_with_rework: int = RETENTION_YEARS_WITH_REWORK

    def of(self, has_rework: bool) -> int:
        """The years that hold for a file."""
        return max(self.years, self.years_with_rework) if has_rework else self.years

    @property
    def words(self) -> str:
        """What stands at the foot of every paper: 保存期限：二年（含返修六年）."""
        with_rework = self.of(has_rework=True)
        longer = f"（含返修{_numeral(with_rework)}年）" if with_rework != self.years else ""
        return f"保存期限：{_numeral(self.years)}年{longer}"


@dataclass(frozen=True, slots=True)
class FilingDraft:
    """Where the paper lies; ``filed_on`` None means today."""

    place: str = ""
    filed_on: date | None = None


@dataclass(frozen=True, slots=True)
class Filing:
    """One filed complaint. ``expires_on`` is the first day on which it may be disposed of."""

    complaint_id: int
    complaint_number: str
    number: str
    place: str
    filed_by: str
    filed_on: date
    expires_on: date
    years: int
    disposed: bool = False


@dataclass(frozen=True, slots=True)
class Correction:
    """更正说明: what stands beside the old text of a filed complaint. ``at`` is UTC."""

    at: datetime
    who: str
    about: str
    text: str


@dataclass(frozen=True, slots=True)
class DisposalRow:
    """One 销毁申请: proposed, exported, then approved or refused. Times are UTC."""

    id: int
    ver: int
    number: str
    proposed_at: datetime
    proposed_by: str
    reason: str
    bundle_name: str
    bundle_digest: str
    decided_at: datetime | None
    decided_by: str
    approved: bool
    note: str
    files: tuple[Filing, ...] = field(default=())

    @property
    def state(self) -> str:
        """The word of the desk."""
        if self.decided_at:
            return "已销毁" if self.approved else "未批准"
        return "待批准" if self.bundle_digest else "待导出"


def expires_on(filed_on: date, years: int) -> date:
    """The first day on which a file kept for so many calendar years may be disposed of.

    The same day so many years later; 29 February has none in most years, and then it is 1 March: a file is never
    given up a day early.
    """
    try:
        return filed_on.replace(year=filed_on.year + years)
    except ValueError:
        return date(filed_on.year + years, 3, 1)


def read_retention(table: Mapping[str, Any]) -> Retention:
    """保存期限 as stored; the form is that of resources/rules/retention.json.

    :raises InvalidInput: as ``checked_years``.
    """
    return Retention(
        checked_years(str(table.get("years", "")), "保存期限"),
        checked_years(str(table.get("years_with_rework", "")), "返修保存期限"),
    )


def checked_years(text: str, label: str) -> int:
    """A retention as typed.

    :raises InvalidInput: for what is not a whole number from 1 to 99.
    """
    cleaned = text.strip().removesuffix("年").strip()
    if not cleaned.isdecimal() or not 1 <= int(cleaned) <= 99:
        raise InvalidInput(f"{label}请填 1 到 99 的整数（年），不能是“{text}”。")
    return int(cleaned)


def check_filed_on(filed_on: date, closed_on: date, today: date) -> None:
    """:raises InvalidInput: a day to come, or before the complaint was closed."""
    if not closed_on <= filed_on <= today:
        raise InvalidInput({"filed_on": f"归档日期应在 {closed_on}（关闭）和今天之间，请核对。"})


def check_expired(filing: Filing, today: date) -> None:
    """:raises NotAllowed: while the file has to be kept."""
    if filing.disposed:
        raise NotAllowed(f"{filing.complaint_number} 已经销毁过，不用再销毁。")
    if today < filing.expires_on:
        raise NotAllowed(
            f"{filing.complaint_number}（{filing.number}）{filing.filed_on} 归档，要保存 {filing.years} 年，"
            f"{filing.expires_on} 之前不能销毁。"
        )


def _numeral(years: int) -> str:
    """Years as the procedure writes them: 二, 六; from eleven on in digits."""
    return _NUMERALS[years] if years < len(_NUMERALS) else str(years)
