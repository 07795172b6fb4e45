"""《销毁记录》: what was disposed of, one line a complaint; all that is left of it (requirement A35)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from crm_desktop.domain.sheets import Column, Kind

SIGNATURES = ("提出（客户关爱部）", "批准（服务总监）", "监销人")


@dataclass(frozen=True, slots=True)
class DisposalLine:
    """One complaint in its place in the list; ``disposed_on`` None while it is only proposed."""

    sequence: int
    complaint_number: str
    filing_number: str
    filed_on: date
    years: int
    expires_on: date
    disposed_on: date | None


COLUMNS: tuple[Column[DisposalLine], ...] = (
    Column("序号", lambda line: line.sequence, Kind.INTEGER, 6),
    Column("抱怨单号", lambda line: line.complaint_number, width=18),
    Column("归档号", lambda line: line.filing_number, width=15),
    Column("归档日期", lambda line: line.filed_on, Kind.DATE, 12),
    Column("保存年限", lambda line: line.years, Kind.INTEGER, 9),
    Column("到期日期", lambda line: line.expires_on, Kind.DATE, 12),
    Column("销毁日期", lambda line: line.disposed_on, Kind.DATE, 12),
)
