"""六步向导 beside a case: which step, one screen of advice for this customer, what was done, noted with the case."""

from __future__ import annotations

from dataclasses import asdict, replace
from typing import Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from crm_desktop.clock import to_local
from crm_desktop.domain.complaint_rows import ComplaintCase
from crm_desktop.domain.complaints import State
from crm_desktop.domain.errors import DeskError
from crm_desktop.domain.guidance import (
    CHANGES,
    CHANGING_STEP,
    CHOICES,
    RESTATING_STEP,
    STEP_CHAPTER,
    Advice,
    Reading,
    StepNote,
    advice,
    wordings,
)
from crm_desktop.domain.playbook import STEPS
from crm_desktop.gui.complaints.desk_clock import desk_clock
from crm_desktop.gui.complaints.guide_form import GuideForm
from crm_desktop.gui.complaints.procedure import Procedure
from crm_desktop.gui.complaints.turns import ROOM
from crm_desktop.gui.keeping import Keeping
from crm_desktop.gui.messages import Messages
from crm_desktop.gui.playbook_tab import PlaybookWindow
from crm_desktop.gui.session import Session
from crm_desktop.gui.theme import Tone
from crm_desktop.gui.widgets.buttons import Button, Weight
from crm_desktop.gui.widgets.fields import ChoiceField
from crm_desktop.gui.widgets.labels import PlainLabel, plain_tooltip
from crm_desktop.gui.widgets.moments import short_moment
from crm_desktop.gui.widgets.page import Card
from crm_desktop.gui.widgets.scroll_page import ScrollPage
from crm_desktop.gui.widgets.signs import dress

TITLE = "六步向导"
_SCREEN = f"{ROOM}·{TITLE}"
_RESTATED = ("restated", "agreed")
_LOCKED = (State.FILED, State.VOID)


