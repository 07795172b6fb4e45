"""Calls: what was said is never guessed, and what cannot be is refused."""

from datetime import timedelta

import pytest

from crm_desktop.domain.errors import InvalidInput
from crm_desktop.domain.followups import CallDraft, Outcome, PlanDraft, Satisfaction, checked_call, checked_plan
from tests.makers import TODAY, at, day, faults

MOMENT = at("2026-11-21 14:00")


def refused(draft: CallDraft) -> list[str]:
    """The fields for which a call is refused."""
    with pytest.raises(InvalidInput) as refusal:
        checked_call(draft, MOMENT, TODAY)
    return list(faults(refusal))


def test_a_customer_who_was_reached_said_something_even_if_nothing():
    assert refused(CallDraft()) == ["satisfaction"]
    assert checked_call(CallDraft(satisfaction=Satisfaction.SILENT), MOMENT, TODAY).satisfaction == "未表态"


@pytest.mark.parametrize("outcome", [word for word in Outcome if word is not Outcome.REACHED])
def test_a_customer_who_was_not_reached_was_neither_content_nor_discontent(outcome):
    checked = checked_call(CallDraft(outcome=outcome, satisfaction="满意", score=10), MOMENT, TODAY)
    assert (checked.satisfaction, checked.score) == ("", None)


@pytest.mark.parametrize("score", [0, 11, -1])
def test_a_score_outside_one_to_ten_is_refused(score):
    assert refused(CallDraft(satisfaction="满意", score=score)) == ["score"]


@pytest.mark.parametrize("score", [1, 10, None])
def test_a_score_from_one_to_ten_or_none_is_taken(score):
    assert checked_call(CallDraft(satisfaction="满意", score=score), MOMENT, TODAY).score == score


def test_an_unknown_outcome_is_refused():
    assert refused(CallDraft(outcome="没打")) == ["outcome"]


def test_a_call_was_made_now_unless_told_otherwise():
    assert checked_call(CallDraft(satisfaction="一般"), MOMENT, TODAY).called_at == MOMENT


def test_a_call_that_will_be_made_is_no_call():
    assert refused(CallDraft(satisfaction="一般", called_at=MOMENT + timedelta(hours=1))) == ["called_at"]


def test_the_next_call_lies_ahead():
    assert refused(CallDraft(satisfaction="一般", next_on=day(-1))) == ["next_on"]
    assert checked_call(CallDraft(satisfaction="一般", next_on=TODAY), MOMENT, TODAY).next_on == TODAY


def test_the_customers_answer_may_be_long_but_not_endless():
    assert (
        checked_call(CallDraft(satisfaction="一般", feedback=" 好了\r\n谢谢 "), MOMENT, TODAY).feedback == "好了\n谢谢"
    )
    with pytest.raises(InvalidInput, match="顾客反馈太长"):
        checked_call(CallDraft(satisfaction="一般", feedback="长" * 4001), MOMENT, TODAY)


def test_a_plan_is_cleaned():
    assert checked_plan(PlanDraft(TODAY, " 叶\n清扬 ", "修后 \t回访")) == PlanDraft(TODAY, "叶 清扬", "修后 回访")
