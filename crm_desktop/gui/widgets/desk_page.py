"""A room with lists at the left and the one thing at hand at the right; what is typed there is not lost by turning."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Generic, TypeVar

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtWidgets import QStackedWidget

from crm_desktop.gui.messages import Messages
from crm_desktop.gui.widgets.books import Book
from crm_desktop.gui.widgets.empty_page import EmptyPage
from crm_desktop.gui.widgets.page import Card, Page, PageHead
from crm_desktop.gui.widgets.row_model import ROW_ROLE
from crm_desktop.gui.widgets.row_sources import PagedRows
from crm_desktop.gui.widgets.row_table import RowTable
from crm_desktop.gui.widgets.side_by_side import side_by_side

Row = TypeVar("Row")


class DeskPanel(Card, Generic[Row]):
    """What lies on the desk: one row of a list, with a form. ``saved`` carries the row's id."""

    saved = Signal(int)

    @property
    def row_id(self) -> int | None:
        """Which row is on the desk."""
        raise NotImplementedError

    @property
    def dirty(self) -> bool:
        """Whether something was typed that is not saved."""
        raise NotImplementedError

    def name(self) -> str:
        """Whom or what it is about."""
        raise NotImplementedError

    def show_row(self, row: Row) -> None:
        """Put a row on the desk."""
        raise NotImplementedError

    def enter(self) -> None:
        """Give the first field the keyboard."""
        raise NotImplementedError


class DeskPage(Page, Generic[Row]):
    """Lists as tabs, the first always read, and the panel for the row chosen; whoever comes in finds the first row.

    A room says what stands in its lists (``rows_of``) and what is asked before typed text is left
    (``leaving_title``). Asks nothing of the database until ``refresh``.
    """

    saved = Signal(int)

    def __init__(
        self,
        title: str,
        lists: Mapping[str, RowTable[Row]],
        panel: DeskPanel[Row],
        messages: Messages,
        purpose: str,
        sizes: tuple[int, int],
    ) -> None:
        """``purpose``: what the right side is for while nothing is chosen; ``sizes``: shares of the two sides."""
        super().__init__(PageHead(title))
        self._lists, self._panel, self._messages = dict(lists), panel, messages

        self._tabs = Book()
        self._right = QStackedWidget()
        self._purpose = EmptyPage(purpose)
        # A list must have done with its own change before it may be turned back.
        self._turn = QTimer(self, singleShot=True, interval=0)
        self._wanted: Row | None = None

        self._lay_out(sizes)

        self._tabs.currentChanged.connect(self._on_tab)
        for table in self._lists.values():
            table.chosen.connect(self._on_chosen)
            table.opened.connect(self._on_opened)
        self._turn.timeout.connect(self._on_turn)
        self._panel.saved.connect(self._on_saved)

    # -- what a room says ----------------------------------------------------------------------------------------

    def rows_of(self, name: str) -> Sequence[Row] | PagedRows[Row]:
        """What stands in the list of this name; a list that grows with the years comes page by page."""
        raise NotImplementedError

    def id_of(self, row: Row) -> int:
        """What the lists know a row by."""
        raise NotImplementedError

    leaving_title = leaving_text = drop_word = ""
    """The question before typed text is left: 「{name}的回访还没登记」, what would be lost, the word that drops it."""

    # -- what others may call ------------------------------------------------------------------------------------

    def refresh(self) -> None:
        """Read the first list with its number and the open one again; what is being typed stays."""
        first, name = next(iter(self._lists)), self.open_name()
        rows = self.rows_of(first)
        self._tabs.setTabText(0, f"{first} {len(rows)}" if len(rows) else first)
        self._put(first, rows)
        if name != first:
            self._put(name, self.rows_of(name))
        self._offer_first()

    def show_in(self, names: Sequence[str], row_id: int) -> None:
        """Open a row in the first of these lists that has it."""
        self.refresh()
        for name in names:
            self._tabs.setCurrentWidget(self._lists[name])
            if self._lists[name].choose(row_id):
                break
        self.take_focus()

    def take_focus(self) -> None:
        """The keyboard on the list that is open."""
        self._table().setFocus(Qt.FocusReason.OtherFocusReason)

    def open_name(self) -> str:
        """The list that is open."""
        return tuple(self._lists)[self._tabs.currentIndex()]

    # -- slots ---------------------------------------------------------------------------------------------------

    def _on_tab(self) -> None:
        self.refresh()
        row = self._table().current_row()
        if row is not None:
            self._on_chosen(row)

    def _on_chosen(self, row: Row | None) -> None:
        self._wanted = row
        if self._panel.dirty:
            self._turn.start()
        elif row is not None:
            self._show(row)

    def _on_turn(self) -> None:
        """Another row was chosen while something typed is not saved."""
        row = self._wanted
        if row is None or self.id_of(row) == self._panel.row_id:
            return
        if self._messages.ask(
            self.leaving_title.format(name=self._panel.name()), self.leaving_text, self.drop_word, "继续填写"
        ):
            self._show(row)
        else:
            self._stand_on(self._panel.row_id)

    def _on_opened(self, row: Row) -> None:
        if self.id_of(row) == self._panel.row_id:
            self._panel.enter()

    def _on_saved(self, row_id: int) -> None:
        table = self._table()
        place = table.currentIndex().row()
        self.refresh()
        if table.count():
            following = table.model().index(min(max(place, 0), table.count() - 1), 0).data(ROW_ROLE)
            self._stand_on(self.id_of(following))
            table.setFocus(Qt.FocusReason.OtherFocusReason)
        self.saved.emit(row_id)

    # -- helpers -------------------------------------------------------------------------------------------------

    def _put(self, name: str, rows: Sequence[Row] | PagedRows[Row]) -> None:
        if isinstance(rows, PagedRows):
            self._lists[name].set_paged(rows)
        else:
            self._lists[name].set_rows(rows)

    def _table(self) -> RowTable[Row]:
        return self._lists[self.open_name()]

    def _show(self, row: Row) -> None:
        self._panel.show_row(row)
        self._right.setCurrentWidget(self._panel)

    def _offer_first(self) -> None:
        """Nobody has chosen yet: the first row is at hand; an empty list says what the right side is for."""
        table = self._table()
        if self._panel.dirty or table.current_row() is not None:
            return
        if table.count():
            self._stand_on(self.id_of(table.model().index(0, 0).data(ROW_ROLE)))
        else:
            self._right.setCurrentWidget(self._purpose)

    def _stand_on(self, key: int | None) -> None:
        """Make a row of the open list current, and no other marked: Ctrl may still be held after Ctrl+S."""
        table = self._table()
        table.clearSelection()
        table.choose(key)

    def _lay_out(self, sizes: tuple[int, int]) -> None:
        for name, table in self._lists.items():
            self._tabs.addTab(table, name)
        left = Card()
        left.add(self._tabs, 1)
        self._right.addWidget(self._purpose)
        self._right.addWidget(self._panel)
        self.body.addWidget(side_by_side(left, self._right, sizes, (3, 2)), 1)
