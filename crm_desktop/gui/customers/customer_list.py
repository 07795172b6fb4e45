"""The list of customers with the box that finds one by name, pinyin initials, phone, plate or VIN."""

from __future__ import annotations

from operator import attrgetter

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QAction, QKeyEvent
from PySide6.QtWidgets import QHBoxLayout

from crm_desktop.domain.customers import CustomerRow
from crm_desktop.gui.customers.columns import CUSTOMERS
from crm_desktop.gui.customers.view_button import ViewButton
from crm_desktop.gui.widgets.buttons import Button, Weight
from crm_desktop.gui.widgets.fields import LineField
from crm_desktop.gui.widgets.labels import PlainLabel
from crm_desktop.gui.widgets.page import Card
from crm_desktop.gui.widgets.row_sources import PagedRows
from crm_desktop.gui.widgets.row_table import RowTable
from crm_desktop.services.customers import Customers
from crm_desktop.services.search import Search
from crm_desktop.services.segments import Segments

_WAIT_MS = 120
_SHOWN = 100
_EVERY = 1 << 40


class FindBox(LineField):
    """Down walks into the list, Esc empties the box."""

    down = Signal()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Down and not self.is_composing():
            self.down.emit()
        elif event.key() == Qt.Key.Key_Escape and self.text():
            self.clear()
        else:
            super().keyPressEvent(event)


class CustomerList(Card):
    """All customers, those of a view, or those who meet what was typed.

    ``chosen`` carries the id, ``opened`` goes to his file; ``export_wanted`` carries the ids of those
    listed, in their order, or None while it is everybody.
    """

    chosen = Signal(int)
    opened = Signal(int)
    menu_asked = Signal()
    export_wanted = Signal(object)

    def __init__(self, customers: Customers, search: Search, segments: Segments, views: ViewButton) -> None:
        super().__init__()
        self._customers, self._search = customers, search
        self._segments, self._views = segments, views

        self._find = FindBox("姓名 / 拼音首字母 / 电话 / 车牌 / VIN")
        self._find.setAccessibleName("查找客户")
        self._table: RowTable[CustomerRow] = RowTable("客户档案", CUSTOMERS, attrgetter("id"))
        self._foot = PlainLabel(role="caption")
        self._export = Button("导出 Excel", weight=Weight.QUIET)
        self._wait = QTimer(self)
        self._wait.setSingleShot(True)
        self._wait.setInterval(_WAIT_MS)

        above = QHBoxLayout()
        above.setSpacing(8)
        above.addWidget(self._find, 1)
        above.addWidget(views)
        self.body.addLayout(above)
        self.add(self._table, 1)
        below = QHBoxLayout()
        below.addWidget(self._foot, 1)
        below.addWidget(self._export)
        self.body.addLayout(below)

        views.viewed.connect(self._on_viewed)
        self._find.changed.connect(self._on_typed)
        self._find.down.connect(self._enter_list)
        self._find.advance.connect(self._enter_list)
        self._export.clicked.connect(self._on_export)
        self._wait.timeout.connect(self.refresh)
        self._table.chosen.connect(self._on_chosen)
        self._table.opened.connect(self._on_opened)
        self._table.menu_asked.connect(self.menu_asked)

    def refresh(self) -> None:
        """Ask again, for everybody or for whom was typed; the current customer stays current."""
        self._wait.stop()
        asked = self._find.text().strip()
        if asked:
            self._show_found(asked)
        else:
            ids = self._looked_at()
            self._table.set_empty("还没有客户。" if self._views.everybody else "这里没有客户。")
            values = self._customers.ordered_by
            self._table.set_paged(PagedRows(ids, self._customers.fetch, attrgetter("id"), values=values))
            self._foot.setText(f"共 {len(ids):,} 位")

    def choose(self, customer_id: int) -> None:
        """Make him current; a filter that hides him is taken away."""
        self._table.clearSelection()  # Ctrl may still be held after Ctrl+S, and would add to what is marked
        if not self._table.choose(customer_id) and self._find.text():
            self.clear_find()
            self._table.choose(customer_id)

    def clear_find(self) -> None:
        """Everybody again."""
        self._find.blockSignals(True)
        self._find.clear()
        self._find.blockSignals(False)
        self.refresh()

    def marked(self) -> tuple[int, ...]:
        """Those marked in the list, in the order shown."""
        return tuple(row.id for row in self._table.selected_rows())

    def marked_count(self) -> int:
        """How many are marked; reads none of them."""
        return self._table.marked_count()

    def offer(self, *actions: QAction) -> None:
        """What can be done with those marked, in the list's menu too; ``menu_asked`` before it opens."""
        self._table.addActions(actions)

    def let_go(self) -> None:
        """Nobody is current."""
        self._table.clearSelection()
        self._table.setCurrentIndex(self._table.model().index(-1, -1))

    def ask(self) -> None:
        """Give the find box the keyboard."""
        self._find.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self._find.selectAll()

    # -- slots ---------------------------------------------------------------------------------------------------

    def _on_typed(self) -> None:
        if not self._find.is_composing():
            self._wait.start()

    def _enter_list(self) -> None:
        if self._wait.isActive():
            self.refresh()
        if self._table.count():
            if self._table.current_row() is None:
                self._table.selectRow(0)
            self._table.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def _on_viewed(self) -> None:
        """Another view is looked at whole."""
        self.clear_find()

    def _on_export(self) -> None:
        asked = self._find.text().strip()
        if asked:
            self.export_wanted.emit(tuple(self._search.customer_ids(asked, _SHOWN)))
        else:
            self.export_wanted.emit(None if self._views.everybody else tuple(self._looked_at()))

    def _on_chosen(self, row: CustomerRow | None) -> None:
        if row is not None:
            self.chosen.emit(row.id)

    def _on_opened(self, row: CustomerRow) -> None:
        self.opened.emit(row.id)

    # -- helpers -------------------------------------------------------------------------------------------------

    def _looked_at(self) -> list[int]:
        if self._views.everybody:
            return self._customers.ids()
        return self._segments.ids(self._views.view.wanted, size=_EVERY)

    def _show_found(self, asked: str) -> None:
        ids = self._search.customer_ids(asked, _SHOWN)
        self._table.set_empty(f"没有找到“{asked}”，可以换电话、车牌或姓名再找。")
        self._table.set_rows(self._customers.fetch(ids))
        more = "，只列出前面的，请再多输入几个字" if len(ids) >= _SHOWN else ""
        self._foot.setText(f"找到 {len(ids)} 位{more}")
