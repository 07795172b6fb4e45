"""Who may make a call, how often it was tried, what comes next, and what an unhappy answer turns into.

brief(id, who) -> CallBrief          before dialling            after(id, outcome) -> Redial | None
complain(id, act) -> Saved           an answer without a complaint becomes one, nothing typed again
plan_care(customers, draft, act)     关怀回访 of those who may be called -> how many
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from crm_desktop.domain.acts import Act
from crm_desktop.domain.complaint_rows import ComplaintDraft
from crm_desktop.domain.complaints import Channel
from crm_desktop.domain.errors import InvalidInput, NotAllowed
from crm_desktop.domain.followups import Outcome, PlanDraft
from crm_desktop.domain.redial import Redial, next_try
from crm_desktop.domain.rights import Right, require
from crm_desktop.domain.script import ScriptStep, low_answers
from crm_desktop.models.complaints import Complaint, FollowUp
from crm_desktop.models.faults import translated
from crm_desktop.services.complaints import Complaints, Saved
from crm_desktop.services.desk import Desk
from crm_desktop.services.followups import FollowUps, barred_from, plan_from_today
from crm_desktop.services.joins import Joins
from crm_desktop.services.lookups import complaint_id
from crm_desktop.services.rules import Rules
from crm_desktop.services.staff import StaffRoom

_IN_VAIN = (Outcome.NO_ANSWER, Outcome.UNREACHABLE)
_TRIES = """
    SELECT outcome FROM follow_ups WHERE called_at IS NOT NULL AND way = '' AND complaint_id IS ?1
        AND (?1 IS NOT NULL OR customer_id IS ?2) ORDER BY called_at DESC, id DESC
"""
_CUSTOMER = "SELECT do_not_disturb, contact_consent, address FROM customers WHERE id = ?"

_MAY_BE_CALLED = """
    SELECT c.id FROM customers c WHERE c.id IN ({ids}) AND c.merged_into_id IS NULL AND c.do_not_disturb = 0
        AND c.contact_consent <> '不同意' AND EXISTS (SELECT 1 FROM contacts t WHERE t.customer_id = c.id
            AND t.removed = 0 AND t.do_not_disturb = 0 AND t.kind IN ('手机', '座机'))
        AND NOT EXISTS (SELECT 1 FROM follow_ups f WHERE f.customer_id = c.id AND f.called_at IS NULL
            AND f.cancelled_at IS NULL)
    ORDER BY c.id
