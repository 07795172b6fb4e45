"""存档与销毁: four lists in the order of a paper's life, and what can be done with the row at hand."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from operator import attrgetter
from typing import Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout

from crm_desktop.clock import local_day, to_local
from crm_desktop.domain.archive import DisposalRow, Filing
from crm_desktop.gui.archive import questions
from crm_desktop.gui.archive.archive_desk import SCREEN, ArchiveDesk
from crm_desktop.gui.archive.columns import (
    DISPOSALS,
    FILED,
    WAITING,
    FilingLine,
    WaitingLine,
    disposal_mark,
    filing_mark,
)
from crm_desktop.gui.asking import Asking, Question
from crm_desktop.gui.clock_words import clock_mark, open_words
from crm_desktop.gui.messages import Messages
from crm_desktop.gui.session import Session
from crm_desktop.gui.theme import scaled
from crm_desktop.gui.widgets.books import Book
from crm_desktop.gui.widgets.buttons import Button, Weight
from crm_desktop.gui.widgets.line_field import LineField
from crm_desktop.gui.widgets.page import Aside, Card, PageHead
from crm_desktop.gui.widgets.row_model import Mark
from crm_desktop.gui.widgets.row_sources import PagedRows
from crm_desktop.gui.widgets.row_table import RowTable
from crm_desktop.services.cases import ComplaintFilter

TO_FILE, FILED_ONES, EXPIRED, PROPOSED = "待存档", "已存档", "到期可销毁", "销毁记录"
_NOTHING = {
    TO_FILE: "没有等着存档的单。\n单子由服务总监关闭以后到这里，下一个工作日下班前存档。",
    FILED_ONES: "还没有存档的单。\n关闭以后在“待存档”里打开，把纸单放好，写存放位置。",
    EXPIRED: "没有到期的单。\n一般保存 2 年，有返修的 6 年，到期以后才能申请销毁。",
    PROPOSED: "没有销毁申请。\n到期的单在“到期可销毁”里申请，导出资料包，再由服务总监批准。",
}


class ArchivePage(Aside):
    """Stands beside the list of complaints. ``opened`` carries the complaint to be filed."""

    bundle_wanted = Signal(object)
    certificate_wanted = Signal(object)

    def __init__(self, desk: ArchiveDesk, session: Session, messages: Messages) -> None:
        head = PageHead(SCREEN)
        super().__init__()
        self._desk, self._session, self._messages = desk, session, messages
        self._asking = Asking(desk.access, desk.staff, session, self._now, messages, self)
        self._proposals: dict[int, str] = {}
        self._words = LineField("归档号、单号、存放位置…")
        self._to_file: RowTable[WaitingLine] = RowTable(TO_FILE, WAITING, attrgetter("id"), {"存档时限": _clock})
        self._filed: RowTable[FilingLine] = RowTable(FILED_ONES, FILED, attrgetter("id"), {"状态": filing_mark})
        self._expired: RowTable[FilingLine] = RowTable(EXPIRED, FILED, attrgetter("id"), {"状态": filing_mark})
        self._proposed: RowTable[DisposalRow] = RowTable(PROPOSED, DISPOSALS, attrgetter("id"), {"状态": disposal_mark})
        self._lists: dict[str, RowTable[Any]] = {
            TO_FILE: self._to_file, FILED_ONES: self._filed, EXPIRED: self._expired, PROPOSED: self._proposed,
        }  # fmt: skip
        self._tabs = Book()
        self._file = Button("去存档", weight=Weight.MAIN)
        self._open, self._move = Button("打开抱怨单", weight=Weight.MAIN), Button("改存放位置", icon="edit")
        self._propose = Button("申请销毁", weight=Weight.MAIN)
        self._bundle = Button("导出资料包", icon="download", weight=Weight.PLAIN)
        self._approve, self._refuse = Button("批准销毁", weight=Weight.MAIN), Button("不批准", icon="x")
        self._certificate = Button("打印销毁记录", icon="printer")
        self._lay_out(head)
        self._connect()

    # -- what others may call ------------------------------------------------------------------------------------

    def refresh(self) -> None:
        """Read all four lists again."""
        now, disposals = self._now(), self._desk.disposals.rows()
        undecided = [row for row in disposals if not row.decided_at]
        self._proposals = {filing.complaint_id: row.number for row in undecided for filing in row.files}
        expired = self._lines(self._desk.filings.expired(local_day(now)))
        shown = self._desk.filings.ids(self._words.text().strip())
        waiting = self._waiting(now)
        self._to_file.set_rows(waiting)
        self._filed.set_paged(PagedRows(shown, self._fetch, key=attrgetter("id")))
        self._expired.set_rows(expired)
        self._proposed.set_rows(disposals)
        open_ones = [line for line in expired if not line.proposed]
        for place, (name, count) in enumerate(
            ((TO_FILE, len(waiting)), (FILED_ONES, len(shown)), (EXPIRED, len(open_ones)), (PROPOSED, len(undecided)))
        ):
            self._tabs.setTabText(place, f"{name} {count}" if count else name)
        self._fit()

    def take_focus(self) -> None:
        """The keyboard on the list, at its first row."""
        table = self._table()
        table.setFocus(Qt.FocusReason.OtherFocusReason)
        if table.current_row() is None and table.count():
            table.selectRow(0)

    # -- slots ---------------------------------------------------------------------------------------------------

    def _on_tab(self) -> None:
        self._words.setVisible(self._table() is self._filed)
        self.take_focus()
        self._fit()

    def _on_opened(self) -> None:
        """Enter does what the page is for: to the complaint, or to what comes next of a 销毁申请."""
        if self._table() is self._proposed:
            for button in (self._approve, self._bundle, self._certificate):
                if button.isVisible() and button.isEnabled():
                    button.setFocus(Qt.FocusReason.OtherFocusReason)
                    return
        else:
            self._on_open()

    def _on_open(self) -> None:
        row = self._table().current_row()
        if isinstance(row, WaitingLine):
            self.opened.emit(row.complaint.number)
        elif isinstance(row, FilingLine):
            self.opened.emit(row.filing.complaint_number)

    def _on_move(self) -> None:
        row = self._filed.current_row()
        if row is not None:
            self._ask(questions.Move(self._desk.archive, row.filing))

    def _on_propose(self) -> None:
        """The rows marked; where only one is at hand, that one."""
        rows = [line for line in self._table().selected_rows() if not line.proposed]
        if rows:
            self._ask(questions.Propose(self._desk.disposals, [line.filing for line in rows]))
        else:
            self._messages.refused("请先选要销毁的单（Ctrl+A 全选），已申请的不用再选。")

    def _on_bundle(self) -> None:
        row = self._proposed.current_row()
        if row is not None:
            self.bundle_wanted.emit(row)

    def _on_approve(self) -> None:
        row = self._proposed.current_row()
        if row is not None:
            self._ask(questions.Approve(self._desk.disposals, row))

    def _on_refuse(self) -> None:
        row = self._proposed.current_row()
        if row is not None:
            self._ask(questions.Refuse(self._desk.disposals, row))

    def _on_certificate(self) -> None:
        row = self._proposed.current_row()
        if row is not None:
            self.certificate_wanted.emit(row)

    def _on_stored(self, sentence: str) -> None:
        self.refresh()
        self._messages.done(sentence)

    def _fit(self) -> None:
        """Offer what the row at hand allows."""
        row, table = self._table().current_row(), self._table()
        undecided = isinstance(row, DisposalRow) and row.decided_at is None
        for button, offered in (
            (self._file, table is self._to_file),
            (self._open, table is self._filed),
            (self._move, table is self._filed),
            (self._propose, table in (self._filed, self._expired)),
            (self._bundle, table is self._proposed and (row is None or undecided)),
            (self._approve, table is self._proposed and (row is None or undecided)),
            (self._refuse, table is self._proposed and (row is None or undecided)),
            (self._certificate, table is self._proposed),
        ):
            button.setVisible(offered)
            button.setEnabled(row is not None)

    # -- helpers -------------------------------------------------------------------------------------------------

    def _ask(self, question: Question) -> None:
        self._asking.begin(question, SCREEN)

    def _now(self) -> datetime:
        return self._session.act(SCREEN).at

    def _table(self) -> RowTable[Any]:
        return tuple(self._lists.values())[self._tabs.currentIndex()]

    def _fetch(self, ids: Sequence[int]) -> list[FilingLine]:
        return self._lines(self._desk.filings.fetch(ids))

    def _lines(self, filings: Sequence[Filing]) -> list[FilingLine]:
        today = local_day(self._now())
        return [FilingLine(filing, today, self._proposals.get(filing.complaint_id, "")) for filing in filings]

    def _waiting(self, now: datetime) -> list[WaitingLine]:
        """Closed complaints by their clock, the most urgent first."""
        clocks = {row.number: row for row in self._desk.clocks.open_milestones(now) if row.milestone == "file"}
        found = self._desk.cases.fetch(self._desk.cases.ids(ComplaintFilter("已关闭"))) if clocks else []
        lines = {row.number: row for row in found}
        local = to_local(now)
        return [WaitingLine(lines[n], c, open_words(c, local)) for n, c in clocks.items() if n in lines]

    def _connect(self) -> None:
        self._tabs.currentChanged.connect(self._on_tab)
        self._words.changed.connect(self.refresh)
        for table in self._lists.values():
            table.opened.connect(self._on_opened)
            table.chosen.connect(self._fit)
        self._asking.stored.connect(self._on_stored)
        for button, slot in (
            (self._file, self._on_open),
            (self._open, self._on_open),
            (self._move, self._on_move),
            (self._propose, self._on_propose),
            (self._bundle, self._on_bundle),
            (self._approve, self._on_approve),
            (self._refuse, self._on_refuse),
            (self._certificate, self._on_certificate),
        ):
            button.clicked.connect(slot)

    def _lay_out(self, head: PageHead) -> None:
        back = Button("返回", weight=Weight.QUIET, icon="arrow-left")
        back.clicked.connect(self.back_wanted)
        top = QHBoxLayout()
        top.addWidget(back)
        top.addWidget(head, 1)
        self._words.setAccessibleName("查找存档")
        self._words.setFixedWidth(scaled(220))
        self._words.setClearButtonEnabled(True)
        self._words.hide()
        head.add_widget(self._words)
        self._tabs.tabBar().setAccessibleName("存档与销毁")
        for name, table in self._lists.items():
            table.set_empty(_NOTHING[name])
            self._tabs.addTab(table, name)
        foot = QHBoxLayout()
        foot.setSpacing(8)
        for button in (
            self._file, self._open, self._move, self._propose, self._bundle, self._approve, self._refuse,
            self._certificate,
        ):  # fmt: skip
            foot.addWidget(button)
        foot.addStretch(1)
        card = Card()
        card.add(self._tabs, 1)
        card.body.addLayout(foot)
        self.body.addLayout(top)
        self.body.addWidget(card, 1)


def _clock(line: WaitingLine) -> Mark | None:
    return clock_mark(line.clock)
