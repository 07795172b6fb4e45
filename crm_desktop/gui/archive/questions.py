"""What the desk does with filed papers: move them, propose their disposal, approve it or not."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from crm_desktop.domain.acts import Act
from crm_desktop.domain.archive import DisposalRow, Filing
from crm_desktop.domain.rights import Right
from crm_desktop.gui.asking import Question
from crm_desktop.gui.step_dialog import Answer
from crm_desktop.gui.widgets.field_form import FieldForm
from crm_desktop.services.archive import Archive
from crm_desktop.services.disposals import Disposals

_NAMED = 6


class Move(Question):
    """The paper lies elsewhere now."""

    title = "改存放位置"
    word = "保存"
    right = Right.FILE
    columns = 1

    def __init__(self, archive: Archive, filing: Filing) -> None:
        self._archive, self._filing = archive, filing

    def about(self) -> str:
        return self._filing.complaint_number

    def explain(self) -> str:
        return f"{self._filing.number}（{self._filing.complaint_number}）现在放在：{self._filing.place}"

    def ask(self, form: FieldForm, now: datetime) -> None:
        form.add_line("place", "存放位置", "盒号、册号")

    def do(self, answer: Answer, act: Act) -> str:
        self._archive.move(self._filing.complaint_number, answer.values["place"], act, self._filing.place)
        return f"{self._filing.number} 现在放在 {answer.values['place']}。"


class Propose(Question):
    """申请销毁 of what has been kept long enough."""

    title = "申请销毁"
    sentence = ""
    right = Right.PROPOSE_DISPOSAL
    columns = 1

    def __init__(self, disposals: Disposals, filings: Sequence[Filing]) -> None:
        self._disposals, self._filings = disposals, filings

    def about(self) -> str:
        return ",".join(filing.complaint_number for filing in self._filings)

    def explain(self) -> str:
        return (
            f"{_named(self._filings)}。申请以后先导出资料包，再由服务总监批准；批准之前什么也不会少。"
            "申请编了号，不能撤销：申请错了，由服务总监“不批准”，单据照旧保存。"
        )

    def ask(self, form: FieldForm, now: datetime) -> None:
        form.add_line("reason", "销毁原因")
        form.set_values({"reason": "保存期满"})

    def do(self, answer: Answer, act: Act) -> str:
        numbers = [filing.complaint_number for filing in self._filings]
        row = self._disposals.propose(numbers, answer.values["reason"], act)
        return f"{row.number} 已申请，共 {len(row.files)} 张，下一步导出资料包。"


class Approve(Question):
    """批准销毁 by 服务总监."""

    title = "批准销毁"
    right = Right.APPROVE_DISPOSAL
    columns = 1

    def __init__(self, disposals: Disposals, row: DisposalRow) -> None:
        self._disposals, self._row = disposals, row

    def about(self) -> str:
        return self._row.number

    def explain(self) -> str:
        return f"{self._row.number}：{_named(self._row.files)}。批准后内容清空，只留单号、日期和销毁记录，不能恢复。"

    def ask(self, form: FieldForm, now: datetime) -> None:
        form.add_line("note", "批准意见", "可以不写")

    def do(self, answer: Answer, act: Act) -> str:
        self._disposals.approve(self._row.id, self._row.ver, act, answer.values["note"])
        return f"{self._row.number} 已销毁 {len(self._row.files)} 张，请打印销毁记录签字存档。"


class Refuse(Question):
    """不批准, with the reason."""

    title = "不批准"
    right = Right.APPROVE_DISPOSAL
    columns = 1

    def __init__(self, disposals: Disposals, row: DisposalRow) -> None:
        self._disposals, self._row = disposals, row

    def about(self) -> str:
        return self._row.number

    def explain(self) -> str:
        return f"{self._row.number}：{_named(self._row.files)}，继续保存。"

    def ask(self, form: FieldForm, now: datetime) -> None:
        form.add_line("reason", "不批准的原因")

    def do(self, answer: Answer, act: Act) -> str:
        self._disposals.refuse(self._row.id, self._row.ver, answer.values["reason"], act)
        return f"{self._row.number} 没有批准，单据继续保存。"


def _named(filings: Sequence[Filing]) -> str:
    """How many, and which: 3 张（TS…、TS…）."""
    numbers = "、".join(filing.complaint_number for filing in filings[:_NAMED])
    more = " 等" if len(filings) > _NAMED else ""
    return f"{len(filings)} 张（{numbers}{more}）"
