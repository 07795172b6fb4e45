"""关闭: gathers what is known of a complaint and says what closing, or solving, still wants."""

from __future__ import annotations

import hashlib

from crm_desktop.domain.closing import Blocker, ClosingFacts, closing_blockers, resolving_blockers
from crm_desktop.domain.complaint_rows import EventRow
from crm_desktop.domain.complaints import Event, Severity, State
from crm_desktop.domain.deadlines import Milestone
from crm_desktop.domain.procedure import READY_TO_CLOSE, of_this_round
from crm_desktop.domain.standing import ClockState
from crm_desktop.domain.wording import Result, check_cause, check_measure, explain
from crm_desktop.models.complaints import Complaint
from crm_desktop.services.clocks import Clocks
from crm_desktop.services.desk import Desk
from crm_desktop.services.rules import Rules
from crm_desktop.services.steps import Steps

_PARTY = """
    SELECT COALESCE(c.name, ''),
        EXISTS (SELECT 1 FROM contacts t WHERE t.customer_id = q.customer_id AND NOT t.removed AND t.value <> ''),
        COALESCE(v.plate, '') <> '' OR COALESCE(v.vin, '') <> '',
        (SELECT COUNT(*) FROM reworks r WHERE r.complaint_id = q.id AND r.finished_on IS NULL),
        (SELECT COUNT(*) FROM withdrawals w WHERE w.complaint_id = q.id),
        (SELECT COUNT(*) FROM withdrawals w WHERE w.complaint_id = q.id AND w.settled_at IS NULL),
        EXISTS (SELECT 1 FROM escalations e WHERE e.complaint_id = q.id AND e.receipt <> '')
    FROM complaints q LEFT JOIN customers c ON c.id = q.customer_id LEFT JOIN vehicles v ON v.id = q.vehicle_id
    WHERE q.id = ?
"""
_EVENT_OF = {
    Milestone.HAND_OVER: Event.HANDED_OVER,
    Milestone.RESPOND: Event.RESPONDED,
    Milestone.RESOLVE: Event.RESOLVED,
}
READ_FOR_WORDING = ("root_cause", "long_term_measure")


class Closing:
    """Reads only; the decision is 服务总监's (``Complaints.close``)."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk
        self._rules = Rules(desk)
        self._steps = Steps(desk)
        self._clocks = Clocks(desk)

    def blockers(self, number: str) -> tuple[Blocker, ...]:
        """What is still missing before the complaint may be closed, in the order of the form; raises NotFound."""
        return closing_blockers(self._facts(self._steps.get(number)), self._rules.spared_at_closing())

    def shown_state(self, number: str) -> str:
        """The state as the window shows it: 待关闭 where it is 已解决 and nothing is missing."""
        complaint = self._steps.get(number)
        if complaint.state == State.RESOLVED and not self.blockers(number):
            return READY_TO_CLOSE
        return complaint.state

    def wants_for_resolving(self, complaint: Complaint) -> tuple[Blocker, ...]:
        """What is missing before 解决 may be recorded."""
        offers = self._desk.rows(
            "SELECT agreed_at IS NOT NULL FROM solutions WHERE complaint_id = ? AND NOT removed", (complaint.id,)
        )
        return resolving_blockers(
            self._facts(complaint),
            wants_solution=self.wants_solution(complaint),
            agreed=any(agreed for (agreed,) in offers),
            offered=bool(offers),
        )

    def wants_solution(self, complaint: Complaint) -> bool:
        """方案 A/B/C are asked for: 重大, or a compensation above the limit of the rules."""
        limit = self._rules.claim_limit_fen()
        return complaint.severity == Severity.MAJOR or (complaint.compensation_fen or 0) > limit

    def wording_fault(self, field: str, text: str, complaint_id: int) -> str:
        """What the wording check wants of 抱怨产生根本原因分析 or 长期质量保证的措施, in a sentence.

        Empty when it passed, or when 服务总监 let this very text pass; any change of it is read anew.
        """
        check = check_cause if field == "root_cause" else check_measure
        verdict = check(text, self._rules.wording())
        if verdict.result is not Result.BLOCK or self._overridden(field, text, complaint_id):
            return ""
        return explain(verdict)

    def _overridden(self, field: str, text: str, complaint_id: int) -> bool:
        mark = text_mark(text)
        return any(
            step.kind == Event.OVERRIDDEN and (step.subject, step.detail) == (field, mark)
            for step in self._steps.standing(complaint_id)
        )

    def _facts(self, complaint: Complaint) -> ClosingFacts:
        name, reachable, car, reworks, published, unsettled, receipt = self._desk.rows(_PARTY, (complaint.id,))[0]
        steps = self._steps.standing(complaint.id)
        rule = self._rules.rulebook().rule(complaint.channel, complaint.severity)
        kinds = {step.kind for step in steps}
        return ClosingFacts(
            channel=complaint.channel,
            severity=complaint.severity,
            customer_name=name,
            reachable=bool(reachable),
            car=bool(car),
            words=complaint.words,
            asks_hand_over=rule.hand_over is not None,
            asks_response=rule.respond is not None,
            handed_over=Event.HANDED_OVER in kinds,
            responded=Event.RESPONDED in kinds,
            resolved=any(step.kind == Event.RESOLVED for step in of_this_round(steps)),
            unexplained=self._unexplained(complaint, steps),
            responsible=complaint.responsible,
            correction=complaint.correction,
            solution=complaint.solution,
            soothing=complaint.soothing,
            told_customer=bool(complaint.told_customer and complaint.told_at),
            root_cause=complaint.root_cause,
            cause_fault=self.wording_fault("root_cause", complaint.root_cause, complaint.id),
            long_term_measure=complaint.long_term_measure,
            measure_fault=self.wording_fault("long_term_measure", complaint.long_term_measure, complaint.id),
            reworks_open=reworks,
            oem_ticket=complaint.oem_ticket,
            oem_closed=complaint.oem_closed_at is not None,
            published=published,
            unsettled=unsettled,
            receipt=bool(receipt),
        )

    def _unexplained(self, complaint: Complaint, steps: list[EventRow]) -> tuple[str, ...]:
        """The milestones that were done late and for which nobody has said why."""
        latest = {step.kind: step for step in steps}
        labels = []
        for one in self._clocks.milestones_of(complaint.number):
            event = latest.get(_EVENT_OF.get(one.deadline.milestone, ""))
            if one.state is ClockState.DONE_LATE and event is not None and not event.late_reason:
                labels.append(one.deadline.milestone.label)
        return tuple(labels)


def text_mark(text: str) -> str:
    """What an override is bound to: a digest of the text as it stands."""
    return hashlib.blake2b(text.encode(), digest_size=8).hexdigest()
