"""Buttons that say what they do, with the key that does the same beside the word."""

from __future__ import annotations

from enum import Enum

from PySide6.QtCore import QRect, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFont, QFontMetrics, QPainter, QPaintEvent, QPen, QShortcut
from PySide6.QtWidgets import QAbstractButton, QPushButton

from crm_desktop.gui import icons, theme
from crm_desktop.gui.theme import FIELD_HEIGHT, scaled

_GAP = 7
_SIDES = 28
_CENTRE = int(Qt.AlignmentFlag.AlignVCenter | Qt.TextFlag.TextSingleLine)


class Weight(Enum):
    """How loud a button is: one main action a page, the rest plain; quiet ones look like words."""

    MAIN = "main"
    PLAIN = "plain"
    QUIET = "quiet"


class Button(QPushButton):
    """A push button whose accessible name is its word alone. ``key`` (Ctrl+S) is shown and works.

    Painted by itself: QSS cannot set the key apart from the word.
    """

    def __init__(self, text: str, key: str = "", weight: Weight = Weight.PLAIN, icon: str = "") -> None:
        """``icon`` is the name of a drawing in resources/icons."""
        super().__init__()
        self._key = key
        self._weight = weight
        self._picture = icon
        self.setAutoDefault(False)
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setProperty("weight", weight.value)
        self.setProperty("key", key)
        self.say(text)
        if key:
            press_by(self, key)

    def say(self, text: str) -> None:
        """Another word on the button."""
        self.setText(text)
        self.setAccessibleName(text)
        self.updateGeometry()

    def sizeHint(self) -> QSize:
        height = scaled(FIELD_HEIGHT if self._weight is not Weight.QUIET else FIELD_HEIGHT - 5)
        return QSize(self._content_width() + scaled(_SIDES if self._weight is not Weight.QUIET else 16), height)

    def minimumSizeHint(self) -> QSize:
        return self.sizeHint()

    def paintEvent(self, event: QPaintEvent) -> None:
        with QPainter(self) as painter:
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            self._paint_ground(painter)
            self._paint_words(painter)

    def _paint_ground(self, painter: QPainter) -> None:
        ground, edge = self._ground()
        thick = 2.0 if self.hasFocus() else 1.0
        painter.setBrush(QColor(ground) if ground else Qt.BrushStyle.NoBrush)
        painter.setPen(QPen(QColor(edge), thick) if edge else Qt.PenStyle.NoPen)
        inside = thick / 2
        painter.drawRoundedRect(QRectF(self.rect()).adjusted(inside, inside, -inside, -inside), 4, 4)

    def _paint_words(self, painter: QPainter) -> None:
        word, key = self._ink()
        left = (self.width() - self._content_width()) // 2
        if self._picture:
            size = scaled(icons.SIZE)
            picture = icons.pixmap(self._picture, word, size, self.devicePixelRatio())
            painter.drawPixmap(left, (self.height() - size) // 2, picture)
            left += size + _GAP
        painter.setPen(QColor(word))
        painter.setFont(self._word_font())
        room = QRect(left, 0, self.width() - left, self.height())
        painter.drawText(room, _CENTRE, self.text())
        if self._key:
            room.setLeft(left + self._word_width() + _GAP)
            painter.setPen(QColor(key))
            painter.setFont(self.font())
            painter.drawText(room, _CENTRE, self._key)

    def _ground(self) -> tuple[str, str]:
        """Fill and edge, as the pointer, the keyboard and the finger have it."""
        colours = theme.colours()
        over = self.underMouse() and self.isEnabled()
        if not self.isEnabled():
            return colours.grey_ground, colours.line
        if self._weight is Weight.MAIN:
            edge = colours.text if self.hasFocus() else ""
            return (colours.accent_hover if over or self.isDown() else colours.accent), edge
        ground = colours.accent_ground if self.isDown() else colours.hover if over else ""
        if self._weight is Weight.QUIET:
            return ground, colours.accent if self.hasFocus() else ""
        edge = colours.accent if self.hasFocus() else colours.caption if over else colours.strong_line
        return ground or colours.card, edge

    def _ink(self) -> tuple[str, str]:
        """Colours of the word and of the key."""
        colours = theme.colours()
        if not self.isEnabled():
            return colours.caption, colours.caption
        if self._weight is Weight.MAIN:
            return colours.on_accent, colours.on_accent_soft
        return (colours.accent if self._weight is Weight.QUIET else colours.text), colours.caption

    def _content_width(self) -> int:
        width = self._word_width()
        if self._picture:
            width += scaled(icons.SIZE) + _GAP
        if self._key:
            width += self.fontMetrics().horizontalAdvance(self._key) + _GAP
        return width

    def _word_width(self) -> int:
        return QFontMetrics(self._word_font()).horizontalAdvance(self.text())

    def _word_font(self) -> QFont:
        font = self.font()
        font.setBold(self._weight is Weight.MAIN)
        return font


def press_by(button: QAbstractButton, key: str) -> None:
    """Let a key press a button at once: a button's own shortcut waits 100 ms, and what is typed next goes astray."""
    QShortcut(key, button).activated.connect(button.click)
