"""客户档案: register, change and look up customers with their contacts and cars."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

from crm_desktop.domain.acts import Act
from crm_desktop.domain.columns import CellValue
from crm_desktop.domain.customers import (
    ContactDraft,
    CustomerDraft,
    CustomerProfile,
    CustomerRow,
    VehicleDraft,
    checked_customer,
    checked_vehicle,
    model_text,
)
from crm_desktop.domain.errors import NotFound
from crm_desktop.domain.pinyin import initials
from crm_desktop.domain.rights import Right, require
from crm_desktop.models.customers import Contact, Customer, Vehicle
from crm_desktop.models.ledger import Ledger
from crm_desktop.services.desk import Desk
from crm_desktop.services.lookups import PHONE_OF, ordered_by

_ROW = f"""
    SELECT c.id, c.name, c.kind, {PHONE_OF.format(owner="c.id")},
        (SELECT GROUP_CONCAT(plate, ' ') FROM vehicles WHERE customer_id = c.id AND plate <> ''),
        (SELECT GROUP_CONCAT(CASE WHEN model <> '' THEN model ELSE series END, ' ')
            FROM vehicles WHERE customer_id = c.id),
        (SELECT COUNT(*) FROM vehicles WHERE customer_id = c.id),
        (SELECT COUNT(*) FROM complaints WHERE customer_id = c.id)
    FROM customers c WHERE c.id IN ({{ids}})
