"""A report on paper and as a workbook: every cell, page by page, and a frozen one word for word."""

from __future__ import annotations

from pathlib import Path

import openpyxl
import pytest
from pypdf import PdfReader

from crm_desktop.domain.errors import InvalidInput
from crm_desktop.domain.report_sheet import (
    Block,
    Heading,
    Paragraph,
    ReportSheet,
    Table,
    WritingRoom,
    blocks_table,
    read_blocks,
)
from crm_desktop.exporters import report_excel, report_pdf
from tests.makers_sheets import letterhead

TABLE = Table(
    ("接收渠道", "件数", "占比"), (8, 3, 3), (("回访", "4", "40.0 %"), ("接待", "6", "60.0 %")), ("left", "right")
)
EMPTY = Table(("单号", "原因"), (3, 7), (), nothing="本月没有放行")


def sheet(*blocks: Block) -> ReportSheet:
    signatures = ("编制（客户关爱部）", "服务总监审阅", "总经理审阅")
    return ReportSheet("月度抱怨/投诉分析报告", letterhead(), "2026年11月", blocks, signatures, "未定稿", "脚注")


def pages(folder: Path, *blocks: Block) -> list[str]:
    written = report_pdf.write_report(sheet(*blocks), folder / "报告.pdf")
    return ["".join(page.extract_text().split()) for page in PdfReader(written.path).pages]


def long_table(rows: int) -> Table:
    return Table(("单号", "原因"), (3, 7), tuple((f"TS{n:04d}", "客户出差，约到下周") for n in range(rows)))


def test_headings_tables_and_signatures_stand_on_the_page(tmp_path: Path):
    (page,) = pages(tmp_path, Heading("1　概况"), Paragraph("数据截至"), TABLE, EMPTY, WritingRoom("下月重点"))
    for word in (
        "1概况",
        "数据截至",
        "回访440.0%",
        "本月没有放行",
        "下月重点：",
        "总经理审阅：",
        "2026年11月未定稿",
        "脚注",
    ):
        assert word in page


def test_a_long_table_goes_on_with_its_heading_and_loses_no_row(tmp_path: Path):
    found = pages(tmp_path, Heading("3　时效"), long_table(200))
    assert all("单号原因" in page for page in found[:-1])
    assert [n for n in range(200) if f"TS{n:04d}" not in "".join(found)] == []
    assert sum(page.count("TS0007") for page in found) == 1


def test_each_page_says_which_of_how_many_it_is(tmp_path: Path):
    found = pages(tmp_path, long_table(120))
    assert all(f"第{n}页/共{len(found)}页" in page for n, page in enumerate(found, 1))


def test_a_row_longer_than_a_page_is_not_lost(tmp_path: Path):
    words = "".join(f"句{n}这辆车又出现同样的异响。" for n in range(1000, 1300))
    found = "".join(pages(tmp_path, TABLE, Table(("单号", "原因"), (3, 7), (("TS1", words), ("TS2", "短")))))
    assert [n for n in range(1000, 1300) if f"句{n}这" not in found] == []
    assert "TS2短" in found


@pytest.mark.parametrize("rows", range(30, 56))
def test_a_heading_never_stands_alone_at_the_end_of_a_page(tmp_path: Path, rows: int):
    found = pages(tmp_path, long_table(rows), Heading("4　返修标题"), TABLE)
    page = next(page for page in found if "4返修标题" in page)
    assert "回访440.0%" in page


def test_the_same_report_gives_the_same_file(tmp_path: Path):
    first = report_pdf.write_report(sheet(TABLE), tmp_path / "一.pdf").path.read_bytes()
    assert report_pdf.write_report(sheet(TABLE), tmp_path / "二.pdf").path.read_bytes() == first


def test_the_workbook_says_what_the_paper_says(tmp_path: Path):
    blocks = (Heading("1　概况"), Paragraph("数据截至"), TABLE, EMPTY, WritingRoom("下月重点"))
    path = report_excel.write_report(sheet(*blocks), tmp_path / "报告.xlsx")
    cells = [str(v) for row in openpyxl.load_workbook(path).worksheets[0].values for v in row if v]
    for word in ("1　概况", "数据截至", "回访", "40.0 %", "本月没有放行", "下月重点：", "2026年11月　未定稿"):
        assert word in cells


def test_nothing_in_the_workbook_becomes_a_formula(tmp_path: Path):
    evil = Table(("原因",), (1,), (("=1+1",),))
    path = report_excel.write_report(sheet(evil), tmp_path / "报告.xlsx")
    cells = [cell for row in openpyxl.load_workbook(path).worksheets[0].iter_rows() for cell in row if cell.value]
    assert {cell.data_type for cell in cells} == {"s"}


def test_a_frozen_report_reads_back_word_for_word():
    blocks = (Heading("1"), Paragraph("数据"), TABLE, EMPTY, WritingRoom("重点", 3))
    assert read_blocks(blocks_table(blocks)) == blocks


def test_another_kind_of_file_is_refused(tmp_path: Path):
    with pytest.raises(InvalidInput):
        report_excel.write_report(sheet(), tmp_path / "报告.docx")
