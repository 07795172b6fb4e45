"""Workbooks, new and old: values as they are, and what the eye does not see is told."""

from datetime import date, datetime
from pathlib import Path

import pytest
from openpyxl import Workbook

from crm_desktop.domain.errors import WorkbookRefused
from crm_desktop.domain.imports import ImportKind
from crm_desktop.importers.cells import cell_text
from crm_desktop.importers.tables import read_table
from tests.importers.makers_files import (
    COMPLAINTS,
    OLD_XLS,
    SHEET,
    cells_of,
    read_rows,
    repacked,
    with_cells,
    xlsx_file,
)


def test_a_workbook_gives_numbers_days_and_texts_as_they_are(tmp_path: Path):
    day, moment = date(2020, 6, 5), datetime.fromisoformat("2020-06-05T14:05")
    table = read_table(xlsx_file(tmp_path, ["投诉编号", "日期", "时间", "里程"], ["A1", day, moment, 38620]))
    assert cells_of(table) == [(2, ("A1", day, moment, 38620.0))]
    assert cell_text(table_cell(table)) == "38620"


def table_cell(table):
    return cells_of(table)[0][1][3]


def test_an_old_xls_and_an_xlsx_of_the_same_rows_give_the_same_drafts(tmp_path: Path):
    rows = [
        ["投诉编号", "投诉日期", "客户姓名", "手机", "车牌号", "投诉内容", "里程"],
        ["TS-001", date(2020, 6, 5), "甲先生", 13812345678, "沪Ａ·８ｋ２３１", "发动机异响", 38620],
        ["TS-002", datetime.fromisoformat("2020-06-06T14:05"), "乙女士", "13912345678", "沪B12345", "空调不制冷", None],
    ]
    new = read_rows(ImportKind.COMPLAINTS, xlsx_file(tmp_path, [], [], *rows))
    old = read_rows(ImportKind.COMPLAINTS, OLD_XLS)
    assert new == old
    assert [(draft.row, draft.phone, draft.plate, draft.mileage) for draft in old] == [
        (4, "13812345678", "沪A8K231", 38620),
        (5, "13912345678", "沪B12345", None),
    ]


def test_the_extension_does_not_matter(tmp_path: Path):
    renamed = xlsx_file(tmp_path, *COMPLAINTS).rename(tmp_path / "台账.csv")
    assert read_table(renamed).headers == tuple(COMPLAINTS[0])


def test_cells_far_from_the_corner_keep_their_row_numbers_and_columns(tmp_path: Path):
    def move(book: Workbook) -> None:
        book.worksheets[0].move_range("A1:C3", rows=4, cols=2)

    table = read_table(xlsx_file(tmp_path, *COMPLAINTS, change=move))
    assert table.header_row == 5
    assert table.headers == ("", "", *COMPLAINTS[0])
    assert [row for row, _ in table.rows] == [6, 7]


def test_the_first_visible_sheet_with_known_headings_is_read_and_the_others_are_named(tmp_path: Path):
    def add(book: Workbook) -> None:
        book.create_sheet("封面", 0)["A1"] = "客户关爱部"
        book.create_sheet("旧账").sheet_state = "hidden"

    table = read_table(xlsx_file(tmp_path, *COMPLAINTS, change=add))
    assert table.sheet == "台账"
    assert table.sheets == ("封面", "台账", "旧账")
    assert "只读了工作表“台账”，没有读：封面、旧账（隐藏）。" in table.notes


def test_a_sheet_can_be_asked_for_by_name(tmp_path: Path):
    def add(book: Workbook) -> None:
        book.create_sheet("旧账").append(["投诉内容"])

    path = xlsx_file(tmp_path, *COMPLAINTS, change=add)
    assert read_table(path, sheet="旧账").headers == ("投诉内容",)
    with pytest.raises(WorkbookRefused, match="没有名为“新账”的工作表，只有：台账、旧账。"):
        read_table(path, sheet="新账")


def test_hidden_rows_merged_cells_and_formulas_without_results_are_told(tmp_path: Path):
    def hide(book: Workbook) -> None:
        page = book.worksheets[0]
        page.row_dimensions[2].hidden = True
        page.merge_cells("A3:A4")
        page["C4"] = "=A1"

    notes = " ".join(read_table(xlsx_file(tmp_path, *COMPLAINTS, change=hide)).notes)
    assert "有 1 行被隐藏或筛选掉" in notes
    assert "有 1 处合并单元格" in notes
    assert "有 1 格公式没有保存结果" in notes


def test_error_cells_are_told_because_they_read_as_blank(tmp_path: Path):
    path = with_cells(xlsx_file(tmp_path, *COMPLAINTS), b'<row r="4"><c r="A4" t="e"><v>#VALUE!</v></c></row>')
    assert "有 1 格是错误值（如 #VALUE!），按空白读入。" in read_table(path).notes


def test_a_formula_written_as_text_stays_text(tmp_path: Path):
    words = "=cmd|' /C calc'!A0"

    def write(book: Workbook) -> None:
        book.worksheets[0]["C2"].value, book.worksheets[0]["C2"].data_type = words, "s"

    assert cells_of(read_table(xlsx_file(tmp_path, *COMPLAINTS, change=write)))[0][1][2] == words


def test_a_dimension_that_lies_changes_nothing(tmp_path: Path):
    def lie(name: str, content: bytes) -> bytes:
        return content.replace(b'<dimension ref="A1:C3" />', b'<dimension ref="A1" />') if name == SHEET else content

    assert read_table(repacked(xlsx_file(tmp_path, *COMPLAINTS), lie)).row_count == 2


def test_cells_that_do_not_say_where_they_stand_are_read_in_order(tmp_path: Path):
    def unplace(name: str, content: bytes) -> bytes:
        for place in (b"A1", b"B1", b"C1", b"A2", b"B2", b"C2", b"A3", b"B3", b"C3"):
            content = content.replace(b' r="' + place + b'"', b"") if name == SHEET else content
        return content

    table = read_table(repacked(xlsx_file(tmp_path, *COMPLAINTS), unplace))
    assert [cells[0] for _, cells in table.rows] == ["A1", "A2"]


def test_formatted_but_empty_cells_at_the_end_of_the_sheet_do_no_harm(tmp_path: Path):
    path = with_cells(xlsx_file(tmp_path, *COMPLAINTS), b'<row r="1048576"><c r="XFD1048576" s="0"/></row>')
    assert read_table(path).row_count == 2


def test_an_empty_workbook_is_refused(tmp_path: Path):
    with pytest.raises(WorkbookRefused, match="都是空的"):
        read_table(xlsx_file(tmp_path))
