"""The course of a complaint from 登记 to 已关闭: each step with its right, its time, and what it asks for first.

Filing (已关闭 → 已存档) is ``services/archive.py``.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any

from crm_desktop.clock import local_day, to_local
from crm_desktop.domain.acts import Act
from crm_desktop.domain.closing import NotReady
from crm_desktop.domain.complaint_rows import EventRow
from crm_desktop.domain.complaints import EVENT_LABELS, Event, Line
from crm_desktop.domain.deadlines import Milestone
from crm_desktop.domain.errors import InvalidInput, NotAllowed
from crm_desktop.domain.procedure import ONCE, OnBehalf, check_move
from crm_desktop.domain.rights import Right
from crm_desktop.domain.sheets import shown
from crm_desktop.domain.staff import Role
from crm_desktop.domain.standing import ClockState
from crm_desktop.domain.text import checked_line
from crm_desktop.models.complaints import Complaint, FollowUp
from crm_desktop.models.ledger import Ledger
from crm_desktop.services.clocks import Clocks
from crm_desktop.services.closing import Closing
from crm_desktop.services.complaint_fields import ComplaintFields
from crm_desktop.services.desk import Desk
from crm_desktop.services.duties import Duties
from crm_desktop.services.filings import take_out
from crm_desktop.services.rules import Rules
from crm_desktop.services.staff import StaffRoom
from crm_desktop.services.steps import Saved, Steps, happened_at, owns, signed

_CALLED_ANYWAY = """
    SELECT 1 FROM follow_ups WHERE complaint_id = ? AND called_at IS NULL AND cancelled_at IS NULL
    UNION ALL SELECT 1 FROM reworks WHERE complaint_id = ? LIMIT 1
"""
_OF_THE_SOLUTION = "解决后第 {} 天回访"
_CALLS_OF_THE_SOLUTION = """
    SELECT id, ver FROM follow_ups WHERE complaint_id = ? AND called_at IS NULL AND cancelled_at IS NULL
        AND rework_id IS NULL AND reason LIKE ?
