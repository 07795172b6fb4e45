"""合同与付款 of a customer: typed, amended, taken back; each with its line in the history.

payments(customer_id) -> list[PaymentRow]       contracts(customer_id) -> list[ContractRow]
add_payment(customer_id, PaymentDraft, act) -> id      amend_payment(id, ver, draft, act) -> ver
take_back_payment(id, ver, reason, act)                … and the same three verbs for a contract
"""

from __future__ import annotations

from dataclasses import asdict
from datetime import date
from typing import Any

from crm_desktop.clock import local_day
from crm_desktop.domain.acts import Act
from crm_desktop.domain.dealings import (
    ContractDraft,
    ContractRow,
    PaymentDraft,
    PaymentRow,
    checked_contract,
    checked_payment,
)
from crm_desktop.domain.errors import InvalidInput
from crm_desktop.domain.rights import Right, require
from crm_desktop.domain.text import checked_line
from crm_desktop.models.base import Record
from crm_desktop.models.profile import Contract, Payment
from crm_desktop.services.desk import Desk
from crm_desktop.services.parties import check_known

_PAYMENTS = """
    SELECT id, ver, amount_fen, due_on, paid_on, method, note, visit_id FROM payments
    WHERE customer_id = ? AND removed = 0 ORDER BY COALESCE(paid_on, due_on) DESC, id DESC
"""
_CONTRACTS = """
    SELECT id, ver, kind, signed_on, number, ends_on, amount_fen, note, vehicle_id FROM contracts
    WHERE customer_id = ? AND removed = 0 ORDER BY signed_on DESC, id DESC
"""


class Dealings:
    """Light fields on the profile: enough for 评级 and the timeline."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk

    def payments(self, customer_id: int) -> list[PaymentRow]:
        """The latest first."""
        return [_payment(row) for row in self._desk.rows(_PAYMENTS, (customer_id,))]

    def contracts(self, customer_id: int) -> list[ContractRow]:
        """The latest first."""
        return [_contract(row) for row in self._desk.rows(_CONTRACTS, (customer_id,))]

    def add_payment(self, customer_id: int, draft: PaymentDraft, act: Act) -> int:
        """A payment made or due. Returns its id; raises as ``checked_payment``, and NotFound."""
        act = require(act, Right.PROFILE)
        values = _payment_values(checked_payment(draft, local_day(act.at)))
        check_known(self._desk, customer_id, None)
        with self._desk.writing(act) as ledger:
            return ledger.add(Payment, customer=customer_id, entered_at=act.at, **values)

    def amend_payment(self, payment_id: int, ver: int, draft: PaymentDraft, act: Act) -> int:
        """Changes a payment, also to say it was made. Returns the new version."""
        act = require(act, Right.PROFILE)
        values = _payment_values(checked_payment(draft, local_day(act.at)))
        with self._desk.writing(act) as ledger:
            return ledger.change(Payment, payment_id, values, ver)

    def take_back_payment(self, payment_id: int, ver: int, reason: str, act: Act) -> None:
        """A payment entered by mistake; the reason is asked for."""
        self._take_back(Payment, payment_id, ver, reason, require(act, Right.PROFILE))

    def add_contract(self, customer_id: int, draft: ContractDraft, act: Act) -> int:
        """A contract signed. Returns its id; raises as ``checked_contract``, and NotFound."""
        act = require(act, Right.PROFILE)
        values = _contract_values(checked_contract(draft, local_day(act.at)))
        check_known(self._desk, customer_id, draft.vehicle_id)
        with self._desk.writing(act) as ledger:
            return ledger.add(Contract, draft.kind, customer=customer_id, entered_at=act.at, **values)

    def amend_contract(self, contract_id: int, ver: int, draft: ContractDraft, act: Act) -> int:
        """Changes a contract. Returns the new version."""
        act = require(act, Right.PROFILE)
        values = _contract_values(checked_contract(draft, local_day(act.at)))
        with self._desk.writing(act) as ledger:
            return ledger.change(Contract, contract_id, values, ver)

    def take_back_contract(self, contract_id: int, ver: int, reason: str, act: Act) -> None:
        """A contract entered by mistake; the reason is asked for."""
        self._take_back(Contract, contract_id, ver, reason, require(act, Right.PROFILE))

    def _take_back(self, model: type[Record], record_id: int, ver: int, reason: str, act: Act) -> None:
        why = checked_line(reason, "原因")
        if not why:
            raise InvalidInput({"reason": "撤回请写明原因。"})
        with self._desk.writing(act) as ledger:
            ledger.change(model, record_id, {"removed": True}, ver, why)


def _payment_values(draft: PaymentDraft) -> dict[str, Any]:
    values = asdict(draft)
    values["visit"] = values.pop("visit_id")
    return values


def _contract_values(draft: ContractDraft) -> dict[str, Any]:
    values = asdict(draft)
    values["vehicle"] = values.pop("vehicle_id")
    return values


def _payment(row: tuple[Any, ...]) -> PaymentRow:
    found, ver, amount, due, paid, *rest = row
    return PaymentRow(found, ver, PaymentDraft(amount, _day(due), _day(paid), *rest))


def _contract(row: tuple[Any, ...]) -> ContractRow:
    found, ver, kind, signed, number, ends, *rest = row
    return ContractRow(found, ver, ContractDraft(kind, date.fromisoformat(signed), number, _day(ends), *rest))


def _day(text: str | None) -> date | None:
    return date.fromisoformat(text) if text else None
