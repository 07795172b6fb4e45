"""合同与付款: what a customer signed and what he paid (001 篇9 3; requirement A46), light: no bookkeeping.

checked_payment(PaymentDraft, today)      checked_contract(ContractDraft, today)
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date

from crm_desktop.domain.errors import InvalidInput
from crm_desktop.domain.text import checked_line

_MOST_FEN = 10_000_000_00


@dataclass(frozen=True, slots=True)
class PaymentDraft:
    """Money in fen; ``paid_on`` None while it is open."""

    amount_fen: int
    due_on: date | None = None
    paid_on: date | None = None
    method: str = ""
    note: str = ""
    visit_id: int | None = None


@dataclass(frozen=True, slots=True)
class ContractDraft:
    """One contract; ``ends_on`` None for one without an end."""

    kind: str
    signed_on: date
    number: str = ""
    ends_on: date | None = None
    amount_fen: int | None = None
    note: str = ""
    vehicle_id: int | None = None


@dataclass(frozen=True, slots=True)
class PaymentRow:
    """One payment as listed."""

    id: int
    ver: int
    draft: PaymentDraft


@dataclass(frozen=True, slots=True)
class ContractRow:
    """One contract as listed."""

    id: int
    ver: int
    draft: ContractDraft


def checked_payment(draft: PaymentDraft, today: date) -> PaymentDraft:
    """The draft cleaned.

    :raises InvalidInput: an amount that is none, or paid in days to come.
    """
    faults = {}
    if not 0 < draft.amount_fen <= _MOST_FEN:
        faults["amount"] = "付款金额应大于 0，不超过一千万元，请核对。"
    if draft.paid_on and draft.paid_on > today:
        faults["paid_on"] = "付款日期晚于今天，请核对；还没有付的留空。"
    if faults:
        raise InvalidInput(faults)
    return replace(draft, method=checked_line(draft.method, "付款方式", 40), note=checked_line(draft.note, "备注"))


def checked_contract(draft: ContractDraft, today: date) -> ContractDraft:
    """The draft cleaned.

    :raises InvalidInput: no kind, signed in days to come, or ended before it was signed.
    """
    kind, faults = checked_line(draft.kind, "合同类型", 40), {}
    if not kind:
        faults["kind"] = "请填合同类型，如保养套餐。"
    if draft.signed_on > today:
        faults["signed_on"] = "签订日期晚于今天，请核对。"
    if draft.ends_on and draft.ends_on < draft.signed_on:
        faults["ends_on"] = "到期日期早于签订日期，请核对。"
    if draft.amount_fen is not None and not 0 <= draft.amount_fen <= _MOST_FEN:
        faults["amount"] = "合同金额应在 0 到一千万元之间，请核对。"
    if faults:
        raise InvalidInput(faults)
    number = checked_line(draft.number, "合同编号", 60)
    return replace(draft, kind=kind, number=number, note=checked_line(draft.note, "备注"))
