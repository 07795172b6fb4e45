"""Customers with cars and workshop orders, and acts of those who keep the customer base."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from itertools import count
from typing import Any

from crm_desktop.domain.acts import Act
from crm_desktop.domain.imports import ImportedVisit, ImportKind
from crm_desktop.domain.rights import rights_of
from crm_desktop.domain.staff import ADMINISTRATOR
from crm_desktop.services.office import Office
from tests.makers import NOW, PHONE, PLATE, VIN, act, customer, day

_ROWS = count(1)
PROFILE_CALLS: dict[str, dict[str, Any]] = {
    "profiles.confirm_checked": {"block": "车辆"},
}
"""What the table of rights hands to these verbs, where something of the usual kind would not do."""


def admin(local: str = NOW) -> Act:
    """Something 系统管理 does."""
    return replace(act(local, who="贺明"), rights=rights_of((ADMINISTRATOR,)), roles=(ADMINISTRATOR,))


def known(office: Office, **changes: Any) -> tuple[int, int]:
    """A customer on file with his car: both ids."""
    found, _ = office.customers.register(customer(**changes), act())
    vehicle = office.customers.profile(found).draft.vehicles[0].id
    assert vehicle is not None
    return found, vehicle


def visit(office: Office, came_on: date | None = None, **changes: Any) -> int:
    """A workshop order of the known car, three days ago. Returns its id."""
    row = next(_ROWS)
    came = came_on or day(-3)
    plain: dict[str, Any] = {
        "row": row, "digest": f"visit{row}", "order_number": f"WT{row:04d}", "came_on": came, "left_on": came,
        "customer_name": "曾小明", "phone": PHONE, "plate": PLATE, "vin": VIN, "mileage": 32000,
        "repair_kind": "小修", "items": "更换机油", "adviser": "梁晓雯", "amount_fen": 80000,
    }  # fmt: skip
    office.imports.run(ImportKind.VISITS, [ImportedVisit(**{**plain, **changes})], "进厂.xlsx", act())
    return int(office.desk.rows("SELECT MAX(id) FROM visits")[0][0])
