"""扫描件 in the window: a signed form scanned askew finds its case by its QR code, another by name or by hand."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QImage, QTransform
from PySide6.QtPdf import QPdfDocument
from PySide6.QtWidgets import QApplication, QWidget

from crm_desktop.gui.jobs import Jobs
from crm_desktop.gui.messages import Messages
from crm_desktop.gui.printing import page_image
from crm_desktop.gui.scan_reader import codes, pictures
from crm_desktop.gui.scans_dialog import NO_FOLDER, ScanDesk, ScansDialog
from crm_desktop.gui.session import Session
from crm_desktop.papers.complaint_forms import ComplaintPaper
from crm_desktop.services.office import Office
from crm_desktop.services.settings import SCAN_FOLDER
from tests.gui.hands import Hands
from tests.makers import act, registered
from tests.services.test_attachments import PDF, PNG, WAV

DPI_OF_PAGE = 300


def scanned(form: Path, target: Path, dpi: int, turned: float) -> Path:
    """The printed form as a scanner leaves it: grey, turned by some degrees, a JPEG of poor quality."""
    document = QPdfDocument()
    document.load(str(form))
    page = page_image(document, 0).convertToFormat(QImage.Format.Format_Grayscale8)
    document.close()
    smooth = Qt.TransformationMode.SmoothTransformation
    turn = QTransform().scale(dpi / DPI_OF_PAGE, dpi / DPI_OF_PAGE).rotate(turned)
    page.transformed(turn, smooth).save(str(target), "JPG", 50)
    return target


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Where the scanner puts its sheets."""
    path = tmp_path / "扫描"
    path.mkdir()
    return path


@pytest.fixture
def number(office: Office) -> str:
    """A complaint."""
    return registered(office).number


@pytest.fixture
def form(office: Office, number: str, tmp_path: Path) -> Path:
    """Its form on paper."""
    return ComplaintPaper(office.sheets).write(number, tmp_path / "form.pdf").path


def looked(qtbot, office: Office, folder: Path | None) -> tuple[Messages, Hands | None]:
    """The scan folder after it was asked for; the window of the scans where there is one."""
    window = QWidget()
    messages = Messages(window)
    qtbot.addWidget(window)
    window.show()
    if folder is not None:
        office.settings.change({SCAN_FOLDER: str(folder)}, act())
    ScanDesk(office, Session(office.desk), Jobs(messages.refused, messages.note, window), messages, window).begin()
    if folder is None:
        return messages, None
    qtbot.waitUntil(lambda: isinstance(QApplication.activeModalWidget(), ScansDialog))
    dialog = QApplication.activeModalWidget()
    dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose, False)
    return messages, Hands(qtbot, dialog, messages)


@pytest.mark.parametrize("dpi", [150, 200, 300])
@pytest.mark.parametrize("turned", [0, 1.5, -3, 7, 180])
def test_the_code_of_a_scanned_form_is_read(form, number, tmp_path, dpi, turned):
    assert codes(scanned(form, tmp_path / "scan.jpg", dpi, turned)) == [number]


def test_the_code_of_a_pdf_is_read(form, number):
    assert number in codes(form)


@pytest.mark.parametrize("content", [PDF, PNG, WAV, b"", b"%PDF-1.7"])
def test_what_shows_nothing_has_no_code(tmp_path, content):
    (tmp_path / "file").write_bytes(content)
    assert pictures(tmp_path / "file") == codes(tmp_path / "file") == []


def test_a_signed_sheet_finds_its_case_by_its_code_whatever_its_name(qtbot, office, folder, form, number):
    other = registered(office).number
    scanned(form, folder / f"{other}.jpg", 150, 2)
    _, room = looked(qtbot, office, folder)
    assert room.cells("扫描件", 2) == [number]
    assert room.cells("扫描件", 3) == ["二维码"]
    room.click("把有单号的都放好")
    assert [row.name for row in office.attachments.of_complaint(number)] == [f"{other}.jpg"]
    assert "1 个扫描件已放到附件里" in room.said()


def test_a_sheet_without_a_code_goes_by_its_name_or_is_given_a_number(qtbot, office, folder, number):
    (folder / f"{number}_签字.pdf").write_bytes(PDF)
    (folder / "无名.png").write_bytes(PNG)
    _, room = looked(qtbot, office, folder)
    assert room.cells("扫描件", 3) == ["文件名", ""]
    room.click("把有单号的都放好")
    room.click("放到这张单")
    assert "请填这张扫描件属于哪张抱怨单" in room.field("抱怨单号").accessibleDescription()
    room.fill("抱怨单号", number)
    room.click("放到这张单")
    assert len(office.attachments.of_complaint(number)) == 2
    assert room.cells("扫描件", 0) == []


def test_a_number_nobody_has_is_refused_and_the_sheet_stays(qtbot, office, folder):
    (folder / "无名.png").write_bytes(PNG)
    _, room = looked(qtbot, office, folder)
    room.fill("抱怨单号", "TS20200101-001")
    room.click("放到这张单")
    assert "无名.png：" in room.said()
    assert room.cells("扫描件", 0) == ["无名.png"]


def test_what_is_attached_already_is_not_offered_again(qtbot, office, folder, number):
    (folder / f"{number}.pdf").write_bytes(PDF)
    office.attachments.add(PDF, "签字单.pdf", act(), number=number)
    _, room = looked(qtbot, office, folder)
    assert room.cells("扫描件", 0) == []
    assert "没有还没归好的扫描件" in room.texts()


def test_without_a_folder_it_says_where_to_set_one(qtbot, office):
    messages, _ = looked(qtbot, office, None)
    assert messages.last.text == NO_FOLDER
