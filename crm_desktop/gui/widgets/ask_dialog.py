"""A small question in a window of its own, which stays open while what was typed is refused; a list only to be read."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QDialog, QHBoxLayout, QVBoxLayout, QWidget

from crm_desktop.gui.theme import scaled
from crm_desktop.gui.widgets.buttons import Button, Weight, press_by
from crm_desktop.gui.widgets.desk_dialog import DeskDialog
from crm_desktop.gui.widgets.labels import PlainLabel
from crm_desktop.gui.widgets.line_field import ENTER
from crm_desktop.gui.widgets.row_table import RowTable


class AskDialog(DeskDialog):
    """A title, a sentence, something to fill in, and buttons that say what they do; deletes itself on close.

    ``given_up``: 取消 was pressed. Esc and the window's own cross leave it too, but may be a slip of the hand.
    """

    given_up = Signal()

    def __init__(self, title: str, sentence: str, window: QWidget) -> None:
        super().__init__(window)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(title)
        self.body = QVBoxLayout(self)
        self.body.setContentsMargins(18, 16, 18, 16)
        self.body.setSpacing(10)
        text = PlainLabel(sentence)
        text.setWordWrap(True)
        self.body.addWidget(PlainLabel(title, "title"))
        self.body.addWidget(text)

    def add_buttons(self, *buttons: Button) -> None:
        """The foot of the dialog; the harmless answer is added last, and Ctrl+S presses the main button."""
        foot = QHBoxLayout()
        foot.setSpacing(8)
        foot.addStretch(1)
        for button in buttons:
            foot.addWidget(button)
        cancel = Button("取消")
        cancel.clicked.connect(self._on_cancel)
        foot.addWidget(cancel)
        for button in (*buttons, cancel):
            button.setAutoDefault(True)  # Enter presses the button that has the keyboard
        mains = [button for button in buttons if button.property("weight") == Weight.MAIN.value]
        if len(mains) == 1:
            press_by(mains[0], "Ctrl+S")  # as on every page; the foot is too small to show it
        self.body.addLayout(foot)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter that no button and no input took leads on: Qt would press the main button, wherever the keyboard is."""
        if event.key() in ENTER:
            self.focusNextChild()
            event.accept()
            return
        super().keyPressEvent(event)

    def _on_cancel(self) -> None:
        self.given_up.emit()
        self.reject()


class ReadDialog(AskDialog):
    """A list to be read; nothing can be changed in it."""

    def __init__(self, title: str, sentence: str, table: RowTable[Any], size: tuple[int, int], window: QWidget) -> None:
        """``size`` of the whole window, in unscaled pixels."""
        super().__init__(title, sentence, window)
        self.body.addWidget(table, 1)
        self.body.addLayout(closing_foot(self, word="关闭"))
        self.resize(*map(scaled, size))
        table.setFocus()


def closing_foot(dialog: QDialog, *buttons: Button, word: str = "关闭窗口") -> QHBoxLayout:
    """The foot of a window with a list: what can be done at the left, the way out at the right."""
    close = Button(word)
    close.clicked.connect(dialog.accept)
    foot = QHBoxLayout()
    foot.setSpacing(8)
    for button in buttons:
        foot.addWidget(button)
    foot.addStretch(1)
    foot.addWidget(close)
    return foot
