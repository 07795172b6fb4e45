"""外观 in 设置: light or dark, the size of type, and notices in the tray, for this computer."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtWidgets import QApplication

from crm_desktop.gui import notices, theme
from crm_desktop.gui.messages import Messages
from crm_desktop.gui.theme import Look, Mode
from crm_desktop.gui.widgets.field_form import FieldForm
from crm_desktop.gui.widgets.labels import PlainLabel
from crm_desktop.gui.widgets.page import Card

_MODES = ((Mode.SYSTEM, "跟随系统"), (Mode.LIGHT, "浅色"), (Mode.DARK, "深色"))
_PERCENTS = tuple((n, f"{n} %（标准）" if n == theme.USUAL else f"{n} %") for n in (80, 90, 100, 110, 125, 150))
_NOTICES = ((True, "时限快到或超期时提醒"), (False, "不提醒"))
_TOLD = "只改这台电脑，一选就换上；字号变了，重新打开程序后每一处都按新字号排好。托盘提醒只写单号和时限，不写客户。"


class LookCard(Card):
    """What is chosen is worn at once and kept in ``memory``, the ini file of the window."""

    def __init__(self, memory: Path, messages: Messages) -> None:
        super().__init__()
        self._memory, self._messages = memory, messages
        look = theme.kept_look(memory)
        self._form = FieldForm(columns=3)
        self._form.add_choice("mode", "明暗", _MODES, look.mode)
        self._form.add_choice("percent", "字号", _PERCENTS, look.percent)
        self._form.add_choice("notices", "托盘提醒", _NOTICES, notices.are_shown(memory))
        self._form.changed.connect(self._on_changed)
        self.add(self._form)
        self.add(PlainLabel(_TOLD, role="caption"))
        self.body.addStretch(1)

    def _on_changed(self, name: str) -> None:
        if name == "notices":
            self._keep_notices()
            return
        mode, percent = self._form.field("mode").value(), self._form.field("percent").value()
        if isinstance(mode, Mode) and isinstance(percent, int):
            theme.keep_look(self._memory, Look(mode, percent))
            app = QApplication.instance()
            if isinstance(app, QApplication):
                theme.apply(app, mode, percent)
            self._messages.done("外观已换上，这台电脑下次打开也是这样。")

    def _keep_notices(self) -> None:
        wanted = self._form.field("notices").value() is True
        notices.show(self._memory, wanted)
        self._messages.done("时限快到时会在托盘里提醒。" if wanted else "托盘里不再提醒；红色数字和消息栏照旧。")
