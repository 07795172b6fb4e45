"""The register on screen, and its way to Excel, PDF and the printer."""

from __future__ import annotations

from datetime import date, timedelta

from PySide6.QtCore import QSignalBlocker, Qt, Signal
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QCheckBox, QHBoxLayout, QMenu

from crm_desktop.domain.desk_papers import HANDOVER, MECHANISM, MORNING
from crm_desktop.domain.errors import DeskError
from crm_desktop.domain.papers import Paper
from crm_desktop.domain.register import COLUMNS, TITLE, RegisterRow
from crm_desktop.gui.jobs import Cancelled, Job, Jobs, Progress
from crm_desktop.gui.messages import Messages
from crm_desktop.gui.paper_desk import PaperDesk
from crm_desktop.gui.record_desk import PREVIEW, RecordWish
from crm_desktop.gui.theme import FIELD_HEIGHT, scaled
from crm_desktop.gui.widgets.buttons import Button, Weight
from crm_desktop.gui.widgets.field_form import FieldForm
from crm_desktop.gui.widgets.labels import PlainLabel
from crm_desktop.gui.widgets.page import Card, Page, PageHead
from crm_desktop.gui.widgets.row_table import RowTable
from crm_desktop.services.desk import Desk
from crm_desktop.services.registers import Registers

_OWN = "自选日期"
_ON_SCREEN = "在屏幕上看"
_MONTH = {"打印预览": PREVIEW, "导出 PDF": ".pdf", "导出 Excel": ".xlsx"}
_STEP = 500
_NOTHING = "这段时间没有受理过抱怨。换一个期间，或新建抱怨单。"


