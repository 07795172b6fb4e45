"""方案 A/B/C: one to three of the desk and one of the customer, each with a cost that can be one."""

import pytest

from crm_desktop.domain.errors import InvalidInput
from crm_desktop.domain.solutions import SolutionDraft, SolutionRow, checked_solution, next_letter
from tests.makers import faults


@pytest.mark.parametrize(
    ("draft", "fields"),
    [
        (SolutionDraft(" "), ["what"]),
        (SolutionDraft("换总成", cost_fen=-1), ["cost_fen"]),
        (SolutionDraft("", cost_fen=10**11), ["what", "cost_fen"]),
    ],
)
def test_an_option_that_says_nothing_or_costs_what_cannot_be_is_refused(draft, fields):
    with pytest.raises(InvalidInput) as refused:
        checked_solution(draft)
    assert list(faults(refused)) == fields


def test_an_option_is_cleaned():
    assert checked_solution(SolutionDraft(" 换总成\x00 ", 120_000, " 有现货 ")).what == "换总成"


@pytest.mark.parametrize(("taken", "letter"), [(set(), "A"), ({"A"}, "B"), ({"A", "C"}, "B"), ({"B", "C"}, "A")])
def test_an_option_gets_the_first_free_letter(taken, letter):
    assert next_letter(taken, by_customer=False) == letter


def test_there_are_three_options_and_one_of_the_customer():
    with pytest.raises(InvalidInput, match="最多三个"):
        next_letter({"A", "B", "C"}, by_customer=False)
    assert next_letter({"A", "B", "C"}, by_customer=True) == "客户"
    with pytest.raises(InvalidInput, match="已经有一条"):
        next_letter({"客户"}, by_customer=True)


def test_an_option_has_a_title():
    assert SolutionRow(1, 1, "B", SolutionDraft("x")).title == "方案B"
    assert SolutionRow(1, 1, "客户", SolutionDraft("x")).title == "客户方案"
