"""What every tab of a case can do, and the tab that is a form over fields of the complaint."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from crm_desktop.domain.acts import Act
from crm_desktop.domain.complaint_rows import ComplaintCase
from crm_desktop.domain.complaints import FIELD_LABELS, State
from crm_desktop.domain.errors import ChangedMeanwhile, DeskError, InvalidInput
from crm_desktop.domain.procedure import OnBehalf
from crm_desktop.domain.rights import Right
from crm_desktop.gui.complaints.case_steps import Step, may
from crm_desktop.gui.complaints.dialogs import ClashDialog
from crm_desktop.gui.complaints.form_memory import Clash, FormMemory
from crm_desktop.gui.complaints.procedure import Procedure
from crm_desktop.gui.complaints.turns import Turn, screen
from crm_desktop.gui.keeping import Keeping, Words
from crm_desktop.gui.messages import Messages
from crm_desktop.gui.session import Session
from crm_desktop.gui.step_dialog import Answer
from crm_desktop.gui.widgets.buttons import Button
from crm_desktop.gui.widgets.field_form import FieldForm
from crm_desktop.services.cases import Cases

Verb = Callable[[], str]
ShowErrors = Callable[[Mapping[str, str]], None]
UNCHANGED = "没有需要保存的改动。"
DECIDED_BY: Mapping[tuple[str, ...], Right] = {
    ("line", "responsible"): Right.ASSIGN,
    ("root_cause",): Right.ROOT_CAUSE,
    ("long_term_measure",): Right.MEASURE,
}
"""The fields that not everybody may write, and that may be 代录 (part 2, «People and rights»)."""


class CaseTab(QWidget):
    """One turn of a case. ``stored`` carries the sentence about what was saved; ``touched``: somebody typed.

    ``read_wanted``: nothing here asks for the keyboard. ``step_wanted`` carries the ``Step`` somebody wants to take,
    ``word_wanted`` the one that asks whose words were typed here.
    """

    stored = Signal(str)
    read_wanted = Signal()
    touched = Signal()
    step_wanted = Signal(object)
    word_wanted = Signal(object)

    writes = False
    """Whether there are inputs in this tab."""
    read_only = frozenset({State.VOID, State.FILED})
    """The states in which they can only be read: whoever types finds out before, not after."""
    save_word = "保存"
    """What the main button of the case says while this tab is open."""

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
        self.body.setContentsMargins(0, 8, 0, 0)
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
        return self.writes and self._case is not None and not self.locked

    @property
    def locked(self) -> bool:
        """Whether what is here can only be read."""
        return self._case is not None and self._case.state in self.read_only

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

    writes = True

    def __init__(self, turn: Turn, form: FieldForm, procedure: Procedure, session: Session, messages: Messages) -> None:
        super().__init__(turn, session, messages)
        self.services = procedure
        self.form = form
        self.memory = FormMemory(form)
        self.keeping = Keeping(session, str(turn), self.words(), self)
        self.keeping.told.connect(messages.note)
        self.body.addWidget(form)
        form.changed.connect(self._on_changed)

    def show_case(self, case: ComplaintCase) -> None:
        before, mine = self._case, self.memory.changed()
        other = before is None or before.number != case.number
        if other:
            self.keeping.leave()
        if before is None or other or not mine:
            self._case = case
            self.fill(case)
            if case.state not in self.read_only:
                self.keeping.turn_to(case.number)
        elif self.values_of(before) == self.values_of(case):
            # Saved elsewhere, but none of these fields: what was typed here goes with the new version.
            self._case = case
        self.form.lock(case.state in self.read_only)

    def words(self) -> Words:
        """What is put aside while somebody types."""
        return self.form

    def fill(self, case: ComplaintCase) -> None:
        """Show what is stored; what was typed is gone."""
        self.memory.fill(self.values_of(case))

    def values_of(self, case: ComplaintCase) -> dict[str, object]:
        """What the form shows of a case."""
        return {name: case.fields[name] for name in self.form.typed()}

    @property
    def dirty(self) -> bool:
        return bool(self.memory.changed())

    def save(self) -> bool:
        if not self.dirty:
            self._messages.note(UNCHANGED)
            return True
        theirs = self._not_mine()
        if set(self.memory.changed()) - theirs and not self.attempt(self.write, self.form.show_errors):
            return False
        return self._ask_whose_words(theirs)

    def give_up(self) -> None:
        self.fill(self.case)

    def go_to(self, field: str = "") -> None:
        self.form.go_to(field or next(iter(self.form.typed())))

    def changes(self) -> dict[str, object]:
        """What was typed and may be saved by whoever sits here, only what differs from what is stored.

        :raises InvalidInput: as ``FieldForm.values``.
        """
        values, theirs = self.form.values(), self._not_mine()
        return {name: values[name] for name in self.memory.changed() if name not in theirs}

    def write(self) -> str:
        """Saves the changes; where somebody saved other fields meanwhile, both stay.

        :raises InvalidInput: refused; also after a clash, which is then shown for a decision.
        """
        try:
            self.write_changes(self.changes())
        except ChangedMeanwhile:
            if clashes := self.take_newer():
                self.refuse_clash(clashes, last_hand(self.services.cases, self.case.number))
            self.write_changes(self.changes())
        if self._not_mine():
            self.take_newer()
        else:
            self.memory.settle()
        return f"{self.case.number} 已保存。"

    def write_told(self, names: Collection[str], act: Act, told: OnBehalf | None) -> None:
        """Saves words of another: 代录, or by his own PIN."""
        values = self.form.values()
        changes = {name: values[name] for name in names}
        saved = self.services.cases.case(self.case.number)
        self.services.complaints.amend(saved.number, saved.ver, changes, act, told=told)
        stored = self.services.cases.case(saved.number).fields
        for name in names:
            self.form.field(name).set_value(stored[name])
        self.take_newer()

    def write_changes(self, changes: Mapping[str, object]) -> None:
        """The service's verb for this tab."""
        self.services.complaints.amend(self.case.number, self.case.ver, changes, self.act())

    def take_newer(self) -> list[Clash]:
        """The stored case as it is now takes the place of the one this tab was filled from."""
        self._case = self.services.cases.case(self.case.number)
        return self.memory.lay_under(self.values_of(self._case))

    def _on_changed(self) -> None:
        self.touched.emit()

    def _not_mine(self) -> set[str]:
        """What was typed here that is for somebody else to decide."""
        act, changed = self.act(), set(self.memory.changed())
        if act.rights is None:
            return set()
        held = [names for names, right in DECIDED_BY.items() if not may(act, right, self.case)]
        return {name for names in held for name in names} & changed

    def _ask_whose_words(self, theirs: set[str]) -> bool:
        for names, right in DECIDED_BY.items():
            if typed := theirs.intersection(names):
                self.word_wanted.emit(TellFor(self, sorted(typed), right))
                return False
        return True


class TellFor(Step):
    """Whose words were typed: 代录, or the PIN of who decides."""

    title = "由谁决定"
    word = "保存"
    on_behalf = True

    def __init__(self, tab: FieldsTab, names: Sequence[str], right: Right) -> None:
        super().__init__(tab.services)
        self._tab, self._names = tab, names
        self.right = right

    def explain(self, case: ComplaintCase) -> str:
        labels = "、".join(FIELD_LABELS[name] for name in self._names)
        return f"“{labels}”由有权的人决定。他在电话里说的或写在纸单上的，可以代他录入，待本人确认。"

    def do(self, case: ComplaintCase, answer: Answer, act: Act) -> str:
        self._tab.write_told(self._names, act, answer.told)
        return f"{case.number} 已保存。"


def last_hand(cases: Cases, number: str) -> str:
    """Who saved last."""
    return cases.history(number)[-1].who
