"""The records beside the form on their way to paper: 解决方案, 确认书, 有效性评估; every word final."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

from crm_desktop.clock import local_day, to_local
from crm_desktop.domain.complaint_rows import ComplaintCase
from crm_desktop.domain.complaints import Event, Severity
from crm_desktop.domain.customers import model_text
from crm_desktop.domain.evaluation_form import EvaluationSheet, evaluation_form
from crm_desktop.domain.forms import FormSheet
from crm_desktop.domain.identity import shown_plate
from crm_desktop.domain.measures import Conclusion, MeasureKind, MeasureRow
from crm_desktop.domain.papers import Paper
from crm_desktop.domain.sheets import Letterhead, Signature, shown
from crm_desktop.domain.solution_form import (
    OPINIONS,
    Option,
    SolutionSheet,
    blank_options,
    confirmation_form,
    opinion_boxes,
    solution_form,
)
from crm_desktop.domain.solutions import SolutionRow
from crm_desktop.models.moments import moment
from crm_desktop.services.attachments import Attachments
from crm_desktop.services.cases import Cases
from crm_desktop.services.desk import Desk
from crm_desktop.services.filings import Filings
from crm_desktop.services.measure_lists import MeasureLists
from crm_desktop.services.measures import Measures
from crm_desktop.services.settings import Settings
from crm_desktop.services.sheets import boxes
from crm_desktop.services.solutions import Solutions

_SHORT = 30
"""As many characters of a complaint's words stand in a list of recurrences."""