class GuidePanel(Card):
    """``folded``: somebody is done with it for now. Nothing here makes the complaint wait for anything."""

    folded = Signal()

    def __init__(self, procedure: Procedure, session: Session, messages: Messages) -> None:
        super().__init__(TITLE)
        self._services, self._session, self._messages = procedure, session, messages
        self._number, self._step, self._wording = "", 1, 0
        self._reading, self._notes = Reading(), dict[int, StepNote]()
        self._choices = {name: _choice(name) for name in CHOICES}
        self._marks = [StepMark(step) for step in range(1, STEPS + 1)]
        self._name = PlainLabel(role="heading")
        self._words = AdviceLines()
        self._form = GuideForm(desk_clock(session))
        self._keeping = Keeping(session, "六步向导", self._form, self)
        self._keeping.told.connect(messages.note)
        self._stood = PlainLabel(role="caption")
        self._stood.setWordWrap(True)
        self._note, self._skip = Button("记下"), Button("跳过", weight=Weight.QUIET)
        self._other = Button("换个说法", weight=Weight.QUIET)
        self._book = Button("手册", weight=Weight.QUIET)
        self._fold = Button("收起", weight=Weight.QUIET, icon="chevron-down")
        self._lay_out()
        self._connect()

    def show_case(self, case: ComplaintCase) -> None:
        """Another complaint, at its first step without a note; of the same one what is typed stays."""
        if case.number != self._number:
            self._keeping.leave()
            self._number, self._step = case.number, 1
            self._read()
            self._step = next((step for step in range(1, STEPS + 1) if step not in self._notes), STEPS)
            self._show_step()
        locked = case.history or State(case.state) in _LOCKED
        self._form.lock(locked)
        for widget in (*self._choices.values(), self._note, self._skip):
            widget.setEnabled(not locked)

    @property
    def dirty(self) -> bool:
        """Whether something is typed that is not noted."""
        return self._form.dirty

    def keep(self) -> bool:
        """Notes what is typed; no where that was refused, and says why."""
        return not self._form.dirty or self._written(skipped=False)

    def give_up(self) -> None:
        """What is typed is not wanted."""
        self._show_step()

    def take_focus(self) -> None:
        """The keyboard where the work begins."""
        self._marks[self._step - 1].setFocus(Qt.FocusReason.ShortcutFocusReason)

    # -- slots ---------------------------------------------------------------------------------------------------

    def _on_step(self) -> None:
        mark = self.sender()
        if isinstance(mark, StepMark) and self.keep():
            self._step = mark.step
            self._show_step()

    def _on_choice(self) -> None:
        """What was chosen is kept at once: there is nothing to think about twice."""
        chosen: dict[str, Any] = {name: str(field.value() or "") for name, field in self._choices.items()}
        if self._tried(self._keep_reading, replace(self._reading, **chosen)):
            self._show_advice()
        else:
            self._show_choices()

    def _on_note(self) -> None:
        if self._written(skipped=False):
            self._go_on()

    def _on_skip(self) -> None:
        if self._written(skipped=True):
            self._go_on()

    def _on_other(self) -> None:
        self._wording = 1 - self._wording
        self._name_steps()

    def _on_book(self) -> None:
        window = PlaybookWindow(self._services.playbook, self._session, self._messages, self.window())
        window.finished.connect(self._show_advice)
        window.open()

    def _on_fold(self) -> None:
        if self.keep():
            self.folded.emit()

    # -- helpers -------------------------------------------------------------------------------------------------

    def _go_on(self) -> None:
        self._step = min(self._step + 1, STEPS)
        self._show_step()
        self._form.take_focus()

    def _written(self, *, skipped: bool) -> bool:
        """The step and what belongs to it, in the files."""
        return self._tried(self._write, skipped)

    def _write(self, skipped: bool) -> None:
        values = self._form.values()
        wanted = replace(self._reading, **{name: values[name] for name in (*CHANGES, *_RESTATED)})
        if wanted != self._reading:
            self._keep_reading(wanted)
        told = str(values["note"]).strip()
        if told or skipped or not self._said_elsewhere(wanted):
            act = self._session.act(_SCREEN)
            stood = self._notes.get(self._step)
            self._services.guidance.note(
                self._number, self._step, told, act, values["at"], skipped=skipped, seen=stood.note if stood else ""
            )
        self._read()
        self._form.mark_saved()
        self._name_steps()

    def _said_elsewhere(self, reading: Reading) -> bool:
        """三换 or a restatement is word enough for its step; the note may stay empty."""
        filled = asdict(reading)
        names = {CHANGING_STEP: tuple(CHANGES), RESTATING_STEP: ("restated",)}.get(self._step, ())
        return any(filled[name] for name in names)

    def _keep_reading(self, wanted: Reading) -> None:
        self._services.guidance.read_as(self._number, wanted, self._session.act(_SCREEN))
        self._reading = wanted

    def _tried(self, verb: Any, told: Any) -> bool:
        try:
            verb(told)
        except DeskError as refusal:
            self._messages.refused(refusal.sentence)
            self._notes = self._services.guidance.notes(self._number)  # told by now
            self._stood.setText(refusal.sentence)
            dress(self._stood, Tone.LATE)
            return False
        return True

    def _read(self) -> None:
        self._reading = self._services.guidance.reading(self._number)
        self._notes = self._services.guidance.notes(self._number)
        self._show_choices()

    def _show_choices(self) -> None:
        for name, field in self._choices.items():
            field.blockSignals(True)
            field.set_value(getattr(self._reading, name))
            field.blockSignals(False)

    def _show_step(self) -> None:
        known = self._notes.get(self._step)
        values = {**asdict(self._reading), "note": known.note if known else "", "at": known.at if known else None}
        self._form.set_values(values)
        self._form.offer(self._step)
        self._keeping.turn_to(f"{self._number}/{self._step}")
        self._name_steps()
        self._show_advice()

    def _show_advice(self) -> None:
        texts = {name: self._services.playbook.chapter(name) for name in (STEP_CHAPTER, *CHOICES)}
        self._words.show_advice(advice(self._step, self._reading, texts))

    def _name_steps(self) -> None:
        words = wordings()[self._wording].steps
        for mark, (name, _) in zip(self._marks, words, strict=True):
            mark.show_state(name, self._notes.get(mark.step), current=mark.step == self._step)
        self._name.setText(f"{self._step}. {words[self._step - 1][0]}")
        known = self._notes.get(self._step)
        now = to_local(desk_clock(self._session)())
        when = f"{short_moment(to_local(known.at), now)} {known.who}" if known else ""
        dress(self._stood, None)
        self._stood.setText(f"{when}{'跳过' if known and known.skipped else '记下'}" if known else "还没有记")

    def _connect(self) -> None:
        for field in self._choices.values():
            field.changed.connect(self._on_choice)
        for mark in self._marks:
            mark.clicked.connect(self._on_step)
        self._note.clicked.connect(self._on_note)
        self._skip.clicked.connect(self._on_skip)
        self._other.clicked.connect(self._on_other)
        self._book.clicked.connect(self._on_book)
        self._fold.clicked.connect(self._on_fold)

    def _lay_out(self) -> None:
        self.add_to_head(self._other)
        self.add_to_head(self._book)
        self.add_to_head(self._fold)
        grid = QGridLayout()
        grid.setSpacing(6)
        for place, field in enumerate(self._choices.values()):
            grid.addWidget(field, *divmod(place, 2))
        self.body.addLayout(grid)
        marks = QHBoxLayout()
        marks.setSpacing(4)
        for mark in self._marks:
            marks.addWidget(mark, 1)
        self.body.addLayout(marks)
        title = QHBoxLayout()
        title.addWidget(self._name)
        self._stood.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        title.addWidget(self._stood, 1)
        self.body.addLayout(title)
        self.add(ScrollPage(self._words), 1)
        self.add(self._form)
        foot = QHBoxLayout()
        foot.setSpacing(6)
        for button in (self._note, self._skip):
            foot.addWidget(button)
        foot.addWidget(self._form.at, 1)
        self.body.addLayout(foot)


