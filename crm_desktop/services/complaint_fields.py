"""Changing the fields of a complaint: whose right each is, what needs a reason, and which events follow from it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from contextlib import nullcontext
from datetime import datetime
from typing import Any

from crm_desktop.domain.acts import Act
from crm_desktop.domain.complaints import CORRECTED_WITH_REASON, FIELD_LABELS, Event, Severity, State
from crm_desktop.domain.errors import InvalidInput, NotAllowed
from crm_desktop.domain.intake import check_times, checked_changes
from crm_desktop.domain.procedure import OnBehalf, check_moment
from crm_desktop.domain.rights import Right
from crm_desktop.domain.text import checked_line
from crm_desktop.models.complaints import Complaint, FollowUp
from crm_desktop.models.ledger import Ledger
from crm_desktop.services.clock_rules import ClockRules
from crm_desktop.services.closing import Closing
from crm_desktop.services.compensations import check_typed, follow_typed
from crm_desktop.services.desk import Desk
from crm_desktop.services.filings import guard
from crm_desktop.services.parties import check_known
from crm_desktop.services.steps import Saved, Steps, owns, signed

_RIGHT_OF: Mapping[str, Right] = {
    "line": Right.ASSIGN,
    "responsible": Right.ASSIGN,
    "root_cause": Right.ROOT_CAUSE,
    "long_term_measure": Right.MEASURE,
    "correction": Right.RESOLVE,
    "solution": Right.RESOLVE,
    "soothing": Right.RESOLVE,
    "told_customer": Right.RESOLVE,
    "told_at": Right.RESOLVE,
    "compensation_fen": Right.RESOLVE,
    "planned_on": Right.RESOLVE,
    "done_on": Right.RESOLVE,
}
"""Whose right a field is; every other one is a 更正 of the form."""
ON_BEHALF = frozenset({"line", "responsible", "root_cause", "long_term_measure"})
"""What may be 代录 (part 2, «People and rights»)."""
_WRITTEN = {"root_cause": Event.CAUSE_WRITTEN, "long_term_measure": Event.MEASURE_WRITTEN}
_FOLLOWING = {"told_customer": "told_at"}
"""A text and the time that goes with it."""


class ComplaintFields:
    """One change of some fields of one complaint, with everything that follows from it."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk
        self._steps = Steps(desk)
        self._closing = Closing(desk)
        self._rules = ClockRules(desk)

    def change(
        self,
        complaint: Complaint,
        ver: int,
        changes: Mapping[str, Any],
        act: Act,
        reason: str = "",
        *,
        told: OnBehalf | None = None,
        at: datetime | None = None,
        ledger: Ledger | None = None,
    ) -> Saved:
        """Writes what really differs; ``at`` is when it was decided or told. ``ledger`` is the caller's, if he has one.

        :raises InvalidInput: a text too long, what was told wrongly changed without a reason, a measure before its
            cause, a time that cannot be. :raises NotAllowed: somebody else's right, or the case is filed.
        :raises ChangedMeanwhile: somebody saved first.
        """
        channels = (*self._rules.rulebook().offered, complaint.channel)
        cleaned = checked_changes(changes, dict.fromkeys(channels))
        differing = {n: v for n, v in cleaned.items() if v != _now(complaint, n)}
        guard(self._desk, complaint.id)
        act = _allowed(complaint, differing, act, told)
        if "compensation_fen" in differing:
            check_typed(self._desk, complaint.id, differing["compensation_fen"], act)
        told = self._told(complaint, differing, told)
        why = checked_line(reason, "更正原因")
        _check_reason(complaint, differing, why)
        if told is not None:
            at = at or told.at
        differing = _with_time(complaint, differing, at or act.at)
        self._check_times(complaint, differing, at, act)
        self._check_cause_first(complaint, differing)
        with nullcontext(ledger) if ledger is not None else self._desk.writing(act) as book:
            check_known(self._desk, differing.get("customer"), differing.get("vehicle"))
            if "vehicle" in differing:
                differing |= car_of(self._desk, differing["vehicle"])
            new = book.change(Complaint, complaint.id, differing, ver, why)
            hand_calls_on(self._desk, book, complaint.id, differing, why)
            if "compensation_fen" in differing:
                follow_typed(self._desk, book, complaint.id, differing["compensation_fen"])
            state = self._follow(book, complaint, differing, why, at, told)
        return Saved(complaint.id, complaint.number, state, new)

    def _told(self, complaint: Complaint, changes: Mapping[str, Any], told: OnBehalf | None) -> OnBehalf | None:
        if told is None:
            return None
        if not changes.keys() <= ON_BEHALF:
            raise InvalidInput("只有移交、响应、责任人、根本原因和长期措施可以代录，其余请本人录入。")
        for right in sorted({_RIGHT_OF[name] for name in changes}):
            told = self._steps.told(told, right, complaint.responsible)
        return told

    def _check_times(self, complaint: Complaint, changes: Mapping[str, Any], at: datetime | None, act: Act) -> None:
        occurred = changes.get("occurred_at", complaint.occurred_at)
        received = changes.get("received_at", complaint.received_at)
        if faults := check_times(occurred, received, act.at):
            raise InvalidInput(faults)
        if at is not None:
            check_moment(at, received, act.at)
        for name in ("told_at", "oem_closed_at"):
            if changes.get(name) is not None:
                check_moment(changes[name], received, act.at, name, FIELD_LABELS[name])
        patience = changes.get("patience_until")
        if patience is not None and patience < received:
            raise InvalidInput({"patience_until": "客户最多等到的时间早于受理时间，请核对。"})

    def _check_cause_first(self, complaint: Complaint, changes: Mapping[str, Any]) -> None:
        """长期质量保证的措施 is locked until the root cause passes (A30)."""
        if not changes.get("long_term_measure"):
            return
        cause = changes.get("root_cause", complaint.root_cause)
        if not cause:
            raise InvalidInput({"long_term_measure": "先写抱怨产生根本原因分析，再写长期质量保证的措施。"})
        if fault := self._closing.wording_fault("root_cause", cause, complaint.id):
            told = f"抱怨产生根本原因分析还没有通过，先改好它再写长期质量保证的措施：{fault}"
            raise InvalidInput({"long_term_measure": told})

    def _follow(
        self,
        ledger: Ledger,
        complaint: Complaint,
        changes: Mapping[str, Any],
        why: str,
        at: datetime | None,
        told: OnBehalf | None,
    ) -> State:
        """The events of a change, and the state after them."""
        when = at or max(ledger.act.at, complaint.received_at)
        if changes.get("responsible"):
            line = changes.get("line", complaint.line)
            named = " ".join(filter(None, (line, changes["responsible"])))
            self._steps.record(ledger, complaint.id, Event.TAKEN_UP, when, named, told, detail=changes["responsible"])
        for name, event in _WRITTEN.items():
            if changes.get(name):
                self._steps.record(ledger, complaint.id, event, when, told=told)
        said = changes.get("told_customer", complaint.told_customer)
        if said and (changes.get("told_customer") or changes.get("told_at")):
            self._steps.record(ledger, complaint.id, Event.INFORMED, changes.get("told_at", when))
        if "severity" in changes:
            up = changes["severity"] == Severity.MAJOR
            levels = f"{complaint.severity}→{changes['severity']}"
            self._steps.record(
                ledger, complaint.id, Event.UPGRADED if up else Event.DOWNGRADED, when, why, detail=levels
            )
        self._correct(ledger, complaint, changes, why)
        return self._steps.project(complaint.id)

    def _correct(self, ledger: Ledger, complaint: Complaint, changes: Mapping[str, Any], why: str) -> None:
        corrected = [FIELD_LABELS[name] for name in _corrected(complaint, changes)]
        if corrected:
            note_correction(self._steps, ledger, complaint.id, corrected, why)
        if "received_at" in changes:
            first = next(step for step in self._steps.standing(complaint.id) if step.kind == Event.REGISTERED)
            received = changes["received_at"]
            self._steps.record(
                ledger, complaint.id, Event.REGISTERED, received, f"更正：{why}", corrects=first.id, who=first.who
            )


