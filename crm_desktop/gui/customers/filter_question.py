"""筛选: what the list of customers is narrowed by, and the name it is kept under."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from crm_desktop.domain.acts import Act
from crm_desktop.domain.completeness import Gap
from crm_desktop.domain.customers import CustomerKind
from crm_desktop.domain.errors import InvalidInput
from crm_desktop.domain.grading import Grade
from crm_desktop.domain.profile import Stage
from crm_desktop.domain.segments import CustomerFilter, checked_filter
from crm_desktop.gui.asking import Question
from crm_desktop.gui.customers.profile_desk import ProfileDesk
from crm_desktop.gui.step_dialog import Answer
from crm_desktop.gui.widgets.field_form import FieldForm


def _or_all(words: Iterable[str]) -> list[tuple[str, str]]:
    return [("", "不限"), *((str(word), str(word)) for word in words)]


def _plain(value: object) -> object:
    """Words without blanks at their ends; a choice where nothing is chosen says nothing."""
    return value.strip() if isinstance(value, str) else value


class NarrowList(Question):
    """Once ``found`` is set, that is what the list shows."""

    title, word = "筛选客户", "筛选"
    sentence = "填了的都要符合，没填的不管。起个名称，下次在“看哪些客户”里直接选。"
    columns = 3

    def __init__(self, desk: ProfileDesk, now: CustomerFilter) -> None:
        self._desk, self._now = desk, now
        self.name = ""
        self.found: CustomerFilter | None = None

    def ask(self, form: FieldForm, now: datetime) -> None:
        known = self._now
        owners = [count.owner for count in self._desk.owners.counts() if count.owner]
        form.add_choice("grade", "等级", _or_all(Grade), known.grade)
        form.add_choice("stage", "分类", _or_all(Stage), known.stage)
        form.add_choice("kind", "类型", _or_all(CustomerKind), known.kind)
        form.add_choice("owner", "归属", _or_all(owners), known.owner)
        form.add_choice("gap", "资料缺口", _or_all(Gap), known.gap)
        form.add_choice("contactable", "能否联系", ((False, "不限"), (True, "可以联系的")), known.contactable)
        for name, label in (
            ("region", "区域"), ("brand", "品牌"), ("tag", "标签"), ("source", "来源"), ("trade", "行业"),
        ):  # fmt: skip
            form.add_line(name, label).set_value(getattr(known, name))
        form.new_row()
        for name, label in (("came_from", "进厂从"), ("came_to", "进厂到"), ("stayed_away_since", "未进厂自")):
            form.add_day(name, label).set_value(getattr(known, name))
        form.new_row()
        form.add_line("name", "保存为", "名称，可以不填", span=2)

    def do(self, answer: Answer, act: Act) -> str:
        told: dict[str, Any] = dict(answer.values)
        self.name = str(told.pop("name")).strip()
        values: dict[str, Any] = {name: _plain(value) for name, value in told.items()}
        found = checked_filter(CustomerFilter(**values))
        if found == CustomerFilter():
            raise InvalidInput("还没有填任何条件，请至少填一项。")
        if self.name:
            self._desk.segments.save(self.name, found, act)
        self.found = found
        count = self._desk.segments.count(found)
        return f"筛选“{self.name}”已保存，符合的有 {count:,} 位。" if self.name else f"符合的有 {count:,} 位。"
