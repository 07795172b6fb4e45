"""处理六步 to read beside the procedure: two seeds word them differently, and one button shows the other wording."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QGridLayout, QWidget

from crm_desktop.domain.guidance import wordings
from crm_desktop.gui.widgets.buttons import Button, Weight
from crm_desktop.gui.widgets.labels import PlainLabel


class SixSteps(QWidget):
    """Six lines and a button that changes their words."""

    def __init__(self) -> None:
        super().__init__()
        self._wordings = wordings()
        self._shown = 0
        grid = QGridLayout(self)
        grid.setContentsMargins(0, 0, 12, 8)
        grid.setHorizontalSpacing(16)
        grid.setVerticalSpacing(6)
        grid.setColumnStretch(1, 1)
        self._title = PlainLabel("", "heading")
        grid.addWidget(self._title, 0, 0, 1, 2)
        self._lines: list[tuple[PlainLabel, PlainLabel]] = []
        for row in range(1, 7):
            line = (PlainLabel(""), PlainLabel("", "label"))
            line[1].setWordWrap(True)
            for column, label in enumerate(line):
                grid.addWidget(label, row, column, Qt.AlignmentFlag.AlignTop)
            self._lines.append(line)
        self._other = Button("", weight=Weight.QUIET)
        self._other.clicked.connect(self._on_other)
        grid.addWidget(self._other, 7, 0, 1, 2, Qt.AlignmentFlag.AlignLeft)
        self._say()

    def _on_other(self) -> None:
        self._shown = 1 - self._shown
        self._say()

    def _say(self) -> None:
        shown, other = self._wordings[self._shown], self._wordings[1 - self._shown]
        self._title.setText(f"处理六步（{shown.source}）")
        for number, ((name, advice), step) in enumerate(zip(self._lines, shown.steps, strict=True), start=1):
            name.setText(f"{number}. {step[0]}")
            advice.setText(step[1])
        self._other.say(f"换成“{other.name}”的说法")
