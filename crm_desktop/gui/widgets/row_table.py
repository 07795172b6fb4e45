"""The one kind of list: columns as data, any number of rows, keyboard first, and the rows on screen as a sheet."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import TYPE_CHECKING, Any, Generic, TypeVar, cast

from PySide6.QtCore import (
    QEvent,
    QItemSelection,
    QItemSelectionModel,
    QItemSelectionRange,
    QModelIndex,
    QPoint,
    QRect,
    Qt,
    Signal,
)
from PySide6.QtGui import (
    QGuiApplication,
    QHideEvent,
    QKeyEvent,
    QKeySequence,
    QMouseEvent,
    QMoveEvent,
    QPalette,
    QResizeEvent,
    QShowEvent,
)
from PySide6.QtWidgets import QAbstractItemView, QHeaderView, QSplitter, QTableView, QWidget

from crm_desktop.domain.columns import Column, Kind
from crm_desktop.gui.theme import ROW_HEIGHT, scaled
from crm_desktop.gui.widgets.cell_delegate import PADDING, CellDelegate
from crm_desktop.gui.widgets.column_widths import widened
from crm_desktop.gui.widgets.empty_page import EmptyNote
from crm_desktop.gui.widgets.line_field import ENTER
from crm_desktop.gui.widgets.row_model import ROW_ROLE, Marker, RowModel
from crm_desktop.gui.widgets.row_sources import ListRows, PagedRows, SortKey, every_row

if TYPE_CHECKING:
    from crm_desktop.domain.sheets import Letterhead, TableSheet

Row = TypeVar("Row")
_CHARACTER_PX = 7
_ROWS_MEASURED = 40
"""So many rows from the top say how much room the words of a column want: more than a screen shows is not asked."""


class RowTable(QTableView, Generic[Row]):
    """A list of rows. ``opened`` (Enter, double click) and ``chosen`` (the current row moves) carry the row;
    ``laid_out``: a width was drawn by hand.

    ``key`` gives a row's identity, so that the current row stays current when the list is filled again. ``marks``
    puts coloured grounds under the words of a column: title → function of the row.
    """

    opened = Signal(object)
    chosen = Signal(object)
    begin_wanted = Signal()
    laid_out = Signal()

    def __init__(
        self,
        title: str,
        columns: tuple[Column[Row], ...],
        key: Callable[[Row], object] | None = None,
        marks: Mapping[str, Marker] | None = None,
        sort_key: SortKey | None = None,
    ) -> None:
        super().__init__()
        self._title, self._columns, self._key, self._sort_key = title, columns, key, sort_key
        self._silent, self._worn_out = False, False
        self._needed: list[int] = []
        self._dragged: dict[int, int] = {}
        self._filling = False
        marks = dict(marks or {})
        self._rows: RowModel[Row] = RowModel(columns, marks, self)
        self._cells = CellDelegate(
            self,
            self._rows.right_columns,
            frozenset(place for place, column in enumerate(columns) if column.title in marks),
        )
        self._set_own_viewport()
        self._empty = EmptyNote(self.viewport())
        self._dress()
        self.setModel(self._rows)
        # A heading that looks after the marked rows would ask each of a hundred thousand whether it can be marked.
        self.horizontalHeader().setSelectionModel(QItemSelectionModel(self._rows, self))
        self.setItemDelegate(self._cells)
        self.setSortingEnabled(True)
        self.fit()
        self.doubleClicked.connect(self._on_double_clicked)
        self.entered.connect(self._on_entered)
        self.selectionModel().currentRowChanged.connect(self._on_current_changed)
        self.horizontalHeader().sectionResized.connect(self._on_resized)
        self._empty.pressed.connect(self.begin_wanted)
        self.destroyed.connect(self._empty.deleteLater)

    # -- what others may call ------------------------------------------------------------------------------------

    def set_rows(self, rows: Sequence[Row]) -> None:
        """Show these rows; the current one stays current if it is still among them."""
        self._show(ListRows(rows, self._key, self._sort_key))

    def set_paged(self, rows: PagedRows[Row]) -> None:
        """Show rows that are fetched when they are looked at."""
        self._show(rows)

    def set_empty(self, text: str, button_text: str = "") -> None:
        """What to say, and the one button to offer (``begin_wanted``), while there is nothing to show."""
        self._empty.say(text, button_text)
        self._place_empty()

    def count(self) -> int:
        """How many rows there are."""
        return self._rows.rowCount()

    def current_row(self) -> Row | None:
        """The row the keyboard stands on."""
        return self._row_at(self.currentIndex())

    def selected_rows(self) -> tuple[Row, ...]:
        """The rows marked, in the order shown."""
        places = sorted(index.row() for index in self.selectionModel().selectedRows())
        found = (self._rows.source.row(place) for place in places)
        return tuple(row for row in found if row is not None)

    def marked_count(self) -> int:
        """How many rows are marked; reads none of them."""
        return sum(part.height() for part in self._parts())

    def choose(self, key: object) -> bool:
        """Make the row of this key current; says whether it is in the list."""
        place = self._rows.source.place_of(key)
        if place is None:
            return False
        here = self._rows.index(place, 0)
        # selectRow would obey a Ctrl still held after Ctrl+S and toggle instead.
        only = QItemSelectionModel.SelectionFlag.ClearAndSelect | QItemSelectionModel.SelectionFlag.Rows
        self.selectionModel().setCurrentIndex(here, only)
        self.scrollTo(here)
        return True

    def as_sheet(self, letterhead: Letterhead | None = None, period: str = "") -> TableSheet[Row]:
        """The very rows on screen, in their present order, for an exporter on any thread; read as it walks them."""
        from crm_desktop.domain.sheets import Letterhead, TableSheet  # noqa: PLC0415 - when a list leaves the house

        rows = every_row(self._rows.source.snapshot())
        return TableSheet(self._title, letterhead or Letterhead(), self._columns, rows, period)

    def copy(self) -> None:
        """The marked rows with their headings, as a spreadsheet takes them."""
        seen = [column for place, column in enumerate(self._columns) if not self.isColumnHidden(place)]
        lines = [[column.title for column in seen]]
        lines += [[_for_spreadsheet(column, row) for column in seen] for row in self.selected_rows()]
        QGuiApplication.clipboard().setText("\n".join("\t".join(line) for line in lines))

    @property
    def title(self) -> str:
        """What the list is called."""
        return self._title

    def layout_of(self) -> dict[str, int]:
        """What was changed of the columns, by their titles: a width drawn by hand in px, 0 for one put away."""
        drawn = {self._columns[place].title: width for place, width in self._dragged.items()}
        return drawn | {column.title: 0 for place, column in enumerate(self._columns) if self.isColumnHidden(place)}

    def lay_out(self, widths: Mapping[str, int]) -> None:
        """Columns as ``layout_of`` told them, the others as they were meant; the first one always stays."""
        self._filling = True
        for place, column in enumerate(self._columns):
            self.setColumnHidden(place, widths.get(column.title) == 0 and place > 0)
        told = {place: widths.get(column.title, 0) for place, column in enumerate(self._columns)}
        self._dragged = {place: width for place, width in told.items() if width > 0}
        self._fill_width()

    def fit(self) -> None:
        """Take widths and heights again from the columns and the present font."""
        self.verticalHeader().setDefaultSectionSize(scaled(ROW_HEIGHT))
        self._dragged.clear()
        self._measure()
        self._fill_width()

    # -- slots ---------------------------------------------------------------------------------------------------

    def _on_double_clicked(self, index: QModelIndex) -> None:
        self._open(index)

    def _on_entered(self, index: QModelIndex) -> None:
        self._hover(index.row())

    def _on_resized(self, place: int, _before: int, width: int) -> None:
        if not self._filling and width and not self.isColumnHidden(place):
            self._dragged[place] = width
            self.laid_out.emit()

    def _on_current_changed(self, current: QModelIndex) -> None:
        if not self._silent:
            self.chosen.emit(self._row_at(current))

    # -- Qt ------------------------------------------------------------------------------------------------------

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.matches(QKeySequence.StandardKey.Copy):
            self.copy()
        elif event.key() in ENTER:
            self._open(self.currentIndex())
        else:
            super().keyPressEvent(event)

    def keyboardSearch(self, search: str) -> None:
        """Typing letters does not search: it would read every row of a long list."""

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        if not self.indexAt(event.position().toPoint()).isValid():
            self._hover(-1)
        super().mouseMoveEvent(event)

    def leaveEvent(self, event: QEvent) -> None:
        self._hover(-1)
        super().leaveEvent(event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fill_width()
        self._place_empty()

    def moveEvent(self, event: QMoveEvent) -> None:
        super().moveEvent(event)
        self._place_empty()

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        if self._worn_out:
            self._wear()
        self._place_empty()

    def hideEvent(self, event: QHideEvent) -> None:
        super().hideEvent(event)
        self._empty.hide()

    def selectionChanged(self, selected: QItemSelection, deselected: QItemSelection) -> None:
        """A screen reader marks a row without going there: the only row marked is the current one."""
        super().selectionChanged(selected, deselected)
        parts = self._parts()  # not row by row: Ctrl+A may mark a hundred thousand
        if len(parts) == 1 and parts[0].height() == 1 and parts[0].top() != self.currentIndex().row():
            only = self._rows.index(parts[0].top(), 0)
            self.selectionModel().setCurrentIndex(only, QItemSelectionModel.SelectionFlag.NoUpdate)

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() in (QEvent.Type.PaletteChange, QEvent.Type.FontChange) and hasattr(self, "_empty"):
            self._worn_out = True
            if self.isVisible():
                self._wear()

    # -- helpers -------------------------------------------------------------------------------------------------

    def _wear(self) -> None:
        """Colours and sizes as they are now; while nobody sees the table they may change often."""
        self._worn_out = False
        self._cells.refresh()
        drawn = self.layout_of()
        self.fit()
        self.lay_out(drawn)

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
        self.setContextMenuPolicy(Qt.ContextMenuPolicy.ActionsContextMenu)
        rows, heads = self.verticalHeader(), self.horizontalHeader()
        rows.hide()
        rows.setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        heads.setHighlightSections(False)
        heads.setSortIndicatorClearable(True)
        heads.setSortIndicator(-1, Qt.SortOrder.AscendingOrder)
        heads.setDefaultAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)

    def _show(self, source: ListRows[Row] | PagedRows[Row]) -> None:
        before, index = self.current_row(), self.currentIndex()
        key = self._rows.source.key_at(index.row()) if index.isValid() else None
        scrolled = self.verticalScrollBar().value()
        self._silent = True
        self._rows.replace(source)
        self._measure()
        self._fill_width()
        kept = key is not None and self.choose(key)
        if kept:
            self.verticalScrollBar().setValue(scrolled)
        self._silent = False
        if before is not None and self.current_row() != before:
            self.chosen.emit(self.current_row())
        self._place_empty()

    def _parts(self) -> list[QItemSelectionRange]:
        """What is marked, as stretches of rows."""
        selection = self.selectionModel().selection()
        return [selection.at(place) for place in range(selection.count())]

    def _row_at(self, index: QModelIndex) -> Row | None:
        return cast("Row | None", index.data(ROW_ROLE)) if index.isValid() else None

    def _open(self, index: QModelIndex) -> None:
        row = self._row_at(index)
        if row is not None:
            self.opened.emit(row)

    def _hover(self, row: int) -> None:
        if row != self._cells.hovered:
            self._cells.hovered = row
            self.viewport().update()

    def _meant_width(self, place: int, column: Column[Row]) -> int:
        """As drawn by hand, else as the column says; a chip gets a little more rather than be cut."""
        wanted = self._dragged.get(place, self._wanted_width(column))
        if place in self._dragged or place not in self._cells.marked:
            return wanted
        return max(wanted, min(self._needed[place], wanted * 3 // 2))

    def _wanted_width(self, column: Column[Row]) -> int:
        return scaled(round(column.width * _CHARACTER_PX) + 2 * PADDING)

    def _measure(self) -> None:
        """How much room the words at the top of the list want."""
        model, advance = self._rows, self.fontMetrics().horizontalAdvance
        rows = range(min(model.rowCount(), _ROWS_MEASURED))
        self._needed = [0] * len(self._columns)
        for place in range(len(self._columns)):
            texts = {str(model.index(row, place).data() or "") for row in rows}
            widest = max((advance(text.replace("\n", " ")) for text in texts), default=0)
            self._needed[place] = widest + self._cells.margins(place) if widest else 0

    def _fill_width(self) -> None:
        """Words cut short get what is to spare; long text takes the rest, or gives way where room is short."""
        shown = [place for place in range(len(self._columns)) if not self.isColumnHidden(place)]
        long = [place for place in shown if self._columns[place].wrap]
        place = long[-1] if long else shown[-1]
        meant = [self._meant_width(n, column) if n in shown else 0 for n, column in enumerate(self._columns)]
        needed = [0 if n in self._dragged or n not in shown else need for n, need in enumerate(self._needed)]
        least = meant[place] // 2 if long else meant[place]
        self._filling = True
        for number, width in enumerate(widened(meant, needed, place, least, self.viewport().width())):
            if number in shown and width != self.columnWidth(number):
                self.setColumnWidth(number, width)
        self._filling = False

    def _set_own_viewport(self) -> None:
        """As Qt would have made it. The first widget made by Qt itself that Python is handed has to be recognised
        among all kinds of widgets there are, which costs the start 10 ms.
        """
        inside = QWidget()
        inside.setObjectName("qt_scrollarea_viewport")
        inside.setBackgroundRole(QPalette.ColorRole.Base)
        inside.setAutoFillBackground(True)
        self.setViewport(inside)

    def _place_empty(self) -> None:
        """Over the table but beside it in the tree: a screen reader hears nothing but cells inside a table."""
        home = self.parentWidget()
        while isinstance(home, QSplitter):
            home = home.parentWidget()  # a splitter would give it a share of its own
        home = home or self.viewport()
        if self._empty.parentWidget() is not home:
            self._empty.setParent(home)
        self._empty.setGeometry(QRect(self.viewport().mapTo(home, QPoint()), self.viewport().size()))
        self._empty.setVisible(self.isVisible() and self.count() == 0 and bool(self._empty.text()))
        self._empty.raise_()


def _for_spreadsheet(column: Column[Any], row: object) -> str:
    text = " ".join(column.text(row).split())
    return f"'{text}" if column.kind is Kind.TEXT and text[:1] in tuple("=+-@") else text
