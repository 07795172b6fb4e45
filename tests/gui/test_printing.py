"""打印预览: the very PDF that is printed, page by page; printing itself goes to a file here."""

from __future__ import annotations

from pathlib import Path

import pytest
from pypdf import PdfReader
from PySide6.QtCore import Qt
from PySide6.QtPdf import QPdfDocument
from PySide6.QtPrintSupport import QPrinter, QPrinterInfo
from pytestqt.qtbot import QtBot

from crm_desktop.gui.printing import NO_PRINTER, PreviewDialog, page_image, print_document
from crm_desktop.papers.complaint_forms import ComplaintPaper
from crm_desktop.services.office import Office
from tests.gui.answered import Answered
from tests.gui.hands import Hands
from tests.makers import registered


@pytest.fixture
def paper(office: Office, tmp_path: Path) -> Path:
    """The form of a complaint whose words need a 续页."""
    number = registered(office, words="变速箱二挡升三挡一顿一顿的。" * 200).number
    return ComplaintPaper(office.sheets).write(number, tmp_path / "form.pdf").path


@pytest.fixture
def hands(qtbot: QtBot, paper: Path, answered: Answered) -> Hands:
    """Its preview."""
    dialog = PreviewDialog(paper.read_bytes(), "抱怨投诉单", answered)
    dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose, False)
    return Hands(qtbot, dialog, answered)


def test_every_page_of_the_paper_is_there(hands: Hands, paper: Path) -> None:
    assert hands.page.page_count() == len(PdfReader(paper).pages) > 1
    assert f"共 {hands.page.page_count()} 页" in hands.texts()


def test_the_paper_saved_is_the_paper_shown(hands: Hands, paper: Path, tmp_path: Path) -> None:
    hands.click("另存为 PDF")
    assert (tmp_path / "抱怨投诉单.pdf").read_bytes() == paper.read_bytes()
    assert "已保存：抱怨投诉单.pdf" in hands.said()


def test_a_folder_that_is_not_there_is_told_where_one_can_read_it(hands: Hands, tmp_path: Path) -> None:
    hands.messages.folder = tmp_path / "没有"
    hands.click("另存为 PDF")
    assert "不存在，请先建好文件夹" in hands.texts()


def test_without_a_printer_it_says_what_else_can_be_done(hands: Hands) -> None:
    if QPrinterInfo.availablePrinterNames():
        pytest.skip("there is a printer here")
    hands.click("打印")
    assert hands.said() == NO_PRINTER
    assert NO_PRINTER in hands.texts()


def test_what_is_printed_has_the_pages_of_the_paper(qtbot: QtBot, paper: Path, tmp_path: Path) -> None:
    document = QPdfDocument()
    document.load(str(paper))
    printer = QPrinter(QPrinter.PrinterMode.HighResolution)
    printer.setOutputFormat(QPrinter.OutputFormat.PdfFormat)
    printer.setOutputFileName(str(tmp_path / "printed.pdf"))
    assert print_document(document, printer)
    assert len(PdfReader(tmp_path / "printed.pdf").pages) == document.pageCount()


def test_a_page_is_drawn_black_on_white(qtbot: QtBot, paper: Path) -> None:
    document = QPdfDocument()
    document.load(str(paper))
    picture = page_image(document, 0)
    assert picture.pixelColor(5, 5).name() == "#ffffff"
    assert any(picture.pixelColor(x, 600).lightness() < 60 for x in range(picture.width()))
