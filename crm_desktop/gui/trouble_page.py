"""The data folder cannot be opened: what happened, what is safe, and what may be done about it."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from enum import StrEnum
from operator import attrgetter

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout

from crm_desktop.clock import to_local
from crm_desktop.domain import columns
from crm_desktop.domain.backups import BackupRow
from crm_desktop.domain.errors import Damaged, DeskError, InUse, NewerSchema
from crm_desktop.gui.theme import scaled
from crm_desktop.gui.widgets.buttons import Button, Weight
from crm_desktop.gui.widgets.desk_dialog import DeskDialog
from crm_desktop.gui.widgets.labels import PlainLabel
from crm_desktop.gui.widgets.row_table import RowTable

_NO_BACKUP = "本机没有可用的备份。U 盘或共享文件夹上有备份时，请点“恢复其他备份”。"
_WIDTH, _LIST_HEIGHT = 720, 240


class Kind(StrEnum):
    """What kind of trouble it is, in the words of the title."""

    DAMAGED = "数据打不开"
    NEWER = "数据比程序新"
    IN_USE = "数据正在使用"
    STORAGE = "数据文件夹不能用"


_SAFE = {
    Kind.DAMAGED: "下面的备份都没有改动。恢复时，现在的文件会整个留在数据文件夹里，不会丢。",
    Kind.NEWER: "数据没有改动。请安装新版本的客诉管家再打开；不要用旧版本恢复备份。",
    Kind.IN_USE: "数据没有改动。请到已经打开的那个窗口里操作，或先关闭它。",
    Kind.STORAGE: "数据没有改动。请检查磁盘是否已满、文件夹是否还在、是否有写入的权限，再打开一次。",
}


def kind_of(refusal: DeskError) -> Kind:
    """The page that fits a refusal."""
    if isinstance(refusal, Damaged):
        return Kind.DAMAGED
    if isinstance(refusal, NewerSchema):
        return Kind.NEWER
    return Kind.IN_USE if isinstance(refusal, InUse) else Kind.STORAGE


class TroublePage(DeskDialog):
    """``restore_wanted`` carries the backup chosen; the other wishes carry nothing. Esc and 退出 leave."""

    restore_wanted = Signal(object)
    other_wanted = Signal()
    diagnostics_wanted = Signal()
    folder_wanted = Signal()

    def __init__(self, refusal: DeskError, rows: Sequence[BackupRow]) -> None:
        super().__init__()
        self._rows = [row for row in rows if not row.trouble] if kind_of(refusal) is Kind.DAMAGED else []
        self.setWindowTitle(f"客诉管家 – {kind_of(refusal)}")
        self.setProperty("role", "page")
        self._what = PlainLabel(refusal.sentence)
        self._safe = PlainLabel(_SAFE[kind_of(refusal)], "caption")
        self._list = self._backup_list()
        layout = QVBoxLayout(self)
        layout.setContentsMargins(24, 18, 24, 18)
        layout.setSpacing(12)
        layout.addWidget(PlainLabel(kind_of(refusal), "title"))
        for label in (self._what, self._safe):
            label.setWordWrap(True)
            layout.addWidget(label)
        if kind_of(refusal) is Kind.DAMAGED:
            layout.addWidget(self._list)
            if not self._rows:
                layout.addWidget(PlainLabel(_NO_BACKUP, "caption"))
        layout.addLayout(self._buttons(kind_of(refusal)))
        self.setMinimumWidth(scaled(_WIDTH))

    def sentence(self) -> str:
        """What stands there now."""
        return self._what.text()

    def say(self, sentence: str) -> None:
        """Why the last wish could not be granted."""
        self._what.setText(sentence)

    def _backup_list(self) -> RowTable[BackupRow]:
        table: RowTable[BackupRow] = RowTable("备份", _COLUMNS, key=attrgetter("path"))
        table.setMinimumHeight(scaled(_LIST_HEIGHT))
        table.set_rows(self._rows)
        if self._rows:
            table.choose(self._rows[0].path)
        table.opened.connect(self._on_restore)
        return table

    def _buttons(self, kind: Kind) -> QHBoxLayout:
        line = QHBoxLayout()
        diagnostics, folder, leave = Button("导出诊断"), Button("打开数据文件夹"), Button("退出")
        diagnostics.clicked.connect(self.diagnostics_wanted)
        folder.clicked.connect(self.folder_wanted)
        leave.clicked.connect(self.reject)
        for one in (diagnostics, folder):
            line.addWidget(one)
        line.addStretch(1)
        if kind is Kind.DAMAGED:
            other, restore = Button("恢复其他备份"), Button("恢复所选备份", weight=Weight.MAIN)
            restore.setEnabled(bool(self._rows))
            other.clicked.connect(self.other_wanted)
            restore.clicked.connect(self._on_restore)
            line.addWidget(other)
            line.addWidget(restore)
        line.addWidget(leave)
        leave.setDefault(True)
        return line

    def _on_restore(self) -> None:
        row = self._list.current_row()
        if row is not None:
            self.restore_wanted.emit(row.path)


def _made(row: BackupRow) -> datetime | None:
    return to_local(row.made_at) if row.made_at else None


_COLUMNS: tuple[columns.Column[BackupRow], ...] = (
    columns.Column("备份时间", _made, columns.Kind.TIME, width=16),
    columns.Column("程序版本", attrgetter("program"), width=9),
    columns.Column("客户", attrgetter("customers"), columns.Kind.INTEGER, width=7),
    columns.Column("抱怨单", attrgetter("complaints"), columns.Kind.INTEGER, width=7),
    columns.Column("说明", attrgetter("path.name"), width=30, wrap=True),
)
