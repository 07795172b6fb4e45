"""Hands at a page: keys where the keyboard is, fields, buttons and lists found by the names a reader hears."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QInputMethodEvent
from PySide6.QtWidgets import QAbstractButton, QApplication, QMessageBox, QTableView, QWidget
from pytestqt.qtbot import QtBot

from crm_desktop.gui.messages import Messages
from crm_desktop.gui.widgets.fields import Field
from crm_desktop.gui.widgets.labels import LinkedLabel, PlainLabel

CTRL = Qt.KeyboardModifier.ControlModifier
_PLAIN = Qt.KeyboardModifier.NoModifier


class Hands:
    """One page in a window of the size it has at 1366x768, worked from outside."""

    def __init__(self, qtbot: QtBot, page: Any, messages: Messages) -> None:
        self.qtbot, self.page, self.messages = qtbot, page, messages
        page.resize(1198, 690)
        qtbot.addWidget(page)
        page.show()
        qtbot.waitActive(page)

    def press(self, key: Qt.Key, modifier: Qt.KeyboardModifier = _PLAIN) -> None:
        """One key chord where the keyboard is."""
        self.qtbot.keyClick(self.hands(), key, modifier)

    def walk_to(self, name: str) -> None:
        """Tab until the keyboard stands there; not found after a round is a failure."""
        for _ in range(80):
            if self.focus() == name:
                return
            self.press(Qt.Key.Key_Tab)
        raise AssertionError(f"{name} is not on the way of the keyboard")

    def save(self) -> None:
        """Ctrl+S."""
        self.press(Qt.Key.Key_S, CTRL)

    def write(self, text: str) -> None:
        """Words as an input method hands them over."""
        event = QInputMethodEvent()
        event.setCommitString(text)
        QApplication.sendEvent(self.hands(), event)

    def fields(self, label: str) -> list[Any]:
        """Every visible input of this name, top to bottom."""
        return [field for field in self._named(label, QWidget) if isinstance(field, Field)]

    def field(self, label: str) -> Any:
        """The first of them."""
        return self.fields(label)[0]

    def fill(self, label: str, text: str, place: int = 0) -> None:
        """Text in an input, as typed."""
        self.fields(label)[place].setFocus()
        self.fields(label)[place].set_typed(text)

    def button(self, text: str) -> QAbstractButton:
        """The first visible button of this name."""
        return self._named(text, QAbstractButton)[0]

    def click(self, text: str, place: int = 0) -> None:
        """A click of the left mouse button."""
        self.qtbot.mouseClick(self._named(text, QAbstractButton)[place], Qt.MouseButton.LeftButton)

    def has(self, text: str) -> bool:
        """Whether a button of this name is to be seen."""
        return bool(self._named(text, QAbstractButton))

    def table(self, title: str) -> Any:
        """The visible list of this title."""
        return self._named(title, QTableView)[0]

    def cells(self, title: str, column: int) -> list[str]:
        """What a column of a list shows, top to bottom."""
        model = self.table(title).model()
        return [model.index(row, column).data() for row in range(model.rowCount())]

    def texts(self) -> str:
        """Every word that stands on the page outside of inputs and lists."""
        plain = [label.text() for label in self.page.findChildren(PlainLabel) if label.isVisible()]
        linked = [label.accessibleName() for label in self.page.findChildren(LinkedLabel) if label.isVisible()]
        return "\n".join((*plain, *linked))

    @contextmanager
    def answering(self, word: str) -> Iterator[None]:
        """The question that comes of what is done inside gets this answer."""
        answered: list[str] = []
        timer = QTimer(interval=10)
        timer.timeout.connect(lambda: answered.extend(_answered(word)))
        timer.start()
        yield
        self.qtbot.waitUntil(lambda: bool(answered))
        timer.stop()

    def said(self) -> str:
        """The last sentence for the bar."""
        return self.messages.last.text if self.messages.last else ""

    def focus(self) -> str:
        """The name of what has the keyboard."""
        return self.hands().accessibleName()

    def hands(self) -> QWidget:
        """What has the keyboard; a window that stood behind another one comes to the front first."""
        if _in_sight() is None:
            self.page.activateWindow()
            self.page.setFocus()
            self.qtbot.waitUntil(lambda: _in_sight() is not None)
        return _in_sight()

    def _named(self, name: str, kind: type[QWidget]) -> list[Any]:
        found = self.page.findChildren(kind)
        return [widget for widget in found if widget.accessibleName() == name and widget.isVisible()]


def _in_sight() -> Any:
    """What has the keyboard, unless it is a question that was answered a moment ago and is no longer to be seen."""
    focus = QApplication.focusWidget()
    return focus if focus is not None and focus.window().isVisible() else None


def _answered(word: str) -> list[str]:
    """Presses the button of this word if a question is open; the words pressed."""
    box = QApplication.activeModalWidget()
    if not isinstance(box, QMessageBox):
        return []
    wanted = next((button for button in box.buttons() if button.text() == word), None)
    if wanted is None:
        return []
    wanted.click()
    return [word]
