"""再拨计划, 回访话术 and 高频预警 as pages of 规则."""

from __future__ import annotations

import pytest

from crm_desktop.domain.proofs import Alike
from tests.gui.test_rules_window import change, rules, turn_to  # noqa: F401 - the window of that room


def test_after_how_many_calls_one_writes_and_how(rules):  # noqa: F811 - a fixture, found by its name
    turn_to(rules, "再拨计划")
    change(rules, "再拨计划", 0, 现在是="3次", 修改原因="本店规定")
    change(rules, "再拨计划", 2, 现在是="信函", 修改原因="本店规定")
    redial = rules.office.rules.calls().redial
    assert (redial.attempts, redial.then) == (3, "信函")


@pytest.mark.parametrize(("typed", "days"), [("3、14", [3, 14]), ("不排", [])])
def test_when_a_customer_without_a_rework_is_called(rules, typed, days):  # noqa: F811 - a fixture
    turn_to(rules, "返修后回访")
    change(rules, "返修后回访", 1, 现在是=typed, 修改原因="本店规定")
    assert rules.office.rules.table("followups")["after_solution_days"] == days


def test_the_words_of_the_script_are_the_dealerships_own(rules):  # noqa: F811 - a fixture, found by its name
    turn_to(rules, "回访话术")
    change(rules, "回访话术", 1, 怎样说="这次一趟就修好了吗？", 修改原因="说法更顺")
    step = rules.office.dispatch.script()[1]
    assert (step.key, step.ask, step.answers) == ("fixed", "这次一趟就修好了吗？", ("是", "否"))


def test_how_often_is_too_often(rules):  # noqa: F811 - a fixture, found by its name
    turn_to(rules, "高频预警")
    change(rules, "高频预警", 1, 什么相同="类别、车型", 到几件提醒="4件", 多少天里="60", 修改原因="本店规定")
    line = rules.office.rules.table("frequent")["warnings"][1]
    assert (line["alike"], line["count"], line["days"]) == ([Alike.CATEGORY, Alike.MODEL], 4, 60)


@pytest.mark.parametrize(
    ("title", "row", "label", "typed", "told"),
    [
        ("再拨计划", 0, "现在是", "99", "1 到 30"),
        ("回访话术", 1, "怎样说", "", "2 到 200 个字"),
        ("高频预警", 1, "什么相同", "颜色", "中写一个或几个"),
        ("高频预警", 1, "到几件提醒", "1", "2 到 99"),
    ],
)
def test_what_makes_no_sense_is_told_at_its_field(rules, title, row, label, typed, told):  # noqa: F811 - a fixture
    turn_to(rules, title)
    change(rules, title, row, **{label: typed, "修改原因": "试试"})
    assert told in rules.field(label).accessibleDescription() + rules.field("修改原因").accessibleDescription()
