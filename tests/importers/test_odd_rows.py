"""Files as people keep them: totals below, headings on every page, owners merged over their cars, days nobody knew."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
from openpyxl import Workbook

from crm_desktop.domain.imports import ImportKind
from crm_desktop.importers.drafts import Drafts
from crm_desktop.importers.headings import recognise
from crm_desktop.importers.tables import read_table
from tests.importers.makers_files import TODAY, csv_file, read_rows, saved, xlsx_file

OWNERS = ["序号", "客户姓名", "手机", "车牌号"]
ONE = [1, "王强", "13800001111", "沪A12345"]


def notes(path: Path, kind: ImportKind = ImportKind.CUSTOMERS) -> tuple[str, ...]:
    """What was passed over."""
    table = read_table(path)
    read = Drafts(kind, table, recognise(kind, table), TODAY)
    assert len(list(read)) >= 1
    return read.notes()


@pytest.mark.parametrize(
    ("row", "word"),
    [
        (["合计", "6 位", None, None], "合计"),
        ([None, "小 计：6", None, None], "小计"),
        (["制表人：张三", None, None, None], "制表"),
        (["审核：", "李四", None, None], "审核"),
        (OWNERS, "重复的表头"),
        ([2, None, None, None], "只有一格字"),
    ],
)
def test_a_row_that_is_no_record_is_passed_over_and_told(tmp_path: Path, row: list[object], word: str) -> None:
    path = xlsx_file(tmp_path, OWNERS, ONE, row)
    assert [draft.name for draft in read_rows(ImportKind.CUSTOMERS, path)] == ["王强"]
    assert notes(path) == (f"有 1 行不是记录，没有导入：第 3 行（{word}）。",)


def test_what_must_be_filled_in_is_no_customer(tmp_path: Path) -> None:
    path = xlsx_file(tmp_path, OWNERS, [None, "必填", "必填", "选填"], ONE)
    assert [draft.name for draft in read_rows(ImportKind.CUSTOMERS, path)] == ["王强"]
    assert notes(path) == ("有 1 行不是记录，没有导入：第 2 行（填写说明）。",)


@pytest.mark.parametrize("name", ["合计明", "制表师傅", "必填"])
def test_a_name_that_only_looks_so_is_a_customer(tmp_path: Path, name: str) -> None:
    path = xlsx_file(tmp_path, OWNERS, ONE, [2, name, "13900001111", None])
    assert [draft.name for draft in read_rows(ImportKind.CUSTOMERS, path)] == ["王强", name]


def merged_owner(book: Workbook) -> None:
    """王强 stands once beside his three cars."""
    for cells in ("A2:A4", "B2:B4"):
        book.worksheets[0].merge_cells(cells)


def test_an_owner_merged_over_his_cars_is_told_in_each_of_their_rows(tmp_path: Path) -> None:
    cars = [["王强", "13800001111", "沪A12345"], [None, None, "沪A12346"], [None, None, "沪A12347"]]
    others = [["李梅", "13900001111", "沪B11111"], [None, None, "沪C22222"]]
    path = xlsx_file(tmp_path, ["车主", "手机", "车牌号"], *cars, *others, change=merged_owner)
    drafts = read_rows(ImportKind.CUSTOMERS, path)
    assert [(draft.name, draft.plate) for draft in drafts] == [
        ("王强", "沪A12345"),
        ("王强", "沪A12346"),
        ("王强", "沪A12347"),
        ("李梅", "沪B11111"),
        ("", "沪C22222"),
    ]


def test_the_same_in_a_web_page_that_calls_itself_a_workbook(tmp_path: Path) -> None:
    page = (
        "<table><tr><th>车主<th>车牌号<th>备注</tr><tr><td rowspan=2>王强<td>沪A12345<td rowspan=2>老客户</tr>"
        "<tr><td>沪A12346</tr><tr><td>李梅<td>沪B11111<td></tr></table>"
    )
    drafts = read_rows(ImportKind.CUSTOMERS, saved(tmp_path, page.encode(), "车主.xls"))
    assert [(draft.name, draft.plate) for draft in drafts] == [
        ("王强", "沪A12345"),
        ("王强", "沪A12346"),
        ("李梅", "沪B11111"),
    ]
    assert drafts[0].notes == drafts[1].notes == "老客户"


def test_a_complaint_that_goes_on_over_two_rows_does_not_become_two(tmp_path: Path) -> None:
    def merge(book: Workbook) -> None:
        for cells in ("A2:A3", "B2:B3"):
            book.worksheets[0].merge_cells(cells)

    rows = [["2026-11-01", "异响", "已检查"], [None, None, "已更换"]]
    path = xlsx_file(tmp_path, ["投诉日期", "投诉内容", "处理结果"], *rows, change=merge)
    first, fault = read_rows(ImportKind.COMPLAINTS, path)
    assert (first.words, fault.row, "投诉内容" in fault.why or "抱怨内容" in fault.why) == ("异响", 3, True)


@pytest.mark.parametrize("told", ["0000-00-00", "1900-01-00", "1900/1/1", "0000-00-00 00:00:00", "1899-12-30", "NULL"])
def test_a_day_nobody_filled_in_is_none(tmp_path: Path, told: str) -> None:
    (draft,) = read_rows(ImportKind.CUSTOMERS, csv_file(tmp_path, ["车主", "购车日期"], ["王强", told]))
    assert (draft.name, draft.bought_on) == ("王强", None)


def test_the_day_a_spreadsheet_writes_for_nothing_is_none(tmp_path: Path) -> None:
    path = xlsx_file(tmp_path, ["车主", "购车日期"], ["王强", date(1900, 1, 1)], ["李梅", date(2023, 5, 18)])
    assert [draft.bought_on for draft in read_rows(ImportKind.CUSTOMERS, path)] == [None, date(2023, 5, 18)]


@pytest.mark.parametrize("told", ["无", "-", "NULL", "不详"])
def test_a_word_for_nobody_is_no_name(tmp_path: Path, told: str) -> None:
    (draft,) = read_rows(
        ImportKind.CUSTOMERS, csv_file(tmp_path, ["车主", "送修人", "车牌号"], [told, told, "沪A12345"])
    )
    assert (draft.name, draft.brought_by) == ("", "")


@pytest.mark.parametrize("told", ["45064", "45064.4375", "20230518103000"])
def test_a_day_that_a_system_wrote_as_a_number_is_read(tmp_path: Path, told: str) -> None:
    (draft,) = read_rows(ImportKind.CUSTOMERS, csv_file(tmp_path, ["车主", "购车日期"], ["王强", told]))
    assert draft.bought_on == date(2023, 5, 18)


def test_columns_that_are_counted_are_recognised(tmp_path: Path) -> None:
    told = {"车主": "王强", "联系电话1": "13800001111", "联系电话2": "021-62345678", "VIN/车架号": "LSVAL41Z882104202"}
    path = csv_file(tmp_path, told.keys(), told.values())
    (draft,) = read_rows(ImportKind.CUSTOMERS, path)
    assert (draft.phones, draft.vin) == (("13800001111", "02162345678"), "LSVAL41Z882104202")
