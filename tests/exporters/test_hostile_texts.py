"""Text of people is never markup or formula: what was typed is what stands on paper, in a sheet and on the window."""

from __future__ import annotations

from pathlib import Path

import pytest
from openpyxl import load_workbook
from pypdf import PdfReader
from PySide6.QtCore import Qt
from PySide6.QtGui import QTextDocument
from PySide6.QtWidgets import QLabel
from pytestqt.qtbot import QtBot

from crm_desktop.gui.widgets.labels import ElidedLabel, PlainLabel, plain_tooltip
from crm_desktop.gui.widgets.signs import Chip
from crm_desktop.papers.complaint_forms import ComplaintPaper
from crm_desktop.papers.registers import RegisterPaper
from crm_desktop.services.office import Office
from tests.makers import TODAY, office, registered  # noqa: F401 - a fixture, found by its name

HOSTILE = ('<img src="file:///etc/passwd">', "<b", "A&B &lt;i&gt;", "=cmd|' /C calc'!A0", "<para>&nbsp;</para>")


@pytest.mark.parametrize("text", HOSTILE)
def test_on_paper_stands_what_was_typed(office: Office, tmp_path: Path, text: str) -> None:  # noqa: F811 - the fixture
    saved = registered(office, words=f"车里 {text} 响", demand=text)
    written = ComplaintPaper(office.sheets).write(saved.number, tmp_path / "form.pdf")
    told = "".join(page.extract_text() for page in PdfReader(written.path).pages)
    assert "".join(text.split()) in "".join(told.split())


@pytest.mark.parametrize("text", HOSTILE)
def test_in_a_sheet_it_is_a_text_and_no_formula(office: Office, tmp_path: Path, text: str) -> None:  # noqa: F811 - the fixture
    registered(office, words=text)
    paper = RegisterPaper(office.registers, office.settings)
    written = paper.write(TODAY, TODAY, tmp_path / "register.xlsx", unmasked=True)
    cells = [cell for row in load_workbook(written.path).worksheets[0].iter_rows() for cell in row if cell.value]
    assert [cell.data_type for cell in cells if str(cell.value) == text] == ["s"]


@pytest.mark.parametrize("text", HOSTILE)
def test_on_the_window_every_label_is_plain_and_its_tooltip_shows_every_letter(qtbot: QtBot, text: str) -> None:
    labels: list[QLabel] = [PlainLabel(text), ElidedLabel(text), *Chip(text).findChildren(QLabel)]
    for label in labels:
        qtbot.addWidget(label)
        assert label.textFormat() == Qt.TextFormat.PlainText
    shown = QTextDocument()
    shown.setHtml(plain_tooltip(text))
    assert shown.toPlainText() == text