"""
_ORDERED_BY = {
    "姓名": "q.name", "类型": "q.kind", "电话": PHONE_OF.format(owner="q.id"),
    "车牌": "(SELECT plate FROM vehicles WHERE customer_id = q.id AND plate <> '' LIMIT 1)",
    "车型": "(SELECT GROUP_CONCAT(CASE WHEN model <> '' THEN model ELSE series END, ' ') FROM vehicles"
    " WHERE customer_id = q.id)",
    "抱怨数": "NULLIF((SELECT COUNT(*) FROM complaints WHERE customer_id = q.id), 0)",
}  # fmt: skip
_VEHICLE_FIELDS = (
    "plate", "vin", "engine_number", "brand", "series", "model", "colour", "bought_on", "mileage", "brought_by",
    "brought_by_phone",
)  # fmt: skip


class Customers:
    """One method a thing the desk does with a customer's file."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk

    def register(self, draft: CustomerDraft, act: Act) -> tuple[int, int]:
        """A new customer with contacts and cars; a car already in the files changes hands.

        Returns (id, ver); raises as ``checked_customer``.
        """
        act = require(act, Right.PROFILE)
        cleaned = checked_customer(draft)
        with self._desk.writing(act) as ledger:
            customer_id = add_customer(ledger, cleaned)
            for vehicle in cleaned.vehicles:
                self._save_vehicle(ledger, customer_id, vehicle)
            return customer_id, 1

    def amend(self, customer_id: int, ver: int, draft: CustomerDraft, act: Act) -> int:
        """Saves the whole file as it now stands. Returns the new version.

        Contacts and cars are matched by their id; a contact no longer there is marked removed, a car no longer
        there keeps its record without this owner.

        :raises ChangedMeanwhile: somebody saved first. :raises NotFound: the file was merged into another.
        """
        act = require(act, Right.PROFILE)
        cleaned = checked_customer(draft)
        self._check_live(customer_id)
        with self._desk.writing(act) as ledger:
            around = (cleaned.contacts, cleaned.vehicles) != (self._contacts(customer_id), self._vehicles(customer_id))
            new = ledger.change(Customer, customer_id, _customer_values(cleaned), ver, touch=around)
            self._save_contacts(ledger, customer_id, cleaned.contacts)
            self._save_vehicles(ledger, customer_id, cleaned.vehicles)
            return new

    def add_vehicle(self, customer_id: int, draft: VehicleDraft, act: Act) -> int:
        """One more car of this owner; a car already in the files changes hands. Returns the vehicle's id.

        :raises NotFound: the file was merged into another.
        """
        act = require(act, Right.PROFILE)
        cleaned = checked_vehicle(draft)
        self._check_live(customer_id)
        with self._desk.writing(act) as ledger:
            return self._save_vehicle(ledger, customer_id, cleaned)

    def profile(self, customer_id: int) -> CustomerProfile:
        """The whole file of one customer.

        :raises NotFound: no such customer.
        """
        found = self._desk.rows(
            "SELECT id, ver, name, kind, gender, address, source, notes FROM customers WHERE id = ?", (customer_id,)
        )
        if not found:
            raise NotFound("没有这位客户，可能已合并或输入有误。")
        row = found[0]
        draft = CustomerDraft(*(*row[2:8], self._contacts(customer_id), self._vehicles(customer_id)))
        numbers = self._desk.rows(
            "SELECT number FROM complaints WHERE customer_id = ? ORDER BY received_at DESC, id DESC", (customer_id,)
        )
        return CustomerProfile(row[0], row[1], draft, tuple(n for (n,) in numbers))

    def owner_of(self, vehicle_id: int) -> int | None:
        """The customer who owns this car (车主), if anybody does."""
        found = self._desk.rows("SELECT customer_id FROM vehicles WHERE id = ?", (vehicle_id,))
        return found[0][0] if found else None

    def ids(self) -> list[int]:
        """Every customer but merged files, the latest first; the list fetches its rows page by page."""
        return [i for (i,) in self._desk.rows("SELECT id FROM customers WHERE merged_into_id IS NULL ORDER BY id DESC")]

    def fetch(self, ids: Sequence[int]) -> list[CustomerRow]:
        """The rows of these customers, in this order."""
        found = {row[0]: row for row in self._desk.rows(_ROW.format(ids=", ".join(map(str, ids))))}
        return [_row(found[i]) for i in ids if i in found]

    def ordered_by(self, title: str) -> dict[int, CellValue] | None:
        """What every customer is ordered by in a column of the list, None where it knows no such column."""
        return ordered_by(self._desk, "customers q", _ORDERED_BY, title)

    def count(self) -> int:
        """How many there are."""
        return int(self._desk.rows("SELECT COUNT(*) FROM customers WHERE merged_into_id IS NULL")[0][0])

    def _check_live(self, customer_id: int) -> None:
        if self._desk.rows("SELECT 1 FROM customers WHERE id = ? AND merged_into_id IS NOT NULL", (customer_id,)):
            raise NotFound("这份档案已并入别的档案，请重新查找客户后再改。")

    def _contacts(self, customer_id: int) -> tuple[ContactDraft, ...]:
        rows = self._desk.rows(
            "SELECT value, kind, name, role, id FROM contacts"
            " WHERE customer_id = ? AND removed = 0 ORDER BY position, id",
            (customer_id,),
        )
        return tuple(ContactDraft(*row) for row in rows)

    def _vehicles(self, customer_id: int) -> tuple[VehicleDraft, ...]:
        rows = self._desk.rows(
            f"SELECT {', '.join(_VEHICLE_FIELDS)}, id FROM vehicles WHERE customer_id = ? ORDER BY id", (customer_id,)
        )
        return tuple(_vehicle(row) for row in rows)

    def _save_contacts(self, ledger: Ledger, customer_id: int, contacts: tuple[ContactDraft, ...]) -> None:
        kept = {c.id for c in contacts if c.id}
        for old in self._contacts(customer_id):
            if old.id is not None and old.id not in kept:
                ledger.change(Contact, old.id, {"removed": True})
        for position, contact in enumerate(contacts):
            values = _contact_values(contact, position)
            if contact.id:
                ledger.change(Contact, contact.id, values)
            else:
                add_contact(ledger, customer_id, contact, position)

    def _save_vehicles(self, ledger: Ledger, customer_id: int, vehicles: tuple[VehicleDraft, ...]) -> None:
        kept = {v.id for v in vehicles if v.id}
        for old in self._vehicles(customer_id):
            if old.id is not None and old.id not in kept:
                ledger.change(Vehicle, old.id, {"customer": None})
        for vehicle in vehicles:
            self._save_vehicle(ledger, customer_id, vehicle)

    def _save_vehicle(self, ledger: Ledger, customer_id: int, vehicle: VehicleDraft) -> int:
        known = vehicle.id or vehicle_by_key(self._desk, vehicle.plate, vehicle.vin)
        values = {name: getattr(vehicle, name) for name in _VEHICLE_FIELDS}
        if known:
            if not vehicle.id:  # a car already in the files: what was typed fills in, blanks do not wipe out
                values = {name: value for name, value in values.items() if value not in ("", None)}
            ledger.change(Vehicle, known, {**values, "customer": customer_id})
            return known
        return add_vehicle(ledger, vehicle, customer_id)


