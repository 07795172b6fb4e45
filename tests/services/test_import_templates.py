"""Every described export comes in as it should, and after its undo the content is as before (issue 4)."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from crm_desktop.domain.imports import ImportKind
from crm_desktop.papers.imports import ImportPaper, ImportReport
from crm_desktop.papers.registers import RegisterPaper
from crm_desktop.services.office import Office, open_office
from tests.importers.described import DESCRIBED
from tests.services.test_import_undo import content, troubles, undo


def bring(office: Office, name: str, folder: Path) -> ImportReport:
    """One described file, as the likeliest kind."""
    path = DESCRIBED[name].write(folder)
    paper = ImportPaper(office.desk, office.imports)
    return paper.run(paper.look(path).kind, path, office.desk.act("王敏", "导入"))


@pytest.mark.parametrize("name", DESCRIBED)
def test_a_described_export_is_told_for_what_it_is_and_every_column_is_known(
    office: Office, name: str, tmp_path: Path
) -> None:
    path = DESCRIBED[name].write(tmp_path)
    paper = ImportPaper(office.desk, office.imports)
    sight = paper.look(path)
    columns = zip(sight.headings, sight.choices, sight.samples, strict=True)
    left = [heading for heading, word, samples in columns if samples and not word]
    assert sight.kind == DESCRIBED[name].kind
    assert left in ([], ["序号"])


@pytest.mark.parametrize("name", DESCRIBED)
def test_a_described_export_is_brought_in_and_undone(office: Office, name: str, tmp_path: Path) -> None:
    described = DESCRIBED[name]
    for needed in described.needs:
        bring(office, needed, tmp_path)
    before = content(office)
    result = bring(office, name, tmp_path).result
    refused = len({fault.row for fault in result.faults})
    assert (result.added, result.updated, refused) == (described.added, described.updated, described.refused)
    assert content(office) != before
    assert undo(office, result.run).stays == ()
    assert {t: [row_less_version(t, r, office) for r in rows] for t, rows in content(office).items()} == {
        t: [row_less_version(t, r, office) for r in rows] for t, rows in before.items()
    }
    assert troubles(office) == []


def row_less_version(table: str, row: tuple[object, ...], office: Office) -> tuple[object, ...]:
    """A row without ``ver``: what went back was written twice more."""
    names = [told[1] for told in office.desk.rows(f"PRAGMA table_info({table})")]
    return tuple(value for name, value in zip(names, row, strict=True) if name != "ver")


def test_the_contact_of_a_company_without_a_car_is_one_of_its_numbers(office: Office, tmp_path: Path) -> None:
    bring(office, "用友车主", tmp_path)
    told = office.desk.rows("SELECT value, role, name FROM contacts WHERE customer_id = 2 ORDER BY position")
    assert told == [("02162340002", "车主", ""), ("13800000002", "联系人", "周二")]


def test_a_car_of_two_owners_stays_with_the_first_and_who_brings_it_is_kept_apart(
    office: Office, tmp_path: Path
) -> None:
    bring(office, "一车多主", tmp_path)
    found = office.desk.rows("SELECT c.name, v.brought_by, v.brought_by_phone FROM vehicles v JOIN customers c"
                             " ON c.id = v.customer_id")  # fmt: skip
    assert found == [("冯甲", "司机老王", "13700001101")]
    assert office.customers.count() == 2


def test_the_31_columns_keep_what_has_no_field_under_its_own_heading(office: Office, tmp_path: Path) -> None:
    bring(office, "维修云 31 列", tmp_path)
    ((extra,),) = office.desk.rows("SELECT extra FROM customers WHERE name = '孙六'")
    assert all(word in extra for word in ("商业险到期日期", "年审到期日期", "下次保养里程", "消费金额"))
    assert office.desk.rows("SELECT value FROM contacts WHERE customer_id = 2") == [("13800000601",)]


def test_the_owner_of_a_settled_order_is_not_who_brought_the_car(office: Office, tmp_path: Path) -> None:
    bring(office, "结算清单", tmp_path)
    told = office.desk.rows(
        "SELECT c.name, v.brought_by, v.amount_fen FROM visits v JOIN customers c ON c.id = v.customer_id LIMIT 1"
    )
    assert told == [("郑十", "郑小十", 158050)]


def test_an_order_told_in_two_rows_is_taken_from_the_first_and_this_is_said(office: Office, tmp_path: Path) -> None:
    report = bring(office, "结算清单", tmp_path)
    assert report.notes == ("同一委托书号在文件里出现几次的，只取第一行（另有 1 行没有取）。",)


def test_our_own_register_of_29_columns_comes_into_another_home_and_goes_again(office: Office, tmp_path: Path) -> None:
    bring(office, "自己的台账", tmp_path)
    target = tmp_path / "台账导出.xlsx"
    RegisterPaper(office.registers, office.settings).write(date(2020, 8, 1), date(2020, 8, 31), target, unmasked=True)
    (tmp_path / "other").mkdir()
    other = open_office(tmp_path / "other")
    before = content(other)
    paper = ImportPaper(other.desk, other.imports)
    assert (paper.look(target).kind, paper.look(target).place.header_row) == (ImportKind.COMPLAINTS, 3)
    report = paper.run(ImportKind.COMPLAINTS, target, other.desk.act("王敏", "导入"))
    assert (report.result.added, report.result.faults) == (2, ())
    undo(other, report.result.run)
    assert content(other) == before
    other.desk.close()
