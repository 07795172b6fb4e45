"""撤稿 and 上报: what the media published about a complaint, and what went up to the maker's public relations."""

from __future__ import annotations

from datetime import datetime

from crm_desktop.clock import to_local
from crm_desktop.domain.acts import Act
from crm_desktop.domain.complaint_rows import ComplaintCase
from crm_desktop.domain.errors import InvalidInput
from crm_desktop.domain.outside import EscalationRow, PublicationDraft, PublicationRow, Withdrawn
from crm_desktop.domain.outside_parties import PartyKind, of_kind
from crm_desktop.domain.sheets import shown
from crm_desktop.gui.complaints.case_steps import Step
from crm_desktop.gui.step_dialog import Answer
from crm_desktop.gui.widgets.field_form import FieldForm
from crm_desktop.gui.widgets.suggest_line import Suggestion

_NOW = "不填就是现在"


class Publish(Step):
    """Something was published."""

    title = "登记稿件"
    sentence = "媒体或平台上发布了什么；结果出来以后再记撤稿。"

    def ask(self, form: FieldForm, case: ComplaintCase, now: datetime) -> None:
        medium = form.add_suggest("medium", "媒体", self._media, eager=False)
        medium.picked.connect(medium.set_value)
        form.add_file("screenshot", "截图")
        form.add_line("link", "链接", span=2)

    def _media(self, text: str) -> list[Suggestion]:
        return _offered(self, PartyKind.MEDIA, text)

    def do(self, case: ComplaintCase, answer: Answer, act: Act) -> str:
        values = answer.values
        file, said = self.kept(values["screenshot"]), _words(values["screenshot"])
        self.services.outside.publish(case.number, PublicationDraft(values["medium"], values["link"], said), act, file)
        return f"{case.number} 的稿件已登记。"


class Withdraw(Step):
    """撤稿 of one publication, or why it cannot be withdrawn."""

    title = "撤稿结果"
    word = "保存"

    def idle(self, case: ComplaintCase) -> str:
        return "" if self._open(case) else "没有等结果的稿件，请先“登记稿件”；没有发布的点“没有发布”。"

    def ask(self, form: FieldForm, case: ComplaintCase, now: datetime) -> None:
        rows = self._open(case)
        choices = [(row.id, row.draft.medium) for row in rows]
        form.add_choice("publication", "哪一篇", choices, rows[0].id if rows else None)
        form.add_choice("outcome", "结果", Withdrawn, Withdrawn.WITHDRAWN)
        form.add_moment("at", "时间")
        form.add_line("reason", "原因", "不能撤销时必写")
        form.show_hints({"at": _NOW})

    def do(self, case: ComplaintCase, answer: Answer, act: Act) -> str:
        values = answer.values
        row = next((row for row in self._open(case) if row.id == values["publication"]), None)
        if row is None:
            raise InvalidInput({"publication": "没有等结果的稿件。"})
        self.services.outside.settle(row.id, row.ver, act, values["outcome"], values["reason"], values["at"])
        return f"{case.number} 的稿件{values['outcome']}。"

    def _open(self, case: ComplaintCase) -> list[PublicationRow]:
        return [row for row in self.services.outside.publications(case.number) if not row.outcome]


class NothingPublished(Step):
    """The media asked, and published nothing."""

    title = "没有发布"
    word = "确认没有发布"
    sentence = "媒体来问过，但什么也没有发布。"

    def do(self, case: ComplaintCase, answer: Answer, act: Act) -> str:
        self.services.outside.nothing_published(case.number, act)
        return f"{case.number} 记为没有发布。"


class Escalate(Step):
    """上报 to the maker's public relations."""

    title = "上报公关部"
    word = "记录上报"
    sentence = "重大投诉上报厂家公关部，收到回执才能关闭。"

    def ask(self, form: FieldForm, case: ComplaintCase, now: datetime) -> None:
        recipient = form.add_suggest("recipient", "上报对象", self._offices, eager=False)
        recipient.picked.connect(recipient.set_value)
        form.add_line("how", "上报方式", "电话、邮件 …")
        form.add_moment("at", "上报时间")
        form.add_line("receipt", "回执", "已有就写，没有以后补")
        form.add_file("file", "回执文件", span=2)
        usual = self.services.outside.usual_recipient()
        form.set_values({"recipient": usual})
        reached = [party.reached for party in self.services.rules.outside_parties() if party.name == usual]
        form.show_hints({"at": _NOW, "recipient": reached[0] if reached else ""})

    def _offices(self, text: str) -> list[Suggestion]:
        return _offered(self, PartyKind.PUBLIC_RELATIONS, text)

    def do(self, case: ComplaintCase, answer: Answer, act: Act) -> str:
        values = answer.values
        self.services.outside.escalate(
            case.number, case.ver, act, values["how"], values["at"], values["recipient"], values["receipt"],
            self.kept(values["file"]),
        )  # fmt: skip
        return f"{case.number} 已上报{values['recipient']}。"


class Receive(Step):
    """The receipt came."""

    title = "收到回执"
    word = "保存"

    def idle(self, case: ComplaintCase) -> str:
        return "" if self._open(case) else "没有等回执的上报，请先“上报公关部”。"

    def ask(self, form: FieldForm, case: ComplaintCase, now: datetime) -> None:
        rows = self._open(case)
        choices = [(row.id, f"{row.recipient} {shown(to_local(row.at))}") for row in rows]
        form.add_choice("escalation", "哪一次上报", choices, rows[-1].id if rows else None)
        form.add_moment("at", "收到时间")
        form.add_line("receipt", "回执", "编号或内容", span=2)
        form.add_file("file", "回执文件", span=2)
        form.show_hints({"at": _NOW})

    def do(self, case: ComplaintCase, answer: Answer, act: Act) -> str:
        values = answer.values
        row = next((row for row in self._open(case) if row.id == values["escalation"]), None)
        if row is None:
            raise InvalidInput({"escalation": "没有等回执的上报，请先上报。"})
        file = self.kept(values["file"])
        self.services.outside.receive(row.id, row.ver, act, values["receipt"], values["at"], file)
        return f"{case.number} 的回执已记录。"

    def _open(self, case: ComplaintCase) -> list[EscalationRow]:
        return [row for row in self.services.outside.escalations(case.number) if not row.receipt]


def _offered(step: Step, kind: PartyKind, text: str) -> list[Suggestion]:
    """Those of the address book whose name holds what was typed."""
    known = of_kind(step.services.rules.outside_parties(), kind)
    return [Suggestion(party.name, party.reached, party.name) for party in known if text in party.name]


def _words(typed: object) -> str:
    """What was typed where no file was chosen."""
    return typed if isinstance(typed, str) else ""
