"""Buttons that say what they do, with the key that does the same beside the word."""

from __future__ import annotations

from enum import Enum

from PySide6.QtCore import QRect, QSize, Qt
from PySide6.QtGui import QColor, QKeySequence, QPainter, QPaintEvent
from PySide6.QtWidgets import QPushButton, QStyle, QStyleOptionButton

from crm_desktop.gui import theme
from crm_desktop.gui.theme import FIELD_HEIGHT, scaled

_GAP = 7


class Weight(Enum):
    """How loud a button is: one main action a page, the rest plain; quiet ones look like words."""

    MAIN = "main"
    PLAIN = "plain"
    QUIET = "quiet"


class Button(QPushButton):
    """A push button whose accessible name is its word alone. ``key`` (Ctrl+S) is shown and works."""

    def __init__(self, text: str, key: str = "", weight: Weight = Weight.PLAIN) -> None:
        super().__init__()
        self._key = key
        self._weight = weight
        self.setProperty("weight", weight.value)
        self.setAutoDefault(False)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.say(text)
        if key:
            self.setShortcut(QKeySequence(key))

    def say(self, text: str) -> None:
        """Another word on the button."""
        self.setText(text)
        self.setAccessibleName(text)
        if self._key:
            self.setShortcut(QKeySequence(self._key))
        self.updateGeometry()

    def sizeHint(self) -> QSize:
        width = self._text_width(self.text())
        if not self.icon().isNull():
            width += self.iconSize().width() + _GAP
        if self._key:
            width += self._text_width(self._key) + _GAP
        return QSize(width + scaled(28), scaled(FIELD_HEIGHT))

    def minimumSizeHint(self) -> QSize:
        return self.sizeHint()

    def paintEvent(self, event: QPaintEvent) -> None:
        option = QStyleOptionButton()
        self.initStyleOption(option)
        with QPainter(self) as painter:
            self.style().drawControl(QStyle.ControlElement.CE_PushButtonBevel, option, painter, self)
            self._paint_words(painter)

    def _paint_words(self, painter: QPainter) -> None:
        word, key = self._colours()
        content = self.sizeHint().width() - scaled(28)
        left = (self.width() - content) // 2
        if not self.icon().isNull():
            size = self.iconSize()
            self.icon().paint(painter, QRect(left, (self.height() - size.height()) // 2, size.width(), size.height()))
            left += size.width() + _GAP
        painter.setPen(QColor(word))
        room = QRect(left, 0, self.width() - left, self.height())
        painter.drawText(room, int(Qt.AlignmentFlag.AlignVCenter | Qt.TextFlag.TextSingleLine), self.text())
        if self._key:
            room.setLeft(left + self._text_width(self.text()) + _GAP)
            painter.setPen(QColor(key))
            painter.drawText(room, int(Qt.AlignmentFlag.AlignVCenter | Qt.TextFlag.TextSingleLine), self._key)

    def _colours(self) -> tuple[str, str]:
        colours = theme.colours()
        if not self.isEnabled():
            return colours.caption, colours.caption
        if self._weight is Weight.MAIN:
            return colours.on_accent, colours.on_accent_soft
        return (colours.accent if self._weight is Weight.QUIET else colours.text), colours.caption

    def _text_width(self, text: str) -> int:
        return self.fontMetrics().horizontalAdvance(text)
