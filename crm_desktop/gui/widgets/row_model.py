"""Qt's view of a row source: columns are data, the row itself comes back by ``ROW_ROLE``."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Generic, TypeVar

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, Qt

from crm_desktop.domain.columns import Column, Kind
from crm_desktop.gui.theme import Tone
from crm_desktop.gui.widgets.row_sources import ListRows, RowSource, Test

Row = TypeVar("Row")
Index = QModelIndex | QPersistentModelIndex

ROW_ROLE = Qt.ItemDataRole.UserRole
SORT_ROLE = Qt.ItemDataRole.UserRole + 1
MARK_ROLE = Qt.ItemDataRole.UserRole + 2
_DISPLAY = int(Qt.ItemDataRole.DisplayRole)
_ALIGNMENT = int(Qt.ItemDataRole.TextAlignmentRole)
_ANSWERED = frozenset((_DISPLAY, int(ROW_ROLE), int(SORT_ROLE), int(MARK_ROLE)))
_ROOT = QModelIndex()


@dataclass(frozen=True, slots=True)
class Mark:
    """A coloured ground under a cell's words; ``share`` (0 to 1) draws a thin bar of time used behind them."""

    tone: Tone
    share: float | None = None


Marker = Callable[[Any], Mark | None]


class RowModel(QAbstractTableModel, Generic[Row]):
    """Read-only table over a source. Asked thousands of times a second: answers what it knows, refuses the rest."""

    def __init__(
        self, columns: tuple[Column[Row], ...], marks: dict[str, Marker] | None = None, parent: QObject | None = None
    ) -> None:
        super().__init__(parent)
        self.columns = columns
        self.source: RowSource[Row] = ListRows(())
        self.right_columns = frozenset(place for place, column in enumerate(columns) if column.kind is Kind.INTEGER)
        self._texts = tuple(column.text for column in columns)
        self._marks = tuple((marks or {}).get(column.title) for column in columns)
        self._sorted: tuple[int, Qt.SortOrder] = (-1, Qt.SortOrder.AscendingOrder)
        self._test: Test | None = None

    def replace(self, source: RowSource[Row]) -> None:
        """Show other rows, in the order chosen before if they can be sorted, and narrowed as before."""
        self.beginResetModel()
        self.source = source
        self._apply_order()
        if self._test is not None:
            source.narrow(self._test)
        self.endResetModel()

    def narrow(self, test: Test | None) -> None:
        """Show only the rows that pass, all of them for None; stays so when other rows come."""
        self.beginResetModel()
        self._test = test
        self.source.narrow(test)
        self.endResetModel()

    def rowCount(self, parent: Index = _ROOT) -> int:
        return 0 if parent.isValid() else len(self.source)

    def columnCount(self, parent: Index = _ROOT) -> int:
        return 0 if parent.isValid() else len(self.columns)

    def data(self, index: Index, role: int = _DISPLAY) -> Any:
        if role not in _ANSWERED or not index.isValid():
            return None
        row = self.source.row(index.row())
        if row is None:
            return None
        column = index.column()
        if role == _DISPLAY:
            return self._texts[column](row)
        if role == ROW_ROLE:
            return row
        if role == SORT_ROLE:
            return self.columns[column].value(row)
        marker = self._marks[column]
        return marker(row) if marker is not None else None

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = _DISPLAY) -> Any:
        if role == _DISPLAY and orientation == Qt.Orientation.Horizontal and 0 <= section < len(self.columns):
            return self.columns[section].title
        if role == _ALIGNMENT and orientation == Qt.Orientation.Horizontal and section in self.right_columns:
            return Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
        return None

    def sort(self, column: int, order: Qt.SortOrder = Qt.SortOrder.AscendingOrder) -> None:
        """Order by a column's typed value, unknown ones last either way; -1 for the order delivered."""
        self._sorted = (column, order)
        self.layoutAboutToBeChanged.emit()
        before = self.persistentIndexList()
        keys = {index.row(): self.source.key_at(index.row()) for index in before}
        self._apply_order()
        places = {row: self.source.place_of(key) for row, key in keys.items()}
        self.changePersistentIndexList(before, [self._moved(index, places[index.row()]) for index in before])
        self.layoutChanged.emit()

    def _moved(self, index: QModelIndex, place: int | None) -> QModelIndex:
        return QModelIndex() if place is None else self.index(place, index.column())

    def _apply_order(self) -> None:
        column, order = self._sorted
        if self.source.can_sort():
            wanted = self.columns[column] if 0 <= column < len(self.columns) else None
            self.source.sort(wanted, order == Qt.SortOrder.DescendingOrder)
