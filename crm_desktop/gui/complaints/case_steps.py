"""The steps of a case: what each asks and does, and the dialog they are asked in."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime
from pathlib import Path
from typing import Any

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QWidget

from crm_desktop.domain.acts import Act
from crm_desktop.domain.attachments import KeptFile
from crm_desktop.domain.complaint_rows import ComplaintCase
from crm_desktop.domain.rights import Right
from crm_desktop.gui.asking import Asking, Question, may_decide
from crm_desktop.gui.complaints.desk_clock import desk_clock
from crm_desktop.gui.complaints.procedure import Procedure
from crm_desktop.gui.messages import Messages
from crm_desktop.gui.session import Session
from crm_desktop.gui.step_dialog import Answer
from crm_desktop.gui.widgets.field_form import FieldForm


class Step:
    """One thing the desk does to a case: what its dialog asks, and the verb it comes to."""

    title = ""
    word = ""
    """What the main button says; the title where it is empty."""
    sentence = ""
    right: Right | None = None
    """Whose decision it is; None where everybody may who may write at all."""
    by_pin = False
    """Whether whoever decides gives his PIN even where he sits here himself."""
    on_behalf = False
    """Whether it may be 代录."""
    columns = 2

    def __init__(self, procedure: Procedure) -> None:
        self.services = procedure

    def explain(self, case: ComplaintCase) -> str:
        """What the dialog says before its fields."""
        return self.sentence

    def idle(self, case: ComplaintCase) -> str:
        """Why there is nothing to take this step on, said instead of asking; empty where there is."""
        return ""

    def part(self) -> str:
        """Which part of the case it is about, where the same step may be open for several."""
        return ""

    def ask(self, form: FieldForm, case: ComplaintCase, now: datetime) -> None:
        """Puts the fields into the dialog, with what is known already; ``now`` is UTC."""

    def kept(self, chosen: object) -> KeptFile | None:
        """The file somebody chose, copied into the data folder; None where words were typed. Raises as ``keep``."""
        return self.services.attachments.keep(chosen, chosen.name) if isinstance(chosen, Path) else None

    def do(self, case: ComplaintCase, answer: Answer, act: Act) -> str:
        """The verb; gives the sentence about what was done. Raises what the verb raises."""
        raise NotImplementedError


class CaseSteps(QObject):
    """``stored`` carries the sentence about a step that was taken."""

    stored = Signal(str)

    def __init__(self, procedure: Procedure, session: Session, messages: Messages, place: QWidget) -> None:
        """``place`` is what the dialogs stand on."""
        super().__init__(place)
        self._services, self._messages = procedure, messages
        self._asking = Asking(procedure.access, procedure.staff, session, desk_clock(session), messages, place)
        self._asking.stored.connect(self.stored)

    def begin(self, step: Step, case: ComplaintCase, screen: str) -> None:
        """Asks for the step, or says why there is nothing to take it on; ``screen`` is where it was begun."""
        if why := step.idle(case):
            self._messages.refused(why)
            return
        self._asking.begin(_OfCase(step, case, self._services), screen)


class _OfCase(Question):
    """A step as it is asked about one case; it is taken from the case as it is stored by then."""

    paper = True

    def __init__(self, step: Step, case: ComplaintCase, services: Procedure) -> None:
        self._step, self._case, self._services = step, case, services
        self.title, self.word, self.right = step.title, step.word, step.right
        self.by_pin, self.on_behalf, self.columns = step.by_pin, step.on_behalf, step.columns
        self.owner = str(case.fields["responsible"] or "")

    def explain(self) -> str:
        return self._step.explain(self._case)

    def about(self) -> str:
        return f"{self._case.number}/{self._step.part()}".rstrip("/")

    def ask(self, form: FieldForm, now: datetime) -> None:
        self._step.ask(form, self._case, now)

    def do(self, answer: Answer, act: Act) -> str:
        if answer.told and answer.paper:
            told = replace(answer.told, file=self._step.kept(answer.paper))
            answer = replace(answer, told=told)
        return self._step.do(self._services.cases.case(self._case.number), answer, act)


def may(act: Act, right: Right, case: ComplaintCase) -> bool:
    """Whether this person may do it himself, also as the 责任人 of the case."""
    return may_decide(act, right, str(case.fields["responsible"] or ""))


def asked(answer: Answer, *names: str) -> dict[str, Any]:
    """Some of the fields of an answer, those that were asked."""
    return {name: answer.values[name] for name in names if name in answer.values}
