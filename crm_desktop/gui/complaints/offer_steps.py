"""方案 A/B/C and promises to the customer, each written, answered and settled in a small dialog."""

from __future__ import annotations

from datetime import datetime

from crm_desktop.clock import to_local
from crm_desktop.domain.acts import Act
from crm_desktop.domain.complaint_rows import ComplaintCase
from crm_desktop.domain.errors import InvalidInput
from crm_desktop.domain.promises import PromiseOutcome, PromiseRow
from crm_desktop.domain.sheets import shown
from crm_desktop.domain.solutions import SolutionDraft, SolutionRow
from crm_desktop.gui.complaints.case_steps import Step
from crm_desktop.gui.complaints.procedure import Procedure
from crm_desktop.gui.step_dialog import Answer
from crm_desktop.gui.widgets.field_form import FieldForm

_OURS, _THEIRS = "本店的方案", "客户自己的方案"


class Propose(Step):
    """One more option laid before the customer."""

    title = "写方案"
    word = "保存方案"
    sentence = "给客户的选择，最多 A、B、C 三个；客户自己提的另写一条。"

    def ask(self, form: FieldForm, case: ComplaintCase, now: datetime) -> None:
        form.add_choice("whose", "谁提的", (_OURS, _THEIRS), _OURS)
        _option_fields(form)

    def do(self, case: ComplaintCase, answer: Answer, act: Act) -> str:
        self.services.solutions.propose(case.number, _draft(answer, answer.values["whose"] == _THEIRS), act)
        return f"{case.number} 的方案已保存。"


class Amend(Step):
    """An option as it stands, and what the customer says to it."""

    word = "保存方案"
    sentence = "改方案，或写下客户的意见。"

    def __init__(self, procedure: Procedure, row: SolutionRow) -> None:
        super().__init__(procedure)
        self.title, self._row = row.title, row

    def part(self) -> str:
        return str(self._row.id)

    def ask(self, form: FieldForm, case: ComplaintCase, now: datetime) -> None:
        _option_fields(form)
        draft = self._row.draft
        known = {"what": draft.what, "feasibility": draft.feasibility, "opinion": draft.opinion}
        form.set_values({**known, "cost": draft.cost_fen // 100})

    def do(self, case: ComplaintCase, answer: Answer, act: Act) -> str:
        draft = _draft(answer, self._row.draft.by_customer)
        self.services.solutions.amend(self._row.id, self._row.ver, draft, act)
        return f"{case.number} 的{self._row.title}已保存。"


class Agree(Step):
    """商定: the option that is carried out."""

    title = "商定方案"
    word = "客户同意这一个"
    sentence = "客户同意了哪一个；解决措施还空着的，会用它填上。"

    def ask(self, form: FieldForm, case: ComplaintCase, now: datetime) -> None:
        rows = self.services.solutions.of_complaint(case.number)
        form.add_choice("option", "哪一个", [(row.id, row.title) for row in rows], rows[0].id if rows else None)
        form.add_moment("at", "商定时间")
        form.show_hints({"at": "不填就是现在"})

    def do(self, case: ComplaintCase, answer: Answer, act: Act) -> str:
        rows = self.services.solutions.of_complaint(case.number)
        row = next((row for row in rows if row.id == answer.values["option"]), None)
        if row is None:
            raise InvalidInput({"option": "还没有方案，请先写方案。"})
        self.services.solutions.agree(row.id, row.ver, act, answer.values["at"])
        return f"{case.number} 商定{row.title}。"


class Promise(Step):
    """答应客户: what and until when; a clock of its own."""

    title = "答应客户"
    word = "记下"
    sentence = "答应了客户的事都有时限，到时会提醒。"

    def ask(self, form: FieldForm, case: ComplaintCase, now: datetime) -> None:
        form.add_line("what", "答应了什么", "如：下午4点回电")
        form.add_moment("due_at", "什么时候前")

    def do(self, case: ComplaintCase, answer: Answer, act: Act) -> str:
        due_at = answer.values["due_at"]
        if due_at is None:
            raise InvalidInput({"due_at": "请填答应的时间，如 16:00。"})
        self.services.promises.make(case.number, answer.values["what"], due_at, act)
        return f"{case.number} 记下了：{answer.values['what']}。"


class Settle(Step):
    """回话结果: a promise was kept, or was not."""

    title = "回话结果"
    word = "记下"

    def ask(self, form: FieldForm, case: ComplaintCase, now: datetime) -> None:
        rows = self._open(case)
        choices = [(row.id, f"{row.what}（{shown(to_local(row.due_at))}）") for row in rows]
        form.add_choice("promise", "哪一件", choices, rows[0].id if rows else None)
        form.add_choice("outcome", "结果", PromiseOutcome, PromiseOutcome.KEPT)
        form.add_moment("at", "回话时间")
        form.add_line("note", "说明", "没有兑现时写原因和怎样补救")
        form.show_hints({"at": "不填就是现在"})

    def do(self, case: ComplaintCase, answer: Answer, act: Act) -> str:
        values = answer.values
        row = next((row for row in self._open(case) if row.id == values["promise"]), None)
        if row is None:
            raise InvalidInput({"promise": "没有等着兑现的事。"})
        if values["outcome"] == PromiseOutcome.KEPT:
            self.services.promises.keep(row.id, row.ver, act, values["at"], values["note"])
        else:
            self.services.promises.break_(row.id, row.ver, act, values["note"])
        return f"{case.number} 的“{row.what}”{values['outcome']}。"

    def _open(self, case: ComplaintCase) -> list[PromiseRow]:
        return [row for row in self.services.promises.of_complaint(case.number) if row.settled_at is None]


def _option_fields(form: FieldForm) -> None:
    form.add_number("cost", "店方成本", "元")
    form.add_text("what", "方案内容", rows=3, placeholder="给客户做什么、什么时候做完")
    form.add_line("feasibility", "可行性", "配件、工位、授权是否具备", span=2)
    form.add_line("opinion", "客户意见", "如：同意、要求修改", span=2)


def _draft(answer: Answer, by_customer: bool) -> SolutionDraft:
    values = answer.values
    return SolutionDraft(
        values["what"], (values["cost"] or 0) * 100, values["feasibility"], by_customer, values["opinion"]
    )