class RecordSheets:
    """Forms for the exporters; reads only."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk
        self._attachments = Attachments(desk)
        self._cases = Cases(desk)
        self._filings = Filings(desk)
        self._measures = Measures(desk)
        self._lists = MeasureLists(desk)
        self._settings = Settings(desk)
        self._solutions = Solutions(desk)

    def solution(self, number: str) -> tuple[FormSheet, FormSheet]:
        """《抱怨/投诉解决方案》 and 《客户投诉解决确认书》 of one complaint; raises NotFound."""
        sheet = self._solution_sheet(self._cases.case(number))
        confirmation = confirmation_form(sheet, self._settings.letterhead(Paper.CONFIRMATION))
        return self._kept(solution_form(sheet)), self._kept(confirmation)

    def evaluations(self, number: str) -> list[FormSheet]:
        """《有效性评估报告》, one for each measure of a complaint; raises NotFound.

        A complaint without a measure gives one form, filled with what its own page says, to be finished by hand.
        """
        case = self._cases.case(number)
        letterhead, mark = self._settings.letterhead(Paper.EVALUATION), self._filings.mark_of(case.id, case.state)
        rows = [row for row in self._lists.of_complaint(case.number) if not row.cancelled]
        if not rows:
            return [self._kept(evaluation_form(self._planned(case, letterhead, mark)))]
        return [self._kept(evaluation_form(self._evaluation(row, letterhead, mark))) for row in rows]

    def evaluation(self, measure_id: int) -> FormSheet:
        """《有效性评估报告》 of one measure, whether it came from a complaint or not; raises NotFound."""
        row = self._lists.get(measure_id)
        return self._kept(evaluation_form(self._evaluation(row, self._settings.letterhead(Paper.EVALUATION), "")))

    def _evaluation(self, row: MeasureRow, letterhead: Letterhead, mark: str) -> EvaluationSheet:
        """With what was counted, every recurrence by its number, and the measure that followed."""
        sheet = _evaluation(row, letterhead, mark)
        followed = self._desk.rows("SELECT number FROM measures WHERE replaces_id = ? ORDER BY id", (row.id,))
        files = "、".join(file.name for file in self._attachments.of_measure(row.id))
        evidence = "\n".join(filter(None, (sheet.evidence, f"附件：{files}" if files else "")))
        sheet = replace(sheet, next_step="、".join(number for (number,) in followed), evidence=evidence)
        proof = row.evaluation.proof if row.evaluation else None
        if proof is None:
            return sheet
        again = (sheet.recurrences, *map(self._recurrence, proof.after.numbers))
        return replace(
            sheet,
            compared=proof.profile_words,
            before=proof.before.words,
            after=f"{proof.after.words}{'；窗口未满' if proof.unfinished else ''}",
            numbers_before="、".join(proof.before.numbers),
            recurrences="\n".join(filter(None, again)) or "没有再发",
        )

    def _recurrence(self, number: str) -> str:
        """TS20261125-004 2026-11-25 朗逸 1.5L：变速箱顿挫…"""
        received, brand, series, model, words = self._desk.rows(
            "SELECT received_at, brand, series, model, words FROM complaints WHERE number = ?", (number,)
        )[0]
        told = " ".join(words.split())
        short = told if len(told) <= _SHORT else f"{told[: _SHORT - 1]}…"
        parts = (number, shown(local_day(moment(received))), model_text(brand, series, model))
        return f"{' '.join(filter(None, parts))}：{short}"

    def _kept(self, form: FormSheet) -> FormSheet:
        """The form with how long it is kept at its foot."""
        return replace(form, footer_middle=self._filings.retention().words)

    def _solution_sheet(self, case: ComplaintCase) -> SolutionSheet:
        fields = {name: str(value or "") for name, value in case.fields.items()}
        rows = self._solutions.of_complaint(case.number)
        agreed = next((row for row in rows if row.agreed_at), None)
        options, agreed_boxes = blank_options(map(_option, rows), agreed.letter if agreed else "")
        return SolutionSheet(
            letterhead=self._settings.letterhead(Paper.SOLUTION),
            number=case.number,
            date=shown(local_day(case.received_at)),
            mark=self._filings.mark_of(case.id, case.state),
            severity=boxes(Severity, fields["severity"]),
            customer_name=case.customer_name,
            phone=case.phone,
            plate=shown_plate(case.plate),
            vin=case.vin,
            model=model_text(case.brand, case.series, case.model),
            order_number=fields["order_number"],
            words=fields["words"],
            demand=fields["demand"],
            customer_proposal="\n".join(row.draft.what for row in rows if row.draft.by_customer),
            options=options,
            agreed=agreed_boxes,
            agreed_what=_agreed_words(agreed, fields),
            correction=fields["correction"],
            solution=fields["solution"],
            soothing=fields["soothing"],
            told=_told(case),
            confirmed=shown(local_day(agreed.agreed_at)) if agreed and agreed.agreed_at else "",
            done_on=_happened(case, Event.RESOLVED),
            signatures=_solution_signatures(case),
        )

    def _planned(self, case: ComplaintCase, letterhead: Letterhead, mark: str) -> EvaluationSheet:
        draft = self._measures.draft_of(case.number)
        return EvaluationSheet(
            letterhead=letterhead,
            number=case.number,
            conclusion=boxes(Conclusion, ""),
            signatures=_evaluation_signatures("", ""),
            complaint_number=case.number,
            mark=mark,
            kind=boxes(MeasureKind, ""),
            who=draft.who,
            due_on=shown(draft.due_on),
            cause=draft.cause,
            what=draft.what,
        )


def _option(row: SolutionRow) -> Option:
    """An option; what was agreed upon is agreed to, whether or not his words were written down too."""
    draft = row.draft
    opinion, said = opinion_boxes(draft.opinion or (OPINIONS[0] if row.agreed_at else ""))
    cost = f"{draft.cost_fen / 100:,.2f} 元" if draft.cost_fen else "0 元"
    return Option(row.letter, draft.what, cost, draft.feasibility, opinion=opinion, said=said)


def _agreed_words(agreed: SolutionRow | None, fields: dict[str, str]) -> str:
    """What the customer signs: the option agreed on, or else what was done for him."""
    if agreed:
        return f"{agreed.title}：{agreed.draft.what}"
    return "\n".join(part for part in (fields["solution"], fields["soothing"]) if part)


def _told(case: ComplaintCase) -> str:
    at = case.fields["told_at"]
    when = shown(to_local(at)) if isinstance(at, datetime) else ""
    return " ".join(part for part in (when, str(case.fields["told_customer"])) if part)


def _solution_signatures(case: ComplaintCase) -> tuple[Signature, ...]:
    return (
        Signature("责任人", name=str(case.fields["responsible"])),
        Signature("服务总监"),
        Signature("客户（确认商定方案）"),
    )


def _evaluation(row: MeasureRow, letterhead: Letterhead, mark: str) -> EvaluationSheet:
    draft, made = row.draft, row.evaluation
    told = made.draft if made else None
    return EvaluationSheet(
        letterhead=letterhead,
        number=row.number,
        conclusion=boxes(Conclusion, told.conclusion if told else ""),
        signatures=_evaluation_signatures(made.evaluator if made else "", shown(told.evaluated_on) if told else ""),
        complaint_number="、".join(draft.complaints),
        date=shown(told.evaluated_on) if told else "",
        mark=mark,
        kind=boxes(MeasureKind, draft.kind),
        who=draft.who,
        due_on=shown(draft.due_on),
        done_on=shown(row.done_on),
        done_by=row.done_by,
        cause=draft.cause,
        what=draft.what,
        amount=draft.amount,
        verify=draft.verify,
        evidence=row.evidence,
        window=f"完成后 {told.window_days} 天" if told else f"到 {shown(row.evaluation_due)}" if row.done_on else "",
        before=f"{told.before} 件" if told else "",
        after=f"{told.after} 件" if told else "",
        recurrences=told.recurrences if told else "",
        basis=told.basis if told else "",
    )


def _evaluation_signatures(evaluator: str, day: str) -> tuple[Signature, ...]:
    return (
        Signature("评估人", name=evaluator, signed_on=day),
        Signature("服务经理"),
        Signature("服务总监", boxes(("同意", "重开"), "")),
    )


def _happened(case: ComplaintCase, event: Event) -> str:
    last = next((e for e in reversed(case.events) if e.kind == event and not e.corrected), None)
    return shown(local_day(last.at)) if last else ""
