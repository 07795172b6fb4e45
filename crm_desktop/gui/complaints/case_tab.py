"""What every tab of a case can do, and the tab that is a form over fields of the complaint."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from crm_desktop.domain.acts import Act
from crm_desktop.domain.complaints import ComplaintCase, State
from crm_desktop.domain.errors import ChangedMeanwhile, DeskError, InvalidInput
from crm_desktop.gui.complaints.dialogs import ClashDialog
from crm_desktop.gui.complaints.form_memory import Clash, FormMemory
from crm_desktop.gui.complaints.turns import Turn, screen
from crm_desktop.gui.messages import Messages
from crm_desktop.gui.session import Session
from crm_desktop.gui.widgets.buttons import Button
from crm_desktop.gui.widgets.field_form import FieldForm
from crm_desktop.services.cases import Cases
from crm_desktop.services.complaints import Complaints

Verb = Callable[[], str]
ShowErrors = Callable[[Mapping[str, str]], None]
UNCHANGED = "没有需要保存的改动。"


class CaseTab(QWidget):
    """One turn of a case. ``stored`` carries the sentence about what was saved; ``touched``: somebody typed.

    ``read_wanted``: nothing here asks for the keyboard.
    """

    stored = Signal(str)
    read_wanted = Signal()
    touched = Signal()

    def __init__(self, turn: Turn, session: Session, messages: Messages) -> None:
        super().__init__()
        self.turn = turn
        self._session, self._messages = session, messages
        self._case: ComplaintCase | None = None
        self.bar = QWidget()
        self._buttons = QHBoxLayout(self.bar)
        self._buttons.setContentsMargins(0, 0, 0, 0)
        self._buttons.setSpacing(8)
        self.body = QVBoxLayout(self)
        self.body.setContentsMargins(0, 14, 0, 0)
        self.body.setSpacing(8)

    @property
    def case(self) -> ComplaintCase:
        """The complaint as it stood when this tab was last filled."""
        assert self._case is not None  # noqa: S101 - a tab is shown with a case only
        return self._case

    def show_case(self, case: ComplaintCase) -> None:
        """Another complaint, or a newer state of the same; what was typed into the same one stays."""
        self._case = case

    @property
    def dirty(self) -> bool:
        """Whether something typed is not saved."""
        return False

    @property
    def can_save(self) -> bool:
        """Whether there is anything here that 保存 could mean."""
        return False

    def save(self) -> bool:
        """Saves what was typed; says what happened, and whether nothing is left unsaved."""
        return True

    def give_up(self) -> None:
        """What was typed is thrown away."""

    def add_buttons(self, *buttons: Button) -> None:
        """What else can be done here: the case shows ``bar`` beside 保存 while this tab is open."""
        for button in buttons:
            self._buttons.addWidget(button)

    def go_to(self, field: str = "") -> None:
        """The keyboard on a field, or where the work of this tab begins."""
        self.setFocus()

    def act(self) -> Act:
        """Something done now, in this tab."""
        return self._session.act(screen(self.turn))

    def attempt(self, verb: Verb, show_errors: ShowErrors) -> bool:
        """Does it; a refusal is said at its field and in the bar, and nothing typed is lost."""
        try:
            sentence = verb()
        except InvalidInput as refusal:
            show_errors(refusal.fields)
            self._messages.refused(refusal.sentence)
        except DeskError as refusal:
            self._messages.refused(refusal.sentence)
        else:
            self.stored.emit(sentence)
            return True
        return False

    def refuse_clash(self, clashes: Sequence[Clash], who: str) -> None:
        """Shows both versions of what was written twice and lets the desk decide.

        :raises InvalidInput: always: nothing is saved until it is decided.
        """
        dialog = ClashDialog(clashes, who, self.window())
        dialog.mine_wanted.connect(self.save)
        dialog.stored_wanted.connect(self._on_stored_wanted)
        dialog.open()
        raise InvalidInput(f"{self.case.number} 刚刚有人改过，请先决定留哪一份。")

    def _on_stored_wanted(self) -> None:
        self.give_up()
        self.touched.emit()


class FieldsTab(CaseTab):
    """A form over fields of the complaint itself."""

    def __init__(
        self, turn: Turn, form: FieldForm, complaints: Complaints, cases: Cases, session: Session, messages: Messages
    ) -> None:
        super().__init__(turn, session, messages)
        self._complaints, self._cases = complaints, cases
        self.form = form
        self.memory = FormMemory(form)
        self.body.addWidget(form)
        form.changed.connect(self._on_changed)

    def show_case(self, case: ComplaintCase) -> None:
        before, mine = self._case, self.memory.changed()
        if before is None or before.number != case.number or not mine:
            self._case = case
            self.fill(case)
        elif self.values_of(before) == self.values_of(case):
            # Saved elsewhere, but none of these fields: what was typed here goes with the new version.
            self._case = case
        self.form.lock(case.state == State.VOID)

    def fill(self, case: ComplaintCase) -> None:
        """Show what is stored; what was typed is gone."""
        self.memory.fill(self.values_of(case))

    def values_of(self, case: ComplaintCase) -> dict[str, object]:
        """What the form shows of a case."""
        return {name: case.fields[name] for name in self.form.typed()}

    @property
    def dirty(self) -> bool:
        return bool(self.memory.changed())

    @property
    def can_save(self) -> bool:
        return self._case is not None and self._case.state != State.VOID

    def save(self) -> bool:
        if not self.dirty:
            self._messages.note(UNCHANGED)
            return True
        return self.attempt(self.write, self.form.show_errors)

    def give_up(self) -> None:
        self.fill(self.case)

    def go_to(self, field: str = "") -> None:
        self.form.go_to(field or next(iter(self.form.typed())))

    def changes(self) -> dict[str, object]:
        """What was typed, only the fields that differ from what is stored; raises as ``FieldForm.values``."""
        values = self.form.values()
        return {name: values[name] for name in self.memory.changed()}

    def write(self) -> str:
        """Saves the changes; where somebody saved other fields meanwhile, both stay.

        :raises InvalidInput: refused; also after a clash, which is then shown for a decision.
        """
        try:
            self.write_changes(self.changes())
        except ChangedMeanwhile:
            if clashes := self.take_newer():
                self.refuse_clash(clashes, last_hand(self._cases, self.case.number))
            self.write_changes(self.changes())
        self.memory.settle()
        return f"{self.case.number} 已保存。"

    def write_changes(self, changes: Mapping[str, object]) -> None:
        """The service's verb for this tab."""
        self._complaints.amend(self.case.number, self.case.ver, changes, self.act())

    def take_newer(self) -> list[Clash]:
        """The stored case as it is now takes the place of the one this tab was filled from."""
        self._case = self._cases.case(self.case.number)
        return self.memory.lay_under(self.values_of(self._case))

    def _on_changed(self) -> None:
        self.touched.emit()


def last_hand(cases: Cases, number: str) -> str:
    """Who saved last."""
    return cases.history(number)[-1].who
