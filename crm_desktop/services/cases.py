"""Reading complaints back: the list, one whole case, its history."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from crm_desktop.clock import day_bounds, to_local
from crm_desktop.domain.complaint_rows import ComplaintCase, ComplaintRow, EventRow, HistoryLine
from crm_desktop.domain.complaints import EVENT_LABELS, FIELD_LABELS, HISTORY_ORIGIN, Event
from crm_desktop.domain.customers import NAMELESS, model_text
from crm_desktop.domain.papers import HANDED_OUT
from crm_desktop.domain.procedure import effective
from crm_desktop.domain.search import asked_of_texts, folded
from crm_desktop.domain.sheets import CellValue, shown
from crm_desktop.models.complaints import Complaint
from crm_desktop.models.moments import moment, stamp
from crm_desktop.models.search import CANDIDATES, WORDS_MARK, asked_for
from crm_desktop.services.desk import Desk
from crm_desktop.services.lookups import PHONE_OF, complaint_id, ordered_by
from crm_desktop.services.steps import Steps

OPEN = "未关闭"
ALL = "全部"
CUSTOMER_MISSING = "待补客户"
UNCLASSIFIED = "未归类"
HISTORY_ONLY = "历史导入"
_OPEN_SQL = "origin = 'desk' AND state IN ('登记', '已移交', '已响应', '处理中', '已解决')"
_TO_DO = (OPEN, "登记", "已移交", "已响应", "处理中", "已解决")
_VIP = "EXISTS (SELECT 1 FROM customers p WHERE p.id = complaints.customer_id AND p.grade = 'VIP')"
_YEAR_BEFORE_LAST = "(SELECT strftime('%Y-%m-%dT%H:%M:%SZ', MAX(received_at), '-1 year') FROM complaints)"
"""What was never classified before that is in no report to come."""
VIEWS: dict[str, str] = {
    OPEN: _OPEN_SQL,
    ALL: "1",
    "登记": "state = '登记' AND origin = 'desk'",
    "已移交": "state = '已移交'",
    "已响应": "state = '已响应'",
    "处理中": "state = '处理中'",
    "已解决": "state = '已解决'",
    "已关闭": "state = '已关闭'",
    "已存档": "state = '已存档'",
    UNCLASSIFIED: f"received_at >= {_YEAR_BEFORE_LAST} AND +origin = 'desk'"
    " AND +state IN ('已解决', '已关闭', '已存档')"
    " AND NOT EXISTS (SELECT 1 FROM classifications k WHERE k.complaint_id = complaints.id)",
    CUSTOMER_MISSING: "customer_id IS NULL AND state <> '作废'",
    HISTORY_ONLY: "origin = 'history'",
    "作废": "state = '作废'",
}
"""The lists of the complaint page, in the order of their buttons."""

_ROW = f"""
    SELECT q.id, q.number, COALESCE(q.source_number, ''), q.state, q.severity, q.channel, q.category, q.received_at,
        q.received_has_time, COALESCE(c.name, ''), COALESCE({PHONE_OF.format(owner="q.customer_id")}, ''),
        COALESCE(v.plate, ''), q.brand, q.series, q.model, q.words, q.responsible, q.origin
    FROM complaints q LEFT JOIN customers c ON c.id = q.customer_id LEFT JOIN vehicles v ON v.id = q.vehicle_id
    WHERE q.id IN ({{ids}})
