"""What can be done with the rows of a list, in one menu: right click, Shift+F10 or the Menu key."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from PySide6.QtCore import QPoint
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QAbstractButton, QMenu

from crm_desktop.gui.widgets.column_choice import ColumnMenu
from crm_desktop.gui.widgets.row_table import RowTable

OPEN, COPY, ALL, NARROW = "打开", "复制", "全选", "筛选…"
COLUMNS_KEY, NARROW_KEY = "Ctrl+L", "Ctrl+F"


class TableMenu(QMenu):
    """First what the room offers for these rows, the very buttons beside the list; then what every list can do."""

    def __init__(self, table: RowTable[Any]) -> None:
        super().__init__(table)
        self._table = table
        self._does: dict[QAction, Callable[[], object]] = {}
        self._columns = ColumnMenu(table)
        self._order = QMenu("排序", self)
        self.setAccessibleName(f"{table.title}的操作")
        self.triggered.connect(self._on_triggered)

    def fill(self) -> TableMenu:
        """As the list and its buttons stand now."""
        self.clear()
        self._does.clear()
        self._offer()
        marked = self._table.marked_count()
        self._add(f"{COPY} {marked} 行" if marked > 1 else COPY, "Ctrl+C", self._table.copy, marked > 0)
        self._add(ALL, "Ctrl+A", self._table.selectAll, self._table.count() > 0)
        self.addSeparator()
        self._add(NARROW, NARROW_KEY, self._table.begin_narrowing)
        self._fill_order()
        self.addMenu(self._order)
        self._columns.fill().setTitle(f"{self._columns.title().partition(chr(9))[0]}\t{COLUMNS_KEY}")
        self.addMenu(self._columns)
        return self

    def ask(self, at: QPoint) -> None:
        """Open at this place of the screen."""
        self.fill().popup(at)

    def ask_columns(self, at: QPoint) -> None:
        """Only the columns."""
        self._columns.ask(at)

    # -- slots ---------------------------------------------------------------------------------------------------

    def _on_triggered(self, action: QAction) -> None:
        if action in self._does:
            self._does[action]()

    def _on_order(self) -> None:
        """By this column; chosen again the other way round, at last in the order it came in."""
        action = self.sender()
        titles = self._table.titles()
        if isinstance(action, QAction):
            self._table.turn_order(titles.index(action.text()))

    # -- helpers -------------------------------------------------------------------------------------------------

    def _offer(self) -> None:
        here = self._table.currentIndex().isValid()
        if self._table.opens():
            self._add(OPEN, "Enter", self._table.open_current, here)
        for button in self._table.offered:
            if not button.isHidden():
                self._add_button(button)
        self.addActions(self._table.actions())
        if self.actions():
            self.addSeparator()

    def _add_button(self, button: QAbstractButton) -> None:
        self._add(button.text(), str(button.property("key") or ""), button.click, button.isEnabled())

    def _add(self, text: str, key: str, work: Callable[[], object], enabled: bool = True) -> None:
        """An entry with the key that does the same."""
        action = self.addAction(f"{text}\t{key}" if key else text)
        action.setEnabled(enabled)
        self._does[action] = work

    def _fill_order(self) -> None:
        self._order.clear()
        self._order.setEnabled(self._table.isSortingEnabled())
        sorted_by = self._table.layout_of().sort
        for title in self._table.titles():
            action = self._order.addAction(title)
            action.setCheckable(True)
            action.setChecked(title == sorted_by)
            action.triggered.connect(self._on_order)
