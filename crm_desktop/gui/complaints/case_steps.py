"""Takes one step of a case: asks for it in its dialog, says who may, and does it; a refusal loses nothing typed."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QWidget

from crm_desktop.domain.acts import Act
from crm_desktop.domain.complaints import ComplaintCase
from crm_desktop.domain.errors import DeskError, InvalidInput, NotAllowed, NotFound
from crm_desktop.domain.rights import OWNER, Right, require
from crm_desktop.gui.complaints.desk_clock import desk_clock
from crm_desktop.gui.complaints.procedure import Procedure
from crm_desktop.gui.complaints.step_dialog import Answer, Authority, StepDialog
from crm_desktop.gui.messages import Messages
from crm_desktop.gui.session import Session
from crm_desktop.gui.widgets.field_form import FieldForm


class Step:
    """One thing the desk does to a case: what its dialog asks, and the verb it comes to."""

    title = ""
    word = ""
    """What the main button says; the title where it is empty."""
    sentence = ""
    right: Right | None = None
    """Whose decision it is; None where everybody may who may write at all."""
    on_behalf = False
    """Whether it may be 代录."""
    columns = 2

    def __init__(self, procedure: Procedure) -> None:
        self.services = procedure

    def explain(self, case: ComplaintCase) -> str:
        """What the dialog says before its fields."""
        return self.sentence

    def ask(self, form: FieldForm, case: ComplaintCase, now: datetime) -> None:
        """Puts the fields into the dialog, with what is known already; ``now`` is UTC."""

    def do(self, case: ComplaintCase, answer: Answer, act: Act) -> str:
        """The verb; gives the sentence about what was done. Raises what the verb raises."""
        raise NotImplementedError


class CaseSteps(QObject):
    """``stored`` carries the sentence about a step that was taken."""

    stored = Signal(str)

    def __init__(self, procedure: Procedure, session: Session, messages: Messages, place: QWidget) -> None:
        """``place`` is what the dialogs stand on."""
        super().__init__(place)
        self._services, self._session, self._messages, self._place = procedure, session, messages, place
        self._clock = desk_clock(session)
        self._step: Step | None = None
        self._number, self._screen = "", ""
        self._dialog: StepDialog | None = None

    def begin(self, step: Step, case: ComplaintCase, screen: str) -> None:
        """Asks for the step; ``screen`` is where it was begun."""
        self._step, self._number, self._screen = step, case.number, screen
        form = FieldForm(columns=step.columns, clock=self._clock)
        step.ask(form, case, self._clock())
        form.mark_saved()
        authority = self._authority(step, case)
        title, word = step.title, step.word or step.title
        dialog = StepDialog(title, step.explain(case), word, form, authority, self._clock, self._place.window())
        dialog.told.connect(self._on_told)
        dialog.open()
        self._dialog = dialog

    def _on_told(self, answer: Answer) -> None:
        step, dialog = self._step, self._dialog
        assert step is not None and dialog is not None  # noqa: S101 - only an open dialog tells
        try:
            act = self._act(answer)
            sentence = step.do(self._services.cases.case(self._number), answer, act)
        except InvalidInput as refusal:
            self._messages.refused(refusal.sentence)
            dialog.refuse(refusal.sentence, refusal.fields)
        except DeskError as refusal:
            self._messages.refused(refusal.sentence)
            dialog.refuse(refusal.sentence, {})
        else:
            dialog.accept()
            self.stored.emit(sentence)

    def _act(self, answer: Answer) -> Act:
        """Signed by whoever sits here, or by the one who gave his PIN."""
        if not answer.person:
            return self._session.act(self._screen)
        try:
            person = self._services.access.login(answer.person, answer.pin)
        except (NotAllowed, NotFound) as refusal:
            raise InvalidInput({"pin": refusal.sentence}) from None
        return self._services.staff.act(person, self._screen)

    def _authority(self, step: Step, case: ComplaintCase) -> Authority:
        if step.right is None:
            return Authority()
        act, staff = self._session.act(self._screen), self._services.staff
        holders = [person.name for person in staff.holders(step.right)]
        responsible = str(case.fields["responsible"] or "")
        if responsible and OWNER in staff.rights().get(step.right, ()):
            holders.insert(0, responsible)
        others = tuple(dict.fromkeys(name for name in holders if name != act.who))
        must = act.rights is not None and not may(act, step.right, case)
        told = step.on_behalf and (act.rights is None or Right.REGISTER in act.rights)
        return Authority(told, others[0] if others else "", others, must)


def may(act: Act, right: Right, case: ComplaintCase) -> bool:
    """Whether this person may do it himself, also as the 责任人 of the case."""
    try:
        require(act, right, own=act.who == case.fields["responsible"])
    except NotAllowed:
        return False
    return True


def asked(answer: Answer, *names: str) -> dict[str, Any]:
    """Some of the fields of an answer, those that were asked."""
    return {name: answer.values[name] for name in names if name in answer.values}
