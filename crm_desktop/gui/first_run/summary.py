"""The last page of 首次设置: what will be written, line by line."""

from __future__ import annotations

from collections.abc import Iterable

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QGridLayout, QWidget

from crm_desktop.gui.widgets.labels import PlainLabel


class Summary(QWidget):
    """Labels at the left, words at the right."""

    def __init__(self) -> None:
        super().__init__()
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, 8, 0, 0)
        self._grid.setHorizontalSpacing(14)
        self._grid.setVerticalSpacing(10)
        self._grid.setColumnStretch(1, 1)
        self._labels: list[PlainLabel] = []

    def say(self, told: Iterable[tuple[str, str]]) -> None:
        """Tells these lines and no others."""
        for label in self._labels:
            label.hide()
            label.deleteLater()
        self._labels.clear()
        row = -1
        for row, (name, words) in enumerate(told):
            text = PlainLabel(words)
            text.setWordWrap(True)
            for column, label in enumerate((PlainLabel(name, "label"), text)):
                self._grid.addWidget(label, row, column, Qt.AlignmentFlag.AlignTop)
                label.show()
                self._labels.append(label)
            self._grid.setRowStretch(row, 0)
        self._grid.setRowStretch(row + 1, 1)
