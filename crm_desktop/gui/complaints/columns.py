"""What the list of complaints shows, column by column."""

from __future__ import annotations

from datetime import date, datetime
from operator import attrgetter

from crm_desktop.clock import local_day, to_local
from crm_desktop.domain.complaints import ComplaintRow, Severity, State
from crm_desktop.domain.identity import masked_phone, shown_plate
from crm_desktop.domain.sheets import Column, Kind
from crm_desktop.gui.theme import Tone
from crm_desktop.gui.widgets.row_model import Mark, Marker

HISTORY_WORD = "历史导入"
STATE_TONES = {
    State.REGISTERED: Tone.SOON,
    State.IN_PROGRESS: Tone.INFO,
    State.RESOLVED: Tone.DONE,
    State.CLOSED: Tone.GREY,
    State.VOID: Tone.GREY,
}


def _received(row: ComplaintRow) -> datetime | date:
    return to_local(row.received_at) if row.received_has_time else local_day(row.received_at)


def _state(row: ComplaintRow) -> str:
    """An imported case that nobody has touched is not waiting for anybody: it says where it came from."""
    return HISTORY_WORD if row.history and row.state == State.REGISTERED else row.state


def _customer(row: ComplaintRow) -> str:
    return row.customer_name or masked_phone(row.phone)


def _plate(row: ComplaintRow) -> str:
    return shown_plate(row.plate)


def _state_mark(row: ComplaintRow) -> Mark:
    return Mark(Tone.GREY if row.history else STATE_TONES[State(row.state)])


def _severity_mark(row: ComplaintRow) -> Mark | None:
    return Mark(Tone.LATE) if row.severity == Severity.MAJOR else None


COLUMNS: tuple[Column[ComplaintRow], ...] = (
    Column("单号", attrgetter("number"), width=15),
    Column("受理时间", _received, Kind.TIME, width=17),
    Column("状态", _state, width=8),
    Column("级别", attrgetter("severity"), width=6),
    Column("渠道", attrgetter("channel"), width=8),
    Column("客户", _customer, width=11),
    Column("车牌", _plate, width=11.5),
    Column("车型", attrgetter("model"), width=14),
    Column("抱怨内容", attrgetter("words"), width=20, wrap=True),
    Column("责任人", attrgetter("responsible"), width=8),
)
MARKS: dict[str, Marker] = {"状态": _state_mark, "级别": _severity_mark}
