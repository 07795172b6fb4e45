"""The one kind of list: columns as data, any number of rows, keyboard first, and the rows on screen as a sheet."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any, TypeVar, cast

from PySide6.QtCore import (
    QEvent,
    QItemSelection,
    QItemSelectionModel,
    QItemSelectionRange,
    QMetaMethod,
    QModelIndex,
    QPoint,
    QRect,
    Qt,
    Signal,
)
from PySide6.QtGui import (
    QContextMenuEvent,
    QGuiApplication,
    QHideEvent,
    QKeyEvent,
    QKeySequence,
    QMouseEvent,
    QMoveEvent,
    QResizeEvent,
    QShowEvent,
)
from PySide6.QtWidgets import QAbstractButton, QSplitter

from crm_desktop.domain.columns import Column, Kind
from crm_desktop.gui.widgets.cell_delegate import CellDelegate
from crm_desktop.gui.widgets.column_table import ColumnTable
from crm_desktop.gui.widgets.empty_page import EmptyNote
from crm_desktop.gui.widgets.line_field import ENTER
from crm_desktop.gui.widgets.row_model import ROW_ROLE, Marker, RowModel
from crm_desktop.gui.widgets.row_sources import ListRows, PagedRows, SortKey, Test, every_row

if TYPE_CHECKING:
    from crm_desktop.domain.sheets import Letterhead, TableSheet
    from crm_desktop.gui.widgets.row_filter import RowFilter
    from crm_desktop.gui.widgets.table_menu import TableMenu

Row = TypeVar("Row")
_NONE_HAS = ("没有一行有这些字。", "全部显示")
_CTRL, _SHIFT = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.ShiftModifier


class RowTable(ColumnTable[Row]):
    """A list of rows. ``opened`` (Enter, double click) and ``chosen`` (the current row moves) carry the row;
    ``menu_asked``: its menu is about to open, so the words of its own actions may count what is marked.

    ``key`` gives a row's identity, so that the current row stays current when the list is filled again. ``marks``
    puts coloured grounds under the words of a column: title → function of the row. ``offered`` are the buttons beside
    the list that stand in its menu too.
    """

    opened = Signal(object)
    chosen = Signal(object)
    begin_wanted = Signal()
    menu_asked = Signal()

    def __init__(
        self,
        title: str,
        columns: tuple[Column[Row], ...],
        key: Callable[[Row], object] | None = None,
        marks: Mapping[str, Marker] | None = None,
        sort_key: SortKey | None = None,
    ) -> None:
        super().__init__(title, columns)
        self._key, self._sort_key = key, sort_key
        self._silent, self._worn_out = False, False
        self.offered: tuple[QAbstractButton, ...] = ()
        self._menu: TableMenu | None = None
        self._filter: RowFilter | None = None
        marks = dict(marks or {})
        self._rows: RowModel[Row] = RowModel(columns, marks, self)
        self._cells = CellDelegate(
            self,
            self._rows.right_columns,
            frozenset(place for place, column in enumerate(columns) if column.title in marks),
        )
        self._empty = EmptyNote(self.viewport())
        self._nothing = ("", "")
        self.setModel(self._rows)
        # A heading that looks after the marked rows would ask each of a hundred thousand whether it can be marked.
        self.horizontalHeader().setSelectionModel(QItemSelectionModel(self._rows, self))
        self.arrange(self._cells)
        self.doubleClicked.connect(self._on_double_clicked)
        self.entered.connect(self._on_entered)
        self.selectionModel().currentRowChanged.connect(self._on_current_changed)
        self.horizontalHeader().customContextMenuRequested.connect(self._on_heading)
        self._empty.pressed.connect(self._on_empty_pressed)
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
        self._nothing = (text, button_text)
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
        """Make the row of this key current; says whether it is in the list. Words that hide it are taken away."""
        if self._stand_on(key):
            return True
        if self._filter is None or not self._filter.words():
            return False
        self._filter.give_up()
        return self._stand_on(key)

    def as_sheet(self, letterhead: Letterhead | None = None, period: str = "") -> TableSheet[Row]:
        """The very rows on screen, in their present order, for an exporter on any thread; read as it walks them."""
        from crm_desktop.domain.sheets import Letterhead, TableSheet  # noqa: PLC0415 - when a list leaves the house

        rows = every_row(self._rows.source.snapshot())
        return TableSheet(self._title, letterhead or Letterhead(), self._columns, rows, period)

    def copy(self) -> None:
        """The marked rows with their headings, as a spreadsheet takes them: what is seen, masked as it is seen."""
        seen = [self._columns[place] for place in self._seen()]
        lines = [[column.title for column in seen]]
        lines += [[_for_spreadsheet(column, row) for column in seen] for row in self.selected_rows()]
        QGuiApplication.clipboard().setText("\n".join("\t".join(line) for line in lines))

    def offer(self, *buttons: QAbstractButton) -> None:
        """What can be done with its rows: the buttons that stand beside it, in its menu too while they are shown."""
        self.offered = buttons

    def opens(self) -> bool:
        """Whether Enter and double click lead anywhere."""
        return self.isSignalConnected(QMetaMethod.fromSignal(self.opened))

    def open_current(self) -> None:
        """As Enter does."""
        self._open(self.currentIndex())

    def menu(self) -> TableMenu:
        """What can be done here, as it stands now."""
        if self._menu is None:
            from crm_desktop.gui.widgets.table_menu import TableMenu  # noqa: PLC0415 - when it is first asked for

            self._menu = TableMenu(self)
        self.menu_asked.emit()
        return self._menu.fill()

    def begin_narrowing(self) -> RowFilter:
        """Ask for words that rows must have to be shown."""
        if self._filter is None:
            from crm_desktop.gui.widgets.row_filter import RowFilter  # noqa: PLC0415 - when it is first asked for

            self._filter = RowFilter(self, self._columns)
            self.destroyed.connect(self._filter.deleteLater)
        self._filter.ask()
        return self._filter

    def narrow(self, test: Test | None) -> None:
        """Show only the rows that pass, all for None; the current one stays current if it is among them."""
        with self._keeping_current():
            self._rows.narrow(test)

    def whole(self) -> int:
        """How many rows there are, narrowed or not."""
        return self._rows.source.whole()

    def is_paged(self) -> bool:
        """Whether the rows are fetched when they are looked at."""
        return isinstance(self._rows.source, PagedRows)

    # -- slots ---------------------------------------------------------------------------------------------------

    def _on_double_clicked(self, index: QModelIndex) -> None:
        self._open(index)

    def _on_entered(self, index: QModelIndex) -> None:
        self._hover(index.row())

    def _on_heading(self, at: QPoint) -> None:
        self.menu().ask_columns(self.horizontalHeader().mapToGlobal(at))

    def _on_empty_pressed(self) -> None:
        if self._filter is not None and self._filter.words():
            self._filter.give_up()
        else:
            self.begin_wanted.emit()

    def _on_current_changed(self, current: QModelIndex) -> None:
        if not self._silent:
            self.chosen.emit(self._row_at(current))

    # -- Qt ------------------------------------------------------------------------------------------------------

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.matches(QKeySequence.StandardKey.Copy):
            self.copy()
        elif event.key() in ENTER:
            self._open(self.currentIndex())
        elif event.key() == Qt.Key.Key_Menu or (event.key() == Qt.Key.Key_F10 and event.modifiers() == _SHIFT):
            self._ask_menu(self._under_current())
        elif event.key() == Qt.Key.Key_F and event.modifiers() == _CTRL:
            self.begin_narrowing()
        elif event.key() == Qt.Key.Key_L and event.modifiers() == _CTRL:
            self.menu().ask_columns(self.mapToGlobal(QPoint()))
        elif event.key() == Qt.Key.Key_Escape and self._filter is not None and self._filter.isVisible():
            self._filter.give_up()
        else:
            super().keyPressEvent(event)

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        by_key = event.reason() == QContextMenuEvent.Reason.Keyboard
        self._ask_menu(self._under_current() if by_key else event.globalPos())

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
        self._widths.fill()
        self._place_empty()

    def moveEvent(self, event: QMoveEvent) -> None:
        super().moveEvent(event)
        self._place_empty()

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self.remember()
        if self._worn_out:
            self._wear()
        self._place_empty()

    def hideEvent(self, event: QHideEvent) -> None:
        super().hideEvent(event)
        self._empty.hide()
        if self._filter is not None:
            self._filter.hide()

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
        drawn = dict(self._widths.drawn)
        self.fit()
        self._widths.drawn = drawn
        self._widths.fill()

    def _show(self, source: ListRows[Row] | PagedRows[Row]) -> None:
        with self._keeping_current():
            self._rows.replace(source)

    @contextmanager
    def _keeping_current(self) -> Iterator[None]:
        """Other rows: who was current stays so if he is among them, and where he was on the screen."""
        before, index = self.current_row(), self.currentIndex()
        key = self._rows.source.key_at(index.row()) if index.isValid() else None
        scrolled = self.verticalScrollBar().value()
        self._silent = True
        yield
        self._widths.measure()
        self._widths.fill()
        if key is not None and self._stand_on(key):
            self.verticalScrollBar().setValue(scrolled)
        self._silent = False
        if before is not None and self.current_row() != before:
            self.chosen.emit(self.current_row())
        if self._filter is not None:
            self._filter.tell()
        self._place_empty()

    def _ask_menu(self, at: QPoint) -> None:
        menu = self.menu()
        if not menu.isVisible():
            menu.popup(at)

    def _under_current(self) -> QPoint:
        """Where a menu opens that nobody pointed for."""
        return self.viewport().mapToGlobal(self.visualRect(self.currentIndex()).bottomLeft())

    def _stand_on(self, key: object) -> bool:
        place = self._rows.source.place_of(key)
        if place is None:
            return False
        here = self._rows.index(place, 0)
        # selectRow would obey a Ctrl still held after Ctrl+S and toggle instead.
        only = QItemSelectionModel.SelectionFlag.ClearAndSelect | QItemSelectionModel.SelectionFlag.Rows
        self.selectionModel().setCurrentIndex(here, only)
        self.scrollTo(here)
        return True

    def _parts(self) -> list[QItemSelectionRange]:
        """What is marked, as stretches of rows."""
        selection = self.selectionModel().selection()
        return [selection.at(place) for place in range(selection.count())]

    def _row_at(self, index: QModelIndex) -> Row | None:
        return cast("Row | None", index.data(ROW_ROLE)) if index.isValid() else None

    def _open(self, index: QModelIndex) -> None:
        """Enter and double click; a list that leads nowhere does what its first button does."""
        row = self._row_at(index)
        if row is None:
            return
        self.opened.emit(row)
        ready = [button for button in self.offered if button.isVisible() and button.isEnabled()]
        if ready and not self.opens():
            ready[0].click()

    def _hover(self, row: int) -> None:
        if row != self._cells.hovered:
            self._cells.hovered = row
            self.viewport().update()

    def _place_empty(self) -> None:
        """Over the table but beside it in the tree: a screen reader hears nothing but cells inside a table."""
        home = self.parentWidget()
        while isinstance(home, QSplitter):
            home = home.parentWidget()  # a splitter would give it a share of its own
        home = home or self.viewport()
        if self._empty.parentWidget() is not home:
            self._empty.setParent(home)
        self._empty.setGeometry(QRect(self.viewport().mapTo(home, QPoint()), self.viewport().size()))
        narrowed = self._filter is not None and bool(self._filter.words())
        self._empty.say(*(_NONE_HAS if narrowed else self._nothing))
        self._empty.setVisible(self.isVisible() and self.count() == 0 and bool(self._empty.text()))
        self._empty.raise_()
        if self._filter is not None and self._filter.isVisible():
            self._filter.place()


def _for_spreadsheet(column: Column[Any], row: object) -> str:
    text = " ".join(column.text(row).split())
    return f"'{text}" if column.kind is Kind.TEXT and text[:1] in tuple("=+-@") else text
