"""Where a result of the search box leads: the room of the thing, or a new complaint or customer with the text typed."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from crm_desktop.app.rooms import COMPLAINTS, CUSTOMERS
from crm_desktop.domain.customers import ContactDraft, CustomerDraft, VehicleDraft
from crm_desktop.domain.search import Hit, HitKind
from crm_desktop.gui.complaints.turns import Turn
from crm_desktop.gui.search_rows import Beginning, Begins

if TYPE_CHECKING:
    from crm_desktop.gui.main_window import MainWindow
    from crm_desktop.services.office import Office


def open_found(found: Hit | Beginning, window: MainWindow, office: Office) -> None:
    """Enters the room with the keyboard where the work is; a car without owner begins a complaint that names it."""
    if isinstance(found, Beginning):
        _begin(found, window)
    elif found.customer_id is not None and found.kind in (HitKind.CUSTOMER, HitKind.VEHICLE):
        car = found.id if found.kind == HitKind.VEHICLE else None
        _room(window, CUSTOMERS).open_customer(found.customer_id, car)
    elif found.kind == HitKind.VEHICLE:
        cars = office.search.exact(plate=found.number, vin=found.number)
        known = next((car for car in cars if car.vehicle_id == found.id), None)
        _room(window, COMPLAINTS).new_complaint(known)
    else:
        turn = Turn.REWORKS if found.kind == HitKind.REWORK else None
        _room(window, COMPLAINTS).show_case(found.opens, turn)


def _begin(found: Beginning, window: MainWindow) -> None:
    if found.begins is Begins.COMPLAINT:
        _room(window, COMPLAINTS).new_complaint_with(found.field, found.value)
    else:
        _room(window, CUSTOMERS).new_customer(_draft(found))


def _draft(found: Beginning) -> CustomerDraft:
    if found.field == "phone":
        return CustomerDraft(contacts=(ContactDraft(found.value),))
    if found.field == "plate":
        return CustomerDraft(vehicles=(VehicleDraft(plate=found.value),))
    if found.field == "vin":
        return CustomerDraft(vehicles=(VehicleDraft(vin=found.value),))
    return CustomerDraft(name=found.value)


def _room(window: MainWindow, name: str) -> Any:
    return window.show_page(name)
