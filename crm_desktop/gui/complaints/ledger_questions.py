"""One line more for 损失和补偿, and taking one back; above one's limit somebody else approves with his PIN."""

from __future__ import annotations

from datetime import datetime

from crm_desktop.domain.acts import Act
from crm_desktop.domain.compensations import EntryDraft, EntryRow, Loss, Side, yuan_words
from crm_desktop.domain.errors import InvalidInput, NotAllowed, NotFound
from crm_desktop.gui.asking import Question
from crm_desktop.gui.complaints.procedure import Procedure
from crm_desktop.gui.session import Session
from crm_desktop.gui.step_dialog import Answer
from crm_desktop.gui.widgets.field_form import FieldForm

SCREEN = "抱怨投诉·损失和补偿"
_WORDS = {Side.GIVEN: "登记补偿", Side.LOSS: "登记损失", Side.CLAIM: "登记索赔"}
_ABOUT = {
    Side.GIVEN: "给了客户什么；超过自己额度的，请有额度的人在这里输入 PIN 批准。",
    Side.LOSS: "客户损失了什么：钱、时间，或者心里受的气；凭据写在说明里。",
    Side.CLAIM: "客户要什么；只记下，不等于答应。",
}
_HINTS = {
    Side.GIVEN: "如：本次保养工时全免",
    Side.LOSS: "如：打车三次，有发票",
    Side.CLAIM: "如：要求赔误工费",
}


class Enter(Question):
    """登记补偿, 登记损失 or 登记索赔: the page of the ledger is told before, so that little is asked."""

    def __init__(self, procedure: Procedure, session: Session, number: str, side: Side) -> None:
        self.title, self.word, self.sentence = _WORDS[side], "登记", _ABOUT[side]
        self._services, self._session = procedure, session
        self._number, self._side = number, side

    def about(self) -> str:
        return self._number

    def ask(self, form: FieldForm, now: datetime) -> None:
        book = self._services.compensations
        form.add_choice("kind", "补偿方式" if self._side is Side.GIVEN else "是什么", book.kinds(self._side))
        form.add_number("amount", "金额", "元")
        if self._side is Side.LOSS:
            form.add_number("hours", "小时", "小时")
            form.show_hints({"hours": "耽误了多久，选“时间”时填"})
        form.new_row()
        form.add_line("note", "说明", _HINTS[self._side], span=2)
        act = self._session.act(SCREEN)
        limit, others = book.limit_fen(act), book.approvers(act)
        if self._side is Side.GIVEN and limit is not None:
            form.add_choice("approver", "批准人", (("", "不用批准"), *others), "")
            form.add_secret("pin", "批准人 PIN")
            form.show_hints({"amount": f"您的额度：一张单合计 {yuan_words(limit) or '0 元'}"})

    def do(self, answer: Answer, act: Act) -> str:
        values = answer.values
        if not values["kind"]:
            raise InvalidInput({"kind": "请选一种。"})
        fen, hours = (values["amount"] or 0) * 100, values.get("hours") or 0
        if hours and values["kind"] != Loss.TIME:
            raise InvalidInput({"hours": "小时数只在“时间”里填，请选“时间”或删去。"})
        draft = EntryDraft(self._side, values["kind"], fen, hours, values["note"])
        self._services.compensations.enter(self._number, draft, act, self._approved(answer))
        told = yuan_words(fen) or (f"{hours} 小时" if hours else "")
        return f"{self._number} 已{self.title} {values['kind']} {told}".rstrip() + "。"

    def _approved(self, answer: Answer) -> Act | None:
        """The one who gave his PIN here."""
        name, pin = answer.values.get("approver") or "", str(answer.values.get("pin") or "")
        if not name:
            return None
        if not pin:
            raise InvalidInput({"pin": f"请{name}输入自己的 PIN。"})
        try:
            person = self._services.access.login(name, pin)
        except (NotAllowed, NotFound) as refusal:
            raise InvalidInput({"pin": refusal.sentence}) from None
        return self._services.staff.act(person, SCREEN)


class TakeBack(Question):
    """冲销: a line that does not hold."""

    title = "冲销一笔"
    word = "冲销"
    columns = 1

    def __init__(self, procedure: Procedure, number: str, row: EntryRow) -> None:
        self._services, self._number, self._row = procedure, number, row

    def about(self) -> str:
        return f"{self._number}/{self._row.id}"

    def explain(self) -> str:
        draft = self._row.draft
        return f"{draft.side}：{draft.kind} {yuan_words(draft.amount_fen)} {draft.note}".rstrip()

    def ask(self, form: FieldForm, now: datetime) -> None:
        form.add_line("reason", "冲销原因", "如：登记错了金额")

    def do(self, answer: Answer, act: Act) -> str:
        self._services.compensations.take_back(self._row.id, self._row.ver, answer.values["reason"], act)
        return f"{self._number} 的一笔已冲销。"
