"""存档: a number, a place, a lock, and years that are counted by the calendar."""

from __future__ import annotations

from datetime import date

import pytest

from crm_desktop.domain.archive import FilingDraft, expires_on
from crm_desktop.domain.errors import InvalidInput, NotAllowed
from crm_desktop.domain.reworks import ReworkDraft
from crm_desktop.services.filings import guard
from crm_desktop.services.office import Office
from crm_desktop.services.rules import RuleName
from tests.makers import act, closed, complete, day, director, faults, registered
from tests.services.records import care, filed


def test_a_closed_complaint_gets_its_number_place_and_time(office: Office):
    saved = filed(office)
    filing = office.filings.of_id(saved.id)
    assert (saved.state, filing.number, filing.place, filing.filed_by) == (
        "已存档",
        "GD2026-0001",
        "A柜 3 盒",
        "叶清扬",
    )
    assert (filing.filed_on, filing.expires_on) == (date(2026, 11, 21), date(2028, 11, 21))


def test_numbers_run_through_the_year(office: Office):
    filed(office)
    filed(office, plate="沪C99999")
    assert [one.number for one in office.filings.fetch(office.filings.ids())] == ["GD2026-0002", "GD2026-0001"]


def test_what_is_not_closed_is_not_filed(office: Office):
    saved = registered(office)
    with pytest.raises(NotAllowed):
        office.archive.file(saved.number, saved.ver, FilingDraft("A柜"), care())


def test_only_the_care_department_files(office: Office):
    saved = closed(office)
    with pytest.raises(NotAllowed) as refused:
        office.archive.file(saved.number, saved.ver, FilingDraft("A柜"), director())
    assert "客户关爱员" in refused.value.sentence


def test_without_a_place_nothing_is_filed(office: Office):
    saved = closed(office)
    with pytest.raises(InvalidInput) as refused:
        office.archive.file(saved.number, saved.ver, FilingDraft(" "), care())
    assert "place" in faults(refused)


@pytest.mark.parametrize("on", [day(-1), day(1)])
def test_it_is_filed_between_its_closing_and_today(office: Office, on: date):
    saved = closed(office)
    with pytest.raises(InvalidInput):
        office.archive.file(saved.number, saved.ver, FilingDraft("A柜", on), care())


@pytest.mark.parametrize(
    ("filed_on", "years", "free_on"),
    [
        (date(2026, 11, 21), 2, date(2028, 11, 21)),
        (date(2024, 2, 29), 2, date(2026, 3, 1)),
        (date(2024, 2, 29), 4, date(2028, 2, 29)),
        (date(2023, 3, 1), 2, date(2025, 3, 1)),
        (date(2026, 12, 31), 6, date(2032, 12, 31)),
    ],
)
def test_years_are_counted_by_the_calendar_and_never_a_day_early(filed_on: date, years: int, free_on: date):
    assert expires_on(filed_on, years) == free_on


def test_a_rework_makes_it_six_years(office: Office):
    saved = complete(office)
    rework = ReworkDraft(order_number="RO1", came_on=day(0), finished_on=day(0))
    office.reworks.register(saved.number, rework, director())
    saved = office.complaints.close(saved.number, saved.ver, director())
    office.archive.file(saved.number, saved.ver, FilingDraft("A柜"), care())
    assert office.filings.of_id(saved.id).expires_on == date(2032, 11, 21)


def test_an_order_number_alone_does_not_lengthen_it(office: Office):
    saved = filed(office, order_number="RO2611030027")
    assert office.filings.of_id(saved.id).years == 2


def test_a_longer_rule_holds_for_what_is_filed_already_a_shorter_one_does_not(office: Office):
    saved = filed(office)
    office.rules.change(RuleName.RETENTION, {"years": 3, "years_with_rework": 6}, act(), "延长")
    assert office.filings.of_id(saved.id).expires_on == date(2029, 11, 21)
    office.rules.change(RuleName.RETENTION, {"years": 1, "years_with_rework": 6}, act(), "缩短")
    assert office.filings.of_id(saved.id).expires_on == date(2028, 11, 21)


@pytest.mark.parametrize(
    ("years", "with_rework", "told"),
    [(2, 6, "保存期限：二年（含返修六年）"), (3, 3, "保存期限：三年"), (12, 2, "保存期限：12年")],
)
def test_papers_say_how_long_they_are_kept_by_the_rule_in_force(
    office: Office, years: int, with_rework: int, told: str
):
    office.rules.change(RuleName.RETENTION, {"years": years, "years_with_rework": with_rework}, act(), "本店规定")
    number = registered(office).number
    assert office.sheets.complaint(number).footer_middle == office.sheets.blank().footer_middle == told
    forms = (*office.record_sheets.solution(number), *office.record_sheets.evaluations(number))
    assert {form.footer_middle for form in forms} == {told}
    assert office.registers.retention_words() == told


@pytest.mark.parametrize("years", ["0", "-2", "两年", "2.5", "100"])
def test_years_that_are_none_are_refused(office: Office, years: str):
    with pytest.raises(InvalidInput):
        office.rules.change(RuleName.RETENTION, {"years": years, "years_with_rework": 6}, act(), "试试")


def test_a_filed_complaint_is_locked_and_says_where_to_write(office: Office):
    saved = filed(office)
    with pytest.raises(NotAllowed) as refused:
        guard(office.desk, saved.id)
    assert "GD2026-0001" in refused.value.sentence
    assert "更正说明" in refused.value.sentence


def test_what_is_not_filed_passes_the_guard(office: Office):
    guard(office.desk, closed(office).id)


def test_a_correction_stands_beside_the_old_text(office: Office):
    saved = filed(office)
    before = office.cases.case(saved.number).fields
    office.archive.add_correction(saved.number, "行驶里程", "应为 38,620 km，登记时少写一位。", care())
    assert office.cases.case(saved.number).fields == before
    assert [(c.about, c.who) for c in office.filings.corrections(saved.id)] == [("行驶里程", "叶清扬")]


def test_before_filing_a_text_is_corrected_itself(office: Office):
    with pytest.raises(NotAllowed):
        office.archive.add_correction(closed(office).number, "里程", "应为 38,620 km", care())


def test_a_correction_says_what_and_about_what(office: Office):
    saved = filed(office)
    with pytest.raises(InvalidInput) as refused:
        office.archive.add_correction(saved.number, "", " ", care())
    assert set(faults(refused)) == {"about", "text"}


def test_a_box_may_move(office: Office):
    saved = filed(office)
    office.archive.move(saved.number, "B柜 1 盒", care())
    assert office.filings.of_id(saved.id).place == "B柜 1 盒"


def test_check_finds_nothing_wrong_with_an_archive(office: Office):
    saved = filed(office)
    office.archive.add_correction(saved.number, "里程", "应为 38,620 km", care())
    assert [finding for finding in office.upkeep.check() if finding.trouble] == []
