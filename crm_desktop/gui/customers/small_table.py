"""A short list inside a form: as high as its rows, up to four of them."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TypeVar

from PySide6.QtCore import QSize
from PySide6.QtWidgets import QSizePolicy

from crm_desktop.domain.sheets import Column
from crm_desktop.gui.widgets.row_sources import Key
from crm_desktop.gui.widgets.row_table import RowTable

Row = TypeVar("Row")
_ROWS = 4


class SmallTable(RowTable[Row]):
    """Scrolls only where it holds more than four rows; empty it has room for its sentence."""

    def __init__(self, title: str, columns: tuple[Column[Row], ...], key: Key) -> None:
        super().__init__(title, columns, key)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def set_rows(self, rows: Sequence[Row]) -> None:
        super().set_rows(rows)
        self.updateGeometry()

    def sizeHint(self) -> QSize:
        rows = max(1, min(_ROWS, self.count()))
        height = self.horizontalHeader().sizeHint().height() + rows * self.verticalHeader().defaultSectionSize()
        return QSize(super().sizeHint().width(), height + 2 * self.frameWidth() + 2)

    def minimumSizeHint(self) -> QSize:
        return QSize(0, self.sizeHint().height())
