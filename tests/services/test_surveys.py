"""A survey from its sample to a complaint."""

from __future__ import annotations

from typing import Any

import pytest

from crm_desktop.domain.complaint_rows import ComplaintDraft
from crm_desktop.domain.errors import InvalidInput, NotAllowed
from crm_desktop.domain.followups import CallDraft
from crm_desktop.domain.profile import FactsDraft
from crm_desktop.domain.signs import SignKind
from crm_desktop.domain.surveys import Question, QuestionKind, SurveyDraft
from crm_desktop.services.office import Office
from tests.makers import act, day
from tests.services.profile_world import visit

QUESTIONS = (Question("接待是否热情"), Question("是否按时交车", QuestionKind.YES_NO))


def draft(**changes: Any) -> SurveyDraft:
    """A survey over the last ten days."""
    return SurveyDraft(
        **{"title": "十一月满意度", "questions": QUESTIONS, "first_on": day(-10), "last_on": day(0), **changes}
    )


@pytest.fixture
def survey(office: Office) -> int:
    """Three customers came, all are asked. Its id."""
    for i in range(3):
        visit(office, customer_name=f"客户{i}", phone=f"1380000000{i}", plate=f"沪B0000{i}", vin="")
    return office.surveys.start(draft(), act())


def test_everybody_who_came_is_drawn_once_and_no_more_than_wanted(office: Office, survey: int) -> None:
    assert sorted(call.customer_name for call in office.surveys.calls(survey)) == ["客户0", "客户1", "客户2"]
    visit(office, customer_name="客户9", phone="13800000009", plate="沪B00009", vin="")
    again = office.surveys.start(draft(size=5), act())
    assert [call.customer_name for call in office.surveys.calls(again)] == ["客户9"]  # the others were asked just now


def test_who_wants_no_calls_is_not_drawn(office: Office) -> None:
    for i, facts in enumerate((FactsDraft(do_not_disturb=True), FactsDraft(contact_consent="不同意"))):
        visit(office, customer_name=f"客户{i}", phone=f"1380000000{i}", plate=f"沪B0000{i}", vin="")
        office.profiles.amend_facts(i + 1, 1, facts, act())
    with pytest.raises(InvalidInput, match="没有可以打电话"):
        office.surveys.start(draft(), act())


def test_answers_are_summed_up_with_what_was_not_right(office: Office, survey: int) -> None:
    first, second, third = office.surveys.calls(survey)
    office.surveys.answer(first.id, 1, "已回答", {"0": "5", "1": "是"}, act())
    office.surveys.answer(second.id, 1, "已回答", {"0": "2", "1": "否"}, act(), "等太久")
    office.surveys.answer(third.id, 1, "未接通", {"0": "1"}, act())
    scores, on_time = office.surveys.results(survey)
    assert (scores.answered, scores.average, scores.low) == (2, 3.5, 1)
    assert (on_time.answered, on_time.average, on_time.low) == (2, 50.0, 1)
    assert [call.outcome for call in office.surveys.calls(survey)] == ["已回答", "不满意", "未接通"]
    assert office.surveys.rows()[0].called == 3


def test_a_low_answer_becomes_a_complaint_with_one_click(office: Office, survey: int) -> None:
    call = office.surveys.calls(survey)[0]
    office.surveys.answer(call.id, 1, "已回答", {"0": "2", "1": "否"}, act(), "等太久")
    assert [row.kind for row in office.signs.rows()] == [SignKind.LOW_ANSWER]
    saved = office.surveys.complain(call.id, act())
    case = office.cases.case(saved.number)
    assert case.fields["words"] == "等太久；接待是否热情：2分；是否按时交车：否"
    assert (case.fields["channel"], case.customer_id) == ("回访", call.customer_id)
    assert office.signs.rows() == []
    assert office.surveys.calls(survey)[-1].complaint_number == saved.number
    with pytest.raises(NotAllowed, match="已经立了"):
        office.surveys.complain(call.id, act())
    assert [f for f in office.upkeep.check() if f.trouble] == []


def test_a_sign_of_a_low_answer_leads_to_the_same_complaint(office: Office, survey: int) -> None:
    call = office.surveys.calls(survey)[0]
    office.surveys.answer(call.id, 1, "不满意", {"0": "1"}, act(), "态度差")
    saved = office.signs.complain(office.signs.rows()[0], act())
    assert office.surveys.calls(survey)[-1].complaint_number == saved.number


@pytest.mark.parametrize(
    ("outcome", "answers"), [("好", {}), ("已回答", {"0": "6"}), ("已回答", {"1": "5"}), ("已回答", {"7": "1"})]
)
def test_answers_that_are_none_are_refused(office: Office, survey: int, outcome: str, answers: dict[str, str]) -> None:
    with pytest.raises(InvalidInput):
        office.surveys.answer(1, 1, outcome, answers, act())


def test_a_closed_survey_takes_no_more_answers(office: Office, survey: int) -> None:
    office.surveys.close(survey, 1, act())
    with pytest.raises(NotAllowed, match="已结束"):
        office.surveys.answer(1, 1, "已回答", {"0": "5"}, act())


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"title": ""}, "title"),
        ({"questions": ()}, "questions"),
        ({"questions": (Question("好吗", "随便"),)}, "questions"),
        ({"first_on": day(1)}, "last_on"),
        ({"size": 0}, "size"),
    ],
)
def test_a_survey_that_cannot_be_is_refused(office: Office, changes: dict[str, Any], field: str) -> None:
    with pytest.raises(InvalidInput) as refused:
        office.surveys.start(draft(**changes), act())
    assert list(refused.value.fields) == [field]


def test_who_has_an_open_complaint_gets_no_second_one_from_an_answer(office: Office, survey: int) -> None:
    call = office.surveys.calls(survey)[0]
    office.surveys.answer(call.id, 1, "不满意", {"0": "1"}, act(), "态度差")
    saved = office.complaints.register(ComplaintDraft(words="漏油", customer_id=call.customer_id), act())
    with pytest.raises(InvalidInput, match=saved.number):
        office.surveys.complain(call.id, act())
    assert not office.surveys.calls(survey)[-1].complaint_number


def test_a_low_answer_is_a_sign_until_somebody_made_it_good(office: Office, survey: int) -> None:
    call = office.surveys.calls(survey)[0]
    office.surveys.answer(call.id, 1, "不满意", {"0": "1"}, act("2026-11-21T14:00:00"), "态度差")
    again = office.signs.call(office.signs.rows()[0], act())
    office.follow_ups.record(again, 1, CallDraft(satisfaction="满意"), act("2026-11-21T15:00:00"))
    assert office.signs.rows() == []