"""
_CUSTOMER = f"COALESCE(NULLIF(c.name, ''), {PHONE_OF.format(owner='q.customer_id')})"
_ORDERED_BY = {
    "单号": "q.number", "受理时间": "q.received_at", "级别": "q.severity", "渠道": "q.channel", "客户": _CUSTOMER,
    "状态": f"CASE WHEN q.origin = '{HISTORY_ORIGIN}' AND q.state = '登记' THEN '{HISTORY_ONLY}' ELSE q.state END",
    "车牌": "v.plate", "车型": "TRIM(q.brand || ' ' || q.series || ' ' || q.model)", "抱怨内容": "q.words",
    "责任人": "q.responsible",
}  # fmt: skip
_ORDERED_FROM = "complaints q LEFT JOIN customers c ON c.id = q.customer_id LEFT JOIN vehicles v ON v.id = q.vehicle_id"
_NAME_OF = {
    "customer": "SELECT name FROM customers WHERE id = ?",
    "vehicle": "SELECT CASE WHEN plate <> '' THEN plate ELSE vin END FROM vehicles WHERE id = ?",
}
_STAMP = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ")
_CHILDREN = {
    "complaint_events": "", "reworks": "返修", "follow_ups": "回访", "solutions": "方案", "promises": "回话",
    "extensions": "延期", "withdrawals": "撤稿", "escalations": "上报",
    "compensations": "损失和补偿", "letters": "函件",
}  # fmt: skip
_OF_A_SOLUTION = ("reworks", "solutions")
_SOLUTION_FIELD = "field IN ('correction', 'solution', 'soothing', 'told_customer', 'told_at')"
_CHILD_FIELDS = {
    "customer": "客户", "vehicle": "车辆",
    "kind": "类型", "order_number": "委托书号", "came_on": "进厂日期", "finished_on": "修竣日期",
    "technician": "技师", "inspector": "质检员", "items": "项目", "parts": "配件", "result": "结果",
    "planned_on": "计划日期",
    "caller": "回访人", "reason": "事由", "called_at": "回访时间", "outcome": "结果", "satisfaction": "满意度",
    "score": "评分", "feedback": "顾客反馈", "next_on": "下次回访", "cancelled_at": "取消",
    "consultation": "会诊", "what": "内容", "cost_fen": "成本（分）", "feasibility": "可行性", "opinion": "客户意见",
    "agreed_at": "商定时间", "removed": "去掉", "settled_at": "完成时间", "note": "说明", "decision": "决定",
    "decided_by": "批准人", "decided_at": "批准时间", "receipt": "回执", "received_at": "回执时间",
    "late_reason": "超期原因", "confirmed_at": "本人确认",
    "side": "类型", "amount_fen": "金额（分）", "hours": "小时", "approved_by": "批准人", "title": "标题",
    "body": "正文", "points": "核对", "sent_on": "寄出日期",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class ComplaintFilter:
    """What the list shows: one of ``VIEWS``, a span of local 受理 days (both included), some words."""

    view: str = OPEN
    first: date | None = None
    last: date | None = None
    words: str = ""


class Cases:
    """Lists and single cases, read only."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk

    def ids(self, wanted: ComplaintFilter) -> list[int]:
        """The ids of a list, latest 受理 first, among what is still to be done VIP before all; fetched page by page."""
        where, parameters = [VIEWS[wanted.view]], []
        if wanted.first and wanted.last:
            start, end = day_bounds(wanted.first, wanted.last)
            where.append("received_at >= ? AND received_at < ?")
            parameters += [stamp(start), stamp(end)]
        if wanted.words:
            where.append(f"id IN ({CANDIDATES}) AND instr(words, ?) > 0")
            parameters += [asked_for(WORDS_MARK, asked_of_texts(folded(wanted.words).split())), wanted.words]
        first = f"{_VIP} DESC, " if wanted.view in _TO_DO else ""
        query = f"SELECT id FROM complaints WHERE {' AND '.join(where)} ORDER BY {first}received_at DESC, id DESC"
        return [i for (i,) in self._desk.rows(query, tuple(parameters))]

    def fetch(self, ids: Sequence[int]) -> list[ComplaintRow]:
        """The rows of these complaints, in this order."""
        found = {row[0]: row for row in self._desk.rows(_ROW.format(ids=", ".join(map(str, ids))))}
        return [_row(found[i]) for i in ids if i in found]

    def ordered_by(self, title: str) -> dict[int, CellValue] | None:
        """What every complaint is ordered by in a column of the list, None where it knows no such column."""
        return ordered_by(self._desk, _ORDERED_FROM, _ORDERED_BY, title)

    def counts(self) -> dict[str, int]:
        """How many stand in 未关闭 and 待补客户."""
        # The planner would take the index by state and read all imported history with it.
        indexed = {OPEN: "INDEXED BY complaints_open", CUSTOMER_MISSING: ""}
        return {
            view: int(self._desk.rows(f"SELECT COUNT(*) FROM complaints {by} WHERE {VIEWS[view]}")[0][0])
            for view, by in indexed.items()
        }

    def case(self, number: str) -> ComplaintCase:
        """One whole complaint by its own or its source number; raises NotFound."""
        row = Complaint.get_by_id(complaint_id(self._desk, number))
        party = self._desk.rows(
            "SELECT COALESCE(c.name, ''), COALESCE(c.address, ''), COALESCE(v.plate, ''), COALESCE(v.vin, ''),"
            f" v.bought_on, COALESCE({PHONE_OF.format(owner='q.customer_id')}, '')"
            " FROM complaints q LEFT JOIN customers c ON c.id = q.customer_id"
            " LEFT JOIN vehicles v ON v.id = q.vehicle_id WHERE q.id = ?",
            (row.id,),
        )[0]
        return ComplaintCase(
            id=row.id,
            number=row.number,
            source_number=row.source_number or "",
            ver=row.ver,
            state=row.state,
            history=row.origin == HISTORY_ORIGIN,
            customer_id=row.customer_id,
            customer_name=party[0],
            phone=party[5],
            address=party[1],
            vehicle_id=row.vehicle_id,
            plate=party[2],
            vin=party[3],
            brand=row.brand,
            series=row.series,
            model=row.model,
            bought_on=date.fromisoformat(party[4]) if party[4] else None,
            fields={n: getattr(row, n) for n in FIELD_LABELS if n not in ("customer", "vehicle", "state")},
            received_at=row.received_at,
            received_has_time=row.received_has_time,
            entered_at=row.entered_at,
            received_by=row.received_by,
            source_status=row.source_status,
            fault_codes=row.fault_codes,
            events=Steps(self._desk).of(row.id),
        )

    def history(self, number: str) -> list[HistoryLine]:
        """Every change of the complaint, its reworks and calls, oldest first."""
        found = complaint_id(self._desk, number)
        children, parameters = of_complaint(found)
        rows = self._desk.rows(
            "SELECT at, who, screen, entity, field, old, new, salt, CASE entity WHEN 'complaint_events' THEN"
            " (SELECT note FROM complaint_events e WHERE e.id = entity_id) ELSE reason END FROM history"
            f" WHERE (entity = 'complaints' AND entity_id = ?) OR {children} ORDER BY id",
            (found, *parameters),
        )
        return [self._history_line(row) for row in rows]

    def idle_since(self, case: ComplaintCase) -> EventRow | None:
        """The last 退回 or 重开, where since then nothing of the solution, no 方案 and no rework was written."""
        back = [step for step in effective(case.events) if step.kind in (Event.RETURNED, Event.REOPENED)]
        if not back:
            return None
        children = " OR ".join(
            f"entity = '{t}' AND entity_id IN (SELECT id FROM {t} WHERE complaint_id = ?)" for t in _OF_A_SOLUTION
        )
        written = self._desk.rows(
            f"SELECT 1 FROM history WHERE ({children} OR entity = 'complaints' AND entity_id = ? AND {_SOLUTION_FIELD})"
            " AND id > (SELECT MAX(id) FROM history WHERE entity = 'complaint_events' AND entity_id = ?) LIMIT 1",
            (*(case.id for _ in _OF_A_SOLUTION), case.id, back[-1].id),
        )
        return None if written else back[-1]

    def _history_line(
        self, row: tuple[str, str, str, str, str, str | None, str | None, str | None, str]
    ) -> HistoryLine:
        at, who, screen, entity, field, old, new, salt, reason = row
        if salt is None:
            values = ("已删除", "已删除")
        else:
            values = (self._told(entity, field, old or ""), self._told(entity, field, new or ""))
        return HistoryLine(moment(at), who, screen, history_label(entity, field), *values, reason)

    def _told(self, entity: str, field: str, value: str) -> str:
        """A stored value as people read it: names for ids, words for events, local times."""
        if entity == "complaint_events" and not field:
            return EVENT_LABELS.get(value, value)
        if field in _NAME_OF and value:
            found = self._desk.rows(_NAME_OF[field], (value,))
            return str(found[0][0]) or NAMELESS if found else value
        if _STAMP.fullmatch(value):
            return shown(to_local(moment(value)))
        return value


