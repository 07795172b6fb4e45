"""The pages of 规则 at the left, in groups: twenty of them would not fit into a row of tabs."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtWidgets import QListWidget, QListWidgetItem

from crm_desktop.gui.theme import scaled

_WIDTH, _ROW, _HEAD = 132, 26, 30


class Contents(QListWidget):
    """``turned`` carries the title of the page the keyboard or the mouse went to."""

    turned = Signal(str)

    def __init__(self, groups: Mapping[str, Sequence[str]]) -> None:
        super().__init__()
        self.setObjectName("contents")
        self.setAccessibleName("规则")
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setFixedWidth(scaled(_WIDTH))
        self._titles: dict[str, QListWidgetItem] = {}
        for heading, titles in groups.items():
            self._add(heading, Qt.ItemFlag.NoItemFlags, _HEAD)
            for title in titles:
                self._titles[title] = self._add(title, Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable, _ROW)
        self.currentItemChanged.connect(self._on_current)

    def choose(self, title: str) -> None:
        """Make this page current; a title that there is not leaves what is."""
        if title in self._titles:
            self.setCurrentItem(self._titles[title])

    def _on_current(self, item: QListWidgetItem | None) -> None:
        if item is not None:
            self.turned.emit(item.text())

    def _add(self, text: str, flags: Qt.ItemFlag, height: int) -> QListWidgetItem:
        item = QListWidgetItem(text, self)
        item.setFlags(flags)
        item.setSizeHint(QSize(0, scaled(height)))
        if not flags:
            item.setTextAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignBottom)
        return item
