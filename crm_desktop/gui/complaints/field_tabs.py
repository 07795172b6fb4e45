"""The tabs 处理, 方案 and 措施: what each asks for, in the order of the paper."""

from __future__ import annotations

from collections.abc import Mapping

from crm_desktop.clock import Clock
from crm_desktop.domain.complaints import ComplaintCase, Event, Line, State
from crm_desktop.domain.procedure import ALLOWED_FROM
from crm_desktop.gui.complaints.case_tab import FieldsTab
from crm_desktop.gui.complaints.desk_clock import desk_clock
from crm_desktop.gui.complaints.turns import Turn
from crm_desktop.gui.messages import Messages
from crm_desktop.gui.session import Session
from crm_desktop.gui.widgets.buttons import Button
from crm_desktop.gui.widgets.field_form import FieldForm
from crm_desktop.services.cases import Cases
from crm_desktop.services.complaints import Complaints

NO_LINE = ("", "未定")


class HandlingTab(FieldsTab):
    """处理: who is responsible, what was wrong with the work, and why it came to the complaint."""

    def __init__(self, complaints: Complaints, cases: Cases, session: Session, messages: Messages) -> None:
        super().__init__(Turn.HANDLING, _handling_form(desk_clock(session)), complaints, cases, session, messages)
        self.body.addStretch(1)


class SolutionTab(FieldsTab):
    """方案: what the customer was told and given; 记录解决 says that his problem is solved, and when it was."""

    def __init__(self, complaints: Complaints, cases: Cases, session: Session, messages: Messages) -> None:
        super().__init__(Turn.SOLUTION, _solution_form(desk_clock(session)), complaints, cases, session, messages)
        self._when = FieldForm(columns=3, clock=desk_clock(session))
        self._when.add_moment("resolved_at", "解决时间")
        self._resolve = Button("记录解决", icon="check")
        self._resolve.clicked.connect(self._on_resolve)
        self.add_buttons(self._resolve)
        self.body.addWidget(self._when)
        self.body.addStretch(1)

    def show_case(self, case: ComplaintCase) -> None:
        super().show_case(case)
        may_resolve = State(case.state) in ALLOWED_FROM[Event.RESOLVED]
        times = [event.at for event in case.events if event.kind == Event.RESOLVED]
        self._when.set_values({"resolved_at": times[-1] if times and not may_resolve else None})
        self._when.lock(not may_resolve)
        if may_resolve:
            self._when.show_hints({"resolved_at": "不填就是现在"})
        self._resolve.setEnabled(may_resolve)

    def _on_resolve(self) -> None:
        if not self.dirty or self.save():
            self.attempt(self._resolved, self._show_when)

    def _resolved(self) -> str:
        at = self._when.values()["resolved_at"]
        self._complaints.resolve(self.case.number, self.case.ver, self.act(), at=at)
        return f"{self.case.number} 已解决。"

    def _show_when(self, fields: Mapping[str, str]) -> None:
        self._when.show_errors({"resolved_at": "；".join(fields.values())})


class MeasuresTab(FieldsTab):
    """措施: what keeps it from happening again, by when."""

    def __init__(self, complaints: Complaints, cases: Cases, session: Session, messages: Messages) -> None:
        super().__init__(Turn.MEASURES, _measures_form(desk_clock(session)), complaints, cases, session, messages)
        self.body.addStretch(1)


def _handling_form(clock: Clock) -> FieldForm:
    form = FieldForm(columns=3, clock=clock)
    form.add_choice("line", "责任线", (NO_LINE, *Line), "")
    form.add_line("responsible", "责任人")
    form.add_line("order_number", "委托书号")
    form.add_line("adviser", "服务顾问")
    form.add_line("technician", "主修技师")
    form.add_moment("occurred_at", "发生时间")
    form.add_text("correction", "缺点纠正", rows=4, placeholder="这一次怎么改正：做了什么、谁做的")
    form.add_text("root_cause", "抱怨产生根本原因分析", rows=5, placeholder="为什么会发生，为什么没有提前发现")
    return form


def _solution_form(clock: Clock) -> FieldForm:
    form = FieldForm(columns=3, clock=clock)
    form.add_text("first_reply", "当面答复", rows=3, placeholder="当场答应了客户什么")
    form.add_text("solution", "解决措施", rows=4, placeholder="怎样解决客户的问题")
    form.add_text("soothing", "安抚措施", rows=3, placeholder="怎样让客户消气：道歉、代步车、补偿")
    form.add_text("told_customer", "告知客户的内容", rows=2, placeholder="处理结果怎样告诉客户的")
    form.add_moment("told_at", "告知时间")
    return form


def _measures_form(clock: Clock) -> FieldForm:
    form = FieldForm(columns=2, clock=clock)
    form.add_text("long_term_measure", "长期质量保证的措施", rows=7, placeholder="谁、做什么、何时或多久一次、怎样验证")
    form.add_day("planned_on", "计划完成日期")
    form.add_day("done_on", "实际完成日期")
    return form
