"""电话调查: a survey is drawn from the visits of some days, called through, and summed up.

start(SurveyDraft, act) -> id            rows() -> list[SurveyRow]          calls(id) -> list[SurveyCallRow]
answer(call_id, ver, outcome, answers, remark, act) -> ver                  results(id) -> tuple[QuestionResult, …]
complain(call_id, act, words="") -> Saved     the answer becomes a complaint       close(id, ver, act)
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import date, timedelta
from random import Random
from typing import Any

from crm_desktop.domain.acts import Act
from crm_desktop.domain.complaint_rows import ComplaintDraft
from crm_desktop.domain.complaints import Channel
from crm_desktop.domain.errors import InvalidInput, NotAllowed, NotFound
from crm_desktop.domain.rights import Right, require
from crm_desktop.domain.surveys import (
    Question,
    QuestionResult,
    SurveyCallRow,
    SurveyDraft,
    SurveyOutcome,
    SurveyRow,
    checked_answers,
    checked_survey,
    is_low,
    low_items,
    results,
)
from crm_desktop.domain.text import checked_text
from crm_desktop.models.faults import translated
from crm_desktop.models.gathered import Survey, SurveyCall
from crm_desktop.models.moments import moment, stamp
from crm_desktop.services.complaints import Complaints, Saved
from crm_desktop.services.desk import Desk
from crm_desktop.services.joins import Joins
from crm_desktop.services.lookups import PHONE_OF

_REST = timedelta(days=30)
_REACHED = (SurveyOutcome.GOOD, SurveyOutcome.LOW)
_SURVEYS = """
    SELECT s.id, s.ver, s.title, s.questions, s.first_on, s.last_on, s.closed_at,
        (SELECT COUNT(*) FROM survey_calls c WHERE c.survey_id = s.id),
        (SELECT COUNT(*) FROM survey_calls c WHERE c.survey_id = s.id AND c.called_at IS NOT NULL) FROM surveys s
"""
_DRAWN_FROM = """
    SELECT MAX(w.id), w.customer_id, w.vehicle_id FROM visits w JOIN customers c ON c.id = w.customer_id
    WHERE w.came_on BETWEEN ?1 AND ?2 AND c.merged_into_id IS NULL AND c.do_not_disturb = 0
        AND c.contact_consent <> '不同意' AND EXISTS (SELECT 1 FROM contacts t WHERE t.customer_id = c.id
            AND t.removed = 0 AND t.do_not_disturb = 0 AND t.kind IN ('手机', '座机'))
        AND NOT EXISTS (SELECT 1 FROM survey_calls o WHERE o.customer_id = c.id AND o.entered_at >= ?3)
    GROUP BY w.customer_id ORDER BY w.customer_id
"""
_CALLS = f"""
    SELECT s.id, s.ver, s.customer_id, COALESCE(c.name, ''), COALESCE({PHONE_OF.format(owner="s.customer_id")}, ''),
        COALESCE(v.plate, ''), w.came_on, s.outcome, s.answers, s.remark, s.called_at, s.caller,
        COALESCE(q.number, '')
    FROM survey_calls s LEFT JOIN customers c ON c.id = s.customer_id LEFT JOIN vehicles v ON v.id = s.vehicle_id
    LEFT JOIN visits w ON w.id = s.visit_id LEFT JOIN complaints q ON q.id = s.complaint_id
