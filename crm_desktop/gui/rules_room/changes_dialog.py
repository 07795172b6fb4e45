"""改动记录: who changed the rules of a page when, why, and what it was before."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from operator import attrgetter

from PySide6.QtWidgets import QWidget

from crm_desktop.domain.sheets import Column, Kind
from crm_desktop.gui.widgets.ask_dialog import ReadDialog
from crm_desktop.gui.widgets.row_table import RowTable


@dataclass(frozen=True, slots=True)
class ToldChange:
    """One change in words."""

    at: datetime
    who: str
    what: str
    reason: str


_COLUMNS: tuple[Column[ToldChange], ...] = (
    Column("时间", attrgetter("at"), Kind.TIME, width=17),
    Column("谁改的", attrgetter("who"), width=10),
    Column("改了什么", attrgetter("what"), width=50, wrap=True),
    Column("原因", attrgetter("reason"), width=22, wrap=True),
)
_SIZE = (940, 440)


class ChangesDialog(ReadDialog):
    """To read; nothing can be changed here."""

    def __init__(self, title: str, changes: Sequence[ToldChange], window: QWidget) -> None:
        table: RowTable[ToldChange] = RowTable("改动记录", _COLUMNS)
        table.set_rows(changes)
        table.set_empty("还没有改过，用的是出厂规则。")
        sentence = "最近的在最上面；改动都留着，不能删除。"
        super().__init__(f"{title}的改动记录", sentence, table, _SIZE, window)
