"""Another program opens our workbooks as what they are: LibreOffice reads, saves and prints them."""

from __future__ import annotations

import shutil
import subprocess
from datetime import date, datetime
from pathlib import Path

import pytest
from openpyxl import load_workbook
from openpyxl.cell import Cell
from openpyxl.worksheet.worksheet import Worksheet
from pypdf import PdfReader

from crm_desktop.domain.register import COLUMNS
from crm_desktop.exporters.complaint_excel import write_complaint
from crm_desktop.exporters.excel import write_table
from tests.makers_sheets import complaint_sheet, register_row, register_rows, register_sheet

OFFICE = shutil.which("soffice")
pytestmark = pytest.mark.skipif(OFFICE is None, reason="LibreOffice is missing here")
HOSTILE = "=cmd|'/c calc'!A1 <b>& _x000D_\n第二行"


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The register and a form, written by us and converted by LibreOffice: ``again`` as xlsx, ``pdf`` as PDF."""
    here = tmp_path_factory.mktemp("office")
    rows = (register_row(words=HOSTILE, phone="01088886666", follow_up_result="#N/A", vin=""), *register_rows(60))
    register = write_table(register_sheet(*rows), here / "记录.xlsx")
    form = write_complaint(complaint_sheet(words=HOSTILE), here / "单.xlsx")
    convert(here, "xlsx:Calc MS Excel 2007 XML", here / "again", register)
    convert(here, "pdf", here / "pdf", register, form)
    return here


def convert(home: Path, kind: str, target: Path, *files: Path) -> None:
    profile = f"-env:UserInstallation={(home / 'profile').as_uri()}"
    argv = [str(OFFICE), profile, "--headless", "--convert-to", kind, "--outdir", str(target), *map(str, files)]
    subprocess.run(argv, check=True, capture_output=True, timeout=100)


@pytest.fixture
def page(folder: Path) -> Worksheet:
    """The register as LibreOffice saved it."""
    return load_workbook(folder / "again" / "记录.xlsx").worksheets[0]


def cell(page: Worksheet, title: str, row: int = 4) -> Cell:
    found = page.cell(row, [column.title for column in COLUMNS].index(title) + 1)
    assert isinstance(found, Cell)
    return found


def test_the_29_titles_and_every_value_are_the_same(page: Worksheet):
    assert [heading.value for heading in page[3]] == [column.title for column in COLUMNS]
    for number, row in enumerate(register_rows(60), 5):
        read = [found.value.date() if isinstance(found.value, datetime) else found.value for found in page[number]]
        assert read == [column.value(row) or None for column in COLUMNS]


def test_what_people_wrote_is_text_and_nothing_is_a_formula(page: Worksheet):
    assert cell(page, "抱怨内容").value == HOSTILE
    assert (cell(page, "联系电话").value, cell(page, "回访结果").value) == ("01088886666", "#N/A")
    assert {found.data_type for row in page.iter_rows() for found in row} <= {"s", "n", "d"}


def test_dates_numbers_and_styles_are_understood(page: Worksheet):
    assert cell(page, "抱怨日期").value == datetime.combine(date(2026, 11, 3), datetime.min.time())
    assert cell(page, "抱怨日期").number_format.replace("\\", "") == "yyyy-mm-dd"
    assert cell(page, "VIN", 5).number_format == "@"
    assert cell(page, "抱怨内容").alignment.wrap_text
    assert cell(page, "VIN").border.left.style == "thin"


def test_filter_and_print_setup_are_understood(page: Worksheet):
    assert (page.auto_filter.ref, page.print_title_rows) == ("A3:AC64", "$1:$3")
    assert (page.page_setup.orientation, page.page_setup.fitToWidth) == ("landscape", 1)


def test_the_register_prints_on_a4_across_with_its_headings_on_every_page(folder: Path):
    pages = PdfReader(folder / "pdf" / "记录.pdf").pages
    assert len(pages) > 1
    for number, printed in enumerate(pages, 1):
        text = printed.extract_text().replace(" ", "")
        assert printed.mediabox.width > printed.mediabox.height
        assert "抱怨产生根本原因分析" in text
        assert f"第{number}页/共{len(pages)}页" in text


def test_a_usual_form_prints_on_one_upright_page(folder: Path):
    pages = PdfReader(folder / "pdf" / "单.pdf").pages
    assert len(pages) == 1
    assert pages[0].mediabox.height > pages[0].mediabox.width
    assert "抱怨/投诉单" in pages[0].extract_text()
