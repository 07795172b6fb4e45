"""归类 under 解决: what the complaint counts as, proposed; one key confirms it, a dialog changes it."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QWidget

from crm_desktop.clock import to_local
from crm_desktop.domain.acts import Act
from crm_desktop.domain.classification import AXIS_LABELS, Axis
from crm_desktop.domain.complaint_rows import ComplaintCase
from crm_desktop.domain.complaints import State
from crm_desktop.domain.errors import DeskError
from crm_desktop.domain.rights import Right
from crm_desktop.gui.complaints.case_steps import Step
from crm_desktop.gui.complaints.class_words import KEY, with_confidence, words_line
from crm_desktop.gui.complaints.procedure import Procedure
from crm_desktop.gui.messages import Messages
from crm_desktop.gui.step_dialog import Answer
from crm_desktop.gui.widgets.buttons import Button, Weight
from crm_desktop.gui.widgets.field_form import FieldForm
from crm_desktop.gui.widgets.labels import ElidedLabel
from crm_desktop.services.proposals import Proposal

_UNSAID = ("", "说不清")


class ClassLine(QWidget):
    """``wanted`` carries the ``Step`` that changes it, ``stored`` the sentence about what was confirmed."""

    wanted = Signal(object)
    stored = Signal(str)

    def __init__(self, procedure: Procedure, act: Callable[[], Act], messages: Messages) -> None:
        super().__init__()
        self._services, self._act, self._messages = procedure, act, messages
        self._number = ""
        self._proposal = Proposal({}, 0)
        self._says = ElidedLabel()
        self._confirm = Button("确认归类", KEY)
        self._change = Button("改归类", weight=Weight.QUIET)
        self._confirm.clicked.connect(self._on_confirm)
        self._change.clicked.connect(self._on_change)
        line = QHBoxLayout(self)
        line.setContentsMargins(0, 0, 0, 0)
        line.setSpacing(8)
        line.addWidget(self._says, 1)
        line.addWidget(self._confirm)
        line.addWidget(self._change)

    def show_case(self, case: ComplaintCase) -> None:
        """What this complaint was confirmed as, or what is proposed."""
        self._number = case.number
        confirmed = self._services.classifications.of_complaint(case.number)
        self.setVisible(case.state != State.VOID and not case.history)
        self._confirm.setVisible(confirmed is None)
        if confirmed is not None:
            when = f"{to_local(confirmed.at):%m-%d}"
            self._says.setText(f"归类：{words_line(confirmed.words) or '说不清'}　{confirmed.who} {when}")
            return
        self._proposal = self._services.proposals.of(case.number)
        told = with_confidence(words_line(self._proposal.words), self._proposal.confidence)
        self._says.setText(f"建议归类：{told}" if self._proposal.words else "归类：没有建议，请按“改归类”选")
        self._confirm.setEnabled(bool(self._proposal.words))

    def _on_confirm(self) -> None:
        proposal = self._proposal
        try:
            self._services.classifications.confirm(
                self._number, proposal.words, self._act(), proposed=proposal.words, confidence=proposal.confidence
            )
        except DeskError as refusal:
            self._messages.refused(refusal.sentence)
        else:
            self.stored.emit(f"{self._number} 已归类：{words_line(proposal.words)}。")

    def _on_change(self) -> None:
        self.wanted.emit(Classify(self._services))


class Classify(Step):
    """改归类: every list with what was confirmed or is proposed; 说不清 is an answer too."""

    title = "归类"
    word = "确认归类"
    sentence = "月报按这里统计；不清楚的留“说不清”，以后还可以改。"
    right = Right.RESOLVE

    def ask(self, form: FieldForm, case: ComplaintCase, now: datetime) -> None:
        known = self.services.classifications.of_complaint(case.number)
        words = known.words if known else self.services.proposals.of(case.number).words
        for axis, offered in self.services.classifications.lists().items():
            chosen = words.get(axis, "")
            options = (*offered, chosen) if chosen and chosen not in offered else offered
            form.add_choice(axis.value, AXIS_LABELS[axis], (_UNSAID, *options), "")
        form.set_values({axis.value: words.get(axis, "") for axis in Axis})

    def do(self, case: ComplaintCase, answer: Answer, act: Act) -> str:
        known = self.services.classifications.of_complaint(case.number)
        proposal = self.services.proposals.of(case.number)
        words = {axis: str(answer.values[axis.value] or "") for axis in Axis}
        self.services.classifications.confirm(
            case.number, words, act, known.ver if known else 0,
            proposed=proposal.words, confidence=proposal.confidence,
        )  # fmt: skip
        return f"{case.number} 已归类：{words_line(words) or '说不清'}。"
