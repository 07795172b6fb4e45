"""规则: shipped where the dealership set nothing, its own where it did, every change with its reason in the history."""

import re
from datetime import date
from pathlib import Path

import pytest

from crm_desktop.domain import closing
from crm_desktop.domain.errors import InvalidInput, NotAllowed
from crm_desktop.domain.rights import rights_of
from crm_desktop.domain.staff import ADMINISTRATOR, Role
from crm_desktop.services.rules import LABELS, RuleName
from tests.makers import act
from tests.services.procedure import by, received

ADMIN = act(who="程立群", rights=rights_of((ADMINISTRATOR,)))


def test_a_new_home_has_the_shipped_rules(office):
    rules = office.rules
    assert all(rules.is_shipped(name) for name in RuleName)
    assert set(LABELS) == set(RuleName)
    assert (rules.call_days(), rules.claim_limit_fen(), len(rules.ticks())) == ((3, 7), 500_000, 8)


def test_a_changed_rule_holds_for_every_clock_at_once(office):
    saved = received(office)
    assert f"{office.clocks.due_of(saved.number).resolve.due:%d %H:%M}" == "24 09:00"
    table = office.rules.table(RuleName.ROUTES)
    for rule in table["rules"]:
        rule["resolve"] = "1工作日"
    office.rules.change(RuleName.ROUTES, table, ADMIN, "总部新要求")
    assert f"{office.clocks.due_of(saved.number).resolve.due:%d %H:%M}" == "22 17:30"
    office.rules.restore(RuleName.ROUTES, ADMIN, "改回")
    assert f"{office.clocks.due_of(saved.number).resolve.due:%d %H:%M}" == "24 09:00"


def test_a_change_stands_in_the_history_with_its_reason(office):
    office.rules.change(RuleName.FOLLOW_UPS, {"after_rework_days": [2]}, ADMIN, "客户常在第二天来电")
    told = office.desk.rows("SELECT reason FROM history WHERE entity = 'settings' AND field = 'value'")
    assert (office.rules.call_days(), told) == ((2,), [("客户常在第二天来电",)])
    assert office.settings.values()["dealership.name"] == ""


@pytest.mark.parametrize(
    ("name", "table"),
    [
        (RuleName.ROUTES, {"rules": [{"channel": "接待"}]}),
        (RuleName.CALENDAR, {"week": {}}),
        (RuleName.SEVERITY, {"ticks": [{"code": "x"}]}),
        (RuleName.WORDING, {"lists": {}}),
        (RuleName.ESCALATION, {"steps": [{"role": "店长"}]}),
        (RuleName.FOLLOW_UPS, {"after_rework_days": [0]}),
        (RuleName.RETENTION, {"years": 2}),
        (RuleName.CLOSING, {"asked": [{"fields": ["phone"], "asked": False}]}),
    ],
)
def test_a_rule_that_cannot_be_read_is_refused_and_the_old_one_stays(office, name, table):
    with pytest.raises(InvalidInput):
        office.rules.change(name, table, ADMIN, "试试")
    assert office.rules.is_shipped(name)


def test_rules_are_changed_by_whoever_may_and_with_a_reason(office):
    table = {"after_rework_days": [3]}
    with pytest.raises(NotAllowed, match="系统管理"):
        office.rules.change(RuleName.FOLLOW_UPS, table, by(Role.DIRECTOR), "x")
    with pytest.raises(InvalidInput, match="请写明原因"):
        office.rules.change(RuleName.FOLLOW_UPS, table, ADMIN, "")


def test_every_change_is_told_with_both_documents_the_latest_first(office):
    for days in ([2], [2, 5]):
        office.rules.change(RuleName.FOLLOW_UPS, {"after_rework_days": days}, ADMIN, f"试 {days}")
    latest, first = office.rules.changes(RuleName.FOLLOW_UPS)
    assert (latest.who, latest.reason, latest.after["after_rework_days"]) == ("程立群", "试 [2, 5]", [2, 5])
    assert (first.before["after_rework_days"], first.after["after_rework_days"]) == ([3, 7], [2])


def test_what_the_dealership_does_not_ask_for_does_not_hold_up_the_closing(office):
    saved = received(office)
    table = office.rules.table(RuleName.CLOSING)
    next(row for row in table["asked"] if row["name"] == "root_cause")["asked"] = False
    office.rules.change(RuleName.CLOSING, table, ADMIN, "只看措施")
    wanted = {blocker.field for blocker in office.closing.blockers(saved.number)}
    assert "root_cause" not in wanted
    assert "long_term_measure" in wanted


@pytest.mark.parametrize(("today", "asked"), [("2026-11-30", 0), ("2026-12-01", 2027), ("2027-01-01", 0)])
def test_in_december_next_year_is_asked_for_until_somebody_looked_at_it(office, today, asked):
    assert office.rules.calendar().year_to_enter(date.fromisoformat(today)) == asked
    table = {**office.rules.table(RuleName.CALENDAR), "looked_at": [2027]}
    office.rules.change(RuleName.CALENDAR, table, ADMIN, "2027 年照常营业")
    assert office.rules.calendar().year_to_enter(date.fromisoformat(today)) == 0


def test_closing_asks_by_the_list_for_every_field_there_is(office):
    """A blocker without a line in the list could never be spared, a line without a blocker would mean nothing."""
    listed = {field for row in office.rules.table(RuleName.CLOSING)["asked"] for field in row["fields"]}
    source = Path(closing.__file__).read_text(encoding="utf-8")
    told = set(re.findall(r'Blocker\(\s*"(\w+)"', source)) | {"correction", "solution", "soothing", "told_customer"}
    assert listed == told - {"solutions"}
