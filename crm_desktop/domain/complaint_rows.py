"""抱怨/投诉单 as it is typed, listed and shown: its draft, its line in a list, its events, and all the form shows."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime

from crm_desktop.domain.complaints import Channel, Severity


@dataclass(frozen=True, slots=True)
class ComplaintDraft:
    """A complaint as typed at the counter; needs only the words plus one of name, phone, plate.

    Times are aware UTC; ``received_at`` None means now. ``customer_id`` and ``vehicle_id`` are set when somebody
    already in the files was chosen. ``mileage`` in km. ``severity_ticks`` are codes of ``domain/severity.py``;
    ``patience_until`` is when the customer's patience ends, by his own words (客户最大忍耐时间, seed 004).
    ``received_by`` names who filled the paper that is entered now (补录), nobody means whoever enters it.
    """

    words: str = ""
    channel: str = Channel.RECEPTION
    severity: str = Severity.ORDINARY
    category: str = ""
    demand: str = ""
    customer_id: int | None = None
    vehicle_id: int | None = None
    customer_name: str = ""
    phone: str = ""
    brought_by: str = ""
    plate: str = ""
    vin: str = ""
    mileage: int | None = None
    order_number: str = ""
    occurred_at: datetime | None = None
    received_at: datetime | None = None
    severity_ticks: tuple[str, ...] = ()
    severity_reason: str = ""
    patience_until: datetime | None = None
    received_by: str = ""


@dataclass(frozen=True, slots=True)
class ComplaintRow:
    """One line of the complaint list. ``received_at`` is UTC; ``history`` marks 历史导入."""

    id: int
    number: str
    source_number: str
    state: str
    severity: str
    channel: str
    category: str
    received_at: datetime
    received_has_time: bool
    customer_name: str
    phone: str
    plate: str
    model: str
    words: str
    responsible: str
    history: bool


@dataclass(frozen=True, slots=True)
class EventRow:
    """One thing that happened: ``at`` when it happened, ``entered_at`` when it was typed (both UTC).

    代录: ``who`` typed what ``on_behalf_of`` said or wrote (``told_how``), who has ``confirmed_at`` it or not yet.
    ``corrects`` is the id of the event this one puts right; ``corrected`` marks one that was put right.
    ``subject`` and ``detail`` say what a decision is about (a field, the levels, an extension).
    """

    kind: str
    at: datetime
    entered_at: datetime
    who: str
    note: str
    id: int = 0
    on_behalf_of: str = ""
    told_how: str = ""
    scan: str = ""
    confirmed_at: datetime | None = None
    late_reason: str = ""
    subject: str = ""
    detail: str = ""
    corrects: int | None = None
    corrected: bool = False

    @property
    def awaits_confirmation(self) -> bool:
        """待本人确认."""
        return bool(self.on_behalf_of) and self.confirmed_at is None and not self.corrected


@dataclass(frozen=True, slots=True)
class HistoryLine:
    """One line of 历史: who changed what, when, from where; erased values show as 已删除."""

    at: datetime
    who: str
    screen: str
    field: str
    old: str
    new: str
    reason: str


@dataclass(frozen=True, slots=True)
class ComplaintCase:
    """One complaint with all the form shows. Times UTC, days local; ``ver`` goes back with a change."""

    id: int
    number: str
    source_number: str
    ver: int
    state: str
    history: bool
    customer_id: int | None
    customer_name: str
    phone: str
    address: str
    vehicle_id: int | None
    plate: str
    vin: str
    brand: str
    series: str
    model: str
    bought_on: date | None
    fields: Mapping[str, object]
    received_at: datetime
    received_has_time: bool
    entered_at: datetime
    received_by: str
    source_status: str
    fault_codes: str
    events: tuple[EventRow, ...]
