"""评级建议: what the figures of a year propose for everybody; a person accepts, one by one or many, or decides else."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from datetime import datetime

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from crm_desktop.domain.errors import DeskError
from crm_desktop.domain.grading import Grade, GradeProposal, why
from crm_desktop.domain.rights import Right, require
from crm_desktop.gui.asking import Asking
from crm_desktop.gui.customers.class_questions import GiveGrade
from crm_desktop.gui.customers.grading_columns import grading_columns
from crm_desktop.gui.customers.profile_desk import SCREEN, ProfileDesk
from crm_desktop.gui.customers.year_list import YearList
from crm_desktop.gui.jobs import Cancelled, Job, Jobs, Progress
from crm_desktop.gui.messages import Messages
from crm_desktop.gui.session import Session
from crm_desktop.gui.theme import scaled
from crm_desktop.gui.widgets.buttons import Button, Weight
from crm_desktop.gui.widgets.desk_dialog import DeskDialog
from crm_desktop.gui.widgets.fields import ChoiceField
from crm_desktop.gui.widgets.job_progress import JobProgress
from crm_desktop.gui.widgets.labels import ElidedLabel, PlainLabel
from crm_desktop.gui.widgets.line_field import ENTER
from crm_desktop.gui.widgets.row_table import RowTable
from crm_desktop.services.desk import Desk

TITLE = "评级建议"
_WAITING, _EVERYBODY = "waiting", "everybody"
_COUNTING = "正在按一年的消费和付款计算……"
_NOTHING = "没有要确认的：等级都和按数据的建议一样，或者已经有人定过。"
_NOBODY = "这段时间没有客户进厂或付款，还没有可以评的。"
_WIDTH, _HEIGHT = 1240, 680


class ProposalTable(RowTable[GradeProposal]):
    """Enter accepts (``accept_wanted``); a double click looks at the customer (``opened``)."""

    accept_wanted = Signal()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in ENTER:
            self.accept_wanted.emit()
        else:
            super().keyPressEvent(event)


class GradingDialog(DeskDialog):
    """``graded``: somebody has another grade now. ``customer_wanted`` carries the customer to be opened."""

    graded = Signal()
    customer_wanted = Signal(int)

    def __init__(
        self, desk: ProfileDesk, data: Desk, session: Session, jobs: Jobs, messages: Messages, window: QWidget
    ) -> None:
        super().__init__(window)
        self._desk, self._data, self._session = desk, data, session
        self._jobs, self._messages = jobs, messages
        self._rules = desk.rules.grading()
        self._meant: dict[int, str] = {}
        self._accepted: tuple[int, ...] = ()
        self._job: Job | None = None
        self._asking = Asking(desk.access, desk.staff, session, self._now, messages, self)
        columns = grading_columns(self._why)
        self._year, self._table = YearList(columns), ProposalTable(TITLE, columns)
        self._view = ChoiceField(((_WAITING, "待确认的"), (_EVERYBODY, "全部")), _WAITING)
        self._accept = Button("接受", weight=Weight.MAIN, icon="check")
        self._other, self._open = Button("另定等级"), Button("打开客户", icon="user")
        self._table.offer(self._accept, self._other)
        self._told, self._undo = ElidedLabel(role="caption"), Button("撤销", weight=Weight.QUIET)
        self._lay_out()
        self.resize(min(scaled(_WIDTH), window.width()), min(scaled(_HEIGHT), window.height()))
        self._connect()
        self._count()

    def reject(self) -> None:
        """Nothing goes on behind a closed dialog; what was written stays."""
        if self._job is not None:
            self._job.give_up()
        super().reject()

    # -- slots ---------------------------------------------------------------------------------------------------

    def _on_counted(self, found: list[GradeProposal]) -> None:
        self._year.fill(found)
        self._table.set_empty(_NOTHING if found else _NOBODY)
        self._show()
        self._table.setFocus()

    def _on_view(self) -> None:
        self._show()

    def _on_marked(self) -> None:
        count = self._table.marked_count()
        self._accept.say(f"接受选中的 {count:,} 位" if count > 1 else "接受")
        self._accept.setEnabled(count > 0 and self._job is None)
        for button in (self._other, self._open):
            button.setEnabled(count == 1 and self._job is None)

    def _on_accept(self) -> None:
        rows = self._table.selected_rows()
        if not rows or self._job is not None:
            return
        try:
            require(self._session.act(SCREEN), Right.CUSTOMER_BASE)
        except DeskError as refusal:
            self._refuse(refusal.sentence)
            return
        self._meant = {row.customer_id: row.proposed for row in rows}
        self._offer_undo(())
        if len(rows) == 1:
            self._accept_one(rows[0])
        elif self._messages.ask(f"把 {len(rows):,} 位客户定为建议的等级？", _counts(rows), "接受"):
            self._accept_many()

    def _on_accepted(self, kept: int) -> None:
        changed = len(self._meant) - kept
        if changed:
            self._say(f"已接受 {kept:,} 位的建议；另有 {changed:,} 位的建议刚变了，请再看一遍。")
            self._count()
        else:
            self._say(f"已接受 {kept:,} 位的建议。")
            self._settle(self._meant)
            self._offer_undo(self._meant)
        self.graded.emit()

    def _on_undo(self) -> None:
        """What was just accepted, all of it; then everybody is counted again."""
        data, undo, accepted = self._data, self._desk.undo, self._accepted
        act, since = self._session.act(SCREEN), self._session.since

        def work(_progress: Progress, _cancelled: Cancelled) -> int:
            with data.reading():
                return undo.many("grades", accepted, act, since)

        self._offer_undo(())
        self._job = self._jobs.run(work, self._on_taken_back, self._refuse, label="撤销评级")
        self._on_marked()

    def _on_taken_back(self, count: int) -> None:
        self._say(f"已撤销：{count:,} 位的等级改回原来的，建议重新待确认；评级历史里两次都在。")
        self.graded.emit()
        self._count()

    def _on_ended(self, job: Job) -> None:
        if job is not self._job:
            return
        self._job = None
        self._on_marked()
        if job.is_cancelled() and self._year.counts()[1]:
            self._count()
        elif job.is_cancelled():
            self._table.set_empty("已取消计算；关上窗口再打开就重新计算。")

    def _on_other(self) -> None:
        row = self._table.current_row()
        if row is not None:
            self._meant = {row.customer_id: row.proposed}
            self._offer_undo(())
            self._asking.begin(GiveGrade(self._desk, self._desk.profiles.facts(row.customer_id)), SCREEN)

    def _on_decided(self, sentence: str) -> None:
        (customer,) = self._meant
        self._say(f"{self._year.name(customer)}：{sentence}")
        self._settle({customer: self._desk.profiles.facts(customer).grade})
        self.graded.emit()

    def _on_open(self) -> None:
        row = self._table.current_row()
        if row is not None:
            self._on_opened(row)

    def _on_opened(self, row: GradeProposal) -> None:
        self.reject()
        self.customer_wanted.emit(row.customer_id)

    # -- helpers -------------------------------------------------------------------------------------------------

    def _count(self) -> None:
        """Proposals of everybody, off the UI thread."""
        data, grades = self._data, self._desk.grades

        def work(progress: Progress, _cancelled: Cancelled) -> list[GradeProposal]:
            with data.reading():
                return grades.proposals(progress=progress)

        self._table.set_empty(_COUNTING)
        self._job = self._jobs.run(work, self._on_counted, self._refuse, label="计算评级建议")
        self._on_marked()

    def _accept_one(self, row: GradeProposal) -> None:
        try:
            kept = self._desk.grades.accept([row.customer_id], self._session.act(SCREEN), self._meant)
        except DeskError as refusal:
            self._refuse(refusal.sentence)
            return
        if not kept:
            self._on_accepted(kept)
            return
        self._say(f"{row.name}已定为“{row.proposed}”。")
        self._settle(self._meant)
        self._offer_undo(self._meant)
        self.graded.emit()

    def _accept_many(self) -> None:
        data, grades, act, meant = self._data, self._desk.grades, self._session.act(SCREEN), dict(self._meant)

        def work(progress: Progress, _cancelled: Cancelled) -> int:
            with data.reading():
                return grades.accept(meant, act, meant, progress)

        self._job = self._jobs.run(work, self._on_accepted, self._refuse, label="写入等级")
        self._on_marked()

    def _offer_undo(self, customers: Iterable[int]) -> None:
        """One step back stands beside the sentence until something else is done."""
        self._accepted = tuple(customers)
        self._undo.setVisible(bool(self._accepted))

    def _settle(self, decided: dict[int, str]) -> None:
        """These have their grade; the next one of the list is at hand."""
        place = self._table.currentIndex().row()
        self._year.settle(decided)
        self._show()
        if self._table.current_row() is None and self._table.count():
            self._table.selectRow(min(max(0, place), self._table.count() - 1))
        self._on_marked()

    def _show(self) -> None:
        waiting, everybody = self._year.counts()
        options = ((_WAITING, f"待确认的（{waiting:,}）"), (_EVERYBODY, f"全部（{everybody:,}）"))
        self._view.set_options(options, self._view.value())
        self._table.clearSelection()
        self._table.set_paged(self._year.rows(everybody=self._view.value() == _EVERYBODY))
        place = self._table.currentIndex().row()
        if place >= 0 or (self._table.count() and not self._meant):
            self._table.selectRow(max(0, place))
        self._on_marked()

    def _why(self, proposal: GradeProposal) -> str:
        return why(proposal, self._rules)

    def _say(self, sentence: str) -> None:
        self._told.setText(sentence)
        self._messages.done(sentence)

    def _refuse(self, sentence: str) -> None:
        self._told.setText(sentence)
        self._messages.refused(sentence)

    def _now(self) -> datetime:
        return self._session.act(SCREEN).at

    def _connect(self) -> None:
        self._jobs.ended.connect(self._on_ended)
        self._asking.stored.connect(self._on_decided)
        self._view.changed.connect(self._on_view)
        self._table.accept_wanted.connect(self._on_accept)
        self._table.opened.connect(self._on_opened)
        self._table.selectionModel().selectionChanged.connect(self._on_marked)
        self._accept.clicked.connect(self._on_accept)
        self._other.clicked.connect(self._on_other)
        self._open.clicked.connect(self._on_open)
        self._undo.clicked.connect(self._on_undo)

    def _lay_out(self) -> None:
        self.setWindowTitle(TITLE)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self._view.setAccessibleName("看哪些")
        self._view.setMinimumWidth(scaled(190))
        first, last = self._desk.grades.period()
        how = f"{first} 到 {last} 的消费和付款；按住 Ctrl 或 Shift 可多选，回车接受，双击打开客户。"
        above, foot = QHBoxLayout(), QHBoxLayout()
        above.addWidget(PlainLabel(how, "caption"))
        above.addStretch(1)
        above.addWidget(self._view)
        close = Button("关闭窗口")
        close.clicked.connect(self.reject)
        for button in (self._accept, self._other, self._open):
            foot.addWidget(button)
        foot.addWidget(self._told, 1)
        foot.addWidget(self._undo)
        self._undo.hide()
        foot.addWidget(JobProgress(self._jobs))
        foot.addWidget(close)
        for row in (above, foot):
            row.setSpacing(8)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(24, 18, 24, 18)
        layout.setSpacing(10)
        layout.addWidget(PlainLabel(TITLE, "title"))
        layout.addLayout(above)
        layout.addWidget(self._table, 1)
        layout.addLayout(foot)


def _counts(rows: tuple[GradeProposal, ...]) -> str:
    found = Counter(row.proposed for row in rows)
    told = "、".join(f"{grade} {found[grade]:,} 位" for grade in Grade if found[grade])
    return f"{told}。每一位的评级历史里都会留一行。"
