"""The search box of the top band: asks at every keystroke, walks the answer by keyboard, gives the keyboard back."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, Qt, QTimer, Signal
from PySide6.QtGui import QFocusEvent, QInputMethodEvent, QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QWidget
from shiboken6 import isValid

from crm_desktop.gui.theme import scaled
from crm_desktop.gui.widgets.labels import PlainLabel
from crm_desktop.gui.widgets.line_field import ENTER, LineField

if TYPE_CHECKING:
    from crm_desktop.domain.search import HitGroup
    from crm_desktop.gui.search_list import SearchList

NAME, KEY = "搜索", "Ctrl+K"
_WIDTH = 420
_PINYIN = re.compile(r"[a-z][a-z' ]*")

Ask = Callable[[str], Sequence["HitGroup"]]


class SearchBox(LineField):
    """``chosen`` carries the hit to open, or the ``Beginning`` of something new with the text typed.

    What was typed is asked at once: the index answers in milliseconds. While an input method composes, its keys are
    its own; the letters of a pinyin that is being composed are asked as pinyin where nothing else was typed. The list
    lies inside the window, so it can never take the focus.
    """

    chosen = Signal(object)

    def __init__(self, ask: Ask, hint: str) -> None:
        super().__init__(hint)
        self._ask = ask
        self._preedit, self._asked = "", ""
        self._list: SearchList | None = None
        self._before: QWidget | None = None
        self._key = PlainLabel(KEY, "key")
        # Keys that came together are answered together.
        self._wait = QTimer(self, singleShot=True, interval=0)
        self._dress()
        self._wait.timeout.connect(self._answer)
        self.textEdited.connect(self._wait.start)
        self.textChanged.connect(self._on_text)

    # -- what others may call ------------------------------------------------------------------------------------

    def enter(self) -> None:
        """Take the keyboard and remember where it was; what still stands here is asked again."""
        if not self.hasFocus():
            self._before = self.window().focusWidget()
        self.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self.selectAll()
        self._wait.start()

    def leave(self) -> None:
        """Empty, and the keyboard where it was before."""
        before, self._before = self._before, None
        self.put_away()
        if before is not None and isValid(before) and before.isVisible():
            before.setFocus(Qt.FocusReason.OtherFocusReason)

    def put_away(self) -> None:
        """Empty; nothing is offered."""
        self.clear()
        self.inputMethodEvent(QInputMethodEvent())  # what was being composed went with the text
        self._close()

    # -- Qt ------------------------------------------------------------------------------------------------------

    def event(self, event: QEvent) -> bool:
        if event.type() == QEvent.Type.ShortcutOverride and isinstance(event, QKeyEvent) and self._owns(event):
            event.accept()
            return True
        return super().event(event)

    def inputMethodEvent(self, event: QInputMethodEvent) -> None:
        self._preedit = event.preeditString()
        super().inputMethodEvent(event)
        self._wait.start()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if not self.is_composing() and self._steer(event.key()):
            event.accept()
            return
        super().keyPressEvent(event)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        self._close()

    # -- helpers -------------------------------------------------------------------------------------------------

    def _owns(self, event: QKeyEvent) -> bool:
        return event.key() == Qt.Key.Key_Escape

    def _steer(self, key: int) -> bool:
        if key == Qt.Key.Key_Escape:
            self.leave()
        elif key in (Qt.Key.Key_Down, Qt.Key.Key_Up):
            self._settle()
            if self._list is not None and self._list.isVisible():
                self._list.step(1 if key == Qt.Key.Key_Down else -1)
                self._tell()
        elif key in ENTER:
            self._settle()
            self._take()
        else:
            return False
        return True

    def _settle(self) -> None:
        """What was typed last is answered before a key acts on the answer."""
        if self._wait.isActive():
            self._wait.stop()
            self._answer()

    def _question(self) -> str:
        if not self._preedit:
            return self.text().strip()
        pinyin = not self.text() and _PINYIN.fullmatch(self._preedit)
        return self._preedit.replace("'", "").replace(" ", "") if pinyin else self._asked

    def _answer(self) -> None:
        asked = self._question()
        self._asked = asked
        if not asked or not self.hasFocus():
            self._close()
            return
        from crm_desktop.gui.search_rows import search_rows  # noqa: PLC0415 - not needed to paint the window

        self._shown_list().offer(search_rows(self._ask(asked), asked))
        self._tell()

    def _shown_list(self) -> SearchList:
        if self._list is None:
            from crm_desktop.gui.search_list import SearchList  # noqa: PLC0415 - not needed to paint the window

            self._list = SearchList(self)
            self._list.taken.connect(self._take)
        return self._list

    def _take(self) -> None:
        value = self._list.value() if self._list is not None and self._list.isVisible() else None
        if value is not None:
            self.put_away()
            self.chosen.emit(value)

    def _tell(self) -> None:
        """For whoever hears the window: how much was found and what Enter would open."""
        self.setAccessibleDescription(self._list.told() if self._list is not None else "")

    def _close(self) -> None:
        self._wait.stop()
        self._asked = ""
        self.setAccessibleDescription("")
        if self._list is not None:
            self._list.hide()

    def _on_text(self, text: str) -> None:
        self._key.setVisible(not text)

    def fit(self) -> None:
        """Take the width that belongs to the present font."""
        self.setFixedWidth(scaled(_WIDTH))

    def _dress(self) -> None:
        self.setAccessibleName(NAME)
        self.fit()
        inside = QHBoxLayout(self)
        inside.setContentsMargins(0, 0, 8, 0)
        inside.addStretch(1)
        inside.addWidget(self._key, 0, Qt.AlignmentFlag.AlignVCenter)
