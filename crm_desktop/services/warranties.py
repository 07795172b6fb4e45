"""保修与三包 of one car: its terms, its repairs for faults of quality, and what the rule of 2022 says about them.

view(vehicle_id) -> WarrantyView           set_terms(vehicle_id, ver, CarTerms, act) -> ver
record(vehicle_id, RepairDraft, act) -> id     amend(repair_id, ver, RepairDraft, act) -> ver     take_back(…)
"""

from __future__ import annotations

from dataclasses import asdict, dataclass, field, replace
from datetime import date
from typing import Any

from crm_desktop.clock import local_day
from crm_desktop.domain.acts import Act
from crm_desktop.domain.errors import InvalidInput, NotFound
from crm_desktop.domain.guarantee import Order, RepairCover, guaranteed
from crm_desktop.domain.rights import Right, require
from crm_desktop.domain.text import checked_line
from crm_desktop.domain.warranty import (
    SYSTEMS,
    CarCover,
    Counter,
    Cover,
    CoverState,
    RepairKind,
    Terms,
    WarrantyRepair,
    counters,
    covers,
    early_rights,
    promised,
    start_of,
)
from crm_desktop.models.customers import Vehicle
from crm_desktop.models.moments import moment
from crm_desktop.models.profile import WarrantyRepair as RepairRecord
from crm_desktop.services.desk import Desk
from crm_desktop.services.rules import Rules

_TERMS = ("repair_months", "repair_km", "exchange_months", "exchange_km")
_CAR = (
    f"SELECT ver, bought_on, delivered_on, mileage, purpose, price_fen, brand, {', '.join(_TERMS)}"
    " FROM vehicles WHERE id = ?"
)
_REPAIRS = """
    SELECT came_at, finished_at, problem, kind, system, part, replaced, settled, excluded_minutes, mileage,
        order_number, id, ver FROM warranty_repairs WHERE vehicle_id = ? AND removed = 0 ORDER BY came_at, id
"""
_LAST_ORDER = """
    SELECT COALESCE(order_number, ''), kind, COALESCE(left_on, came_on), mileage FROM visits
    WHERE vehicle_id = ? AND COALESCE(left_on, came_on) IS NOT NULL ORDER BY COALESCE(left_on, came_on) DESC, id DESC
    LIMIT 1
"""


@dataclass(frozen=True, slots=True)
class CarTerms:
    """What the file says about a car's warranty; terms None: the least the law asks. Price in fen."""

    invoiced_on: date | None = None
    delivered_on: date | None = None
    purpose: str = ""
    price_fen: int | None = None
    terms: Terms = field(default_factory=Terms)


@dataclass(frozen=True, slots=True)
class WarrantyView:
    """Everything about one car's warranty. ``repairs`` are all recorded; the counters count those inside 三包."""

    vehicle_id: int
    ver: int
    car: CarTerms
    covers: tuple[Cover, Cover]
    counters: tuple[Counter, ...]
    early: tuple[str, ...]
    repairs: tuple[WarrantyRepair, ...]
    last_order: RepairCover | None


