"""What an empty list or page says: what it is for, and the one button to begin."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from crm_desktop.gui.widgets.buttons import Button
from crm_desktop.gui.widgets.labels import PlainLabel


class EmptyNote(QWidget):
    """A sentence and at most one button in the middle of an empty place."""

    pressed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._label = PlainLabel(role="empty")
        self._label.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self._label.setWordWrap(True)
        self._button = Button("")
        self._button.hide()
        layout = QVBoxLayout(self)
        layout.setSpacing(12)
        layout.addStretch(2)
        layout.addWidget(self._label)
        layout.addWidget(self._button, 0, Qt.AlignmentFlag.AlignHCenter)
        layout.addStretch(3)
        self._button.clicked.connect(self._on_clicked)

    def say(self, text: str, button_text: str = "") -> None:
        """What to say; without ``button_text`` there is nothing to press."""
        self._label.setText(text)
        self._button.say(button_text)
        self._button.setVisible(bool(button_text))

    def text(self) -> str:
        """What is said at the moment."""
        return self._label.text()

    def _on_clicked(self) -> None:
        self.pressed.emit()


class EmptyPage(EmptyNote):
    """A whole page with nothing on it yet."""

    def __init__(self, text: str, button_text: str = "") -> None:
        super().__init__()
        self.say(text, button_text)
