"""Whose is an imported row, by its phone, plate, VIN and name; files are begun for those nobody knows."""

from __future__ import annotations

from typing import Any

from crm_desktop.domain.customers import phone_kind
from crm_desktop.domain.imports import ImportedComplaint, ImportedFollowUp, ImportedVisit
from crm_desktop.domain.pinyin import initials
from crm_desktop.models.base import Record
from crm_desktop.models.customers import Contact, Customer, Vehicle
from crm_desktop.models.ledger import Ledger
from crm_desktop.services.desk import Desk
from crm_desktop.services.former import former

Whose = ImportedComplaint | ImportedVisit
"""Rows that tell whose they are by name, phone, plate and VIN, and may begin a file."""


_CAR_BY_VIN = "SELECT id FROM vehicles WHERE vin = ? AND vin <> '' ORDER BY id DESC LIMIT 1"
_CAR_BY_PLATE = "SELECT id, vin FROM vehicles WHERE plate = ? AND plate <> '' ORDER BY id DESC LIMIT 1"
_OWNER = "SELECT customer_id FROM vehicles WHERE id = ?"
_CUSTOMER_BY_SOURCE = "SELECT id FROM customers WHERE source_number = ?"
_CUSTOMERS_BY_PHONE = "SELECT customer_id FROM contacts WHERE value = ? AND removed = 0 ORDER BY customer_id"


class Files:
    """Who is who: a car is known by VIN, else plate; a customer by phone together with his name (or no name told),
    else as that car's owner when the name agrees. A name alone is nobody: two people may share it.

    What is on file is asked there, by its indexes; only what a run has begun and not yet written is kept here, so that
    a long file costs no more memory than a short one and a short one no more time in a big home than in a small.
    """

    def __init__(self, desk: Desk) -> None:
        self._ask = desk.database.connection().execute
        self._former = former(desk)
        self._phones: dict[str, list[int]] = {}
        self._sources: dict[str, int] = {}
        self._names: dict[int, str] = {}
        self._owners: dict[int, int | None] = {}
        self._vins: dict[int, str] = {}
        self._by_vin: dict[str, int] = {}
        self._by_plate: dict[str, int] = {}

    def written(self) -> None:
        """All that was begun is on file now."""
        for known in (self._phones, self._sources, self._names, self._owners, self._vins, self._by_vin, self._by_plate):
            known.clear()

    def car(self, vin: str, plate: str) -> int | None:
        """The car with this VIN, else the latest with this plate: a plate may move on to a car of another VIN."""
        if vin:
            found = self._by_vin.get(vin) or self._first(_CAR_BY_VIN, vin)
            if found:
                return found
        if not plate:
            return None
        found = self._by_plate.get(plate)
        if found:
            return None if vin and self._vins[found] else found
        stored = self._ask(_CAR_BY_PLATE, (plate,)).fetchone()
        return None if stored is None or (vin and stored[1]) else int(stored[0])

    def customer(self, phone: str, name: str, car: int | None) -> int | None:
        """The customer with this phone, else the owner of this car, where the name agrees or is not told."""
        for known in self._with_phone(phone) if phone else ():
            if self._agrees(known, name):
                return known
        owner = self.owner(car) if car is not None else None
        return owner if owner is not None and self._agrees(owner, name) else None

    def customer_by_source(self, number: str) -> int | None:
        """The customer with the source's own number."""
        known = self._sources.get(number) or self._first(_CUSTOMER_BY_SOURCE, number)
        return known or self._former.by_source(number)

    def has_phone(self, customer: int, phone: str) -> bool:
        """Whether this is one of his numbers."""
        return customer in self._with_phone(phone)

    def owner(self, car: int) -> int | None:
        """Whose car it is."""
        return self._owners[car] if car in self._owners else self._first(_OWNER, car)

    def of(self, row: Whose | ImportedFollowUp) -> tuple[int | None, int | None]:
        """Customer and car of a row, as far as they are on file."""
        car = self.car(row.vin, row.plate)
        return self.customer(row.phone, row.customer_name, car), car

    def know_customer(self, customer: int, name: str, source: str = "") -> None:
        """Another file."""
        self._names[customer] = name
        if source:
            self._sources[source] = customer

    def know_phone(self, phone: str, customer: int) -> None:
        """Another number of somebody."""
        self._phones.setdefault(phone, []).append(customer)

    def know_car(self, car: int, vin: str, plate: str, owner: int | None) -> None:
        """Another car."""
        self._vins[car] = vin
        if vin:
            self._by_vin[vin] = car
        if plate:
            self._by_plate[plate] = car
        self._owners[car] = owner

    def know_owner(self, car: int, owner: int) -> None:
        """A car that was begun without an owner has one now."""
        if car in self._owners:
            self._owners[car] = owner

    def _with_phone(self, phone: str) -> list[int]:
        found = [int(customer) for (customer,) in self._ask(_CUSTOMERS_BY_PHONE, (phone,))]
        return found + self._phones.get(phone, [])

    def _agrees(self, customer: int, name: str) -> bool:
        """A file without a name, or a row that tells none, contradicts nobody; nor does what a merged file said."""
        if not name:
            return True
        if customer in self._names:
            return self._names[customer] in ("", name)
        stored = self._ask("SELECT name FROM customers WHERE id = ?", (customer,)).fetchone()
        return stored is not None and (stored[0] in ("", name) or name in self._former.names(customer))

    def _first(self, query: str, key: str | int) -> int | None:
        found = self._ask(query, (key,)).fetchone()
        return int(found[0]) if found and found[0] is not None else None


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
        self._files.written()

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
