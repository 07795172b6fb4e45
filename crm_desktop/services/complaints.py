"""抱怨/投诉单: register, amend, correct, and move a complaint from 登记 to 已关闭."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from crm_desktop.clock import local_day
from crm_desktop.domain.acts import Act
from crm_desktop.domain.complaints import (
    CORRECTED_WITH_REASON,
    DESK_ORIGIN,
    ComplaintDraft,
    Event,
    State,
)
from crm_desktop.domain.errors import InvalidInput, NotFound
from crm_desktop.domain.intake import check_times, checked_changes, checked_draft
from crm_desktop.domain.procedure import check_move, state_of
from crm_desktop.domain.rights import Right, require
from crm_desktop.domain.text import checked_line
from crm_desktop.models.complaints import Complaint, ComplaintEvent, FollowUp
from crm_desktop.models.ledger import Ledger
from crm_desktop.services.desk import Desk
from crm_desktop.services.parties import Party, check_known, checked_party, settle

_RIGHT_OF_FIELD: Mapping[str, Right] = {
    "responsible": Right.ASSIGN,
    "root_cause": Right.ROOT_CAUSE,
    "long_term_measure": Right.MEASURE,
}


@dataclass(frozen=True, slots=True)
class Saved:
    """What a verb answers: the complaint's number, its state now, and the version for the next change."""

    id: int
    number: str
    state: str
    ver: int


