"""What stands behind a number of a report: one line a row it counts, whatever it counts."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from crm_desktop.domain.columns import Column, Kind


@dataclass(frozen=True, slots=True)
class BehindRow:
    """``number`` is what it is known by, ``complaint`` whose it is (empty: nobody's), ``on`` its local day."""

    id: int
    number: str
    complaint: str
    on: date | None
    what: str
    who: str
    state: str


@dataclass(frozen=True, slots=True)
class Behind:
    """What a number opens: its name, how it is counted, and its lists by name, the first of them shown first."""

    title: str
    formula: str
    lists: tuple[tuple[str, tuple[BehindRow, ...]], ...]


COLUMNS: tuple[Column[BehindRow], ...] = (
    Column("单号", lambda row: row.number, width=17),
    Column("日期", lambda row: row.on, Kind.DATE, width=11),
    Column("状态", lambda row: row.state, width=12),
    Column("责任人", lambda row: row.who, width=10),
    Column("内容", lambda row: row.what, width=40, wrap=True),
)
