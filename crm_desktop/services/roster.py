"""Who works here, as plain rows: the first page asks, before any table is needed."""

from __future__ import annotations

import json

from crm_desktop.domain.staff import Person
from crm_desktop.services.desk import Desk

_QUERY = """
    SELECT s.id, s.ver, s.name, s.roles, s.has_left, s.administers, c.staff_id IS NOT NULL
    FROM staff s LEFT JOIN credentials c ON c.staff_id = s.id
"""


def people(desk: Desk, with_left: bool = False) -> list[Person]:
    """Everybody who works here, in the order of entry."""
    where = "" if with_left else " WHERE has_left = 0"
    return [_person(row) for row in desk.rows(f"{_QUERY}{where} ORDER BY s.id")]


def person(desk: Desk, person_id: int) -> Person | None:
    """One colleague, also who left."""
    found = desk.rows(f"{_QUERY} WHERE s.id = ?", (person_id,))
    return _person(found[0]) if found else None


def _person(row: tuple[int, int, str, str, int, int, int]) -> Person:
    return Person(row[0], row[1], row[2], tuple(json.loads(row[3])), bool(row[4]), bool(row[5]), bool(row[6]))
