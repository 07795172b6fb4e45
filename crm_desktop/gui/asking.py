"""Asks for one thing to be done in its dialog, says who may, and does it; a refusal loses nothing typed."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QWidget

from crm_desktop.clock import Clock
from crm_desktop.domain.acts import Act
from crm_desktop.domain.errors import ChangedMeanwhile, DeskError, InvalidInput, NotAllowed, NotFound
from crm_desktop.domain.rights import OWNER, Right, require
from crm_desktop.gui.jobs import Cancelled, Job, Jobs, Progress
from crm_desktop.gui.keeping import keep_dialog
from crm_desktop.gui.messages import Messages
from crm_desktop.gui.session import Session
from crm_desktop.gui.step_dialog import Answer, Authority, StepDialog
from crm_desktop.gui.widgets.field_form import FieldForm
from crm_desktop.gui.widgets.file_field import KINDS, FileField
from crm_desktop.services.access import Access
from crm_desktop.services.staff import StaffRoom

_BOTH = "按 Esc 再打开这里：新内容已在，您写的会放回，两样都看得到。"
_TAKEN_BACK = "已取消，什么也没有改。"


class Question:
    """One thing the desk does: what its dialog asks, whose decision it is, and the verb it comes to."""

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
    paper = False
    """Whether a scan of what was signed is kept with it."""
    owner = ""
    """The 责任人 of what is in hand: he may where the rights table says 本单责任人."""
    columns = 2

    def explain(self) -> str:
        """What the dialog says before its fields."""
        return self.sentence

    def about(self) -> str | None:
        """The record it is about: what is typed is kept under it until it is done, and comes back to no other one.

        Empty for something new that belongs to no record; None where nothing is typed that anybody would miss.
        """
        return None

    def ask(self, form: FieldForm, now: datetime) -> None:
        """Puts the fields into the dialog, with what is known already; ``now`` is UTC."""

    def do(self, answer: Answer, act: Act) -> str:
        """The verb; gives the sentence about what was done. Raises what the verb raises."""
        raise NotImplementedError


class LongQuestion(Question):
    """The same where the verb takes longer than a blink: it is a job, with progress and 取消 in the dialog."""

    def work(self, answer: Answer, act: Act, progress: Progress) -> str:
        """The verb, on a thread of its own: it opens its own door to the files, and is taken back by 取消."""
        raise NotImplementedError


class Asking(QObject):
    """``stored`` carries the sentence about what was done; ``given_up``: the dialog was left without doing it."""

    stored = Signal(str)
    given_up = Signal()

    def __init__(
        self,
        access: Access,
        staff: StaffRoom,
        session: Session,
        clock: Clock,
        messages: Messages,
        place: QWidget,
        jobs: Jobs | None = None,
    ) -> None:
        """``place`` is what the dialogs stand on; whoever asks a ``LongQuestion`` brings ``jobs``."""
        super().__init__(place)
        self._jobs = jobs
        self._job: Job | None = None
        if jobs is not None:
            jobs.ended.connect(self._on_ended)
        self._access, self._staff = access, staff
        self._session, self._clock, self._messages, self._place = session, clock, messages, place
        self._question: Question | None = None
        self._screen = ""
        self._dialog: StepDialog | None = None

    def begin(self, question: Question, screen: str) -> None:
        """Asks; ``screen`` is where it was begun."""
        self._question, self._screen = question, screen
        form = FieldForm(columns=question.columns, clock=self._clock)
        question.ask(form, self._clock())
        form.mark_saved()
        title, word = question.title, question.word or question.title
        window = self._place.window()
        dialog = StepDialog(title, question.explain(), word, form, self._authority(question), self._clock, window)
        dialog.told.connect(self._on_told)
        dialog.file_wanted.connect(self._on_file)
        dialog.rejected.connect(self._on_given_up)
        if (about := question.about()) is not None:
            keep_dialog(dialog, self._session, title, dialog, about)
        dialog.open()
        self._dialog = dialog

    def _on_told(self, answer: Answer) -> None:
        question, dialog = self._question, self._dialog
        assert question is not None and dialog is not None  # noqa: S101 - only an open dialog tells
        try:
            act = self._act(answer)
            if isinstance(question, LongQuestion):
                self._work(question, answer, act)
                return
            sentence = question.do(answer, act)
        except ChangedMeanwhile as refusal:
            self._refuse(f"{refusal.sentence}{_BOTH}" if question.about() is not None else refusal.sentence, {})
        except InvalidInput as refusal:
            self._refuse(refusal.sentence, refusal.fields)
        except DeskError as refusal:
            self._refuse(refusal.sentence, {})
        else:
            self._on_done(sentence)

    def _work(self, question: LongQuestion, answer: Answer, act: Act) -> None:
        def work(progress: Progress, _cancelled: Cancelled) -> str:
            return question.work(answer, act, progress)

        assert self._jobs is not None and self._dialog is not None  # noqa: S101 - as ``__init__`` says
        self._dialog.work(self._jobs)
        self._job = self._jobs.run(work, self._on_done, self._on_failed, question.title)

    def _on_done(self, sentence: str) -> None:
        dialog, self._dialog = self._dialog, None  # 取消 that came too late says nothing
        if dialog is not None:
            dialog.accept()
        self.stored.emit(sentence)

    def _on_failed(self, sentence: str) -> None:
        self._refuse(sentence, {})

    def _on_ended(self, job: Job) -> None:
        if job is self._job:
            self._job = None
            if job.is_cancelled() and self._dialog is not None:
                self._dialog.refuse(_TAKEN_BACK, {})

    def _on_given_up(self) -> None:
        """The dialog deletes itself; what it began is taken back."""
        self._dialog = None
        if self._job is not None:
            self._job.cancel()
        self.given_up.emit()

    def _refuse(self, sentence: str, fields: Mapping[str, str]) -> None:
        self._messages.refused(sentence)
        if self._dialog is not None:
            self._dialog.refuse(sentence, fields)

    def _on_file(self, field: FileField) -> None:
        path = self._messages.choose_open("选文件", KINDS)
        if path is not None:
            field.choose(path)

    def _act(self, answer: Answer) -> Act:
        """Signed by whoever sits here, or by the one who gave his PIN."""
        if not answer.person:
            return self._session.act(self._screen)
        if not answer.pin:
            raise InvalidInput({"pin": f"请{answer.person}输入自己的 PIN。"})
        try:
            person = self._access.login(answer.person, answer.pin)
        except (NotAllowed, NotFound) as refusal:
            raise InvalidInput({"pin": refusal.sentence}) from None
        return self._staff.act(person, self._screen)

    def _authority(self, question: Question) -> Authority:
        if question.right is None:
            return Authority()
        act = self._session.act(self._screen)
        holders = [person.name for person in self._staff.holders(question.right)]
        if question.owner and OWNER in self._staff.rights().get(question.right, ()):
            holders.insert(0, question.owner)
        mine = may_decide(act, question.right, question.owner)
        must = act.rights is not None and (question.by_pin or not mine)
        others = tuple(dict.fromkeys(name for name in holders if name != act.who))
        if must and mine:
            others = (act.who, *others)
        told = question.on_behalf and (act.rights is None or Right.REGISTER in act.rights)
        return Authority(told, others[0] if others else "", others, must, question.paper)


def may_decide(act: Act, right: Right, owner: str) -> bool:
    """Whether this person may do it himself, also as the 责任人 of what is in hand."""
    try:
        require(act, right, own=bool(owner) and act.who == owner)
    except NotAllowed:
        return False
    return True
