"""有效性评估 asked: what is compared and for how long, the register's count beside it, what somebody else concludes."""

from __future__ import annotations

from datetime import datetime

from crm_desktop.clock import local_day, to_local
from crm_desktop.domain.acts import Act
from crm_desktop.domain.errors import InvalidInput
from crm_desktop.domain.measures import Conclusion, EvaluationDraft, MeasureRow
from crm_desktop.domain.proofs import Alike, Proof
from crm_desktop.domain.rights import Right
from crm_desktop.gui.asking import Question
from crm_desktop.gui.step_dialog import Answer
from crm_desktop.gui.widgets.field_form import FieldForm
from crm_desktop.services.measures import Measures
from crm_desktop.services.proofs import Proofs

_ASKED_AGAIN = ("compared", "window_days", "evaluated_on")
"""What the count depends on."""
_USUAL = "（建议）"


class Evaluate(Question):
    """Did the same come again? Counted wherever the complaints of the measure say what to compare."""

    title = "有效性评估"
    word = "保存评估"
    right = Right.EVALUATE

    def __init__(self, measures: Measures, proofs: Proofs, row: MeasureRow) -> None:
        self._measures, self._proofs, self._row = measures, proofs, row
        self._form: FieldForm | None = None
        self._today = row.entered_on
        self.counts = bool(proofs.proposed(row))
        """Whether the register can count it."""

    def about(self) -> str:
        return self._row.number

    def explain(self) -> str:
        return f"{self._row.number}：比一比实施前后同样天数里的同类抱怨，再发的不能判“有效”。"

    def ask(self, form: FieldForm, now: datetime) -> None:
        self._form, self._today = form, local_day(now)
        if self.counts:
            options = _comparisons(self._proofs, self._row)
            form.add_choice("compared", "比较什么", options, options[0][0])
            form.add_number("window_days", "评估窗口", "天")
            form.add_text("counted", "登记表的数", rows=4)
            form.lock(True, "counted")
            form.changed.connect(self._on_changed)
        else:
            form.add_number("before", "实施前", "件")
            form.add_number("after", "实施后", "件")
            form.add_number("window_days", "评估窗口", "天")
        form.add_text("basis", "评估依据", rows=3, placeholder="还看了哪些记录、抽查了多少、数字从哪里来")
        again = "登记表以外又发生的，没有就空着" if self.counts else "又来的抱怨单号，没有就空着"
        form.add_text("recurrences", "再发清单", rows=2, placeholder=again)
        form.add_day("evaluated_on", "评估日期")
        form.add_choice("conclusion", "评估结论", Conclusion)
        form.set_values({"window_days": self._row.draft.watch_days, "evaluated_on": to_local(now).date()})
        if self.counts:
            self._count(form)

    def do(self, answer: Answer, act: Act) -> str:
        values = answer.values
        draft = EvaluationDraft(
            values.get("before") or 0, values.get("after") or 0, values["conclusion"] or "", values["basis"],
            values["recurrences"], values["window_days"] or 0, values["evaluated_on"],
            compared=tuple(values.get("compared") or ()),
        )  # fmt: skip
        self._measures.evaluate(self._row.id, self._row.ver, draft, act)
        follows = "" if draft.conclusion == Conclusion.EFFECTIVE else "，请另立一项措施"
        return f"{self._row.number} 评为{draft.conclusion}{follows}。"

    def _on_changed(self, name: str) -> None:
        if name in _ASKED_AGAIN and self._form is not None:
            self._count(self._form)

    def _count(self, form: FieldForm) -> None:
        """What the register says, as soon as what is asked for can be read."""
        try:
            values = form.values()
        except InvalidInput:
            return
        until = values["evaluated_on"] or self._today
        proof = self._proofs.of(self._row, values["compared"] or (), values["window_days"], until)
        if proof is not None:
            form.field("counted").set_value(_told(proof))
            again = len(proof.after.numbers)
            form.show_doubts({"conclusion": f"又发生 {again} 件，不能判“有效”"} if again else {})


def _comparisons(proofs: Proofs, row: MeasureRow) -> list[tuple[object, str]]:
    """What is proposed first, then the same narrowed by one word more, then each word alone."""
    usual, known = proofs.proposed(row), tuple(proofs.known(row))
    more = [(*usual, alike) for alike in known if alike not in usual]
    alone = [(alike,) for alike in known if (alike,) != usual]
    found: list[tuple[Alike, ...]] = [usual, *more, *alone]
    return [(some, " + ".join(some) + (_USUAL if some == usual else "")) for some in found]


def _told(proof: Proof) -> str:
    again = f"再发：{'、'.join(proof.after.numbers)}" if proof.after.numbers else ""
    lines = (proof.profile_words, f"前 {proof.before.words}", f"后 {proof.after.words}", again, proof.left_out)
    return "\n".join(line for line in lines if line)
