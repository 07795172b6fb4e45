"""The columns as the desk chooses them: by hand, from another heading row, remembered for the next file."""

from __future__ import annotations

from pathlib import Path

import pytest
from openpyxl import Workbook, load_workbook

from crm_desktop.domain.errors import InvalidInput, WorkbookRefused
from crm_desktop.domain.imports import ImportKind
from crm_desktop.importers.headings import KEPT, LEFT_OUT, template
from crm_desktop.importers.templates import template_columns
from crm_desktop.papers.imports import ImportPaper, Place
from crm_desktop.services.office import Office
from tests.importers.makers_files import csv_file, xlsx_file
from tests.makers import act

HEADS = ["投诉编号", "投诉日期", "说了啥", "导购", "投诉内容"]
ROW = ["A1", "2020-06-05", "发动机异响", "甲", "见说了啥"]
BY_HAND = ("source_number", "received_at", "words", KEPT, LEFT_OUT)


@pytest.fixture
def paper(office: Office) -> ImportPaper:
    """The door of window and command line."""
    return ImportPaper(office.desk, office.imports)


def test_a_look_tells_kind_headings_samples_and_what_each_column_becomes(paper: ImportPaper, tmp_path: Path) -> None:
    sight = paper.look(csv_file(tmp_path, HEADS, ROW, ["A2", "2020-06-06", "", "甲", "漏油"]))
    assert (sight.kind, sight.place.header_row, sight.row_count) == (ImportKind.COMPLAINTS, 1, 2)
    assert sight.choices == ("source_number", "received_at", LEFT_OUT, LEFT_OUT, "words")
    assert sight.samples[1] == ("2020-06-05", "2020-06-06")
    assert sight.samples[3] == ("甲",)


def test_a_mapping_corrected_by_hand_is_used_and_remembered(paper: ImportPaper, office: Office, tmp_path: Path) -> None:
    act = office.desk.act("王敏", "导入")
    paper.run(ImportKind.COMPLAINTS, csv_file(tmp_path, HEADS, ROW), act, choices=BY_HAND)
    assert office.cases.case("A1").fields["words"] == "发动机异响"
    another = csv_file(tmp_path, HEADS, ["A2", "2020-06-06", "漏油", "乙", "见说了啥"])
    assert (paper.look(another).choices, paper.look(another).remembered) == (BY_HAND, True)
    paper.run(ImportKind.COMPLAINTS, another, act)
    assert office.cases.case("A2").fields["words"] == "漏油"


def test_a_trial_remembers_nothing(paper: ImportPaper, office: Office, tmp_path: Path) -> None:
    path = csv_file(tmp_path, HEADS, ROW)
    act = office.desk.act("王敏", "导入")
    paper.run(ImportKind.COMPLAINTS, path, act, choices=BY_HAND, dry_run=True)
    assert not paper.look(path).remembered


def test_one_field_for_two_columns_is_refused_by_their_headings(
    paper: ImportPaper, office: Office, tmp_path: Path
) -> None:
    twice = ("source_number", "received_at", "words", LEFT_OUT, "words")
    with pytest.raises(InvalidInput, match="“说了啥”和“投诉内容”都选成了“抱怨内容”"):
        paper.run(ImportKind.COMPLAINTS, csv_file(tmp_path, HEADS, ROW), office.desk.act("甲", "导入"), choices=twice)


@pytest.mark.parametrize("row", range(1, 11))
def test_the_headings_may_stand_in_any_of_the_first_ten_rows(paper: ImportPaper, tmp_path: Path, row: int) -> None:
    above = [[f"说明 {number}"] for number in range(row - 1)]
    assert paper.look(xlsx_file(tmp_path, *above, HEADS, ROW)).place.header_row == row


