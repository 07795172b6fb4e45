"""编制, 签字, 审阅: an edition stays as it was, is signed in order and once, and comments go into the next one."""

from __future__ import annotations

from pathlib import Path

import pytest

from crm_desktop.domain.acts import Act
from crm_desktop.domain.errors import InvalidInput, NotAllowed
from crm_desktop.domain.monthly_behind import figure_ids
from crm_desktop.domain.monthly_changes import changed_since, numbers
from crm_desktop.domain.monthly_report import report_blocks
from crm_desktop.domain.report_sheet import Remark, read_blocks, spoken
from crm_desktop.domain.rights import rights_of
from crm_desktop.domain.staff import Role
from crm_desktop.papers.monthly import MonthlyPaper
from crm_desktop.services.monthly_editions import FINAL, TO_REVIEW, TO_SIGN, Edition
from crm_desktop.services.monthly_lists import MonthlyLists
from crm_desktop.services.office import Office
from tests.makers import act, at, director, registered
from tests.services.month_by_hand import ByHand
from tests.services.numbers_checked import agrees, numbers_of
from tests.services.records import care

PERIOD = "2026-11"


def manager() -> Act:
    """总经理."""
    roles = (Role.GENERAL_MANAGER,)
    return Act("郑远航", act().at, "报表", roles=roles, rights=rights_of(roles))


def test_an_edition_is_signed_by_the_director_and_then_reviewed(office: Office):
    registered(office)
    assert office.monthly.freeze(PERIOD, care()).state == TO_SIGN
    assert office.editions.sign(PERIOD, "同意", director()).state == TO_REVIEW
    final = office.editions.review(PERIOD, "下月重点抓返修", manager())
    assert final.state == FINAL
    assert [(one.role, one.who, one.opinion) for one in final.signed] == [
        ("服务总监", director().who, "同意"),
        ("总经理", "郑远航", "下月重点抓返修"),
    ]


def test_the_manager_waits_for_the_director(office: Office):
    office.monthly.freeze(PERIOD, care())
    with pytest.raises(NotAllowed, match="请先由服务总监签字"):
        office.editions.review(PERIOD, "", manager())


def test_nobody_signs_twice_or_what_is_not_there(office: Office):
    with pytest.raises(NotAllowed, match="还没有编制月报"):
        office.editions.sign(PERIOD, "", director())
    office.monthly.freeze(PERIOD, care())
    office.editions.sign(PERIOD, "", director())
    with pytest.raises(NotAllowed, match="已经签过"):
        office.editions.sign(PERIOD, "", director())
    office.editions.review(PERIOD, "", manager())
    with pytest.raises(NotAllowed, match="第 1 版已经定稿"):
        office.editions.review(PERIOD, "", manager())


def test_what_changes_after_the_signatures_makes_a_new_edition_beside_the_old_one(office: Office):
    office.monthly.freeze(PERIOD, care())
    office.editions.sign(PERIOD, "", director())
    registered(office)
    office.monthly.freeze(PERIOD, care())
    latest, first = office.editions.of(PERIOD)
    assert (latest.edition, latest.state, first.state) == (2, TO_SIGN, TO_REVIEW)
    assert first.content["figures"]["抱怨/投诉件数"]["ids"] == []


def test_a_comment_stands_under_its_section_with_its_writer(office: Office):
    office.editions.comment(PERIOD, "clocks", "超期都因等件，已催厂家", care())
    (remark,) = [one for one in report_blocks(office.monthly.of(PERIOD)) if isinstance(one, Remark)]
    assert remark == Remark("超期都因等件，已催厂家", "叶清扬 2026-11-21")


def test_a_comment_is_replaced_and_taken_away(office: Office):
    for text in ("一", "二", ""):
        office.editions.comment(PERIOD, "clocks", text, care())
    assert office.editions.comments(PERIOD) == ()


def test_other_cases_can_be_chosen_and_the_rule_comes_back(office: Office):
    numbers = [registered(office, received_at=at(f"2026-11-0{n} 09:00")).number for n in range(1, 6)]
    plain = [case.number for case in office.monthly.of(PERIOD).typical]
    office.editions.choose_cases(PERIOD, [numbers[4], numbers[3]], care())
    assert [case.number for case in office.monthly.of(PERIOD).typical] == [numbers[4], numbers[3]]
    office.editions.choose_cases(PERIOD, [], care())
    assert [case.number for case in office.monthly.of(PERIOD).typical] == plain


