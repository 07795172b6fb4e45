"""What is recorded of a car under 三包: a repair, one that was entered by mistake, a recall that was done."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

from crm_desktop.clock import local_day
from crm_desktop.domain.acts import Act
from crm_desktop.domain.recalls import RecallRow
from crm_desktop.domain.rights import Right
from crm_desktop.domain.warranty import SYSTEMS, RepairKind, WarrantyRepair
from crm_desktop.gui.asking import Question
from crm_desktop.gui.customers.profile_desk import ProfileDesk
from crm_desktop.gui.step_dialog import Answer
from crm_desktop.gui.widgets.field_form import FieldForm

_YES_NO = ((False, "没有"), (True, "换了"))
_SETTLED = ((True, "修好了"), (False, "没有修好"))


class RecordRepair(Question):
    """登记三包修理, or the same one again once the car is finished."""

    title = "登记三包修理"
    word = "保存"
    sentence = "同一问题每次用同样的写法，次数才算得准；换了主要系统的总成或零件要写明。"
    right = Right.REWORK

    def __init__(self, desk: ProfileDesk, vehicle_id: int, repair: WarrantyRepair | None = None) -> None:
        """``repair`` is the one to change; None for a new one."""
        self._desk, self._vehicle_id, self._repair = desk, vehicle_id, repair

    def about(self) -> str:
        return f"vehicle:{self._vehicle_id}/{self._repair.id if self._repair else ''}"

    def ask(self, form: FieldForm, now: datetime) -> None:
        known = self._repair or WarrantyRepair(now, None, "")
        form.add_line("problem", "质量问题", "例如：变速箱顿挫", span=2)
        form.add_choice("kind", "故障类型", RepairKind, RepairKind.OTHER)
        form.add_choice("system", "系统", (("", "都不是"), *SYSTEMS), "")
        form.add_line("part", "零部件", "换整个总成就留空")
        form.add_choice("replaced", "更换", _YES_NO, default=False)
        form.add_moment("came_at", "送修时间")
        form.add_moment("finished_at", "修好时间")
        form.add_choice("settled", "结果", _SETTLED, default=True)
        form.add_number("mileage", "行驶里程", "km")
        form.add_line("order_number", "委托书号")
        form.set_values({name: getattr(known, name) for name in form.typed()})

    def do(self, answer: Answer, act: Act) -> str:
        values = dict(answer.values)
        values |= {"came_at": values["came_at"] or act.at, "system": values["system"] or ""}
        if self._repair is None:
            self._desk.warranties.record(self._vehicle_id, WarrantyRepair(**values), act)
            return "三包修理已登记。"
        self._desk.warranties.amend(self._repair.id or 0, replace(self._repair, **values), act)
        return "三包修理已保存。"


class TakeRepairBack(Question):
    """撤回 of a repair entered by mistake."""

    title = "撤回三包修理"
    sentence = "撤回后不再计次数，记录和原因都留在历史里。"
    right = Right.REWORK

    def __init__(self, desk: ProfileDesk, repair: WarrantyRepair) -> None:
        self._desk, self._repair = desk, repair

    def about(self) -> str:
        return f"repair:{self._repair.id}"

    def ask(self, form: FieldForm, now: datetime) -> None:
        form.add_line("reason", "原因", span=2)

    def do(self, answer: Answer, act: Act) -> str:
        self._desk.warranties.take_back(self._repair.id or 0, str(answer.values["reason"]), act, self._repair.ver)
        return "三包修理已撤回。"


class RecallDone(Question):
    """A recall or campaign was carried out on this car."""

    title = "召回已做"
    word = "保存"
    right = Right.REWORK

    def __init__(self, desk: ProfileDesk, vehicle_id: int, recall: RecallRow) -> None:
        self._desk, self._vehicle_id, self._recall = desk, vehicle_id, recall

    def about(self) -> str:
        return f"vehicle:{self._vehicle_id}/{self._recall.id}"

    def explain(self) -> str:
        return f"{self._recall.draft.kind}：{self._recall.draft.title}"

    def ask(self, form: FieldForm, now: datetime) -> None:
        form.add_day("done_on", "完成日期").set_value(local_day(now))
        form.add_line("order_number", "委托书号")

    def do(self, answer: Answer, act: Act) -> str:
        done_on = answer.values["done_on"] or local_day(act.at)
        self._desk.recalls.done(self._recall.id, self._vehicle_id, done_on, str(answer.values["order_number"]), act)
        return f"“{self._recall.draft.title}”已做。"
