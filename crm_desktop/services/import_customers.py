"""Brings customers with their cars into the files; what is there already is treated by the rule of the run."""

from __future__ import annotations

import json
from typing import Any

from crm_desktop.domain.customers import CustomerKind, phone_kind
from crm_desktop.domain.imports import DuplicateRule, ImportedCustomer, RowFault
from crm_desktop.domain.pinyin import initials
from crm_desktop.models.base import Record
from crm_desktop.models.customers import Contact, Customer, Vehicle
from crm_desktop.models.ledger import Ledger
from crm_desktop.services.desk import Desk
from crm_desktop.services.import_parties import Files
from crm_desktop.services.import_rules import news, on_file

_PERSON = ("name", "gender", "address", "source", "notes")
_CAR = ("vin", "plate", "engine_number", "brand", "series", "model", "colour", "bought_on", "mileage", "brought_by",
        "brought_by_phone")  # fmt: skip


class CustomerIntake:
    """Takes rows one by one; a customer is known by the source's own number, else by phone and name, else by his car.

    A row that names another owner for a car on file begins that customer's file; the owner on record stays.
    """

    def __init__(self, desk: Desk, ledger: Ledger, import_id: int, rule: DuplicateRule) -> None:
        self._rule = rule
        self._desk = desk
        self._ledger = ledger
        self._import_id = import_id
        self._stamp = {"entered_at": ledger.act.at, "imported_by": import_id}
        self._files = Files(desk)
        self._next: dict[type[Record], int] = {m: ledger.next_id(m) for m in (Customer, Vehicle)}
        self._begun = dict(self._next)
        self._written = dict(self._next)
        self._waiting: dict[type[Record], list[dict[str, Any]]] = {Customer: [], Contact: [], Vehicle: []}
        self.added = self.updated = self.skipped = 0

    def take(self, row: ImportedCustomer) -> RowFault | None:
        """Adds, completes or skips one row."""
        car = self._files.car(row.vin, row.plate)
        customer = self._files.customer_by_source(row.owner_number) if row.owner_number else None
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
        self._files.written()

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
        for position, (phone, role, name) in enumerate(_numbers(row)):
            self._add_phone(customer, phone, role, name, position)
        self._bring_car(row, car, customer)

    def _add_phone(self, customer: int, phone: str, role: str, name: str, position: int) -> None:
        values = {"kind": phone_kind(phone), "value": phone, "role": role, "name": name, "position": position}
        self._waiting[Contact].append({"customer": customer, **values})
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
        if self._files.owner(car) is None:
            if car < self._written[Vehicle] and customer >= self._written[Customer]:
                self.flush()  # a car on file can only be given an owner who is on file too
            wanted["customer"] = customer
            self._files.know_owner(car, customer)
        return self._fill(Vehicle, car, wanted)

    def _complete(self, customer: int, row: ImportedCustomer) -> bool:
        named = {"name_keys": initials(row.name)} if row.name else {}
        filled = self._fill(Customer, customer, {**{n: getattr(row, n) for n in ("kind", *_PERSON)}, **named})
        if self._keeps_out(Customer, customer):
            return False
        fresh = [told for told in _numbers(row) if not self._files.has_phone(customer, told[0])]
        for position, (phone, role, name) in enumerate(fresh, start=10):
            self._add_phone(customer, phone, role, name, position)
        return filled or bool(fresh)

    def _fill(self, model: type[Record], record: int, wanted: dict[str, Any]) -> bool:
        """A record that is there already gets what the row has for it, by the rule; True when that was anything."""
        if self._keeps_out(model, record) or all(value in ("", None) for value in wanted.values()):
            return False
        rule = DuplicateRule.FILL if self._rule is DuplicateRule.SKIP else self._rule
        place = record - self._written[model]
        if place >= 0:  # begun by a row just above, not written yet
            waiting = self._waiting[model][place]
            found = news(rule, model, {name: waiting.get(name) for name in wanted}, wanted)
            waiting.update(found)
            return bool(found)
        found = news(rule, model, on_file(self._desk, model, record, wanted), wanted)
        if found:
            self._ledger.change(model, record, found, reason=f"导入：{rule.word}")
        return bool(found)

    def _keeps_out(self, model: type[Record], record: int) -> bool:
        """Under 跳过 what was on file before this run is not touched; its own records are one file in several rows."""
        return self._rule is DuplicateRule.SKIP and record < self._begun[model]

    def _take(self, model: type[Record]) -> int:
        taken = self._next[model]
        self._next[model] += 1
        return taken


def _numbers(row: ImportedCustomer) -> list[tuple[str, str, str]]:
    """Every number of a row with its role and name; who may be asked for stands with the car, where there is one."""
    told = [(phone, "车主", "") for phone in row.phones]
    with_car = bool(row.plate or row.vin)
    if row.brought_by_phone and not with_car and row.brought_by_phone not in row.phones:
        told.append((row.brought_by_phone, "联系人", row.brought_by))
    return told


def _extra(row: ImportedCustomer) -> str:
    kept = {**row.extra, **({"服务顾问": row.adviser} if row.adviser else {})}
    return json.dumps(kept, ensure_ascii=False)
