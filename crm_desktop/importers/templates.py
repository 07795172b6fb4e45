"""What an empty template tells beside its headings: which columns are needed, an example, a hint."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from crm_desktop.domain.imports import ImportKind
from crm_desktop.importers.headings import RECIPES

_EXAMPLES: Mapping[str, str] = {
    "owner_number": "C000123", "name": "李四", "customer_name": "李四", "kind": "个人", "gender": "男",
    "phones": "13800001234", "phone": "13800001234", "landline": "021-62345678", "address": "嘉定区某路 1 号",
    "source": "自来客户", "brought_by": "李小四", "brought_by_phone": "13900001234", "plate": "沪A12345",
    "vin": "LSVAL41Z882104202", "engine_number": "EA211-000123", "brand": "上汽大众", "series": "朗逸",
    "model": "朗逸 2018款 1.5L 自动", "colour": "白", "bought_on": "2018-05-18", "mileage": "52300",
    "adviser": "张顾问", "technician": "王师傅", "notes": "喜欢周末来", "remarks": "旧系统带过来",
    "order_number": "RO20200829001", "came_on": "2020-08-29", "promised_on": "2020-08-30", "left_on": "2020-08-30",
    "repair_kind": "一般维修", "inspector": "赵质检", "fault": "空调不冷", "items": "更换空调滤芯",
    "amount_fen": "580.50",
    "source_number": "TS0001", "received_at": "2020-08-29 14:05", "occurred_at": "2020-08-28 09:30",
    "channel_text": "400热线", "severity": "一般", "category": "维修质量", "words": "刚修过的空调又不冷了",
    "demand": "免费重修", "fault_codes": "P0301", "source_status": "已关闭", "solution": "免费更换压缩机",
    "correction": "当天检查并补加冷媒", "root_cause": "压缩机轴封渗漏，上次只补了冷媒",
    "long_term_measure": "空调返修由技术总监复检，每月底核对一次", "responsible_line": "技术", "responsible": "王师傅",
    "rework": "外返", "rework_order_number": "RO20200830002", "rework_finished_on": "2020-08-30",
    "planned_on": "2020-08-30", "done_on": "2020-08-30 16:20", "followed_up_on": "2020-09-02",
    "follow_up_by": "孙关爱", "follow_up_result": "满意", "feedback": "这次凉了", "closed_on": "2020-09-02",
    "closed_by": "钱总监", "complaint_number": "TS0001", "called_at": "2020-09-02 10:15", "caller": "孙关爱",
    "reason": "三日回访", "result_text": "成功", "satisfaction_text": "满意", "score_text": "9",
    "next_on": "2020-09-09",
}  # fmt: skip
_HINTS: Mapping[str, str] = {
    "owner_number": "旧系统里的客户编号；再次导入时按它认人",
    "kind": "个人 或 单位",
    "gender": "男 或 女",
    "phones": "几个号码用 / 分开",
    "phone": "手机或座机",
    "landline": "区号加号码",
    "brought_by": "来修车的人，可以不是车主",
    "plate": "一位客户有几辆车就写几行",
    "vin": "17 位",
    "bought_on": "日期；2018/5/18、2018年5月18日 也认得",
    "mileage": "公里，整数",
    "order_number": "再次导入时按它认单",
    "amount_fen": "元",
    "source_number": "旧系统或旧台账的单号；再次导入时按它认单",
    "received_at": "日期，知道几点就写上时间",
    "channel_text": "回访、接待、400热线、媒体、消协、行业管理、其他",
    "severity": "一般 或 重大",
    "responsible_line": "技术、服务、配件",
    "rework": "否、内返、外返",
    "complaint_number": "这次回访属于哪张抱怨单；没有就写电话或车牌",
    "called_at": "打电话的时间；还没打的写“计划回访日期”",
    "result_text": "成功、无人接听、拒访、空号、错号、联系不上",
    "satisfaction_text": "满意、一般、不满意",
    "score_text": "1 到 10",
}
_WANTED_BY_THE_FILES: Mapping[ImportKind, tuple[str, ...]] = {ImportKind.COMPLAINTS: ("received_at",)}
"""Needed beside what a row needs to be read at all: without its day a complaint has no place in the files."""


@dataclass(frozen=True, slots=True)
class TemplateColumn:
    """One column of an empty template; ``needed`` is 必填, 至少填一项 or empty."""

    title: str
    needed: str
    example: str
    hint: str


def template_columns(kind: ImportKind) -> Iterator[TemplateColumn]:
    """Every column of a kind's template, in the order of its fields."""
    recipe = RECIPES[kind]
    wanted = dict.fromkeys(_WANTED_BY_THE_FILES.get(kind, ()), "必填")
    for group in recipe.needed:
        wanted |= dict.fromkeys(group, "必填" if len(group) == 1 else "至少填一项")
    for field in recipe.fields:
        if field.title:
            told = _EXAMPLES[field.name]
            yield TemplateColumn(field.title, wanted.get(field.name, ""), told, _HINTS.get(field.name, ""))
