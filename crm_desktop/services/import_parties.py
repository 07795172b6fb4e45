"""Customers and cars of imported rows: found in the files or begun, many in one go."""

from __future__ import annotations

from typing import Any

from crm_desktop.domain.imports import ImportedComplaint, ImportedVisit
from crm_desktop.domain.pinyin import initials
from crm_desktop.models.customers import Contact, Customer, Vehicle
from crm_desktop.models.ledger import Ledger
from crm_desktop.services.desk import Desk


Whose = ImportedComplaint | ImportedVisit
"""Rows that tell whose they are by name, phone, plate and VIN."""


class Parties:
    """Everybody's phones, plates and VINs in memory for the length of one import.

    A car is known by VIN, else plate. A customer is known by phone together with his name (or no name told), else
    as that car's owner when the name agrees. A name alone never makes a customer: two people may share it.
    """

    def __init__(self, desk: Desk, ledger: Ledger, import_id: int) -> None:
        self._ledger = ledger
        self._stamp = {"entered_at": ledger.act.at, "imported_by": import_id}
        self._by_phone: dict[str, list[int]] = {}
        for phone, customer in desk.rows(
            "SELECT value, customer_id FROM contacts WHERE removed = 0 ORDER BY customer_id"
        ):
            self._by_phone.setdefault(phone, []).append(customer)
        self._names: dict[int, str] = dict(desk.rows("SELECT id, name FROM customers"))
        self._by_vin: dict[str, int] = {}
        self._by_plate: dict[str, int] = {}
        self._owner: dict[int, int | None] = {}
        for car, vin, plate, owner in desk.rows("SELECT id, vin, plate, customer_id FROM vehicles ORDER BY id DESC"):
            self._know_car(car, vin, plate, owner)
        self._next = {model: ledger.next_id(model) for model in (Customer, Vehicle)}
        self._new: dict[type[Any], list[dict[str, Any]]] = {Customer: [], Contact: [], Vehicle: []}

    def of(self, row: Whose) -> tuple[int | None, int | None]:
        """The ids of customer and car of one row; new ones are written at the next ``flush``."""
        car = self._by_vin.get(row.vin) if row.vin else None
        if car is None and row.plate:
            car = self._by_plate.get(row.plate)
        customer = self._customer(row, car)
        if car is None and (row.plate or row.vin):
            car = self._begin_car(row, customer)
        return customer, car

    def flush(self) -> None:
        """Writes the new customers, numbers and cars gathered so far."""
        for model, titles in ((Customer, "name"), (Contact, "value"), (Vehicle, "plate")):
            rows = self._new[model]
            if rows:
                self._ledger.add_many(model, rows, [row[titles] for row in rows])
                rows.clear()

    def _customer(self, row: Whose, car: int | None) -> int | None:
        for known in self._by_phone.get(row.phone, ()) if row.phone else ():
            if not row.customer_name or self._names.get(known) == row.customer_name:
                return known
        owner = self._owner.get(car) if car is not None else None
        if owner is not None and (not row.customer_name or self._names.get(owner) == row.customer_name):
            return owner
        if row.phone or (row.customer_name and (row.plate or row.vin)):
            return self._begin_customer(row)
        return None

    def _begin_customer(self, row: Whose) -> int:
        customer = self._take(Customer)
        name = row.customer_name
        self._new[Customer].append({"name": name, "name_keys": initials(name), "source": "导入", **self._stamp})
        if row.phone:
            self._new[Contact].append({"customer": customer, "kind": "手机", "value": row.phone, "role": "车主"})
            self._by_phone.setdefault(row.phone, []).append(customer)
        self._names[customer] = name
        return customer

    def _begin_car(self, row: Whose, customer: int | None) -> int:
        car = self._take(Vehicle)
        names = ("plate", "vin", "brand", "series", "model", "brought_by", "brought_by_phone")
        self._new[Vehicle].append({n: getattr(row, n) for n in names} | {"customer": customer, **self._stamp})
        self._know_car(car, row.vin, row.plate, customer)
        return car

    def _know_car(self, car: int, vin: str, plate: str, owner: int | None) -> None:
        if vin:
            self._by_vin[vin] = car
        if plate:
            self._by_plate[plate] = car
        self._owner[car] = owner

    def _take(self, model: type[Any]) -> int:
        taken: int = self._next[model]
        self._next[model] += 1
        return taken
