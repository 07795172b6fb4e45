"""Who stands at the desk: finds the customer and car a complaint is about, or begins their files."""

from __future__ import annotations

from dataclasses import dataclass, replace

from crm_desktop.domain.customers import ContactDraft, ContactKind, CustomerDraft, VehicleDraft
from crm_desktop.domain.errors import NotFound
from crm_desktop.domain.identity import is_mobile, phone_key, plate_key, vin_key
from crm_desktop.domain.pinyin import initials
from crm_desktop.domain.text import checked_line
from crm_desktop.models.customers import Customer, Vehicle
from crm_desktop.models.ledger import Ledger
from crm_desktop.services.customers import add_contact, add_customer, add_vehicle, vehicle_by_key
from crm_desktop.services.desk import Desk
from crm_desktop.services.former import former


@dataclass(frozen=True, slots=True)
class Party:
    """What was typed about customer and car, already normalised; ids are set when somebody was chosen."""

    customer_id: int | None = None
    vehicle_id: int | None = None
    name: str = ""
    phone: str = ""
    brought_by: str = ""
    plate: str = ""
    vin: str = ""
    mileage: int | None = None


def settle(desk: Desk, ledger: Ledger, party: Party) -> tuple[int | None, int | None]:
    """The ids of customer and vehicle, found or begun.

    A car is known by VIN or plate. A customer is known by his phone when the name agrees (also that of a file merged
    into his) or was not given (now or then), or as the owner of that car when nothing speaks against it; of several
    with this phone the owner of that car is meant. Else a new file begins, and the owner on record stays. A name or
    number that was told and is not on file yet is added.

    :raises NotFound: a chosen customer or car that is not in the files.
    """
    check_known(desk, party.customer_id, party.vehicle_id)
    vehicle_id = party.vehicle_id or vehicle_by_key(desk, party.plate, party.vin)
    customer_id = party.customer_id or _known_customer(desk, party, vehicle_id)
    if customer_id is None and (party.name or party.phone):
        contacts = (_contact(party),) if party.phone else ()
        customer_id = add_customer(ledger, CustomerDraft(name=party.name, contacts=contacts))
    elif customer_id is not None:
        _complete_customer(desk, ledger, customer_id, party)
    if vehicle_id is None and (party.plate or party.vin):
        car = VehicleDraft(plate=party.plate, vin=party.vin, mileage=party.mileage, brought_by=party.brought_by)
        return customer_id, add_vehicle(ledger, car, customer_id)
    if vehicle_id is not None:
        _refresh_vehicle(desk, ledger, vehicle_id, customer_id, party)
    return customer_id, vehicle_id


def checked_party(party: Party) -> Party:
    """What was typed, cleaned and in its stored form.

    :raises InvalidInput: a text that is too long.
    """
    return replace(
        party,
        name=checked_line(party.name, "客户姓名", 80),
        phone=phone_key(checked_line(party.phone, "联系电话", 40)),
        brought_by=checked_line(party.brought_by, "送修人", 80),
        plate=plate_key(checked_line(party.plate, "车牌号", 20)),
        vin=vin_key(checked_line(party.vin, "VIN", 30)),
    )


def check_known(desk: Desk, customer_id: int | None, vehicle_id: int | None) -> None:
    """:raises NotFound: for an id that is not in the files, or of a file that was merged into another."""
    asked = (("customers", "merged_into_id IS NULL", customer_id, "客户"), ("vehicles", "1", vehicle_id, "车辆"))
    for table, live, found, label in asked:
        if found is not None and not desk.rows(f"SELECT 1 FROM {table} WHERE id = ? AND {live}", (found,)):
            raise NotFound(f"档案里没有编号为 {found} 的{label}，请重新查找后再选。")


def _known_customer(desk: Desk, party: Party, vehicle_id: int | None) -> int | None:
    owned = desk.rows(
        "SELECT c.id, c.name FROM vehicles v JOIN customers c ON c.id = v.customer_id WHERE v.id = ?", (vehicle_id,)
    )
    owner, owner_name = owned[0] if owned else (None, "")
    if party.phone:
        found = desk.rows(
            "SELECT c.id, c.name FROM contacts t JOIN customers c ON c.id = t.customer_id"
            " WHERE t.value = ? AND t.removed = 0 ORDER BY c.id",
            (party.phone,),
        )
        same = [i for i, name in found if name == party.name or not party.name] or [i for i, name in found if not name]
        if not same and found:
            merged = former(desk)
            same = [i for i, _ in found if party.name in merged.names(i)]
        if same:
            return int(owner if owner in same else same[0])
    if owner is None:
        return None
    alone = not (party.name or party.phone)
    return int(owner) if alone or owner_name == party.name or party.name in former(desk).names(owner) else None


def _complete_customer(desk: Desk, ledger: Ledger, customer_id: int, party: Party) -> None:
    if party.name and desk.rows("SELECT 1 FROM customers WHERE id = ? AND name = ''", (customer_id,)):
        ledger.change(Customer, customer_id, {"name": party.name, "name_keys": initials(party.name)})
    numbers = desk.rows("SELECT value FROM contacts WHERE customer_id = ? AND removed = 0", (customer_id,))
    if party.phone and (party.phone,) not in numbers:
        add_contact(ledger, customer_id, _contact(party), len(numbers))


def _contact(party: Party) -> ContactDraft:
    return ContactDraft(party.phone, ContactKind.MOBILE if is_mobile(party.phone) else ContactKind.LANDLINE)


def _refresh_vehicle(desk: Desk, ledger: Ledger, vehicle_id: int, customer_id: int | None, party: Party) -> None:
    owner, vin, plate, mileage = desk.rows(
        "SELECT customer_id, vin, plate, mileage FROM vehicles WHERE id = ?", (vehicle_id,)
    )[0]
    changes: dict[str, object] = {}
    if owner is None and customer_id is not None:
        changes["customer"] = customer_id
    if party.vin and not vin:
        changes["vin"] = party.vin
    if party.plate and not plate:
        changes["plate"] = party.plate
    if party.mileage is not None and party.mileage > (mileage or 0):
        changes["mileage"] = party.mileage
    if party.brought_by:
        changes["brought_by"] = party.brought_by
    if changes:
        ledger.change(Vehicle, vehicle_id, changes)