def note_correction(steps: Steps, ledger: Ledger, complaint_id: int, labels: Iterable[str], why: str) -> None:
    """Marks the case 更正; both values stay in the history."""
    steps.record(ledger, complaint_id, Event.CORRECTED, ledger.act.at, f"{'、'.join(labels)}：{why}")


def hand_calls_on(desk: Desk, ledger: Ledger, complaint_id: int, changes: Mapping[str, Any], why: str) -> None:
    """Calls still to be made go to the customer the complaint is now known to be of."""
    party = {name: changes[name] for name in ("customer", "vehicle") if name in changes}
    if party:
        for (call,) in desk.rows(
            "SELECT id FROM follow_ups WHERE complaint_id = ? AND called_at IS NULL AND cancelled_at IS NULL",
            (complaint_id,),
        ):
            ledger.change(FollowUp, call, party, reason=why)


def car_of(desk: Desk, vehicle_id: int | None) -> dict[str, Any]:
    """The car as it is today, remembered with the complaint."""
    if vehicle_id is None:
        return {}
    found = desk.rows("SELECT brand, series, model FROM vehicles WHERE id = ?", (vehicle_id,))
    return dict(zip(("brand", "series", "model"), found[0], strict=True)) if found else {}


def _now(complaint: Complaint, name: str) -> Any:
    return getattr(complaint, f"{name}_id" if name in ("customer", "vehicle") else name)


def _corrected(complaint: Complaint, changes: Mapping[str, Any]) -> list[str]:
    return [n for n in FIELD_LABELS if n in CORRECTED_WITH_REASON & changes.keys() and _now(complaint, n) is not None]


def _allowed(complaint: Complaint, changes: Mapping[str, Any], act: Act, told: OnBehalf | None) -> Act:
    if complaint.state == State.VOID:
        raise NotAllowed("这张单已作废，不能再改；客户再来请另建一张抱怨单。")
    rights = {_RIGHT_OF.get(name, Right.CORRECT): told is not None and name in ON_BEHALF for name in changes}
    return signed(act, rights or {Right.CORRECT: False}, own=owns(act, complaint))


def _check_reason(complaint: Complaint, changes: Mapping[str, Any], why: str) -> None:
    if why:
        return
    if _corrected(complaint, changes):
        raise InvalidInput({"reason": "更正客户、车辆、接收渠道或受理时间请写明原因，原来的内容会留在历史里。"})
    if changes.get("severity") == Severity.ORDINARY:
        raise InvalidInput({"severity": "重大降为一般请用“更正”并写明理由，理由会留在历史里。"})


def _with_time(complaint: Complaint, changes: dict[str, Any], when: datetime) -> dict[str, Any]:
    """What the customer was told carries the time it was told."""
    for text, time in _FOLLOWING.items():
        if changes.get(text) and changes.get(time) is None and getattr(complaint, time) is None:
            changes = {**changes, time: max(when, complaint.received_at)}
    return changes
