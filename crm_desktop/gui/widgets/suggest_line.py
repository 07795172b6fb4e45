"""A line that offers what is already in the files while somebody types, without taking the keyboard away."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QFocusEvent, QInputMethodEvent, QKeyEvent

from crm_desktop.gui.widgets.line_field import ENTER, LineField

if TYPE_CHECKING:
    from crm_desktop.gui.widgets.offer_list import OfferList

_WAIT_MS = 120
_SHOWN = 8


@dataclass(frozen=True, slots=True)
class Suggestion:
    """One offer: its ``title``, ``why`` it fits (the words that matched), and the ``value`` that is handed back."""

    title: str
    why: str = ""
    value: object = None


Suggest = Callable[[str], Sequence[Suggestion]]


class SuggestLine(LineField):
    """Asks ``suggest`` 120 ms after the last letter; ``picked`` carries the value of the offer chosen.

    Down and up walk the offers, Enter takes the one marked, Esc closes the list. An ``eager`` line marks the first
    offer by itself, so that Enter alone takes it, at once even when the list is not yet open; one that is not eager
    (a name that many people have) moves on with Enter unless Down was pressed. Nothing is asked while an input
    method composes. The list lies inside the window, so it can never take the focus.
    """

    picked = Signal(object)
    listed = False
    """Whether Down opens the list before a letter was typed: for a few words, not for all customers."""

    def __init__(self, suggest: Suggest, placeholder: str = "", eager: bool = True) -> None:
        super().__init__(placeholder)
        self._eager = eager
        self._suggest = suggest
        self._offers: Sequence[Suggestion] = ()
        self._list: OfferList | None = None
        self._wait = QTimer(self)
        self._wait.setSingleShot(True)
        self._wait.setInterval(_WAIT_MS)
        self._wait.timeout.connect(self._ask)
        self.textEdited.connect(self._on_text_edited)

    def offers(self) -> Sequence[Suggestion]:
        """What is offered at the moment; empty while the list is closed."""
        return self._offers

    def close_offers(self) -> None:
        """Put the list away."""
        self._wait.stop()
        self._offers = ()
        if self._list is not None:
            self._list.hide()

    def inputMethodEvent(self, event: QInputMethodEvent) -> None:
        super().inputMethodEvent(event)
        if self.is_composing():
            self.close_offers()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if self._eager and event.key() in ENTER and self._wait.isActive() and not self.is_composing():
            self._wait.stop()
            self._ask()
        if self.listed and event.key() == Qt.Key.Key_Down and not self._offers and not self.is_composing():
            self._ask()
            event.accept()
            return
        if self._offers and not self.is_composing() and self._steer(event.key()):
            event.accept()
            return
        super().keyPressEvent(event)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        self.close_offers()
        super().focusOutEvent(event)

    def _steer(self, key: int) -> bool:
        assert self._list is not None  # noqa: S101 - there are offers only where there is a list
        if key in (Qt.Key.Key_Down, Qt.Key.Key_Up):
            self._list.step(1 if key == Qt.Key.Key_Down else -1)
        elif key == Qt.Key.Key_Escape:
            self.close_offers()
        elif key in ENTER and self._list.currentRow() >= 0:
            self._take(self._list.currentRow())
        else:
            return False
        return True

    def _on_text_edited(self) -> None:
        if not self.is_composing():
            self._wait.start()

    def _ask(self) -> None:
        text = self.text().strip()
        self._offers = tuple(self._suggest(text))[:_SHOWN] if (text or self.listed) and self.hasFocus() else ()
        if not self._offers:
            self.close_offers()
            return
        if self._list is None:
            from crm_desktop.gui.widgets.offer_list import OfferList  # noqa: PLC0415 - not needed to paint the window

            self._list = OfferList(self)
            self._list.taken.connect(self._take)
        self._list.offer([(offer.title, offer.why) for offer in self._offers], self._eager)

    def _take(self, place: int) -> None:
        value = self._offers[place].value
        self.close_offers()
        self.picked.emit(value)
