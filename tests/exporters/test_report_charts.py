"""Charts on paper and in the workbook: the same numbers, vectors here, Excel's own there; LibreOffice opens them."""

from __future__ import annotations

import re
import shutil
import subprocess
from pathlib import Path
from zipfile import ZipFile

import pytest
from openpyxl import load_workbook
from pypdf import PdfReader

from crm_desktop.domain.charts import Chart, ChartKind, Ink, Series, bars, pareto
from crm_desktop.domain.report_sheet import (
    Block,
    Card,
    Cards,
    Heading,
    Pictures,
    Remark,
    ReportSheet,
    blocks_table,
    read_blocks,
)
from crm_desktop.exporters import report_excel, report_pdf
from crm_desktop.exporters.chart_excel import DATA_SHEET
from tests.makers_sheets import letterhead

PARETO = pareto("类别柏拉图", [("维修质量", 7), ("服务态度", 2), ("维修价格", 1)], ("a", "b", "c"))
TREND = Chart(
    "近 12 个月",
    ChartKind.COLUMNS,
    ("10月\n2026", "11月"),
    (
        Series("一般", (5.0, 6.0)),
        Series("重大", (1.0, 0.0), Ink.LATE),
        Series("去年同月", (None, 4.0), Ink.QUIET, line=True),
    ),
)
RATE = Chart("满意率", ChartKind.COLUMNS, ("10月", "11月"), (Series("满意率", (80.0, 90.0), line=True, share=True),),
             goal=100.0)  # fmt: skip
FIVE = Chart("五度雷达图", ChartKind.RADAR, ("有形度", "同理度", "专业度"), (Series("本月", (3.0, 0.0, 1.0)),))
CHARTS = (PARETO, TREND, RATE, FIVE, bars("渠道", [("接待", 3), ("回访", 1)]))
BLOCKS = (
    Heading("1　概况", "overview"),
    Cards((Card("抱怨/投诉", "18 件", "上月 11", "件数", Ink.MAIN),)),
    *(Pictures((chart,)) for chart in CHARTS[:3]),
    Pictures(CHARTS[3:]),
    Remark("等件超期", "叶清扬 2026-12-02"),
)


def sheet(*blocks: Block) -> ReportSheet:
    return ReportSheet("月度抱怨/投诉分析报告", letterhead(), "2026年11月", blocks, ("总经理审阅",))


@pytest.fixture(scope="module")
def book(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return report_excel.write_report(sheet(*BLOCKS), tmp_path_factory.mktemp("book") / "月报.xlsx")


def charts_in(path: Path) -> int:
    """How many charts the package holds."""
    with ZipFile(path) as package:
        return sum(bool(re.fullmatch(r"xl/charts/chart\d+\.xml", name)) for name in package.namelist())


def words(path: Path) -> str:
    return "".join("".join(page.extract_text().split()) for page in PdfReader(path).pages)


def test_every_chart_is_on_paper_with_its_labels_and_numbers(tmp_path: Path):
    found = words(report_pdf.write_report(sheet(*BLOCKS), tmp_path / "月报.pdf").path)
    for word in ("类别柏拉图", "维修质量", "90%", "100%", "去年同月", "有形度3", "3（75%）", "18件", "评注：叶清扬"):
        assert word in found


def test_a_picture_and_its_heading_stay_on_one_page(tmp_path: Path):
    blocks = [Heading("标题", part=True), Pictures((PARETO,))] * 9
    written = report_pdf.write_report(sheet(*blocks), tmp_path / "月报.pdf")
    for page in PdfReader(written.path).pages:
        text = "".join(page.extract_text().split())
        assert text.count("类别柏拉图") == text.replace("月报", "").count("标题")


def test_the_workbook_has_a_chart_of_its_own_for_each(book: Path):
    assert charts_in(book) == len(CHARTS)


def test_the_numbers_of_the_charts_stand_as_numbers_on_a_sheet(book: Path):
    data = load_workbook(book)[DATA_SHEET]
    rows = [list(row) for row in data.iter_rows(values_only=True)]
    start = next(n for n, row in enumerate(rows) if row[0] == "类别柏拉图")
    assert rows[start + 1][1:4] == ["件数", "累计占比", "目标线"]
    assert rows[start + 2][:4] == ["维修质量", 7, 70, 80]
    assert [row[1] for row in rows[start + 2 : start + 5]] == [7, 2, 1]


def test_a_number_that_is_not_whole_is_shown_as_in_the_report_and_kept_as_it_is(tmp_path: Path):
    thirds = pareto("三类", [("一", 1), ("二", 1), ("三", 1)], ("a", "b", "c"))
    book = report_excel.write_report(sheet(Pictures((thirds,))), tmp_path / "月报.xlsx")
    counted, running = load_workbook(book)[DATA_SHEET]["B3"], load_workbook(book)[DATA_SHEET]["C3"]
    assert (counted.value, counted.number_format) == (1, "General")
    assert (running.value, running.number_format) == (pytest.approx(100 / 3), "0.0")


def test_charts_are_kept_with_a_frozen_report():
    assert read_blocks(blocks_table(BLOCKS)) == BLOCKS


@pytest.mark.skipif(shutil.which("soffice") is None, reason="LibreOffice is missing here")
def test_libreoffice_opens_the_charts_and_prints_them(book: Path, tmp_path: Path):
    for kind in ("pdf", "xlsx:Calc MS Excel 2007 XML"):
        profile = f"-env:UserInstallation={(tmp_path / 'profile').as_uri()}"
        argv = ["soffice", profile, "--headless", "--convert-to", kind, "--outdir", str(tmp_path), str(book)]
        subprocess.run(argv, check=True, capture_output=True, timeout=100)
    found = words(tmp_path / "月报.pdf")
    assert all(word in found for word in ("累计占比", "目标线", "去年同月", "五度雷达图", "同理度"))
    assert charts_in(tmp_path / "月报.xlsx") == len(CHARTS)
