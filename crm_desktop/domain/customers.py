"""客户档案: drafts, checks and rows of customers and their vehicles (seed 001 篇9, classes 1 and 2)."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from crm_desktop.domain import identity
from crm_desktop.domain.errors import InvalidInput
from crm_desktop.domain.text import checked_line, checked_text

NAMELESS = identity.NAMELESS
_MOBILE = re.compile(r"1[3-9]\d{9}")


class CustomerKind(StrEnum):
    """A person or a company (fleet)."""

    PERSON = "个人"
    COMPANY = "单位"


class ContactKind(StrEnum):
    """How somebody can be reached (001 篇9 2)."""

    MOBILE = "手机"
    LANDLINE = "座机"
    EMAIL = "邮箱"
    WECHAT = "微信"
    QQ = "QQ"


@dataclass(frozen=True, slots=True)
class ContactDraft:
    """One way to reach one person: 车主 himself, the one who brings the car (送修人), driver, finance …"""

    value: str
    kind: str = ContactKind.MOBILE
    name: str = ""
    role: str = "车主"
    id: int | None = None


@dataclass(frozen=True, slots=True)
class VehicleDraft:
    """A car as typed; ``id`` is set when an existing one is changed. ``mileage`` in km."""

    plate: str = ""
    vin: str = ""
    engine_number: str = ""
    brand: str = ""
    series: str = ""
    model: str = ""
    colour: str = ""
    bought_on: date | None = None
    mileage: int | None = None
    brought_by: str = ""
    brought_by_phone: str = ""
    id: int | None = None


@dataclass(frozen=True, slots=True)
class CustomerDraft:
    """A customer as typed, with contacts and cars."""

    name: str = ""
    kind: str = CustomerKind.PERSON
    gender: str = ""
    address: str = ""
    source: str = ""
    notes: str = ""
    contacts: tuple[ContactDraft, ...] = ()
    vehicles: tuple[VehicleDraft, ...] = ()


@dataclass(frozen=True, slots=True)
class CustomerRow:
    """One line of the customer list; ``phone`` is the first number, masked by whoever shows it."""

    id: int
    name: str
    kind: str
    phone: str
    plates: str
    models: str
    vehicle_count: int
    complaint_count: int
    last_contact: date | None = None


@dataclass(frozen=True, slots=True)
class CustomerProfile:
    """Everything the profile page shows; ``ver`` goes back with a change."""

    id: int
    ver: int
    draft: CustomerDraft
    complaint_numbers: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Known:
    """Somebody already in the files: offered while typing. ``why`` says which words met (手机尾号 5521)."""

    customer_id: int | None
    vehicle_id: int | None
    name: str
    phone: str
    plate: str
    vin: str
    model: str
    why: str
    open_complaints: int = 0


def checked_customer(draft: CustomerDraft) -> CustomerDraft:
    """The draft cleaned and normalised.

    :raises InvalidInput: too long texts, or neither a name nor a number to know the customer by.
    """
    contacts = tuple(_checked_contact(c) for c in draft.contacts if c.value.strip())
    name = checked_line(draft.name, "客户姓名", 80)
    if not name and not contacts:
        raise InvalidInput({"name": "请填客户姓名或联系电话，至少一项。"})
    return CustomerDraft(
        name=name,
        kind=draft.kind or CustomerKind.PERSON,
        gender=checked_line(draft.gender, "性别", 10),
        address=checked_line(draft.address, "地址"),
        source=checked_line(draft.source, "来源", 80),
        notes=checked_text(draft.notes, "备注"),
        contacts=contacts,
        vehicles=tuple(checked_vehicle(v) for v in draft.vehicles),
    )


def checked_vehicle(draft: VehicleDraft) -> VehicleDraft:
    """The car cleaned and normalised: plate and VIN as their keys.

    :raises InvalidInput: too long texts, or a mileage that cannot be one.
    """
    if draft.mileage is not None and not 0 <= draft.mileage <= 3_000_000:
        raise InvalidInput({"mileage": "行驶里程应在 0 到 3,000,000 公里之间，请核对。"})
    return VehicleDraft(
        plate=identity.plate_key(checked_line(draft.plate, "车牌号", 20)),
        vin=identity.vin_key(checked_line(draft.vin, "VIN", 30)),
        engine_number=checked_line(draft.engine_number, "发动机号", 40),
        brand=checked_line(draft.brand, "品牌", 60),
        series=checked_line(draft.series, "车系", 60),
        model=checked_line(draft.model, "车型", 120),
        colour=checked_line(draft.colour, "颜色", 30),
        bought_on=draft.bought_on,
        mileage=draft.mileage,
        brought_by=checked_line(draft.brought_by, "送修人", 80),
        brought_by_phone=identity.phone_key(checked_line(draft.brought_by_phone, "送修人电话", 40)),
        id=draft.id,
    )


def phone_kind(phone: str) -> ContactKind:
    """手机 for a normalised mobile number, 座机 for every other (facts.md 7.3)."""
    return ContactKind.MOBILE if _MOBILE.fullmatch(phone) else ContactKind.LANDLINE


def model_text(brand: str, series: str, model: str) -> str:
    """The car in one phrase, without saying the same word twice (朗逸 + 朗逸 1.5L → 朗逸 1.5L)."""
    parts: list[str] = []
    for part in (brand, series, model):
        if part and not any(part in seen for seen in parts):
            parts = [seen for seen in parts if seen not in part]
            parts.append(part)
    return " ".join(parts)


def _checked_contact(draft: ContactDraft) -> ContactDraft:
    value = checked_line(draft.value, "联系方式", 120)
    if draft.kind in (ContactKind.MOBILE, ContactKind.LANDLINE):
        value = identity.phone_key(value)
    name = checked_line(draft.name, "联系人", 80)
    return ContactDraft(value, draft.kind, name, checked_line(draft.role, "联系人身份", 30), draft.id)
