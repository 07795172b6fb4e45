"""The script of a call: what may be answered, what is low, and what the dealership may not make of it."""

from __future__ import annotations

import json

import pytest

from crm_desktop.domain.errors import InvalidInput
from crm_desktop.domain.script import StepKind, checked_answers, gap, low_answers, read_script
from crm_desktop.paths import resource

TABLE = json.loads(resource("rules", "followups.json").read_text(encoding="utf-8"))
SCRIPT = read_script(TABLE)
EIGHT = ("fixed", "new_trouble", "on_time", "explained", "attitude", "place", "overall", "recommend")


def test_the_eight_questions_come_first_and_the_rest_after_them() -> None:
    asked = [step.key for step in SCRIPT if step.kind is not StepKind.SAY]
    assert tuple(asked[:8]) == EIGHT
    assert asked[8:] == ["expected", "perceived", "return", "checked"]


def test_scores_go_from_one_to_ten() -> None:
    assert next(step for step in SCRIPT if step.key == "overall").answers == tuple(map(str, range(1, 11)))


@pytest.mark.parametrize(
    ("key", "answer"), [("fixed", "也许"), ("overall", "0"), ("overall", "11"), ("checked", "电话、颜色")]
)
def test_what_nobody_can_answer_is_refused(key: str, answer: str) -> None:
    with pytest.raises(InvalidInput):
        checked_answers(SCRIPT, {key: answer})


def test_what_was_left_out_is_not_kept_and_several_ticks_are_one_answer() -> None:
    assert checked_answers(SCRIPT, {"checked": "电话、里程", "fixed": ""}) == {"checked": "电话、里程"}


def test_low_answers_are_told_with_their_questions_and_an_expectation_is_never_low() -> None:
    answers = {"fixed": "否", "new_trouble": "否", "attitude": "5", "place": "6", "expected": "2", "return": "不愿意"}
    told = low_answers(SCRIPT, answers)
    assert [line[-3:] for line in told] == ["吗？否", "分？5", "不愿意"]


def test_the_gap_is_what_was_felt_less_what_was_expected() -> None:
    assert (gap({"expected": "9", "perceived": "6"}), gap({"expected": "9"})) == (-3, None)


def test_a_step_without_words_is_refused() -> None:
    with pytest.raises(InvalidInput):
        read_script({"script": [{"key": "fixed", "kind": "yes_no", "ask": ""}]})
