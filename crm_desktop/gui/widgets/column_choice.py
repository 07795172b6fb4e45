"""Which columns a list shows, how wide, in which order and by what it is sorted: chosen at its heading, remembered."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Any

from PySide6.QtCore import QObject, QPoint, QSettings
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QMenu

from crm_desktop.gui.widgets.column_table import ColumnTable
from crm_desktop.gui.widgets.table_layout import TableLayout, layout_from

CHOOSE, AS_MEANT = "选择列", "恢复原来的列"


class ColumnMenu(QMenu):
    """A tick for each column that is shown; the first always is."""

    def __init__(self, table: ColumnTable[Any]) -> None:
        super().__init__(CHOOSE, table)
        self._table = table
        self.setAccessibleName(CHOOSE)
        self.triggered.connect(self._on_chosen)

    def fill(self) -> ColumnMenu:
        """As the list stands now."""
        self.clear()
        laid = self._table.layout_of()
        for place, title in enumerate(self._table.titles()):
            action = self.addAction(title)
            action.setCheckable(True)
            action.setChecked(title not in laid.hidden)
            action.setEnabled(place > 0)
        self.addSeparator()
        self.addAction(AS_MEANT).setEnabled(laid != TableLayout())
        return self

    def ask(self, at: QPoint) -> None:
        """Open at this place of the screen, the keyboard on the first line."""
        self.fill().popup(at)
        self.setActiveAction(self.actions()[min(1, len(self.actions()) - 1)])

    def _on_chosen(self, action: QAction) -> None:
        ticked, laid = action.isCheckable(), self._table.layout_of()
        self._table.lay_out(laid.with_column(action.text(), shown=action.isChecked()) if ticked else TableLayout())
        self._table.laid_out.emit()


class ColumnChoice(QObject):
    """Remembers one list in the ini file of the window, on this computer."""

    def __init__(self, table: ColumnTable[Any], memory: Path, name: str, *, sorts: bool = True) -> None:
        """``name`` is what the list is known by in ``memory``; without ``sorts`` its order is not remembered."""
        super().__init__(table)
        self._table, self._memory, self._name, self._sorts = table, memory, f"columns/{name}", sorts
        kept = self._kept()
        if kept != TableLayout():
            table.lay_out(kept)
        table.laid_out.connect(self._remember)

    def _remember(self) -> None:
        laid = self._table.layout_of()
        told = laid if self._sorts else replace(laid, sort="", descending=False)
        QSettings(str(self._memory), QSettings.Format.IniFormat).setValue(self._name, told.told())

    def _kept(self) -> TableLayout:
        """Nothing where the file was written by another hand."""
        told = QSettings(str(self._memory), QSettings.Format.IniFormat).value(self._name)
        return layout_from(told) if isinstance(told, str) else TableLayout()
