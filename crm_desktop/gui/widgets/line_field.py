"""The one-line input: Enter moves on and never submits, nor does it fire while a word is being composed."""

from __future__ import annotations

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtGui import QInputMethodEvent, QKeyEvent
from PySide6.QtWidgets import QLineEdit

from crm_desktop.gui.theme import FIELD_HEIGHT

ENTER = (Qt.Key.Key_Return, Qt.Key.Key_Enter)


def is_window_key(event: QEvent) -> bool:
    """Ctrl+K cuts the rest of the line under X11, before any shortcut hears of it; here it is the window's search."""
    if event.type() != QEvent.Type.ShortcutOverride or not isinstance(event, QKeyEvent):
        return False
    return event.key() == Qt.Key.Key_K and event.modifiers() == Qt.KeyboardModifier.ControlModifier


class LineField(QLineEdit):
    """One line of text. ``advance`` wishes for the next field (Enter, but not while a word is being composed)."""

    changed = Signal()
    advance = Signal()

    def __init__(self, placeholder: str = "") -> None:
        super().__init__()
        self._composing = False
        self.setPlaceholderText(placeholder)
        self.setMinimumHeight(FIELD_HEIGHT)
        self.textChanged.connect(self._on_text_changed)

    def value(self) -> object:
        """What was typed, as it was typed: services clean and check."""
        return self.text()

    def set_value(self, value: object) -> None:
        """Show a value."""
        self.setText("" if value is None else str(value))
        self.setCursorPosition(0)

    def typed(self) -> str:
        """The raw text, for a draft: never refuses."""
        return self.text()

    def set_typed(self, text: str) -> None:
        """Bring the raw text of a draft back."""
        self.setText(text)

    def is_composing(self) -> bool:
        """Whether an input method is at work on an unfinished word."""
        return self._composing

    def event(self, event: QEvent) -> bool:
        if is_window_key(event):
            event.ignore()
            return True
        return super().event(event)

    def inputMethodEvent(self, event: QInputMethodEvent) -> None:
        self._composing = bool(event.preeditString())
        super().inputMethodEvent(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in ENTER:
            if not self._composing:
                self.advance.emit()
            event.accept()
            return
        super().keyPressEvent(event)

    def _on_text_changed(self) -> None:
        self.changed.emit()
