"""关于 in 设置: which version this is, where a newer one would be, and under which licences its parts stand."""

from __future__ import annotations

import json
import re
from operator import attrgetter
from typing import NamedTuple

from PySide6.QtCore import QUrl
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QHBoxLayout

from crm_desktop import __version__
from crm_desktop.domain.sheets import Column
from crm_desktop.gui.widgets.buttons import Button
from crm_desktop.gui.widgets.labels import PlainLabel
from crm_desktop.gui.widgets.page import Card
from crm_desktop.gui.widgets.row_table import RowTable
from crm_desktop.paths import resource, shipped

_NO_ADDRESS = "这份程序没有填更新地址。要新版本，请找给您安装程序的人。"
_ADDRESS = "点“检查更新”会用浏览器打开 {}；程序自己从不连网。"
_OWN = "本程序自身的代码以 MIT 许可证发布。以下部件各按自己的许可证使用。"
_TEXTS = "许可证全文在 {}。"
_LINE = re.compile(r"^\| (?!part |---)(.+?) \| (.*?) \| (.+?) \|$", re.MULTILINE)
_MARKS = re.compile(r"[`*]")


class Part(NamedTuple):
    """A part of others: what it is, what it does or where it lies, its licence."""

    name: str
    use: str
    licence: str


_COLUMNS: tuple[Column[Part], ...] = (
    Column("部件", attrgetter("name"), width=34, wrap=True),
    Column("用途", attrgetter("use"), width=24, wrap=True),
    Column("许可证", attrgetter("licence"), width=30, wrap=True),
)


def update_address() -> str:
    """Where newer versions are told of: whoever ships the program writes it into resources/about.json; may be empty."""
    return str(json.loads(resource("about.json").read_text(encoding="utf-8"))["update_address"])


def parts() -> list[Part]:
    """The tables of THIRD_PARTY.md, line by line; of what a part is for, the Chinese words behind the dot."""
    text = shipped("THIRD_PARTY.md").read_text(encoding="utf-8")
    lines = ([_MARKS.sub("", cell) for cell in line.groups()] for line in _LINE.finditer(text))
    return [Part(name, use.rpartition(" · ")[2], licence) for name, use, licence in lines]


def own() -> str:
    """The licence of the program; in the frozen one also where the texts of all licences lie."""
    texts = shipped("licences")
    return _OWN + _TEXTS.format(texts) if texts.is_dir() else _OWN


class AboutCard(Card):
    """Opens no connection: 检查更新 hands an address to the browser, where one was given."""

    def __init__(self, address: str) -> None:
        super().__init__()
        self._address = address
        self._update = Button("检查更新")
        self._update.setEnabled(bool(address))
        self._update.clicked.connect(self._on_update)
        table: RowTable[Part] = RowTable("第三方许可", _COLUMNS)
        table.set_rows(parts())
        head = QHBoxLayout()
        head.setSpacing(8)
        head.addWidget(PlainLabel(f"客诉管家 {__version__}", "title"))
        head.addStretch(1)
        head.addWidget(self._update)
        self.body.addLayout(head)
        self.add(PlainLabel(_ADDRESS.format(address) if address else _NO_ADDRESS, role="caption"))
        self.add(PlainLabel(own(), role="caption"))
        self.body.addWidget(table, 1)

    def _on_update(self) -> None:
        QDesktopServices.openUrl(QUrl(self._address))
