"""纠正预防措施: register, amend, finish, cancel, evaluate; reading them back is ``services/measure_lists.py``."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from crm_desktop.clock import local_day
from crm_desktop.domain.acts import Act
from crm_desktop.domain.errors import InvalidInput, NotAllowed
from crm_desktop.domain.measures import (
    EvaluationDraft,
    MeasureDraft,
    MeasureKind,
    MeasureRow,
    check_done_on,
    checked_evaluation,
    checked_measure,
)
from crm_desktop.domain.proofs import Proof
from crm_desktop.domain.rights import FIRST_STAFF, Right, require
from crm_desktop.domain.text import checked_line, checked_text
from crm_desktop.domain.wording import Result, check_cause, check_measure, explain, left_open
from crm_desktop.models.complaints import FollowUp
from crm_desktop.models.ledger import Ledger
from crm_desktop.models.records import Evaluation, Measure, MeasureComplaint
from crm_desktop.services.attachments import Attachments
from crm_desktop.services.desk import Desk
from crm_desktop.services.lookups import complaint_id
from crm_desktop.services.measure_lists import MeasureLists
from crm_desktop.services.proofs import Proofs
from crm_desktop.services.rules import Rules
from crm_desktop.services.staff import StaffRoom

_WHO_COMPLAINED = """
    SELECT MAX(q.id), q.customer_id, q.vehicle_id FROM measure_complaints l JOIN complaints q ON q.id = l.complaint_id
    WHERE l.measure_id = ? AND l.removed = 0 AND q.customer_id IS NOT NULL AND q.state <> '作废'
    GROUP BY q.customer_id ORDER BY 1
"""


@dataclass(frozen=True, slots=True)
class SavedMeasure:
    """What a verb answers: the measure's number and the version for the next change."""

    id: int
    number: str
    ver: int


