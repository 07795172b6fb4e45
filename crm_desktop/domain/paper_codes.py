"""What the QR code of a paper says, and what a scanned code means.

A sheet of one case says the case's number, an 有效性评估报告 the measure's. What belongs to no case says which paper it
is (``Code``) and of when, so that its scan is told for what it is: TZ20261101-20261130 a register, YB2026-10 a monthly
report, XH2026-001 a 销毁记录, KB a form still to be filled.

period_code(Code, first, last) -> str       code_of(Code, "2026-10") -> str
measure_number_in(text) -> str              told_by(code) -> str: 《月度抱怨/投诉分析报告》2026-10
"""

from __future__ import annotations

import re
from datetime import date
from enum import StrEnum

from crm_desktop.domain.casebook import TITLE as CASEBOOK
from crm_desktop.domain.desk_papers import HANDOVER, MECHANISM, MORNING
from crm_desktop.domain.identity import half_width
from crm_desktop.domain.papers import PAPER_TITLES, Paper

BLANK = "KB"
"""On a complaint form printed empty, to be filled by hand."""
RECOVERY = "HFM"
"""On a recovery code, which is to lie in a safe and in no scanner."""


class Code(StrEnum):
    """How the code of a paper begins that belongs to no case."""

    REGISTER = "TZ"
    MEASURES = "CS"
    MONTHLY = "YB"
    DISPOSAL = "XH"
    CASEBOOK = "AL"
    MORNING = "CH"
    HANDOVER = "JB"
    MECHANISM = "JZ"


_TITLES = {
    Code.REGISTER: PAPER_TITLES[Paper.REGISTER],
    Code.MEASURES: PAPER_TITLES[Paper.MEASURES],
    Code.MONTHLY: PAPER_TITLES[Paper.MONTHLY],
    Code.DISPOSAL: PAPER_TITLES[Paper.DISPOSAL],
    Code.CASEBOOK: CASEBOOK,
    Code.MORNING: MORNING,
    Code.HANDOVER: HANDOVER,
    Code.MECHANISM: MECHANISM,
}
_CODE = re.compile(rf"({'|'.join(Code)})(\d[\dQ-]*)?")
_PERIOD = re.compile(r"(\d{4})(\d\d)(\d\d)-(\d{4})(\d\d)(\d\d)")
_MEASURE = re.compile(r"JY\d{4}-\d{3,}")


def period_code(paper: Code, first: date | None, last: date | None) -> str:
    """The code of a list of these days; of everything where none are given."""
    return paper + "-".join(f"{day:%Y%m%d}" for day in (first, last) if day)


def code_of(paper: Code, when: str) -> str:
    """The code of a paper of one month (2026-10), quarter (2026-Q3) or day (2026-11-21)."""
    return paper + when


def measure_number_in(text: str) -> str:
    """The number of a measure in a code or a file's name; empty for none."""
    found = _MEASURE.search(half_width(text).upper())
    return found.group() if found else ""


def told_by(code: str) -> str:
    """What a scanned code of no case says, in words; empty for a code that is none of ours."""
    if code == BLANK:
        return "手填的抱怨单：请先“补录”，再把它放到那张单"
    if code == RECOVERY:
        return "恢复码：请锁进保险柜，不要留扫描件"
    found = _CODE.fullmatch(code)
    if found is None:
        return ""
    days = _PERIOD.fullmatch(found[2] or "")
    when = "{}-{}-{} 至 {}-{}-{}".format(*days.groups()) if days else found[2] or ""
    return f"《{_TITLES[Code(found[1])]}》{when}"
