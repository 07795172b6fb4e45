"""What two people changed in the same file at the same time, put together field by field."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, fields, replace
from typing import TypeVar

from crm_desktop.domain.customers import ContactDraft, CustomerDraft, VehicleDraft
from crm_desktop.domain.identity import shown_plate
from crm_desktop.domain.sheets import shown

LABELS = {
    "name": "客户姓名", "kind": "类型", "gender": "性别", "address": "地址", "source": "来源", "notes": "备注",
    "plate": "车牌号", "vin": "VIN", "engine_number": "发动机号", "brand": "品牌", "series": "车系", "model": "车型",
    "colour": "颜色", "bought_on": "购车日期", "mileage": "行驶里程", "brought_by": "送修人",
    "brought_by_phone": "送修人电话", "value": "号码", "role": "身份",
}  # fmt: skip
_PLAIN = ("name", "kind", "gender", "address", "source", "notes")
Part = TypeVar("Part", bound=ContactDraft | VehicleDraft)
AnyDraft = TypeVar("AnyDraft", bound=CustomerDraft | ContactDraft | VehicleDraft)


@dataclass(frozen=True, slots=True)
class Met:
    """Both changes in one draft. What both changed differently keeps the typed value; ``clashes`` says what is
    stored: (field of the customer or empty, phrase)."""

    draft: CustomerDraft
    clashes: tuple[tuple[str, str], ...]


def met(base: CustomerDraft, mine: CustomerDraft, stored: CustomerDraft) -> Met:
    """Three forms of one file as one: as it was read, as it was typed, as it stands now (all normalised).

    Who changed a field alone wins; a contact or car that somebody added or removed meanwhile follows him, unless
    it was typed into here.
    """
    clashes: list[tuple[str, str]] = []
    whole = _fields_met(base, mine, stored, _PLAIN, clashes, "")
    contacts = _parts_met(base.contacts, mine.contacts, stored.contacts, clashes)
    vehicles = _parts_met(base.vehicles, mine.vehicles, stored.vehicles, clashes)
    return Met(replace(whole, contacts=contacts, vehicles=vehicles), tuple(clashes))


def _parts_met(
    base: Sequence[Part], mine: Sequence[Part], stored: Sequence[Part], clashes: list[tuple[str, str]]
) -> tuple[Part, ...]:
    before, now = {part.id: part for part in base}, {part.id: part for part in stored}
    kept: list[Part] = []
    for part in mine:
        if part.id is None or part.id not in before:
            kept.append(part)
        elif part.id in now:
            names = tuple(field.name for field in fields(part) if field.name != "id")
            kept.append(_fields_met(before[part.id], part, now[part.id], names, clashes, _called(now[part.id])))
        elif part != before[part.id]:
            kept.append(replace(part, id=None) if isinstance(part, ContactDraft) else part)
    seen: set[int | None] = {*before, *(part.id for part in mine)}
    return (*kept, *(part for part in stored if part.id not in seen))


def _fields_met(
    base: AnyDraft,
    mine: AnyDraft,
    stored: AnyDraft,
    names: Sequence[str],
    clashes: list[tuple[str, str]],
    whose: str,
) -> AnyDraft:
    changes: dict[str, object] = {}
    for name in names:
        was, typed, now = (getattr(draft, name) for draft in (base, mine, stored))
        if typed == was:
            changes[name] = now
        elif now not in (was, typed):
            clashes.append(("" if whose else name, f"{whose}{LABELS[name]}现在是“{shown(now) or '空'}”"))
    return replace(mine, **changes)  # type: ignore[arg-type]  # values of the very fields they are put back into


def _called(part: ContactDraft | VehicleDraft) -> str:
    """How a part is named in a sentence."""
    return f"{part.kind} " if isinstance(part, ContactDraft) else f"{shown_plate(part.plate) or part.vin} 的"
