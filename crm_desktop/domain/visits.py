"""进厂/委托书 as typed at the desk; imported ones come by ``importers`` (requirements A46, A53).

checked_visit(VisitDraft, today) -> VisitDraft
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date

from crm_desktop.domain.errors import InvalidInput
from crm_desktop.domain.identity import phone_key
from crm_desktop.domain.text import checked_line, checked_text

_FARTHEST_KM, _MOST_FEN = 3_000_000, 10_000_000_00


@dataclass(frozen=True, slots=True)
class VisitDraft:
    """One order. Days are local, ``mileage`` in km at arrival, money in fen; ``left_on`` None: still here;
    ``promised_on``: 预计交车."""

    came_on: date
    left_on: date | None = None
    order_number: str = ""
    kind: str = ""
    items: str = ""
    mileage: int | None = None
    amount_fen: int | None = None
    adviser: str = ""
    technician: str = ""
    inspector: str = ""
    brought_by: str = ""
    brought_by_phone: str = ""
    promised_on: date | None = None


@dataclass(frozen=True, slots=True)
class VisitRow:
    """One order as listed."""

    id: int
    ver: int
    customer_id: int | None
    vehicle_id: int | None
    draft: VisitDraft


def checked_visit(draft: VisitDraft, today: date) -> VisitDraft:
    """The draft cleaned.

    :raises InvalidInput: days to come or in the wrong order, a mileage or an amount that cannot be.
    """
    faults = {}
    if draft.came_on > today:
        faults["came_on"] = "进厂日期晚于今天，请核对。"
    if draft.left_on and not draft.came_on <= draft.left_on <= today:
        faults["left_on"] = "出厂日期应在进厂日期和今天之间，请核对；还没出厂的留空。"
    if draft.promised_on and draft.promised_on < draft.came_on:
        faults["promised_on"] = "预计交车早于进厂日期，请核对。"
    if draft.mileage is not None and not 0 <= draft.mileage <= _FARTHEST_KM:
        faults["mileage"] = "行驶里程应在 0 到 3,000,000 公里之间，请核对。"
    if draft.amount_fen is not None and not 0 <= draft.amount_fen <= _MOST_FEN:
        faults["amount"] = "结算金额应在 0 到一千万元之间，请核对。"
    if faults:
        raise InvalidInput(faults)
    return replace(
        draft,
        order_number=checked_line(draft.order_number, "委托书号", 60),
        kind=checked_line(draft.kind, "维修类别", 40),
        items=checked_text(draft.items, "维修项目"),
        adviser=checked_line(draft.adviser, "服务顾问", 80),
        technician=checked_line(draft.technician, "主修技师", 80),
        inspector=checked_line(draft.inspector, "质检员", 80),
        brought_by=checked_line(draft.brought_by, "送修人", 80),
        brought_by_phone=phone_key(checked_line(draft.brought_by_phone, "送修人电话", 40)),
    )
