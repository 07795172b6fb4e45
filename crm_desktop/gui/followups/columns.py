"""The lists of the room 回访 as columns: calls to be made, calls that were made."""

from __future__ import annotations

from datetime import datetime
from operator import attrgetter

from crm_desktop.clock import to_local
from crm_desktop.domain.customers import NAMELESS
from crm_desktop.domain.followups import FollowUpRow, Outcome, Satisfaction
from crm_desktop.domain.identity import masked_phone, shown_plate
from crm_desktop.domain.sheets import Column, Kind
from crm_desktop.gui.theme import Tone
from crm_desktop.gui.widgets.row_model import Mark

_SATISFACTION_TONES = {
    Satisfaction.SATISFIED: Tone.DONE,
    Satisfaction.FAIR: Tone.SOON,
    Satisfaction.DISSATISFIED: Tone.LATE,
    Satisfaction.SILENT: Tone.GREY,
}


def _late(row: FollowUpRow) -> str:
    return f"超期 {row.late_days} 天" if row.late_days > 0 else ""


def late_mark(row: FollowUpRow) -> Mark:
    """A call whose day has passed."""
    return Mark(Tone.LATE)


def _customer(row: FollowUpRow) -> str:
    return row.customer_name or NAMELESS


def _phone(row: FollowUpRow) -> str:
    return masked_phone(row.phone)


def _plate(row: FollowUpRow) -> str:
    return shown_plate(row.plate)


def _called(row: FollowUpRow) -> datetime | None:
    return to_local(row.called_at) if row.called_at else None


def outcome_mark(row: FollowUpRow) -> Mark | None:
    """Who was not reached stands out; 成功 is the usual."""
    return Mark(Tone.GREY) if row.outcome != Outcome.REACHED else None


def satisfaction_mark(row: FollowUpRow) -> Mark | None:
    """The four answers in their tones; an unreached customer has none."""
    known = row.satisfaction in tuple(Satisfaction)
    return Mark(_SATISFACTION_TONES[Satisfaction(row.satisfaction)]) if known else None


OPEN: tuple[Column[FollowUpRow], ...] = (
    Column("计划日期", attrgetter("planned_on"), Kind.DATE, width=10),
    Column("超期", _late, width=10),
    Column("客户", _customer, width=10),
    Column("电话", _phone, width=12.5),
    Column("车牌号", _plate, width=11.5),
    Column("事由", attrgetter("reason"), width=14, wrap=True),
    Column("回访人", attrgetter("caller"), width=7),
)
MADE: tuple[Column[FollowUpRow], ...] = (
    Column("回访时间", _called, Kind.TIME, width=15.5),
    Column("结果", attrgetter("outcome"), width=10),
    Column("满意度", attrgetter("satisfaction"), width=8),
    Column("评分", attrgetter("score"), Kind.INTEGER, width=4),
    Column("客户", _customer, width=10),
    Column("顾客反馈", attrgetter("feedback"), width=20, wrap=True),
    Column("回访人", attrgetter("caller"), width=7),
)
