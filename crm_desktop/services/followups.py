"""回访: plan calls, record them, and list what is due today."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from typing import Any, NamedTuple

from crm_desktop.clock import local_day
from crm_desktop.domain.acts import Act
from crm_desktop.domain.columns import CellValue
from crm_desktop.domain.complaints import DESK_ORIGIN, Channel, Event, State
from crm_desktop.domain.errors import InvalidInput, NotAllowed, NotFound
from crm_desktop.domain.followups import (
    CallDraft,
    FollowUpRow,
    Outcome,
    PlanDraft,
    Satisfaction,
    checked_call,
    checked_plan,
)
from crm_desktop.domain.procedure import ALLOWED_FROM
from crm_desktop.domain.profile import CHECKED_COLUMN, Block
from crm_desktop.domain.rights import Right, require
from crm_desktop.domain.script import BETWEEN, CHECKED, OVERALL, checked_answers
from crm_desktop.domain.text import checked_line
from crm_desktop.models.complaints import Complaint, FollowUp
from crm_desktop.models.customers import Customer
from crm_desktop.models.ledger import Ledger
from crm_desktop.models.moments import moment
from crm_desktop.services.desk import Desk
from crm_desktop.services.filings import take_out
from crm_desktop.services.lookups import complaint_id, ordered_by
from crm_desktop.services.parties import check_known
from crm_desktop.services.rules import Rules
from crm_desktop.services.steps import Steps

_VIP = "EXISTS (SELECT 1 FROM customers p WHERE p.id = COALESCE(q.customer_id, f.customer_id) AND p.grade = 'VIP')"
_DIAL = (
    "(SELECT value FROM contacts WHERE customer_id = f.customer_id AND removed = 0 AND kind IN ('手机', '座机')"
    " AND do_not_disturb = 0 ORDER BY preferred DESC, position LIMIT 1)"
)
"""The number to dial: the one he likes best, never one he does not want to be called at."""
_DISTURBED = "SELECT 1 FROM customers WHERE id = ? AND (do_not_disturb = 1 OR contact_consent = '不同意')"
_QUERY = f"""
    SELECT f.id, f.ver, COALESCE(q.number, ''), COALESCE(c.name, ''),
        COALESCE({_DIAL}, ''), COALESCE(v.plate, ''), f.planned_on, f.caller,
        f.reason, f.called_at, f.outcome, f.satisfaction, f.score, f.feedback, f.next_on, f.rework_id, f.way, f.answers
    FROM follow_ups f LEFT JOIN complaints q ON q.id = f.complaint_id
    LEFT JOIN customers c ON c.id = f.customer_id LEFT JOIN vehicles v ON v.id = f.vehicle_id
"""
_ORDERED_BY = {
    "回访时间": "q.called_at", "结果": "q.outcome", "满意度": "q.satisfaction", "评分": "q.score", "客户": "c.name",
    "顾客反馈": "q.feedback", "回访人": "q.caller",
}  # fmt: skip
_ORDERED_FROM = "follow_ups q LEFT JOIN customers c ON c.id = q.customer_id WHERE q.called_at IS NOT NULL"
_BLOCK_OF = {
    "姓名": Block.BASICS,
    "地址": Block.BASICS,
    "电话": Block.CONTACTS,
    "车牌": Block.VEHICLES,
    "里程": Block.VEHICLES,
}
"""Which block of the customer's file a word of 资料核对 is about."""
_OPEN = "f.called_at IS NULL AND f.cancelled_at IS NULL"


class _About(NamedTuple):
    """What a call is about: ids of complaint, customer, car and finished rework. Without a complaint it is 非投诉型."""

    complaint: int | None
    customer: int | None
    vehicle: int | None
    rework: int | None = None


