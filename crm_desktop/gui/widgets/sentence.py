"""The sentence of the message bar as text a screen reader reads and a person copies, and one that stands beside it."""

from __future__ import annotations

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QSizePolicy, QWidget

from crm_desktop.gui import icons, theme
from crm_desktop.gui.messages import Message, Mood
from crm_desktop.gui.theme import Tone, scaled
from crm_desktop.gui.widgets.buttons import Button, Weight
from crm_desktop.gui.widgets.labels import PlainLabel, plain_tooltip

_AROUND = 12  # what a line edit keeps free beside its text
_LEAST_BESIDE = 200
_SIGNS = {
    Mood.DONE: ("circle-check", Tone.DONE),
    Mood.REFUSED: ("alert-triangle", Tone.LATE),
    Mood.NOTE: ("info-circle", Tone.INFO),
}


class MoodSign(PlainLabel):
    """The sign before a sentence, in the colours of the palette."""

    def __init__(self) -> None:
        super().__init__()
        self._mood: Mood | None = None

    def show_mood(self, mood: Mood) -> None:
        """How the sentence is meant."""
        self._mood = mood
        self.dress()

    def dress(self) -> None:
        """Draw it again: the palette or the size of type is another."""
        self.setFixedWidth(scaled(icons.SIZE))
        if self._mood is not None:
            name, tone = _SIGNS[self._mood]
            colour, _ = theme.colours().pair(tone)
            self.setPixmap(icons.pixmap(name, colour, scaled(icons.SIZE), self.devicePixelRatio()))


class Sentence(QLineEdit):
    """The sentence as text a screen reader can read letter by letter and a person can copy.

    As wide as it needs; with less room it is cut in the middle, for its end tells the outcome.
    """

    def __init__(self, name: str) -> None:
        super().__init__()
        self.setObjectName("sentence")
        self.setReadOnly(True)
        self.setAccessibleName(name)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)

    def say(self, text: str) -> None:
        """Show a sentence and announce it to a screen reader."""
        self.setText(text)
        self.setCursorPosition(0)
        self.setToolTip(plain_tooltip(text))
        self.setAccessibleDescription(text)
        self.updateGeometry()
        from PySide6.QtGui import QAccessible, QAccessibleAnnouncementEvent  # noqa: PLC0415 - hundreds of names

        QAccessible.updateAccessibility(QAccessibleAnnouncementEvent(self, text))

    def sizeHint(self) -> QSize:
        return QSize(self.fontMetrics().horizontalAdvance(self.text()) + scaled(_AROUND), super().sizeHint().height())

    def minimumSizeHint(self) -> QSize:
        return QSize(0, super().minimumSizeHint().height())

    def paintEvent(self, event: QPaintEvent) -> None:
        """With the keyboard in it, it is a line to walk through."""
        if self.hasFocus() or self.sizeHint().width() <= self.width():
            super().paintEvent(event)
            return
        from PySide6.QtWidgets import QStyle, QStyleOptionFrame  # noqa: PLC0415 - hundreds of names

        frame = QStyleOptionFrame()
        self.initStyleOption(frame)
        style = self.style()
        room = style.subElementRect(QStyle.SubElement.SE_LineEditContents, frame, self).adjusted(2, 0, -2, 0)
        shown = self.fontMetrics().elidedText(self.text(), Qt.TextElideMode.ElideMiddle, room.width())
        with QPainter(self) as painter:
            style.drawPrimitive(QStyle.PrimitiveElement.PE_PanelLineEdit, frame, painter, self)
            painter.setPen(self.palette().color(self.foregroundRole()))
            painter.drawText(room, Qt.AlignmentFlag.AlignVCenter, shown)


class Aside(QWidget):
    """A sentence that came by itself, beside the answer that still offers 撤销; it takes what room the answer leaves.

    ``case_wanted`` carries the number of the complaint it speaks of.
    """

    case_wanted = Signal(str)

    def __init__(self) -> None:
        super().__init__()
        self._number = ""
        self._sign, self._text = MoodSign(), Sentence("提醒")
        self._open_case = Button("打开抱怨单", weight=Weight.QUIET)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(8, 0, 0, 0)
        layout.setSpacing(8)
        layout.addWidget(self._sign)
        layout.addWidget(self._text, 1)
        layout.addWidget(self._open_case)
        self._text.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
        self.hide()
        self._open_case.clicked.connect(self._on_open_case)

    def say(self, message: Message) -> None:
        """Show it and announce it to a screen reader."""
        self._number = message.number
        self._open_case.setVisible(bool(message.number))
        self._sign.show_mood(message.mood)
        self.show()
        self._text.say(message.text)

    def dress(self) -> None:
        """The palette or the size of type is another."""
        self._sign.dress()
        self._text.setMinimumWidth(scaled(_LEAST_BESIDE))

    def _on_open_case(self) -> None:
        self.case_wanted.emit(self._number)
