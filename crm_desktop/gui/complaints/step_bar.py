"""The steps offered for a case: the next one as a button beside 保存, the rarer ones in the menu 更多."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QHBoxLayout, QMenu, QWidget

from crm_desktop.domain.complaint_rows import ComplaintCase
from crm_desktop.domain.complaints import OPEN_STATES, Event, State
from crm_desktop.domain.procedure import ALLOWED_FROM
from crm_desktop.domain.routes import Rule
from crm_desktop.domain.today import NextStep
from crm_desktop.gui.complaints import course_steps, judgement_steps, link_steps, repair_steps
from crm_desktop.gui.complaints.case_steps import Step
from crm_desktop.gui.complaints.clock_rows import last_event
from crm_desktop.gui.complaints.procedure import Procedure
from crm_desktop.gui.widgets.buttons import Button

COPY = "复制新建"
"""A new complaint of the same customer and car: new words, clocks of its own, nothing of what was answered."""


class StepBar(QWidget):
    """``wanted`` carries the ``Step`` somebody wants to take; ``copy_wanted``: one more of this customer."""

    wanted = Signal(object)
    copy_wanted = Signal()

    def __init__(self, procedure: Procedure) -> None:
        super().__init__()
        self._buttons: dict[Button, Step] = {
            Button("交服务总监", icon="send"): course_steps.HandOver(procedure),
            Button("记录响应", icon="phone-call"): course_steps.Respond(procedure),
            Button("延期审批", icon="clock"): course_steps.DecideExtension(procedure),
        }
        self._hand_over, self._respond, self._decide = self._buttons
        self.more = Button("更多", icon="dots")
        self._menu = QMenu(self)
        self._actions: dict[QAction, Step] = {}
        for step in (
            course_steps.SolveOnTheSpot(procedure),
            course_steps.AskExtension(procedure),
            course_steps.CannotNow(procedure),
            repair_steps.CorrectTime(procedure),
            repair_steps.ExplainLate(procedure),
            repair_steps.Confirm(procedure),
            link_steps.LinkEvent(procedure),
            link_steps.UnlinkEvent(procedure),
            judgement_steps.Judge(procedure),
            judgement_steps.TakeBack(procedure),
            course_steps.Return(procedure),
            course_steps.Reopen(procedure),
            course_steps.Void(procedure),
        ):
            self._actions[self._menu.addAction(step.title)] = step
        self._menu.addSeparator()
        self._copy = self._menu.addAction(COPY)
        self.more.setMenu(self._menu)
        line = QHBoxLayout(self)
        line.setContentsMargins(0, 0, 0, 0)
        line.setSpacing(8)
        for button in self._buttons:
            line.addWidget(button)
            button.clicked.connect(self._on_clicked)
        self._menu.triggered.connect(self._on_chosen)

    def show_case(self, case: ComplaintCase, rule: Rule | None, *, waiting: bool, judged: bool, linked: bool) -> None:
        """Offer what has its turn; ``rule`` is None for imported history.

        ``waiting``: an 延期申请 is undecided; ``judged``: 恶意 or 无效 holds; ``linked``: it is counted with another.
        """
        open_ = State(case.state) in OPEN_STATES and rule is not None
        wants = open_ and rule is not None
        handed, responded = last_event(case, Event.HANDED_OVER), last_event(case, Event.RESPONDED)
        self._hand_over.setVisible(wants and handed is None and (rule is not None and rule.hand_over is not None))
        self._respond.setVisible(wants and responded is None and (rule is not None and rule.respond is not None))
        self._decide.setVisible(open_ and waiting)
        self._copy.setVisible(case.customer_id is not None)
        for action, step in self._actions.items():
            action.setVisible(_offered(step, case, judged=judged, linked=linked))

    def take_focus(self, step: str) -> None:
        """The keyboard on the button of this step, where it is one of those offered here."""
        button = {NextStep.HAND_OVER: self._hand_over, NextStep.RESPOND: self._respond}.get(NextStep(step))
        if button is not None and button.isVisibleTo(self):
            button.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def _on_clicked(self) -> None:
        button = self.sender()
        if isinstance(button, Button):
            self.wanted.emit(self._buttons[button])

    def _on_chosen(self, action: QAction) -> None:
        if action is self._copy:
            self.copy_wanted.emit()
        else:
            self.wanted.emit(self._actions[action])


_FROM = {
    course_steps.SolveOnTheSpot: ALLOWED_FROM[Event.RESOLVED],
    course_steps.AskExtension: frozenset(OPEN_STATES),
    course_steps.CannotNow: ALLOWED_FROM[Event.RESOLVED],
    judgement_steps.Judge: frozenset((*OPEN_STATES, State.CLOSED)),
    judgement_steps.TakeBack: frozenset((*OPEN_STATES, State.CLOSED)),
    course_steps.Return: ALLOWED_FROM[Event.RETURNED],
    course_steps.Reopen: ALLOWED_FROM[Event.REOPENED],
    course_steps.Void: ALLOWED_FROM[Event.VOIDED],
    repair_steps.CorrectTime: frozenset((*OPEN_STATES, State.CLOSED)),
    repair_steps.ExplainLate: frozenset((*OPEN_STATES, State.CLOSED)),
}
"""From which states a rarer step is offered; the verbs check it again."""


def _offered(step: Step, case: ComplaintCase, *, judged: bool, linked: bool) -> bool:
    if isinstance(step, link_steps.LinkEvent | link_steps.UnlinkEvent):
        return State(case.state) is not State.VOID and linked == isinstance(step, link_steps.UnlinkEvent)
    if isinstance(step, judgement_steps.TakeBack) and not judged:
        return False
    if isinstance(step, repair_steps.Confirm):
        return any(event.awaits_confirmation for event in case.events)
    return State(case.state) in _FROM[type(step)]
