"""The plain second form of a closed case: everything kept of it under Chinese names, readable without the program.

Issue: «A plain second form of every closed case, so that the archive can be read without the program».
"""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping, Sequence
from datetime import datetime
from typing import Any

from crm_desktop.domain.complaints import EVENT_LABELS, FIELD_LABELS, HISTORY_ORIGIN
from crm_desktop.domain.deadlines import Milestone

Row = Mapping[str, Any]
Local = Callable[[datetime], datetime]

WHAT_IT_IS = "客诉管家的归档副本：不用程序也能读。以程序里的记录为准，记录改了这里会自动跟着改。"
TITLES: Mapping[str, str] = {
    "complaints": "抱怨投诉单", "customers": "客户", "contacts": "联系方式", "vehicles": "车辆",
    "complaint_events": "经过", "reworks": "返修", "follow_ups": "回访", "solutions": "方案", "promises": "回话",
    "extensions": "延期", "withdrawals": "撤稿撤诉", "escalations": "上报", "measures": "纠正预防措施",
    "evaluations": "有效性评估", "judgements": "恶意或无效判定", "classifications": "分类",
    "compensations": "损失和补偿", "letters": "函件", "attachments": "附件", "filings": "存档",
    "filed_corrections": "更正说明", "complaint_links": "同一件事的单据", "signs": "苗头", "survey_calls": "电话调查",
    "disposal_items": "销毁",
}  # fmt: skip
"""The sections in their order, by table."""
ONE_OF: tuple[str, ...] = ("complaints", "customers", "vehicles")
"""Sections of one record; the others are lists."""
LEFT_OUT: frozenset[str] = frozenset({
    "checksum", "ver", "name_keys", "source_digest", "staff_id", "complaint_id", "customer_id", "vehicle_id",
    "import_id", "merged_into_id", "measure_id", "survey_id", "visit_id", "disposal_id", "position",
    "received_has_time", "suffix", "custom", "proof", "removed",
})  # fmt: skip
"""What says nothing to a reader: checks of the program, and numbers of records that stand beside it anyway."""
_COMMON: Mapping[str, str] = {
    **FIELD_LABELS,
    "id": "编号", "number": "单号", "state": "状态", "source_number": "来源单号", "origin": "来源",
    "entered_at": "录入时间", "who": "经办人", "note": "说明", "kind": "种类", "name": "名称", "extra": "其他栏目",
    "what": "内容", "reason": "原因", "outcome": "结果", "at": "时间", "settled_at": "了结时间", "answers": "答案",
    "evidence": "证据", "on_behalf_of": "代谁录入", "confirmed_at": "确认时间", "decided_at": "决定时间",
    "withdrawn_at": "撤回时间", "caller": "回访人", "called_at": "回访时间", "filed_on": "归档日期",
    "expires_on": "保存到", "plate": "车牌号", "vin": "VIN", "address": "地址", "done_on": "完成日期",
    "planned_on": "计划完成日期", "received_by": "接收人",
}  # fmt: skip
_OWN: Mapping[str, Mapping[str, str]] = {
    "complaints": {
        "channel_text": "渠道说明", "fault_codes": "故障码", "source_status": "来源状态", "remarks": "备注",
        "severity_reason": "定级理由", "severity_ticks": "重大判据", "patience_until": "客户最多等到",
        "told_customer": "告知客户的内容", "told_at": "告知时间", "compensation_fen": "补偿金额（元）",
        "oem_ticket": "厂家工单号", "oem_closed_at": "厂家工单关闭时间", "case_number": "对方案号",
        "case_result": "对方处理结果",
    },
    "customers": {"kind": "种类", "name": "姓名或名称"},
    "contacts": {"value": "号码", "name": "姓名", "role": "身份"},
    "vehicles": {"bought_on": "购车日期"},
    "complaint_events": {
        "kind": "步骤", "told_how": "怎样告知", "scan": "扫描件", "late_reason": "超期原因", "subject": "栏目",
        "detail": "细节", "corrects_id": "更正哪一步（编号）",
    },
    "reworks": {
        "came_on": "进厂日期", "finished_on": "完工日期", "inspector": "检验员", "items": "项目", "result": "结果",
        "consultation": "会诊", "parts": "更换配件",
    },
    "follow_ups": {
        "satisfaction": "满意度", "score": "评分", "feedback": "客户反馈", "next_on": "下次日期",
        "cancelled_at": "取消时间", "rework_id": "返修编号", "way": "途径", "planned_on": "计划日期",
    },
    "solutions": {
        "letter": "方案", "cost_fen": "费用（元）", "feasibility": "可行性", "by_customer": "客户自己提的",
        "opinion": "客户意见", "agreed_at": "商定时间",
    },
    "promises": {"made_at": "答应的时间", "due_at": "约定时间"},
    "extensions": {
        "milestone": "时限", "until": "延到", "asked_by": "申请人", "asked_at": "申请时间",
        "explained_at": "向客户说明的时间", "decision": "决定", "decided_by": "决定人",
    },
    "withdrawals": {"medium": "媒体", "link": "链接", "screenshot": "截图"},
    "escalations": {"recipient": "上报给", "how": "途径", "receipt": "回执"},
    "measures": {
        "cause": "原因", "due_on": "到期日期", "amount": "数量", "verify": "如何验证", "done_by": "完成人",
        "who": "责任人", "override_reason": "放行理由", "cancel_reason": "取消理由",
        "replaces_id": "接替哪项措施（编号）", "entered_by": "录入人", "watch_days": "观察天数",
    },
    "evaluations": {
        "window_days": "评估窗口（天）", "before": "措施前件数", "after": "措施后件数", "recurrences": "再次发生",
        "conclusion": "结论", "basis": "依据", "evaluated_on": "评估日期", "evaluator": "评估人",
    },
    "classifications": {
        "matter": "抱怨类型", "dimension": "五度", "cause": "原因", "stage": "发生环节", "area": "区域",
        "system": "故障系统", "liability": "责任判定", "proposed": "当时的建议", "confidence": "把握（%）",
    },
    "compensations": {"side": "哪一方", "amount_fen": "金额（元）", "hours": "小时", "approved_by": "批准人"},
    "letters": {"title": "标题", "body": "正文", "points": "要点", "sent_on": "发出日期"},
    "attachments": {"name": "文件名", "digest": "存放名（SHA-256）", "size": "字节"},
    "filings": {"number": "归档号", "place": "存放位置", "filed_by": "归档人"},
    "filed_corrections": {"about": "更正栏目", "text": "更正内容"},
    "complaint_links": {"counted_with_id": "并入哪一张（编号）"},
    "signs": {"remedy": "补救"},
    "survey_calls": {"remark": "备注"},
    "disposal_items": {"filing_number": "归档号", "disposed_at": "销毁时间"},
}  # fmt: skip
_NOTHING = (None, "", "{}", "[]")
_YES_NO = {"by_customer"}
_TIMES = {"at", "until", "patience_until"}
_STRUCTURED = {"extra", "answers", "severity_ticks", "points", "proposed", "parts"}


