"""Brings customers with their cars into the files; what is there already is completed, never overwritten."""

from __future__ import annotations

import json
from typing import Any

from crm_desktop.domain.customers import CustomerKind, phone_kind
from crm_desktop.domain.imports import ImportedCustomer, RowFault
from crm_desktop.domain.pinyin import initials
from crm_desktop.models.base import Record
from crm_desktop.models.customers import Contact, Customer, Vehicle
from crm_desktop.models.imports import ImportChange
from crm_desktop.models.ledger import Ledger
from crm_desktop.services.desk import Desk
from crm_desktop.services.import_parties import Files

_PERSON = ("name", "gender", "address", "source", "notes")
_CAR = ("vin", "plate", "engine_number", "brand", "series", "model", "colour", "bought_on", "mileage", "brought_by",
        "brought_by_phone")  # fmt: skip


class CustomerIntake:
    """Takes rows one by one; a customer is known by the source's own number, else by phone and name, else by his car.

    A row that names another owner for a car on file begins that customer's file; the owner on record stays.
    """

    def __init__(self, desk: Desk, ledger: Ledger, import_id: int) -> None:
        self._desk = desk
        self._ledger = ledger
        self._import_id = import_id
        self._stamp = {"entered_at": ledger.act.at, "imported_by": import_id}
        self._files = Files(desk)
        self._next: dict[type[Record], int] = {m: ledger.next_id(m) for m in (Customer, Vehicle)}
        self._written = dict(self._next)
        self._waiting: dict[type[Record], list[dict[str, Any]]] = {Customer: [], Contact: [], Vehicle: []}
        self.added = self.updated = self.skipped = 0

    def take(self, row: ImportedCustomer) -> RowFault | None:
        """Adds, completes or skips one row."""
        car = self._files.car(row.vin, row.plate)
        customer = self._files.customer_by_source.get(row.owner_number) if row.owner_number else None
        for phone in row.phones:
            customer = customer or self._files.customer(phone, row.name, None)
        customer = customer or self._files.customer("", row.name, car)
        if customer is None:
            self._begin(row, car)
            self.added += 1
        elif self._complete(customer, row) | self._bring_car(row, car, customer):
            self.updated += 1
        else:
            self.skipped += 1
        return None

    def notes(self) -> tuple[str, ...]:
        """Nothing of this kind of file is taken otherwise than it says."""
        return ()

    def flush(self) -> None:
        """Writes what is new since the last time."""
        for model, title in ((Customer, "name"), (Contact, "value"), (Vehicle, "plate")):
            rows = self._waiting[model]
            if rows:
                self._ledger.add_many(model, rows, [row[title] for row in rows])
                rows.clear()
        self._written = dict(self._next)

    def _begin(self, row: ImportedCustomer, car: int | None) -> None:
        customer = self._take(Customer)
        values = {name: getattr(row, name) for name in _PERSON}
        self._waiting[Customer].append(
            {
                **values,
                "kind": row.kind or CustomerKind.PERSON,
                "name_keys": initials(row.name),
                "source_number": row.owner_number or None,
                "extra": _extra(row),
                **self._stamp,
            }
        )
        self._files.know_customer(customer, row.name, row.owner_number)
        for position, phone in enumerate(row.phones):
            self._add_phone(customer, phone, position)
        self._bring_car(row, car, customer)

    def _add_phone(self, customer: int, phone: str, position: int) -> None:
        self._waiting[Contact].append(
            {"customer": customer, "kind": phone_kind(phone), "value": phone, "role": "车主", "position": position}
        )
        self._files.know_phone(phone, customer)

    def _bring_car(self, row: ImportedCustomer, car: int | None, customer: int) -> bool:
        if car is None:
            if not (row.plate or row.vin):
                return False
            new = self._take(Vehicle)
            self._waiting[Vehicle].append(
                {**{name: getattr(row, name) for name in _CAR}, "customer": customer, **self._stamp}
            )
            self._files.know_car(new, row.vin, row.plate, customer)
            return True
        wanted = {name: getattr(row, name) for name in _CAR}
        if self._files.owner.get(car) is None:
            wanted["customer"] = customer
            self._files.owner[car] = customer
        return self._fill(Vehicle, car, wanted)

    def _complete(self, customer: int, row: ImportedCustomer) -> bool:
        named = {"name_keys": initials(row.name)} if row.name else {}
        filled = self._fill(Customer, customer, {**{n: getattr(row, n) for n in _PERSON}, **named})
        fresh = [p for p in row.phones if customer not in self._files.customers_by_phone.get(p, ())]
        for position, phone in enumerate(fresh, start=10):
            self._add_phone(customer, phone, position)
        return filled or bool(fresh)

    def _fill(self, model: type[Record], record: int, wanted: dict[str, Any]) -> bool:
        """Blanks of an older record filled from the row, each noted for undo; True when something was blank."""
        told = {name: value for name, value in wanted.items() if value not in ("", None)}
        if not told:
            return False
        if record >= self._written[model]:
            self.flush()
        now = model.get_by_id(record)
        news = {n: v for n, v in told.items() if getattr(now, f"{n}_id" if n == "customer" else n) in ("", None)}
        for name in news:
            ImportChange.create(
                run=self._import_id, entity=model._meta.table_name, entity_id=record, field=name, old=None
            )
        if news:
            self._ledger.change(model, record, news, reason="导入补充")
        return bool(news)

    def _take(self, model: type[Record]) -> int:
        taken = self._next[model]
        self._next[model] += 1
        return taken


def _extra(row: ImportedCustomer) -> str:
    kept = {**row.extra, **({"服务顾问": row.adviser} if row.adviser else {})}
    return json.dumps(kept, ensure_ascii=False)
