"""What is shown of a hit of the search box, and in which order hits stand."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from typing import Any

from crm_desktop.clock import to_local
from crm_desktop.domain.customers import NAMELESS, model_text
from crm_desktop.domain.identity import masked_phone, shown_plate
from crm_desktop.domain.search import Hit, HitKind, excerpt
from crm_desktop.models.moments import moment
from crm_desktop.services.desk import Desk
from crm_desktop.services.lookups import PHONE_OF
from crm_desktop.services.search_parts import Met

_TITLE = 40
_OPEN = "origin = 'desk' AND state IN ('登记', '已移交', '已响应', '处理中', '已解决')"
_WAITING = (
    "SELECT {column}, COUNT(*) FROM complaints WHERE {column} IN (SELECT value FROM json_each(?))"
    f" AND {_OPEN} GROUP BY 1"
)
_OPEN_CASES = {
    HitKind.CUSTOMER: _WAITING.replace("{column}", "customer_id"),
    HitKind.VEHICLE: _WAITING.replace("{column}", "vehicle_id"),
    HitKind.COMPLAINT: _WAITING.replace("{column}", "id"),
    HitKind.REWORK: "SELECT id, 1 FROM reworks WHERE id IN (SELECT value FROM json_each(?)) AND finished_on IS NULL",
}
_VIP = "IN (SELECT value FROM json_each(?)) AND c.grade = 'VIP'"
_OF_VIPS = {
    HitKind.CUSTOMER: f"SELECT c.id FROM customers c WHERE c.id {_VIP}",
    HitKind.VEHICLE: f"SELECT v.id FROM vehicles v JOIN customers c ON c.id = v.customer_id WHERE v.id {_VIP}",
    HitKind.COMPLAINT: f"SELECT q.id FROM complaints q JOIN customers c ON c.id = q.customer_id WHERE q.id {_VIP}",
    HitKind.REWORK: "SELECT r.id FROM reworks r JOIN complaints q ON q.id = r.complaint_id"
    f" JOIN customers c ON c.id = q.customer_id WHERE r.id {_VIP}",
}
_CUSTOMERS = f"""
    SELECT c.id, c.name, COALESCE({PHONE_OF.format(owner="c.id")}, ''), c.grade,
        (SELECT GROUP_CONCAT(plate, ' ') FROM vehicles WHERE customer_id = c.id AND plate <> '')
    FROM customers c WHERE c.id IN (SELECT value FROM json_each(?))
"""
_VEHICLES = """
    SELECT v.id, v.plate, v.vin, v.brand, v.series, v.model, c.id, c.name
    FROM vehicles v LEFT JOIN customers c ON c.id = v.customer_id WHERE v.id IN (SELECT value FROM json_each(?))
"""
_COMPLAINTS = """
    SELECT q.id, q.number, q.words, q.state, q.received_at, c.id, c.name, COALESCE(v.plate, '')
    FROM complaints q LEFT JOIN customers c ON c.id = q.customer_id LEFT JOIN vehicles v ON v.id = q.vehicle_id
    WHERE q.id IN (SELECT value FROM json_each(?))
"""
_REWORKS = """
    SELECT r.id, r.order_number, r.items, r.kind, r.finished_on, q.number, c.id, c.name, COALESCE(v.plate, '')
    FROM reworks r JOIN complaints q ON q.id = r.complaint_id LEFT JOIN customers c ON c.id = q.customer_id
    LEFT JOIN vehicles v ON v.id = q.vehicle_id WHERE r.id IN (SELECT value FROM json_each(?))
"""


def in_order(desk: Desk, kind: HitKind, met: Iterable[Met]) -> list[tuple[Met, int]]:
    """Nearest first, then those with open cases, then VIP, then the latest; each with how many cases are open."""
    hits = list(met)
    if not hits:
        return []
    listed = (_listed(hits),)
    waiting = dict(desk.rows(_OPEN_CASES[kind], listed))
    favoured = {found for (found,) in desk.rows(_OF_VIPS[kind], listed)}

    def order(hit: Met) -> tuple[int, bool, bool, int]:
        return hit.meets, hit.target not in waiting, hit.target not in favoured, -hit.target

    return [(hit, int(waiting.get(hit.target, 0))) for hit in sorted(hits, key=order)]


def hits_of(desk: Desk, kind: HitKind, met: Sequence[tuple[Met, int]], words: Sequence[str]) -> Iterator[Hit]:
    """The lines shown, in the same order; ``words`` are those an excerpt is cut around."""
    if not met:
        return
    query, shown = _SHOWN[kind]
    rows = {row[0]: row for row in desk.rows(query, (_listed(hit for hit, _ in met),))}
    for hit, waiting in met:
        if hit.target in rows:
            line = shown(rows[hit.target], hit, waiting)
            yield replace(line, excerpt=excerpt(hit.text, words)) if hit.text else line


def complaint_of(desk: Desk, rework: Hit) -> Hit:
    """The complaint a rework belongs to, found for the rework's reason."""
    found, words = desk.rows("SELECT id, words FROM complaints WHERE number = ?", (rework.opens,))[0]
    return replace(rework, kind=HitKind.COMPLAINT, id=found, number=rework.opens, title=words[:_TITLE])


def _listed(met: Iterable[Met]) -> str:
    """As JSON: one text of SQL for every list, so that SQLite keeps it prepared."""
    return json.dumps([hit.target for hit in met])


def _customer(row: tuple[Any, ...], met: Met, waiting: int) -> Hit:
    found, name, phone, grade, plates = row
    cars = " ".join(shown_plate(plate) for plate in (plates or "").split())
    return Hit(
        kind=HitKind.CUSTOMER,
        id=found,
        number=masked_phone(phone),
        title=name or NAMELESS,
        why=met.why,
        detail=_joined(grade, cars),
        customer_id=found,
        open_cases=waiting,
    )


def _vehicle(row: tuple[Any, ...], met: Met, waiting: int) -> Hit:
    found, plate, vin, brand, series, model, customer, name = row
    return Hit(
        kind=HitKind.VEHICLE,
        id=found,
        number=plate or vin,
        title=model_text(brand, series, model),
        why=met.why,
        detail="" if customer is None else name or NAMELESS,
        customer_id=customer,
        open_cases=waiting,
    )


def _complaint(row: tuple[Any, ...], met: Met, waiting: int) -> Hit:
    found, number, words, state, received, customer, name, plate = row
    day = f"{to_local(moment(received)):%Y-%m-%d}"
    return Hit(
        kind=HitKind.COMPLAINT,
        id=found,
        number=number,
        title=words[:_TITLE],
        why=met.why,
        detail=_joined(state, day, name, shown_plate(plate)),
        opens=number,
        customer_id=customer,
        open_cases=waiting,
    )


def _rework(row: tuple[Any, ...], met: Met, waiting: int) -> Hit:
    found, order, items, kind, finished, number, customer, name, plate = row
    return Hit(
        kind=HitKind.REWORK,
        id=found,
        number=order,
        title=items[:_TITLE],
        why=met.why,
        detail=_joined(kind, f"{finished} 修竣" if finished else "在修", name, shown_plate(plate), number),
        opens=number,
        customer_id=customer,
        open_cases=waiting,
    )


def _joined(*parts: str | None) -> str:
    return " · ".join(part for part in parts if part)


_SHOWN = {
    HitKind.CUSTOMER: (_CUSTOMERS, _customer),
    HitKind.VEHICLE: (_VEHICLES, _vehicle),
    HitKind.COMPLAINT: (_COMPLAINTS, _complaint),
    HitKind.REWORK: (_REWORKS, _rework),
}