class Complaints:
    """The verbs of the complaint form; reading them back is ``services/cases.py``."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk

    def register(self, draft: ComplaintDraft, act: Act) -> Saved:
        """A new complaint with its own number; customer and car are found or begun.

        :raises InvalidInput: as ``checked_draft``.
        """
        act = require(act, Right.REGISTER)
        cleaned = checked_draft(draft, act.at)
        received = cleaned.received_at or act.at
        with self._desk.writing(act) as ledger:
            customer_id, vehicle_id = settle(self._desk, ledger, _party(cleaned))
            number = next_numbers(self._desk, local_day(received), 1)[0]
            car = self._car(vehicle_id)
            complaint_id = ledger.add(
                Complaint,
                number,
                number=number,
                origin=DESK_ORIGIN,
                customer=customer_id,
                vehicle=vehicle_id,
                brought_by=cleaned.brought_by,
                **car,
                mileage=cleaned.mileage,
                order_number=cleaned.order_number,
                channel=cleaned.channel,
                severity=cleaned.severity,
                category=cleaned.category,
                words=cleaned.words,
                demand=cleaned.demand,
                occurred_at=cleaned.occurred_at,
                received_at=received,
                entered_at=act.at,
                received_by=act.who,
            )
            self._happened(ledger, complaint_id, Event.REGISTERED, received, "")
        return Saved(complaint_id, number, State.REGISTERED, 1)

    def amend(self, number: str, ver: int, changes: Mapping[str, Any], act: Act, reason: str = "") -> Saved:
        """Changes fields of a complaint; naming a 责任人 begins the handling (登记 → 处理中).

        :raises InvalidInput: a text too long, or a customer, car, channel or 受理时间 corrected without a reason.
        :raises ChangedMeanwhile: somebody saved first.
        """
        cleaned = checked_changes(changes)
        complaint = self._get(number)
        act = _allowed(act, cleaned, complaint)
        why = checked_line(reason, "更正原因")
        self._needs_reason(complaint, cleaned, why)
        self._check_times(complaint, cleaned, act)
        with self._desk.writing(act) as ledger:
            check_known(self._desk, cleaned.get("customer"), cleaned.get("vehicle"))
            if "vehicle" in cleaned and cleaned["vehicle"] != complaint.vehicle_id:
                cleaned = {**cleaned, **self._car(cleaned["vehicle"])}
            new = ledger.change(Complaint, complaint.id, cleaned, ver, why)
            self._hand_calls_on(ledger, complaint.id, cleaned, why)
            state = complaint.state
            if cleaned.get("responsible") and state == State.REGISTERED:
                state = self._move(ledger, complaint.id, Event.TAKEN_UP, act.at, str(cleaned["responsible"]))
        return Saved(complaint.id, complaint.number, state, new)

    def identify(self, number: str, ver: int, party: Party, act: Act, reason: str = "") -> Saved:
        """Says who complained and about which car: 待补客户 filled in, or a wrong one corrected with a reason.

        :raises InvalidInput: nobody named, or a correction without a reason.
        """
        act = require(act, Right.CORRECT)
        complaint, party = self._get(number), checked_party(party)
        why = checked_line(reason, "更正原因")
        if (complaint.customer_id or complaint.vehicle_id) and not why:
            raise InvalidInput({"reason": "更正客户或车辆请写明原因，原来的资料会留在历史里。"})
        with self._desk.writing(act) as ledger:
            customer_id, vehicle_id = settle(self._desk, ledger, party)
            if customer_id is None and vehicle_id is None:
                raise InvalidInput({"customer_name": "请填客户姓名、联系电话、车牌号中的至少一项。"})
            changes: dict[str, Any] = {"customer": customer_id or complaint.customer_id}
            if vehicle_id is not None:
                changes |= {"vehicle": vehicle_id, **self._car(vehicle_id)}
            new = ledger.change(Complaint, complaint.id, changes, ver, why)
            self._hand_calls_on(ledger, complaint.id, changes, why)
        return Saved(complaint.id, complaint.number, complaint.state, new)

    def take_up(self, number: str, ver: int, act: Act, note: str = "") -> Saved:
        """Handling begins: 登记 → 处理中."""
        return self._step(Event.TAKEN_UP, number, ver, require(act, Right.RESPOND), note)

    def resolve(self, number: str, ver: int, act: Act, note: str = "", at: datetime | None = None) -> Saved:
        """The customer's problem is solved: → 已解决, at the time it happened (UTC, now if not told)."""
        return self._step(Event.RESOLVED, number, ver, require(act, Right.RESOLVE), note, at)

    def close(self, number: str, ver: int, act: Act, note: str = "") -> Saved:
        """The complaint is closed: 已解决 → 已关闭."""
        return self._step(Event.CLOSED, number, ver, require(act, Right.CLOSE), note)

    def reopen(self, number: str, ver: int, act: Act, reason: str) -> Saved:
        """Back to 处理中, with the reason."""
        return self._step(Event.REOPENED, number, ver, require(act, Right.REOPEN), _reason(reason, "重开"))

    def void(self, number: str, ver: int, act: Act, reason: str) -> Saved:
        """作废 with the reason: nothing is deleted, the register keeps the line, marked."""
        return self._step(Event.VOIDED, number, ver, require(act, Right.VOID), _reason(reason, "作废"))

    def _step(self, event: Event, number: str, ver: int, act: Act, note: str, at: datetime | None = None) -> Saved:
        complaint = self._get(number)
        happened = at or act.at
        if faults := check_times(complaint.received_at, happened, act.at):
            raise InvalidInput({"at": next(iter(faults.values())).replace("受理时间", "时间")})
        check_move(event, complaint.state)
        with self._desk.writing(act) as ledger:
            new = ledger.change(Complaint, complaint.id, {}, ver, touch=True)
            state = self._move(ledger, complaint.id, event, happened, checked_line(note, "说明"))
        return Saved(complaint.id, complaint.number, state, new)

    def _move(self, ledger: Ledger, complaint_id: int, event: Event, at: datetime, note: str) -> State:
        self._happened(ledger, complaint_id, event, at, note)
        kinds = self._desk.rows("SELECT kind FROM complaint_events WHERE complaint_id = ? ORDER BY id", (complaint_id,))
        state = state_of(kind for (kind,) in kinds)
        Complaint.update(state=state).where(Complaint.id == complaint_id).execute()
        return state

    def _happened(self, ledger: Ledger, complaint_id: int, event: Event, at: datetime, note: str) -> None:
        ledger.add(
            ComplaintEvent,
            event,
            complaint=complaint_id,
            kind=event,
            at=at,
            entered_at=ledger.act.at,
            who=ledger.act.who,
            staff=ledger.act.staff_id,
            note=note,
        )

    def _hand_calls_on(self, ledger: Ledger, complaint_id: int, changes: Mapping[str, Any], why: str) -> None:
        """Calls still to be made go to the customer the complaint is now known to be of."""
        party = {name: changes[name] for name in ("customer", "vehicle") if name in changes}
        if party:
            for (call,) in self._desk.rows(
                "SELECT id FROM follow_ups WHERE complaint_id = ? AND called_at IS NULL AND cancelled_at IS NULL",
                (complaint_id,),
            ):
                ledger.change(FollowUp, call, party, reason=why)

    def _get(self, number: str) -> Complaint:
        return Complaint.get_by_id(complaint_id(self._desk, number))

    def _car(self, vehicle_id: int | None) -> dict[str, Any]:
        if vehicle_id is None:
            return {}
        found = self._desk.rows("SELECT brand, series, model FROM vehicles WHERE id = ?", (vehicle_id,))
        return dict(zip(("brand", "series", "model"), found[0], strict=True)) if found else {}

    def _needs_reason(self, complaint: Complaint, changes: Mapping[str, Any], reason: str) -> None:
        now = {"customer": complaint.customer_id, "vehicle": complaint.vehicle_id, "channel": complaint.channel,
               "received_at": complaint.received_at}  # fmt: skip
        changed = [n for n in CORRECTED_WITH_REASON if n in changes and now[n] is not None and changes[n] != now[n]]
        if changed and not reason:
            raise InvalidInput({"reason": "更正客户、车辆、接收渠道或受理时间请写明原因，原来的内容会留在历史里。"})

    def _check_times(self, complaint: Complaint, changes: Mapping[str, Any], act: Act) -> None:
        occurred = changes.get("occurred_at", complaint.occurred_at)
        received = changes.get("received_at", complaint.received_at)
        if faults := check_times(occurred, received, act.at):
            raise InvalidInput(faults)


