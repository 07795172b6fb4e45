"""The recovery code, shown this once: to be printed or copied out before the window is closed."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from crm_desktop.gui.theme import scaled
from crm_desktop.gui.widgets.buttons import Button, Weight
from crm_desktop.gui.widgets.desk_dialog import DeskDialog
from crm_desktop.gui.widgets.field_form import FieldForm
from crm_desktop.gui.widgets.labels import PlainLabel


class CodeDialog(DeskDialog):
    """``print_wanted`` carries code and name. Esc does not close it: the code could never be seen again."""

    print_wanted = Signal(str, str)

    def __init__(self, code: str, who: str, window: QWidget) -> None:
        super().__init__(window)
        self._code, self._who = code, who
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle("恢复码")
        self._form = FieldForm(columns=1)
        self._form.add_line("code", "恢复码")
        self._form.set_values({"code": code})
        self._form.lock(True)
        self._print = Button("打印恢复码", weight=Weight.MAIN, icon="printer")
        self._done = Button("已打印或抄好")
        self._lay_out()
        self._print.clicked.connect(self._on_print)
        self._done.clicked.connect(self.accept)
        self._print.setFocus()

    def reject(self) -> None:
        """Only 已打印或抄好 closes it."""

    def _on_print(self) -> None:
        self.print_wanted.emit(self._code, self._who)

    def _lay_out(self) -> None:
        told = PlainLabel(
            "系统管理忘了 PIN 时，只有这张恢复码能重设。请打印或抄下，锁进保险柜；关掉这个窗口就再也看不到它。"
        )
        told.setWordWrap(True)
        foot = QHBoxLayout()
        foot.setSpacing(8)
        foot.addStretch(1)
        foot.addWidget(self._print)
        foot.addWidget(self._done)
        for button in (self._print, self._done):
            button.setAutoDefault(True)  # Enter presses the button that has the keyboard
        body = QVBoxLayout(self)
        body.setContentsMargins(18, 16, 18, 16)
        body.setSpacing(10)
        body.addWidget(PlainLabel("恢复码", "title"))
        body.addWidget(told)
        body.addWidget(self._form)
        body.addLayout(foot)
        self.setMinimumWidth(scaled(480))