def label(table: str, column: str) -> str | None:
    """The Chinese name of a column, None where it is left out or unknown."""
    return None if column in LEFT_OUT else _OWN.get(table, {}).get(column) or _COMMON.get(column)


def second_form(content: Mapping[str, Sequence[Row]], local: Local, questions: Mapping[str, str]) -> str:
    """The whole case as JSON for a reader: sections in their order, Chinese names, local times, nothing empty.

    ``content``: rows by table as stored; what was taken away (``removed``) is not told. ``local`` gives the time at
    the desk of a UTC time; ``questions``: what was asked on the phone, by its key. Equal content is equal text.
    """
    case = content["complaints"][0]
    told: dict[str, Any] = {"说明": WHAT_IT_IS, "单号": case["number"], "状态": case["state"]}
    reader = _Reader(local, questions)
    for table, title in TITLES.items():
        rows = [reader.told(table, row) for row in content.get(table, ()) if not row.get("removed")]
        if rows:
            told[title] = rows[0] if table in ONE_OF else rows
    return json.dumps(told, ensure_ascii=False, indent=1) + "\n"


class _Reader:
    """Makes stored values readable."""

    def __init__(self, local: Local, questions: Mapping[str, str]) -> None:
        self._local, self._questions = local, questions

    def told(self, table: str, row: Row) -> dict[str, Any]:
        named = ((label(table, column), column, value) for column, value in row.items() if value not in _NOTHING)
        return {name: self._value(table, column, value) for name, column, value in named if name}

    def _value(self, table: str, column: str, value: Any) -> Any:
        if (table, column) == ("complaint_events", "kind"):
            return EVENT_LABELS.get(value, value)
        if column == "origin":
            return "历史导入" if value == HISTORY_ORIGIN else "本店受理"
        if column == "milestone":
            return Milestone(value).label if value in set(Milestone) else value
        if column.endswith("_fen"):
            return f"{value / 100:,.2f}"
        if column in _YES_NO:
            return "是" if value else "否"
        if column in _STRUCTURED:
            return self._structured(value)
        return self._time(value) if column in _TIMES or column.endswith("_at") else value

    def _structured(self, text: str) -> Any:
        try:
            found = json.loads(text)
        except ValueError:
            return text
        if isinstance(found, dict):
            return {self._questions.get(key, key): value for key, value in found.items()}
        return found

    def _time(self, text: str) -> str:
        """2026-09-24 22:33 at the desk; a day without time, or what is no time, as it stands."""
        try:
            moment = datetime.fromisoformat(text)
        except ValueError:
            return text
        return f"{self._local(moment):%Y-%m-%d %H:%M}" if moment.tzinfo else text
