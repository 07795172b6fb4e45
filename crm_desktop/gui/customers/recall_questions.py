"""What is decided about a recall or service campaign: entered, changed, withdrawn."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from crm_desktop.domain.acts import Act
from crm_desktop.domain.recalls import RecallDraft, RecallKind, RecallRow, read_ranges, told_ranges
from crm_desktop.domain.rights import Right
from crm_desktop.gui.asking import Question
from crm_desktop.gui.step_dialog import Answer
from crm_desktop.gui.widgets.field_form import FieldForm
from crm_desktop.services.recalls import Recalls

_HOW = "一行一个范围，如 LSVAB4180N2004000 到 LSVAB4180N2004999；只有一辆就写它的 VIN"


class EnterRecall(Question):
    """登记: as the maker's letter has it; ``recall`` is the one that is changed."""

    title, word = "登记召回", "保存"
    sentence = "照厂家通知填；范围里的车来店，接待的人马上看到“召回未做”。"
    right = Right.PROFILE

    def __init__(self, recalls: Recalls, recall: RecallRow | None = None) -> None:
        self._recalls, self._recall = recalls, recall
        self.kept_id = recall.id if recall else 0
        if recall is not None:
            self.title = "修改召回"

    def about(self) -> str:
        return f"recall:{self.kept_id}"

    def ask(self, form: FieldForm, now: datetime) -> None:
        form.add_line("title", "名称")
        form.add_choice("kind", "类型", RecallKind, RecallKind.RECALL)
        form.add_line("number", "召回编号")
        form.new_row()
        form.add_day("starts_on", "开始日期")
        form.add_day("ends_on", "结束日期")
        form.add_text("ranges", "VIN 范围", rows=3, placeholder=_HOW)
        form.add_text("note", "说明", rows=2)
        if self._recall is not None:
            draft = self._recall.draft
            names = ("title", "kind", "number", "starts_on", "ends_on", "note")
            form.set_values({**{n: getattr(draft, n) for n in names}, "ranges": told_ranges(draft.ranges)})

    def do(self, answer: Answer, act: Act) -> str:
        values: dict[str, Any] = dict(answer.values)
        draft = RecallDraft(ranges=read_ranges(str(values.pop("ranges"))), **values)
        if self._recall is None:
            self.kept_id = self._recalls.register(draft, act)
        else:
            self._recalls.amend(self._recall.id, self._recall.ver, draft, act)
        cars = len(self._recalls.car_ids(self.kept_id))
        return f"“{draft.title.strip()}”已保存，档案里有 {cars:,} 辆车在范围内。"


class WithdrawRecall(Question):
    """撤下: it is asked for no more."""

    title = "撤下召回"
    right = Right.PROFILE

    def __init__(self, recalls: Recalls, recall: RecallRow) -> None:
        self._recalls, self._recall = recalls, recall

    def about(self) -> str:
        return f"recall:{self._recall.id}"

    def explain(self) -> str:
        return f"“{self._recall.draft.title}”撤下后接待时不再提示；做过的记录和原因都留在历史里。"

    def ask(self, form: FieldForm, now: datetime) -> None:
        form.add_line("reason", "原因", span=2)

    def do(self, answer: Answer, act: Act) -> str:
        self._recalls.withdraw(self._recall.id, self._recall.ver, str(answer.values["reason"]), act)
        return f"“{self._recall.draft.title}”已撤下。"
