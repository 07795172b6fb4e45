"""导入记录: every import with what it did, and 撤销 for each that still stands."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from crm_desktop.clock import to_local
from crm_desktop.domain.acts import Act
from crm_desktop.domain.columns import Column, Kind
from crm_desktop.domain.errors import DeskError
from crm_desktop.domain.imports import ImportRun
from crm_desktop.gui.jobs import Cancelled, Job, Jobs, Progress, Work
from crm_desktop.gui.messages import Messages
from crm_desktop.gui.session import Session
from crm_desktop.gui.theme import scaled
from crm_desktop.gui.widgets.buttons import Button
from crm_desktop.gui.widgets.desk_dialog import DeskDialog
from crm_desktop.gui.widgets.job_progress import JobProgress
from crm_desktop.gui.widgets.labels import PlainLabel
from crm_desktop.gui.widgets.row_table import RowTable
from crm_desktop.papers.imports import ImportPaper
from crm_desktop.services.backups import Backups
from crm_desktop.services.desk import Desk


def _at(run: ImportRun) -> str:
    return f"{to_local(run.at):%Y-%m-%d %H:%M}"


def _counts(run: ImportRun) -> str:
    return f"读 {run.read}，新增 {run.added}，更新 {run.updated}，跳过 {run.skipped}，未通过 {run.faulty}"


def _standing(run: ImportRun) -> str:
    if run.undone_at is None:
        return ""
    return f"{to_local(run.undone_at):%m-%d %H:%M} {run.undone_by} 已撤销"


def _id(run: ImportRun) -> int:
    return run.id


def _what(run: ImportRun) -> str:
    return run.kind.word


def _file(run: ImportRun) -> str:
    return run.file_name


def _who(run: ImportRun) -> str:
    return run.who


COLUMNS: tuple[Column[ImportRun], ...] = (
    Column("时间", _at, width=16),
    Column("内容", _what, width=10),
    Column("文件", _file, width=24),
    Column("谁", _who, width=10),
    Column("结果", _counts, Kind.TEXT, 40, wrap=True),
    Column("撤销", _standing, width=22),
)


class PastImports(DeskDialog):
    """``undone``: an import went back, lists are to be read again."""

    undone = Signal()

    def __init__(
        self, desk: Desk, paper: ImportPaper, session: Session, jobs: Jobs, messages: Messages, parent: QWidget
    ) -> None:
        super().__init__(parent)
        self._desk, self._paper, self._session = desk, paper, session
        self._jobs, self._messages = jobs, messages
        self._job: Job | None = None
        self._table: RowTable[ImportRun] = RowTable("导入记录", COLUMNS, key=_id)
        self._told = PlainLabel()
        self._undo = Button("撤销这次导入")
        self._table.offer(self._undo)
        self._close = Button("关闭", "Esc")
        self._lay_out()
        self._table.chosen.connect(self._on_chosen)
        self._undo.clicked.connect(self._on_undo)
        self._close.clicked.connect(self.reject)
        self._jobs.ended.connect(self._on_ended)
        self._fill()
        self._table.setFocus()

    def reject(self) -> None:
        """Nothing goes on behind a closed dialog."""
        if self._job is not None:
            self._job.cancel()
        super().reject()

    def _fill(self) -> None:
        self._table.set_empty("还没有导入过。")
        self._table.set_rows(self._paper.past())
        if self._table.current_row() is None and self._table.count():
            self._table.selectRow(0)
        self._on_chosen(self._table.current_row())

    def _on_chosen(self, run: ImportRun | None) -> None:
        self._undo.setEnabled(self._job is None and run is not None and run.undone_at is None)

    def _on_undo(self) -> None:
        run = self._table.current_row()
        if run is None or not confirmed(self._messages, run.file_name):
            return
        try:
            act = self._session.act("导入")
        except DeskError as refusal:
            self._on_failed(refusal.sentence)
            return

        work = undoing(self._desk, self._paper, run.id, run.file_name, act)
        self._job = self._jobs.run(work, self._on_done, self._on_failed, label="撤销导入")
        self._on_chosen(run)

    def _on_done(self, sentence: str) -> None:
        self._told.setText(sentence)
        self._messages.done(sentence)
        self.undone.emit()

    def _on_failed(self, sentence: str) -> None:
        self._told.setText(sentence)
        self._messages.refused(sentence)

    def _on_ended(self, job: Job) -> None:
        if job is self._job:
            self._job = None
            if job.is_cancelled():
                self._told.setText("已取消，这次导入原样保留。")
            self._fill()

    def _lay_out(self) -> None:
        self.setWindowTitle("导入记录")
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.resize(scaled(980), scaled(460))
        self._told.setWordWrap(True)
        buttons = QHBoxLayout()
        buttons.setSpacing(8)
        buttons.addWidget(self._undo)
        buttons.addStretch(1)
        buttons.addWidget(JobProgress(self._jobs))
        buttons.addWidget(self._close)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(24, 20, 24, 20)
        layout.setSpacing(12)
        layout.addWidget(PlainLabel("导入记录", "title"))
        layout.addWidget(self._table, 1)
        layout.addWidget(self._told)
        layout.addLayout(buttons)


def confirmed(messages: Messages, file_name: str) -> bool:
    """Asked before an import goes back."""
    return messages.ask(
        f"撤销“{file_name}”的导入？",
        "它新增的会去掉，补过、改过的会还原；之后有人改过或用到的留下，并告诉您是哪些。",
        "撤销这次导入",
    )


def undoing(desk: Desk, paper: ImportPaper, run: int, file_name: str, act: Act) -> Work:
    """The work that takes an import back, after a backup; it ends with the sentence that tells what went."""

    def work(progress: Progress, _cancelled: Cancelled) -> str:
        with desk.reading():
            Backups(desk).before("撤销导入", progress)
            return paper.undo(run, file_name, act, progress=progress)

    return work
