"""制度 to read (F1): the procedure in our own words, each sentence with its source and the way to where it is done."""

from __future__ import annotations

import json
from dataclasses import dataclass

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QGridLayout, QVBoxLayout, QWidget

from crm_desktop.gui.rules_room.six_steps import SixSteps
from crm_desktop.gui.theme import scaled
from crm_desktop.gui.widgets.buttons import Button, Weight
from crm_desktop.gui.widgets.desk_dialog import DeskDialog
from crm_desktop.gui.widgets.labels import PlainLabel
from crm_desktop.gui.widgets.scroll_page import ScrollPage
from crm_desktop.paths import resource


@dataclass(frozen=True, slots=True)
class Sentence:
    """One thing the procedure asks for, where it is done, and where the seed says so.

    ``go`` is the room that serves it (or 规则, or 新建抱怨单), ``tab`` the page of 规则.
    """

    says: str
    screen: str
    source: str
    go: str
    tab: str = ""


def procedure() -> tuple[tuple[str, tuple[Sentence, ...]], ...]:
    """The chapters in order (resources/help/procedure.json)."""
    told = json.loads(resource("help", "procedure.json").read_text(encoding="utf-8"))
    return tuple(
        (chapter["title"], tuple(Sentence(**one) for one in chapter["sentences"])) for chapter in told["chapters"]
    )


class _Way(Button):
    """Leads to the room where a sentence is done."""

    wanted = Signal(str, str)

    def __init__(self, sentence: Sentence) -> None:
        super().__init__(f"去{sentence.tab or sentence.go}", weight=Weight.QUIET, icon="chevron-right")
        self._sentence = sentence
        self.clicked.connect(self._on_clicked)

    def _on_clicked(self) -> None:
        self.wanted.emit(self._sentence.go, self._sentence.tab)


class ProcedureWindow(DeskDialog):
    """Read by scrolling; the keyboard scrolls, too. ``wanted`` carries the room (or 规则) and the page in it."""

    wanted = Signal(str, str)

    def __init__(self, window: QWidget) -> None:
        super().__init__(window)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle("制度")
        page = QWidget()
        page.setProperty("role", "page")
        self._grid = QGridLayout(page)
        self._lay_out()
        scroll = ScrollPage(page)
        scroll.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        scroll.setAccessibleName("制度")
        body = QVBoxLayout(self)
        body.setContentsMargins(18, 16, 18, 16)
        body.addWidget(PlainLabel("制度：抱怨/投诉怎样处理", "title"))
        body.addWidget(PlainLabel("每一条都写着出处和在哪个页面办；按右边的按钮就到那里。", "caption"))
        body.addWidget(scroll, 1)
        self.resize(scaled(1040), scaled(640))
        scroll.setFocus()

    def _on_wanted(self, room: str, tab: str) -> None:
        self.close()
        self.wanted.emit(room, tab)

    def _lay_out(self) -> None:
        grid = self._grid
        grid.setContentsMargins(0, 0, 12, 0)
        grid.setHorizontalSpacing(16)
        grid.setVerticalSpacing(8)
        for column, stretch in enumerate((5, 2, 3, 0)):
            grid.setColumnStretch(column, stretch)
        for title, sentences in procedure():
            grid.addWidget(PlainLabel(title, "heading"), grid.rowCount(), 0, 1, 4)
            for sentence in sentences:
                self._add(sentence)
        grid.addWidget(SixSteps(), grid.rowCount(), 0, 1, 4)

    def _add(self, sentence: Sentence) -> None:
        row = self._grid.rowCount()
        words = ((sentence.says, ""), (sentence.source, "caption"), (f"在这里办：{sentence.screen}", "label"))
        for column, (text, role) in enumerate(words):
            label = PlainLabel(text, role)
            label.setWordWrap(True)
            label.setAlignment(Qt.AlignmentFlag.AlignTop)
            self._grid.addWidget(label, row, column)
        way = _Way(sentence)
        way.wanted.connect(self._on_wanted)
        self._grid.addWidget(way, row, 3, Qt.AlignmentFlag.AlignTop | Qt.AlignmentFlag.AlignLeft)
