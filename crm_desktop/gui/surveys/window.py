"""电话调查 in a window of its own: 题目和名单, 打电话, 结果."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from crm_desktop.domain.surveys import SurveyRow
from crm_desktop.gui.messages import Message, Messages
from crm_desktop.gui.session import Session
from crm_desktop.gui.surveys.call_tab import CallTab
from crm_desktop.gui.surveys.draw_tab import DrawTab
from crm_desktop.gui.surveys.results_tab import ResultsTab
from crm_desktop.gui.theme import scaled
from crm_desktop.gui.widgets.books import Book
from crm_desktop.gui.widgets.buttons import Button
from crm_desktop.gui.widgets.desk_dialog import DeskDialog
from crm_desktop.gui.widgets.fields import ChoiceField, Option
from crm_desktop.gui.widgets.labels import ElidedLabel, PlainLabel
from crm_desktop.services.surveys import Surveys

TITLE, WHICH = "电话调查", "哪次调查"
DRAW, CALL, RESULTS = "题目和名单", "打电话", "结果"
_WIDTH, _HEIGHT = 1000, 560


class SurveysWindow(DeskDialog):
    """``complaint_wanted`` carries the number of a complaint that came of an answer."""

    complaint_wanted = Signal(str)

    def __init__(self, surveys: Surveys, session: Session, messages: Messages, window: QWidget) -> None:
        super().__init__(window)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(TITLE)
        self._surveys, self._messages = surveys, messages
        self._which = ChoiceField(())
        self._which.setAccessibleName(WHICH)
        self._draw = DrawTab(surveys, session, messages)
        self._calls = CallTab(surveys, session, messages)
        self._results = ResultsTab(surveys, session, messages)
        self._book = Book()
        self._told = ElidedLabel(role="caption")
        self._lay_out()
        self._which.changed.connect(self._on_which)
        self._draw.started.connect(self._on_started)
        self._calls.called.connect(self.refresh)
        self._results.closed.connect(self.refresh)
        self._results.complaint_wanted.connect(self._on_complaint)
        messages.said.connect(self._on_said)
        self.refresh()
        self._begun = self._calls if self._which.value() is not None else self._draw
        self._book.setCurrentWidget(self._begun)

    def refresh(self) -> None:
        """Reads the surveys again; the one in hand stays, else the latest running one."""
        rows = self._surveys.rows()
        known = {row.id for row in rows}
        running = [row.id for row in rows if not row.closed] or [row.id for row in rows]
        now = self._which.value()
        self._which.set_options([_option(row) for row in rows], now if now in known else next(iter(running), None))
        self._which.setEnabled(bool(rows))
        self._on_which()

    def reject(self) -> None:
        """Esc and 关闭窗口: what was typed and not kept is asked about first."""
        if not self._is_typed() or self._messages.ask(
            "有内容还没有登记", "关上窗口，刚才填的就没有了。", "不登记", "继续填写"
        ):
            super().reject()

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self._begun.enter()

    def _on_which(self) -> None:
        chosen = self._which.value()
        survey = self._surveys.get(chosen) if isinstance(chosen, int) else None
        self._calls.show_survey(survey)
        self._results.show_survey(survey)

    def _on_started(self, survey_id: int) -> None:
        self.refresh()
        self._which.set_value(survey_id)
        self._book.setCurrentWidget(self._calls)

    def _on_complaint(self, number: str) -> None:
        """Out of the way of the complaint, unless something typed here is not kept."""
        self.refresh()
        if not self._is_typed():
            self.accept()
        self.complaint_wanted.emit(number)

    def _is_typed(self) -> bool:
        return self._calls.dirty or self._draw.dirty

    def _on_said(self, message: Message) -> None:
        """The bar named 消息 lies behind this window, so what it says of the work here stands here too."""
        if not message.number:  # a clock that runs out calls to its complaint, not to this window
            self._told.setText(message.text)

    def _lay_out(self) -> None:
        self._book.tabBar().setAccessibleName(TITLE)
        for title, tab in ((DRAW, self._draw), (CALL, self._calls), (RESULTS, self._results)):
            self._book.addTab(tab, title)
        close = Button("关闭窗口")
        close.clicked.connect(self.reject)
        head, foot = QHBoxLayout(), QHBoxLayout()
        head.addWidget(PlainLabel(TITLE, "title"))
        head.addStretch(1)
        head.addWidget(PlainLabel(WHICH))
        head.addWidget(self._which)
        self._which.setMinimumWidth(scaled(320))
        foot.addWidget(self._told, 1)
        foot.addWidget(close)
        body = QVBoxLayout(self)
        body.setContentsMargins(18, 16, 18, 16)
        body.setSpacing(10)
        body.addLayout(head)
        body.addWidget(self._book, 1)
        body.addLayout(foot)
        self.resize(scaled(_WIDTH), scaled(_HEIGHT))


def _option(row: SurveyRow) -> Option:
    ended = " · 已结束" if row.closed else ""
    return row.id, f"{row.draft.title} · 已打 {row.called}/{row.drawn}{ended}"