class FollowUps:
    """Calls on complaints, and on customers who have none: planned, made, due."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk
        self._rules = Rules(desk)

    def plan(self, number: str, draft: PlanDraft, act: Act) -> int:
        """A call to be made. Returns its id.

        :raises InvalidInput: the day has passed. :raises NotAllowed: the complaint is void.
        """
        act = require(act, Right.CALL)
        cleaned = plan_from_today(draft, act)
        found = complaint_id(self._desk, number)
        if self._desk.rows("SELECT 1 FROM complaints WHERE id = ? AND state = '作废'", (found,)):
            raise NotAllowed("这张单已作废，不用再安排回访。")
        with self._desk.writing(act) as ledger:
            return self._plan(ledger, self._of_complaint(found), cleaned)

    def plan_for(self, customer_id: int, vehicle_id: int | None, draft: PlanDraft, act: Act) -> int:
        """A call to a customer without a complaint (非投诉型): no register and no complaint counts it. Returns its id.

        :raises InvalidInput: the day has passed. :raises NotFound: no such customer or car.
        """
        act = require(act, Right.CALL)
        cleaned = plan_from_today(draft, act)
        check_known(self._desk, customer_id, vehicle_id)
        with self._desk.writing(act) as ledger:
            return self._plan(ledger, _About(None, customer_id, vehicle_id), cleaned)

    def open_call(self, customer_id: int, until: date) -> FollowUpRow | None:
        """The first call to this customer that is still to be made by then; None for none."""
        rows = self._desk.rows(
            f"{_QUERY} WHERE {_OPEN} AND f.customer_id = ? AND f.planned_on <= ? AND COALESCE(q.state, '') <> '作废'"
            " ORDER BY f.planned_on, f.id LIMIT 1",
            (customer_id, until.isoformat()),
        )
        return self._row(rows[0]) if rows else None

    def record(self, follow_up_id: int, ver: int, draft: CallDraft, act: Act) -> int:
        """What came of a planned call; a next date plans the next one, 不满意 reopens the case.

        Returns the new version.

        :raises InvalidInput: as ``checked_call``. :raises NotFound: no such plan. :raises NotAllowed: a call about a
            rework by somebody else than 服务经理 or 服务总监, or a caller who calls his own case.
        """
        about = self._planned_call(follow_up_id)
        allowed = require(act, _right(about))
        cleaned = self._checked(draft, act)
        self._check_caller(about, cleaned.caller, act)
        with self._desk.writing(allowed) as ledger:
            new = ledger.change(FollowUp, follow_up_id, _values(cleaned), ver)
            self._note_checked(ledger, about, cleaned)
            self._plan_next(ledger, about, cleaned)
            self._reopen_unsatisfied(ledger, about.complaint, cleaned)
        return new

    def call(self, number: str, draft: CallDraft, act: Act) -> int:
        """A call made without a plan. Returns its id; raises as ``record``."""
        allowed = require(act, Right.CALL)
        cleaned = self._checked(draft, act)
        about = self._of_complaint(complaint_id(self._desk, number))
        self._check_caller(about, cleaned.caller, act)
        with self._desk.writing(allowed) as ledger:
            made = ledger.add(
                FollowUp,
                cleaned.outcome,
                **about._asdict(),
                planned_on=local_day(act.at),
                reason="主动回访",
                entered_at=act.at,
                **_values(cleaned),
            )
            self._note_checked(ledger, about, cleaned)
            self._plan_next(ledger, about, cleaned)
            self._reopen_unsatisfied(ledger, about.complaint, cleaned)
        return made

    def cancel(self, follow_up_id: int, ver: int, reason: str, act: Act) -> int:
        """A plan that is no longer needed, with the reason. Returns the new version.

        :raises NotAllowed: a call after a rework, taken back by somebody else than 服务经理 or 服务总监.
        """
        act = require(act, _right(self._planned_call(follow_up_id)))
        why = _reason(reason, "取消")
        with self._desk.writing(act) as ledger:
            return ledger.change(FollowUp, follow_up_id, {"cancelled_at": act.at}, ver, why)

    def move(self, follow_up_id: int, ver: int, on: date, reason: str, act: Act) -> int:
        """Another day for a planned call, with the reason; the first day stays in the history. Returns the new version.

        :raises InvalidInput: the day has passed, or no reason. :raises NotAllowed: it was made, or as ``cancel``.
        """
        act = require(act, _right(self._planned_call(follow_up_id)))
        if self.get(follow_up_id).called_at is not None:
            raise NotAllowed("这次回访已经打过，不能改期；要再打一次，请在抱怨单的“回访”里另外计划。")
        if on < local_day(act.at):
            raise InvalidInput({"on": "改到的日期已经过去，请填今天或以后。"})
        why = _reason(reason, "改期")
        with self._desk.writing(act) as ledger:
            return ledger.change(FollowUp, follow_up_id, {"planned_on": on}, ver, why)

    def move_all(self, follow_up_ids: Sequence[int], on: date, reason: str, act: Act) -> int:
        """Another day for several planned calls at once, all or none; as ``move``. Returns how many."""
        for right in sorted({_right(self._planned_call(one)) for one in follow_up_ids}) or [Right.CALL]:
            act = require(act, right)
        if any(self.get(one).called_at is not None for one in follow_up_ids):
            raise NotAllowed("选中的里面有已经打过的，不能改期；请只选还没打的。")
        if on < local_day(act.at):
            raise InvalidInput({"on": "改到的日期已经过去，请填今天或以后。"})
        why = _reason(reason, "改期")
        with self._desk.writing(act) as ledger:
            for one in follow_up_ids:
                ledger.change(FollowUp, one, {"planned_on": on}, reason=why)
        return len(follow_up_ids)

    def correct(self, follow_up_id: int, ver: int, draft: CallDraft, reason: str, act: Act) -> int:
        """What was recorded wrongly of a call that was made, with the reason; old and new stay in the history.

        Plans no other call; a customer found to be 不满意 after all reopens the case as in ``record``. Returns the new
        version.

        :raises InvalidInput: as ``checked_call``, or no reason. :raises NotAllowed: not made yet, or as ``record``.
        """
        about = self._planned_call(follow_up_id)
        allowed = require(act, _right(about))
        before = self.get(follow_up_id)
        if before.called_at is None:
            raise NotAllowed("这次回访还没有打，请直接登记结果。")
        cleaned = self._checked(replace(draft, called_at=draft.called_at or before.called_at, next_on=None), act)
        why = _reason(reason, "更正")
        self._check_caller(about, cleaned.caller, act)
        with self._desk.writing(allowed) as ledger:
            values = {**_values(cleaned), "next_on": before.next_on}
            new = ledger.change(FollowUp, follow_up_id, values, ver, why)
            if before.satisfaction != Satisfaction.DISSATISFIED:
                self._reopen_unsatisfied(ledger, about.complaint, cleaned)
        return new

    def of_complaint(self, number: str) -> list[FollowUpRow]:
        """All calls of one complaint, planned and made, in order."""
        found = complaint_id(self._desk, number)
        rows = self._desk.rows(f"{_QUERY} WHERE f.complaint_id = ? AND f.cancelled_at IS NULL ORDER BY f.id", (found,))
        return [self._row(row) for row in rows]

    def due(self, until: date | None = None) -> list[FollowUpRow]:
        """Calls planned for today (or ``until``) and before: oldest first, VIP first of a day, no voided ones."""
        rows = self._desk.rows(
            f"{_QUERY} WHERE {_OPEN} AND f.planned_on <= ? AND COALESCE(q.state, '') <> '作废'"
            f" ORDER BY f.planned_on, {_VIP} DESC, f.id",
            ((until or self._desk.today()).isoformat(),),
        )
        return [self._row(row) for row in rows]

    def planned(self) -> list[FollowUpRow]:
        """Every call still to be made, VIP first of a day."""
        rows = self._desk.rows(
            f"{_QUERY} WHERE {_OPEN} AND COALESCE(q.state, '') <> '作废' ORDER BY f.planned_on, {_VIP} DESC, f.id"
        )
        return [self._row(row) for row in rows]

    def made_ids(self) -> list[int]:
        """The calls that were made, the latest first; fetched page by page."""
        rows = self._desk.rows("SELECT id FROM follow_ups WHERE called_at IS NOT NULL ORDER BY called_at DESC, id DESC")
        return [found for (found,) in rows]

    def fetch(self, ids: Sequence[int]) -> list[FollowUpRow]:
        """These calls, in this order."""
        found = {row[0]: row for row in self._desk.rows(f"{_QUERY} WHERE f.id IN ({', '.join(map(str, ids))})")}
        return [self._row(found[i]) for i in ids if i in found]

    def ordered_by(self, title: str) -> dict[int, CellValue] | None:
        """What every call that was made is ordered by in a column of the list, None where it knows no such column."""
        return ordered_by(self._desk, _ORDERED_FROM, _ORDERED_BY, title)

    def get(self, follow_up_id: int) -> FollowUpRow:
        """One call; raises NotFound."""
        rows = self._desk.rows(f"{_QUERY} WHERE f.id = ?", (follow_up_id,))
        if not rows:
            raise NotFound("没有这条回访，请刷新后再看。")
        return self._row(rows[0])

    def _checked(self, draft: CallDraft, act: Act) -> CallDraft:
        """With its answers, whose 总的来说 is the score where no other was typed."""
        cleaned = checked_call(draft, act.at, local_day(act.at))
        answers = checked_answers(self._rules.calls().script, cleaned.answers)
        overall = answers.get(OVERALL)
        score = int(overall) if cleaned.score is None and overall else cleaned.score
        return replace(cleaned, answers=answers, score=score, caller=cleaned.caller or act.who)

    def _plan(self, ledger: Ledger, about: _About, plan: PlanDraft) -> int:
        return ledger.add(
            FollowUp,
            plan.on.isoformat(),
            **about._asdict(),
            planned_on=plan.on,
            caller=plan.caller,
            reason=plan.reason,
            way=plan.way or self._way(about),
            entered_at=ledger.act.at,
        )

    def _note_checked(self, ledger: Ledger, about: _About, call: CallDraft) -> None:
        """资料核对: what was gone through with the customer is as of today (上次核实日期)."""
        told = call.answers.get(CHECKED, "").split(BETWEEN)
        columns = {CHECKED_COLUMN[block] for word, block in _BLOCK_OF.items() if word in told}
        if about.customer is not None and columns:
            ledger.change(Customer, about.customer, dict.fromkeys(columns, local_day(ledger.act.at)))

    def _way(self, about: _About) -> str:
        """Empty for a call; who does not want to be called is, where it is not about a complaint of his, written to."""
        if about.complaint is None and self._desk.rows(_DISTURBED, (about.customer,)):
            return self._rules.calls().redial.do_not_disturb
        return ""

    def _plan_next(self, ledger: Ledger, about: _About, call: CallDraft) -> None:
        if call.next_on:
            again = f"改用{call.next_way}" if call.next_way else "再拨"
            reason = "再次回访" if call.outcome == Outcome.REACHED else f"{call.outcome}，{again}"
            self._plan(ledger, about, PlanDraft(call.next_on, call.caller, reason, call.next_way))

    def _planned_call(self, follow_up_id: int) -> _About:
        """What a call is about; a complaint whose customer or car was exchanged since stands for both."""
        query = "SELECT complaint_id, customer_id, vehicle_id, rework_id FROM follow_ups WHERE id = ?"
        found = self._desk.rows(query, (follow_up_id,))
        if not found:
            raise NotFound("没有这条回访，请刷新后再看。")
        about = _About(*found[0])
        if about.complaint is None:
            return about
        return self._of_complaint(about.complaint)._replace(rework=about.rework)

    def _check_caller(self, about: _About, caller: str, act: Act) -> None:
        """A caller never calls his own case: its 责任人, adviser and technician, or the adviser who registered it.

        A call after a rework is told by whoever made it.
        """
        if about.rework is not None and caller != act.who:
            raise InvalidInput({"caller": "返修后的回访请由本人录入：回访人就是现在登录的人。"})
        if about.complaint is None or act.rights is None:
            return
        if caller in barred_from(Complaint.get_by_id(about.complaint)):
            raise NotAllowed(
                f"回访人不能回访自己经手的单：{caller}是责任人、接待人或主修技师，请换一位同事（F9）回访。"
            )

    def _reopen_unsatisfied(self, ledger: Ledger, found: int | None, call: CallDraft) -> None:
        """不满意 brings a solved case back to 处理中, a new round; a call made before it was solved does not."""
        if found is None or call.satisfaction != Satisfaction.DISSATISFIED or call.called_at is None:
            return
        complaint, steps = Complaint.get_by_id(found), Steps(self._desk)
        solved = [step.at for step in steps.standing(found) if step.kind == Event.RESOLVED]
        if complaint.origin != DESK_ORIGIN or State(complaint.state) not in ALLOWED_FROM[Event.REOPENED]:
            return
        if solved and call.called_at >= solved[-1]:
            why = f"回访不满意：{call.feedback}" if call.feedback else "回访不满意"
            take_out(self._desk, ledger, found)
            ledger.change(Complaint, found, {}, touch=True)
            steps.move(ledger, found, Event.REOPENED, call.called_at, why[:200])

    def _of_complaint(self, found: int) -> _About:
        complaint = Complaint.get_by_id(found)
        return _About(found, complaint.customer_id, complaint.vehicle_id)

    def _row(self, row: tuple[Any, ...]) -> FollowUpRow:
        planned = date.fromisoformat(row[6]) if row[6] else None
        late = 0 if row[9] or planned is None else max(0, (self._desk.today() - planned).days)
        called = moment(row[9]) if row[9] else None
        following = date.fromisoformat(row[14]) if row[14] else None
        answers = json.loads(row[17]) if row[17] else {}
        return FollowUpRow(
            *(*row[:6], planned, *row[7:9], called, *row[10:14], following, late, row[15], row[16], answers)
        )


def _right(about: _About) -> Right:
    return Right.REWORK_CALL if about.rework is not None else Right.CALL


def plan_from_today(draft: PlanDraft, act: Act) -> PlanDraft:
    """The plan cleaned; raises InvalidInput where its day has passed."""
    cleaned = checked_plan(draft)
    if cleaned.on < local_day(act.at):
        raise InvalidInput({"on": "计划回访日期已经过去，请改为今天或以后。"})
    return cleaned


def _reason(told: str, verb: str) -> str:
    """Why a call is not to be as it stands; never left open."""
    why = checked_line(told, f"{verb}原因")
    if not why:
        raise InvalidInput({"reason": f"{verb}回访请写明原因。"})
    return why


def barred_from(complaint: Complaint) -> set[str]:
    """Who must not ask this customer whether he is satisfied: whoever is complained about, or received him."""
    own = {complaint.responsible, complaint.adviser, complaint.technician}
    if complaint.channel == Channel.RECEPTION:
        own.add(complaint.received_by)
    return own - {""}


def _values(call: CallDraft) -> dict[str, Any]:
    """As the table keeps it; an empty script leaves nothing behind."""
    told = {name: getattr(call, name) for name in CallDraft.__dataclass_fields__ if name != "next_way"}
    return {**told, "answers": json.dumps(dict(call.answers), ensure_ascii=False) if call.answers else ""}
