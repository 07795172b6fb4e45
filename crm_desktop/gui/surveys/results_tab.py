"""结果: every question summed up, who was not satisfied, and one click from an answer to a complaint."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from crm_desktop.domain.errors import DeskError
from crm_desktop.domain.surveys import QuestionResult, SurveyOutcome, SurveyRow, low_items
from crm_desktop.gui.messages import Messages
from crm_desktop.gui.session import Session
from crm_desktop.gui.surveys.columns import NOT_RIGHT, SUMMED_UP, LowRow
from crm_desktop.gui.widgets.buttons import Button, Weight
from crm_desktop.gui.widgets.labels import PlainLabel
from crm_desktop.gui.widgets.row_table import RowTable
from crm_desktop.services.surveys import Surveys

SCREEN = "电话调查"
BY_QUESTION, LOW = "每题结果", "不满意项"


class ResultsTab(QWidget):
    """``complaint_wanted`` carries the number of the complaint that came of an answer; ``closed``: no more calls."""

    complaint_wanted = Signal(str)
    closed = Signal()

    def __init__(self, surveys: Surveys, session: Session, messages: Messages) -> None:
        super().__init__()
        self._surveys, self._session, self._messages = surveys, session, messages
        self._survey: SurveyRow | None = None
        self._questions: RowTable[QuestionResult] = RowTable(BY_QUESTION, SUMMED_UP)
        self._questions.set_empty("还没有调查，先在“题目和名单”里抽取名单。")
        self._low: RowTable[LowRow] = RowTable(LOW, NOT_RIGHT, key=_key)
        self._low.set_empty("没有不满意的回答；有了会列在这里，可以直接建抱怨单。")
        self._complain = Button("转成抱怨单", weight=Weight.MAIN)
        self._open = Button("打开抱怨单")
        self._low.offer(self._open, self._complain)
        self._close = Button("结束调查", weight=Weight.QUIET)
        self._lay_out()
        self._low.chosen.connect(self._on_chosen)
        self._complain.clicked.connect(self._on_complain)
        self._open.clicked.connect(self._on_open)
        self._close.clicked.connect(self._on_close)

    def show_survey(self, survey: SurveyRow | None) -> None:
        """What came of this survey so far."""
        self._survey = survey
        calls = self._surveys.calls(survey.id) if survey else []
        asked = survey.draft.questions if survey else ()
        self._questions.set_rows(self._surveys.results(survey.id) if survey else ())
        low = [LowRow(c, "；".join(low_items(asked, c.answers))) for c in calls if c.outcome == SurveyOutcome.LOW]
        self._low.set_rows(low)
        if self._low.current_row() is None and low:
            self._low.selectRow(0)
        self._close.setEnabled(survey is not None and not survey.closed)
        self._on_chosen(self._low.current_row())

    def _on_chosen(self, row: LowRow | None) -> None:
        self._complain.setEnabled(row is not None and not row.call.complaint_number)
        self._open.setEnabled(row is not None and bool(row.call.complaint_number))

    def _on_complain(self) -> None:
        """In the customer's own words; what is missing is asked in the complaint that opens."""
        row = self._low.current_row()
        if row is None:
            return
        try:
            saved = self._surveys.complain(row.call.id, self._session.act(SCREEN))
        except DeskError as refusal:
            self._messages.refused(refusal.sentence)
            return
        self._messages.done(f"已立抱怨单 {saved.number}，请补齐内容。")
        self.complaint_wanted.emit(saved.number)

    def _on_open(self) -> None:
        row = self._low.current_row()
        if row is not None:
            self.complaint_wanted.emit(row.call.complaint_number)

    def _on_close(self) -> None:
        survey = self._survey
        if survey is None or not self._messages.ask("结束这次调查？", "结束后不能再填回答，结果留着。", "结束调查"):
            return
        try:
            self._surveys.close(survey.id, survey.ver, self._session.act(SCREEN))
        except DeskError as refusal:
            self._messages.refused(refusal.sentence)
            return
        self._messages.done(f"“{survey.draft.title}”已结束。")
        self.closed.emit()

    def _lay_out(self) -> None:
        foot = QHBoxLayout()
        foot.addWidget(self._complain)
        foot.addWidget(self._open)
        foot.addStretch(1)
        foot.addWidget(self._close)
        body = QVBoxLayout(self)
        body.setSpacing(8)
        for title, table in ((BY_QUESTION, self._questions), (LOW, self._low)):
            body.addWidget(PlainLabel(title, "heading"))
            body.addWidget(table, 1)
        body.addLayout(foot)


def _key(row: LowRow) -> object:
    return row.call.id
