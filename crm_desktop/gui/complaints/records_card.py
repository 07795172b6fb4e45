"""The five records of a case: a mark for each that exists, and behind the mark how it is made and printed."""

from __future__ import annotations

from collections.abc import Mapping

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QGridLayout, QMenu, QPushButton

from crm_desktop.domain.papers import Paper
from crm_desktop.domain.records import FIVE, RecordMark
from crm_desktop.gui.record_desk import PREVIEW, RecordWish
from crm_desktop.gui.theme import Tone
from crm_desktop.gui.widgets.labels import plain_tooltip
from crm_desktop.gui.widgets.page import Card
from crm_desktop.gui.widgets.signs import dress

_IN_A_ROW = 3
_PRINT = {Paper.SOLUTION: "打印方案和确认书"}
_MAKE: Mapping[Paper, tuple[str, ...]] = {
    Paper.SOLUTION: ("写方案",),
    Paper.MEASURES: ("立为措施", "查看措施"),
    Paper.EVALUATION: ("去评估",),
}
"""What is done elsewhere; 查看措施 and 去评估 only where a measure stands."""
_OF_MEASURES = ("查看措施", "去评估")


class RecordsCard(Card):
    """五个记录. ``paper_wanted`` carries a ``RecordWish``, ``make_wanted`` one of the words of ``_MAKE``."""

    paper_wanted = Signal(object)
    make_wanted = Signal(str)

    def __init__(self) -> None:
        super().__init__("五个记录")
        self._grid = QGridLayout()
        self._grid.setSpacing(6)
        self._grid.setColumnStretch(_IN_A_ROW, 1)
        self.body.addLayout(self._grid)
        self._buttons: list[MarkButton] = []

    def add_last(self, button: QPushButton) -> None:
        """A mark of another kind behind the five."""
        self._grid.addWidget(button, *divmod(len(FIVE), _IN_A_ROW))

    def show_marks(self, number: str, month: str, marks: tuple[RecordMark, ...]) -> None:
        """单 方案 月报 措施 评估, green where the record is there; ``month`` is the complaint's (2026-11)."""
        measured = any(mark.paper is Paper.MEASURES and mark.exists for mark in marks)
        for mark in marks[len(self._buttons) :]:
            button = MarkButton(mark.paper)
            button.paper_wanted.connect(self.paper_wanted)
            button.make_wanted.connect(self.make_wanted)
            self._grid.addWidget(button, *divmod(len(self._buttons), _IN_A_ROW))
            self._buttons.append(button)
        for button, mark in zip(self._buttons, marks, strict=True):
            button.show_mark(month if mark.paper is Paper.MONTHLY else number, mark, measured=measured)


class MarkButton(QPushButton):
    """One mark: pressed, it offers to make its record, to print it and to export it."""

    paper_wanted = Signal(object)
    make_wanted = Signal(str)

    def __init__(self, paper: Paper) -> None:
        super().__init__()
        self._paper, self._number = paper, ""
        self.setProperty("role", "mark")
        self.setAutoDefault(False)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        menu = QMenu(self)
        self._made = {menu.addAction(word): word for word in _MAKE.get(paper, ())}
        if paper is not Paper.MEASURES:
            if self._made:
                menu.addSeparator()
            words = (_PRINT.get(paper, "打印预览"), "导出 PDF", "导出 Excel")
            suffixes = (PREVIEW, ".pdf", ".xlsx")
            self._printed = {menu.addAction(word): suffix for word, suffix in zip(words, suffixes, strict=True)}
        else:
            self._printed = {}
        self.setMenu(menu)
        menu.triggered.connect(self._on_chosen)

    def show_mark(self, number: str, mark: RecordMark, *, measured: bool) -> None:
        """``measured``: a measure came from this complaint."""
        self._number = number
        text = f"{mark.label} ✓" if mark.exists else mark.label
        self.setText(text)
        self.setAccessibleName(text)
        self.setAccessibleDescription(mark.title)
        self.setToolTip(plain_tooltip(mark.title))
        dress(self, Tone.DONE if mark.exists else Tone.GREY)
        for action, word in self._made.items():
            action.setVisible(measured or word not in _OF_MEASURES)

    def _on_chosen(self, action: QAction) -> None:
        if action in self._made:
            self.make_wanted.emit(self._made[action])
        else:
            self.paper_wanted.emit(RecordWish(self._paper, self._number, self._printed[action]))
