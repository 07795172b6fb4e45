"""What is done with a month's report: put it together, sign it, review it, write about it, choose its cases."""

from __future__ import annotations

from datetime import datetime

from crm_desktop.domain.acts import Act
from crm_desktop.domain.monthly_report import SECTIONS
from crm_desktop.domain.rights import Right
from crm_desktop.gui.asking import Question
from crm_desktop.gui.step_dialog import Answer
from crm_desktop.gui.widgets.field_form import FieldForm
from crm_desktop.services.monthly import MonthlyReports
from crm_desktop.services.monthly_editions import MonthlyEditions


class Freeze(Question):
    """编制: the numbers as they are now, word for word."""

    title = "编制月报"
    sentence = "把这个月现在的数字、图和清单原样保存为新的一版，交服务总监签字、总经理审阅。旧版照样能看。"
    right = Right.FREEZE

    def __init__(self, reports: MonthlyReports, period: str) -> None:
        self._reports, self._period = reports, period

    def do(self, answer: Answer, act: Act) -> str:
        made = self._reports.freeze(self._period, act)
        return f"{made.period} 月报第 {made.edition} 版已编制，{made.state}。"


class Sign(Question):
    """服务总监签字."""

    title = "服务总监签字"
    sentence = "签字以后这一版交总经理审阅。"
    right = Right.SIGN_REPORT

    def __init__(self, editions: MonthlyEditions, period: str) -> None:
        self._editions, self._period = editions, period

    def about(self) -> str:
        return self._period

    def ask(self, form: FieldForm, now: datetime) -> None:
        form.add_text("opinion", "意见", 3)

    def do(self, answer: Answer, act: Act) -> str:
        signed = self._editions.sign(self._period, str(answer.values["opinion"]), act)
        return f"{signed.period} 月报第 {signed.edition} 版服务总监已签字，{signed.state}。"


class Review(Question):
    """总经理审阅."""

    title = "总经理审阅"
    sentence = "审阅以后这一版定稿；以后数据有变化，要编制新的一版。"
    right = Right.REVIEW

    def __init__(self, editions: MonthlyEditions, period: str) -> None:
        self._editions, self._period = editions, period

    def about(self) -> str:
        return self._period

    def ask(self, form: FieldForm, now: datetime) -> None:
        form.add_text("opinion", "意见", 3)

    def do(self, answer: Answer, act: Act) -> str:
        signed = self._editions.review(self._period, str(answer.values["opinion"]), act)
        return f"{signed.period} 月报第 {signed.edition} 版总经理已审阅，{signed.state}。"


class Comment(Question):
    """写评注 under one section."""

    title = "写评注"
    word = "保存评注"
    sentence = "评注印在这一章下面；清空就去掉。已编制的版本不变，下一版才有。"
    right = Right.FREEZE

    def __init__(self, editions: MonthlyEditions, period: str, section: str) -> None:
        self._editions, self._period, self._section = editions, period, section
        self._known: dict[str, str] = {}

    def about(self) -> str:
        return f"{self._period}/{self._section}"

    def ask(self, form: FieldForm, now: datetime) -> None:
        form.add_choice("section", "章", [(key, title) for key, title in SECTIONS.items()], self._section)
        form.add_text("text", "评注", 4)
        self._known = {one.section: one.text for one in self._editions.comments(self._period)}
        form.set_values({"text": self._known.get(self._section, "")})

    def do(self, answer: Answer, act: Act) -> str:
        section = str(answer.values["section"])
        seen = self._known.get(section, "")
        self._editions.comment(self._period, section, str(answer.values["text"]), act, seen)
        return f"“{SECTIONS[section]}”的评注已保存。"


class ChooseCases(Question):
    """换典型案例."""

    title = "换典型案例"
    word = "保存"
    sentence = "写要讲的单号，用顿号或空格隔开；清空就按规则选。"
    right = Right.FREEZE

    def __init__(self, editions: MonthlyEditions, period: str, numbers: tuple[str, ...]) -> None:
        """``numbers``: those told now."""
        self._editions, self._period, self._numbers = editions, period, numbers

    def about(self) -> str:
        return self._period

    def ask(self, form: FieldForm, now: datetime) -> None:
        form.add_text("numbers", "单号", 2)
        form.set_values({"numbers": "、".join(self._numbers)})

    def do(self, answer: Answer, act: Act) -> str:
        text = str(answer.values["numbers"])
        for mark in "、，,；;\n":
            text = text.replace(mark, " ")
        self._editions.choose_cases(self._period, text.split(), act)
        return "典型案例已换。" if text.strip() else "典型案例又按规则选。"
