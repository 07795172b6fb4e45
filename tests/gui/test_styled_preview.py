"""The preview of a form: 一式两联 and 套打 are ticked there, shown at once, remembered, and printed as they are."""

from __future__ import annotations

from collections.abc import Callable
from io import BytesIO
from pathlib import Path

import pytest
from pypdf import PdfReader
from PySide6.QtPrintSupport import QPrinter
from PySide6.QtWidgets import QCheckBox, QWidget
from pytestqt.qtbot import QtBot

from crm_desktop.domain.print_style import PrintStyle, Shift
from crm_desktop.gui.jobs import Jobs
from crm_desktop.gui.print_memory import PrintChoice, PrintMemory
from crm_desktop.gui.printing import STOCK, TWO, PreviewDialog
from crm_desktop.gui.styled_preview import StyledPreview
from crm_desktop.papers.complaint_forms import ComplaintPaper
from crm_desktop.papers.written import Written
from crm_desktop.services.office import Office
from tests.gui.answered import Answered
from tests.makers import registered

KIND = "抱怨投诉单"
Begin = Callable[[], PreviewDialog]


@pytest.fixture
def memory(tmp_path: Path) -> PrintMemory:
    return PrintMemory(tmp_path / "window.ini")


@pytest.fixture
def begin(qtbot: QtBot, office: Office, jobs: Jobs, answered: Answered, memory: PrintMemory) -> Begin:
    """Opens the preview of a complaint's form."""
    number = registered(office).number
    window = QWidget()
    qtbot.addWidget(window)

    def styled(path: Path, style: PrintStyle) -> Written:
        return ComplaintPaper(office.sheets).write(number, path, style)

    def opened() -> PreviewDialog:
        StyledPreview(office.desk, jobs, answered, memory, window).begin(styled, f"{KIND} {number}", stock=True)
        qtbot.waitUntil(lambda: bool(window.findChildren(PreviewDialog)))
        return window.findChildren(PreviewDialog)[0]

    return opened


def box(dialog: PreviewDialog, name: str) -> QCheckBox:
    return next(one for one in dialog.findChildren(QCheckBox) if one.accessibleName() == name)


def saved(dialog: PreviewDialog, answered: Answered) -> str:
    """The words of the PDF as it is saved, page after page."""
    dialog.save()
    (path,) = answered.folder.glob("*.pdf")
    words = "\n".join(page.extract_text() for page in PdfReader(BytesIO(path.read_bytes())).pages)
    path.unlink()
    return words


def test_two_copies_are_shown_at_once_and_the_next_time(qtbot: QtBot, begin: Begin, memory: PrintMemory) -> None:
    dialog = begin()
    assert dialog.page_count() == 1
    box(dialog, TWO).click()
    qtbot.waitUntil(lambda: dialog.page_count() == 2)
    assert memory.choice(KIND).two
    with qtbot.waitSignal(dialog.destroyed):
        dialog.close()
    assert begin().page_count() == 2


def test_stock_is_offered_only_where_it_was_switched_on(begin: Begin, memory: PrintMemory) -> None:
    assert box(begin(), STOCK).isHidden()


def test_stock_shows_the_form_in_grey_and_saves_the_values_alone(
    begin: Begin, memory: PrintMemory, answered: Answered
) -> None:
    memory.keep_stock(KIND, on=True, shift=Shift(1, 1))
    dialog = begin()
    assert box(dialog, STOCK).isChecked()
    assert dialog.exact
    assert "客户姓名" in dialog.words()
    words = saved(dialog, answered)
    assert "客户姓名" not in words
    assert "曾小明" in words


def test_without_the_tick_the_form_is_whole_again(
    qtbot: QtBot, begin: Begin, memory: PrintMemory, answered: Answered
) -> None:
    memory.keep_stock(KIND, on=True, shift=Shift())
    dialog = begin()
    with qtbot.waitSignal(dialog.redrawn):
        box(dialog, STOCK).click()
    assert "客户姓名" in saved(dialog, answered)
    assert not dialog.exact


def test_printer_and_copies_are_remembered_for_this_kind_of_paper(
    begin: Begin, memory: PrintMemory, answered: Answered, tmp_path: Path
) -> None:
    printer = QPrinter(QPrinter.PrinterMode.HighResolution)
    printer.setOutputFileName(str(tmp_path / "printed.pdf"))
    printer.setCopyCount(3)
    dialog, ways = begin(), list[str]()
    dialog.handed_out.connect(ways.append)
    dialog.print_on(printer)
    assert ways == ["打印 3 份"]
    assert memory.choice(KIND) == PrintChoice(printer.printerName(), 3)
    assert memory.choice("顾客抱怨及返修记录") == PrintChoice()
    assert "已送往打印机" in (answered.last.text if answered.last else "")


def test_on_stock_a_page_is_printed_edge_to_edge_in_its_own_size(
    begin: Begin, memory: PrintMemory, tmp_path: Path
) -> None:
    memory.keep_stock(KIND, on=True, shift=Shift())
    printer = QPrinter(QPrinter.PrinterMode.HighResolution)
    printer.setOutputFileName(str(tmp_path / "printed.pdf"))
    begin().print_on(printer)
    page = PdfReader(tmp_path / "printed.pdf").pages[0]
    assert [round(float(side)) for side in page.mediabox[2:]] == [595, 842]
    assert printer.fullPage()