def test_another_heading_row_may_be_chosen(paper: ImportPaper, office: Office, tmp_path: Path) -> None:
    path = xlsx_file(
        tmp_path, ["投诉编号", "投诉日期", "投诉内容"], ["编码", "时候", "原话"], ["A1", "2020-06-05", "漏油"]
    )
    sight = paper.look(path, ImportKind.COMPLAINTS, Place(header_row=2))
    assert (sight.headings, sight.row_count) == (("编码", "时候", "原话"), 1)
    chosen = ("source_number", "received_at", "words")
    act = office.desk.act("王敏", "导入")
    assert paper.run(ImportKind.COMPLAINTS, path, act, choices=chosen, place=Place(header_row=2)).result.added == 1
    with pytest.raises(WorkbookRefused, match="第 9 行是空的"):
        paper.look(path, ImportKind.COMPLAINTS, Place(header_row=9))


@pytest.mark.parametrize("kind", ImportKind)
def test_an_empty_template_has_every_heading_and_explains_it_beside(
    paper: ImportPaper, tmp_path: Path, kind: ImportKind
) -> None:
    book = load_workbook(paper.template(kind, tmp_path / "模板.xlsx"))
    page, told = book.worksheets
    assert tuple(cell.value for cell in page[1]) == template(kind)
    assert [row[0].value for row in told.iter_rows(min_row=2)] == list(template(kind))
    assert page.max_row == 1


@pytest.mark.parametrize("kind", ImportKind)
def test_the_examples_of_a_template_are_rows_as_the_desk_may_write_them(
    paper: ImportPaper, office: Office, tmp_path: Path, kind: ImportKind
) -> None:
    customers = csv_file(tmp_path, ["客户姓名", "手机"], ["李四", "13800001234"])
    paper.run(ImportKind.CUSTOMERS, customers, office.desk.act("甲", "导入"))
    book = load_workbook(paper.template(kind, tmp_path / "模板.xlsx"))
    own = {"complaint_number", "抱怨单号"} if kind is ImportKind.FOLLOWUPS else set()
    book.worksheets[0].append([None if one.title in own else one.example for one in template_columns(kind)])
    book.save(tmp_path / "填好.xlsx")
    report = paper.run(kind, tmp_path / "填好.xlsx", office.desk.act("甲", "导入"))
    assert (report.result.faults, report.unrecognised) == ((), ())
    assert report.result.added + report.result.updated == 1


def test_a_refused_row_is_given_back_with_the_owner_merged_into_it(paper: ImportPaper, tmp_path: Path) -> None:
    def merge(book: Workbook) -> None:
        book.worksheets[0].merge_cells("A2:A3")

    rows = [["王强", "沪A12345", "2023-05-18"], [None, "沪A12346", "后天"]]
    path = xlsx_file(tmp_path, ["车主", "车牌号", "购车日期"], *rows, change=merge)
    report = paper.run(ImportKind.CUSTOMERS, path, act(), dry_run=True)
    kept = paper.give_back(path, report.result.faults, tmp_path / "坏行.xlsx")
    assert [row[2:] for row in load_workbook(kept).active.iter_rows(values_only=True)][-1] == (
        "王强",
        "沪A12346",
        "后天",
    )


def test_rows_given_back_come_in_again_without_what_we_wrote_before_them(
    paper: ImportPaper, office: Office, tmp_path: Path
) -> None:
    path = csv_file(tmp_path, ["投诉编号", "投诉日期", "投诉内容", "处理结果"], ["A1", "昨天", "异响", "换件"])
    refused = paper.run(ImportKind.COMPLAINTS, path, act()).result.faults
    kept = paper.give_back(path, refused, tmp_path / "坏行.xlsx")
    book = load_workbook(kept)
    book.active.cell(book.active.max_row, 4).value = "2026-11-01"
    book.save(kept)
    report = paper.run(ImportKind.COMPLAINTS, kept, act())
    assert (report.result.added, report.unrecognised) == (1, ())
    assert office.cases.case("A1").fields["root_cause"] == ""


def test_a_file_that_looks_like_another_kind_is_told(paper: ImportPaper, tmp_path: Path) -> None:
    path = csv_file(
        tmp_path, ["投诉日期", "客户姓名", "电话", "投诉内容"], ["2026-11-01", "王强", "13800001111", "异响"]
    )
    notes = paper.run(ImportKind.CUSTOMERS, path, act(), dry_run=True).notes
    assert notes[0].startswith("这份文件看起来是抱怨")
    assert paper.run(ImportKind.COMPLAINTS, path, act(), dry_run=True).notes == ()