def test_a_case_of_another_month_is_refused(office: Office):
    number = registered(office, received_at=at("2026-10-08 09:00")).number
    with pytest.raises(InvalidInput, match="不是 2026-11 的抱怨单"):
        office.editions.choose_cases(PERIOD, [number], care())


def test_the_head_of_the_history_stands_in_the_report(office: Office):
    registered(office)
    count = office.desk.rows("SELECT COUNT(*) FROM history")[0][0]
    assert office.monthly.of(PERIOD).history_head.startswith(f"{count} 条，链头 ")


def test_who_signed_stands_in_the_blocks_to_sign(office: Office, tmp_path: Path):
    office.monthly.freeze(PERIOD, care())
    office.editions.sign(PERIOD, "同意", director())
    sheet = MonthlyPaper(office.desk).sheet(PERIOD)
    assert sheet.signatures == (
        "编制（客户关爱部）：叶清扬 2026-11-21",
        f"服务总监审阅：{director().who} 2026-11-21 同意",
        "总经理审阅：",
    )
    assert sheet.mark == "第 1 版（叶清扬 2026-11-21 编制，待总经理审阅）"
    for name in ("月报.pdf", "月报.xlsx"):
        assert MonthlyPaper(office.desk).write(PERIOD, tmp_path / name).path.stat().st_size > 0


def test_a_frozen_report_opens_the_rows_of_then(office: Office):
    """Every number of it, whatever has come in since."""
    first, *_ = (registered(office) for _ in range(3))
    frozen = office.monthly.freeze(PERIOD, care())
    office.complaints.void(first.number, first.ver, director(), "重复登记")
    registered(office)
    lists, found = MonthlyLists(office.desk), 0
    for number in numbers_of(read_blocks(frozen.content["blocks"])[1:]):
        behind = lists.opened(number.link, frozen.content["figures"])
        assert number.link, number
        assert agrees(number, behind, ByHand({"follow_ups": [], "complaints": []})), number
        found += 1
    assert found > 40


def changes(office: Office, edition: Edition) -> list[str]:
    """What an edition tells otherwise than it is now, as it is read."""
    month = office.monthly.of(PERIOD)
    return [spoken(told).text for told in changed_since(edition.content, numbers(month), figure_ids(month))]


def test_nothing_is_told_of_an_edition_that_still_holds(office: Office):
    registered(office)
    assert changes(office, office.monthly.freeze(PERIOD, care())) == []


def test_a_change_of_any_number_is_told(office: Office):
    """Not only of how many there are: here the category of one."""
    saved = registered(office, category="维修质量")
    frozen = office.monthly.freeze(PERIOD, care())
    office.complaints.amend(saved.number, saved.ver, {"category": "服务态度"}, director())
    assert changes(office, frozen) == ["类别：维修质量 1 → –", "类别：服务态度 – → 1"]


def test_more_than_three_changes_are_counted(office: Office):
    registered(office)
    frozen = office.monthly.freeze(PERIOD, care())
    registered(office, severity="重大")
    *told, more = changes(office, frozen)
    assert told[:2] == ["抱怨/投诉件数 1 → 2", "重大件数 0 → 1"]
    assert len(told) == 3
    assert more.startswith("另有 ")


def test_as_many_of_other_complaints_is_a_change(office: Office):
    first = registered(office)
    frozen = office.monthly.freeze(PERIOD, care())
    office.complaints.void(first.number, first.ver, director(), "重复登记")
    registered(office)
    assert changes(office, frozen)[0] == "抱怨/投诉件数 1 → 1（换了单）"


def test_an_edition_from_before_all_numbers_were_kept_is_compared_by_its_counts(office: Office):
    registered(office)
    frozen = office.monthly.freeze(PERIOD, care())
    del frozen.content["numbers"]
    registered(office)
    assert changes(office, frozen) == ["抱怨/投诉件数 1 → 2"]
