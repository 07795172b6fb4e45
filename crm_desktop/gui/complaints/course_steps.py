"""The steps from 登记 to 存档 as the desk takes them: a few fields each, defaults now, one verb."""

from __future__ import annotations

from datetime import datetime

from crm_desktop.clock import to_local
from crm_desktop.domain.acts import Act
from crm_desktop.domain.archive import FilingDraft
from crm_desktop.domain.complaint_rows import ComplaintCase
from crm_desktop.domain.complaints import FIELD_LABELS, State
from crm_desktop.domain.deadlines import Milestone
from crm_desktop.domain.rights import Right
from crm_desktop.domain.routes import ResolveTo
from crm_desktop.domain.sheets import shown
from crm_desktop.domain.staff import Role
from crm_desktop.domain.standing import ClockState
from crm_desktop.gui.clock_words import span
from crm_desktop.gui.complaints.case_steps import Step, asked
from crm_desktop.gui.step_dialog import Answer
from crm_desktop.gui.widgets.field_form import FieldForm

_NOW = "不填就是现在"
_SPOKEN = ("correction", "solution", "soothing", "told_customer")


class HandOver(Step):
    """交服务总监: to whom, when, and why late where it is late."""

    title = "交服务总监"
    word = "记录移交"
    sentence = "把这张单交给服务总监，时限从受理时间起算。"
    right = Right.HAND_OVER
    on_behalf = True

    def ask(self, form: FieldForm, case: ComplaintCase, now: datetime) -> None:
        form.add_line("to", "移交给")
        form.add_moment("at", "移交时间")
        directors = [person.name for person in self.services.staff.people() if Role.DIRECTOR in person.roles]
        form.set_values({"to": directors[0] if len(directors) == 1 else Role.DIRECTOR})
        form.show_hints({"at": _NOW})
        ask_why_late(self, form, case, now, Milestone.HAND_OVER)

    def do(self, case: ComplaintCase, answer: Answer, act: Act) -> str:
        more = asked(answer, "to", "at", "late_reason")
        self.services.complaints.hand_over(case.number, case.ver, act, told=answer.told, **more)
        return f"{case.number} 已移交{answer.values['to']}。"


class Respond(Step):
    """记录响应: when, and what was done."""

    title = "记录响应"
    sentence = "什么时候响应了客户、做了什么。"
    right = Right.RESPOND
    on_behalf = True

    def ask(self, form: FieldForm, case: ComplaintCase, now: datetime) -> None:
        form.add_moment("at", "响应时间")
        form.add_line("note", "怎样响应", "如：到场试车、回电说明")
        form.show_hints({"at": _NOW})
        ask_why_late(self, form, case, now, Milestone.RESPOND)

    def do(self, case: ComplaintCase, answer: Answer, act: Act) -> str:
        more = asked(answer, "at", "note", "late_reason")
        self.services.complaints.respond(case.number, case.ver, act, told=answer.told, **more)
        return f"{case.number} 已响应。"


class SolveOnTheSpot(Step):
    """当场解决: 响应 and 解决 in one step, with the four texts that 解决 asks for."""

    title = "当场解决"
    sentence = "客户还在面前就解决了：一次写完，响应和解决一起记录。"
    right = Right.RESOLVE
    columns = 1

    def ask(self, form: FieldForm, case: ComplaintCase, now: datetime) -> None:
        for name in _SPOKEN:
            form.add_text(name, FIELD_LABELS[name], rows=2)
        form.set_values({name: case.fields[name] for name in _SPOKEN})

    def do(self, case: ComplaintCase, answer: Answer, act: Act) -> str:
        written = {name: text for name, text in answer.values.items() if text != case.fields[name]}
        self.services.complaints.resolve_on_the_spot(case.number, case.ver, act, fields=written)
        return f"{case.number} 已当场解决。"


class Close(Step):
    """关闭: the director's decision."""

    title = "关闭"
    sentence = "关闭由服务总监决定；关闭以后等客户关爱部存档。"
    right = Right.CLOSE
    by_pin = True
    columns = 1

    def ask(self, form: FieldForm, case: ComplaintCase, now: datetime) -> None:
        form.add_line("note", "关闭意见", "可以不写")
        form.may_stay_empty("note")
        ask_why_late(self, form, case, now, Milestone.RESOLVE)

    def do(self, case: ComplaintCase, answer: Answer, act: Act) -> str:
        self.services.complaints.close(case.number, case.ver, act, **asked(answer, "note", "late_reason"))
        return f"{case.number} 已关闭。"


class _WithReason(Step):
    """A decision that only needs its reason."""

    columns = 1

    def ask(self, form: FieldForm, case: ComplaintCase, now: datetime) -> None:
        form.add_line("reason", f"{self.title}原因")


class Return(_WithReason):
    """退回: not to be closed yet."""

    title = "退回"
    sentence = "不同意关闭：退回到处理中，原因留在经过里。"
    right = Right.RETURN

    def do(self, case: ComplaintCase, answer: Answer, act: Act) -> str:
        self.services.complaints.return_(case.number, case.ver, act, answer.values["reason"])
        return f"{case.number} 已退回，继续处理。"


class Reopen(_WithReason):
    """重开: solved, closed or filed, but it came back."""

    title = "重开"
    sentence = "回到处理中，解决的时限从现在起重新算；已存档的先出档。"
    right = Right.REOPEN

    def explain(self, case: ComplaintCase) -> str:
        rule = self.services.rules.rulebook().rule(str(case.fields["channel"]), str(case.fields["severity"]))
        open_ticket = case.state == State.RESOLVED and rule.resolve_to is ResolveTo.CLOSED
        return "回到处理中；投诉工单还没有关闭，时限不变。" if open_ticket else self.sentence

    def do(self, case: ComplaintCase, answer: Answer, act: Act) -> str:
        self.services.complaints.reopen(case.number, case.ver, act, answer.values["reason"])
        return f"{case.number} 已重开。"


