"""抱怨/投诉单: registering, the fields of the form, who complained; its course comes from ``services/course.py``."""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

from crm_desktop.clock import local_day
from crm_desktop.domain.acts import Act
from crm_desktop.domain.complaint_rows import ComplaintDraft
from crm_desktop.domain.complaints import DESK_ORIGIN, Event, State
from crm_desktop.domain.errors import InvalidInput
from crm_desktop.domain.intake import checked_draft
from crm_desktop.domain.procedure import OnBehalf
from crm_desktop.domain.rights import Right, require
from crm_desktop.domain.severity import propose
from crm_desktop.domain.text import checked_line
from crm_desktop.models.complaints import Complaint
from crm_desktop.models.ledger import Ledger
from crm_desktop.services.complaint_fields import car_of, hand_calls_on, note_correction
from crm_desktop.services.course import Course
from crm_desktop.services.desk import Desk
from crm_desktop.services.lookups import complaint_id
from crm_desktop.services.parties import Party, checked_party, settle
from crm_desktop.services.rules import Rules
from crm_desktop.services.steps import Saved, working_on

__all__ = ["Complaints", "Saved", "complaint_id", "next_numbers"]


class Complaints(Course):
    """The verbs of the complaint form; reading them back is ``services/cases.py``."""

    def register(self, draft: ComplaintDraft, act: Act) -> Saved:
        """A new complaint with its own number; customer and car are found or begun.

        A form filled by hand (补录) brings its own times and who received it; when it was typed is kept beside them.

        :raises InvalidInput: as ``checked_draft``, or a tick that is not in the list.
        """
        act = require(act, Right.REGISTER)
        rules = Rules(self._desk)
        cleaned = checked_draft(draft, act.at, rules.rulebook().offered)
        propose(cleaned.severity_ticks, rules.ticks())
        received = cleaned.received_at or act.at
        with self._desk.writing(act) as ledger:
            customer_id, vehicle_id = settle(self._desk, ledger, _party(cleaned))
            number = next_numbers(self._desk, local_day(received), 1)[0]
            complaint_id = ledger.add(
                Complaint,
                number,
                number=number,
                origin=DESK_ORIGIN,
                customer=customer_id,
                vehicle=vehicle_id,
                **car_of(self._desk, vehicle_id),
                **_told(cleaned),
                received_at=received,
                entered_at=act.at,
                received_by=cleaned.received_by or act.who,
            )
            note = f"补录纸单，接收人 {cleaned.received_by}" if cleaned.received_by else ""
            self._steps.record(ledger, complaint_id, Event.REGISTERED, received, note)
        return Saved(complaint_id, number, State.REGISTERED, 1)

    def amend(
        self,
        number: str,
        ver: int,
        changes: Mapping[str, Any],
        act: Act,
        reason: str = "",
        at: datetime | None = None,
        *,
        told: OnBehalf | None = None,
    ) -> Saved:
        """Changes fields of a complaint; naming a 责任人 begins the handling (→ 处理中). ``at``: when it was decided.

        Whose right a field is, what needs a reason and what follows: ``ComplaintFields.change``, which raises.
        """
        return self._fields.change(self._steps.get(number), ver, changes, act, reason, told=told, at=at)

    def grade(
        self, number: str, ver: int, act: Act, severity: str, ticks: tuple[str, ...] = (), reason: str = ""
    ) -> Saved:
        """级别: up at any time, down with a reason; the ticks that speak for 重大 are stored, the clocks follow.

        :raises InvalidInput: a tick that is not in the list, or a decision against the ticks without a reason.
        """
        proposed, _ = propose(ticks, Rules(self._desk).ticks())
        why = checked_line(reason, "定级理由")
        if proposed != severity and not why:
            raise InvalidInput({"severity_reason": f"勾选的判据属于{proposed}；定为{severity}请写明理由。"})
        complaint = self._steps.get(number)
        codes = json.dumps(list(ticks), ensure_ascii=False)
        changes = {"severity": severity, "severity_reason": why, "severity_ticks": codes}
        return self._fields.change(complaint, ver, changes, act, why)

    def identify(self, number: str, ver: int, party: Party, act: Act, reason: str = "") -> Saved:
        """Says who complained and about which car: 待补客户 filled in, or a wrong one corrected with a reason.

        :raises InvalidInput: nobody named, or a correction without a reason.
        """
        act = require(act, Right.CORRECT)
        complaint, party = working_on(self._desk, self._steps.get(number)), checked_party(party)
        why = checked_line(reason, "更正原因")
        known = bool(complaint.customer_id or complaint.vehicle_id)
        if known and not why:
            raise InvalidInput({"reason": "更正客户或车辆请写明原因，原来的资料会留在历史里。"})
        with self._desk.writing(act) as ledger:
            changes = self._settled(ledger, complaint, party)
            new = ledger.change(Complaint, complaint.id, changes, ver, why)
            hand_calls_on(self._desk, ledger, complaint.id, changes, why)
            if known:
                note_correction(self._steps, ledger, complaint.id, ("客户或车辆",), why)
        return Saved(complaint.id, complaint.number, complaint.state, new)

    def _settled(self, ledger: Ledger, complaint: Complaint, party: Party) -> dict[str, Any]:
        customer_id, vehicle_id = settle(self._desk, ledger, party)
        if customer_id is None and vehicle_id is None:
            raise InvalidInput({"customer_name": "请填客户姓名、联系电话、车牌号中的至少一项。"})
        changes: dict[str, Any] = {"customer": customer_id or complaint.customer_id}
        if vehicle_id is not None:
            changes |= {"vehicle": vehicle_id, **car_of(self._desk, vehicle_id)}
        return changes


def next_numbers(desk: Desk, day: date, count: int) -> list[str]:
    """The next running numbers of a day (TS20261121-001 …), inside the caller's IMMEDIATE transaction."""
    series = f"TS{day:%Y%m%d}"
    last = desk.rows(
        "INSERT INTO counters (series, last) VALUES (?, ?)"
        " ON CONFLICT (series) DO UPDATE SET last = last + excluded.last RETURNING last",
        (series, count),
    )[0][0]
    return [f"{series}-{n:03d}" for n in range(last - count + 1, last + 1)]


def _told(draft: ComplaintDraft) -> dict[str, Any]:
    """What was typed at the counter about the complaint itself."""
    names = (
        "brought_by", "mileage", "order_number", "channel", "severity", "severity_reason", "category", "words",
        "demand", "occurred_at", "patience_until",
    )  # fmt: skip
    ticks = json.dumps(list(draft.severity_ticks), ensure_ascii=False)
    return {**{name: getattr(draft, name) for name in names}, "severity_ticks": ticks}


def _party(draft: ComplaintDraft) -> Party:
    return Party(
        customer_id=draft.customer_id,
        vehicle_id=draft.vehicle_id,
        name=draft.customer_name,
        phone=draft.phone,
        brought_by=draft.brought_by,
        plate=draft.plate,
        vin=draft.vin,
        mileage=draft.mileage,
    )
