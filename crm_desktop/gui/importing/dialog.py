"""导入: choose what and which file, try it first, then bring it in; bad rows are told and given back."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QComboBox, QDialog, QGridLayout, QHBoxLayout, QVBoxLayout, QWidget

from crm_desktop.domain.errors import DeskError
from crm_desktop.domain.imports import ImportKind, RowFault
from crm_desktop.domain.sheets import Column, Kind
from crm_desktop.gui.jobs import Cancelled, Job, Jobs, Progress
from crm_desktop.gui.messages import Messages
from crm_desktop.gui.session import Session
from crm_desktop.gui.theme import scaled
from crm_desktop.gui.widgets.buttons import Button, Weight
from crm_desktop.gui.widgets.job_progress import JobProgress
from crm_desktop.gui.widgets.labels import PlainLabel
from crm_desktop.gui.widgets.page import Rule
from crm_desktop.gui.widgets.row_table import RowTable
from crm_desktop.papers.imports import ImportPaper, ImportReport
from crm_desktop.services.desk import Desk

_FIRST = (
    "选一个 xlsx、xls 或 csv 文件，先“试导入”看结果：哪些列认得、哪些行有问题，什么也不会写入。"
    "\n同一个文件导入两次也不会重复。"
)
_FILES = ["表格文件 (*.xlsx *.xls *.csv)", "所有文件 (*)"]


def _row(fault: RowFault) -> int:
    return fault.row


def _why(fault: RowFault) -> str:
    return fault.why


COLUMNS: tuple[Column[RowFault], ...] = (
    Column("行号", _row, Kind.INTEGER, 8),
    Column("没有通过的原因", _why, width=70, wrap=True),
)


class ImportDialog(QDialog):
    """``imported`` is emitted when records came in."""

    imported = Signal()

    def __init__(
        self,
        desk: Desk,
        paper: ImportPaper,
        kinds: tuple[ImportKind, ...],
        session: Session,
        jobs: Jobs,
        messages: Messages,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._desk, self._paper, self._session = desk, paper, session
        self._jobs, self._messages = jobs, messages
        self._path: Path | None = None
        self._job: Job | None = None
        self._kind = QComboBox()
        for kind in kinds:
            self._kind.addItem(kind.word, kind)
        self._file = PlainLabel("还没有选择文件", "caption")
        self._choose = Button("选择文件", "Ctrl+O")
        self._told = PlainLabel(_FIRST)
        self._faults: RowTable[RowFault] = RowTable("未通过的行", COLUMNS)
        self._give_back = Button("导出未通过的行")
        self._try = Button("试导入")
        self._bring = Button("导入", weight=Weight.MAIN)
        self._close = Button("关闭", "Esc")
        self._progress = JobProgress(jobs)
        self._lay_out()
        self._connect()

    def choose(self, path: Path) -> None:
        """This file is to be brought in."""
        self._path = path
        self._file.setText(path.name)
        self._told.setText(_FIRST)
        self._faults.set_empty("")
        self._faults.set_rows([])
        self._give_back.setEnabled(False)
        self._enable(True)
        self._try.setFocus()

    def _on_choose(self) -> None:
        path = self._messages.choose_open("选择要导入的文件", _FILES)
        if path is not None:
            self.choose(path)

    def _on_try(self) -> None:
        self._start(dry_run=True, errors=None)

    def _on_bring(self) -> None:
        self._start(dry_run=False, errors=None)

    def _on_give_back(self) -> None:
        name = f"{self._path.stem if self._path else '导入'} 未通过的行.xlsx"
        path = self._messages.choose_save("导出未通过的行", name, ["Excel 工作簿 (*.xlsx)"])
        if path is not None:
            self._start(dry_run=True, errors=path)

    def _start(self, dry_run: bool, errors: Path | None) -> None:
        path, kind = self._path, ImportKind(self._kind.currentData())  # Qt hands a StrEnum back as its bare word
        if path is None:
            return
        try:
            act = self._session.act("导入")
        except DeskError as refusal:
            self._on_failed(refusal.sentence)
            return

        def work(progress: Progress, _cancelled: Cancelled) -> tuple[ImportReport, bool, Path | None]:
            with self._desk.reading():
                report = self._paper.run(kind, path, act, dry_run=dry_run, progress=progress)
                if errors is not None:
                    self._paper.give_back(path, report.result.faults, errors)
                return report, dry_run, errors

        self._enable(False)
        self._job = self._jobs.run(work, self._on_done, self._on_failed, label="试导入" if dry_run else "导入")

    def _on_done(self, answer: tuple[ImportReport, bool, Path | None]) -> None:
        report, dry_run, errors = answer
        if errors is not None:
            self._messages.done("未通过的行已导出，改好后可以再次导入。", errors)
            self._told.setText(f"未通过的行已导出到“{errors.name}”，改好后可以再次导入。")
            return
        self._told.setText(told(report, dry_run))
        self._faults.set_empty("每一行都通过了。" if report.result.read else "")
        self._faults.set_rows(report.result.faults)
        self._give_back.setEnabled(bool(report.result.faults))
        if not dry_run:
            self._messages.done(told(report, dry_run).splitlines()[0])
            self.imported.emit()

    def _on_failed(self, sentence: str) -> None:
        self._told.setText(sentence)
        self._messages.refused(sentence)

    def _on_ended(self, job: Job) -> None:
        if job is self._job:
            self._job = None
            self._enable(True)
            if job.is_cancelled():
                self._told.setText("已取消，什么也没有写入。")

    def reject(self) -> None:
        """Nothing goes on behind a closed dialog."""
        if self._job is not None:
            self._job.cancel()
        super().reject()

    def _enable(self, ready: bool) -> None:
        self._try.setEnabled(ready)
        self._bring.setEnabled(ready)
        self._choose.setEnabled(ready)

    def _lay_out(self) -> None:
        self.setWindowTitle("导入已有记录")
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.resize(scaled(760), scaled(520))
        self._kind.setAccessibleName("导入什么")
        self._told.setWordWrap(True)
        self._give_back.setEnabled(False)
        self._enable(False)
        self._choose.setEnabled(True)
        top = QGridLayout()
        top.setHorizontalSpacing(10)
        top.setVerticalSpacing(8)
        for place, (label, widget) in enumerate((("导入什么", self._kind), ("文件", self._file))):
            top.addWidget(PlainLabel(label, "label"), place, 0, Qt.AlignmentFlag.AlignRight)
            top.addWidget(widget, place, 1)
        top.addWidget(self._choose, 1, 2)
        top.setColumnStretch(1, 1)
        buttons = QHBoxLayout()
        buttons.setSpacing(8)
        buttons.addWidget(self._give_back)
        buttons.addStretch(1)
        buttons.addWidget(self._progress)
        for button in (self._close, self._try, self._bring):
            buttons.addWidget(button)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(24, 20, 24, 20)
        layout.setSpacing(12)
        layout.addWidget(PlainLabel("导入已有记录", "title"))
        layout.addLayout(top)
        layout.addWidget(Rule())
        layout.addWidget(self._told)
        layout.addWidget(self._faults, 1)
        layout.addLayout(buttons)

    def _connect(self) -> None:
        self._choose.clicked.connect(self._on_choose)
        self._try.clicked.connect(self._on_try)
        self._bring.clicked.connect(self._on_bring)
        self._give_back.clicked.connect(self._on_give_back)
        self._close.clicked.connect(self.reject)
        self._jobs.ended.connect(self._on_ended)


def told(report: ImportReport, dry_run: bool) -> str:
    """What a run did, in lines for the desk."""
    result = report.result
    refused = len({fault.row for fault in result.faults})
    verb = "试导入（没有写入）" if dry_run else "已导入"
    lines = [
        f"{verb}：读到 {result.read} 行，新增 {result.added}，更新 {result.updated}，"
        f"已有而跳过 {result.skipped}，未通过 {refused}。"
    ]
    if report.unrecognised:
        lines.append(f"没有认出的列（没有导入）：{'、'.join(report.unrecognised)}")
    if report.empty:
        lines.append(f"空列：{'、'.join(report.empty)}")
    return "\n".join([*lines, *report.notes])
