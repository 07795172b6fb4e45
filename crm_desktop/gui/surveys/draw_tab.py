"""题目和名单: a title, the questions one a line, the days of the visits and how many; then the sample is drawn."""

from __future__ import annotations

from datetime import date, datetime, timedelta

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from crm_desktop.clock import local_day
from crm_desktop.domain.errors import DeskError, InvalidInput
from crm_desktop.domain.surveys import Question, QuestionKind, SurveyDraft
from crm_desktop.gui.keeping import Keeping
from crm_desktop.gui.messages import Messages
from crm_desktop.gui.session import Session
from crm_desktop.gui.widgets.buttons import Button, Weight
from crm_desktop.gui.widgets.field_form import FieldForm
from crm_desktop.gui.widgets.labels import PlainLabel
from crm_desktop.services.surveys import Surveys

SCREEN = "电话调查"
_HOW = "从这段日期进厂的客户里抽：每位客户一次，勿扰、不同意联系和 30 天内问过的不抽。"
_ASKED = "一行一个问题，按 1–5 分回答；答“是/否”的，在行末写“（是/否）”"
_YES_NO_ENDS = ("（是/否）", "(是/否)")
_DAYS, _SIZE = timedelta(days=30), 30


class DrawTab(QWidget):
    """``started`` carries the id of the survey that was drawn."""

    started = Signal(int)

    def __init__(self, surveys: Surveys, session: Session, messages: Messages) -> None:
        super().__init__()
        self._surveys, self._session, self._messages = surveys, session, messages
        self._form = _form(self)
        self._draw = Button("抽取名单", weight=Weight.MAIN)
        body = QVBoxLayout(self)
        body.setSpacing(8)
        body.addWidget(PlainLabel(_HOW, "caption"))
        body.addWidget(self._form)
        body.addWidget(self._draw, 0, Qt.AlignmentFlag.AlignLeft)
        body.addStretch(1)
        self._draw.clicked.connect(self._on_draw)
        self._begin()
        keeping = Keeping(session, "题目和名单", self._form, self)
        keeping.told.connect(messages.note)
        keeping.turn_to("")

    @property
    def dirty(self) -> bool:
        """Whether something was typed that is not drawn yet."""
        return self._form.dirty

    def enter(self) -> None:
        """The keyboard stands in the first field."""
        self._form.go_to("title")

    def now(self) -> datetime:
        """What the fields of days read against, UTC."""
        return self._session.act(SCREEN).at

    def _on_draw(self) -> None:
        try:
            survey = self._surveys.start(self._draft(), self._session.act(SCREEN))
        except DeskError as refusal:
            if isinstance(refusal, InvalidInput):
                self._form.show_errors(refusal.fields)
            self._messages.refused(refusal.sentence)
            return
        self._begin()
        drawn = self._surveys.get(survey).drawn
        self._messages.done(f"已抽出 {drawn} 位客户，可以打电话了。")
        self.started.emit(survey)

    def _draft(self) -> SurveyDraft:
        typed = self._form.values()
        missing = {name: "请填日期，如 11-01。" for name in ("first_on", "last_on") if typed[name] is None}
        if missing:
            raise InvalidInput(missing)
        questions = tuple(_question(line.strip()) for line in str(typed["questions"]).splitlines() if line.strip())
        first, last, size = typed["first_on"], typed["last_on"], typed["size"]
        return SurveyDraft(str(typed["title"]), questions, first, last, size or 0)

    def _begin(self) -> None:
        today: date = local_day(self.now())
        values = {"title": "", "questions": "", "first_on": today - _DAYS, "last_on": today, "size": _SIZE}
        self._form.set_values(values)


def _form(tab: DrawTab) -> FieldForm:
    form = FieldForm(columns=3, clock=tab.now)
    form.add_line("title", "调查名称", "如 十一月服务满意度", span=3)
    form.add_text("questions", "问题", 7, _ASKED)
    form.add_day("first_on", "进厂从")
    form.add_day("last_on", "到")
    form.add_number("size", "抽多少人")
    return form


def _question(line: str) -> Question:
    for end in _YES_NO_ENDS:
        if line.endswith(end):
            return Question(line.removesuffix(end), QuestionKind.YES_NO)
    return Question(line)
