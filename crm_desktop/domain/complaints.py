"""抱怨/投诉单: channels, states, events, and the label of every field (seed 001 篇1 五).

What a complaint looks like as it is typed, listed and shown is in ``domain/complaint_rows.py``.
"""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum


class Channel(StrEnum):
    """接收渠道, in the order of the paper (seed 001 篇1 一 to 四; facts.md 2.3)."""

    FOLLOW_UP = "回访"
    RECEPTION = "接待"
    HOTLINE = "400热线"
    MEDIA = "媒体"
    CONSUMER_BODY = "消协"
    AUTHORITY = "行业管理"
    OTHER = "其他"


class Severity(StrEnum):
    """级别 (seed 001 篇1 一.1, 一.2)."""

    ORDINARY = "一般"
    MAJOR = "重大"


class Line(StrEnum):
    """责任线 (seed 001 篇1 五.2)."""

    TECHNICAL = "技术"
    SERVICE = "服务"
    PARTS = "配件"


class State(StrEnum):
    """Where a complaint stands; always the fold of its events (``domain/procedure.py``), never set by hand.

    待关闭 is no state: it is 已解决 with nothing missing, computed when asked (``domain/closing.py``).
    """

    REGISTERED = "登记"
    HANDED_OVER = "已移交"
    RESPONDED = "已响应"
    IN_PROGRESS = "处理中"
    RESOLVED = "已解决"
    CLOSED = "已关闭"
    FILED = "已存档"
    VOID = "作废"


class Event(StrEnum):
    """What can happen to a complaint; the history of its milestones and of what was decided about it."""

    REGISTERED = "registered"
    HANDED_OVER = "handed_over"
    RESPONDED = "responded"
    TAKEN_UP = "taken_up"
    RESOLVED = "resolved"
    CLOSED = "closed"
    RETURNED = "returned"
    REOPENED = "reopened"
    VOIDED = "voided"
    FILED = "filed"
    CAUSE_WRITTEN = "cause_written"
    MEASURE_WRITTEN = "measure_written"
    INFORMED = "informed"
    EXTENSION_ASKED = "extension_asked"
    EXTENSION_GRANTED = "extension_granted"
    EXTENSION_REFUSED = "extension_refused"
    ESCALATED = "escalated"
    UPGRADED = "upgraded"
    DOWNGRADED = "downgraded"
    CORRECTED = "corrected"
    OVERRIDDEN = "overridden"


EVENT_LABELS: Mapping[str, str] = {
    Event.REGISTERED: "登记",
    Event.HANDED_OVER: "移交",
    Event.RESPONDED: "响应",
    Event.TAKEN_UP: "定责任人",
    Event.RESOLVED: "解决",
    Event.CLOSED: "关闭",
    Event.RETURNED: "退回",
    Event.REOPENED: "重开",
    Event.VOIDED: "作废",
    Event.FILED: "存档",
    Event.CAUSE_WRITTEN: "写根本原因",
    Event.MEASURE_WRITTEN: "写长期措施",
    Event.INFORMED: "告知客户",
    Event.EXTENSION_ASKED: "申请延期",
    Event.EXTENSION_GRANTED: "批准延期",
    Event.EXTENSION_REFUSED: "不批准延期",
    Event.ESCALATED: "上报",
    Event.UPGRADED: "升为重大",
    Event.DOWNGRADED: "降为一般",
    Event.CORRECTED: "更正",
    Event.OVERRIDDEN: "空话放行",
}
OPEN_STATES = (State.REGISTERED, State.HANDED_OVER, State.RESPONDED, State.IN_PROGRESS, State.RESOLVED)

CATEGORIES = ("产品质量", "维修质量", "服务态度", "维修价格", "维修时间", "配件供应", "环境/洗车", "销售及其他")
"""First-level categories proposed in facts.md 5.1."""

HISTORY_ORIGIN = "history"
DESK_ORIGIN = "desk"
TIME_TOLD = "导入，时间按文件"
"""The note of an imported step whose file told the time of day: only those count in figures of punctuality."""

CHANNEL_OF_ROLE: Mapping[str, Channel] = {
    "客户关爱员": Channel.FOLLOW_UP,
    "客户关爱总监": Channel.FOLLOW_UP,
    "服务总监": Channel.HOTLINE,
    "市场经理": Channel.MEDIA,
}

FIELD_LABELS: Mapping[str, str] = {
    "customer": "客户",
    "vehicle": "车辆",
    "brought_by": "送修人",
    "brought_by_phone": "送修人电话",
    "brand": "品牌",
    "series": "车系",
    "model": "车型",
    "mileage": "行驶里程",
    "order_number": "委托书号",
    "channel": "接收渠道",
    "severity": "级别",
    "category": "类别",
    "words": "抱怨内容",
    "demand": "诉求",
    "first_reply": "当面答复",
    "occurred_at": "发生时间",
    "received_at": "受理时间",
    "adviser": "服务顾问",
    "technician": "主修技师",
    "line": "责任线",
    "responsible": "责任人",
    "correction": "缺点纠正",
    "root_cause": "抱怨产生根本原因分析",
    "long_term_measure": "长期质量保证的措施",
    "solution": "解决措施",
    "soothing": "安抚措施",
    "planned_on": "计划完成日期",
    "done_on": "实际完成日期",
    "remarks": "备注",
    "severity_ticks": "重大判据",
    "severity_reason": "定级理由",
    "patience_until": "客户最多等到",
    "told_customer": "告知客户的内容",
    "told_at": "告知时间",
    "compensation_fen": "补偿金额",
    "oem_ticket": "厂家工单号",
    "oem_closed_at": "厂家工单关闭时间",
    "case_number": "对方案号",
    "case_result": "对方处理结果",
    "state": "状态",
}
LONG_FIELDS = frozenset(
    {
        "words",
        "demand",
        "first_reply",
        "correction",
        "root_cause",
        "long_term_measure",
        "solution",
        "soothing",
        "remarks",
        "severity_reason",
        "told_customer",
        "case_result",
    }
)
CORRECTED_WITH_REASON = frozenset({"customer", "vehicle", "channel", "received_at"})
"""What was told wrongly at the counter: changed later only with a reason (part 1, line 3 of the order)."""


def default_channel(role: str) -> Channel:
    """The channel a role mostly receives complaints by (seed 001 篇1 一 to 四)."""
    return CHANNEL_OF_ROLE.get(role, Channel.RECEPTION)
