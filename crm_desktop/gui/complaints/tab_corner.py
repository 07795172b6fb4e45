"""What stands at the right of a case's tabs: the buttons whole, before them a sentence that gives way to the tabs."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QTabWidget, QWidget

from crm_desktop.gui.theme import scaled
from crm_desktop.gui.widgets.labels import ElidedLabel

_APART, _GAP = 12, 6


class TabCorner(QWidget):
    """Qt gives a corner whatever it asks for and lets the tabs scroll: this one asks for what they leave."""

    def __init__(self, book: QTabWidget, sentence: ElidedLabel, *buttons: QPushButton) -> None:
        super().__init__()
        self._book, self._sentence, self._buttons = book, sentence, buttons
        beside = QHBoxLayout(self)
        beside.setContentsMargins(0, 0, 0, 0)
        beside.setSpacing(_GAP)
        for widget in (sentence, *buttons):
            beside.addWidget(widget)
        book.setCornerWidget(self)
        book.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.Resize and watched is self._book:
            self._fit()
        return super().eventFilter(watched, event)

    def _fit(self) -> None:
        taken = sum(button.sizeHint().width() + _GAP for button in self._buttons if not button.isHidden())
        left = self._book.width() - self._book.tabBar().sizeHint().width() - taken - scaled(_APART)
        self._sentence.setMaximumWidth(max(0, left))
