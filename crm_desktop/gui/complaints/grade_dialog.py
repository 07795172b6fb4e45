"""判级: a tick list that proposes 重大; the person decides, and says why where he decides otherwise (gap G1)."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QCheckBox, QWidget

from crm_desktop.domain.complaints import Severity
from crm_desktop.domain.severity import Heard, Tick, propose
from crm_desktop.gui.theme import Tone, scaled
from crm_desktop.gui.widgets.ask_dialog import AskDialog
from crm_desktop.gui.widgets.buttons import Button, Weight
from crm_desktop.gui.widgets.field_form import FieldForm
from crm_desktop.gui.widgets.labels import plain_tooltip
from crm_desktop.gui.widgets.signs import Chip

WORD = "判级"
_TICKED = "✓"


@dataclass(frozen=True, slots=True)
class Grade:
    """What was decided: the level, the codes ticked, and why where it is not what they propose."""

    severity: str = Severity.ORDINARY
    ticks: tuple[str, ...] = ()
    reason: str = ""


def grade_button() -> Button:
    """Stands beside 级别. It is no stop of the Tab key: the way through the form stays as short as it is."""
    button = Button(WORD, "F8", Weight.QUIET)
    button.setFocusPolicy(Qt.FocusPolicy.ClickFocus)
    button.setToolTip("对照重大投诉的判据，看该定哪一级（F8）")
    return button


def grade_words(ticks: Sequence[Tick], grade: Grade) -> str:
    """Why it is this level, in a few words below the field."""
    _, reasons = propose(grade.ticks, tuple(ticks))
    return grade.reason or "、".join(reasons)


def heard_words(heard: Sequence[Heard]) -> str:
    """What the customer said that may make it 重大, below the level; nothing where nothing was said."""
    said = "、".join(f"“{one.word}”" for one in heard)
    return f"建议重大（F8）：提到{said}" if heard else ""


class GradeDialog(AskDialog):
    """``told`` carries a ``Grade``; whoever asked closes the dialog once it is accepted.

    ``changed``, ``rested``: see ``Words`` of gui/keeping.py.
    """

    told = Signal(object)
    changed = Signal()
    rested = Signal()

    def __init__(self, ticks: Sequence[Tick], ticked: Iterable[str], window: QWidget) -> None:
        super().__init__("判级", "有一条就建议按重大处理；由您决定，和建议不同时写明理由。", window)
        self._known = tuple(ticks)
        self._boxes = {tick.code: QCheckBox(tick.label) for tick in ticks}
        self._proposed = Chip()
        self._form = FieldForm(columns=1)
        self._form.add_line("severity_reason", "理由", "和建议不同时写")
        self._form.changed.connect(self._on_changed)
        self._major, self._ordinary = Button("定为重大", weight=Weight.MAIN), Button("定为一般")

        for tick in ticks:
            box = self._boxes[tick.code]
            box.setToolTip(plain_tooltip(tick.source))
            box.toggled.connect(self._on_toggled)
            box.toggled.connect(self._on_changed)
            self.body.addWidget(box)
        self.body.addWidget(self._proposed)
        self.body.addWidget(self._form)
        self.add_buttons(self._major, self._ordinary)
        self.setMinimumWidth(scaled(460))

        self._major.clicked.connect(self._on_major)
        self._ordinary.clicked.connect(self._on_ordinary)
        for code in ticked:
            if code in self._boxes:
                self._boxes[code].setChecked(True)
        self._on_toggled()
        next(iter(self._boxes.values())).setFocus()

    def refuse(self, fields: Mapping[str, str]) -> None:
        """Say what is wrong at the reason."""
        self._form.show_errors({"severity_reason": "；".join(fields.values())})

    def words(self) -> dict[str, str]:
        """The reason, and which boxes are ticked."""
        return self._form.words() | {code: _TICKED if box.isChecked() else "" for code, box in self._boxes.items()}

    def set_typed(self, texts: Mapping[str, str]) -> None:
        """Bring them back."""
        self._form.set_typed(texts)
        for code, box in self._boxes.items():
            box.setChecked(texts.get(code, _TICKED if box.isChecked() else "") == _TICKED)

    def _on_changed(self) -> None:
        self.changed.emit()

    def _ticked(self) -> tuple[str, ...]:
        return tuple(code for code, box in self._boxes.items() if box.isChecked())

    def _on_toggled(self) -> None:
        severity, _ = propose(self._ticked(), self._known)
        self._proposed.say(f"建议：{severity}", Tone.LATE if severity == Severity.MAJOR else Tone.GREY)

    def _on_major(self) -> None:
        self._decide(Severity.MAJOR)

    def _on_ordinary(self) -> None:
        self._decide(Severity.ORDINARY)

    def _decide(self, severity: str) -> None:
        reason = str(self._form.values()["severity_reason"]).strip()
        proposed, _ = propose(self._ticked(), self._known)
        if proposed != severity and not reason:
            self.refuse({"severity_reason": f"建议是{proposed}；定为{severity}请写明理由。"})
            return
        self.told.emit(Grade(severity, self._ticked(), reason))
