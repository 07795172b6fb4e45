"""撤销一次导入: the content is as before, whatever kind of file came in; what was touched since stays and is named."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime
from typing import Any

import pytest

from crm_desktop.domain.errors import NotAllowed, NotFound
from crm_desktop.domain.imports import (
    DuplicateRule,
    Imported,
    ImportedComplaint,
    ImportedCustomer,
    ImportedFollowUp,
    ImportedVisit,
    ImportKind,
    UndoResult,
)
from crm_desktop.domain.papers import Paper
from crm_desktop.services.handouts import Handouts
from crm_desktop.services.office import Office
from tests.makers import complaint

LI = ImportedCustomer(
    row=2, digest="c1", name="李四", phones=("13811112222",), plate="沪A12345", vin="LSVAL41Z882104202"
)
WANG = ImportedCustomer(row=3, digest="c2", name="王五", phones=("13911112222", "02162345678"), plate="沪B12345")
OLD = ImportedComplaint(
    row=2, digest="d1", source_number="S1", received_at=datetime(2020, 8, 29), words="漏油", customer_name="王五",
    phone="13911112222", plate="沪B12345", responsible="张工", rework="外返", rework_order_number="RO1",
    done_on=date(2020, 8, 30), closed_on=date(2020, 8, 31), followed_up_on=date(2020, 9, 2), follow_up_result="满意",
)  # fmt: skip
VISIT = ImportedVisit(
    row=2, digest="v1", order_number="RO7", plate="沪C12345", phone="13711112222", customer_name="赵六"
)
CALL = ImportedFollowUp(
    row=2, digest="f1", source_number="H1", phone="13811112222", outcome="成功", satisfaction="满意"
)
APART = {"history", "imports", "counters", "facts"}


def content(office: Office) -> dict[str, list[tuple[Any, ...]]]:
    """Every row of every table but history, import log, number counters and the index that follows from the rest."""
    names = office.desk.rows("SELECT name FROM sqlite_master WHERE type = 'table'")
    tables = sorted(n for (n,) in names if n not in APART and not n.startswith(("search_", "sqlite_")))
    return {table: sorted(office.desk.rows(f"SELECT * FROM {table}"), key=repr) for table in tables}


def unversioned(office: Office, table: str) -> list[tuple[Any, ...]]:
    """The rows of a table without ``ver``, which never goes back."""
    names = [row[1] for row in office.desk.rows(f"PRAGMA table_info({table})") if row[1] != "ver"]
    return office.desk.rows(f"SELECT {', '.join(names)} FROM {table}")


def bring(office: Office, kind: ImportKind, *rows: Imported, rule: DuplicateRule | None = None) -> int:
    """One run; returns its number."""
    return office.imports.run(kind, rows, "旧档案.xlsx", office.desk.act("王敏", "导入"), rule=rule).run


def undo(office: Office, run: int) -> UndoResult:
    """Takes it back."""
    return office.imports.undo(run, office.desk.act("王敏", "导入"))


def move(office: Office, address: str) -> None:
    """Somebody writes another address into the first file."""
    profile = office.customers.profile(1)
    office.customers.amend(1, profile.ver, replace(profile.draft, address=address), office.desk.act("王敏", "客户"))


def troubles(office: Office) -> list[str]:
    """What the check of the whole home finds: chain, seals, references, search index."""
    return [finding.trouble for finding in office.upkeep.check() if finding.trouble]


@pytest.mark.parametrize(
    ("kind", "row"),
    [
        (ImportKind.CUSTOMERS, WANG),
        (ImportKind.VISITS, VISIT),
        (ImportKind.COMPLAINTS, OLD),
        (ImportKind.FOLLOWUPS, CALL),
    ],
)
def test_after_the_undo_of_any_kind_the_content_is_as_before(office: Office, kind: ImportKind, row: Imported) -> None:
    bring(office, ImportKind.CUSTOMERS, LI)
    before = content(office)
    run = bring(office, kind, row)
    assert content(office) != before
    assert undo(office, run).stays == ()
    assert content(office) == before
    assert troubles(office) == []


@pytest.mark.parametrize("rule", [DuplicateRule.FILL, DuplicateRule.OVERWRITE])
def test_what_an_import_wrote_into_older_records_goes_back(office: Office, rule: DuplicateRule) -> None:
    bring(office, ImportKind.CUSTOMERS, LI)
    before = unversioned(office, "customers"), unversioned(office, "vehicles"), content(office)["contacts"]
    richer = replace(
        LI, digest="c9", address="上海", mileage=12_000, phones=("13811112222", "02111112222"), kind="单位"
    )
    result = undo(office, bring(office, ImportKind.CUSTOMERS, richer, rule=rule))
    assert (result.restored, result.stays) == (2, ())
    assert (unversioned(office, "customers"), unversioned(office, "vehicles"), content(office)["contacts"]) == before
    assert troubles(office) == []


def test_a_complaint_that_got_news_says_again_what_it_said(office: Office) -> None:
    bring(office, ImportKind.COMPLAINTS, OLD)
    before = unversioned(office, "complaints")
    run = bring(
        office, ImportKind.COMPLAINTS, replace(OLD, digest="d2", correction="换油封", planned_on=date(2020, 9, 1))
    )
    assert unversioned(office, "complaints") != before
    undo(office, run)
    assert unversioned(office, "complaints") == before


def test_a_field_somebody_corrected_since_stays_and_is_named(office: Office) -> None:
    bring(office, ImportKind.CUSTOMERS, LI)
    run = bring(office, ImportKind.CUSTOMERS, replace(LI, digest="c9", address="上海", gender="男"))
    move(office, "苏州")
    result = undo(office, run)
    assert result.sentence("旧档案.xlsx") == (
        "已撤销“旧档案.xlsx”的导入：还原 1 条；留下的有：客户 李四里补过的内容（之后有人改过）。"
    )
    assert (office.customers.profile(1).draft.address, office.customers.profile(1).draft.gender) == ("苏州", "")


def test_a_file_that_was_changed_since_stays_whole_and_the_others_go(office: Office) -> None:
    run = bring(office, ImportKind.CUSTOMERS, LI, WANG)
    move(office, "苏州")
    result = undo(office, run)
    assert result.stays == ("客户 李四（之后有人改过）",)
    assert office.customers.count() == 1
    assert [vehicle.plate for vehicle in office.customers.profile(1).draft.vehicles] == ["沪A12345"]
    assert [contact.value for contact in office.customers.profile(1).draft.contacts] == ["13811112222"]


def test_a_file_that_is_in_use_since_stays(office: Office) -> None:
    run = bring(office, ImportKind.CUSTOMERS, LI, WANG)
    office.complaints.register(complaint(customer_id=2, vehicle_id=2), office.desk.act("王敏", "抱怨"))
    result = undo(office, run)
    assert set(result.stays) == {"客户 王五（之后的记录用到它）", "车辆 沪B12345（之后的记录用到它）"}
    assert office.customers.count() == 1
    assert troubles(office) == []


def test_changed_and_changed_back_is_not_changed(office: Office) -> None:
    run = bring(office, ImportKind.CUSTOMERS, LI)
    for address in ("苏州", ""):
        move(office, address)
    assert undo(office, run).stays == ()
    assert office.customers.count() == 0


def test_imports_are_undone_in_any_order(office: Office) -> None:
    before = content(office)
    first = bring(office, ImportKind.CUSTOMERS, LI)
    second = bring(office, ImportKind.CUSTOMERS, WANG)
    third = bring(office, ImportKind.COMPLAINTS, OLD)
    assert len(undo(office, second).stays) == 2
    undo(office, third)
    undo(office, first)
    assert {table: len(rows) for table, rows in content(office).items()} == {
        table: {"customers": 1, "vehicles": 1, "contacts": 2}.get(table, len(rows)) for table, rows in before.items()
    }


def test_what_was_taken_out_is_found_no_more_and_its_number_is_never_given_again(office: Office) -> None:
    undo(office, bring(office, ImportKind.CUSTOMERS, LI, WANG))
    assert office.search.find("李四") == []
    assert office.search.find("12345") == []
    bring(office, ImportKind.CUSTOMERS, WANG)
    assert [row[0] for row in office.desk.rows("SELECT id FROM customers")] == [3]
    assert troubles(office) == []


def test_the_same_file_comes_in_again_after_its_undo(office: Office) -> None:
    undo(office, bring(office, ImportKind.COMPLAINTS, OLD))
    assert bring(office, ImportKind.COMPLAINTS, OLD) == 2
    assert office.cases.case("S1").fields["words"] == "漏油"


def test_nothing_personal_of_what_was_taken_out_stays_in_the_history(office: Office) -> None:
    undo(office, bring(office, ImportKind.CUSTOMERS, LI))
    told = office.desk.rows("SELECT old, new FROM history WHERE entity IN ('customers', 'contacts', 'vehicles')")
    assert set(told) == {(None, None)}


def test_an_import_is_taken_back_once(office: Office) -> None:
    run = bring(office, ImportKind.CUSTOMERS, LI)
    undo(office, run)
    with pytest.raises(NotAllowed, match="已经撤销过"):
        undo(office, run)
    with pytest.raises(NotFound):
        undo(office, 99)


def test_a_cancelled_undo_leaves_everything_as_it_is(office: Office) -> None:
    run = bring(office, ImportKind.CUSTOMERS, LI)
    before = content(office)

    def stop(_done: int, _total: int) -> None:
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        office.imports.undo(run, office.desk.act("王敏", "导入"), progress=stop)
    assert content(office) == before
    assert office.imports.runs()[0].undone_at is None


def test_the_list_of_imports_tells_what_each_did_and_who_took_it_back(office: Office) -> None:
    run = bring(office, ImportKind.CUSTOMERS, LI, LI)
    undo(office, run)
    told = office.imports.runs()[0]
    assert (told.file_name, told.read, told.added, told.undone_by) == ("旧档案.xlsx", 1, 1, "王敏")


def test_what_was_only_printed_since_goes_with_its_run(office: Office) -> None:
    run = bring(office, ImportKind.COMPLAINTS, OLD)
    number = office.desk.rows("SELECT number FROM complaints")[0][0]
    Handouts(office.desk).note(number, Paper.COMPLAINT, "打印 1 份", office.desk.act("王敏", "打印"))
    undo(office, run)
    assert office.desk.rows("SELECT COUNT(*) FROM complaints") == [(0,)]
    assert troubles(office) == []
