"""返修: reworks of a complaint, and the cars that are in rework now."""

from __future__ import annotations

from dataclasses import asdict
from datetime import date

from crm_desktop.clock import local_day
from crm_desktop.domain.acts import Act
from crm_desktop.domain.errors import NotAllowed
from crm_desktop.domain.reworks import ReworkDraft, ReworkRow, checked_rework
from crm_desktop.domain.rights import Right, require
from crm_desktop.models.complaints import Rework
from crm_desktop.services.complaints import complaint_id
from crm_desktop.services.desk import Desk

_QUERY = """
    SELECT r.id, r.ver, q.number, COALESCE(v.plate, ''), COALESCE(c.name, ''), r.kind, r.order_number, r.came_on,
        r.finished_on, r.technician, r.inspector, r.items, r.result
    FROM reworks r JOIN complaints q ON q.id = r.complaint_id
    LEFT JOIN customers c ON c.id = q.customer_id LEFT JOIN vehicles v ON v.id = q.vehicle_id
"""


class Reworks:
    """A rework is a workshop order of its own; it always points back to its complaint."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk

    def register(self, number: str, draft: ReworkDraft, act: Act) -> int:
        """One more rework of this complaint. Returns its id.

        :raises InvalidInput: as ``checked_rework``. :raises NotAllowed: the complaint is void.
        """
        act = require(act, Right.REWORK)
        cleaned = checked_rework(draft, local_day(act.at))
        found = complaint_id(self._desk, number)
        if self._desk.rows("SELECT 1 FROM complaints WHERE id = ? AND state = '作废'", (found,)):
            raise NotAllowed("这张单已作废，不能再登记返修；请另建一张抱怨单。")
        with self._desk.writing(act) as ledger:
            title = cleaned.order_number or cleaned.kind
            return ledger.add(Rework, title, complaint=found, entered_at=act.at, **asdict(cleaned))

    def amend(self, rework_id: int, ver: int, draft: ReworkDraft, act: Act) -> int:
        """Changes a rework, also to say it is finished. Returns the new version."""
        act = require(act, Right.REWORK)
        cleaned = checked_rework(draft, local_day(act.at))
        with self._desk.writing(act) as ledger:
            return ledger.change(Rework, rework_id, asdict(cleaned), ver)

    def of_complaint(self, number: str) -> list[ReworkRow]:
        """The reworks of one complaint, first one first."""
        found = complaint_id(self._desk, number)
        return [_row(row) for row in self._desk.rows(f"{_QUERY} WHERE r.complaint_id = ? ORDER BY r.id", (found,))]

    def in_workshop(self) -> list[ReworkRow]:
        """Cars whose rework is not finished, longest first."""
        return [_row(row) for row in self._desk.rows(f"{_QUERY} WHERE r.finished_on IS NULL ORDER BY r.came_on, r.id")]

    def latest(self, limit: int = 500) -> list[ReworkRow]:
        """The latest reworks, finished or not."""
        return [_row(row) for row in self._desk.rows(f"{_QUERY} ORDER BY r.id DESC LIMIT ?", (limit,))]


def _row(row: tuple[int, int, str, str, str, str, str, str | None, str | None, str, str, str, str]) -> ReworkRow:
    draft = ReworkDraft(row[5], row[6], _day(row[7]), _day(row[8]), row[9], row[10], row[11], row[12])
    return ReworkRow(row[0], row[1], row[2], row[3], row[4], draft)


def _day(text: str | None) -> date | None:
    return date.fromisoformat(text) if text else None
