"""导入已有记录: file, columns, trial, result, each a step; work goes on beside the window.

Nothing is written before 导入 is pressed on the third step, and what was written goes back from the fourth.
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QApplication, QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from crm_desktop.domain.errors import DeskError
from crm_desktop.domain.imports import ImportKind
from crm_desktop.gui.importing.columns_step import ColumnsStep
from crm_desktop.gui.importing.file_step import FileStep
from crm_desktop.gui.importing.outcome_step import OutcomeStep, told
from crm_desktop.gui.importing.past import PastImports, confirmed, undoing
from crm_desktop.gui.jobs import Cancelled, Job, Jobs, Progress
from crm_desktop.gui.messages import Messages
from crm_desktop.gui.session import Session
from crm_desktop.gui.theme import scaled
from crm_desktop.gui.widgets.buttons import Button, Weight
from crm_desktop.gui.widgets.desk_dialog import DeskDialog
from crm_desktop.gui.widgets.fields import ChoiceField
from crm_desktop.gui.widgets.job_progress import JobProgress
from crm_desktop.gui.widgets.labels import PlainLabel
from crm_desktop.gui.widgets.page import Rule
from crm_desktop.gui.widgets.signs import StepRow, StepState
from crm_desktop.papers.imports import ImportPaper, ImportReport, Place, Sight
from crm_desktop.services.backups import Backups
from crm_desktop.services.desk import Desk

_STEPS = ("选文件", "对应列", "试导入", "结果")
_FILE, _COLUMNS, _TRIAL, _RESULT = range(4)
_FORWARD = ("下一步", "试导入", "导入", "完成")
_FILES = ["表格文件 (*.xlsx *.xls *.csv)", "所有文件 (*)"]
_WORKBOOK = ["Excel 工作簿 (*.xlsx)"]


class ImportDialog(DeskDialog):
    """``imported`` is emitted when records came in or went back."""

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
        self._desk, self._paper, self._kinds, self._session = desk, paper, kinds, session
        self._jobs, self._messages = jobs, messages
        self._path: Path | None = None
        self._sight: Sight | None = None
        self._report: ImportReport | None = None
        self._job: Job | None = None
        self._hands: QWidget | None = None
        self._step = _FILE
        self._row = StepRow("导入")
        self._file, self._columns = FileStep(kinds), ColumnsStep()
        self._trial, self._result = OutcomeStep(), OutcomeStep()
        self._pages = QStackedWidget()
        self._close = Button("关闭", "Esc")
        self._back = Button("上一步", "Alt+Left")
        self._forward = Button("下一步", "Ctrl+Return", Weight.MAIN)
        self._lay_out()
        self._connect()
        self._go(_FILE)

    def choose(self, path: Path) -> None:
        """This file is to be brought in."""
        self._path, self._sight = path, None
        self._file.begin(path.name)
        self._go(_FILE)
        self._look(None, Place())
        self._hands = None

    # -- steps -----------------------------------------------------------------------------------------------------

    def _go(self, step: int) -> None:
        self._step = step
        self._pages.setCurrentIndex(step)
        states = [StepState.DONE] * step + [StepState.CURRENT] + [StepState.AHEAD] * (len(_STEPS) - step - 1)
        self._row.show_steps(list(zip(_STEPS, states, strict=True)))
        self._forward.say(_FORWARD[step])
        self._back.setVisible(step in (_COLUMNS, _TRIAL))
        if step == _COLUMNS:
            self._columns.take_focus()
        self._enable()

    def _on_forward(self) -> None:
        if self._step == _FILE:
            self._go(_COLUMNS)
        elif self._step == _COLUMNS:
            self._try()
        elif self._step == _TRIAL:
            self._bring(dry_run=False)
        else:
            self.accept()

    def _on_back(self) -> None:
        self._go(self._step - 1)

    def _enable(self) -> None:
        ready = self._job is None
        self._file.hold(ready)
        self._trial.hold(ready)
        self._result.hold(ready)
        self._back.setEnabled(ready)
        known = (self._sight, self._sight, self._report, self._report)[self._step]
        self._forward.setEnabled(ready and known is not None)

    # -- a look ----------------------------------------------------------------------------------------------------

    def _on_choose(self) -> None:
        path = self._messages.choose_open("选择要导入的文件", _FILES)
        if path is not None:
            self.choose(path)

    def _on_turned(self) -> None:
        if self._path is not None:
            self._look(self._file.kind, self._file.place)

    def _on_sheet_turned(self, sheet: str) -> None:
        self._look(None, Place(sheet))

    def _look(self, kind: ImportKind | None, place: Place) -> None:
        path, kinds = self._path, self._kinds
        if path is None:
            return

        def work(_progress: Progress, _cancelled: Cancelled) -> Sight:
            with self._desk.reading():
                sight = self._paper.look(path, kind, place)
                return sight if sight.kind in kinds else self._paper.look(path, kinds[0], place)

        self._sight = None
        self._start(work, self._on_looked, self._on_unread, "读文件")

    def _on_looked(self, sight: Sight) -> None:
        self._sight = sight
        self._file.show_sight(sight)
        self._columns.show_sight(sight)

    def _on_unread(self, sentence: str) -> None:
        self._file.say(sentence)
        self._messages.refused(sentence)

    # -- trial and import ------------------------------------------------------------------------------------------

    def _try(self) -> None:
        self._report = None
        self._trial.empty("正在试导入，什么也不会写入…")
        self._go(_TRIAL)
        self._bring(dry_run=True)

    def _bring(self, *, dry_run: bool) -> None:
        path, sight = self._path, self._sight
        if path is None or sight is None:
            return
        choices, rule = self._columns.choices, self._columns.rule
        try:
            act = self._session.act("导入")
        except DeskError as refusal:
            self._on_failed(refusal.sentence)
            return

        def work(progress: Progress, _cancelled: Cancelled) -> tuple[ImportReport, bool]:
            with self._desk.reading():
                if not dry_run:
                    Backups(self._desk).before("导入", progress)
                report = self._paper.run(
                    sight.kind, path, act, dry_run=dry_run, rule=rule, choices=choices,
                    place=sight.place, progress=progress,
                )  # fmt: skip
                return report, dry_run

        self._start(work, self._on_brought, self._on_failed, "试导入" if dry_run else "导入")

    def _on_brought(self, answer: tuple[ImportReport, bool]) -> None:
        self._report, dry_run = answer
        step = self._trial if dry_run else self._result
        step.show_report(self._report, dry_run=dry_run)
        if not dry_run:
            self._go(_RESULT)
            self._messages.done(told(self._report, dry_run).splitlines()[0])
            self.imported.emit()

    def _on_failed(self, sentence: str) -> None:
        (self._result if self._step == _RESULT else self._trial).say(sentence)
        self._messages.refused(sentence)

    # -- what is left to do ----------------------------------------------------------------------------------------

    def _on_keep_apart(self) -> None:
        path, sight, report = self._path, self._sight, self._report
        if path is None or sight is None or report is None:
            return
        target = self._messages.choose_save("错误行另存", f"{path.stem} 未通过的行.xlsx", _WORKBOOK)
        if target is None:
            return

        def work(_progress: Progress, _cancelled: Cancelled) -> Path:
            return self._paper.give_back(path, report.result.faults, target, place=sight.place)

        self._start(work, self._on_kept_apart, self._on_failed, "错误行另存")

    def _on_kept_apart(self, target: Path) -> None:
        self._messages.done("未通过的行已另存，改好后可以再次导入。", target)

    def _on_template(self) -> None:
        kind = self._file.kind
        target = self._messages.choose_save("保存空模板", f"{kind.word}导入模板.xlsx", _WORKBOOK)
        if target is None:
            return

        def work(_progress: Progress, _cancelled: Cancelled) -> Path:
            return self._paper.template(kind, target)

        self._start(work, self._on_template_kept, self._on_unread, "保存空模板")

    def _on_template_kept(self, target: Path) -> None:
        self._messages.done("空模板已保存：第一页填数据，第二页是每一列的说明和例子。", target)

    def _on_undo(self) -> None:
        path, report = self._path, self._report
        if path is None or report is None or not confirmed(self._messages, path.name):
            return
        try:
            act = self._session.act("导入")
        except DeskError as refusal:
            self._on_failed(refusal.sentence)
            return

        work = undoing(self._desk, self._paper, report.result.run, path.name, act)
        self._start(work, self._on_undone, self._on_failed, "撤销导入")

    def _on_undone(self, sentence: str) -> None:
        self._result.undone(sentence)
        self._messages.done(sentence)
        self.imported.emit()

    def _on_past(self) -> None:
        past = PastImports(self._desk, self._paper, self._session, self._jobs, self._messages, self)
        past.undone.connect(self.imported)
        past.open()

    # -- work ------------------------------------------------------------------------------------------------------

    def _start(
        self,
        work: Callable[[Progress, Cancelled], Any],
        done: Callable[[Any], None],
        failed: Callable[[str], None],
        label: str,
    ) -> None:
        if self._job is None:
            self._hands = QApplication.focusWidget()
            self._job = self._jobs.run(work, done, failed, label=label)
            self._enable()

    def _on_ended(self, job: Job) -> None:
        if job is not self._job:
            return
        self._job = None
        if job.is_cancelled():
            stopped = (self._file, self._file, self._trial, self._result)[self._step]
            stopped.say("已取消，什么也没有改。")
        self._enable()
        stays = isinstance(self._hands, ChoiceField) and self._hands.isVisible()
        (self._hands if stays and self._hands is not None else self._forward).setFocus()

    def reject(self) -> None:
        """Nothing goes on behind a closed dialog."""
        if self._job is not None:
            self._job.cancel()
        super().reject()

    def _lay_out(self) -> None:
        self.setWindowTitle("导入已有记录")
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.resize(scaled(860), scaled(560))
        for page in (self._file, self._columns, self._trial, self._result):
            self._pages.addWidget(page)
        top = QHBoxLayout()
        top.addWidget(PlainLabel("导入已有记录", "title"))
        top.addStretch(1)
        top.addWidget(self._row)
        buttons = QHBoxLayout()
        buttons.setSpacing(8)
        buttons.addWidget(self._close)
        buttons.addStretch(1)
        buttons.addWidget(JobProgress(self._jobs))
        buttons.addWidget(self._back)
        buttons.addWidget(self._forward)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(24, 20, 24, 20)
        layout.setSpacing(12)
        layout.addLayout(top)
        layout.addWidget(Rule())
        layout.addWidget(self._pages, 1)
        layout.addLayout(buttons)

    def _connect(self) -> None:
        self._file.file_wanted.connect(self._on_choose)
        self._file.template_wanted.connect(self._on_template)
        self._file.past_wanted.connect(self._on_past)
        self._file.turned.connect(self._on_turned)
        self._file.sheet_turned.connect(self._on_sheet_turned)
        for outcome in (self._trial, self._result):
            outcome.kept_apart_wanted.connect(self._on_keep_apart)
        self._result.undo_wanted.connect(self._on_undo)
        self._forward.clicked.connect(self._on_forward)
        self._back.clicked.connect(self._on_back)
        self._close.clicked.connect(self.reject)
        self._jobs.ended.connect(self._on_ended)
