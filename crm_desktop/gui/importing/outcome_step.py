"""导入, third and fourth step: what a trial would do, what the import did, and the rows that did not pass."""

from __future__ import annotations

from operator import attrgetter

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from crm_desktop.domain.columns import Column, Kind
from crm_desktop.domain.imports import RowFault
from crm_desktop.gui.widgets.buttons import Button
from crm_desktop.gui.widgets.labels import PlainLabel
from crm_desktop.gui.widgets.row_table import RowTable
from crm_desktop.papers.imports import ImportReport

COLUMNS: tuple[Column[RowFault], ...] = (
    Column("行号", attrgetter("row"), Kind.INTEGER, 8),
    Column("没有通过的原因", attrgetter("why"), width=70, wrap=True),
)


class OutcomeStep(QWidget):
    """``kept_apart_wanted``: the refused rows as a workbook. ``undo_wanted``: this very import back."""

    kept_apart_wanted = Signal()
    undo_wanted = Signal()

    def __init__(self) -> None:
        super().__init__()
        self._told = PlainLabel()
        self._faults: RowTable[RowFault] = RowTable("未通过的行", COLUMNS)
        self._keep_apart = Button("错误行另存")
        self._undo = Button("撤销这次导入")
        self._told.setWordWrap(True)
        buttons = QHBoxLayout()
        buttons.setSpacing(8)
        buttons.addWidget(self._keep_apart)
        buttons.addWidget(self._undo)
        buttons.addStretch(1)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(8)
        layout.addWidget(self._told)
        layout.addWidget(self._faults, 1)
        layout.addLayout(buttons)
        self._keep_apart.clicked.connect(self.kept_apart_wanted)
        self._undo.clicked.connect(self.undo_wanted)
        self.empty("")

    def empty(self, sentence: str) -> None:
        """Nothing known yet, or nothing came of it."""
        self.say(sentence)
        self._faults.set_empty("")
        self._faults.set_rows([])
        self._keep_apart.setEnabled(False)
        self._undo.hide()

    def show_report(self, report: ImportReport, *, dry_run: bool) -> None:
        """Counts and refused rows; after a real run the way back."""
        self.say(told(report, dry_run))
        self._faults.set_empty("每一行都通过了。" if report.result.read else "")
        self._faults.set_rows(report.result.faults)
        self._keep_apart.setEnabled(bool(report.result.faults))
        self._undo.setVisible(not dry_run and bool(report.result.added or report.result.updated))

    def say(self, text: str) -> None:
        """Sentences above the list."""
        self._told.setText(text)

    def undone(self, sentence: str) -> None:
        """The import went back: once is enough."""
        self.say(sentence)
        self._undo.hide()

    def hold(self, ready: bool) -> None:
        """Nothing may be pressed while work is under way."""
        self._keep_apart.setEnabled(ready and self._faults.count() > 0)
        self._undo.setEnabled(ready)


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
        lines.append(f"没有导入的列：{'、'.join(report.unrecognised)}")
    if report.empty:
        lines.append(f"空列：{'、'.join(report.empty)}")
    return "\n".join([*lines, *report.notes])