class ReportsPage(Page):
    """Choose a period, see the rows, take them out of the house.

    ``month_wanted`` carries the ``RecordWish`` for 《月度抱怨/投诉分析报告》 of the month in which the period ends,
    ``month_shown`` that month (2026-11) where it is to be read on screen. ``desk_paper_wanted``: 晨会单, 交班单 or
    季度机制评估.
    """

    month_wanted = Signal(object)
    desk_paper_wanted = Signal(str)
    month_shown = Signal(str)

    def __init__(self, desk: Desk, registers: Registers, papers: PaperDesk, jobs: Jobs, messages: Messages) -> None:
        head = PageHead("报表", f"《{TITLE}》")
        super().__init__(head)
        self._desk, self._registers, self._papers = desk, registers, papers
        self._jobs, self._messages = jobs, messages
        self._reading: Job | None = None
        self._asked: object = None
        self._form = FieldForm(columns=3, clock=desk.now)
        self._full = QCheckBox("电话不打码")
        self._told = PlainLabel(role="caption")
        self._table: RowTable[RegisterRow] = RowTable(TITLE, COLUMNS)
        self._month = Button("月度分析报告", icon="chart-bar")
        self._month_papers = QMenu(self)
        self._on_screen = self._month_papers.addAction(_ON_SCREEN)
        self._suffixes = {self._month_papers.addAction(word): suffix for word, suffix in _MONTH.items()}
        self._month.setMenu(self._month_papers)
        self._sheets = Button("晨会单、交班单")
        self._desk_papers = QMenu(self)
        for title in (MORNING, HANDOVER, MECHANISM):
            self._desk_papers.addAction(title)
        self._sheets.setMenu(self._desk_papers)
        self._pdf = Button("导出 PDF")
        self._excel = Button("导出 Excel")
        self._preview = Button("打印预览", "Ctrl+P", Weight.MAIN)
        for button in (self._sheets, self._month, self._pdf, self._excel, self._preview):
            head.add_button(button)
        self._lay_out()
        self._connect()

    def refresh(self) -> None:
        """Reads the rows of the period again, off the UI thread; what was still being read is given up."""
        span = self._span()
        if span is None:
            return
        if self._reading is not None:
            self._reading.give_up()
        unmasked = self._full.isChecked()

        asked = (*span, unmasked)

        def work(progress: Progress, _cancelled: Cancelled) -> tuple[object, list[RegisterRow]]:
            with self._desk.reading():
                total = self._registers.count(*span)
                rows: list[RegisterRow] = []
                for row in self._registers.rows(*span, unmasked):
                    if len(rows) % _STEP == 0:
                        progress(len(rows), total)
                    rows.append(row)
                return asked, rows

        if not self._table.count():
            self._table.set_empty("正在读取…")
        self._asked = asked
        self._reading = self._jobs.run(work, self._on_rows, self._on_failed, label="读取登记表")

    def take_focus(self) -> None:
        """The keyboard on the rows."""
        self._table.setFocus(Qt.FocusReason.OtherFocusReason)

    def show_period(self, first: date, last: date) -> None:
        """A period of one's own."""
        self._show(_OWN, first, last)
        self.refresh()

    def _on_changed(self, name: str) -> None:
        spans = self._spans()
        if name == "period":
            chosen = str(self._form.field("period").value())
            if chosen in spans:
                self._show(chosen, *spans[chosen])
        else:
            with QSignalBlocker(self._form):
                self._form.field("period").set_value(_OWN)
        self.refresh()

    def _on_full(self, full: bool) -> None:
        if full and not self._papers.may_show_full():
            with QSignalBlocker(self._full):
                self._full.setChecked(False)
            return
        self.refresh()

    def _show(self, period: str, first: date, last: date) -> None:
        with QSignalBlocker(self._form):
            self._form.set_values({"period": period, "first": first, "last": last})

    def _on_failed(self, sentence: str) -> None:
        self._table.set_empty(sentence)
        self._messages.refused(sentence)

    def _on_ended(self, job: Job) -> None:
        if job is self._reading:
            self._reading = None
            if job.is_cancelled():
                self._table.set_empty("读取已取消，再选一次期间就重新读取。")

    def _on_rows(self, answer: tuple[object, list[RegisterRow]]) -> None:
        asked, rows = answer
        if asked != self._asked:  # given up, but already on its way
            return
        self._table.set_empty(_NOTHING)
        self._table.set_rows(rows)
        cases = len({row.number for row in rows})
        further = f"，含再次返修共 {len(rows)} 行" if len(rows) > cases else ""
        self._told.setText(f"{cases} 张单{further}" if rows else "")

    def _on_pdf(self) -> None:
        self._export(".pdf")

    def _on_excel(self) -> None:
        self._export(".xlsx")

    def _on_preview(self) -> None:
        if span := self._span():
            self._papers.preview_register(*span, self._full.isChecked())

    def _on_month(self, action: QAction) -> None:
        span = self._span()
        if span and action is self._on_screen:
            self.month_shown.emit(f"{span[1]:%Y-%m}")
        elif span:
            self.month_wanted.emit(RecordWish(Paper.MONTHLY, f"{span[1]:%Y-%m}", self._suffixes[action]))

    def _on_sheet(self, action: QAction) -> None:
        self.desk_paper_wanted.emit(action.text())

    def _export(self, suffix: str) -> None:
        if span := self._span():
            self._papers.export_register(*span, suffix, self._full.isChecked())

    def _span(self) -> tuple[date, date] | None:
        try:
            values = self._form.values()
        except DeskError as refusal:
            self._messages.refused(refusal.sentence)
            return None
        first, last = values["first"], values["last"]
        if empty := {name: "请填日期，如 11-01。" for name, day in (("first", first), ("last", last)) if day is None}:
            self._form.show_errors(empty)
            return None
        if first > last:
            self._form.show_errors({"last": "结束日期不能早于开始日期。"})
            return None
        self._form.clear_errors()
        return first, last

    def _spans(self) -> dict[str, tuple[date, date]]:
        today = self._desk.today()
        month = today.replace(day=1)
        before = month - timedelta(days=1)
        year = today.replace(month=1, day=1)
        return {
            "本月": (month, today),
            "上月": (before.replace(day=1), before),
            "最近 7 天": (today - timedelta(days=6), today),
            "今年": (year, today),
            "去年": (date(today.year - 1, 1, 1), year - timedelta(days=1)),
        }

    def _lay_out(self) -> None:
        spans = self._spans()
        self._form.add_choice("period", "期间", [*spans, _OWN], "本月")
        self._form.add_day("first", "开始日期")
        self._form.add_day("last", "结束日期")
        self._show("本月", *spans["本月"])
        for beside in (self._full, self._told):
            beside.setFixedHeight(scaled(FIELD_HEIGHT))
        self._full.setAccessibleName("电话不打码")
        self._full.setToolTip("看完整电话要有权限，会记入历史")
        row = QHBoxLayout()
        row.setSpacing(12)
        row.addWidget(self._form)
        row.addWidget(self._full, alignment=Qt.AlignmentFlag.AlignTop)
        self._told.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        row.addWidget(self._told, 1, Qt.AlignmentFlag.AlignTop)
        card = Card()
        card.body.addLayout(row)
        card.add(self._table, 1)
        self.body.addWidget(card, 1)

    def _connect(self) -> None:
        self._form.changed.connect(self._on_changed)
        self._jobs.ended.connect(self._on_ended)
        self._full.toggled.connect(self._on_full)
        self._month_papers.triggered.connect(self._on_month)
        self._desk_papers.triggered.connect(self._on_sheet)
        self._pdf.clicked.connect(self._on_pdf)
        self._excel.clicked.connect(self._on_excel)
        self._preview.clicked.connect(self._on_preview)
