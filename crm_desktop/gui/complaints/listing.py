"""The list of complaints: views in one row, a period and words to narrow it, rows fetched when they are looked at."""

from __future__ import annotations

from operator import attrgetter

from PySide6.QtCore import QSignalBlocker, QTimer, Signal
from PySide6.QtGui import QAction, QShowEvent

from crm_desktop.clock import to_local
from crm_desktop.domain.complaint_rows import ComplaintRow
from crm_desktop.domain.due import OpenMilestone, most_urgent
from crm_desktop.domain.sheets import Column
from crm_desktop.gui.clock_words import clock_mark, open_words
from crm_desktop.gui.complaints.columns import COLUMNS, MARKS
from crm_desktop.gui.complaints.desk_clock import desk_clock
from crm_desktop.gui.complaints.period_field import PeriodField
from crm_desktop.gui.complaints.procedure import Procedure
from crm_desktop.gui.complaints.step_bar import COPY
from crm_desktop.gui.complaints.turns import ROOM
from crm_desktop.gui.session import Session
from crm_desktop.gui.theme import scaled
from crm_desktop.gui.widgets.books import TabRow
from crm_desktop.gui.widgets.buttons import Button
from crm_desktop.gui.widgets.line_field import LineField
from crm_desktop.gui.widgets.page import Card, Page, PageHead
from crm_desktop.gui.widgets.row_model import Mark
from crm_desktop.gui.widgets.row_sources import PagedRows
from crm_desktop.gui.widgets.row_table import RowTable
from crm_desktop.services.cases import ALL, CUSTOMER_MISSING, OPEN, VIEWS, ComplaintFilter

_WORDS_MS = 250
_MINUTE_MS = 60_000
_CLOCK_PLACE, _CLOCK_WIDTH = 4, 18
_BEGIN = "新建抱怨单"
_WIDEN = "清除条件"
_EMPTY = {
    OPEN: "没有未关闭的抱怨单。客户上门、来电或网上抱怨时，在这里登记。",
    ALL: "还没有抱怨单。客户上门、来电或网上抱怨时，在这里登记；以前的单可以在“设置”里导入。",
    CUSTOMER_MISSING: "没有待补客户的单：每张单都知道是谁的。",
}


