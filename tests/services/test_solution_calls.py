"""What was solved without a rework is called about within the week, unless somebody planned a call already."""

from datetime import date

import pytest

from crm_desktop.domain.followups import PlanDraft
from crm_desktop.domain.staff import Role
from crm_desktop.services.rules import RuleName
from tests.makers import act, day, rework
from tests.services.procedure import SOLVED, analysed, assigned, by, solved

DIRECTOR = by(Role.DIRECTOR, "2026-11-21 14:00")


def calls(office, number):
    """The calls of a complaint that are still to be made: when and why."""
    rows = office.follow_ups.of_complaint(number)
    return [(row.planned_on, row.reason) for row in rows if row.called_at is None]


def solve(office, saved):
    """The director solves it on 21 November."""
    return office.complaints.resolve(saved.number, saved.ver, DIRECTOR, fields=SOLVED)


def test_a_customer_is_called_a_week_after_the_solution(office):
    assert calls(office, solved(office).number) == [(date(2026, 11, 28), "解决后第 7 天回访")]


def test_where_a_call_is_planned_already_no_other_one_comes(office):
    saved = analysed(office)
    office.follow_ups.plan(saved.number, PlanDraft(date(2026, 11, 24), "", "答应周二问问"), act())
    solve(office, saved)
    assert calls(office, saved.number) == [(date(2026, 11, 24), "答应周二问问")]


def test_a_rework_has_calls_of_its_own(office):
    saved = analysed(office)
    office.reworks.register(saved.number, rework(came_on=day(0), finished_on=day(0)), by(Role.ADVISER))
    solve(office, saved)
    assert [why for _, why in calls(office, saved.number)] == ["修竣后第 3 天回访", "修竣后第 7 天回访"]


@pytest.mark.parametrize("again", ["return_", "reopen"])
def test_what_is_solved_no_longer_is_not_asked_about_until_it_is_solved_again(office, again):
    saved = solved(office)
    saved = getattr(office.complaints, again)(saved.number, saved.ver, DIRECTOR, "又犯")
    assert calls(office, saved.number) == []
    solved_later = by(Role.DIRECTOR, "2026-11-23 10:00")
    office.complaints.resolve(saved.number, saved.ver, solved_later, fields=SOLVED)
    assert calls(office, saved.number) == [(date(2026, 11, 30), "解决后第 7 天回访")]


def test_a_call_somebody_planned_himself_stays_when_a_case_is_reopened(office):
    saved = solved(office)
    office.follow_ups.plan(saved.number, PlanDraft(date(2026, 11, 24), "", "答应周二问问"), act())
    office.complaints.reopen(saved.number, saved.ver, DIRECTOR, "又犯")
    assert calls(office, saved.number) == [(date(2026, 11, 24), "答应周二问问")]


def test_the_days_are_the_dealerships_own(office):
    for days in ([3, 14], []):
        table = {**office.rules.table(RuleName.FOLLOW_UPS), "after_solution_days": days}
        office.rules.change(RuleName.FOLLOW_UPS, table, act(), f"本店规定 {days}")
        planned = [on.day for on, _ in calls(office, solved(office).number)]
        assert planned == [24, 5][: len(days)]


def test_a_rule_written_before_there_were_such_days_has_the_shipped_one(office):
    office.rules.change(RuleName.FOLLOW_UPS, {"after_rework_days": [2]}, act(), "本店规定")
    assert [why for _, why in calls(office, solved(office).number)] == ["解决后第 7 天回访"]


def test_a_complaint_that_nobody_solved_has_no_call(office):
    assert calls(office, assigned(office).number) == []
