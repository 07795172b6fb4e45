"""时间线: everything that happened around one customer, the latest first, page by page (A46, A52, A53).

    page(customer_id, after=None, kinds=(), size=50) -> Page        ``after`` is the last page's ``next``

Keyset, never OFFSET: a page begins behind the last line's key (time, kind, id). Days and UTC times sort together as
text: within one day at a desk east of Greenwich the day alone comes before its times.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from typing import Any

from crm_desktop.clock import to_local
from crm_desktop.models.moments import moment
from crm_desktop.services.desk import Desk

PAGE = 50
_DAY_LENGTH = 10
Key = tuple[str, str, int]
_OWN_CARS = "(SELECT id FROM vehicles WHERE customer_id = ?1)"
_ABOUT = "q.customer_id = ?1 AND q.state <> '作废'"


class Happening(StrEnum):
    """The kinds of lines; also what a page may be narrowed to."""

    VISIT = "进厂"
    COMPLAINT = "投诉"
    REWORK = "返修"
    CALL = "回访"
    PROMISE = "回话"
    PAYMENT = "付款"
    CONTRACT = "合同"
    STAGE = "分类"
    GRADE = "评级"
    ATTACHMENT = "附件"
    SURVEY = "调查"
    SIGN = "苗头"
    CHANGE = "变更"


def _source(tail: str, *columns: str) -> str:
    """One kind of line: its seven columns in the order of ``_NAMES``, and where they come from."""
    named = ", ".join(f"{column} AS {name}" for column, name in zip(columns, _NAMES, strict=True))
    return f"SELECT {named} FROM {tail}"


_NAMES = ("at", "id", "number", "title", "detail", "fen", "who")
_TYPED_BY = (
    "COALESCE((SELECT h.who FROM history h WHERE h.entity = '{table}' AND h.entity_id = {record} AND h.field = ''"
    " ORDER BY h.id LIMIT 1), '')"
)
"""Who wrote a record that names nobody itself."""
_SOURCES: dict[Happening, str] = {
    Happening.VISIT: _source(
        f"visits v WHERE v.customer_id = ?1 OR (v.customer_id IS NULL AND v.vehicle_id IN {_OWN_CARS})",
        "COALESCE(v.came_on, v.left_on, v.entered_at)", "v.id", "COALESCE(v.order_number, '')", "v.kind", "v.items",
        "v.amount_fen", "v.adviser",
    ),
    Happening.COMPLAINT: _source(
        "complaints q WHERE q.customer_id = ?1",
        "q.received_at", "q.id", "q.number", "q.severity || '·' || q.state", "q.words", "NULL", "q.received_by",
    ),
    Happening.REWORK: _source(
        f"reworks r JOIN complaints q ON q.id = r.complaint_id WHERE {_ABOUT}",
        "COALESCE(r.came_on, r.entered_at)", "r.id", "q.number", "r.kind",
        "r.items || CASE WHEN r.result <> '' THEN '：' || r.result ELSE '' END", "NULL", "r.technician",
    ),
    Happening.CALL: _source(
        "follow_ups f LEFT JOIN complaints q ON q.id = f.complaint_id"
        " WHERE f.customer_id = ?1 AND f.called_at IS NOT NULL",
        "f.called_at", "f.id", "COALESCE(q.number, '')",
        "f.outcome || CASE WHEN f.satisfaction <> '' THEN '·' || f.satisfaction ELSE '' END", "f.feedback", "NULL",
        "f.caller",
    ),
    Happening.PROMISE: _source(
        f"promises p JOIN complaints q ON q.id = p.complaint_id WHERE {_ABOUT}",
        "p.made_at", "p.id", "q.number", "CASE WHEN p.outcome = '' THEN '待兑现' ELSE p.outcome END", "p.what", "NULL",
        "p.who",
    ),
    Happening.PAYMENT: _source(
        "payments p WHERE p.customer_id = ?1 AND p.removed = 0",
        "COALESCE(p.paid_on, p.due_on, p.entered_at)", "p.id", "''",
        "CASE WHEN p.paid_on IS NULL THEN '应付' ELSE '已付' END",
        "p.method || CASE WHEN p.method <> '' AND p.note <> '' THEN '：' ELSE '' END || p.note", "p.amount_fen",
        _TYPED_BY.format(table="payments", record="p.id"),
    ),
    Happening.CONTRACT: _source(
        "contracts c WHERE c.customer_id = ?1 AND c.removed = 0",
        "c.signed_on", "c.id", "c.number", "c.kind", "c.note", "c.amount_fen",
        _TYPED_BY.format(table="contracts", record="c.id"),
    ),
    Happening.STAGE: _source(
        "stage_steps s WHERE s.customer_id = ?1", "s.since_on", "s.id", "''", "s.stage", "s.note", "NULL", "s.who"
    ),
    Happening.GRADE: _source(
        "grades g WHERE g.customer_id = ?1",
        "g.decided_at", "g.id", "''", "COALESCE(NULLIF(g.grade, ''), '未评')",
        "g.score || ' 分' || CASE WHEN g.reason <> '' THEN '：' || g.reason ELSE '' END", "NULL", "g.who",
    ),
    Happening.ATTACHMENT: _source(
        "attachments a LEFT JOIN complaints q ON q.id = a.complaint_id WHERE a.customer_id = ?1 AND a.removed = 0",
        "a.entered_at", "a.id", "COALESCE(q.number, '')", "a.name", "a.note", "NULL", "a.who",
    ),
    Happening.SURVEY: _source(
        "survey_calls s WHERE s.customer_id = ?1 AND s.called_at IS NOT NULL",
        "s.called_at", "s.id", "''", "s.outcome", "s.remark", "NULL", "s.caller",
    ),
    Happening.SIGN: _source(
        "signs s WHERE s.customer_id = ?1",
        "s.entered_at", "s.id", "''", "CASE WHEN s.settled_at IS NULL THEN '待补救' ELSE '已补救' END",
        "s.what || CASE WHEN s.remedy <> '' THEN '；补救：' || s.remedy ELSE '' END", "NULL", "s.who",
    ),
    Happening.CHANGE: _source(
        "history h WHERE h.entity = 'customers' AND h.entity_id = ?1"
        " AND h.field NOT IN ('', 'name_keys', 'stage', 'stage_on', 'grade')",
        "h.at", "h.id", "''", "h.field", "COALESCE(h.old, '') || ' → ' || COALESCE(h.new, '')", "NULL", "h.who",
    ),
}  # fmt: skip
_BRANCH = (
    "SELECT * FROM (SELECT '{kind}' AS kind, t.* FROM ({source}) t WHERE {behind} ORDER BY 2 DESC, 3 DESC LIMIT ?2)"
)
_FIELDS = {
    "kind": "性质", "name": "姓名", "gender": "性别", "address": "地址", "source": "来源", "notes": "备注",
    "trade": "行业", "size": "规模", "standing": "地位和现状", "likes": "喜好", "dislikes": "忌讳", "needs": "需求",
    "usual_adviser": "常用顾问", "owner": "归属", "region": "区域", "do_not_disturb": "勿扰",
    "contact_consent": "同意联系", "contact_consent_on": "同意联系日期", "keep_consent": "同意保存",
    "keep_consent_on": "同意保存日期", "basics_checked_on": "核实基本信息", "contacts_checked_on": "核实联系人",
    "vehicles_checked_on": "核实车辆", "classes_checked_on": "核实分类评级", "custom": "自定义字段",
    "merged_into": "合并", "extra": "其他", "source_number": "来源编号",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class TimelineRow:
    """One line. ``on`` is the local day, ``at`` the local time where it is known; ``number`` of order or complaint."""

    kind: Happening
    on: date
    at: datetime | None
    id: int
    number: str
    title: str
    detail: str
    amount_fen: int | None
    who: str


@dataclass(frozen=True, slots=True)
class Page:
    """Some lines, and the key the next page begins behind; None on the last."""

    rows: tuple[TimelineRow, ...]
    next: Key | None


class Timelines:
    """Reads only, one query a page."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk

    def page(self, customer_id: int, after: Key | None = None, kinds: Iterable[str] = (), size: int = PAGE) -> Page:
        """The lines behind ``after``, at most ``size`` of them, of these kinds or of all."""
        wanted = [Happening(kind) for kind in kinds] or list(Happening)
        branches = [
            _BRANCH.format(kind=kind.value, source=_SOURCES[kind], behind=_behind(kind, after)) for kind in wanted
        ]
        query = f"WITH found(kind, {', '.join(_NAMES)}) AS ({' UNION ALL '.join(branches)}) SELECT * FROM found"
        told: tuple[object, ...] = (customer_id, size + 1)
        if after is not None:
            query += " WHERE ?3 IS NOT NULL AND ?4 IS NOT NULL"  # named here in case no branch asks for them
            told += (after[0], after[2])
        query += " ORDER BY at DESC, kind DESC, id DESC LIMIT ?2"
        rows = self._desk.rows(query, told)
        last = rows[size - 1] if len(rows) > size else None
        return Page(tuple(_row(row) for row in rows[:size]), (last[1], last[0], last[2]) if last else None)


def _behind(kind: Happening, after: Key | None) -> str:
    """The condition that a branch's line comes behind the key; kinds compare as their words do."""
    if after is None:
        return "1"
    if kind.value == after[1]:
        return "(t.at < ?3 OR (t.at = ?3 AND t.id < ?4))"
    return "t.at <= ?3" if kind.value < after[1] else "t.at < ?3"


def _row(row: tuple[Any, ...]) -> TimelineRow:
    kind, at, found, number, title, detail, fen, who = row
    local = None if len(at) == _DAY_LENGTH else to_local(moment(at))
    shown = _FIELDS.get(title, title) if kind == Happening.CHANGE else title
    return TimelineRow(
        Happening(kind),
        local.date() if local else date.fromisoformat(at),
        local,
        found,
        number,
        shown,
        detail,
        fen,
        who,
    )
