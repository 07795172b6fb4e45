"""非投诉型苗头: what may become a complaint and is none yet (004 04.2; requirements A160, A161)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum


class SignKind(StrEnum):
    """Where a sign comes from, the most pressing first; the last one was written down by somebody."""

    LATE_PROMISE = "答应的事到期没做"
    REPEAT_REPAIR = "反复返修"
    UNSATISFIED_CALL = "回访不满意"
    LOW_ANSWER = "调查不满意"
    STAYED_AWAY = "投诉后没再来"
    NOTED = "记下的苗头"


@dataclass(frozen=True, slots=True)
class SignRow:
    """One sign. ``id`` and ``ver`` are those of what it comes from: a promise, a car, a call, an answer, a customer,
    a note. ``number`` is the complaint it hangs on, if any; ``phone`` as stored."""

    kind: SignKind
    id: int
    on: date
    what: str
    customer_id: int | None
    customer_name: str
    phone: str
    vehicle_id: int | None
    plate: str
    number: str = ""
