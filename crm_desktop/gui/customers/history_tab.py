"""历史: everything that happened around one customer on one line of time, the latest first, page by page."""

from __future__ import annotations

from datetime import date
from operator import attrgetter

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout

from crm_desktop.domain.customers import CustomerProfile
from crm_desktop.domain.sheets import Column, Kind
from crm_desktop.gui.customers.profile_tab import ProfileTab
from crm_desktop.gui.widgets.buttons import Button
from crm_desktop.gui.widgets.fields import ChoiceField
from crm_desktop.gui.widgets.labels import PlainLabel
from crm_desktop.gui.widgets.row_table import RowTable
from crm_desktop.services.timelines import Happening, Key, TimelineRow, Timelines

_OF_COMPLAINTS = (Happening.COMPLAINT, Happening.REWORK, Happening.CALL, Happening.PROMISE)
_ALL = (("", "全部"), *((kind.value, kind.value) for kind in Happening))


def _on(row: TimelineRow) -> date:
    return row.on


def _what(row: TimelineRow) -> str:
    told = "：".join(part for part in (row.title, row.detail) if part)
    return told if row.amount_fen is None else f"{told}（{row.amount_fen / 100:,.2f} 元）"


_COLUMNS: tuple[Column[TimelineRow], ...] = (
    Column("日期", _on, Kind.DATE, width=10),
    Column("类别", attrgetter("kind"), width=4.5),
    Column("单号", attrgetter("number"), width=13),
    Column("内容", _what, width=22, wrap=True),
    Column("经手", attrgetter("who"), width=6),
)


class HistoryTab(ProfileTab):
    """Read only; ``complaint_wanted`` carries the number of the complaint a line belongs to."""

    complaint_wanted = Signal(str)

    title = "历史"

    def __init__(self, timelines: Timelines) -> None:
        super().__init__()
        self._timelines = timelines
        self._customer_id = 0
        self._rows: list[TimelineRow] = []
        self._next: Key | None = None
        self._kind = ChoiceField(_ALL, "")
        self._kind.setAccessibleName("类别")
        self._count = PlainLabel(role="caption")
        self._more = Button("看更早的")
        self._table: RowTable[TimelineRow] = RowTable("历史", _COLUMNS, key=_key)
        self._table.setSortingEnabled(False)
        self._lay_out()
        self._kind.changed.connect(self._on_kind)
        self._more.clicked.connect(self._on_more)
        self._table.opened.connect(self._on_opened)

    def show_profile(self, profile: CustomerProfile) -> None:
        self._customer_id = profile.id
        self._begin()

    # -- slots ---------------------------------------------------------------------------------------------------

    def _on_kind(self) -> None:
        self._begin()

    def _on_more(self) -> None:
        self._turn(self._next)

    def _on_opened(self, row: TimelineRow) -> None:
        if row.kind in _OF_COMPLAINTS and row.number:
            self.complaint_wanted.emit(row.number)

    # -- helpers -------------------------------------------------------------------------------------------------

    def _begin(self) -> None:
        self._rows = []
        self._turn(None)

    def _turn(self, after: Key | None) -> None:
        """The lines behind those that stand there."""
        kind = str(self._kind.value() or "")
        page = self._timelines.page(self._customer_id, after, (kind,) if kind else ())
        self._rows += page.rows
        self._next = page.next
        self._table.set_rows(self._rows)
        self._more.setVisible(self._next is not None)
        self._count.setText(f"最近 {len(self._rows)} 条" if self._next else f"共 {len(self._rows)} 条")

    def _lay_out(self) -> None:
        self._table.set_empty("还没有来往记录；进厂、投诉、返修、回访、回话、付款、合同和档案变更都会记在这里。")
        head = QHBoxLayout()
        head.setSpacing(8)
        head.addWidget(PlainLabel("类别", "label"))
        head.addWidget(self._kind)
        head.addWidget(self._count)
        head.addStretch(1)
        head.addWidget(self._more)
        self.body.addLayout(head)
        self.body.addWidget(self._table, 1)


def _key(row: TimelineRow) -> object:
    return row.kind, row.id
