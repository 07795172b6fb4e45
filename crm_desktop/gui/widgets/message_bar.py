"""The bar named 消息: the last sentence, running work with its cancel, and where the data lies."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLineEdit, QSizePolicy

from crm_desktop.clock import Clock, to_local
from crm_desktop.gui import icons, theme
from crm_desktop.gui.jobs import Jobs, is_there
from crm_desktop.gui.messages import Message, Messages, Mood
from crm_desktop.gui.theme import Tone, scaled
from crm_desktop.gui.widgets.buttons import Button, Weight
from crm_desktop.gui.widgets.job_progress import JobProgress
from crm_desktop.gui.widgets.labels import ElidedLabel, PlainLabel, plain_tooltip

_AROUND = 12  # what a line edit keeps free beside its text
_SIGNS = {
    Mood.DONE: ("circle-check", Tone.DONE),
    Mood.REFUSED: ("alert-triangle", Tone.LATE),
    Mood.NOTE: ("info-circle", Tone.INFO),
}


class MessageBar(QFrame):
    """One line at the foot of the window. A refusal stays until something else is said."""

    def __init__(self, messages: Messages, jobs: Jobs, clock: Clock) -> None:
        super().__init__()
        self._clock, self._messages = clock, messages
        self._message: Message | None = None
        self._sign = PlainLabel()
        self._text = _Sentence()
        self._time = PlainLabel(role="caption")
        self._open_file = Button("打开文件", weight=Weight.QUIET)
        self._open_folder = Button("打开所在文件夹", weight=Weight.QUIET)
        self._open_case = Button("打开抱怨单", weight=Weight.QUIET)
        self._undo = Button("撤销", weight=Weight.QUIET)
        self._progress = JobProgress(jobs)
        self._place = ElidedLabel(role="caption", cut=Qt.TextElideMode.ElideMiddle)
        self._lay_out()
        messages.said.connect(self._on_said)
        self._open_file.clicked.connect(self._on_open_file)
        self._open_folder.clicked.connect(self._on_open_folder)
        self._open_case.clicked.connect(self._on_open_case)
        self._undo.clicked.connect(self._on_undo)

    def set_place(self, text: str) -> None:
        """Where the data lies and how it is: stands at the right, and gives way to the sentence."""
        self._place.setText(text)

    def text(self) -> str:
        """The sentence shown."""
        return self._text.text()

    def dress(self) -> None:
        """Draw the sign again in the colours of the palette."""
        if self._message is not None:
            name, tone = _SIGNS[self._message.mood]
            colour, _ = theme.colours().pair(tone)
            self._sign.setPixmap(icons.pixmap(name, colour, scaled(icons.SIZE), self.devicePixelRatio()))

    def fit(self) -> None:
        """Take the size that belongs to the present font."""
        self.setFixedHeight(scaled(30))
        self._sign.setFixedWidth(scaled(icons.SIZE))
        self.dress()

    def _on_said(self, message: Message) -> None:
        self._message = message
        self.dress()
        self._text.say(message.text)
        self._time.setText(to_local(self._clock()).strftime("%H:%M:%S"))
        self._open_file.setVisible(bool(message.paths))
        self._open_folder.setVisible(bool(message.paths))
        self._open_case.setVisible(bool(message.number))
        self._undo.setVisible(message.undo is not None)

    def _on_open_file(self) -> None:
        self._open(*(self._message.paths if self._message else ()))

    def _on_open_folder(self) -> None:
        self._open(*(path.parent for path in (self._message.paths[:1] if self._message else ())))

    def _open(self, *paths: Path) -> None:
        from crm_desktop.gui.opening import open_outside  # noqa: PLC0415 - not needed to paint the window

        for path in paths:
            if not open_outside(path, self._messages):
                return

    def _on_undo(self) -> None:
        """Offered once: what was said last is taken back, if the page it was done on still stands."""
        message, self._message = self._message, None
        self._undo.hide()
        if message is not None and message.undo is not None and is_there(message.undo):
            message.undo()

    def _on_open_case(self) -> None:
        if self._message is not None:
            self._messages.wanted.emit(self._message.number)

    def _lay_out(self) -> None:
        self.setObjectName("messages")
        self.fit()
        self._open_file.hide()
        self._open_folder.hide()
        self._open_case.hide()
        self._undo.hide()
        layout = QHBoxLayout(self)
        layout.setContentsMargins(18, 0, 18, 0)
        layout.setSpacing(8)
        layout.addWidget(self._sign)
        layout.addWidget(self._text)
        for widget in (self._undo, self._open_case, self._open_file, self._open_folder, self._time, self._progress):
            layout.addWidget(widget)
        layout.addSpacing(12)
        self._place.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        layout.addWidget(self._place, 1)


class _Sentence(QLineEdit):
    """The sentence as text a screen reader can read letter by letter and a person can copy.

    As wide as it needs; with less room it is cut in the middle, for its end tells the outcome.
    """

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("sentence")
        self.setReadOnly(True)
        self.setAccessibleName("消息")
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
