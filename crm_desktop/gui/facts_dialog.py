"""Everything the files know that matters at the counter, each fact with what it rests on and the way to its case."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QVBoxLayout, QWidget

from crm_desktop.gui.banner_facts import Fact
from crm_desktop.gui.theme import scaled
from crm_desktop.gui.widgets.buttons import Button, Weight
from crm_desktop.gui.widgets.desk_dialog import DeskDialog
from crm_desktop.gui.widgets.labels import ElidedLabel, PlainLabel
from crm_desktop.gui.widgets.scroll_page import ScrollPage
from crm_desktop.gui.widgets.signs import Chip

_WIDTH, _HEIGHT = 640, 460


class FactsDialog(DeskDialog):
    """``case_wanted`` carries the number of a complaint; Esc closes."""

    case_wanted = Signal(str)

    def __init__(self, who: str, facts: Sequence[Fact], window: QWidget) -> None:
        super().__init__(window)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(f"{who} · 要点")
        self._leads: dict[Button, str] = {}
        content = QWidget()
        content.setProperty("role", "page")
        grid = QGridLayout(content)
        grid.setContentsMargins(0, 0, 8, 0)
        grid.setHorizontalSpacing(12)
        grid.setVerticalSpacing(8)
        grid.setColumnStretch(1, 1)
        for row, fact in enumerate(facts):
            self._add(grid, row, fact)
        grid.setRowStretch(len(facts), 1)
        close = Button("关闭")
        close.clicked.connect(self.accept)
        foot = QHBoxLayout()
        foot.addStretch(1)
        foot.addWidget(close)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(18, 16, 18, 16)
        layout.setSpacing(12)
        layout.addWidget(ElidedLabel(f"{who} · 要点", "title"))
        layout.addWidget(ScrollPage(content), 1)
        layout.addLayout(foot)
        self.resize(scaled(_WIDTH), min(scaled(_HEIGHT), window.height()))

    def _add(self, grid: QGridLayout, row: int, fact: Fact) -> None:
        said = PlainLabel(fact.text)
        said.setWordWrap(True)
        text = QVBoxLayout()
        text.setSpacing(2)
        text.addWidget(said)
        if fact.source:
            rests_on = PlainLabel(fact.source, "caption")
            rests_on.setWordWrap(True)
            text.addWidget(rests_on)
        topic = Chip(fact.topic, fact.tone) if fact.tone else PlainLabel(fact.topic, "caption")
        grid.addWidget(topic, row, 0, Qt.AlignmentFlag.AlignTop)
        grid.addLayout(text, row, 1)
        if fact.number and fact.number not in self._leads.values():
            lead = Button(fact.number, weight=Weight.QUIET, icon="chevron-right")
            lead.clicked.connect(self._on_lead)
            self._leads[lead] = fact.number
            grid.addWidget(lead, row, 2, Qt.AlignmentFlag.AlignTop)

    def _on_lead(self) -> None:
        button = self.sender()
        assert isinstance(button, Button)  # noqa: S101 - only our buttons are connected
        self.accept()
        self.case_wanted.emit(self._leads[button])
