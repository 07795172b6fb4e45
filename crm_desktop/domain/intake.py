"""What registering a complaint needs, and what a change of its fields may say (seed 001 篇1 五.1)."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import replace
from datetime import date, datetime
from types import NoneType
from typing import Any

from crm_desktop.domain import identity
from crm_desktop.domain.complaint_rows import ComplaintDraft
from crm_desktop.domain.complaints import FIELD_LABELS, LONG_FIELDS, Channel, Line, Severity
from crm_desktop.domain.errors import InvalidInput
from crm_desktop.domain.text import checked_line, checked_text

FIELD_KINDS: Mapping[str, tuple[type, ...]] = {
    "customer": (int, NoneType),
    "vehicle": (int, NoneType),
    "mileage": (int, NoneType),
    "occurred_at": (datetime, NoneType),
    "received_at": (datetime,),
    "planned_on": (date, NoneType),
    "done_on": (date, NoneType),
    "patience_until": (datetime, NoneType),
    "told_at": (datetime, NoneType),
    "compensation_fen": (int, NoneType),
    "oem_closed_at": (datetime, NoneType),
}
"""The fields that are no text, by the kinds their values may have."""
_PARTY_LABELS = {
    "customer_name": "客户姓名", "phone": "联系电话", "plate": "车牌号", "vin": "VIN", "received_by": "接收人",
}  # fmt: skip


def checked_draft(draft: ComplaintDraft, now: datetime, channels: Collection[str] = tuple(Channel)) -> ComplaintDraft:
    """The draft cleaned and normalised, with ``received_at`` filled in; ``channels`` are those of this home.

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
        received_by=_collect(faults, "received_by", draft.received_by, 80),
        severity_reason=_collect(faults, "severity_reason", draft.severity_reason),
        category=_collect(faults, "category", draft.category, 60),
        phone=identity.phone_key(_collect(faults, "phone", draft.phone, 40)),
        plate=identity.plate_key(_collect(faults, "plate", draft.plate, 20)),
        vin=identity.vin_key(_collect(faults, "vin", draft.vin, 30)),
        received_at=draft.received_at or now,
    )
    _check_choice(faults, "channel", draft.channel, channels)
    faults = _missing(cleaned) | _out_of_range(cleaned, now) | faults  # a refused text is there, not missing
    if faults:
        raise InvalidInput(faults)
    return cleaned


def checked_changes(changes: Mapping[str, object], channels: Collection[str] = tuple(Channel)) -> dict[str, Any]:
    """Changed fields cleaned by their kind: line, long text, choice, number of km, day or UTC time.

    ``channels`` are those of this home.

    :raises InvalidInput: for a field nobody may change, a value of another kind, a text that is too long, or
        nothing where something must stand.
    """
    faults: dict[str, str] = {}
    cleaned: dict[str, Any] = {}
    for name, value in changes.items():
        if name not in FIELD_LABELS or name == "state":
            raise InvalidInput(f"没有可以修改的栏目“{name}”。")
        cleaned[name] = _collect(faults, name, value) if isinstance(value, str) else value
        if not isinstance(value, FIELD_KINDS.get(name, str)):
            faults[name] = f"{FIELD_LABELS[name]}不能是“{value}”，请核对。"
    if cleaned.get("words") == "":
        faults.setdefault("words", "抱怨内容不能为空，请写下客户的原话。")
    _check_mileage(faults, cleaned.get("mileage"))
    _check_choice(faults, "line", cleaned.get("line") or None, tuple(Line))
    _check_choice(faults, "channel", cleaned.get("channel"), channels)
    _check_choice(faults, "severity", cleaned.get("severity"), tuple(Severity))
    if faults:
        raise InvalidInput(faults)
    return cleaned


def _collect(faults: dict[str, str], name: str, raw: str, limit: int | None = None) -> str:
    label = _PARTY_LABELS.get(name) or FIELD_LABELS[name]
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
    _check_choice(faults, "severity", draft.severity, tuple(Severity))
    faults |= check_times(draft.occurred_at, draft.received_at, now)
    _check_mileage(faults, draft.mileage)
    if draft.severity_ticks and draft.severity != Severity.MAJOR and not draft.severity_reason:
        faults["severity_reason"] = "勾选的判据属于重大投诉；仍按一般处理请写明理由。"
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


def _check_choice(faults: dict[str, str], name: str, value: object, known: Collection[str]) -> None:
    if value is not None and value not in known:
        faults[name] = f"{FIELD_LABELS[name]}没有“{value}”，请从 {'、'.join(known)} 中选。"