class StepMark(QPushButton):
    """One of the six: its number, or a tick once it is noted; its name is that of the step."""

    def __init__(self, step: int) -> None:
        super().__init__(str(step))
        self.step = step
        self.setProperty("role", "mark")
        self.setAutoDefault(False)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setMinimumWidth(0)

    def show_state(self, name: str, note: StepNote | None, *, current: bool) -> None:
        """Done, skipped, or still ahead; ``current`` is the one whose advice is shown."""
        done = "✓" if note and not note.skipped else "－" if note else str(self.step)
        self.setText(done)
        self.setAccessibleName(f"{self.step}. {name}")
        self.setAccessibleDescription("已跳过" if note and note.skipped else "已记下" if note else "还没有记")
        self.setToolTip(plain_tooltip(name))
        dress(self, Tone.INFO if current else Tone.DONE if note and not note.skipped else Tone.GREY)


class AdviceLines(QWidget):
    """What to do, to say and not to say; below, what fits this customer."""

    def __init__(self) -> None:
        super().__init__()
        self.setProperty("role", "page")
        self.setAccessibleName("这一步怎样做")
        self._lines: list[PlainLabel] = []
        self._layout = QVBoxLayout(self)
        self._layout.setContentsMargins(0, 0, 6, 0)
        self._layout.setSpacing(4)
        self._layout.addStretch(1)

    def show_advice(self, told: Advice) -> None:
        """One label a line; a word of the customer's stands before what belongs to him."""
        texts = [(line, "") for line in told.lines]
        texts += [(f"{word}：{line}", "chosen") for word, line in told.chosen]
        while len(self._lines) < len(texts):
            label = PlainLabel()
            label.setWordWrap(True)
            self._lines.append(label)
            self._layout.insertWidget(len(self._lines) - 1, label)
        for place, label in enumerate(self._lines):
            text, role = texts[place] if place < len(texts) else ("", "")
            label.setText(text)
            label.setProperty("tone", Tone.INFO.value if role else None)
            label.style().unpolish(label)
            label.style().polish(label)
            label.setVisible(bool(text))


def _choice(name: str) -> ChoiceField:
    label, words = CHOICES[name]
    field = ChoiceField((("", label), *words), "")
    field.setAccessibleName(label)
    return field
