"""The dialog of one step: its few fields with defaults, 代录 folded away, and a PIN where another person decides."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QWidget

from crm_desktop.clock import Clock
from crm_desktop.domain.errors import InvalidInput
from crm_desktop.domain.procedure import WAYS_TOLD, OnBehalf
from crm_desktop.gui.jobs import Jobs
from crm_desktop.gui.theme import Tone, scaled
from crm_desktop.gui.widgets.ask_dialog import AskDialog
from crm_desktop.gui.widgets.buttons import Button, Weight
from crm_desktop.gui.widgets.field_form import FieldForm
from crm_desktop.gui.widgets.job_progress import JobProgress
from crm_desktop.gui.widgets.labels import PlainLabel

_SAID = "said."
_FOLDED = "代录：替别人录入"
_MUST_TELL = "这一步不归您决定：请写明是谁说的，替他录入（代录，待本人确认）。"
_UNFOLDED = "不是代录"


@dataclass(frozen=True, slots=True)
class Answer:
    """What a step dialog was answered: its own fields, who said it (代录), and who stands in for whom by PIN.

    ``paper`` is the scan of what was signed, where a file was chosen.
    """

    values: Mapping[str, Any]
    told: OnBehalf | None = None
    person: str = ""
    pin: str = ""
    paper: Path | None = None


@dataclass(frozen=True, slots=True)
class Authority:
    """Who may do a step besides whoever sits here.

    ``told`` says that it may be 代录, ``speaker`` who is offered as the one who said it. ``deciders`` may do it here
    with their PIN. ``must`` says that whoever sits here may not do it alone, ``paper`` that a
    scan of what he signed is kept.
    """

    told: bool = False
    speaker: str = ""
    deciders: tuple[str, ...] = ()
    must: bool = False
    paper: bool = False

    @property
    def asks_pin(self) -> bool:
        """Somebody else decides, here and now."""
        return self.must and not self.told and bool(self.deciders)


class StepDialog(AskDialog):
    """``told`` carries an ``Answer``; whoever asked closes the dialog once it is accepted, else nothing is lost.

    ``file_wanted`` carries the field somebody wants to choose a file for. ``changed``, ``rested``: see ``Words``.
    """

    changed = Signal()
    rested = Signal()
    told = Signal(object)
    file_wanted = Signal(object)

    def __init__(
        self,
        title: str,
        sentence: str,
        word: str,
        form: FieldForm,
        authority: Authority,
        clock: Clock,
        window: QWidget,
    ) -> None:
        """``word`` is what the main button says."""
        super().__init__(title, sentence, window)
        self._form, self._authority = form, authority
        self._said = _said_form(authority, clock)
        self._decided = _decided_form(authority)
        self._fold = Button(_FOLDED, weight=Weight.QUIET)
        self._fold.clicked.connect(self._on_fold)
        self._progress: JobProgress | None = None
        self._refusal = PlainLabel(role="note")
        self._refusal.setProperty("tone", Tone.LATE.value)
        self._refusal.setWordWrap(True)
        self._button = Button(word, weight=Weight.MAIN)
        self._button.clicked.connect(self._on_told)
        for one in (self._form, self._said):
            one.file_wanted.connect(self.file_wanted)
            one.changed.connect(self._on_changed)
        self._lay_out()
        self._go_to_first()

    def words(self) -> dict[str, str]:
        """What is typed, with whose words it is; who decides and his PIN are asked anew."""
        return self._form.words() | {f"{_SAID}{name}": text for name, text in self._said.words().items()}

    def set_typed(self, texts: Mapping[str, str]) -> None:
        """Bring words back."""
        said = {name.removeprefix(_SAID): text for name, text in texts.items() if name.startswith(_SAID)}
        self._form.set_typed(texts)
        self._said.set_typed(said)
        if said and self._authority.told:
            self._unfold(True)

    def work(self, jobs: Jobs) -> None:
        """What was answered is under way as a job: nothing may be changed until it ends, 取消 stops it."""
        if self._progress is None:
            self._progress = JobProgress(jobs)
            self.body.insertWidget(self.body.count() - 1, self._progress)
        self._enable(False)

    def refuse(self, sentence: str, fields: Mapping[str, str]) -> None:
        """Say what is wrong: at its field, or below them all where it belongs to none."""
        self._enable(True)
        left = dict(fields)
        for form in (self._decided, self._said, self._form):
            known = {name: left.pop(name) for name in form.typed() if name in left}
            form.show_errors(known)
        self._refusal.setText(sentence if left or not fields else "")
        self._refusal.setVisible(bool(self._refusal.text()))

    # -- slots ---------------------------------------------------------------------------------------------------

    def _on_changed(self) -> None:
        self.changed.emit()

    def _on_pin(self) -> None:
        """Enter behind the PIN is the end of it, where nothing waits to be filled."""
        if self._decided.field("pin").typed() and self._form.first_to_fill() is None:
            self._on_told()

    def _on_fold(self) -> None:
        self._unfold(self._said.isHidden())
        if not self._said.isHidden():
            self._said.go_to("on_behalf_of")

    def _on_told(self) -> None:
        try:
            values = self._form.values()
            said = self._said.values() if self._is_told() else None
        except InvalidInput as refusal:
            self.refuse(refusal.sentence, refusal.fields)
            return
        told, chosen = None, (said or {}).get("scan")
        paper = chosen if isinstance(chosen, Path) else None
        if said is not None:
            scan = str(said.get("scan", "")) if paper is None else ""
            told = OnBehalf(str(said["on_behalf_of"]), str(said["told_how"]), scan, said["told_at"])
        decided = self._decided.values() if self._authority.asks_pin else {"person": "", "pin": ""}
        self.told.emit(Answer(values, told, str(decided["person"] or ""), str(decided["pin"]), paper))

    # -- helpers -------------------------------------------------------------------------------------------------

    def _enable(self, free: bool) -> None:
        for widget in (self._form, self._said, self._decided, self._button):
            widget.setEnabled(free)

    def _unfold(self, open_: bool) -> None:
        self._said.setVisible(open_)
        self._fold.say(_UNFOLDED if open_ else _FOLDED)

    def _is_told(self) -> bool:
        return self._authority.told and not self._said.isHidden()

    def _lay_out(self) -> None:
        self.setMinimumWidth(scaled(560))
        self.body.addWidget(self._form)
        if self._authority.told:
            self.body.addWidget(self._fold, 0, Qt.AlignmentFlag.AlignLeft)
            if self._authority.must:
                self.body.addWidget(PlainLabel(_MUST_TELL, "caption"))
            self.body.addWidget(self._said)
            self._unfold(self._authority.must)
            self._fold.setVisible(not self._authority.must)
        elif self._authority.asks_pin:
            self.body.addWidget(PlainLabel("这一步由下面的人决定，请本人在这里输入 PIN。", "caption"))
            self.body.addWidget(self._decided)
            self._decided.field("pin").advance.connect(self._on_pin)
        self._refusal.hide()
        self.body.addWidget(self._refusal)
        self.add_buttons(self._button)
        # A sentence that breaks into lines asks for its height only once the width is known.
        width = max(self.sizeHint().width(), self.minimumWidth())
        self.resize(width, self.body.totalHeightForWidth(width))

    def _go_to_first(self) -> None:
        """The first field that is still empty, else the PIN, else the button."""
        if (empty := self._form.first_to_fill()) is not None:
            self._form.go_to(empty)
        elif self._authority.asks_pin:
            self._decided.go_to("pin")
        else:
            self._button.setFocus(Qt.FocusReason.ShortcutFocusReason)


def _said_form(authority: Authority, clock: Clock) -> FieldForm:
    form = FieldForm(columns=2, clock=clock)
    form.add_line("on_behalf_of", "谁的意见")
    form.add_choice("told_how", "怎样说的", WAYS_TOLD, WAYS_TOLD[0])
    form.add_moment("told_at", "什么时候说的")
    if authority.paper:
        form.new_row()
        form.add_file("scan", "签字纸单", "选扫描件或拖到这里；没有就写纸单放在哪里", span=2)
    form.set_values({"on_behalf_of": authority.speaker, "told_at": None})
    form.show_hints({"told_at": "不填就是现在", "on_behalf_of": "标为代录，待本人确认"})
    return form


def _decided_form(authority: Authority) -> FieldForm:
    form = FieldForm(columns=2)
    form.add_choice("person", "谁来决定", authority.deciders, authority.deciders[0] if authority.deciders else None)
    form.add_secret("pin", "PIN")
    return form