def add_customer(ledger: Ledger, draft: CustomerDraft) -> int:
    """Writes a checked customer with contacts; cars are the caller's. Returns the id."""
    customer_id = ledger.add(
        Customer, draft.name, entered_at=ledger.act.at, name_keys=initials(draft.name), **_plain(draft)
    )
    for position, contact in enumerate(draft.contacts):
        add_contact(ledger, customer_id, contact, position)
    return customer_id


def add_contact(ledger: Ledger, customer_id: int, contact: ContactDraft, position: int) -> int:
    """Writes a checked way to reach a customer, shown at this place among his others. Returns the id."""
    return ledger.add(Contact, contact.value, customer=customer_id, **_contact_values(contact, position))


def add_vehicle(ledger: Ledger, vehicle: VehicleDraft, customer_id: int | None) -> int:
    """Writes a checked car that is not in the files yet. Returns the id."""
    values = {name: getattr(vehicle, name) for name in _VEHICLE_FIELDS}
    return ledger.add(Vehicle, vehicle.plate or vehicle.vin, customer=customer_id, entered_at=ledger.act.at, **values)


def vehicle_by_key(desk: Desk, plate: str, vin: str) -> int | None:
    """The car with this VIN, else the latest with this plate: a plate may move on to a car of another VIN."""
    by_vin = desk.rows("SELECT id FROM vehicles WHERE vin = ? AND vin <> '' ORDER BY id LIMIT 1", (vin,))
    by_plate = desk.rows(
        "SELECT id FROM vehicles WHERE plate = ? AND plate <> '' AND (vin = '' OR ? = '') ORDER BY id DESC LIMIT 1",
        (plate, vin),
    )
    found = by_vin or by_plate
    return int(found[0][0]) if found else None


def _plain(draft: CustomerDraft) -> dict[str, str]:
    names = ("name", "kind", "gender", "address", "source", "notes")
    return {name: getattr(draft, name) for name in names}


def _customer_values(draft: CustomerDraft) -> dict[str, str]:
    return {**_plain(draft), "name_keys": initials(draft.name)}


def _contact_values(contact: ContactDraft, position: int) -> dict[str, object]:
    return {
        "kind": contact.kind, "value": contact.value, "name": contact.name, "role": contact.role, "position": position,
    }  # fmt: skip


def _vehicle(row: tuple[Any, ...]) -> VehicleDraft:
    values = dict(zip((*_VEHICLE_FIELDS, "id"), row, strict=True))
    if values["bought_on"]:
        values["bought_on"] = date.fromisoformat(str(values["bought_on"]))
    return VehicleDraft(**values)


def _row(row: tuple[int, str, str, str | None, str | None, str | None, int, int]) -> CustomerRow:
    models = model_text("", "", " ".join(dict.fromkeys((row[5] or "").split(" "))))
    return CustomerRow(row[0], row[1], row[2], row[3] or "", row[4] or "", models, row[6], row[7])
