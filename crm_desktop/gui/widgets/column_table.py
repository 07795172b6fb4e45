"""A table whose columns somebody may arrange: width, order, which are shown, by what it is sorted."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Generic, TypeVar

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QPalette
from PySide6.QtWidgets import QAbstractItemView, QHeaderView, QTableView, QWidget

from crm_desktop.domain.columns import Column
from crm_desktop.gui.theme import ROW_HEIGHT, scaled
from crm_desktop.gui.widgets.cell_delegate import CellDelegate
from crm_desktop.gui.widgets.column_widths import ColumnWidths

if TYPE_CHECKING:
    from crm_desktop.gui.widgets.table_layout import TableLayout

Row = TypeVar("Row")
MEMORY, ROOM, BY_URGENCY = "lists", "room", "byUrgency"
"""Properties of the window (the ini file that remembers), of a page (its name), and of a page whose lists begin with
what is urgent every time: there the sorting is not remembered.
"""


class ColumnTable(QTableView, Generic[Row]):
    """Knows its columns and no row. ``laid_out``: somebody arranged them otherwise.

    ``known_as`` is the name its arrangement is remembered by.
    """

    laid_out = Signal()

    def __init__(self, title: str, columns: tuple[Column[Row], ...]) -> None:
        super().__init__()
        self.known_as = title
        self._title, self._columns = title, columns
        self._remembered = False
        self._set_own_viewport()
        self._dress()

    def arrange(self, cells: CellDelegate) -> None:
        """Once it has its model: columns take their widths."""
        self._widths = ColumnWidths(self, self._columns, cells)
        self.setItemDelegate(cells)
        self.setSortingEnabled(True)
        self.fit()
        heads = self.horizontalHeader()
        heads.sectionResized.connect(self._on_resized)
        heads.sectionMoved.connect(self._on_laid_out)
        heads.sortIndicatorChanged.connect(self._on_laid_out)

    @property
    def title(self) -> str:
        """What the list is called."""
        return self._title

    def titles(self) -> tuple[str, ...]:
        """The titles of all its columns, as they were meant."""
        return tuple(column.title for column in self._columns)

    def turn_order(self, place: int) -> None:
        """As a click on this heading does: up, down, as it came."""
        heads = self.horizontalHeader()
        same, order = heads.sortIndicatorSection() == place, heads.sortIndicatorOrder()
        if same and order == Qt.SortOrder.DescendingOrder:
            self.sortByColumn(-1, Qt.SortOrder.AscendingOrder)
        else:
            self.sortByColumn(place, Qt.SortOrder.DescendingOrder if same else Qt.SortOrder.AscendingOrder)

    def layout_of(self) -> TableLayout:
        """What somebody changed of the columns."""
        from crm_desktop.gui.widgets.table_layout import TableLayout  # noqa: PLC0415 - no part of the start

        heads, titles = self.horizontalHeader(), self.titles()
        sort = heads.sortIndicatorSection()
        return TableLayout(
            {titles[place]: width for place, width in self._widths.drawn.items()},
            tuple(title for place, title in enumerate(titles) if self.isColumnHidden(place)),
            tuple(titles[place] for place in self._order()) if self._order() != sorted(self._order()) else (),
            titles[sort] if 0 <= sort < len(titles) else "",
            heads.sortIndicatorOrder() == Qt.SortOrder.DescendingOrder and sort >= 0,
        )

    def lay_out(self, layout: TableLayout) -> None:
        """Columns as ``layout_of`` told them, the others as they were meant; the first one always stays."""
        self._widths.filling = True
        titles, heads = self.titles(), self.horizontalHeader()
        for place, title in enumerate(titles):
            self.setColumnHidden(place, title in layout.hidden and place > 0)
        known = [titles.index(title) for title in layout.order if title in titles]
        for target, place in enumerate([*known, *(n for n in range(len(titles)) if n not in known)]):
            heads.moveSection(heads.visualIndex(place), target)
        self._widths.drawn = {titles.index(t): width for t, width in layout.widths.items() if t in titles and width > 0}
        sort = titles.index(layout.sort) if layout.sort in titles and self.isSortingEnabled() else -1
        order = Qt.SortOrder.DescendingOrder if layout.descending else Qt.SortOrder.AscendingOrder
        if (sort, order) != (heads.sortIndicatorSection(), heads.sortIndicatorOrder()):
            self.sortByColumn(sort, order)
        self._widths.fill()

    def remember(self) -> None:
        """Be arranged as it was the last time on this computer, where a window above remembers lists; once."""
        memory, room, sorts = "", "", True
        above = None if self._remembered else self.parentWidget()
        while above is not None:
            memory = memory or str(above.property(MEMORY) or "")
            room = room or str(above.property(ROOM) or (type(above).__name__ if above.isWindow() else ""))
            sorts = sorts and not above.property(BY_URGENCY)
            above = above.parentWidget()
        if memory:
            from crm_desktop.gui.widgets.column_choice import ColumnChoice  # noqa: PLC0415 - no part of the start

            self._remembered = True
            ColumnChoice(self, Path(memory), f"{room}/{self.known_as}", sorts=sorts)

    def fit(self) -> None:
        """Take widths and heights again from the columns and the present font."""
        self.verticalHeader().setDefaultSectionSize(scaled(ROW_HEIGHT))
        self._widths.drawn.clear()
        self._widths.measure()
        self._widths.fill()

    # -- slots ---------------------------------------------------------------------------------------------------

    def _on_resized(self, place: int, _before: int, width: int) -> None:
        if not self._widths.filling and width and not self.isColumnHidden(place):
            self._widths.drawn[place] = width
            self.laid_out.emit()

    def _on_laid_out(self) -> None:
        if not self._widths.filling:
            self.laid_out.emit()

    # -- helpers -------------------------------------------------------------------------------------------------

    def _dress(self) -> None:
        self.setAccessibleName(self._title)
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setTabKeyNavigation(False)
        self.setShowGrid(False)
        self.setWordWrap(False)
        self.setMouseTracking(True)
        rows, heads = self.verticalHeader(), self.horizontalHeader()
        rows.hide()
        rows.setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        heads.setHighlightSections(False)
        heads.setSectionsMovable(True)
        heads.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        heads.setSortIndicatorClearable(True)
        heads.setSortIndicator(-1, Qt.SortOrder.AscendingOrder)
        heads.setDefaultAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)

    def _order(self) -> list[int]:
        """The columns from left to right as somebody put them."""
        return [self.horizontalHeader().logicalIndex(place) for place in range(len(self._columns))]

    def _seen(self) -> list[int]:
        return [place for place in self._order() if not self.isColumnHidden(place)]

    def _set_own_viewport(self) -> None:
        """As Qt would have made it. The first widget made by Qt itself that Python is handed has to be recognised
        among all kinds of widgets there are, which costs the start 10 ms.
        """
        inside = QWidget()
        inside.setObjectName("qt_scrollarea_viewport")
        inside.setBackgroundRole(QPalette.ColorRole.Base)
        inside.setAutoFillBackground(True)
        self.setViewport(inside)
