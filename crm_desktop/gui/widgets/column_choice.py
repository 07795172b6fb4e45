"""Which columns a list shows and how wide: chosen at its heading or in its menu, remembered on this computer."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from PySide6.QtCore import QObject, QPoint, QSettings, Qt
from PySide6.QtGui import QAction, QCursor
from PySide6.QtWidgets import QMenu

from crm_desktop.gui.widgets.row_table import RowTable

_CHOOSE, _AS_MEANT = "选择列…", "恢复原来的列"


class ColumnChoice(QObject):
    """One for each list that has a place in the window. A list of one column has nothing to choose."""

    def __init__(self, table: RowTable[Any], memory: Path, name: str) -> None:
        """``memory`` is the ini file of the window, ``name`` what the list is known by in it."""
        super().__init__(table)
        self._table, self._memory, self._name = table, memory, f"columns/{name}"
        self._menu = QMenu(table)
        self._menu.setAccessibleName(_CHOOSE)
        heads = table.horizontalHeader()
        heads.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        heads.customContextMenuRequested.connect(self._on_heading)
        choose = QAction(_CHOOSE, table)
        choose.triggered.connect(self._on_choose)
        table.addAction(choose)
        kept = self._kept()
        if kept:
            table.lay_out(kept)
        table.laid_out.connect(self._remember)
        self._menu.triggered.connect(self._on_chosen)

    def fill(self) -> QMenu:
        """The menu as the list stands now: a tick for each column that is shown; the first always is."""
        self._menu.clear()
        laid = self._table.layout_of()
        model = self._table.model()
        for place in range(model.columnCount()):
            title = str(model.headerData(place, Qt.Orientation.Horizontal))
            action = self._menu.addAction(title)
            action.setCheckable(True)
            action.setChecked(laid.get(title) != 0)
            action.setEnabled(place > 0)
        self._menu.addSeparator()
        self._menu.addAction(_AS_MEANT).setEnabled(bool(laid))
        return self._menu

    # -- slots ---------------------------------------------------------------------------------------------------

    def _on_heading(self, at: QPoint) -> None:
        self.fill().popup(self._table.horizontalHeader().mapToGlobal(at))

    def _on_choose(self) -> None:
        self.fill().popup(QCursor.pos() if self._table.underMouse() else self._table.mapToGlobal(QPoint()))

    def _on_chosen(self, action: QAction) -> None:
        laid = self._table.layout_of()
        if not action.isCheckable():
            laid = {}
        elif action.isChecked():
            laid.pop(action.text(), None)
        else:
            laid[action.text()] = 0
        self._table.lay_out(laid)
        self._remember()

    # -- helpers -------------------------------------------------------------------------------------------------

    def _remember(self) -> None:
        told = json.dumps(self._table.layout_of(), ensure_ascii=False)
        QSettings(str(self._memory), QSettings.Format.IniFormat).setValue(self._name, told)

    def _kept(self) -> dict[str, int]:
        """Nothing where the file was written by another hand."""
        told = QSettings(str(self._memory), QSettings.Format.IniFormat).value(self._name)
        try:
            found = json.loads(str(told)) if told else {}
        except ValueError:
            return {}
        whole = isinstance(found, dict) and all(isinstance(width, int) for width in found.values())
        return found if whole else {}
