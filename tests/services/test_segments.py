"""Customers by what is known of them, and filters kept under a name."""

from __future__ import annotations

from pathlib import Path

import pytest
from openpyxl import load_workbook

from crm_desktop.domain.errors import InvalidInput
from crm_desktop.domain.profile import FactsDraft
from crm_desktop.domain.segments import CustomerFilter
from crm_desktop.papers.customer_lists import CustomerList
from crm_desktop.services.office import Office
from tests.makers import act, customer, day, vehicle
from tests.services.profile_world import known, visit

MEANT = [
    CustomerFilter(grade="VIP"),
    CustomerFilter(stage="成交"),
    CustomerFilter(owner="梁晓雯"),
    CustomerFilter(region="市区"),
    CustomerFilter(trade="企业", kind="个人"),
    CustomerFilter(tag="怕等待"),
    CustomerFilter(brand="上汽大众"),
    CustomerFilter(came_from=day(-5), came_to=day(0)),
    CustomerFilter(grade="VIP", tag="怕等待", came_from=day(-5)),
]


@pytest.fixture
def two(office: Office) -> tuple[int, int]:
    """One customer of whom everything is told, and one of whom nothing is. Their ids."""
    found, _ = known(office)
    other, _ = office.customers.register(
        customer(name="王强", contacts=(), vehicles=(vehicle(plate="沪B1", vin="", brand=""),)), act()
    )
    office.profiles.amend_facts(found, 1, FactsDraft(trade="企业", do_not_disturb=True), act())
    office.grades.confirm(found, "VIP", act(), "会长")
    office.profiles.move_stage(found, "成交", act())
    office.owners.assign([found], "梁晓雯", act(), region="市区")
    office.profiles.tag(found, "怕等待", act())
    visit(office, day(-3))
    return found, other


@pytest.mark.parametrize("wanted", MEANT, ids=str)
def test_only_those_are_found_of_whom_every_word_holds(office: Office, two: tuple[int, int], wanted: CustomerFilter):
    assert office.segments.ids(wanted) == [two[0]]
    assert office.segments.count(wanted) == 1


def test_an_empty_filter_finds_everybody_page_by_page(office: Office, two: tuple[int, int]) -> None:
    assert office.segments.ids(CustomerFilter()) == [two[1], two[0]]
    assert office.segments.ids(CustomerFilter(), two[1], 1) == [two[0]]


def test_those_who_may_be_called_who_stayed_away_and_who_lack_something(office: Office, two: tuple[int, int]) -> None:
    assert office.segments.ids(CustomerFilter(contactable=True)) == [two[1]]
    assert office.segments.ids(CustomerFilter(stayed_away_since=day(-9))) == [two[1]]
    assert office.segments.ids(CustomerFilter(gap="缺手机")) == [two[1]]
    assert office.segments.ids(CustomerFilter(gap="久未核实", grade="VIP", tag="怕等待")) == [two[0]]


def test_a_filter_is_kept_under_a_name_for_whoever_kept_it(office: Office) -> None:
    wanted = CustomerFilter(grade="VIP", came_from=day(-30), contactable=True)
    kept = office.segments.save("重要客户", wanted, act())
    assert [(row.name, row.filter) for row in office.segments.saved("谢文杰")] == [("重要客户", wanted)]
    assert office.segments.saved("叶清扬") == []
    assert office.segments.save("重要客户", CustomerFilter(grade="大客户"), act()) == kept
    (row,) = office.segments.saved("谢文杰")
    assert row.filter.grade == "大客户"
    office.segments.remove(row.id, row.ver, act())
    assert office.segments.saved("谢文杰") == []


def test_a_filter_that_cannot_be_is_refused(office: Office) -> None:
    with pytest.raises(InvalidInput, match="起个名称"):
        office.segments.save(" ", CustomerFilter(), act())
    with pytest.raises(InvalidInput, match="资料缺口"):
        office.segments.ids(CustomerFilter(gap="缺钱"))
    with pytest.raises(InvalidInput, match="早于开始"):
        office.segments.count(CustomerFilter(came_from=day(0), came_to=day(-1)))


def test_the_customers_of_a_filter_leave_with_masked_phones(office: Office, two: tuple[int, int], tmp_path: Path):
    meant = office.segments.ids(CustomerFilter(grade="VIP"))
    CustomerList(office.customers, office.settings).write(tmp_path / "vip.xlsx", ids=meant)
    cells = [str(cell.value) for row in load_workbook(tmp_path / "vip.xlsx").active for cell in row]
    assert "138****5521" in cells
    assert "王强" not in cells
