"""The password of backups that leave this computer: set twice, or given once to open one."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from crm_desktop.gui.theme import scaled
from crm_desktop.gui.widgets.ask_dialog import AskDialog
from crm_desktop.gui.widgets.buttons import Button, Weight
from crm_desktop.gui.widgets.field_form import FieldForm

SET = (
    "以后放到第二个文件夹的备份和附件，还有“换电脑”打的包，都要这个密码才打得开。本机不用输。"
    "请把密码写下来锁进保险柜：忘了密码，这些备份谁也打不开。"
)


class PasswordDialog(AskDialog):
    """``given`` carries the password; whoever asked closes the dialog, or says why it will not do. ``dropped``: copies
    are not to be locked any more."""

    given = Signal(str)
    dropped = Signal()

    def __init__(self, title: str, sentence: str, verb: str, window: QWidget, *, twice: bool, drops: bool) -> None:
        super().__init__(title, sentence, window)
        self._form = FieldForm(columns=1)
        self._form.add_secret("password", "密码")
        if twice:
            self._form.add_secret("again", "再输一次")
        self._verb, drop = Button(verb, weight=Weight.MAIN), Button("不再加密码")
        self._verb.clicked.connect(self._on_pressed)
        drop.clicked.connect(self.dropped)
        self.body.addWidget(self._form)
        self.add_buttons(*((drop,) if drops else ()), self._verb)
        self.setMinimumWidth(scaled(460))
        self._form.go_to("password")

    def refuse(self, sentence: str) -> None:
        """Why this password will not do."""
        self._form.show_errors({"password": sentence})

    def _on_pressed(self) -> None:
        values = self._form.values()
        if not values["password"]:
            self._form.show_errors({"password": "请输入密码。"})
        elif values.get("again", values["password"]) != values["password"]:
            self._form.show_errors({"again": "两次输入的密码不一样，请再输一次。"})
        else:
            self.given.emit(values["password"])
