"""What the desk does with a measure: set it up, change it, say it was carried out, give it up."""

from __future__ import annotations

import re
from datetime import date, datetime

from crm_desktop.clock import to_local
from crm_desktop.domain.acts import Act
from crm_desktop.domain.measures import MeasureDraft, MeasureKind, MeasureRow
from crm_desktop.domain.proofs import WATCH_DAYS
from crm_desktop.domain.rights import Right
from crm_desktop.domain.sheets import shown
from crm_desktop.gui.asking import Question
from crm_desktop.gui.step_dialog import Answer
from crm_desktop.gui.widgets.field_form import FieldForm
from crm_desktop.services.measures import Measures

_BETWEEN = re.compile(r"[\s,，、;；]+")
_TYPED = ("kind", "cause", "what", "who", "due_on", "amount", "verify", "watch_days")


class SetUp(Question):
    """新建措施, filled with what its complaint says already."""

    title = "新建措施"
    word = "保存措施"
    sentence = "一项措施写一个人、一件事：谁、做什么、何时完成、怎样验证，四样都要有。"
    right = Right.MEASURE
    on_behalf = True

    def __init__(self, measures: Measures, draft: MeasureDraft, owner: str, *, lets_pass: bool) -> None:
        """``lets_pass``: whoever sits here may let pass words that say nothing."""
        self._measures, self._draft, self._lets_pass = measures, draft, lets_pass
        self.owner = owner

    def about(self) -> str:
        return f"{'/'.join(self._draft.complaints)}/{self._draft.replaces or ''}"

    def ask(self, form: FieldForm, now: datetime) -> None:
        _measure_fields(form, self._draft, lets_pass=self._lets_pass)

    def do(self, answer: Answer, act: Act) -> str:
        draft = _draft(answer, self._draft.replaces)
        override = str(answer.values.get("override", ""))
        saved = self._measures.register(draft, act, on_behalf_of=_told(answer), override=override)
        return f"{saved.number} 已登记：{draft.who}，{shown(draft.due_on)} 前完成。"


class Amend(Question):
    """修改 of a measure that is not done yet."""

    title = "修改措施"
    word = "保存措施"
    sentence = "还没有完成的措施可以改；改动都留在历史里。"
    right = Right.MEASURE
    on_behalf = True

    def __init__(self, measures: Measures, row: MeasureRow, owner: str, *, lets_pass: bool) -> None:
        """``lets_pass``: whoever sits here may let pass words that say nothing."""
        self._measures, self._row, self._lets_pass = measures, row, lets_pass
        self.owner = owner

    def about(self) -> str:
        return self._row.number

    def ask(self, form: FieldForm, now: datetime) -> None:
        _measure_fields(form, self._row.draft, lets_pass=self._lets_pass)

    def do(self, answer: Answer, act: Act) -> str:
        draft = _draft(answer, self._row.draft.replaces)
        override = str(answer.values.get("override", ""))
        row = self._row
        self._measures.amend(row.id, row.ver, draft, act, on_behalf_of=_told(answer), override=override)
        return f"{self._row.number} 已保存。"


class Finish(Question):
    """登记完成: on which day, by whom, and what proves it."""

    title = "登记完成"

    def __init__(self, measures: Measures, row: MeasureRow) -> None:
        self._measures, self._row = measures, row

    def about(self) -> str:
        return self._row.number

    def explain(self) -> str:
        return f"{self._row.number}：{self._row.draft.what}"

    def ask(self, form: FieldForm, now: datetime) -> None:
        form.add_day("done_on", "实际完成日期")
        form.add_line("done_by", "完成人")
        form.add_text("evidence", "完成证据", rows=3, placeholder="照片、记录表、签到单：有几份、放在哪里")
        form.add_day("tell_on", "告诉客户")
        form.set_values({"done_on": to_local(now).date(), "done_by": self._row.draft.who})
        form.show_hints({"tell_on": "填了日期，那天给每位抱怨过的客户回访一次，说改好了；不填不打"})

    def do(self, answer: Answer, act: Act) -> str:
        values, row = answer.values, self._row
        told: date | None = values["tell_on"]
        self._measures.finish(row.id, row.ver, values["evidence"], act, values["done_on"], values["done_by"], told)
        calls = f"{told:%m-%d} 给客户回访，" if told else ""
        return f"{row.number} 已完成，{calls}{row.draft.watch_days} 天后由另一个人评估有效性。"


class GiveUp(Question):
    """取消 of a measure nobody wants any more."""

    title = "取消措施"
    sentence = "取消的措施仍留在清单里，注明已取消。"
    right = Right.MEASURE
    on_behalf = True

    def __init__(self, measures: Measures, row: MeasureRow, owner: str) -> None:
        self._measures, self._row = measures, row
        self.owner = owner

    def about(self) -> str:
        return self._row.number

    def ask(self, form: FieldForm, now: datetime) -> None:
        form.add_line("reason", "取消原因", span=2)

    def do(self, answer: Answer, act: Act) -> str:
        self._measures.cancel(self._row.id, self._row.ver, answer.values["reason"], act, on_behalf_of=_told(answer))
        return f"{self._row.number} 已取消。"


def _measure_fields(form: FieldForm, draft: MeasureDraft, *, lets_pass: bool) -> None:
    form.add_line("complaints", "抱怨单号", "几张单用顿号分开")
    form.add_choice("kind", "类型", MeasureKind, MeasureKind.CORRECTIVE)
    form.add_text("cause", "根本原因", rows=3, placeholder="为什么会发生，为什么没有提前发现")
    form.add_text("what", "措施", rows=3, placeholder="具体做什么，做到什么程度")
    form.add_line("who", "责任人", "一个人或一个岗位")
    form.add_day("due_on", "计划完成")
    form.add_line("amount", "数量", "如：每周抽查 10 台")
    form.add_choice("watch_days", "观察", [(days, f"{days} 天") for days in WATCH_DAYS], draft.watch_days)
    form.add_text("verify", "验证方法", rows=2, placeholder="谁、看什么记录、多少台、合格是什么样")
    if lets_pass:
        form.add_line("override", "放行原因", "检查不通过而要放行时写，月报会计数", span=2)
    form.set_values({name: getattr(draft, name) for name in _TYPED} | {"complaints": "、".join(draft.complaints)})


def _told(answer: Answer) -> str:
    """Whose words they are, where another enters them (代录)."""
    return answer.told.of if answer.told else ""


def _draft(answer: Answer, replaces: int | None) -> MeasureDraft:
    values = answer.values
    numbers = tuple(number for number in _BETWEEN.split(values["complaints"]) if number)
    return MeasureDraft(**{name: values[name] for name in _TYPED}, complaints=numbers, replaces=replaces)
