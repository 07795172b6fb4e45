"""话术: one step of the script at a time, answered by one key; any step may be left out."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QColor, QFocusEvent, QKeyEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QVBoxLayout

from crm_desktop.domain.script import BETWEEN, ScriptStep, StepKind
from crm_desktop.gui import theme
from crm_desktop.gui.theme import scaled
from crm_desktop.gui.widgets.buttons import Button, Weight
from crm_desktop.gui.widgets.labels import PlainLabel

NAME = "话术"
_MOST = 10
_BAR = 3
_HOW = {
    StepKind.SAY: "回车下一步",
    StepKind.TICKS: "数字键打勾，回车下一步，退格回上一步",
}
_USUAL_HOW = "数字键回答（0 是 10 分），回车跳过，退格回上一步"
_FORWARD = (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Right)
_BACK = (Qt.Key.Key_Backspace, Qt.Key.Key_Left)


class ScriptBox(QFrame):
    """``answered`` carries the step and what was answered, ``finished``: the last step was taken."""

    answered = Signal(str, str)
    finished = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.setProperty("role", "page")
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setAccessibleName(NAME)
        self._script: Sequence[ScriptStep] = ()
        self._words: Mapping[str, str] = {}
        self._answers: dict[str, str] = {}
        self._place = 0
        self._where, self._ask, self._how = PlainLabel(role="caption"), PlainLabel(), PlainLabel(role="caption")
        self._options = [Button("", weight=Weight.QUIET) for _ in range(_MOST)]
        self._lay_out()

    def begin(self, script: Sequence[ScriptStep], words: Mapping[str, str]) -> None:
        """Another customer; ``words`` are put where the script says {客户}, {回访人} …"""
        self._script, self._words, self._answers = script, words, {}
        self._turn(0)

    def answers(self) -> dict[str, str]:
        """What was answered so far, by step."""
        return dict(self._answers)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        key = event.key()
        if key in _FORWARD:
            self._on_next()
        elif key in _BACK:
            self._turn(self._place - 1)
        elif Qt.Key.Key_0 <= key <= Qt.Key.Key_9:
            self._answer((key - Qt.Key.Key_1) % _MOST)
        else:
            super().keyPressEvent(event)

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        self.update()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        """A bar at the left, in the accent's colour while the digits go here."""
        super().paintEvent(event)
        colours = theme.colours()
        painter = QPainter(self)
        painter.fillRect(0, 0, scaled(_BAR), self.height(), QColor(colours.accent if self.hasFocus() else colours.line))
        painter.end()

    # -- slots ---------------------------------------------------------------------------------------------------

    def _on_next(self) -> None:
        if self._place + 1 < len(self._script):
            self._turn(self._place + 1)
        else:
            self.finished.emit()

    def _on_option(self) -> None:
        self._answer(next(place for place, button in enumerate(self._options) if button is self.sender()))

    # -- helpers -------------------------------------------------------------------------------------------------

    def _answer(self, place: int) -> None:
        step = self._script[self._place]
        if place >= len(step.answers):
            return
        word = step.answers[place]
        if step.kind is StepKind.TICKS:
            ticked = [one for one in self._answers.get(step.key, "").split(BETWEEN) if one]
            ticked = [one for one in ticked if one != word] if word in ticked else [*ticked, word]
            word = BETWEEN.join(one for one in step.answers if one in ticked)
        self._answers[step.key] = word
        self.answered.emit(step.key, word)
        if step.kind is StepKind.TICKS:
            self._turn(self._place)
        else:
            self._on_next()

    def _turn(self, place: int) -> None:
        self._place = min(max(place, 0), max(len(self._script) - 1, 0))
        if not self._script:
            return
        step = self._script[self._place]
        asked = step.ask
        for name, word in self._words.items():
            asked = asked.replace(f"{{{name}}}", word)
        said = self._answers.get(step.key, "")
        self._where.setText(f"第 {self._place + 1} 步，共 {len(self._script)} 步{f'；答：{said}' if said else ''}")
        self._ask.setText(asked)
        self._how.setText(_HOW.get(step.kind, _USUAL_HOW))
        self.setAccessibleDescription(f"{asked} {self._how.text()}")
        for number, button in enumerate(self._options):
            button.setVisible(number < len(step.answers))
            if number < len(step.answers):
                word = step.answers[number]
                button.say(word if step.kind is StepKind.SCORE else f"{number + 1} {_ticked(word, said)}")

    def _lay_out(self) -> None:
        self._ask.setWordWrap(True)
        options = QHBoxLayout()
        options.setSpacing(2)
        for button in self._options:
            button.setFocusPolicy(Qt.FocusPolicy.NoFocus)  # the keyboard stays with the box
            button.clicked.connect(self._on_option)
            options.addWidget(button)
        options.addStretch(1)
        body = QVBoxLayout(self)
        body.setContentsMargins(10, 6, 10, 6)
        body.setSpacing(4)
        for piece in (self._where, self._ask):
            body.addWidget(piece)
        body.addLayout(options)
        body.addWidget(self._how)


def _ticked(word: str, said: str) -> str:
    return f"{word} ✓" if word in said.split(BETWEEN) else word
