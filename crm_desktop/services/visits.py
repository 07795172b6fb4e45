"""进厂/委托书: orders typed at the desk, beside those an import brings.

register(vehicle_id, VisitDraft, act) -> id        amend(visit_id, ver, VisitDraft, act) -> ver
take_back(visit_id, ver, reason, act)             get(visit_id) -> VisitRow
of_vehicle(vehicle_id) / of_customer(customer_id) -> list[VisitRow]      the latest first
"""

from __future__ import annotations

from dataclasses import asdict, replace
from datetime import date
from typing import Any

from crm_desktop.clock import local_day
from crm_desktop.domain.acts import Act
from crm_desktop.domain.errors import ChangedMeanwhile, InvalidInput, NotAllowed, NotFound
from crm_desktop.domain.rights import Right, require
from crm_desktop.domain.text import checked_line
from crm_desktop.domain.visits import VisitDraft, VisitRow, checked_visit
from crm_desktop.models.customers import Vehicle, Visit
from crm_desktop.models.ledger import Ledger
from crm_desktop.services.desk import Desk

_QUERY = """
    SELECT id, ver, customer_id, vehicle_id, COALESCE(came_on, left_on, substr(entered_at, 1, 10)), left_on,
        COALESCE(order_number, ''), kind, items, mileage, amount_fen, adviser, technician, inspector, brought_by,
        brought_by_phone, promised_on FROM visits WHERE
"""
_RESTING = ("payments", "survey_calls")


class Visits:
    """What the workshop did, as far as the customer's file needs it."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk

    def register(self, vehicle_id: int, draft: VisitDraft, act: Act) -> int:
        """An order of this car, for its owner as of now; a higher mileage goes into the car's file. Returns its id.

        :raises InvalidInput: as ``checked_visit``, or a number that is there already. :raises NotFound: no such car.
        """
        act = require(act, Right.PROFILE)
        cleaned = checked_visit(draft, local_day(act.at))
        found = self._desk.rows("SELECT customer_id FROM vehicles WHERE id = ?", (vehicle_id,))
        if not found:
            raise NotFound("没有这辆车，请刷新后再看。")
        self._check_number(cleaned.order_number)
        with self._desk.writing(act) as ledger:
            self._keep_mileage(ledger, vehicle_id, cleaned)
            return ledger.add(
                Visit, cleaned.order_number, customer=found[0][0], vehicle=vehicle_id, entered_at=act.at,
                **_values(cleaned),
            )  # fmt: skip

    def amend(self, visit_id: int, ver: int, draft: VisitDraft, act: Act) -> int:
        """Changes an order, also to say that the car left. Returns the new version; raises as ``register``."""
        act = require(act, Right.PROFILE)
        cleaned = checked_visit(draft, local_day(act.at))
        self._check_number(cleaned.order_number, visit_id)
        found = self._desk.rows("SELECT vehicle_id FROM visits WHERE id = ?", (visit_id,))
        with self._desk.writing(act) as ledger:
            if found and found[0][0]:
                self._keep_mileage(ledger, found[0][0], cleaned)
            return ledger.change(Visit, visit_id, _values(cleaned), ver)

    def take_back(self, visit_id: int, ver: int, reason: str, act: Act) -> None:
        """Takes an order out that was typed by mistake; the history keeps what it was and why it went.

        The mileage it brought into the car's file stays: nobody knows which one stood there before it was right.

        :raises InvalidInput: no reason. :raises NotAllowed: it was imported, or a payment or a survey rests on it.
        :raises ChangedMeanwhile: somebody changed it meanwhile.
        """
        act = require(act, Right.PROFILE)
        why = checked_line(reason, "原因")
        if not why:
            raise InvalidInput({"reason": "撤回请写明原因。"})
        row = self.get(visit_id)
        if row.ver != ver:
            raise ChangedMeanwhile("这条记录刚被别人改过，请先看最新内容，再改一次。")
        (imported,) = self._desk.rows("SELECT import_id FROM visits WHERE id = ?", (visit_id,))[0]
        if imported is not None:
            raise NotAllowed("这张委托书是导入的：可以改它的内容；整批导错了，请用“撤销导入”。")
        if any(self._desk.rows(f"SELECT 1 FROM {table} WHERE visit_id = ?", (visit_id,)) for table in _RESTING):
            raise NotAllowed("这张委托书已有付款或电话调查记在上面，不能撤回；内容错了请改内容。")
        draft = row.draft
        told = " ".join(part for part in (draft.order_number, draft.came_on.isoformat(), draft.items) if part)
        with self._desk.writing(act) as ledger:
            ledger.remove(Visit, [visit_id], f"撤回 {told[:80]}：{why}")

    def get(self, visit_id: int) -> VisitRow:
        """One order; raises NotFound."""
        found = self._rows("id = ?", visit_id)
        if not found:
            raise NotFound("没有这张委托书，请刷新后再看。")
        return found[0]

    def of_vehicle(self, vehicle_id: int) -> list[VisitRow]:
        """The orders of a car, whoever owned it then."""
        return self._rows("vehicle_id = ?", vehicle_id)

    def of_customer(self, customer_id: int) -> list[VisitRow]:
        """The orders of a customer, whichever car it was."""
        return self._rows("customer_id = ?", customer_id)

    def _rows(self, where: str, key: int) -> list[VisitRow]:
        return [_row(row) for row in self._desk.rows(f"{_QUERY} {where} ORDER BY 5 DESC, id DESC", (key,))]

    def _check_number(self, number: str, own: int = 0) -> None:
        if number and self._desk.rows("SELECT 1 FROM visits WHERE order_number = ? AND id <> ?", (number, own)):
            raise InvalidInput({"order_number": f"委托书号 {number} 已经在进厂记录里，请核对。"})

    def _keep_mileage(self, ledger: Ledger, vehicle_id: int, draft: VisitDraft) -> None:
        known = self._desk.rows("SELECT mileage FROM vehicles WHERE id = ?", (vehicle_id,))[0][0] or 0
        if draft.mileage is not None and draft.mileage > known:
            ledger.change(Vehicle, vehicle_id, {"mileage": draft.mileage})


def _values(draft: VisitDraft) -> dict[str, Any]:
    return {**asdict(draft), "order_number": draft.order_number or None}


def _row(row: tuple[Any, ...]) -> VisitRow:
    found, ver, customer, vehicle, came, left, *rest, promised = row
    draft = replace(VisitDraft(date.fromisoformat(came), _day(left), *rest), promised_on=_day(promised))
    return VisitRow(found, ver, customer, vehicle, draft)


def _day(kept: str | None) -> date | None:
    return date.fromisoformat(kept) if kept else None
