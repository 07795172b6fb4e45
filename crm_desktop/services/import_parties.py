"""Whose is an imported row: everybody's phones, plates and VINs in memory for the length of one import."""

from __future__ import annotations

from typing import Any

from crm_desktop.domain.customers import phone_kind
from crm_desktop.domain.imports import ImportedComplaint, ImportedFollowUp, ImportedVisit
from crm_desktop.domain.pinyin import initials
from crm_desktop.models.base import Record
from crm_desktop.models.customers import Contact, Customer, Vehicle
from crm_desktop.models.ledger import Ledger
from crm_desktop.services.desk import Desk

Whose = ImportedComplaint | ImportedVisit
"""Rows that tell whose they are by name, phone, plate and VIN, and may begin a file."""


class Files:
    """Who is who: a car is known by VIN, else plate; a customer by phone together with his name (or no name told),
    else as that car's owner when the name agrees. A name alone is nobody: two people may share it."""

    def __init__(self, desk: Desk) -> None:
        self.customers_by_phone: dict[str, list[int]] = {}
        self.customer_by_source: dict[str, int] = {}
        self.names: dict[int, str] = {}
        self.owner: dict[int, int | None] = {}
        self._vins: dict[int, str] = {}
        self._by_vin: dict[str, int] = {}
        self._by_plate: dict[str, int] = {}
        for customer, name, source in desk.rows("SELECT id, name, source_number FROM customers"):
            self.know_customer(customer, name, source or "")
        for phone, customer in desk.rows(
            "SELECT value, customer_id FROM contacts WHERE removed = 0 ORDER BY customer_id"
        ):
            self.know_phone(phone, customer)
        for car, vin, plate, owner in desk.rows("SELECT id, vin, plate, customer_id FROM vehicles ORDER BY id"):
            self.know_car(car, vin, plate, owner)

    def car(self, vin: str, plate: str) -> int | None:
        """The car with this VIN, else the latest with this plate: a plate may move on to a car of another VIN."""
        if vin and vin in self._by_vin:
            return self._by_vin[vin]
        found = self._by_plate.get(plate) if plate else None
        return None if found is not None and vin and self._vins.get(found) else found

    def customer(self, phone: str, name: str, car: int | None) -> int | None:
        """The customer with this phone, else the owner of this car, where the name agrees or is not told."""
        for known in self.customers_by_phone.get(phone, ()) if phone else ():
            if self._agrees(known, name):
                return known
        owner = self.owner.get(car) if car is not None else None
        return owner if owner is not None and self._agrees(owner, name) else None

    def of(self, row: Whose | ImportedFollowUp) -> tuple[int | None, int | None]:
        """Customer and car of a row, as far as they are on file."""
        car = self.car(row.vin, row.plate)
        return self.customer(row.phone, row.customer_name, car), car

    def know_customer(self, customer: int, name: str, source: str = "") -> None:
        """Another file."""
        self.names[customer] = name
        if source:
            self.customer_by_source[source] = customer

    def know_phone(self, phone: str, customer: int) -> None:
        """Another number of somebody."""
        self.customers_by_phone.setdefault(phone, []).append(customer)

    def know_car(self, car: int, vin: str, plate: str, owner: int | None) -> None:
        """Another car."""
        self._vins[car] = vin
        if vin:
            self._by_vin[vin] = car
        if plate:
            self._by_plate[plate] = car
        self.owner[car] = owner

    def _agrees(self, customer: int, name: str) -> bool:
        """A file without a name, or a row that tells none, contradicts nobody."""
        return not name or self.names.get(customer) in ("", name)


class Parties:
    """Finds customer and car of a row or begins their files, many in one go."""

    def __init__(self, desk: Desk, ledger: Ledger, import_id: int) -> None:
        self._ledger = ledger
        self._stamp = {"entered_at": ledger.act.at, "imported_by": import_id}
        self._files = Files(desk)
        self._next: dict[type[Record], int] = {model: ledger.next_id(model) for model in (Customer, Vehicle)}
        self._new: dict[type[Record], list[dict[str, Any]]] = {Customer: [], Contact: [], Vehicle: []}

    def of(self, row: Whose) -> tuple[int | None, int | None]:
        """The ids of customer and car of one row; new ones are written at the next ``flush``."""
        customer, car = self._files.of(row)
        if customer is None and (row.phone or (row.customer_name and (row.plate or row.vin))):
            customer = self._begin_customer(row)
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

    def _begin_customer(self, row: Whose) -> int:
        customer = self._take(Customer)
        name = row.customer_name
        self._new[Customer].append({"name": name, "name_keys": initials(name), "source": "导入", **self._stamp})
        self._files.know_customer(customer, name)
        if row.phone:
            self._new[Contact].append(
                {"customer": customer, "kind": phone_kind(row.phone), "value": row.phone, "role": "车主"}
            )
            self._files.know_phone(row.phone, customer)
        return customer

    def _begin_car(self, row: Whose, customer: int | None) -> int:
        car = self._take(Vehicle)
        names = ("plate", "vin", "brand", "series", "model", "brought_by", "brought_by_phone")
        self._new[Vehicle].append({n: getattr(row, n) for n in names} | {"customer": customer, **self._stamp})
        self._files.know_car(car, row.vin, row.plate, customer)
        return car

    def _take(self, model: type[Record]) -> int:
        taken = self._next[model]
        self._next[model] += 1
        return taken
