"""撤销上一步 on a page: the button, Ctrl+Z where no text has the keyboard, and the offer beside “已保存”."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from typing import Generic, TypeVar

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QWidget

from crm_desktop.domain.acts import Act
from crm_desktop.domain.errors import DeskError
from crm_desktop.domain.undo import TakenBack
from crm_desktop.gui.messages import Messages
from crm_desktop.gui.session import Session
from crm_desktop.gui.widgets.buttons import Button, Weight
from crm_desktop.gui.widgets.labels import plain_tooltip

WORD = "撤销上一步"
_TYPED = "还有没保存的内容：先保存或还原，再撤销上一步。"
Key = TypeVar("Key", int, str)
Takes = Callable[[Key, int, Act, datetime | None], TakenBack]
Offers = Callable[[Key, Act, datetime | None], bool]


class Undoing(QObject, Generic[Key]):
    """One for a page that shows one record. ``taken``: the record is to be read again."""

    taken = Signal()

    def __init__(
        self,
        page: QWidget,
        screen: str,
        services: tuple[Takes[Key], Offers[Key]],
        holds_typed: Callable[[], object],
        session: Session,
        messages: Messages,
    ) -> None:
        """``services`` take the last change back and say whether they would; ``holds_typed``: not all is saved."""
        super().__init__(page)
        self._take: Takes[Key] = services[0]
        self._offers: Offers[Key] = services[1]
        self._screen, self._holds_typed = screen, holds_typed
        self._session, self._messages = session, messages
        self._record: tuple[Key, int] | None = None
        self.button = Button(WORD, weight=Weight.QUIET)
        self.button.setToolTip(plain_tooltip(f"{WORD}　Ctrl+Z"))
        self.button.hide()
        self.button.clicked.connect(self.take_back)
        # A text that has the keyboard keeps Ctrl+Z for itself.
        key = QShortcut(QKeySequence(QKeySequence.StandardKey.Undo), page)
        key.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
        key.activated.connect(self.take_back)

    def turn_to(self, record: tuple[Key, int] | None) -> None:
        """The record shown now, with its version; none for one that is not stored yet."""
        self._record = record
        self.button.setVisible(self._is_offered())

    def done(self, sentence: str) -> None:
        """It is saved; where that can be taken back, the bar offers it."""
        self._messages.done(sentence, undo=self.take_back if self._is_offered() else None)

    def take_back(self) -> None:
        """The last change of this record goes back, or one sentence says why not."""
        if self._record is None:
            return
        if self._holds_typed():
            self._messages.refused(_TYPED)
            return
        try:
            told = self._take(*self._record, self._session.act(self._screen), self._session.since)
        except DeskError as refusal:
            self._messages.refused(refusal.sentence)
            return
        self.taken.emit()
        self._messages.done(told.sentence)

    def _is_offered(self) -> bool:
        if self._record is None:
            return False
        try:
            return self._offers(self._record[0], self._session.act(self._screen), self._session.since)
        except DeskError:
            return False