"""
MOST_AT_ONCE = 200
"""More calls of care than these on one day would bury the calls about complaints."""


@dataclass(frozen=True, slots=True)
class CallBrief:
    """What a caller must know before he dials: ``barred`` says why he may not, ``callers`` who may instead."""

    barred: str = ""
    callers: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()
    address: str = ""

    @property
    def sentence(self) -> str:
        """Everything in one line, empty on an ordinary call."""
        instead = f"，请换{'、'.join(self.callers)}（F9）" if self.barred and self.callers else ""
        return "；".join(filter(None, (f"{self.barred}{instead}" if self.barred else "", *self.notes)))


class Dispatch:
    """Beside ``FollowUps``, which keeps the calls."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk
        self._rules = Rules(desk)
        self._staff = StaffRoom(desk)
        self._follow_ups = FollowUps(desk)

    def script(self) -> tuple[ScriptStep, ...]:
        """What is asked, step by step."""
        return self._rules.calls().script

    def plan_care(self, customer_ids: Sequence[int], draft: PlanDraft, act: Act) -> int:
        """关怀回访: a call to each of these customers who may be called and has none waiting (A64). Returns how many.

        :raises InvalidInput: the day has passed, more than ``MOST_AT_ONCE``, or nobody of them may be called.
        """
        act = require(act, Right.CALL)
        plan = plan_from_today(draft, act)
        if len(set(customer_ids)) > MOST_AT_ONCE:
            raise InvalidInput({"on": f"一次最多给 {MOST_AT_ONCE} 位客户计划回访，请少选一些，或分几天打。"})
        ids = ", ".join(str(int(one)) for one in customer_ids)
        called = [found for (found,) in self._desk.rows(_MAY_BE_CALLED.format(ids=ids))]
        if not called:
            raise InvalidInput({"on": "选中的客户都不用再计划：没有电话、不愿接电话，或已经有一次没打的回访。"})
        told = {"planned_on": plan.on, "caller": plan.caller, "reason": plan.reason, "way": plan.way}
        with self._desk.writing(act) as ledger:
            for customer in called:
                ledger.add(FollowUp, plan.on.isoformat(), customer=customer, entered_at=ledger.act.at, **told)
        return len(called)

    def brief(self, follow_up_id: int, who: str = "") -> CallBrief:
        """Of a call to be made, for whoever is logged in (nobody where nobody has a PIN); raises NotFound."""
        call = self._call(follow_up_id)
        barred = barred_from(Complaint.get_by_id(call.complaint_id)) if call.complaint_id else set[str]()
        holders = self._staff.holders(Right.REWORK_CALL if call.rework_id else Right.CALL)
        callers = tuple(person.name for person in holders if person.name not in barred)
        mine = who in barred
        found = self._desk.rows(_CUSTOMER, (call.customer_id,))
        disturbed, consent, address = found[0] if found else (0, "", "")
        notes, tries = [], self._tries(call)
        if disturbed or consent == "不同意":
            notes.append("勿扰：只谈这次的事，不推荐别的" if call.complaint_id else "勿扰：不打电话，改用书面")
        if tries:
            notes.append(f"已连续 {tries} 次没接通")
        return CallBrief("您经手过这张单，不能自己回访" if mine else "", callers if mine else (), tuple(notes), address)

    def after(self, follow_up_id: int, outcome: str) -> Redial | None:
        """What is proposed after this outcome of a call not recorded yet; None where nobody is asked again."""
        call, tries = self._call(follow_up_id), 0
        if outcome in _IN_VAIN:
            tries = self._tries(call) + 1
        return self._next(outcome, tries)

    def after_call(self, number: str, outcome: str) -> Redial | None:
        """As ``after``, of a call about this complaint that nobody had planned; raises NotFound."""
        tries = self._in_vain(complaint_id(self._desk, number), None) + 1 if outcome in _IN_VAIN else 0
        return self._next(outcome, tries)

    def complain(self, follow_up_id: int, act: Act, words: str = "") -> Saved:
        """A complaint of what was said and answered low, for the same customer and car; the call points to it.

        :raises NotAllowed: it is about a complaint already. :raises InvalidInput: nothing was said, or an open
        complaint of this customer or car would be doubled.
        """
        act = require(act, Right.REGISTER)
        call, row = self._call(follow_up_id), self._follow_ups.get(follow_up_id)
        if call.complaint_id is not None:
            raise NotAllowed(f"这次回访已经挂着抱怨单 {row.complaint_number}，请打开它接着处理。")
        said = words or "；".join(filter(None, (row.feedback, *low_answers(self.script(), row.answers))))
        if not said:
            raise InvalidInput({"feedback": "请先写客户说了什么，再转成抱怨单。"})
        Joins(self._desk).check_alone(call.customer_id, call.vehicle_id)
        draft = ComplaintDraft(
            words=said, channel=Channel.FOLLOW_UP, customer_id=call.customer_id, vehicle_id=call.vehicle_id
        )
        with translated(self._desk.path), self._desk.database.atomic("IMMEDIATE"):
            saved = Complaints(self._desk).register(draft, act)
            with self._desk.writing(act) as ledger:
                ledger.change(FollowUp, follow_up_id, {"complaint": saved.id}, reason="转成抱怨单")
        return saved

    def _call(self, follow_up_id: int) -> FollowUp:
        self._follow_ups.get(follow_up_id)
        call: FollowUp = FollowUp.get_by_id(follow_up_id)
        return call

    def _next(self, outcome: str, tries: int) -> Redial | None:
        rules = self._rules
        return next_try(rules.calls().redial, outcome, tries, self._desk.today(), rules.calendar())

    def _tries(self, call: FollowUp) -> int:
        return self._in_vain(call.complaint_id, call.customer_id)

    def _in_vain(self, complaint: int | None, customer: int | None) -> int:
        """Calls in vain in a row, up to the last one somebody answered."""
        tries = 0
        for (outcome,) in self._desk.rows(_TRIES, (complaint, customer)):
            if outcome not in _IN_VAIN:
                break
            tries += 1
        return tries