class Warranties:
    """Reads and counts; a person decides."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk

    def view(self, vehicle_id: int) -> WarrantyView:
        """One car as of now; raises NotFound."""
        found = self._desk.rows(_CAR, (vehicle_id,))
        if not found:
            raise NotFound("没有这辆车，请刷新后再看。")
        ver, bought, delivered, mileage, purpose, price, brand, *terms = found[0]
        rules, today = Rules(self._desk).warranty(), self._desk.today()
        told = CarTerms(_day(bought), _day(delivered), purpose, price, Terms(*terms))
        begun = start_of(told.invoiced_on, told.delivered_on)
        car = CarCover(begun, mileage, told.terms.over(promised(rules.makers, brand, begun)), purpose)
        repairs = tuple(_repair(row) for row in self._desk.rows(_REPAIRS, (vehicle_id,)))
        inside = [r for r in repairs if _inside(r, car, rules.terms)]
        last = self._desk.rows(_LAST_ORDER, (vehicle_id,))
        order = Order(last[0][0], last[0][1], date.fromisoformat(last[0][2]), last[0][3]) if last else None
        return WarrantyView(
            vehicle_id,
            ver,
            told,
            covers(car, rules.terms, today),
            counters(inside, rules.limits, self._desk.now()) if inside else (),
            early_rights(car, today),
            repairs,
            guaranteed(order, rules.guarantees, today, mileage) if order else None,
        )

    def set_terms(self, vehicle_id: int, ver: int, terms: CarTerms, act: Act) -> int:
        """Invoice, delivery, use, price and the maker's own terms. Returns the new version of the car.

        :raises InvalidInput: a day to come, numbers below 0. :raises ChangedMeanwhile: somebody saved first.
        """
        act = require(act, Right.PROFILE)
        numbers = [terms.price_fen, *(getattr(terms.terms, name) for name in _TERMS)]
        if any(number is not None and number < 0 for number in numbers):
            raise InvalidInput({"terms": "期限、公里数和车价不能小于 0，请核对。"})
        if any(day and day > local_day(act.at) for day in (terms.invoiced_on, terms.delivered_on)):
            raise InvalidInput({"delivered_on": "开票和交付日期不能晚于今天，请核对。"})
        values: dict[str, Any] = {name: getattr(terms.terms, name) for name in _TERMS}
        values |= {"bought_on": terms.invoiced_on, "delivered_on": terms.delivered_on, "price_fen": terms.price_fen}
        values["purpose"] = checked_line(terms.purpose, "用途", 20)
        with self._desk.writing(act) as ledger:
            return ledger.change(Vehicle, vehicle_id, values, ver)

    def record(self, vehicle_id: int, repair: WarrantyRepair, act: Act) -> int:
        """One repair for a fault of quality. Returns its id.

        :raises InvalidInput: nothing said of the problem, an unknown system, times in an order that cannot be.
        """
        act = require(act, Right.REWORK)
        values = _values(_checked(repair, act))
        self._check_car(vehicle_id)
        with self._desk.writing(act) as ledger:
            title = values["problem"]
            return ledger.add(RepairRecord, title, vehicle=vehicle_id, who=act.who, entered_at=act.at, **values)

    def amend(self, repair_id: int, repair: WarrantyRepair, act: Act) -> None:
        """Changes a repair, also to say it is finished; raises as ``record``, and NotFound."""
        act = require(act, Right.REWORK)
        values = _values(_checked(repair, act))
        with self._desk.writing(act) as ledger:
            ledger.change(RepairRecord, repair_id, values, repair.ver)

    def take_back(self, repair_id: int, reason: str, act: Act, ver: int | None = None) -> None:
        """A repair entered by mistake counts no more; it stays in the history with the reason.

        :raises InvalidInput: no reason. :raises ChangedMeanwhile: it is not the ``ver`` any more that was shown.
        """
        act = require(act, Right.REWORK)
        why = checked_line(reason, "原因")
        if not why:
            raise InvalidInput({"reason": "撤回三包修理记录请写明原因。"})
        with self._desk.writing(act) as ledger:
            ledger.change(RepairRecord, repair_id, {"removed": True}, ver, reason=why)

    def _check_car(self, vehicle_id: int) -> None:
        if not self._desk.rows("SELECT 1 FROM vehicles WHERE id = ?", (vehicle_id,)):
            raise NotFound("没有这辆车，请刷新后再看。")


def _checked(repair: WarrantyRepair, act: Act) -> WarrantyRepair:
    faults = {}
    problem = checked_line(repair.problem, "质量问题", 80)
    if not problem:
        faults["problem"] = "请写质量问题，同一问题每次用同样的写法，才能算次数。"
    if repair.kind not in tuple(RepairKind):
        faults["kind"] = f"故障类型请从 {'、'.join(RepairKind)} 中选。"
    if repair.system and repair.system not in SYSTEMS:
        faults["system"] = f"系统请从 {'、'.join(SYSTEMS)} 中选，都不是就留空。"
    if repair.came_at > act.at:
        faults["came_at"] = "送修时间晚于现在，请核对。"
    if repair.finished_at and not repair.came_at <= repair.finished_at <= act.at:
        faults["finished_at"] = "修好的时间应在送修时间和现在之间，请核对。"
    if repair.excluded_minutes < 0:
        faults["excluded_minutes"] = "不计入的时间不能小于 0。"
    if faults:
        raise InvalidInput(faults)
    return replace(
        repair,
        problem=problem,
        part=checked_line(repair.part, "零部件", 60),
        order_number=checked_line(repair.order_number, "委托书号", 60),
    )


def _values(repair: WarrantyRepair) -> dict[str, Any]:
    told = asdict(repair)
    del told["id"], told["ver"]
    return told


def _inside(repair: WarrantyRepair, car: CarCover, least: Terms) -> bool:
    """Whether the car was in its 三包 period when it came; without a mileage then the day decides."""
    then = replace(car, mileage=repair.mileage if repair.mileage is not None else 0)
    return covers(then, least, local_day(repair.came_at))[1].state is CoverState.IN


def _repair(row: tuple[Any, ...]) -> WarrantyRepair:
    came, finished, problem, kind, system, part, replaced, settled, excluded, mileage, order, found, ver = row
    return WarrantyRepair(
        moment(came), moment(finished) if finished else None, problem, kind, system, part, bool(replaced),
        bool(settled), excluded, mileage, order, found, ver,
    )  # fmt: skip


def _day(text: str | None) -> date | None:
    return date.fromisoformat(text) if text else None
