"""The lists of the room 客户档案 as columns: customers, the cars of one, his complaints."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from operator import attrgetter

from crm_desktop.clock import to_local
from crm_desktop.domain.customers import NAMELESS, CustomerRow, VehicleDraft, model_text
from crm_desktop.domain.identity import masked_phone, shown_plate
from crm_desktop.domain.sheets import Column, Kind

NO_PLATE = "未填车牌"


@dataclass(frozen=True, slots=True)
class CarLine:
    """One car in the list of a customer's cars; ``place`` counts from 0 and stays while it is edited."""

    place: int
    car: VehicleDraft


@dataclass(frozen=True, slots=True)
class CaseLine:
    """One complaint of this customer. ``received_at`` is UTC."""

    number: str
    received_at: datetime
    state: str
    words: str


def _name(row: CustomerRow) -> str:
    return row.name or NAMELESS


def _phone(row: CustomerRow) -> str:
    return masked_phone(row.phone)


def _plates(row: CustomerRow) -> str:
    plates = row.plates.split()
    more = f" 等 {row.vehicle_count} 台" if row.vehicle_count > 1 else ""
    return f"{shown_plate(plates[0])}{more}" if plates else ""


def _complaints(row: CustomerRow) -> int | None:
    return row.complaint_count or None


def plate_of(car: VehicleDraft) -> str:
    """What a car is called in the list."""
    return shown_plate(car.plate) or car.vin or NO_PLATE


def _plate(row: CarLine) -> str:
    return plate_of(row.car)


def _model(row: CarLine) -> str:
    return model_text(row.car.brand, row.car.series, row.car.model)


def _received(row: CaseLine) -> datetime:
    return to_local(row.received_at)


CUSTOMERS: tuple[Column[CustomerRow], ...] = (
    Column("姓名", _name, width=8),
    Column("类型", attrgetter("kind"), width=3.8),
    Column("电话", _phone, width=12),
    Column("车牌", _plates, width=11.5),
    Column("车型", attrgetter("models"), width=14, wrap=True),
    Column("抱怨数", _complaints, Kind.INTEGER, width=5.3),
)
CARS: tuple[Column[CarLine], ...] = (
    Column("车牌号", _plate, width=12),
    Column("车型", _model, width=20, wrap=True),
    Column("VIN", attrgetter("car.vin"), width=20),
    Column("送修人", attrgetter("car.brought_by"), width=9),
)
CASES: tuple[Column[CaseLine], ...] = (
    Column("单号", attrgetter("number"), width=14.6),
    Column("受理时间", _received, Kind.TIME, width=15),
    Column("状态", attrgetter("state"), width=6.5),
    Column("抱怨内容", attrgetter("words"), width=24, wrap=True),
)
