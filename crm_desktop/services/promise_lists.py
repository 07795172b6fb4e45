"""Reading promises back: a complaint's, and those that are due."""

from __future__ import annotations

from datetime import date
from typing import Any

from crm_desktop.clock import day_bounds
from crm_desktop.domain.promises import PromiseRow
from crm_desktop.models.moments import moment, stamp
from crm_desktop.services.desk import Desk
from crm_desktop.services.lookups import PHONE_OF, complaint_id

_QUERY = f"""
    SELECT p.id, p.ver, q.number, COALESCE(c.name, ''), COALESCE({PHONE_OF.format(owner="q.customer_id")}, ''), p.what,
        p.made_at, p.due_at, p.who, p.outcome, p.settled_at, p.note
    FROM promises p JOIN complaints q ON q.id = p.complaint_id LEFT JOIN customers c ON c.id = q.customer_id
"""


class PromiseLists:
    """Reads only."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk

    def of_complaint(self, number: str) -> list[PromiseRow]:
        """Everything promised on one complaint, in order; raises NotFound."""
        return self._rows("WHERE p.complaint_id = ? ORDER BY p.id", (complaint_id(self._desk, number),))

    def due(self, until: date | None = None) -> list[PromiseRow]:
        """今天要给谁回话: open promises due today (or until that local day) and before, the soonest first."""
        day = until or self._desk.today()
        end = stamp(day_bounds(day, day)[1])
        where = "WHERE p.settled_at IS NULL AND p.due_at < ? AND q.state <> '作废' ORDER BY p.due_at, p.id"
        return self._rows(where, (end,))

    def _rows(self, where: str, parameters: tuple[Any, ...]) -> list[PromiseRow]:
        return [_row(row) for row in self._desk.rows(f"{_QUERY} {where}", parameters)]


def _row(row: tuple[Any, ...]) -> PromiseRow:
    number, ver, complaint, name, phone, what, made, due, who, outcome, settled, note = row
    settled_at = moment(settled) if settled else None
    return PromiseRow(
        number, ver, complaint, name, phone, what, moment(made), moment(due), who, outcome, settled_at, note
    )
