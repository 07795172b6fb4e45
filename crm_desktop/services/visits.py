"""进厂/委托书: orders typed at the desk, beside those an import brings.

register(vehicle_id, VisitDraft, act) -> id        amend(visit_id, ver, VisitDraft, act) -> ver
of_vehicle(vehicle_id) / of_customer(customer_id) -> list[VisitRow]      the latest first
"""

from __future__ import annotations

from dataclasses import asdict
from datetime import date
from typing import Any

from crm_desktop.clock import local_day
from crm_desktop.domain.acts import Act
from crm_desktop.domain.errors import InvalidInput, NotFound
from crm_desktop.domain.rights import Right, require
from crm_desktop.domain.visits import VisitDraft, VisitRow, checked_visit
from crm_desktop.models.customers import Vehicle, Visit
from crm_desktop.models.ledger import Ledger
from crm_desktop.services.desk import Desk

_QUERY = """
    SELECT id, ver, customer_id, vehicle_id, COALESCE(came_on, left_on, substr(entered_at, 1, 10)), left_on,
        COALESCE(order_number, ''), kind, items, mileage, amount_fen, adviser, technician, inspector, brought_by,
        brought_by_phone FROM visits WHERE
"""


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
    found, ver, customer, vehicle, came, left, *rest = row
    left_on = date.fromisoformat(left) if left else None
    return VisitRow(found, ver, customer, vehicle, VisitDraft(date.fromisoformat(came), left_on, *rest))
