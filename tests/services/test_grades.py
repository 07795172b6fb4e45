"""The yearly evaluation: counted from visits and payments, confirmed by a person."""

import pytest

from crm_desktop.domain.dealings import PaymentDraft
from crm_desktop.domain.errors import InvalidInput
from crm_desktop.domain.grading import YearFigures, told_figures, why
from crm_desktop.services.rules import RuleName
from tests.makers import act, customer, day
from tests.services.profile_world import admin, known, visit


@pytest.fixture
def regular(office):
    """A customer with three orders of the last year, one older, and three payments. His id."""
    found, _ = known(office)
    for back in (400, 300, 60, 3):
        visit(office, day(-back), amount_fen=400_000)
    for due, paid in ((-60, -61), (-50, -40), (-10, None), (-400, -400)):
        draft = PaymentDraft(400_000, day(due), day(paid) if paid else None)
        office.dealings.add_payment(found, draft, act())
    return found


def test_the_five_figures_come_from_the_last_twelve_months(office, regular):
    (found,) = office.grades.proposals()
    assert found.figures == YearFigures(3, 12000.0, 2, 33.3, 100.0)
    assert (found.customer_id, found.score, found.proposed, found.grade) == (regular, 60, "大客户", "")


def test_a_proposal_is_accepted_and_kept_with_its_figures(office, regular):
    assert office.grades.accept([regular, 99], act()) == 1
    (row,) = office.grades.past(regular)
    assert (row.grade, row.proposed, row.score, row.figures.visits) == ("大客户", "大客户", 60, 3)
    assert (row.first_on, row.last_on) == (day(-364), day(0))
    assert office.profiles.facts(regular).grade == "大客户"
    assert [f for f in office.upkeep.check() if f.trouble] == []


def test_another_grade_than_proposed_asks_for_a_reason(office, regular):
    with pytest.raises(InvalidInput, match="建议“大客户”"):
        office.grades.confirm(regular, "VIP", act())
    office.grades.confirm(regular, "VIP", act(), "车友会会长")
    assert office.grades.past(regular)[0].reason == "车友会会长"
    assert "优先" in office.profiles.facts(regular).policy
    with pytest.raises(InvalidInput, match="等级请从"):
        office.grades.confirm(regular, "金牌", act(), "想")


def test_what_a_person_decided_otherwise_waits_no_more_until_the_proposal_is_another(office, regular):
    assert office.grades.proposal(regular).waits
    office.grades.confirm(regular, "普通", act(), "失信")
    assert not office.grades.proposal(regular).waits
    for back in range(1, 5):
        visit(office, day(-back), amount_fen=200_000)
    assert (office.grades.proposal(regular).proposed, office.grades.proposal(regular).waits) == ("VIP", True)


def test_a_year_later_it_is_asked_again(office, regular):
    office.grades.confirm(regular, "VIP", act(), "车友会会长")
    assert not office.grades.proposal(regular, day(30)).waits
    assert office.grades.proposal(regular, day(365)).waits


def test_a_proposal_that_became_another_one_since_it_was_seen_is_left_alone(office, regular):
    other, _ = office.customers.register(customer(name="王强", contacts=(), vehicles=()), act())
    office.grades.confirm(other, "优质", act(), "老客户")
    assert office.grades.accept([regular, other], act(), {regular: "VIP", other: "普通"}) == 1
    assert (office.profiles.facts(regular).grade, office.profiles.facts(other).grade) == ("", "普通")


def test_the_work_tells_how_far_it_is_and_can_be_stopped_between_blocks(office, regular):
    heard = []
    office.grades.proposals(progress=lambda done, of: heard.append((done, of)))
    office.grades.accept([regular, 99], act(), progress=lambda done, of: heard.append((done, of)))
    assert heard == [(0, 1), (1, 1)]


def test_a_proposal_says_why(office, regular):
    found = office.grades.proposal(regular)
    assert why(found, office.rules.grading()) == "60 分起：金额 21、贡献 20、次数 12、付款 3、及时 3"
    assert told_figures(found.figures) == "消费 3 次、12,000 元，付款 2 笔（及时率 33.3%），贡献率 100%"


def test_every_grade_of_the_past_stays(office, regular):
    office.grades.confirm(regular, "VIP", act(), "车友会会长")
    office.grades.accept([regular], act())
    assert [row.grade for row in office.grades.past(regular)] == ["大客户", "VIP"]


def test_who_came_never_and_has_no_grade_is_not_evaluated_but_may_be_graded(office):
    found, _ = office.customers.register(customer(vehicles=()), act())
    assert office.grades.proposals() == []
    office.grades.confirm(found, "普通", act())
    assert [p.customer_id for p in office.grades.proposals()] == [found]


def test_other_weights_give_other_grades(office, regular):
    table = office.rules.table(RuleName.GRADING)
    table["weights"] = {"visits": 0, "amount": 0, "payments": 0, "on_time": 100, "contribution": 0}
    office.rules.change(RuleName.GRADING, table, admin(), "只看付款")
    assert office.grades.proposals()[0].proposed == "普通"


def test_a_merged_file_is_not_evaluated(office, regular):
    other, _ = office.customers.register(customer(vehicles=()), act())
    office.grades.confirm(other, "普通", act())
    office.merging.merge(regular, other, "同一人", act())
    assert [p.customer_id for p in office.grades.proposals()] == [regular]