class ComplaintList(Page):
    """``opened`` carries the number of the complaint to show."""

    opened = Signal(str)
    begin_wanted = Signal()
    blank_wanted = Signal()
    archive_wanted = Signal()
    scans_wanted = Signal()
    export_wanted = Signal(object)
    copy_wanted = Signal(str)

    def __init__(self, procedure: Procedure, session: Session) -> None:
        head = PageHead(ROOM)
        super().__init__(head)
        self._now = session.act(ROOM).at
        self._services, self._cases, self._session = procedure, procedure.cases, session
        self._stale = True

        self._views = TabRow()
        self._period = PeriodField(desk_clock(session))
        self._words = LineField("抱怨内容里有…")
        self._archive = Button("存档与销毁", icon="folder-open")
        self._scans = Button("扫描件")
        self._blank = Button("打印空白单", icon="printer")
        self._export = Button("导出 Excel", icon="file-spreadsheet")
        self._wait = QTimer(self)
        self._urgent: dict[str, OpenMilestone] = {}
        clock = Column("时限", self._clock_words, width=_CLOCK_WIDTH)
        columns = (*COLUMNS[:_CLOCK_PLACE], clock, *COLUMNS[_CLOCK_PLACE:])
        marks = {**MARKS, clock.title: self._clock_mark}
        self._table: RowTable[ComplaintRow] = RowTable(ROOM, columns, key=attrgetter("id"), marks=marks)
        self._minute = QTimer(self)

        self._dress(head)
        card = Card()
        card.body.setContentsMargins(6, 4, 6, 6)
        card.add(self._views)
        card.add(self._table, 1)
        self.body.addWidget(card, 1)

        self._views.currentChanged.connect(self.refresh)
        self._period.changed.connect(self.refresh)
        self._words.changed.connect(self._wait.start)
        self._words.advance.connect(self._on_words_entered)
        self._wait.timeout.connect(self.refresh)
        self._minute.timeout.connect(self.tick)
        self._minute.start(_MINUTE_MS)
        self._table.opened.connect(self._on_opened)
        self._table.begin_wanted.connect(self._on_begin)
        copy = QAction(COPY, self._table)
        self._table.addAction(copy)
        copy.triggered.connect(self._on_copy)
        self._archive.clicked.connect(self.archive_wanted)
        self._scans.clicked.connect(self.scans_wanted)
        self._blank.clicked.connect(self.blank_wanted)
        self._export.clicked.connect(self._on_export)

    # -- what others may call ------------------------------------------------------------------------------------

    def refresh(self) -> None:
        """Read the list again: now if it can be seen, else when it is shown."""
        self._stale = not self.isVisible()
        if self._stale:
            return
        self._show_counts()
        self._read_clocks()
        wanted = self.filter()
        ids, values = self._cases.ids(wanted), self._cases.ordered_by
        self._table.set_paged(PagedRows(ids, self._cases.fetch, attrgetter("id"), values=values))
        self._say_empty(wanted)
        self._export.setEnabled(self._table.count() > 0)

    def tick(self) -> None:
        """A minute has gone by: the clocks say something else."""
        if self.isVisible():
            self._read_clocks()
            self._table.viewport().update()

    def filter(self) -> ComplaintFilter:
        """What the list shows now."""
        first, last = self._period.span() or (None, None)
        return ComplaintFilter(self._view(), first, last, self._words.text().strip())

    def show_view(self, view: str) -> None:
        """One of ``VIEWS``, with no other limits."""
        with QSignalBlocker(self._period), QSignalBlocker(self._words):
            self._period.clear()
            self._words.clear()
        with QSignalBlocker(self._views):
            self._views.setCurrentIndex(tuple(VIEWS).index(view))
        self.refresh()

    def take_focus(self) -> None:
        """The keyboard on the list, on the row it stood on before."""
        self._table.setFocus()
        if self._table.current_row() is None and self._table.count():
            self._table.selectRow(0)

    # -- slots ---------------------------------------------------------------------------------------------------

    def _on_opened(self, row: ComplaintRow) -> None:
        self.opened.emit(row.number)

    def _on_words_entered(self) -> None:
        self._wait.stop()
        self.refresh()
        self.take_focus()

    def _on_begin(self) -> None:
        if self._narrowed(self.filter()):
            self.show_view(self._view())
        else:
            self.begin_wanted.emit()

    def _on_copy(self) -> None:
        row = self._table.current_row()
        if row is not None:
            self.copy_wanted.emit(row.number)

    def _on_export(self) -> None:
        self.export_wanted.emit(self.filter())

    # -- Qt ------------------------------------------------------------------------------------------------------

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        if self._stale:
            self.refresh()

    # -- clocks --------------------------------------------------------------------------------------------------

    def _read_clocks(self) -> None:
        """The most urgent open clock of every complaint."""
        self._now = self._session.act(ROOM).at
        self._urgent = most_urgent(self._services.clocks.open_milestones(self._now))

    def _clock_words(self, row: ComplaintRow) -> str:
        clock = self._urgent.get(row.number)
        return open_words(clock, to_local(self._now)) if clock else ""

    def _clock_mark(self, row: ComplaintRow) -> Mark | None:
        return clock_mark(self._urgent.get(row.number))

    # -- helpers -------------------------------------------------------------------------------------------------

    def _view(self) -> str:
        return tuple(VIEWS)[self._views.currentIndex()]

    def _show_counts(self) -> None:
        for view, count in self._cases.counts().items():
            self._views.setTabText(tuple(VIEWS).index(view), f"{view} {count}" if count else view)

    def _say_empty(self, wanted: ComplaintFilter) -> None:
        if self._narrowed(wanted):
            self._table.set_empty("没有符合条件的单：换一个期间，或少写几个字。", _WIDEN)
        else:
            text = _EMPTY.get(wanted.view, f"没有“{wanted.view}”的单，点“{ALL}”看其他的。")
            self._table.set_empty(text, _BEGIN if wanted.view in (OPEN, ALL) else "")

    def _narrowed(self, wanted: ComplaintFilter) -> bool:
        return bool(wanted.first or wanted.words)

    def _dress(self, head: PageHead) -> None:
        for view in VIEWS:
            self._views.addTab(view)
        self._views.setAccessibleName("看哪些单")
        self._views.setExpanding(False)
        self._views.setUsesScrollButtons(False)
        self._words.setAccessibleName("查找抱怨内容")
        self._words.setFixedWidth(scaled(180))
        self._words.setClearButtonEnabled(True)
        self._wait.setSingleShot(True)
        self._wait.setInterval(_WORDS_MS)
        for widget in (self._period, self._words):
            head.add_widget(widget)
        head.add_button(self._archive)
        head.add_button(self._scans)
        head.add_button(self._blank)
        head.add_button(self._export)