"""


class Surveys:
    """Ask a few, hear what many think."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk

    def start(self, draft: SurveyDraft, act: Act) -> int:
        """A new survey with its sample: each customer once, none who wants no calls or was asked within 30 days.

        Returns its id.

        :raises InvalidInput: as ``checked_survey``, or nobody came on those days whom one may call.
        """
        act = require(act, Right.CUSTOMER_BASE)
        cleaned = checked_survey(draft)
        days = (cleaned.first_on.isoformat(), cleaned.last_on.isoformat(), stamp(act.at - _REST))
        known = self._desk.rows(_DRAWN_FROM, days)
        if not known:
            raise InvalidInput({"first_on": "这些天没有可以打电话的进厂客户，请换一段日期。"})
        told = json.dumps([[q.text, q.kind] for q in cleaned.questions], ensure_ascii=False)
        with self._desk.writing(act) as ledger:
            values = {"title": cleaned.title, "questions": told, "first_on": cleaned.first_on}
            survey = ledger.add(
                Survey, cleaned.title, last_on=cleaned.last_on, who=act.who, entered_at=act.at, **values
            )
            chance = Random(survey)  # noqa: S311 - the same survey draws the same people
            drawn = sorted(chance.sample(known, min(cleaned.size, len(known))))
            rows = [{"survey": survey, "visit": v, "customer": c, "vehicle": car} for v, c, car in drawn]
            ledger.add_many(SurveyCall, [{**row, "entered_at": act.at} for row in rows])
        return survey

    def rows(self) -> list[SurveyRow]:
        """Every survey, the latest first."""
        return [_survey(row) for row in self._desk.rows(f"{_SURVEYS} ORDER BY s.id DESC")]

    def get(self, survey_id: int) -> SurveyRow:
        """One survey; raises NotFound."""
        found = self._desk.rows(f"{_SURVEYS} WHERE s.id = ?", (survey_id,))
        if not found:
            raise NotFound("没有这次调查，请刷新后再看。")
        return _survey(found[0])

    def calls(self, survey_id: int) -> list[SurveyCallRow]:
        """Everybody drawn, those still to be called first."""
        query = f"{_CALLS} WHERE s.survey_id = ? ORDER BY s.called_at IS NOT NULL, s.id"
        return [_call(row) for row in self._desk.rows(query, (survey_id,))]

    def answer(
        self, call_id: int, ver: int, outcome: str, answers: Mapping[str, str], act: Act, remark: str = ""
    ) -> int:
        """What came of a call; a low answer makes it 不满意 by itself. Returns the new version.

        :raises InvalidInput: an unknown outcome, answers that are none. :raises NotAllowed: the survey is closed.
        """
        act = require(act, Right.CALL)
        survey = self._of_call(call_id)
        if survey.closed:
            raise NotAllowed("这次调查已结束，不能再填。")
        if outcome not in tuple(SurveyOutcome):
            raise InvalidInput({"outcome": f"调查结果请从 {'、'.join(SurveyOutcome)} 中选。"})
        reached = outcome in _REACHED
        kept = checked_answers(survey.draft.questions, answers) if reached else {}
        if reached and is_low(survey.draft.questions, kept):
            outcome = SurveyOutcome.LOW
        values: dict[str, Any] = {"outcome": outcome, "remark": checked_text(remark, "备注", 500), "caller": act.who}
        values |= {"answers": json.dumps(kept, ensure_ascii=False, sort_keys=True), "called_at": act.at}
        with self._desk.writing(act) as ledger:
            return ledger.change(SurveyCall, call_id, values, ver)

    def complain(self, call_id: int, act: Act, words: str = "") -> Saved:
        """One click: a complaint of what was answered low and said; one transaction.

        :raises InvalidInput: nothing to complain of, or an open complaint of this customer or car would be doubled.
        :raises NotAllowed: there is one already.
        """
        act = require(act, Right.REGISTER)
        survey = self._of_call(call_id)
        customer, vehicle, answers, remark, known = self._desk.rows(
            "SELECT customer_id, vehicle_id, answers, remark, complaint_id FROM survey_calls WHERE id = ?", (call_id,)
        )[0]
        if known:
            raise NotAllowed("这个回答已经立了抱怨单。")
        Joins(self._desk).check_alone(customer, vehicle)
        said = words or "；".join(filter(None, (remark, *low_items(survey.draft.questions, json.loads(answers)))))
        draft = ComplaintDraft(words=said, channel=Channel.FOLLOW_UP, customer_id=customer, vehicle_id=vehicle)
        with translated(self._desk.path), self._desk.database.atomic("IMMEDIATE"):
            saved = Complaints(self._desk).register(draft, act)
            with self._desk.writing(act) as ledger:
                ledger.change(SurveyCall, call_id, {"complaint": saved.id})
        return saved

    def results(self, survey_id: int) -> tuple[QuestionResult, ...]:
        """Every question over everybody reached, with how many were not satisfied; raises NotFound."""
        survey = self.get(survey_id)
        query = "SELECT answers FROM survey_calls WHERE survey_id = ? AND outcome IN (?, ?)"
        rows = self._desk.rows(query, (survey_id, *map(str, _REACHED)))
        return results(survey.draft.questions, [json.loads(answers) for (answers,) in rows])

    def close(self, survey_id: int, ver: int, act: Act) -> None:
        """No more calls; the results stand."""
        act = require(act, Right.CUSTOMER_BASE)
        with self._desk.writing(act) as ledger:
            ledger.change(Survey, survey_id, {"closed_at": act.at}, ver)

    def _of_call(self, call_id: int) -> SurveyRow:
        found = self._desk.rows("SELECT survey_id FROM survey_calls WHERE id = ?", (call_id,))
        if not found:
            raise NotFound("没有这个调查电话，请刷新后再看。")
        return self.get(found[0][0])


def _survey(row: tuple[Any, ...]) -> SurveyRow:
    found, ver, title, questions, first, last, closed, drawn, called = row
    asked = tuple(Question(*pair) for pair in json.loads(questions))
    draft = SurveyDraft(title, asked, date.fromisoformat(first), date.fromisoformat(last), drawn)
    return SurveyRow(found, ver, draft, drawn, called, closed is not None)


def _call(row: tuple[Any, ...]) -> SurveyCallRow:
    found, ver, customer, name, phone, plate, came, outcome, answers, remark, called, caller, number = row
    return SurveyCallRow(
        found, ver, customer, name, phone, plate, date.fromisoformat(came) if came else None, outcome,
        json.loads(answers), remark, moment(called) if called else None, caller, number,
    )  # fmt: skip
