"""What one customer answers: each question with its choice, set by the keys 1 to 5, and the customer's words."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import pairwise

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from crm_desktop.domain.surveys import Question, QuestionKind
from crm_desktop.gui.theme import scaled
from crm_desktop.gui.widgets.fields import ChoiceField, Option, TextField
from crm_desktop.gui.widgets.labels import PlainLabel

_SCORES: tuple[Option, ...] = ("1", "2", "3", "4", "5")
_YES_NO: tuple[Option, ...] = (("是", "1 是"), ("否", "2 否"))
_WORDS = "客户的话"
_REMARK = "remark"


class AnswerForm(QWidget):
    """For the questions of one survey after another; a question may stay open.

    ``changed``, ``rested``: see ``Words`` of gui/keeping.py.
    """

    changed = Signal()
    rested = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.setProperty("role", "page")  # lets the ground below through
        self._choices: list[ChoiceField] = []
        self._asked = QWidget()
        self._words = TextField(3, "照客户说的写")
        self._words.setAccessibleName(_WORDS)
        self._words.changed.connect(self._on_changed)
        self._body = QVBoxLayout(self)
        self._body.setContentsMargins(0, 0, 16, 0)  # room for the scroll bar
        self._body.setSpacing(8)
        for piece in (self._asked, PlainLabel(_WORDS), self._words):
            self._body.addWidget(piece)
        self._body.addStretch(1)

    def ask(self, questions: Sequence[Question]) -> None:
        """The questions of another survey; nothing is answered yet."""
        asked = QWidget()
        asked.setProperty("role", "page")
        lines = QVBoxLayout(asked)
        lines.setContentsMargins(0, 0, 0, 0)
        self._choices = [_choice(question) for question in questions]
        for place, (question, choice) in enumerate(zip(questions, self._choices, strict=True), 1):
            text = PlainLabel(f"{place}. {question.text}")
            text.setWordWrap(True)
            line = QHBoxLayout()
            line.addWidget(text, 1)
            line.addWidget(choice)
            lines.addLayout(line)
            choice.advance.connect(self._on_advance)
            choice.changed.connect(self._on_changed)
        self._body.replaceWidget(self._asked, asked)
        self._asked.hide()
        self._asked.deleteLater()
        self._asked = asked
        for before, after in pairwise([*self._choices, self._words]):
            QWidget.setTabOrder(before, after)
        self._words.set_value("")

    def answers(self) -> dict[str, str]:
        """What was chosen, by the place of the question (0, 1, …)."""
        said = {str(place): choice.value() for place, choice in enumerate(self._choices)}
        return {place: str(value) for place, value in said.items() if value is not None}

    def remark(self) -> str:
        """What the customer said."""
        return self._words.typed()

    def words(self) -> dict[str, str]:
        """Answers and remark, to be put aside."""
        return {**{str(p): one.typed() for p, one in enumerate(self._choices)}, _REMARK: self._words.typed()}

    def set_typed(self, texts: Mapping[str, str]) -> None:
        """Bring some of them back."""
        for place, choice in enumerate(self._choices):
            choice.set_typed(texts.get(str(place), choice.typed()))
        self._words.set_typed(texts.get(_REMARK, self._words.typed()))

    def fill(self, answers: Mapping[str, str], words: str) -> None:
        """Show what was answered so far."""
        for place, choice in enumerate(self._choices):
            choice.set_value(answers.get(str(place)))
        self._words.set_value(words)

    def enter(self) -> None:
        """The keyboard to the first question."""
        self._choices[0].setFocus(Qt.FocusReason.ShortcutFocusReason)

    def _on_changed(self) -> None:
        self.changed.emit()

    def _on_advance(self) -> None:
        for choice, after in pairwise([*self._choices, self._words]):
            if choice is self.sender():
                after.setFocus(Qt.FocusReason.ShortcutFocusReason)


def _choice(question: Question) -> ChoiceField:
    choice = ChoiceField(_YES_NO if question.kind == QuestionKind.YES_NO else _SCORES)
    choice.setAccessibleName(question.text)
    choice.setFixedWidth(scaled(100))
    return choice
