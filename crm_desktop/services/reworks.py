"""返修: reworks of a complaint, and the cars that are in rework now."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict
from datetime import date, timedelta
from typing import Any

from crm_desktop.clock import local_day
from crm_desktop.domain.acts import Act
from crm_desktop.domain.errors import InvalidInput, NotFound
from crm_desktop.domain.reworks import ReworkDraft, ReworkRow, checked_rework
from crm_desktop.domain.rights import Right, require
from crm_desktop.domain.text import checked_text
from crm_desktop.models.complaints import Complaint, FollowUp, Rework
from crm_desktop.models.ledger import Ledger
from crm_desktop.services.desk import Desk
from crm_desktop.services.lookups import complaint_id
from crm_desktop.services.rules import Rules
from crm_desktop.services.steps import working_on

_QUERY = """
    SELECT r.id, r.ver, q.number, COALESCE(v.plate, ''), COALESCE(c.name, ''), r.kind, r.order_number, r.came_on,
        r.finished_on, r.technician, r.inspector, r.items, r.result, r.parts, r.consultation,
        EXISTS (SELECT 1 FROM reworks e JOIN complaints p ON p.id = e.complaint_id
            WHERE e.id < r.id AND p.state <> '作废' AND (p.id = q.id
                OR p.vehicle_id = q.vehicle_id AND p.category = q.category AND q.category <> ''))
    FROM reworks r JOIN complaints q ON q.id = r.complaint_id
    LEFT JOIN customers c ON c.id = q.customer_id LEFT JOIN vehicles v ON v.id = q.vehicle_id
"""


class Reworks:
    """A rework is a workshop order of its own; it always points back to its complaint."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk

    def register(self, number: str, draft: ReworkDraft, act: Act) -> int:
        """One more rework of this complaint. Returns its id.

        :raises InvalidInput: as ``checked_rework``. :raises NotAllowed: the complaint is void or filed.
        """
        act = require(act, Right.REWORK)
        cleaned = checked_rework(draft, local_day(act.at))
        found = working_on(self._desk, Complaint.get_by_id(complaint_id(self._desk, number))).id
        with self._desk.writing(act) as ledger:
            title = cleaned.order_number or cleaned.kind
            rework = ledger.add(Rework, title, complaint=found, entered_at=act.at, **asdict(cleaned))
            self._plan_calls(ledger, rework, found, cleaned.finished_on)
        return rework

    def amend(self, rework_id: int, ver: int, draft: ReworkDraft, act: Act) -> int:
        """Changes a rework, also to say it is finished: then 服务经理 or 服务总监 are to call, D+3 and D+7 (A27).

        Returns the new version.

        :raises NotAllowed: the complaint is void or filed. :raises NotFound: no such rework.
        """
        act = require(act, Right.REWORK)
        cleaned = checked_rework(draft, local_day(act.at))
        found = self._complaint(rework_id)
        with self._desk.writing(act) as ledger:
            new = ledger.change(Rework, rework_id, asdict(cleaned), ver)
            self._plan_calls(ledger, rework_id, found, cleaned.finished_on)
        return new

    def consult(self, rework_id: int, ver: int, note: str, act: Act) -> int:
        """会诊 of a car that comes back with the same fault: who looked, what was found. Returns the new version.

        :raises InvalidInput: nothing written.
        """
        act = require(act, Right.REWORK)
        told = checked_text(note, "会诊记录")
        if not told:
            raise InvalidInput({"consultation": "请写会诊记录：谁参加、查到什么、怎样修。"})
        self._complaint(rework_id)
        with self._desk.writing(act) as ledger:
            return ledger.change(Rework, rework_id, {"consultation": told}, ver)

    def _complaint(self, rework_id: int) -> int:
        """The complaint of a rework, while anything may still be written to it."""
        found = self._desk.rows("SELECT complaint_id FROM reworks WHERE id = ?", (rework_id,))
        if not found:
            raise NotFound("没有这条返修记录，请刷新后再看。")
        return working_on(self._desk, Complaint.get_by_id(found[0][0])).id

    def _plan_calls(self, ledger: Ledger, rework: int, complaint: int, finished_on: date | None) -> None:
        """The calls after a finished rework; a corrected day moves those still to be made, an undone one ends them."""
        days = Rules(self._desk).call_days()
        plans = self._desk.rows(
            "SELECT id, called_at IS NULL FROM follow_ups WHERE rework_id = ? AND cancelled_at IS NULL ORDER BY id",
            (rework,),
        )
        party = Complaint.get_by_id(complaint)
        for place, ahead in enumerate(days):
            plan, is_open = plans[place] if place < len(plans) else (None, False)
            on = finished_on + timedelta(days=ahead) if finished_on else None
            if plan is None and on is not None:
                ledger.add(
                    FollowUp, on.isoformat(), complaint=complaint, customer=party.customer_id,
                    vehicle=party.vehicle_id, planned_on=on, reason=f"修竣后第 {ahead} 天回访", rework=rework,
                    entered_at=ledger.act.at,
                )  # fmt: skip
            elif plan is not None and is_open:
                moved = {"planned_on": on} if on else {"cancelled_at": ledger.act.at}
                ledger.change(FollowUp, plan, moved, reason="修竣日期已更正")

    def of_complaint(self, number: str) -> list[ReworkRow]:
        """The reworks of one complaint, first one first."""
        found = complaint_id(self._desk, number)
        return [_row(row) for row in self._desk.rows(f"{_QUERY} WHERE r.complaint_id = ? ORDER BY r.id", (found,))]

    def in_workshop(self) -> list[ReworkRow]:
        """Cars whose rework is not finished, longest first."""
        return [_row(row) for row in self._desk.rows(f"{_QUERY} WHERE r.finished_on IS NULL ORDER BY r.came_on, r.id")]

    def ids(self) -> list[int]:
        """All reworks, finished or not, the latest first; fetched page by page."""
        return [found for (found,) in self._desk.rows("SELECT id FROM reworks ORDER BY id DESC")]

    def fetch(self, ids: Sequence[int]) -> list[ReworkRow]:
        """These reworks, in this order."""
        found = {row[0]: row for row in self._desk.rows(f"{_QUERY} WHERE r.id IN ({', '.join(map(str, ids))})")}
        return [_row(found[i]) for i in ids if i in found]


def _row(row: tuple[Any, ...]) -> ReworkRow:
    draft = ReworkDraft(row[5], row[6], _day(row[7]), _day(row[8]), *row[9:14])
    return ReworkRow(row[0], row[1], row[2], row[3], row[4], draft, bool(row[15]), row[14])


def _day(text: str | None) -> date | None:
    return date.fromisoformat(text) if text else None
