"""The bar named 消息: the last sentence, what came by itself, running work with its cancel, and where the data lies."""

from __future__ import annotations

from datetime import datetime, timedelta
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QHBoxLayout

from crm_desktop.clock import Clock, to_local
from crm_desktop.gui.jobs import Jobs, is_there
from crm_desktop.gui.messages import Message, Messages
from crm_desktop.gui.theme import scaled
from crm_desktop.gui.widgets.buttons import Button, Weight
from crm_desktop.gui.widgets.job_progress import JobProgress
from crm_desktop.gui.widgets.labels import ElidedLabel, PlainLabel
from crm_desktop.gui.widgets.sentence import Aside, MoodSign, Sentence

_FRESH = timedelta(seconds=20)
"""So long whoever did something has the answer to himself."""
_BESIDE_FOR = timedelta(minutes=1)
"""So long what came by itself stands beside the answers; then it goes with the next one."""


class MessageBar(QFrame):
    """One line at the foot of the window. A refusal stays until something else is said.

    What comes by itself never takes the place of a fresh answer or of one that offers 撤销: it stands beside it.
    """

    def __init__(self, messages: Messages, jobs: Jobs, clock: Clock) -> None:
        super().__init__()
        self._clock, self._messages = clock, messages
        self._message: Message | None = None
        self._answered_at: datetime | None = None
        self._beside_since: datetime | None = None
        self._sign, self._text, self._aside = MoodSign(), Sentence("消息"), Aside()
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
        self._aside.case_wanted.connect(self._on_case_beside)

    def set_place(self, text: str) -> None:
        """Where the data lies and how it is: stands at the right, and gives way to the sentence."""
        self._place.setText(text)

    def text(self) -> str:
        """The sentence shown."""
        return self._text.text()

    def dress(self) -> None:
        """Draw the sign again in the colours of the palette."""
        self._sign.dress()
        self._aside.dress()

    def fit(self) -> None:
        """Take the size that belongs to the present font."""
        self.setFixedHeight(scaled(30))
        self.dress()

    def _on_said(self, message: Message) -> None:
        if message.unasked and (self._is_fresh() or self._offers_undo()):
            self._beside_since = self._clock()
            self._aside.say(message)
            self._place.hide()
            return
        self._message = message
        self._answered_at = None if message.unasked else self._clock()
        if message.unasked or not self._is_young_beside():
            self._clear_beside()
        self._sign.show_mood(message.mood)
        self._text.say(message.text)
        self._time.setText(to_local(self._clock()).strftime("%H:%M:%S"))
        self._open_file.setVisible(bool(message.paths))
        self._open_folder.setVisible(bool(message.paths))
        self._open_case.setVisible(bool(message.number))
        self._undo.setVisible(message.undo is not None)

    def _offers_undo(self) -> bool:
        undo = self._message.undo if self._message is not None else None
        return undo is not None and is_there(undo)

    def _is_fresh(self) -> bool:
        return self._answered_at is not None and self._clock() - self._answered_at < _FRESH

    def _is_young_beside(self) -> bool:
        return self._beside_since is not None and self._clock() - self._beside_since < _BESIDE_FOR

    def _clear_beside(self) -> None:
        self._aside.hide()
        self._place.show()

    def _on_case_beside(self, number: str) -> None:
        self._clear_beside()
        self._messages.wanted.emit(number)

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
        layout.addWidget(self._undo)
        for widget in (self._open_case, self._open_file, self._open_folder, self._time):
            layout.addWidget(widget)
        layout.addWidget(self._aside, 1)
        layout.addWidget(self._progress)
        layout.addSpacing(12)
        self._place.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        layout.addWidget(self._place, 1)
