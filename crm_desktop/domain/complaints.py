"""抱怨/投诉单: channels, states, what registering needs, and the labels of every field (seed 001 篇1 五)."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime
from enum import StrEnum
from types import NoneType
from typing import Any

from crm_desktop.domain import identity
from crm_desktop.domain.errors import InvalidInput, NotAllowed
from crm_desktop.domain.text import checked_line, checked_text


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
    """Where a complaint stands; always the fold of its events, never set by hand."""

    REGISTERED = "登记"
    IN_PROGRESS = "处理中"
    RESOLVED = "已解决"
    CLOSED = "已关闭"
    VOID = "作废"


class Event(StrEnum):
    """What can happen to a complaint; the history of its milestones."""

    REGISTERED = "registered"
    TAKEN_UP = "taken_up"
    RESOLVED = "resolved"
    CLOSED = "closed"
    REOPENED = "reopened"
    VOIDED = "voided"


STATE_AFTER: Mapping[str, State] = {
    Event.REGISTERED: State.REGISTERED,
    Event.TAKEN_UP: State.IN_PROGRESS,
    Event.RESOLVED: State.RESOLVED,
    Event.CLOSED: State.CLOSED,
    Event.REOPENED: State.IN_PROGRESS,
    Event.VOIDED: State.VOID,
}
EVENT_LABELS: Mapping[str, str] = {
    Event.REGISTERED: "登记",
    Event.TAKEN_UP: "开始处理",
    Event.RESOLVED: "解决",
    Event.CLOSED: "关闭",
    Event.REOPENED: "重开",
    Event.VOIDED: "作废",
}
ALLOWED_FROM: Mapping[str, frozenset[State]] = {
    Event.TAKEN_UP: frozenset({State.REGISTERED}),
    Event.RESOLVED: frozenset({State.REGISTERED, State.IN_PROGRESS}),
    Event.CLOSED: frozenset({State.RESOLVED}),
    Event.REOPENED: frozenset({State.RESOLVED, State.CLOSED}),
    Event.VOIDED: frozenset({State.REGISTERED, State.IN_PROGRESS, State.RESOLVED}),
}
OPEN_STATES = (State.REGISTERED, State.IN_PROGRESS, State.RESOLVED)

CATEGORIES = ("产品质量", "维修质量", "服务态度", "维修价格", "维修时间", "配件供应", "环境/洗车", "销售及其他")
"""First-level categories proposed in facts.md 5.1."""

HISTORY_ORIGIN = "history"
DESK_ORIGIN = "desk"

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
    }
)
CORRECTED_WITH_REASON = frozenset({"customer", "vehicle", "channel", "received_at"})
"""What was told wrongly at the counter: changed later only with a reason (part 1, line 3 of the order)."""
_KINDS: Mapping[str, tuple[type, ...]] = {
    "customer": (int, NoneType),
    "vehicle": (int, NoneType),
    "mileage": (int, NoneType),
    "occurred_at": (datetime, NoneType),
    "received_at": (datetime,),
    "planned_on": (date, NoneType),
    "done_on": (date, NoneType),
}
"""The fields that are no text, by the kinds their values may have."""


@dataclass(frozen=True, slots=True)
class ComplaintDraft:
    """A complaint as typed at the counter; needs only the words plus one of name, phone, plate.

    Times are aware UTC; ``received_at`` None means now. ``customer_id`` and ``vehicle_id`` are set when somebody
    already in the files was chosen. ``mileage`` in km.
    """

    words: str = ""
    channel: str = Channel.RECEPTION
    severity: str = Severity.ORDINARY
    category: str = ""
    demand: str = ""
    customer_id: int | None = None
    vehicle_id: int | None = None
    customer_name: str = ""
    phone: str = ""
    brought_by: str = ""
    plate: str = ""
    vin: str = ""
    mileage: int | None = None
    order_number: str = ""
    occurred_at: datetime | None = None
    received_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class ComplaintRow:
    """One line of the complaint list. ``received_at`` is UTC; ``history`` marks 历史导入."""

    id: int
    number: str
    source_number: str
    state: str
    severity: str
    channel: str
    category: str
    received_at: datetime
    received_has_time: bool
    customer_name: str
    phone: str
    plate: str
    model: str
    words: str
    responsible: str
    history: bool


@dataclass(frozen=True, slots=True)
class EventRow:
    """One thing that happened: ``at`` when it happened, ``entered_at`` when it was typed (both UTC)."""

    kind: str
    at: datetime
    entered_at: datetime
    who: str
    note: str


@dataclass(frozen=True, slots=True)
class HistoryLine:
    """One line of 历史: who changed what, when, from where; erased values show as 已删除."""

    at: datetime
    who: str
    screen: str
    field: str
    old: str
    new: str
    reason: str


def checked_draft(draft: ComplaintDraft, now: datetime) -> ComplaintDraft:
    """The draft cleaned and normalised, with ``received_at`` filled in.

    :raises InvalidInput: with a sentence per field: no words, nobody to know the case by, unknown channel or
        severity, a time to come, a mileage that cannot be one.
    """
    faults: dict[str, str] = {}
    cleaned = replace(
        draft,
        words=_collect(faults, "words", draft.words),
        demand=_collect(faults, "demand", draft.demand),
        customer_name=_collect(faults, "customer_name", draft.customer_name, 80),
        brought_by=_collect(faults, "brought_by", draft.brought_by, 80),
        order_number=_collect(faults, "order_number", draft.order_number, 60),
        category=_collect(faults, "category", draft.category, 60),
        phone=identity.phone_key(_collect(faults, "phone", draft.phone, 40)),
        plate=identity.plate_key(_collect(faults, "plate", draft.plate, 20)),
        vin=identity.vin_key(_collect(faults, "vin", draft.vin, 30)),
        received_at=draft.received_at or now,
    )
    faults = _missing(cleaned) | _out_of_range(cleaned, now) | faults  # a refused text is there, not missing
    if faults:
        raise InvalidInput(faults)
    return cleaned


def checked_changes(changes: Mapping[str, object]) -> dict[str, Any]:
    """Changed fields cleaned by their kind: line, long text, choice, number of km, day or UTC time.

    :raises InvalidInput: for a field nobody may change, a value of another kind, a text that is too long, or
        nothing where something must stand.
    """
    faults: dict[str, str] = {}
    cleaned: dict[str, Any] = {}
    for name, value in changes.items():
        if name not in FIELD_LABELS or name == "state":
            raise InvalidInput(f"没有可以修改的栏目“{name}”。")
        cleaned[name] = _collect(faults, name, value) if isinstance(value, str) else value
        if not isinstance(value, _KINDS.get(name, str)):
            faults[name] = f"{FIELD_LABELS[name]}不能是“{value}”，请核对。"
    if cleaned.get("words") == "":
        faults.setdefault("words", "抱怨内容不能为空，请写下客户的原话。")
    _check_mileage(faults, cleaned.get("mileage"))
    _check_choice(faults, "line", cleaned.get("line") or None, tuple(Line))
    _check_choice(faults, "channel", cleaned.get("channel"), tuple(Channel))
    _check_choice(faults, "severity", cleaned.get("severity"), tuple(Severity))
    if faults:
        raise InvalidInput(faults)
    return cleaned


def state_of(kinds: Iterable[str]) -> State:
    """The state after these event kinds, oldest first; kinds that move nothing are passed over."""
    state = State.REGISTERED
    for kind in kinds:
        state = STATE_AFTER.get(kind, state)
    return state


def check_move(event: Event, state: str) -> None:
    """:raises NotAllowed: when the procedure does not let a complaint in ``state`` take this step."""
    if State(state) not in ALLOWED_FROM[event]:
        allowed = "、".join(s.value for s in State if s in ALLOWED_FROM[event])
        raise NotAllowed(f"这张单现在是“{state}”，不能{EVENT_LABELS[event]}；只有“{allowed}”的单可以。")


def default_channel(role: str) -> Channel:
    """The channel a role mostly receives complaints by (seed 001 篇1 一 to 四)."""
    return CHANNEL_OF_ROLE.get(role, Channel.RECEPTION)


def _collect(faults: dict[str, str], name: str, raw: str, limit: int | None = None) -> str:
    label = {"customer_name": "客户姓名", "phone": "联系电话", "plate": "车牌号", "vin": "VIN"}.get(
        name
    ) or FIELD_LABELS[name]
    try:
        if name in LONG_FIELDS:
            return checked_text(raw, label)
        return checked_line(raw, label, limit or 200)
    except InvalidInput as refusal:
        faults[name] = refusal.sentence
        return ""


def _missing(draft: ComplaintDraft) -> dict[str, str]:
    missing: dict[str, str] = {}
    if not draft.words:
        missing["words"] = "请写下客户的原话（抱怨内容）。"
    known = draft.customer_id or draft.vehicle_id or draft.customer_name or draft.phone or draft.plate or draft.vin
    if not known:
        missing["customer_name"] = "请填客户姓名、联系电话、车牌号中的至少一项。"
    return missing


def _out_of_range(draft: ComplaintDraft, now: datetime) -> dict[str, str]:
    faults: dict[str, str] = {}
    _check_choice(faults, "channel", draft.channel, tuple(Channel))
    _check_choice(faults, "severity", draft.severity, tuple(Severity))
    faults |= check_times(draft.occurred_at, draft.received_at, now)
    _check_mileage(faults, draft.mileage)
    return faults


def check_times(occurred_at: datetime | None, received_at: datetime | None, now: datetime) -> dict[str, str]:
    """Faults of the two times told by people; five minutes of clock difference are let pass."""
    faults: dict[str, str] = {}
    if received_at is not None and (received_at - now).total_seconds() > 300:
        faults["received_at"] = "受理时间晚于现在，请核对日期和时间。"
    if received_at is not None and received_at.year < 1990:
        faults["received_at"] = "受理时间早于 1990 年，请核对日期。"
    if occurred_at is not None and received_at is not None and occurred_at > received_at:
        faults["occurred_at"] = "发生时间晚于受理时间，请核对。"
    return faults


def _check_mileage(faults: dict[str, str], value: object) -> None:
    if isinstance(value, int) and not 0 <= value <= 3_000_000:
        faults["mileage"] = "行驶里程应在 0 到 3,000,000 公里之间，请核对。"


def _check_choice(faults: dict[str, str], name: str, value: object, known: tuple[str, ...]) -> None:
    if value is not None and value not in known:
        faults[name] = f"{FIELD_LABELS[name]}没有“{value}”，请从 {'、'.join(known)} 中选。"


@dataclass(frozen=True, slots=True)
class ComplaintCase:
    """One complaint with all the form shows. Times UTC, days local; ``ver`` goes back with a change."""

    id: int
    number: str
    source_number: str
    ver: int
    state: str
    history: bool
    customer_id: int | None
    customer_name: str
    phone: str
    address: str
    vehicle_id: int | None
    plate: str
    vin: str
    brand: str
    series: str
    model: str
    bought_on: date | None
    fields: Mapping[str, object]
    received_at: datetime
    received_has_time: bool
    entered_at: datetime
    received_by: str
    source_status: str
    fault_codes: str
    events: tuple[EventRow, ...]
