"""回话: what was promised to the customer, until when, and whether it was kept (part 2, «今天要给谁回话»)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum


class PromiseOutcome(StrEnum):
    """What became of a promise."""

    KEPT = "已兑现"
    BROKEN = "没有兑现"


@dataclass(frozen=True, slots=True)
class PromiseRow:
    """One promise. Times are UTC; ``outcome`` is empty while it is open."""

    id: int
    ver: int
    complaint_number: str
    customer_name: str
    phone: str
    what: str
    made_at: datetime
    due_at: datetime
    who: str
    outcome: str = ""
    settled_at: datetime | None = None
    note: str = ""