class Measures:
    """Measures with their evaluations; nothing is deleted, a measure no longer wanted is cancelled with its reason."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk
        self._lists = MeasureLists(desk)
        self._rules = Rules(desk)

    def draft_of(self, number: str) -> MeasureDraft:
        """What a complaint already says, so that nobody types it twice; raises NotFound."""
        found = self._desk.rows(
            "SELECT number, root_cause, long_term_measure, responsible, planned_on FROM complaints WHERE id = ?",
            (complaint_id(self._desk, number),),
        )[0]
        due_on = date.fromisoformat(found[4]) if found[4] else None
        return MeasureDraft(MeasureKind.CORRECTIVE, found[1], found[2], found[3], due_on, complaints=(found[0],))

    def register(self, draft: MeasureDraft, act: Act, *, on_behalf_of: str = "", override: str = "") -> SavedMeasure:
        """A new measure with its own number.

        ``on_behalf_of`` names who decided it, where another enters it (代录, 待本人确认); ``override`` lets pass what
        the wording check blocks, which only 空话放行 may.

        :raises InvalidInput: as ``checked_measure``, a cause or measure the wording check blocks, or 代录 for somebody
            whose word does not count here.
        :raises NotFound: a complaint that is not there. :raises NotAllowed: no right to.
        """
        cleaned = checked_measure(draft)
        act, told = self._may_write(cleaned, act, on_behalf_of)
        reason = self._worded(cleaned, act, override)
        with self._desk.writing(act) as ledger:
            number = self._next_number(local_day(act.at))
            made = ledger.add(
                Measure,
                number,
                number=number,
                **_values(cleaned),
                **told,
                override_reason=reason,
                entered_at=act.at,
                entered_by=act.who,
            )
            self._link(ledger, made, cleaned.complaints)
        return SavedMeasure(made, number, 1)

    def amend(
        self,
        measure_id: int,
        ver: int,
        draft: MeasureDraft,
        act: Act,
        *,
        on_behalf_of: str = "",
        override: str = "",
    ) -> SavedMeasure:
        """Changes a measure that is not done yet; raises as ``register``, and ChangedMeanwhile.

        :raises NotAllowed: it is done or cancelled.
        """
        row = self._lists.get(measure_id)
        self._still_running(row)
        cleaned = checked_measure(draft)
        act, told = self._may_write(row.draft, act, on_behalf_of)
        reason = self._worded(cleaned, act, override) or row.override_reason
        with self._desk.writing(act) as ledger:
            changes = {**_values(cleaned), **told, "override_reason": reason}
            new = ledger.change(Measure, measure_id, changes, ver, touch=True)
            self._link(ledger, measure_id, cleaned.complaints)
        return SavedMeasure(measure_id, row.number, new)

    def finish(
        self,
        measure_id: int,
        ver: int,
        evidence: str,
        act: Act,
        done_on: date | None = None,
        done_by: str = "",
        tell_on: date | None = None,
    ) -> SavedMeasure:
        """The measure was carried out: on which day (today if not told), by whom, and what proves it.

        Entered by another it is 代录 for who carried it out. ``tell_on``: a call is planned for that day to everybody
        who had complained of it, to say that it is better now (A193); None plans none.

        :raises InvalidInput: no evidence, neither written nor attached, or a day that cannot be.
        :raises NotAllowed: done or cancelled already.
        """
        row = self._lists.get(measure_id)
        self._still_running(row)
        who = checked_line(done_by, "完成人", 80) or row.draft.who
        act, told = self._may_write(row.draft, act, who if act.who != who else "", done_by=who)
        proof = checked_text(evidence, "完成证据")
        if not proof and not Attachments(self._desk).of_measure(measure_id):
            raise InvalidInput({"evidence": "请写完成证据：照片、记录表、签到单放在哪里。"})
        today = local_day(act.at)
        day = done_on or today
        check_done_on(day, row.entered_on, today)
        if tell_on and tell_on < today:
            raise InvalidInput({"tell_on": "告诉客户的日期已经过去，请填今天或以后；不打就空着。"})
        with self._desk.writing(act) as ledger:
            changes = {"evidence": proof, "done_on": day, "done_by": who, **told}
            saved = SavedMeasure(measure_id, row.number, ledger.change(Measure, measure_id, changes, ver))
            if tell_on:
                self._plan_calls(ledger, row, tell_on)
            return saved

    def _plan_calls(self, ledger: Ledger, row: MeasureRow, on: date) -> None:
        """One call to each customer, about his latest complaint."""
        for complaint, customer, vehicle in self._desk.rows(_WHO_COMPLAINED, (row.id,)):
            ledger.add(
                FollowUp, on.isoformat(), complaint=complaint, customer=customer, vehicle=vehicle, planned_on=on,
                reason=f"{row.number} 已完成，告诉客户改好了", entered_at=ledger.act.at,
            )  # fmt: skip

    def cancel(self, measure_id: int, ver: int, reason: str, act: Act, *, on_behalf_of: str = "") -> SavedMeasure:
        """A measure no longer wanted, with the reason. :raises NotAllowed: done or cancelled already."""
        row = self._lists.get(measure_id)
        self._still_running(row)
        act, told = self._may_write(row.draft, act, on_behalf_of)
        why = checked_line(reason, "取消原因")
        if not why:
            raise InvalidInput({"reason": "取消措施请写明原因。"})
        with self._desk.writing(act) as ledger:
            new = ledger.change(Measure, measure_id, {"cancel_reason": why, **told}, ver)
        return SavedMeasure(measure_id, row.number, new)

    def confirm(self, measure_id: int, ver: int, act: Act) -> SavedMeasure:
        """本人确认 of what somebody else entered for him (代录).

        :raises NotAllowed: somebody else's words, or nothing waits.
        """
        row = self._lists.get(measure_id)
        if act.rights is None:
            raise NotAllowed(FIRST_STAFF)
        if not row.awaits_confirmation:
            raise NotAllowed(f"措施 {row.number} 不用确认，请刷新后再看。")
        if row.on_behalf_of != act.who and row.on_behalf_of not in act.roles:
            raise NotAllowed(f"措施 {row.number} 是代“{row.on_behalf_of}”录入的，请由本人确认（F9）。")
        with self._desk.writing(act) as ledger:
            new = ledger.change(Measure, measure_id, {"confirmed_at": act.at}, ver)
        return SavedMeasure(measure_id, row.number, new)

    def evaluate(self, measure_id: int, ver: int, draft: EvaluationDraft, act: Act) -> SavedMeasure:
        """有效性评估 by somebody who did not carry the measure out; what is not 有效 asks for another (``replaces``).

        What its complaints let one compare is counted here, whatever the draft says, and kept word for word.

        :raises InvalidInput: as ``checked_evaluation``, or a window shorter than the one the measure is watched for.
        :raises NotAllowed: not done, window not over, or the evaluator is the one who did it.
        """
        row = self._lists.get(measure_id)
        act = require(act, Right.EVALUATE)
        if act.who in (row.draft.who, row.done_by) or row.draft.who in act.roles:
            raise NotAllowed(f"{act.who} 是这项措施的完成人，评估要由另一个人来做，请换人操作（F9）。")
        day = draft.evaluated_on or local_day(act.at)
        proof = Proofs(self._desk).of(row, draft.compared, draft.window_days, day)
        cleaned = checked_evaluation(_counted(draft, proof, row), row.done_on, local_day(act.at))
        with self._desk.writing(act) as ledger:
            new = ledger.change(Measure, measure_id, {}, ver, touch=True)
            ledger.add(
                Evaluation,
                cleaned.conclusion,
                measure=measure_id,
                **{name: getattr(cleaned, name) for name in EvaluationDraft.__dataclass_fields__ if name != "compared"},
                proof=proof.text() if proof else "",
                evaluator=act.who,
                staff=act.staff_id,
                entered_at=act.at,
            )
        return SavedMeasure(measure_id, row.number, new)

    def _may_write(
        self, draft: MeasureDraft, act: Act, on_behalf_of: str, *, done_by: str = ""
    ) -> tuple[Act, dict[str, Any]]:
        """The act, and the mark of 代录 it leaves: whoever is to carry it out, or is responsible for one of its
        complaints, writes himself; another enters it for one of them (or for who carried it out).
        """
        responsible = {draft.who}
        for number in draft.complaints:
            found = complaint_id(self._desk, number)
            responsible.add(self._desk.rows("SELECT responsible FROM complaints WHERE id = ?", (found,))[0][0])
        told = checked_line(on_behalf_of, "代录", 80)
        own = act.who in responsible or not responsible.isdisjoint(act.roles)
        act = require(act, Right.MEASURE, own=own, on_behalf=bool(told))
        if told and told != done_by:
            self._check_told(told, responsible)
        return act, {"on_behalf_of": told, "confirmed_at": None}

    def _check_told(self, told: str, responsible: set[str]) -> None:
        """:raises InvalidInput: 代录 for somebody of the staff who has no say in this measure."""
        staff = StaffRoom(self._desk)
        holders = {person.name for person in staff.holders(Right.MEASURE)}
        person = next((person for person in staff.people(with_left=True) if person.name == told), None)
        if person and told not in responsible | holders and responsible.isdisjoint(person.roles):
            those = "、".join(sorted(filter(None, responsible)))
            raise InvalidInput({"on_behalf_of": f"“{told}”不负责这项措施，代录请写责任人：{those}。"})

    def _worded(self, draft: MeasureDraft, act: Act, override: str) -> str:
        """The reason of an override, empty where the wording check lets the texts pass."""
        lists, blocked = self._rules.wording(), {}
        for question, text in draft.readings.items():
            verdict = check_measure(text, lists)
            blank = left_open(getattr(draft, question), lists)
            if blank or question in verdict.missing:  # who and when have fields of their own
                blocked[question] = explain(verdict)
        for name, label in (("who", "责任人"), ("amount", "数量")):
            if blanks := left_open(getattr(draft, name), lists):
                blocked[name] = f"{label}里“{blanks[0]}”还空着，请填上。"
        cause = check_cause(draft.cause, lists)
        if cause.result is Result.BLOCK:
            blocked["cause"] = explain(cause)
        if not blocked:
            return ""
        reason = checked_line(override, "放行原因")
        if not reason:
            raise InvalidInput(blocked)
        require(act, Right.OVERRIDE)
        return reason

    def _still_running(self, row: MeasureRow) -> None:
        if row.done_on or row.cancelled:
            raise NotAllowed(f"措施 {row.number} {'已完成' if row.done_on else '已取消'}，不能再改；需要时请另立一项。")

    def _link(self, ledger: Ledger, measure_id: int, numbers: Iterable[str]) -> None:
        wanted = [complaint_id(self._desk, number) for number in numbers]
        rows = self._desk.rows("SELECT complaint_id, id FROM measure_complaints WHERE measure_id = ?", (measure_id,))
        known = dict(rows)
        for found in wanted:
            if found not in known:
                ledger.add(MeasureComplaint, measure=measure_id, complaint=found)
        for found, link in known.items():
            ledger.change(MeasureComplaint, link, {"removed": found not in wanted})

    def _next_number(self, day: date) -> str:
        return f"JY{day:%Y}-{next_in_series(self._desk, f'JY{day:%Y}'):03d}"


def next_in_series(desk: Desk, series: str) -> int:
    """The next running number of a series, inside the caller's IMMEDIATE transaction."""
    found = desk.rows(
        "INSERT INTO counters (series, last) VALUES (?, 1)"
        " ON CONFLICT (series) DO UPDATE SET last = last + 1 RETURNING last",
        (series,),
    )
    return int(found[0][0])


def _counted(draft: EvaluationDraft, proof: Proof | None, row: MeasureRow) -> EvaluationDraft:
    """The draft with the numbers of the register.

    :raises InvalidInput: a window shorter than the one the measure was given.
    """
    if draft.window_days < row.draft.watch_days:
        told = f"这项措施定了观察 {row.draft.watch_days} 天，评估窗口不能短于它。"
        raise InvalidInput({"window_days": told})
    if proof is None:
        return draft
    return replace(draft, before=len(proof.before.numbers), after=len(proof.after.numbers))


def _values(draft: MeasureDraft) -> dict[str, Any]:
    return {name: getattr(draft, name) for name in MeasureDraft.__dataclass_fields__ if name != "complaints"}
