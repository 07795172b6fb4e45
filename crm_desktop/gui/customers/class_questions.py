"""What is decided about a customer: a step of the 分类, a grade, a tag."""

from __future__ import annotations

from datetime import datetime

from crm_desktop.clock import local_day
from crm_desktop.domain.acts import Act
from crm_desktop.domain.grading import Grade, told_figures, why
from crm_desktop.domain.profile import ProfileFacts, Stage
from crm_desktop.domain.rights import Right
from crm_desktop.gui.asking import Question
from crm_desktop.gui.customers.profile_desk import ProfileDesk
from crm_desktop.gui.customers.words import add_words
from crm_desktop.gui.step_dialog import Answer
from crm_desktop.gui.widgets.field_form import FieldForm


class MoveStage(Question):
    """改分类."""

    title = "改分类"
    sentence = "新、目标、潜在、意向、成交、流失，从哪一天起；每一步都留着。"
    right = Right.PROFILE

    def __init__(self, desk: ProfileDesk, facts: ProfileFacts) -> None:
        self._desk, self._facts = desk, facts

    def about(self) -> str:
        return f"customer:{self._facts.customer_id}"

    def ask(self, form: FieldForm, now: datetime) -> None:
        form.add_choice("stage", "分类", Stage, self._facts.stage or Stage.NEW)
        form.add_day("since_on", "从哪天起").set_value(local_day(now))
        form.add_line("note", "说明", span=2)

    def do(self, answer: Answer, act: Act) -> str:
        told = answer.values
        found = self._facts.customer_id
        self._desk.profiles.move_stage(found, str(told["stage"]), act, told["since_on"], str(told["note"]))
        return f"分类已改为“{told['stage']}”。"


class GiveGrade(Question):
    """评级: a person decides, the figures of the year propose."""

    title = "评级"
    right = Right.CUSTOMER_BASE

    def __init__(self, desk: ProfileDesk, facts: ProfileFacts) -> None:
        self._desk, self._facts = desk, facts

    def about(self) -> str:
        return f"customer:{self._facts.customer_id}"

    def explain(self) -> str:
        first, last = self._desk.grades.period()
        found, rules = self._desk.grades.proposal(self._facts.customer_id), self._desk.rules.grading()
        return (
            f"{first} 到 {last}：{told_figures(found.figures)}。"
            f"得 {found.score} 分，建议“{found.proposed}”（{why(found, rules)}）；定别的等级请写明理由。"
        )

    def ask(self, form: FieldForm, now: datetime) -> None:
        form.add_choice("grade", "等级", Grade, self._desk.grades.proposal(self._facts.customer_id).proposed)
        form.add_line("reason", "评级理由", span=2)

    def do(self, answer: Answer, act: Act) -> str:
        grade = str(answer.values["grade"])
        self._desk.grades.confirm(self._facts.customer_id, grade, act, str(answer.values["reason"]))
        return f"等级已定为“{grade}”。"


class PutTag(Question):
    """添加标签."""

    title = "添加标签"
    sentence = "写一个短词，柜台来人时会看到，例如：怕等待、重态度。"
    right = Right.PROFILE

    def __init__(self, desk: ProfileDesk, facts: ProfileFacts) -> None:
        self._desk, self._facts = desk, facts

    def about(self) -> str:
        return f"customer:{self._facts.customer_id}"

    def ask(self, form: FieldForm, now: datetime) -> None:
        add_words(form, self._desk.rules, "tag", "标签", span=2)

    def do(self, answer: Answer, act: Act) -> str:
        tag = str(answer.values["tag"])
        self._desk.profiles.tag(self._facts.customer_id, tag, act)
        return f"标签“{tag.strip()}”已加上。"
