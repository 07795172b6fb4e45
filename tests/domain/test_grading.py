"""A year's figures as a score, and the grade it proposes."""

import json

import pytest

from crm_desktop.domain.errors import InvalidInput
from crm_desktop.domain.grading import Grade, YearFigures, proposed, rank, read_grading, score
from crm_desktop.paths import resource

TABLE = json.loads(resource("rules", "grading.json").read_text(encoding="utf-8"))
RULES = read_grading(TABLE)


@pytest.mark.parametrize(
    ("figures", "points", "grade"),
    [
        (YearFigures(), 0, Grade.ORDINARY),
        (YearFigures(6, 20000, 6, 100.0, 0.5), 100, Grade.VIP),
        (YearFigures(60, 900000, 60, 100.0, 9), 100, Grade.VIP),  # more than full marks is full marks
        (YearFigures(3, 10000, 3, 50.0, 0.25), 50, Grade.GOOD),
        (YearFigures(4, 14000, 4, 90.0, 0.3), 69, Grade.KEY),
        (YearFigures(3, 10000, 3, None, 0.25), 50, Grade.GOOD),  # nothing fell due: its weight goes to the others
    ],
)
def test_the_five_figures_make_a_score_and_the_score_a_grade(figures, points, grade):
    assert score(figures, RULES) == points
    assert proposed(points, RULES) == grade


def test_grades_rank_from_vip_down_and_nobody_graded_comes_last():
    assert sorted(["", *Grade], key=rank) == ["VIP", "大客户", "优质", "普通", ""]


def test_a_grade_has_its_policy():
    assert "优先" in RULES.policy("VIP")
    assert RULES.policy("") == ""


@pytest.mark.parametrize(
    ("changes", "why"),
    [
        ({"weights": {**TABLE["weights"], "visits": 26}}, "合计应为 100"),
        ({"full_marks": {**TABLE["full_marks"], "amount": 0}}, "满分标准"),
        ({"grades": TABLE["grades"][::-1]}, "从高到低"),
        ({"grades": TABLE["grades"][:3]}, "从高到低"),
        ({"months": 0}, "评价周期"),
    ],
)
def test_rules_that_cannot_grade_are_refused(changes, why):
    with pytest.raises(InvalidInput, match=why):
        read_grading({**TABLE, **changes})
