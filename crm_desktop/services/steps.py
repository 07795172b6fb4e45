"""One place where a step of a complaint is recorded, its state follows, and 代录 is checked; every verb uses it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from crm_desktop.domain.acts import Act
from crm_desktop.domain.complaint_rows import EventRow
from crm_desktop.domain.complaints import EVENT_LABELS, Event, State
from crm_desktop.domain.errors import InvalidInput, NotAllowed
from crm_desktop.domain.procedure import OnBehalf, check_moment, checked_on_behalf, effective, state_of
from crm_desktop.domain.rights import OWNER, Right, require
from crm_desktop.models.complaints import Complaint, ComplaintEvent
from crm_desktop.models.ledger import Ledger
from crm_desktop.models.moments import moment
from crm_desktop.services.attached import attach
from crm_desktop.services.desk import Desk
from crm_desktop.services.filings import guard
from crm_desktop.services.lookups import complaint_id
from crm_desktop.services.staff import StaffRoom

_COLUMNS = (
    "kind, at, entered_at, who, note, id, on_behalf_of, told_how, scan, confirmed_at, late_reason, subject, detail,"
    " corrects_id"
)


@dataclass(frozen=True, slots=True)
class Saved:
    """What a verb answers: the complaint's number, its state now, and the version for the next change."""

    id: int
    number: str
    state: str
    ver: int


class Steps:
    """Reads and writes the events of complaints; writing happens inside the caller's transaction."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk
        self._staff = StaffRoom(desk)

    def get(self, number: str) -> Complaint:
        """The complaint itself; raises NotFound."""
        complaint: Complaint = Complaint.get_by_id(complaint_id(self._desk, number))
        return complaint

    def of(self, complaint_id: int) -> tuple[EventRow, ...]:
        """Everything recorded, oldest entry first; what was put right since is marked."""
        query = f"SELECT {_COLUMNS} FROM complaint_events WHERE complaint_id = ? ORDER BY id"
        rows = [_event(row) for row in self._desk.rows(query, (complaint_id,))]
        corrected = {row.corrects for row in rows}
        return tuple(replace(row, corrected=True) if row.id in corrected else row for row in rows)

    def standing(self, complaint_id: int) -> list[EventRow]:
        """What holds of it, in the order it happened."""
        return effective(self.of(complaint_id))

    def record(
        self,
        ledger: Ledger,
        complaint_id: int,
        event: Event,
        at: datetime,
        note: str = "",
        told: OnBehalf | None = None,
        **more: Any,
    ) -> int:
        """One event. ``more`` are further columns: late_reason, subject, detail, corrects. Returns its id."""
        values: dict[str, Any] = {"who": ledger.act.who, "staff": ledger.act.staff_id, **more}
        if told is not None:
            scan = told.scan
            if told.file is not None:
                scan = attach(self._desk, ledger, complaint_id, told.file, f"{EVENT_LABELS[event]}的签字纸单")
            values |= {"on_behalf_of": told.of, "told_how": told.how, "scan": scan}
        return ledger.add(
            ComplaintEvent,
            event,
            complaint=complaint_id,
            kind=event,
            at=at,
            entered_at=ledger.act.at,
            note=note,
            **values,
        )

    def move(self, ledger: Ledger, complaint_id: int, event: Event, at: datetime, note: str = "", **more: Any) -> State:
        """One event and the state that follows from it; ``more`` as ``record``."""
        self.record(ledger, complaint_id, event, at, note, **more)
        return self.project(complaint_id)

    def project(self, complaint_id: int) -> State:
        """Writes down the state as the fold of the events (``check`` compares the two)."""
        state = state_of(step.kind for step in self.standing(complaint_id))
        Complaint.update(state=state).where(Complaint.id == complaint_id).execute()
        return state

    def told(self, told: OnBehalf | None, right: Right, responsible: str) -> OnBehalf | None:
        """The 代录 cleaned: whoever is named must hold the right himself, or be the 责任人 where that is enough.

        :raises InvalidInput: nobody named, an unknown way, or somebody whose word does not count here.
        """
        if told is None:
            return None
        cleaned = checked_on_behalf(told)
        people = {person.name for person in self._staff.people(with_left=True)}
        allowed = {person.name for person in self._staff.holders(right)}
        if responsible and OWNER in self._staff.rights().get(right, ()):
            allowed.add(responsible)
        if people and cleaned.of not in allowed:
            those = "、".join(sorted(allowed)) or "现在没有人"
            raise InvalidInput({"on_behalf_of": f"“{cleaned.of}”不能{right}，代录请写有权的人：{those}。"})
        return cleaned


def working_on(desk: Desk, complaint: Complaint) -> Complaint:
    """The complaint, while anything may still be written to it.

    :raises NotAllowed: it is void, or filed.
    """
    if complaint.state == State.VOID:
        raise NotAllowed("这张单已作废，不能再记；客户再来请另建一张抱怨单。")
    guard(desk, complaint.id)
    return complaint


def owns(act: Act, complaint: Complaint) -> bool:
    """Whether the person is the 责任人 of this complaint."""
    return bool(complaint.responsible) and act.who == complaint.responsible


def signed(act: Act, rights: Mapping[Right, bool], *, own: bool) -> Act:
    """The act after every right was asked for; the values say whether it is 代录. Who acts by a lent right stands
    there as 代.

    :raises NotAllowed: as ``require``.
    """
    result = act
    for right, on_behalf in rights.items():
        asked = require(act, right, own=own, on_behalf=on_behalf)
        result = asked if asked.who != act.who else result
    return result


def happened_at(complaint: Complaint, act: Act, at: datetime | None, told: OnBehalf | None = None) -> datetime:
    """When it happened: as told, else now.

    :raises InvalidInput: before 受理, or to come.
    """
    when = at or (told.at if told else None)
    if when is None:
        now: datetime = max(act.at, complaint.received_at)
        return now
    check_moment(when, complaint.received_at, act.at)
    return when


def _event(row: tuple[Any, ...]) -> EventRow:
    kind, at, entered_at, who, note, number, of, how, scan, confirmed, late, subject, detail, corrects = row
    return EventRow(
        kind, moment(at), moment(entered_at), who, note, number, of, how, scan,
        moment(confirmed) if confirmed else None, late, subject, detail, corrects,
    )  # fmt: skip
