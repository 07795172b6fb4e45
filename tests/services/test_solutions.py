"""方案 A/B/C: offered, judged by the customer, one agreed upon and carried out; asked for only where it matters."""

import pytest

from crm_desktop.domain.closing import NotReady
from crm_desktop.domain.errors import InvalidInput, NotAllowed, NotFound
from crm_desktop.domain.solutions import SolutionDraft
from crm_desktop.domain.staff import Role
from tests.makers import SOLVED, director
from tests.services.procedure import assigned, by, received

TECHNICAL = by(Role.TECHNICAL_DIRECTOR)
EXCHANGE, REPAIR = SolutionDraft("更换总成", 1_860_000, "三天到货"), SolutionDraft("更换阀体", 386_000)


def propose(office, number, *drafts):
    """Options of a complaint; their ids."""
    return [office.solutions.propose(number, draft, TECHNICAL) for draft in drafts]


def test_options_get_letters_costs_and_opinions(office):
    saved = assigned(office)
    first, _, own = propose(office, saved.number, EXCHANGE, REPAIR, SolutionDraft("退车", by_customer=True))
    office.solutions.amend(first, 1, SolutionDraft("更换总成", 1_800_000, opinion="太久"), TECHNICAL)
    rows = office.solutions.of_complaint(saved.number)
    assert [(row.title, row.draft.cost_fen, row.draft.opinion) for row in rows] == [
        ("方案A", 1_800_000, "太久"),
        ("方案B", 386_000, ""),
        ("客户方案", 0, ""),
    ]
    assert rows[2].id == own


def test_a_fourth_option_waits_until_one_is_taken_back(office):
    saved = assigned(office)
    ids = propose(office, saved.number, EXCHANGE, REPAIR, EXCHANGE)
    with pytest.raises(InvalidInput, match="最多三个"):
        propose(office, saved.number, REPAIR)
    office.solutions.take_back(ids[1], 1, TECHNICAL)
    propose(office, saved.number, REPAIR)
    assert [row.letter for row in office.solutions.of_complaint(saved.number)] == ["A", "C", "B"]
    with pytest.raises(NotFound):
        office.solutions.agree(ids[1], 2, TECHNICAL)


def test_the_agreed_option_is_the_one_carried_out_and_there_is_one(office):
    saved = assigned(office)
    first, second = propose(office, saved.number, EXCHANGE, REPAIR)
    office.solutions.agree(first, 1, TECHNICAL)
    assert office.cases.case(saved.number).fields["solution"] == "更换总成"
    office.solutions.agree(second, 1, TECHNICAL)
    assert [bool(row.agreed_at) for row in office.solutions.of_complaint(saved.number)] == [False, True]


@pytest.mark.parametrize(
    ("severity", "compensation", "wanted"),
    [("一般", None, False), ("一般", 500_000, False), ("一般", 500_001, True), ("重大", None, True)],
)
def test_only_a_major_complaint_or_a_high_compensation_asks_for_an_option(office, severity, compensation, wanted):
    saved = received(office, severity=severity)
    saved = office.complaints.amend(saved.number, 1, {"compensation_fen": compensation}, by(Role.DIRECTOR))
    assert office.solutions.wanted(saved.number) is wanted
    if not wanted:
        assert office.complaints.resolve(saved.number, saved.ver, TECHNICAL, fields=SOLVED).state == "已解决"
        return
    with pytest.raises(NotReady, match="请先写方案"):
        office.complaints.resolve(saved.number, saved.ver, TECHNICAL, fields=SOLVED)


def test_a_void_complaint_takes_no_option(office):
    saved = received(office)
    office.complaints.void(saved.number, saved.ver, director(), "打错电话")
    with pytest.raises(NotAllowed, match="已作废"):
        propose(office, saved.number, EXCHANGE)
