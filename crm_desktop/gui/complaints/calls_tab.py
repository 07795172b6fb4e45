"""回访 of one complaint: calls planned and made, the form for the call made now, and the next one to plan."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime
from operator import attrgetter

from PySide6.QtWidgets import QHBoxLayout

from crm_desktop.clock import to_local
from crm_desktop.domain.complaint_rows import ComplaintCase
from crm_desktop.domain.complaints import State
from crm_desktop.domain.customers import NAMELESS
from crm_desktop.domain.errors import InvalidInput
from crm_desktop.domain.followups import FollowUpRow, Outcome, PlanDraft
from crm_desktop.domain.redial import Redial
from crm_desktop.domain.sheets import Column, Kind
from crm_desktop.gui.call_form import CallForm, begun
from crm_desktop.gui.complaints.case_tab import CaseTab
from crm_desktop.gui.complaints.desk_clock import desk_clock
from crm_desktop.gui.complaints.form_memory import FormMemory
from crm_desktop.gui.complaints.turns import Turn
from crm_desktop.gui.keeping import Keeping
from crm_desktop.gui.messages import Messages
from crm_desktop.gui.script_box import NAME, ScriptBox
from crm_desktop.gui.session import Session
from crm_desktop.gui.theme import Tone, scaled
from crm_desktop.gui.widgets.buttons import Button, Weight
from crm_desktop.gui.widgets.field_form import FieldForm
from crm_desktop.gui.widgets.labels import PlainLabel
from crm_desktop.gui.widgets.row_model import Mark
from crm_desktop.gui.widgets.row_table import RowTable
from crm_desktop.services.dispatch import Dispatch
from crm_desktop.services.followups import FollowUps

_ARRANGE = "计划回访"
_USUAL_REASON = "解决后回访"


def _on(row: FollowUpRow) -> datetime | date | None:
    return to_local(row.called_at) if row.called_at else row.planned_on


def _outcome(row: FollowUpRow) -> str:
    if row.called_at:
        return row.outcome
    return f"超期 {row.late_days} 天" if row.late_days else "计划"


def _outcome_mark(row: FollowUpRow) -> Mark:
    if row.called_at:
        return Mark(Tone.DONE if row.outcome == Outcome.REACHED else Tone.GREY)
    return Mark(Tone.LATE if row.late_days else Tone.SOON)


_COLUMNS: tuple[Column[FollowUpRow], ...] = (
    Column("时间", _on, Kind.TIME, width=17),
    Column("结果", _outcome, width=10),
    Column("满意度", attrgetter("satisfaction"), width=7),
    Column("评分", attrgetter("score"), Kind.INTEGER, width=5),
    Column("回访人", attrgetter("caller"), width=9),
    Column("事由", attrgetter("reason"), width=12),
    Column("顾客反馈", attrgetter("feedback"), width=16, wrap=True),
)


class CallsTab(CaseTab):
    """The form records the earliest planned call that was not made; without one, a call nobody had planned."""

    writes = True
    read_only = frozenset({State.VOID})
    """A customer is called after his case was filed too, and may take it out of the archive again."""
    save_word = "登记回访"

    def __init__(self, follow_ups: FollowUps, dispatch: Dispatch, session: Session, messages: Messages) -> None:
        super().__init__(Turn.CALLS, session, messages)
        self._follow_ups, self._dispatch = follow_ups, dispatch
        self._planned: FollowUpRow | None = None

        self._table: RowTable[FollowUpRow] = RowTable(
            "回访记录", _COLUMNS, key=attrgetter("id"), marks={"结果": _outcome_mark}
        )
        self._table.set_empty("还没有回访。打过电话在下面登记，以后要打的先计划。")
        self._table.setFixedHeight(scaled(104))
        self._heading = PlainLabel(role="heading")
        self._unplanned = Button("登记另一次", weight=Weight.QUIET)
        self._unfold = Button(NAME, "F6", Weight.QUIET)
        self._script = ScriptBox()
        self._call = CallForm(3, desk_clock(session))
        self._call_memory = FormMemory(self._call)
        self._plan = _plan_form(session)
        self._plan_memory = FormMemory(self._plan)
        self._keepings = (Keeping(session, "登记回访", self._call, self), Keeping(session, _ARRANGE, self._plan, self))
        self._following = PlainLabel("计划下一次", "heading")
        self._arrange = Button(_ARRANGE, icon="calendar-event")

        self._lay_out()

        self._table.opened.connect(self._on_opened)
        self._unplanned.clicked.connect(self._on_unplanned)
        self._call.changed.connect(self._on_typed)
        self._call.propose_by(self._next_try)
        self._unfold.clicked.connect(self._on_unfold)
        self._script.answered.connect(self._on_answered)
        self._script.finished.connect(self._on_script_finished)
        self._plan.changed.connect(self._on_typed)
        self._arrange.clicked.connect(self._on_arrange)
        for keeping in self._keepings:
            keeping.told.connect(messages.note)

    def show_case(self, case: ComplaintCase) -> None:
        other = self._case is None or self._case.number != case.number
        super().show_case(case)
        if other:
            for keeping in self._keepings:
                keeping.leave()
        rows = self._follow_ups.of_complaint(case.number)
        self._table.set_rows(rows)
        if other or not self._call_memory.changed():
            plans = [row for row in rows if row.called_at is None]
            self._turn_to(min(plans, key=attrgetter("planned_on")) if plans else None)
        if other:
            self._clear_plan()
        for form in (self._call, self._plan):
            form.lock(not self.can_save)
        self._unfold.setEnabled(self.can_save)
        self._arrange.setEnabled(self.can_save)
        if other and self.can_save:
            for keeping in self._keepings:
                keeping.turn_to(case.number)

    @property
    def dirty(self) -> bool:
        return bool(self._call_memory.changed() or self._plan_memory.changed() or self._script.answers())

    def save(self) -> bool:
        """Whatever of the two forms was written in; the call first, and where nothing was it is asked for."""
        planned, called = bool(self._plan_memory.changed()), self._call_memory.changed() or self._script.answers()
        if (called or not planned) and not self.attempt(self._recorded, self._call.show_errors):
            return False
        return not planned or self.attempt(self._arranged, self._plan.show_errors)

    def give_up(self) -> None:
        self._turn_to(self._planned)
        self._clear_plan()

    def go_to(self, field: str = "") -> None:
        self._call.go_to(field or "outcome")

    # -- slots ---------------------------------------------------------------------------------------------------

    def _on_opened(self, row: FollowUpRow) -> None:
        if row.called_at is not None:
            self._messages.note("这次回访已经登记；要更正，请到“回访”的“已回访”里打开它。")
        elif self.can_save:
            self._name_plan(row)
            self.go_to()

    def _on_unplanned(self) -> None:
        self._name_plan(None)
        self.go_to()

    def _on_unfold(self) -> None:
        """The script is folded until somebody wants it; then it has the keyboard."""
        self._unfold_script(self._script.isHidden())
        (self._script if self._script.isVisible() else self._call.field("outcome")).setFocus()

    def _on_answered(self, key: str, answer: str) -> None:
        self._call.take_answer(key, answer)
        self.touched.emit()

    def _on_script_finished(self) -> None:
        self._unfold_script(False)
        self._call.go_to("satisfaction")

    def _on_typed(self) -> None:
        self.touched.emit()

    def _on_arrange(self) -> None:
        self.attempt(self._arranged, self._plan.show_errors)

    # -- helpers -------------------------------------------------------------------------------------------------

    def _next_try(self, outcome: str) -> Redial | None:
        """By the redial plan."""
        return self._dispatch.after_call(self.case.number, outcome) if self._case is not None else None

    def _recorded(self) -> str:
        draft = replace(self._call.draft(), answers=self._script.answers())
        if self._planned is None:
            self._follow_ups.call(self.case.number, draft, self.act())
        else:
            self._follow_ups.record(self._planned.id, self._planned.ver, draft, self.act())
        self._turn_to(None)
        following = f"，{draft.next_on:%m-%d} 再回访" if draft.next_on else ""
        return f"{self.case.number} 的回访已登记{following}。"

    def _arranged(self) -> str:
        values = self._plan.values()
        if values["on"] is None:
            raise InvalidInput({"on": "请填计划哪一天回访，如 11-23。"})
        self._follow_ups.plan(self.case.number, PlanDraft(**values), self.act())
        self._clear_plan()
        return f"{self.case.number} 计划 {values['on']:%m-%d} 回访。"

    def _turn_to(self, plan: FollowUpRow | None) -> None:
        """An empty form for the call of this plan, or for one without a plan."""
        self._name_plan(plan)
        self._call_memory.fill(begun(self._session.name))
        self._script.begin(self._dispatch.script(), self._script_words(plan))
        self._unfold_script(False)
        self.touched.emit()

    def _unfold_script(self, wanted: bool) -> None:
        """The room is short: what is planned next gives way to it, unless something was written there."""
        self._script.setVisible(wanted)
        for piece in (self._following, self._plan):
            piece.setVisible(not wanted or bool(self._plan_memory.changed()))

    def _script_words(self, plan: FollowUpRow | None) -> dict[str, str]:
        day = f"{plan.planned_on:%m月%d日}以前" if plan and plan.planned_on else "上次"
        return {"客户": self.case.customer_name or NAMELESS, "回访人": self._session.name, "日期": day}

    def _name_plan(self, plan: FollowUpRow | None) -> None:
        self._planned = plan
        told = f"登记 {plan.planned_on:%m-%d} 计划的回访：{plan.reason}" if plan and plan.planned_on else "登记一次回访"
        self._heading.setText(told)
        self._unplanned.setVisible(plan is not None)

    def _clear_plan(self) -> None:
        self._plan_memory.fill({"on": None, "caller": self._session.name, "reason": _USUAL_REASON})

    def _lay_out(self) -> None:
        self.add_buttons(self._arrange)
        title = QHBoxLayout()
        title.addWidget(self._heading)
        title.addWidget(self._unplanned)
        title.addWidget(self._unfold)
        title.addStretch(1)
        self.body.addWidget(self._table)
        self.body.addLayout(title)
        self.body.addWidget(self._script)
        self.body.addWidget(self._call)
        self.body.addWidget(self._following)
        self.body.addWidget(self._plan)
        self.body.addStretch(1)


def _plan_form(session: Session) -> FieldForm:
    form = FieldForm(columns=3, clock=desk_clock(session))
    form.add_day("on", "计划日期")
    form.add_line("caller", "计划由谁打")
    form.add_line("reason", "事由")
    return form
