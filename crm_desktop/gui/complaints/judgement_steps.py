"""判定恶意/无效 by 服务总监, and taking it back; the month's satisfaction is counted with and without these."""

from __future__ import annotations

from datetime import datetime

from crm_desktop.domain.acts import Act
from crm_desktop.domain.complaint_rows import ComplaintCase
from crm_desktop.domain.judgements import Validity
from crm_desktop.domain.rights import Right
from crm_desktop.gui.complaints.case_steps import Step
from crm_desktop.gui.step_dialog import Answer
from crm_desktop.gui.widgets.field_form import FieldForm


class Judge(Step):
    """恶意 or 无效, with the reason and the evidence."""

    title = "判定恶意/无效"
    word = "判定"
    sentence = "恶意、无效由服务总监判定，月报里分开计算；单子照常办理，以后可以撤回。"
    right = Right.MALICIOUS
    columns = 1

    def ask(self, form: FieldForm, case: ComplaintCase, now: datetime) -> None:
        form.add_choice("kind", "判定为", Validity)
        form.add_line("reason", "判定理由", "为什么")
        form.add_text("evidence", "证据", rows=3, placeholder="录音、照片、记录放在哪里；判定恶意必写")
        known = self.services.judgements.of_complaint(case.number)
        if known is not None:
            form.set_values({"kind": known.kind, "reason": known.reason, "evidence": known.evidence})

    def do(self, case: ComplaintCase, answer: Answer, act: Act) -> str:
        values = answer.values
        kind = values["kind"] or ""
        self.services.judgements.judge(case.number, kind, values["reason"], values["evidence"], act)
        return f"{case.number} 已判定为{kind}。"


class TakeBack(Step):
    """A judgement that does not hold any more."""

    title = "撤回判定"
    word = "撤回"
    right = Right.MALICIOUS
    columns = 1

    def explain(self, case: ComplaintCase) -> str:
        known = self.services.judgements.of_complaint(case.number)
        return f"{known.who}判定为{known.kind}：{known.reason}" if known else "这张单没有判定过。"

    def ask(self, form: FieldForm, case: ComplaintCase, now: datetime) -> None:
        form.add_line("reason", "撤回理由")

    def do(self, case: ComplaintCase, answer: Answer, act: Act) -> str:
        self.services.judgements.take_back(case.number, answer.values["reason"], act)
        return f"{case.number} 的判定已撤回。"
