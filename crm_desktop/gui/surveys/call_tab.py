"""打电话: who is still to be called at the left, the number and the questions of the one in hand at the right."""

from __future__ import annotations

from operator import attrgetter

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from crm_desktop.domain.errors import DeskError
from crm_desktop.domain.identity import shown_plate
from crm_desktop.domain.sheets import shown
from crm_desktop.domain.surveys import SurveyCallRow, SurveyOutcome, SurveyRow
from crm_desktop.gui.keeping import Keeping
from crm_desktop.gui.messages import Messages
from crm_desktop.gui.session import Session
from crm_desktop.gui.surveys.answer_form import AnswerForm
from crm_desktop.gui.surveys.columns import TO_CALL, name_of
from crm_desktop.gui.theme import scaled
from crm_desktop.gui.widgets.buttons import Button, Weight
from crm_desktop.gui.widgets.labels import PlainLabel
from crm_desktop.gui.widgets.row_table import RowTable
from crm_desktop.gui.widgets.scroll_page import ScrollPage
from crm_desktop.services.surveys import Surveys

SCREEN = "电话调查"
TO_BE_CALLED = "还要打的"
_ALL_CALLED = "这次调查的电话都打完了，看“结果”。"
_NO_SURVEY = "还没有调查，先在“题目和名单”里抽取名单。"
_CLOSED = "这次调查已结束。"


class CallTab(QWidget):
    """``called``: an answer was kept. What is typed for a customer stays with him while one turns to another."""

    called = Signal()

    def __init__(self, surveys: Surveys, session: Session, messages: Messages) -> None:
        super().__init__()
        self._surveys, self._session, self._messages = surveys, session, messages
        self._survey: SurveyRow | None = None
        self._call: SurveyCallRow | None = None
        self._open: list[SurveyCallRow] = []
        self._typed: dict[int, tuple[dict[str, str], str]] = {}
        self._table: RowTable[SurveyCallRow] = RowTable(TO_BE_CALLED, TO_CALL, attrgetter("id"))
        self._name, self._phone = PlainLabel(role="title"), PlainLabel(role="figure")
        self._about = PlainLabel(role="caption")
        self._form = AnswerForm()
        self._keeping = Keeping(session, SCREEN, self._form, self)
        self._keeping.told.connect(messages.note)
        self._save = Button("登记回答", "Ctrl+S", Weight.MAIN)
        self._missed, self._unwilling = Button("没接通"), Button("不愿回答")
        self._table.offer(self._missed, self._unwilling)
        self._right = QWidget()
        self._lay_out()
        self._table.chosen.connect(self._on_chosen)
        self._table.opened.connect(self._on_opened)
        self._save.clicked.connect(self._on_save)
        self._missed.clicked.connect(self._on_missed)
        self._unwilling.clicked.connect(self._on_unwilling)

    def enter(self) -> None:
        """The keyboard stands in the list."""
        self._table.setFocus(Qt.FocusReason.OtherFocusReason)

    @property
    def dirty(self) -> bool:
        """Whether answers were typed that are not kept."""
        self._remember()
        return bool(self._typed)

    def show_survey(self, survey: SurveyRow | None) -> None:
        """The calls of this survey; who was not reached is called again, last."""
        self._remember()
        if survey is None or self._survey is None or survey.id != self._survey.id:
            self._call = None
            self._form.ask(survey.draft.questions if survey else ())
        self._survey = survey
        calls = self._surveys.calls(survey.id) if survey and not survey.closed else []
        self._table.set_empty(_NO_SURVEY if survey is None else _CLOSED if survey.closed else _ALL_CALLED)
        self._open = [c for c in calls if c.called_at is None or c.outcome == SurveyOutcome.NOT_REACHED]
        self._table.set_rows(self._open)
        if self._table.current_row() is None:
            self._stand_on_first()
        self._on_chosen(self._table.current_row())

    def _on_chosen(self, call: SurveyCallRow | None) -> None:
        self._remember()
        if self._call is not None and (call is None or call.id != self._call.id):
            self._keeping.leave()
        self._call = call
        self._right.setVisible(call is not None)
        if call is None:
            return
        self._name.setText(name_of(call))
        self._phone.setText(call.phone or "没有电话")
        came = f"{shown(call.came_on)} 进厂" if call.came_on else ""
        self._about.setText(" · ".join(word for word in (shown_plate(call.plate), came) if word))
        self._form.fill(call.answers, call.remark)
        self._keeping.turn_to(f"survey:{call.id}")
        if call.id in self._typed:
            self._form.fill(*self._typed[call.id])

    def _on_opened(self, _call: SurveyCallRow) -> None:
        self._form.enter()

    def _on_save(self) -> None:
        if self._form.answers() or self._form.remark().strip():
            self._keep(SurveyOutcome.GOOD)
        else:
            self._messages.refused("还没有回答：请至少答一题，或写下客户的话；没打通请按“没接通”。")

    def _on_missed(self) -> None:
        self._keep(SurveyOutcome.NOT_REACHED)

    def _on_unwilling(self) -> None:
        self._keep(SurveyOutcome.REFUSED)

    def _keep(self, outcome: str) -> None:
        """A refusal leaves what was typed where it is."""
        call = self._call
        if call is None:
            return
        answers, words = self._form.answers(), self._form.remark()
        try:
            self._surveys.answer(call.id, call.ver, outcome, answers, self._session.act(SCREEN), words)
        except DeskError as refusal:
            self._messages.refused(refusal.sentence)
            return
        self._call = None
        self._typed.pop(call.id, None)
        self._keeping.settle()
        known = next(c.outcome for c in self._surveys.calls(self._survey.id) if c.id == call.id) if self._survey else ""
        more = "，可在“结果”里转成抱怨单" if known == SurveyOutcome.LOW else ""
        self._messages.done(f"{name_of(call)}：{known}{more}。")
        self.called.emit()
        self._stand_on_first()
        self.enter()

    def _stand_on_first(self) -> None:
        if self._open:
            self._table.choose(self._open[0].id)

    def _remember(self) -> None:
        if self._call is None:
            return
        typed = self._form.answers(), self._form.remark()
        self._typed.pop(self._call.id, None)
        if typed != (dict(self._call.answers), self._call.remark):
            self._typed[self._call.id] = typed

    def _lay_out(self) -> None:
        self._phone.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        foot = QHBoxLayout()
        for button in (self._save, self._missed, self._unwilling):
            foot.addWidget(button)
        foot.addStretch(1)
        right = QVBoxLayout(self._right)
        right.setContentsMargins(12, 0, 0, 0)
        right.setSpacing(8)
        for piece in (self._name, self._phone, self._about):
            right.addWidget(piece)
        right.addWidget(ScrollPage(self._form), 1)
        right.addLayout(foot)
        self._right.setFixedWidth(scaled(430))
        both = QHBoxLayout(self)
        both.addWidget(self._table, 1)
        both.addWidget(self._right)