class Void(_WithReason):
    """作废: entered by mistake."""

    title = "作废"
    sentence = "作废后仍留在列表和登记表上，注明作废；单号不会再用，以后不能恢复。"
    right = Right.VOID

    def do(self, case: ComplaintCase, answer: Answer, act: Act) -> str:
        self.services.complaints.void(case.number, case.ver, act, answer.values["reason"])
        return f"{case.number} 已作废。"


class AskExtension(Step):
    """申请延期 of one step."""

    title = "申请延期"
    sentence = "写明延到什么时候、为什么；服务总监批准以后才算数。"

    def ask(self, form: FieldForm, case: ComplaintCase, now: datetime) -> None:
        steps = (Milestone.HAND_OVER, Milestone.RESPOND, Milestone.RESOLVE)
        form.add_choice("milestone", "哪一步", [(step, step.label) for step in steps], Milestone.RESOLVE)
        form.add_moment("until", "延到")
        form.add_line("reason", "延期原因", "如：配件 11-26 到货", span=2)

    def do(self, case: ComplaintCase, answer: Answer, act: Act) -> str:
        values = answer.values
        until = values["until"] or act.at
        self.services.extensions.ask(case.number, case.ver, act, until, values["reason"], values["milestone"])
        return f"{case.number} 已申请延期，等服务总监批准。"


class CannotNow(Step):
    """暂不能解决: explained to the customer, and when it goes on."""

    title = "暂不能解决"
    word = "提交"
    sentence = "现在解决不了：先向客户说明，再写下次办理的时间；服务总监批准以后才算数。"

    def ask(self, form: FieldForm, case: ComplaintCase, now: datetime) -> None:
        form.add_moment("explained_at", "向客户说明的时间")
        form.add_moment("until", "下次办理的时间")
        form.add_line("reason", "暂不能解决的原因", span=2)
        form.show_hints({"explained_at": _NOW})

    def do(self, case: ComplaintCase, answer: Answer, act: Act) -> str:
        values = answer.values
        until, told = values["until"] or act.at, values["explained_at"] or act.at
        self.services.extensions.cannot_resolve_now(case.number, case.ver, act, values["reason"], until, told)
        return f"{case.number} 已记暂不能解决，等服务总监批准。"


class DecideExtension(Step):
    """延期审批 by 服务总监."""

    title = "延期审批"
    word = "决定"
    right = Right.EXTEND

    def explain(self, case: ComplaintCase) -> str:
        waiting = next((row for row in self.services.extensions.of_complaint(case.number) if not row.decision), None)
        if waiting is None:
            return "没有等待批准的申请。"
        until = shown(to_local(waiting.until))
        return f"{waiting.asked_by}申请{waiting.kind}到 {until}：{waiting.reason}"

    def ask(self, form: FieldForm, case: ComplaintCase, now: datetime) -> None:
        form.add_choice("granted", "决定", ((True, "批准"), (False, "不批准")), True)
        form.add_line("note", "意见", "不批准时写明原因")

    def do(self, case: ComplaintCase, answer: Answer, act: Act) -> str:
        granted = bool(answer.values["granted"])
        self.services.extensions.decide(case.number, case.ver, act, granted, answer.values["note"])
        return f"{case.number} 的延期申请{'已批准，时限已改' if granted else '没有批准'}。"


class File(Step):
    """存档 by 客户关爱部."""

    title = "存档"
    sentence = "纸单放好以后存档：给归档号、开始算保存期限，原文从此不能再改。"
    right = Right.FILE

    def ask(self, form: FieldForm, case: ComplaintCase, now: datetime) -> None:
        form.add_line("place", "存放位置", "盒号、册号")
        form.add_day("filed_on", "归档日")
        form.set_values({"filed_on": to_local(now).date()})

    def do(self, case: ComplaintCase, answer: Answer, act: Act) -> str:
        draft = FilingDraft(answer.values["place"], answer.values["filed_on"])
        saved = self.services.archive.file(case.number, case.ver, draft, act)
        filing = self.services.filings.of_id(saved.id)
        return f"{case.number} 已存档，归档号 {filing.number}。" if filing else f"{case.number} 已存档。"


class NoteCorrection(Step):
    """更正说明 beside the text of a filed complaint."""

    title = "更正说明"
    word = "写入更正说明"
    sentence = "已存档的原文不动，更正写在旁边，打印时一起印。"

    def ask(self, form: FieldForm, case: ComplaintCase, now: datetime) -> None:
        form.add_line("about", "更正哪一栏", "如：受理时间")
        form.add_text("text", "更正说明", rows=3, placeholder="哪里错了、应该是什么")

    def do(self, case: ComplaintCase, answer: Answer, act: Act) -> str:
        self.services.archive.add_correction(case.number, answer.values["about"], answer.values["text"], act)
        return f"{case.number} 的更正说明已写入。"


def ask_why_late(step: Step, form: FieldForm, case: ComplaintCase, now: datetime, milestone: Milestone) -> None:
    """One more field where the clock of this milestone has run out."""
    for one in step.services.clocks.milestones_of(case.number, now):
        if one.deadline.milestone is milestone and one.state is ClockState.LATE:
            form.add_line("late_reason", "超期原因", f"已超期 {span(one.late_minutes)}，为什么", span=step.columns)