def _row(row: tuple[object, ...]) -> ComplaintRow:
    (rid, number, source, state, severity, channel, category, received, has_time, name, phone, plate,
     brand, series, model, words, responsible, origin) = row  # fmt: skip
    return ComplaintRow(
        id=int(str(rid)),
        number=str(number),
        source_number=str(source),
        state=str(state),
        severity=str(severity),
        channel=str(channel),
        category=str(category),
        received_at=moment(str(received)),
        received_has_time=bool(has_time),
        customer_name=str(name),
        phone=str(phone),
        plate=str(plate),
        model=model_text(str(brand), str(series), str(model)),
        words=str(words),
        responsible=str(responsible),
        history=origin == HISTORY_ORIGIN,
    )


def of_complaint(found: int) -> tuple[str, tuple[int, ...]]:
    """SQL for the history lines of what belongs to a complaint, and its parameters."""
    children = (f"(entity = '{t}' AND entity_id IN (SELECT id FROM {t} WHERE complaint_id = ?))" for t in _CHILDREN)
    return " OR ".join(children), (found,) * len(_CHILDREN)


def history_label(entity: str, field: str) -> str:
    """What a line of the history is about, in the words of the case."""
    if entity == "complaint_events":
        return _CHILD_FIELDS.get(field, "状态")
    if entity == "complaints":
        return {**FIELD_LABELS, HANDED_OUT: "打印或导出"}.get(field, field) if field else "新建"
    if entity not in _CHILDREN:
        return "别的记录"
    return f"{_CHILDREN[entity]}·{_CHILD_FIELDS.get(field, field) if field else '新建'}"