"""


class Course:
    """The steps; ``Complaints`` adds registering and the fields of the form."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk
        self._steps = Steps(desk)
        self._fields = ComplaintFields(desk)
        self._closing = Closing(desk)

    def hand_over(
        self,
        number: str,
        ver: int,
        act: Act,
        to: str = "",
        at: datetime | None = None,
        *,
        told: OnBehalf | None = None,
        late_reason: str = "",
        note: str = "",
    ) -> Saved:
        """移交: → 已移交; ``to`` is 服务总监 where nobody is named (A7). Late without a reason is saved all the same.

        :raises InvalidInput: a time before 受理 or to come. :raises NotAllowed: handed over already, or no right.
        """
        receiver = checked_line(to, "移交给", 40) or self._director()
        return self._step(
            Event.HANDED_OVER, Right.HAND_OVER, number, ver, act, at=at, told=told, late_reason=late_reason,
            note=note, detail=receiver,
        )  # fmt: skip

    def respond(
        self,
        number: str,
        ver: int,
        act: Act,
        at: datetime | None = None,
        *,
        told: OnBehalf | None = None,
        late_reason: str = "",
        note: str = "",
    ) -> Saved:
        """响应: → 已响应; on the 400 route the 责任人 must stand (A12). Raises as ``hand_over``."""
        complaint = self._steps.get(number)
        if complaint.channel == "400热线" and not complaint.responsible:
            raise InvalidInput({"responsible": "400热线的投诉先由服务总监定责任人，再记录响应。"})
        return self._step(
            Event.RESPONDED, Right.RESPOND, number, ver, act, at=at, told=told, late_reason=late_reason, note=note
        )

    def assign(
        self,
        number: str,
        ver: int,
        act: Act,
        line: str,
        responsible: str = "",
        at: datetime | None = None,
        *,
        told: OnBehalf | None = None,
    ) -> Saved:
        """定责任人: → 处理中; nobody named means who answers for the line (A20). Another one may be set later.

        :raises InvalidInput: no such line, or a line nobody answers for.
        """
        if line not in tuple(Line):
            raise InvalidInput({"line": f"没有“{line}”这条责任线，请从 {'、'.join(Line)} 中选。"})
        answering = {row.line: row.name for row in Duties(self._desk).lines()}
        named = checked_line(responsible, "责任人", 80) or answering.get(Line(line), "")
        if not named:
            raise InvalidInput({"responsible": f"{line}线还没有人负责，请写责任人，或在设置里定下这条线的人。"})
        complaint = self._steps.get(number)
        signed(act, {Right.ASSIGN: told is not None}, own=owns(act, complaint))
        when = happened_at(complaint, act, at, told)
        return self._fields.change(complaint, ver, {"line": line, "responsible": named}, act, told=told, at=when)

    def resolve(
        self,
        number: str,
        ver: int,
        act: Act,
        note: str = "",
        at: datetime | None = None,
        *,
        fields: Mapping[str, Any] | None = None,
        late_reason: str = "",
    ) -> Saved:
        """解决: → 已解决, at the time it happened (UTC, now if not told); ``fields`` are written in the same go.

        It needs 缺点纠正, what the customer was told and when, 解决措施 and 安抚措施 (A23, A25), and for 重大 or a
        high compensation an agreed 方案.

        :raises NotReady: with a line for everything missing.
        """
        return self._solve(number, ver, act, note, at, fields or {}, late_reason, on_the_spot=False)

    def resolve_on_the_spot(
        self,
        number: str,
        ver: int,
        act: Act,
        note: str = "",
        at: datetime | None = None,
        *,
        fields: Mapping[str, Any] | None = None,
    ) -> Saved:
        """当场解决 (A299): one step writes 响应, where it is not recorded yet, and 解决. Raises as ``resolve``."""
        return self._solve(number, ver, act, note, at, fields or {}, "", on_the_spot=True)

    def close(
        self, number: str, ver: int, act: Act, note: str = "", at: datetime | None = None, *, late_reason: str = ""
    ) -> Saved:
        """关闭: 已解决 → 已关闭, the decision of 服务总监 alone (A22); ``at`` is when he decided, now if not told.

        :raises NotReady: with a line for everything missing (``Closing.blockers``).
        :raises InvalidInput: where the clock runs to the closing and is over: no reason why. A time before 受理 or
            to come.
        """
        complaint = self._steps.get(number)
        act = signed(act, {Right.CLOSE: False}, own=False)
        check_move(Event.CLOSED, complaint.state)
        if missing := self._closing.blockers(number):
            raise NotReady("关闭", missing)
        when = happened_at(complaint, act, at)
        why = checked_line(late_reason, "超期原因")
        if not why and self._closes_late(complaint, when):
            raise InvalidInput({"late_reason": "投诉工单超过关闭时限，请写明超期原因。"})
        return self._record(complaint, Event.CLOSED, ver, act, when, note=note, late_reason=why)

    def return_(self, number: str, ver: int, act: Act, reason: str, at: datetime | None = None) -> Saved:
        """退回: the director does not agree to closing; back to 处理中 with the reason, a new round."""
        why = _reason(reason, Event.RETURNED)
        return self._step(Event.RETURNED, Right.RETURN, number, ver, act, at=at, note=why)

    def reopen(self, number: str, ver: int, act: Act, reason: str, at: datetime | None = None) -> Saved:
        """重开: back to 处理中 with the reason, a new round; what was filed leaves the archive."""
        why = _reason(reason, Event.REOPENED)
        return self._step(Event.REOPENED, Right.REOPEN, number, ver, act, at=at, note=why)

    def void(self, number: str, ver: int, act: Act, reason: str, at: datetime | None = None) -> Saved:
        """作废 with the reason: nothing is deleted, the register keeps the line, marked."""
        why = _reason(reason, Event.VOIDED)
        return self._step(Event.VOIDED, Right.VOID, number, ver, act, at=at, note=why)

    def _step(
        self,
        event: Event,
        right: Right,
        number: str,
        ver: int,
        act: Act,
        *,
        at: datetime | None = None,
        told: OnBehalf | None = None,
        **more: str,
    ) -> Saved:
        complaint = self._steps.get(number)
        act = signed(act, {right: told is not None}, own=owns(act, complaint))
        check_move(event, complaint.state)
        if event in ONCE:
            self._check_first(event, self._steps.standing(complaint.id))
        told = self._steps.told(told, right, complaint.responsible)
        return self._record(complaint, event, ver, act, happened_at(complaint, act, at, told), told=told, **more)

    def _record(self, complaint: Complaint, event: Event, ver: int, act: Act, at: datetime, **more: Any) -> Saved:
        more = {name: checked_line(value, "说明") if isinstance(value, str) else value for name, value in more.items()}
        with self._desk.writing(act) as ledger:
            new = ledger.change(Complaint, complaint.id, {}, ver, touch=True)
            if event is Event.REOPENED:
                take_out(self._desk, ledger, complaint.id)
            if event in (Event.RETURNED, Event.REOPENED):
                self._call_off(ledger, complaint.id, event)
            state = self._steps.move(ledger, complaint.id, event, at, **more)
        return Saved(complaint.id, complaint.number, state, new)

    def _solve(
        self,
        number: str,
        ver: int,
        act: Act,
        note: str,
        at: datetime | None,
        fields: Mapping[str, Any],
        late_reason: str,
        *,
        on_the_spot: bool,
    ) -> Saved:
        complaint = self._steps.get(number)
        act = signed(act, {Right.RESOLVE: False}, own=owns(act, complaint))
        check_move(Event.RESOLVED, complaint.state)
        when = happened_at(complaint, act, at)
        told = {"note": checked_line(note, "说明"), "late_reason": checked_line(late_reason, "超期原因")}
        with self._desk.writing(act) as ledger:
            if fields:
                ver = self._fields.change(complaint, ver, fields, act, at=when, ledger=ledger).ver
            new = ledger.change(Complaint, complaint.id, {}, ver, touch=True)
            if missing := self._closing.wants_for_resolving(self._steps.get(number)):
                raise NotReady("记录解决", missing)
            standing = {step.kind for step in self._steps.standing(complaint.id)}
            if on_the_spot and Event.RESPONDED not in standing:
                self._steps.record(ledger, complaint.id, Event.RESPONDED, when, "当场解决")
            state = self._steps.move(ledger, complaint.id, Event.RESOLVED, when, **told)
            self._plan_calls(ledger, complaint.id, when)
        return Saved(complaint.id, complaint.number, state, new)

    def _plan_calls(self, ledger: Ledger, found: int, solved: datetime) -> None:
        """The calls after a solution (A178, A192); none where a call is planned already or a rework has its own."""
        complaint = Complaint.get_by_id(found)
        if complaint.customer_id is None or self._desk.rows(_CALLED_ANYWAY, (found, found)):
            return
        now = ledger.act.at
        for ahead in Rules(self._desk).calls().solved_days:
            on = max(local_day(solved) + timedelta(days=ahead), local_day(now))
            ledger.add(
                FollowUp, on.isoformat(), complaint=found, customer=complaint.customer_id,
                vehicle=complaint.vehicle_id, planned_on=on, reason=_OF_THE_SOLUTION.format(ahead),
                entered_at=now,
            )  # fmt: skip

    def _call_off(self, ledger: Ledger, found: int, event: Event) -> None:
        """Nobody is asked whether a solution holds that is none; the next one plans its own calls."""
        for call, ver in self._desk.rows(_CALLS_OF_THE_SOLUTION, (found, _OF_THE_SOLUTION.format("%"))):
            ledger.change(
                FollowUp, call, {"cancelled_at": ledger.act.at}, ver, f"{EVENT_LABELS[event]}，再解决后重新计划"
            )

    def _check_first(self, event: Event, steps: list[EventRow]) -> None:
        before = next((step for step in steps if step.kind == event), None)
        if before is not None:
            when = shown(to_local(before.at))
            raise NotAllowed(f"{EVENT_LABELS[event]}已在 {when} 记录；时间记错的请用“更正”。")

    def _closes_late(self, complaint: Complaint, at: datetime) -> bool:
        standing = Clocks(self._desk).milestones_of(complaint.number, at)
        late = (ClockState.LATE, ClockState.DONE_LATE)
        resolves_by_closing = any(one.deadline.milestone is Milestone.RESOLVE and one.state in late for one in standing)
        recorded = {step.kind: step for step in self._steps.standing(complaint.id)}
        resolved = recorded.get(Event.RESOLVED)
        return resolves_by_closing and not (resolved and resolved.late_reason)

    def _director(self) -> str:
        people = [person.name for person in StaffRoom(self._desk).people() if Role.DIRECTOR in person.roles]
        return people[0] if len(people) == 1 else Role.DIRECTOR


def _reason(text: str, event: Event) -> str:
    cleaned = checked_line(text, f"{EVENT_LABELS[event]}原因")
    if not cleaned:
        raise InvalidInput({"reason": f"{EVENT_LABELS[event]}请写明原因。"})
    return cleaned
