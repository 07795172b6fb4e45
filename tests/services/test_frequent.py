"""高频预警: what came too often is told until it has a measure; how often is too often the dealership says."""

from __future__ import annotations

from datetime import timedelta

import pytest

from crm_desktop.domain.errors import InvalidInput
from crm_desktop.services.office import Office
from crm_desktop.services.rules import RuleName
from tests.makers import TODAY, act, director
from tests.services.records import CAUSE, measure
from tests.services.test_proofs import came

WARNING = [{"alike": ["类别", "责任线"], "count": 3, "days": 30}]


@pytest.fixture
def office(office: Office) -> Office:
    """Three of the same kind in thirty days are too many."""
    office.rules.change(RuleName.FREQUENT, {"warnings": WARNING}, act(), "试")
    return office


def several(office: Office, *ago: int, **changes: object) -> list[str]:
    """Complaints of the usual kind, so many days ago."""
    return [came(office, TODAY - timedelta(days=days), **changes) for days in ago]


def test_three_of_a_kind_in_thirty_days_are_told_with_their_numbers(office: Office):
    numbers = several(office, 29, 10, 0)
    (found,) = office.frequent.rows()
    assert (found.what, found.why, found.numbers) == ("维修质量 · 技术", "30 天 3 件（3 件就提醒）", tuple(numbers))


def test_what_came_before_or_lacks_a_word_makes_none(office: Office):
    several(office, 30, 10, 0)
    several(office, 5, line="")
    assert office.frequent.rows() == []


def test_another_kind_is_another_problem(office: Office):
    several(office, 3, 2)
    several(office, 1, category="服务态度", line="服务")
    assert office.frequent.rows() == []


def test_one_measure_over_all_of_them_answers_it_and_three_more_ask_again(office: Office):
    several(office, 3, 2, 1)
    draft = office.frequent.draft(office.frequent.rows()[0])
    office.measures.register(measure(complaints=draft.complaints), act())
    assert office.frequent.rows() == []
    several(office, 0, 0, 0)
    assert [found.count for found in office.frequent.rows()] == [3]


def test_a_measure_given_up_answers_nothing(office: Office):
    several(office, 3, 2, 1)
    draft = office.frequent.draft(office.frequent.rows()[0])
    made = office.measures.register(measure(complaints=draft.complaints), act())
    office.measures.cancel(made.id, made.ver, "写错了", act())
    assert len(office.frequent.rows()) == 1


def test_the_causes_written_down_already_are_not_typed_again(office: Office):
    first, *_ = several(office, 3, 2, 1)
    office.complaints.amend(first, office.cases.case(first).ver, {"root_cause": CAUSE}, act())
    assert office.frequent.draft(office.frequent.rows()[0]).cause == CAUSE


def test_what_was_judged_not_the_houses_fault_is_not_counted(office: Office):
    *_, last = several(office, 3, 2, 1)
    office.judgements.judge(last, "无效", "不是本店修的", "委托书查无此车", director())
    assert office.frequent.rows() == []


def test_two_rules_that_find_the_same_tell_it_once(office: Office):
    both = [*WARNING, {"alike": ["类别"], "count": 2, "days": 60}]
    office.rules.change(RuleName.FREQUENT, {"warnings": both}, act(), "试")
    several(office, 3, 2, 1)
    assert [found.what for found in office.frequent.rows()] == ["维修质量 · 技术"]


@pytest.mark.parametrize("changes", [{"alike": ["颜色"]}, {"alike": []}, {"count": 1}, {"days": 400}])
def test_a_rule_nobody_can_go_by_is_refused(office: Office, changes: dict[str, object]):
    with pytest.raises(InvalidInput):
        office.rules.change(RuleName.FREQUENT, {"warnings": [{**WARNING[0], **changes}]}, act(), "试")