def _allowed(act: Act, changes: Mapping[str, Any], complaint: Complaint) -> Act:
    """Fields are everybody's who may correct, but for those the procedure gives to one person."""
    own = bool(complaint.responsible) and complaint.responsible == act.who
    allowed = require(act, Right.CORRECT)
    for field, right in _RIGHT_OF_FIELD.items():
        if field in changes and changes[field] != getattr(complaint, field):
            allowed = require(act, right, own=own)
    return allowed


def complaint_id(desk: Desk, number: str) -> int:
    """The complaint behind its own number or its source number.

    :raises NotFound: neither is known.
    """
    asked = number.strip().upper()
    for column, value in (("number", asked), ("source_number", number.strip())):
        found = desk.rows(f"SELECT id FROM complaints WHERE {column} = ?", (value,))
        if found:
            return int(found[0][0])
    raise NotFound(f"没有单号为“{number.strip()}”的抱怨单，请核对单号（也可以填来源单号）。")


def next_numbers(desk: Desk, day: date, count: int) -> list[str]:
    """The next running numbers of a day (TS20261121-001 …), inside the caller's IMMEDIATE transaction."""
    series = f"TS{day:%Y%m%d}"
    last = desk.rows(
        "INSERT INTO counters (series, last) VALUES (?, ?)"
        " ON CONFLICT (series) DO UPDATE SET last = last + excluded.last RETURNING last",
        (series, count),
    )[0][0]
    return [f"{series}-{n:03d}" for n in range(last - count + 1, last + 1)]


def _reason(text: str, verb: str) -> str:
    cleaned = checked_line(text, f"{verb}原因")
    if not cleaned:
        raise InvalidInput({"reason": f"{verb}请写明原因。"})
    return cleaned


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
