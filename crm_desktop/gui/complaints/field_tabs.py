"""The tabs 处理, 方案 and 措施: what each asks for, in the order of the paper."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from PySide6.QtCore import Signal

from crm_desktop.clock import Clock
from crm_desktop.domain.complaint_rows import ComplaintCase
from crm_desktop.domain.complaints import EVENT_LABELS, Channel, Event, Line, State
from crm_desktop.domain.deadlines import Milestone
from crm_desktop.domain.outside_parties import KIND_OF_CHANNEL, of_kind, whom_to_call
from crm_desktop.domain.procedure import ALLOWED_FROM
from crm_desktop.domain.rights import Right
from crm_desktop.domain.routes import ResolveTo
from crm_desktop.domain.standing import ClockState
from crm_desktop.gui.asking import may_decide
from crm_desktop.gui.complaints.case_tab import FieldsTab
from crm_desktop.gui.complaints.class_line import ClassLine
from crm_desktop.gui.complaints.clock_rows import last_event
from crm_desktop.gui.complaints.desk_clock import desk_clock
from crm_desktop.gui.complaints.ledger_dialog import TITLE as LEDGER
from crm_desktop.gui.complaints.ledger_dialog import LedgerDialog
from crm_desktop.gui.complaints.offers_block import OffersBlock
from crm_desktop.gui.complaints.outside_block import OutsideBlock
from crm_desktop.gui.complaints.procedure import Procedure
from crm_desktop.gui.complaints.repair_steps import LetPass
from crm_desktop.gui.complaints.similar_dialog import TITLE as SIMILAR
from crm_desktop.gui.complaints.similar_dialog import SimilarDialog
from crm_desktop.gui.complaints.turns import Turn
from crm_desktop.gui.complaints.wording_watch import WordingWatch
from crm_desktop.gui.keeping import Keeping
from crm_desktop.gui.messages import Messages
from crm_desktop.gui.session import Session
from crm_desktop.gui.widgets.buttons import Button, Weight
from crm_desktop.gui.widgets.field_form import FieldForm
from crm_desktop.gui.widgets.fields import TextField
from crm_desktop.gui.widgets.labels import plain_tooltip

NO_LINE = ("", "未定")
_RESOLVE = "记录解决"
_HOTLINE = ("oem_ticket", "oem_closed_at")
_BODY = ("case_number", "case_result")
_OVERRIDDEN = "服务总监已放行。"
_LET_PASS, _ASK_TO_LET_PASS = "放行", "请服务总监放行"


class WatchedTab(FieldsTab):
    """A tab with one text that is read for 空话 while it is typed."""

    def __init__(
        self,
        turn: Turn,
        form: FieldForm,
        watched: str,
        procedure: Procedure,
        session: Session,
        messages: Messages,
    ) -> None:
        super().__init__(turn, form, procedure, session, messages)
        self._watched = watched
        text = form.field(watched)
        assert isinstance(text, TextField)  # noqa: S101 - causes and measures are long texts
        self._watch = WordingWatch(watched, text)
        self._template = Button("套用模板", weight=Weight.QUIET)
        self._let_pass = Button(_LET_PASS, weight=Weight.QUIET)
        self.add_buttons(self._template, self._let_pass)
        self._watch.judged.connect(self._on_judged)
        self._template.clicked.connect(self._watch.apply_template)
        self._let_pass.clicked.connect(self._on_let_pass)

    def show_case(self, case: ComplaintCase) -> None:
        super().show_case(case)
        self._watch.use(self.services.rules.wording())

    def _on_judged(self, sentence: str) -> None:
        text = str(self.form.field(self._watched).typed())
        stands = self._case is not None and text == self._case.fields[self._watched]
        passed = bool(text) and stands and not self._fault(text)
        if self._watch.blocks and passed:
            sentence = _OVERRIDDEN
        wanting = self._watch.blocks and not passed
        self.form.show_doubts({self._watched: sentence} if sentence and wanting else {})
        if sentence and not wanting and not self.locked:
            self.form.show_praise({self._watched: sentence})
        writable = self.can_save
        self._template.setVisible(writable and (self._watch.blocks or not text) and not passed)
        self._let_pass.setVisible(writable and stands and bool(text) and self._watch.blocks and not passed)
        self._let_pass.say(_LET_PASS if may_decide(self.act(), Right.OVERRIDE, "") else _ASK_TO_LET_PASS)

    def _fault(self, text: str) -> str:
        return self.services.closing.wording_fault(self._watched, text, self.case.id)

    def _on_let_pass(self) -> None:
        self.step_wanted.emit(LetPass(self.services, self._watched))


class HandlingTab(WatchedTab):
    """处理: who is responsible, what was wrong with the work, why it came to the complaint, and what its route asks."""

    def __init__(self, procedure: Procedure, session: Session, messages: Messages) -> None:
        form = _handling_form(desk_clock(session))
        super().__init__(Turn.HANDLING, form, "root_cause", procedure, session, messages)
        self._outside = OutsideBlock(procedure)
        self._outside.wanted.connect(self.step_wanted)
        form.field("line").changed.connect(self._on_line)
        self.body.addWidget(self._outside)
        self.body.addStretch(1)

    def show_case(self, case: ComplaintCase) -> None:
        super().show_case(case)
        channel = case.fields["channel"]
        self.form.offer(channel == Channel.HOTLINE, *_HOTLINE)
        self.form.offer(channel in (Channel.CONSUMER_BODY, Channel.AUTHORITY), *_BODY)
        self._outside.show_case(case, writable=self.can_save)
        known = of_kind(self.services.rules.outside_parties(), KIND_OF_CHANNEL.get(str(channel)))
        self.form.show_hints(dict.fromkeys(("oem_ticket", "case_number"), whom_to_call(known)))

    def _on_line(self) -> None:
        """Who answers for the line is its 责任人 unless somebody else is named (A20)."""
        line, responsible = self.form.field("line"), self.form.field("responsible")
        answering = {row.line: row.name for row in self.services.duties.lines()}
        if line.hasFocus() and responsible.typed().strip() in ("", *answering.values()):
            responsible.set_value(answering.get(str(line.value()), ""))

    def go_to(self, field: str = "") -> None:
        if field in ("withdrawals", "receipt"):
            self._outside.go_to(field)
        else:
            super().go_to(field)


class SolutionTab(FieldsTab):
    """方案: what the customer was told, offered and given; 记录解决 says when his problem was solved."""

    def __init__(self, procedure: Procedure, session: Session, messages: Messages) -> None:
        form = _solution_form(desk_clock(session))
        super().__init__(Turn.SOLUTION, form, procedure, session, messages)
        self._when = FieldForm(columns=3, clock=desk_clock(session))
        self._when.add_moment("resolved_at", "解决时间")
        self._when.add_line("late_reason", "超期原因", "超期了，为什么", span=2)
        self._when_kept = Keeping(session, _RESOLVE, self._when, self)
        self._when_kept.told.connect(messages.note)
        self._offers = OffersBlock(procedure, desk_clock(session))
        self._offers.wanted.connect(self.step_wanted)
        self._resolve = Button(_RESOLVE, icon="check")
        self._resolve.clicked.connect(self._on_resolve)
        self._ledger = Button(LEDGER, weight=Weight.QUIET)
        self._ledger.clicked.connect(self._on_ledger)
        self._similar = Button(SIMILAR, weight=Weight.QUIET)
        self._similar.clicked.connect(self._on_similar)
        self.add_buttons(self._resolve, self._ledger, self._similar)
        self._classes = ClassLine(procedure, self.act, messages)
        self._classes.wanted.connect(self.step_wanted)
        self._classes.stored.connect(self.stored)
        self.body.addWidget(self._when)
        self.body.addWidget(self._classes)
        self.body.addWidget(self._offers)
        self.body.addStretch(1)

    def show_case(self, case: ComplaintCase) -> None:
        other = self._case is None or self._case.number != case.number
        if other:
            self._when_kept.leave()
        super().show_case(case)
        may_resolve = State(case.state) in ALLOWED_FROM[Event.RESOLVED]
        resolved = last_event(case, Event.RESOLVED)
        if other or not (may_resolve and self._when.dirty):
            self._when.set_values({"resolved_at": resolved.at if resolved else None, "late_reason": ""})
        self._when.lock(not may_resolve)
        self._when.offer(may_resolve and self._is_late(case), "late_reason")
        if may_resolve:
            self._when.show_hints({"resolved_at": "不填就是现在"})
            self._when_kept.turn_to(case.number)
        self._resolve.setVisible(may_resolve)
        self._classes.show_case(case)
        self._offers.show_case(case, writable=self.can_save)
        kept = self.services.compensations.of_complaint(case.number)
        self._ledger.say(f"{LEDGER} {len(kept.rows)} 笔" if kept.rows else LEDGER)
        self._ledger.setToolTip(plain_tooltip(kept.words))
        if self.services.compensations.keeps_ledger(case.number):  # then the sum is no text to type over
            self.form.lock(True, "compensation")
            self.form.show_hints({"compensation": "按笔登记"})

    def values_of(self, case: ComplaintCase) -> dict[str, object]:
        fen = case.fields["compensation_fen"]
        yuan = fen // 100 if isinstance(fen, int) else None
        return {name: yuan if name == "compensation" else case.fields[name] for name in self.form.typed()}

    def write_changes(self, changes: Mapping[str, object]) -> None:
        super().write_changes(_in_fen(changes))

    def go_to(self, field: str = "") -> None:
        if field == "resolve":
            self._when.go_to("resolved_at")
        elif field == "solutions":
            self._offers.go_to()
        else:
            super().go_to(field)

    def _on_similar(self) -> None:
        dialog = SimilarDialog(self.services, self.case, self.can_save, self.window())
        dialog.adopted.connect(self._on_adopted)
        dialog.show()

    def _on_adopted(self, texts: Mapping[str, str]) -> None:
        """What others did stands in the form to be changed; nothing is saved and nothing typed is lost."""
        for name, text in texts.items():
            mine = str(self.form.field(name).typed()).strip()
            self.form.field(name).set_value(text if not mine or text in mine else f"{mine}\n{text}")
        self.touched.emit()
        self.form.go_to(next(iter(texts), "solution"))

    def _on_ledger(self) -> None:
        place, writable = self.window(), self.can_save
        dialog = LedgerDialog(self.services, self._session, self._messages, self.case.number, writable, place)
        dialog.stored.connect(self.stored)
        dialog.open()

    def _is_late(self, case: ComplaintCase) -> bool:
        """Whether the clock that stops with 解决 has run out; that of 400 and 媒体 stops with 关闭."""
        if case.history:
            return False
        rule = self.services.rules.rulebook().rule(str(case.fields["channel"]), str(case.fields["severity"]))
        standing = self.services.clocks.milestones_of(case.number)
        late = any(one.deadline.milestone is Milestone.RESOLVE and one.state is ClockState.LATE for one in standing)
        return late and rule.resolve_to is ResolveTo.RESOLVED

    def _on_resolve(self) -> None:
        if (not self.dirty or self.save()) and self._tells_what_is_new():
            self.attempt(self._resolved, self._show_when)

    def _tells_what_is_new(self) -> bool:
        """After a 退回 or 重开 the old solution stands in the form: once more as it is only when that is meant."""
        back = self.services.cases.idle_since(self.case)
        if back is None:
            return True
        word = EVENT_LABELS[back.kind]
        wanting = f"{word}（{back.note}）以后解决措施没有改过，也没有新的返修或方案，请写明这次新做了什么。"
        if self._messages.ask("照原来的措施记录解决？", wanting, "照原样记录", "去写明"):
            return True
        self.go_to("solution")
        return False

    def _resolved(self) -> str:
        told: dict[str, Any] = self._when.values()
        at: datetime | None = told["resolved_at"]
        self.services.complaints.resolve(
            self.case.number, self.case.ver, self.act(), at=at, late_reason=told["late_reason"]
        )
        self._when.mark_saved()
        return f"{self.case.number} 已解决。"

    def _show_when(self, fields: Mapping[str, str]) -> None:
        """What is missing is said at its field, and what is wrong with the time at the time."""
        mine = {name: sentence for name, sentence in fields.items() if name in self.form.typed()}
        rest = "；".join(sentence for name, sentence in fields.items() if name not in mine)
        self._when.show_errors({"resolved_at": rest} if rest else {})
        self.form.show_errors(mine)


class MeasuresTab(WatchedTab):
    """措施: what keeps it from happening again, by when; locked until the root cause passes.

    ``measure_wanted``: what stands here is to be followed as a measure of its own in 纠正预防.
    """

    measure_wanted = Signal()

    def __init__(self, procedure: Procedure, session: Session, messages: Messages) -> None:
        form = _measures_form(desk_clock(session))
        super().__init__(Turn.MEASURES, form, "long_term_measure", procedure, session, messages)
        self._set_up = Button("立为措施", icon="shield-check")
        self._set_up.setToolTip("在“纠正预防”里单独跟踪：谁、何时完成、怎样验证，到期提醒和评估")
        self._set_up.clicked.connect(self.measure_wanted)
        self.add_buttons(self._set_up)
        self.body.addStretch(1)

    def show_case(self, case: ComplaintCase) -> None:
        super().show_case(case)
        self._set_up.setVisible(self.can_save and bool(case.fields["long_term_measure"]))


def _in_fen(changes: Mapping[str, object]) -> dict[str, object]:
    told = {name: value for name, value in changes.items() if name != "compensation"}
    if "compensation" in changes:
        yuan = changes["compensation"]
        told["compensation_fen"] = yuan * 100 if isinstance(yuan, int) else None
    return told


def _handling_form(clock: Clock) -> FieldForm:
    form = FieldForm(columns=3, clock=clock)
    form.add_choice("line", "责任线", (NO_LINE, *Line), "")
    form.add_line("responsible", "责任人")
    form.add_line("order_number", "委托书号")
    form.add_line("adviser", "服务顾问")
    form.add_line("technician", "主修技师")
    form.add_moment("occurred_at", "发生时间")
    form.add_moment("patience_until", "客户最多等到")
    form.add_line("oem_ticket", "厂家工单号")
    form.add_moment("oem_closed_at", "厂家工单关闭时间")
    form.new_row()
    form.add_line("case_number", "对方案号")
    form.add_line("case_result", "对方处理结果", span=2)
    form.add_text("correction", "缺点纠正", rows=3, placeholder="这一次怎么改正：做了什么、谁做的")
    form.add_text("root_cause", "抱怨产生根本原因分析", rows=4, placeholder="为什么会发生，为什么没有提前发现")
    return form


def _solution_form(clock: Clock) -> FieldForm:
    form = FieldForm(columns=4, clock=clock)
    form.add_text("solution", "解决措施", rows=2, placeholder="怎样解决客户的问题")
    form.add_text("soothing", "安抚措施", rows=2, placeholder="怎样让客户消气：道歉、代步车、补偿")
    form.add_line("told_customer", "告知客户的内容", "告诉了客户什么", span=2)
    form.add_moment("told_at", "告知时间")
    form.add_number("compensation", "补偿金额", "元")
    return form


def _measures_form(clock: Clock) -> FieldForm:
    form = FieldForm(columns=2, clock=clock)
    form.add_text("long_term_measure", "长期质量保证的措施", rows=7, placeholder="谁、做什么、何时或多久一次、怎样验证")
    form.add_day("planned_on", "计划完成日期")
    form.add_day("done_on", "实际完成日期")
    return form
