"""What a file of another system becomes: found or begun, completed and never overwritten, once only."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime

import pytest

from crm_desktop.domain.imports import (
    DuplicateRule,
    Imported,
    ImportedComplaint,
    ImportedCustomer,
    ImportedFollowUp,
    ImportedVisit,
    ImportKind,
    RowFault,
)
from crm_desktop.services.imports import ImportResult
from crm_desktop.services.office import Office

OLD = ImportedComplaint(
    row=2, digest="d1", source_number="S1", received_at=datetime(2020, 8, 29), words="漏油", brand="上汽大众"
)
LI = ImportedCustomer(
    row=2, digest="c1", name="李四", phones=("13811112222",), plate="沪A12345", vin="LSVAL41Z882104202"
)


def bring(office: Office, kind: ImportKind, *rows: Imported | RowFault, dry_run: bool = False) -> ImportResult:
    """One run over these rows."""
    return office.imports.run(kind, rows, "file.csv", office.desk.act("王敏", "导入"), dry_run=dry_run)


def complaints(office: Office, *rows: Imported | RowFault) -> ImportResult:
    """One run over complaints."""
    return bring(office, ImportKind.COMPLAINTS, *rows)


def customers(office: Office, *rows: Imported | RowFault) -> ImportResult:
    """One run over customers."""
    return bring(office, ImportKind.CUSTOMERS, *rows)


def test_an_old_complaint_becomes_history_with_its_own_number(office: Office) -> None:
    complaints(office, OLD)
    case = office.cases.case("S1")
    assert (case.number, case.history, case.fields["channel"], case.fields["severity"]) == (
        "TS20200829-001",
        True,
        "其他",
        "一般",
    )


def test_the_same_row_twice_is_skipped(office: Office) -> None:
    complaints(office, OLD)
    again = complaints(office, OLD, OLD)
    assert (again.added, again.skipped) == (0, 2)


def test_a_row_without_a_number_is_known_by_what_it_says(office: Office) -> None:
    bare = replace(OLD, source_number="")
    assert complaints(office, bare, replace(bare, row=3)).skipped == 1


def test_news_of_a_known_number_are_brought_in(office: Office) -> None:
    complaints(office, OLD)
    result = complaints(office, replace(OLD, digest="d2", correction="换油封"))
    assert result.updated == 1
    assert office.cases.case("S1").fields["correction"] == "换油封"


def test_another_case_under_a_known_number_is_refused(office: Office) -> None:
    complaints(office, OLD)
    other = replace(OLD, digest="d2", words="异响", received_at=datetime(2021, 1, 1))
    assert "已是另一张抱怨单" in complaints(office, other).faults[0].why


def test_a_row_without_a_day_is_refused_and_the_others_go_in(office: Office) -> None:
    result = complaints(office, replace(OLD, row=3, digest="d3", source_number="", received_at=None), OLD)
    assert (result.read, result.added, [fault.row for fault in result.faults]) == (2, 1, [3])


def test_a_dry_run_tells_the_counts_and_writes_nothing(office: Office) -> None:
    result = bring(office, ImportKind.COMPLAINTS, OLD, dry_run=True)
    assert result.added == 1
    assert office.desk.rows("SELECT COUNT(*) FROM complaints") == [(0,)]


def test_an_old_registers_columns_become_events_rework_and_call(office: Office) -> None:
    row = replace(
        OLD, responsible="张工", rework="外返", rework_order_number="RO1", done_on=date(2020, 8, 30),
        closed_on=date(2020, 8, 31), closed_by="总监", followed_up_on=date(2020, 9, 2), follow_up_result="满意",
    )  # fmt: skip
    complaints(office, row)
    register = next(office.registers.rows(date(2020, 8, 1), date(2020, 8, 31)))
    assert (register.rework_order_number, register.closed_on, register.closed_by, register.follow_up_result) == (
        "RO1",
        date(2020, 8, 31),
        "总监",
        "满意",
    )


def test_a_complaint_that_names_phone_and_plate_begins_their_files(office: Office) -> None:
    complaints(office, replace(OLD, customer_name="李四", phone="13811112222", plate="沪A12345"))
    assert office.cases.case("S1").customer_name == "李四"
    assert office.search.exact(plate="沪A12345")[0].phone == "13811112222"


def test_a_name_alone_begins_no_file(office: Office) -> None:
    complaints(office, replace(OLD, customer_name="李四"))
    assert office.customers.count() == 0


def test_one_customer_with_two_cars_stays_one(office: Office) -> None:
    result = customers(office, LI, replace(LI, row=3, digest="c2", plate="沪AD12345", vin=""))
    assert (office.customers.count(), result.added, result.updated) == (1, 1, 1)
    assert len(office.customers.profile(1).draft.vehicles) == 2


def test_blanks_are_filled_and_nothing_is_overwritten(office: Office) -> None:
    customers(office, LI)
    customers(office, replace(LI, digest="c2", address="上海", gender="男"), replace(LI, digest="c3", address="北京"))
    assert office.customers.profile(1).draft.address == "上海"


def test_another_owner_of_the_same_car_gets_a_file_and_the_owner_on_record_stays(office: Office) -> None:
    customers(office, LI, replace(LI, row=3, digest="c2", name="王五", phones=("13911112222",)))
    assert office.customers.count() == 2
    assert office.search.exact(plate="沪A12345")[0].name == "李四"


def test_a_car_on_file_without_an_owner_gets_the_one_a_list_names(office: Office) -> None:
    vin = "LSVAL41Z882104202"
    bring(office, ImportKind.VISITS, ImportedVisit(row=2, digest="v1", order_number="RO7", vin=vin))
    bring(office, ImportKind.CUSTOMERS, ImportedCustomer(row=2, digest="c1", name="李四", vin=vin))
    assert office.desk.rows("SELECT c.name FROM vehicles v JOIN customers c ON c.id = v.customer_id") == [("李四",)]


def test_a_visit_comes_in_once_and_finds_its_car(office: Office) -> None:
    customers(office, LI)
    visit = ImportedVisit(row=2, digest="v1", order_number="RO1", plate="沪A12345", came_on=date(2026, 11, 1))
    bring(office, ImportKind.VISITS, visit)
    bring(office, ImportKind.VISITS, visit)
    assert office.desk.rows("SELECT order_number, customer_id, vehicle_id FROM visits") == [("RO1", 1, 1)]


def test_a_call_belongs_to_the_complaint_it_names(office: Office) -> None:
    complaints(office, OLD)
    call = ImportedFollowUp(
        row=2,
        digest="f1",
        complaint_number="S1",
        called_at=datetime(2020, 9, 1, 10, 0),
        outcome="成功",
        satisfaction="满意",
    )
    bring(office, ImportKind.FOLLOWUPS, call)
    assert office.follow_ups.of_complaint("S1")[0].satisfaction == "满意"


def test_a_call_to_nobody_on_file_is_refused_with_what_to_do(office: Office) -> None:
    call = ImportedFollowUp(row=5, digest="f1", phone="13811112222", outcome="成功")
    fault = bring(office, ImportKind.FOLLOWUPS, call).faults[0]
    assert (fault.row, fault.why) == (5, "档案里没有这个电话或车牌的客户，请先导入客户档案。")


def test_after_every_kind_of_import_the_data_is_well(office: Office) -> None:
    customers(office, LI, replace(LI, row=3, digest="c2", address="上海"))
    complaints(office, OLD, replace(OLD, digest="d2", correction="换油封"))
    assert [finding.what for finding in office.upkeep.check() if finding.trouble] == []


def by_rule(office: Office, kind: ImportKind, rule: DuplicateRule, *rows: Imported) -> ImportResult:
    """One run by a chosen rule."""
    return office.imports.run(kind, rows, "file.csv", office.desk.act("王敏", "导入"), rule=rule)


@pytest.mark.parametrize(
    ("rule", "address", "gender", "updated"),
    [
        (DuplicateRule.SKIP, "上海", "", 0),
        (DuplicateRule.FILL, "上海", "男", 1),
        (DuplicateRule.OVERWRITE, "北京", "男", 1),
    ],
)
def test_a_customer_on_file_is_treated_by_the_rule(
    office: Office, rule: DuplicateRule, address: str, gender: str, updated: int
) -> None:
    customers(office, replace(LI, address="上海"))
    result = by_rule(office, ImportKind.CUSTOMERS, rule, replace(LI, digest="c2", address="北京", gender="男"))
    draft = office.customers.profile(1).draft
    assert (draft.address, draft.gender, result.updated) == (address, gender, updated)


def test_skipping_still_brings_a_known_customer_his_second_car(office: Office) -> None:
    customers(office, LI)
    by_rule(office, ImportKind.CUSTOMERS, DuplicateRule.SKIP, replace(LI, digest="c2", plate="沪AD12345", vin=""))
    assert len(office.customers.profile(1).draft.vehicles) == 2


def test_overwriting_never_takes_a_car_from_its_owner_on_record(office: Office) -> None:
    customers(office, LI)
    other = replace(LI, digest="c2", name="王五", phones=("13911112222",), colour="白")
    by_rule(office, ImportKind.CUSTOMERS, DuplicateRule.OVERWRITE, other)
    assert office.search.exact(plate="沪A12345")[0].name == "李四"
    assert office.customers.profile(1).draft.vehicles[0].colour == "白"


@pytest.mark.parametrize(
    ("rule", "solution", "demand"),
    [
        (DuplicateRule.SKIP, "换油封", ""),
        (DuplicateRule.FILL, "换油封", "退款"),
        (DuplicateRule.OVERWRITE, "换总成", "退款"),
    ],
)
def test_a_known_complaint_is_treated_by_the_rule(
    office: Office, rule: DuplicateRule, solution: str, demand: str
) -> None:
    complaints(office, replace(OLD, solution="换油封"))
    by_rule(office, ImportKind.COMPLAINTS, rule, replace(OLD, digest="d2", solution="换总成", demand="退款"))
    fields = office.cases.case("S1").fields
    assert (fields["solution"], fields["demand"]) == (solution, demand)


@pytest.mark.parametrize(
    ("rule", "mileage", "adviser"),
    [(DuplicateRule.SKIP, 10, ""), (DuplicateRule.FILL, 10, "张工"), (DuplicateRule.OVERWRITE, 20, "张工")],
)
def test_a_known_order_is_treated_by_the_rule(office: Office, rule: DuplicateRule, mileage: int, adviser: str) -> None:
    visit = ImportedVisit(row=2, digest="v1", order_number="RO1", plate="沪A12345", mileage=10)
    bring(office, ImportKind.VISITS, visit)
    by_rule(office, ImportKind.VISITS, rule, replace(visit, digest="v2", mileage=20, adviser="张工"))
    assert office.desk.rows("SELECT mileage, adviser FROM visits") == [(mileage, adviser)]


@pytest.mark.parametrize(
    ("rule", "feedback", "score"),
    [(DuplicateRule.SKIP, "好", None), (DuplicateRule.FILL, "好", 9), (DuplicateRule.OVERWRITE, "又响了", 9)],
)
def test_a_known_call_is_treated_by_the_rule(
    office: Office, rule: DuplicateRule, feedback: str, score: int | None
) -> None:
    customers(office, LI)
    call = ImportedFollowUp(
        row=2, digest="f1", source_number="H1", plate="沪A12345", called_at=datetime(2026, 11, 2), feedback="好"
    )
    bring(office, ImportKind.FOLLOWUPS, call)
    by_rule(office, ImportKind.FOLLOWUPS, rule, replace(call, digest="f2", feedback="又响了", score=9))
    assert office.desk.rows("SELECT feedback, score FROM follow_ups") == [(feedback, score)]


def test_a_call_that_names_only_an_order_belongs_to_the_customer_of_that_visit(office: Office) -> None:
    customers(office, LI)
    bring(office, ImportKind.VISITS, ImportedVisit(row=2, digest="v1", order_number="RO1", plate="沪A12345"))
    bring(office, ImportKind.FOLLOWUPS, ImportedFollowUp(row=2, digest="f1", order_number="RO1", outcome="成功"))
    assert office.desk.rows("SELECT customer_id, vehicle_id FROM follow_ups") == [(1, 1)]
