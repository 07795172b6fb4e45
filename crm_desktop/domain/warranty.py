"""保修与三包: what a car is covered by on a day and at a mileage, and how near it is to 换车 or 退货 (facts.md 6.1).

Law: 《家用汽车产品修理更换退货责任规定》 (市场监管总局令第43号, in force since 2022-01-01), cited below by article;
periods end by 民法典 201 and 202: the first day does not count, the day of the same number is the last one. The
limits are data (resources/rules/warranty.json). This counts and warns; it is no legal advice.

    start_of(invoiced_on, delivered_on) -> date | None
    promised(makers, brand, starts_on) -> Terms
    covers(CarCover, today) -> (Cover 包修, Cover 三包)
    counters(repairs, car, limits, now) -> tuple[Counter, ...]      the counts of article 24, and 21
    early_rights(car, today) -> tuple[str, ...]                     articles 20, 22, 23
    usage_fee_fen(price_fen, km) -> int                             article 27, the most that may be asked
"""

from __future__ import annotations

import calendar
from collections import Counter as Tally
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum
from typing import Any

from crm_desktop.domain.errors import InvalidInput

ASSEMBLIES = ("发动机", "变速器", "动力蓄电池", "行驶驱动电机")
SYSTEMS = (*ASSEMBLIES, "转向系统", "制动系统", "悬架系统", "传动系统", "污染控制装置", "车身")
"""The ten of article 24 (3); the first four are the assemblies of 24 (2)."""
PRIVATE_USE = ("", "家用")
_DAY_MINUTES = 24 * 60
_ALWAYS = "1900-01-01"
_EARLY_DAYS, _EARLY_KM, _FIRST_DAYS = 60, 3000, 7
_USAGE_SHARE = 0.005


class CoverState(StrEnum):
    """Whether a car is covered; 不明 where a day or the mileage it depends on is missing."""

    IN = "在保"
    OVER = "已过期"
    TOO_FAR = "超里程"
    UNKNOWN = "不明"


class RepairKind(StrEnum):
    """What a warranty repair was about; the ones of article 24 (1) are counted apart."""

    SAFETY = "严重安全性能故障"
    OTHER = "其他质量问题"


class Level(StrEnum):
    """How a counter stands: nothing to say, one step before the limit, or the customer may ask for 换 or 退."""

    QUIET = ""
    NEAR = "接近"
    REACHED = "达到"


@dataclass(frozen=True, slots=True)
class Terms:
    """Months and kilometres of 包修 (``repair``) and 三包 (``exchange``); None: the least the law asks."""

    repair_months: int | None = None
    repair_km: int | None = None
    exchange_months: int | None = None
    exchange_km: int | None = None

    def over(self, least: Terms) -> Terms:
        """These terms, never below the law's."""
        pairs = {name: (getattr(self, name) or 0, getattr(least, name) or 0) for name in Terms.__dataclass_fields__}
        return Terms(**{name: max(pair) for name, pair in pairs.items()})


_LEAST_TERMS = Terms(36, 60_000, 24, 50_000)
"""Article 18: a dealership may promise more, never less."""


@dataclass(frozen=True, slots=True)
class Limits:
    """The counts of article 24 and 21; ``near_days`` is from when on we warn."""

    safety_repairs: int
    assembly_changes: int
    part_changes: int
    repair_days: int
    same_problem: int
    single_repair_days: int
    near_days: int


_MOST_COUNTS = {
    "safety_repairs": 2, "assembly_changes": 2, "part_changes": 2, "repair_days": 30, "same_problem": 4,
    "single_repair_days": 5, "near_days": 30,
}  # fmt: skip
"""Articles 24 and 21: a dealership may give in earlier, never later."""


@dataclass(frozen=True, slots=True)
class Guarantee:
    """One line of the 质量保证期 table; no words: holds for every other repair."""

    name: str
    days: int
    km: int
    words: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class MakerTerms:
    """What a maker promises for every car of a brand whose period began on ``since`` or later."""

    brand: str
    since: date
    terms: Terms


@dataclass(frozen=True, slots=True)
class WarrantyRules:
    """The document warranty.json; ``makers`` from the latest promise back."""

    terms: Terms
    limits: Limits
    guarantees: tuple[Guarantee, ...]
    makers: tuple[MakerTerms, ...] = ()


@dataclass(frozen=True, slots=True)
class CarCover:
    """What the periods are counted from. ``terms`` are what the maker gives this car."""

    starts_on: date | None
    mileage: int | None
    terms: Terms
    purpose: str = ""


@dataclass(frozen=True, slots=True)
class Cover:
    """包修期 or 三包有效期 of one car; ``until`` is the last day, ``sentence`` final text."""

    name: str
    state: CoverState
    until: date | None
    km: int
    source: str
    sentence: str


@dataclass(frozen=True, slots=True)
class WarrantyRepair:
    """One repair for a fault of quality. Times are UTC; ``excluded_minutes`` are not counted by article 40 (定制件,
    动力电池运输, 外出救援路途). ``part`` empty and ``replaced``: the whole assembly of ``system`` was changed."""

    came_at: datetime
    finished_at: datetime | None
    problem: str
    kind: str = RepairKind.OTHER
    system: str = ""
    part: str = ""
    replaced: bool = False
    settled: bool = True
    excluded_minutes: int = 0
    mileage: int | None = None
    order_number: str = ""
    id: int | None = None
    ver: int | None = None


@dataclass(frozen=True, slots=True)
class Counter:
    """One count against its limit, with its article and a sentence for the desk."""

    name: str
    count: int
    limit: int
    level: Level
    source: str
    sentence: str


def read_warranty(table: Mapping[str, Any]) -> WarrantyRules:
    """A stored document.

    :raises InvalidInput: a period below the law's, a count above it or none, no line for every other repair.
    """
    terms, limits = table.get("terms", {}), table.get("limits", {})
    numbers = [terms.get(n) for n in Terms.__dataclass_fields__] + [limits.get(n) for n in Limits.__dataclass_fields__]
    if not all(isinstance(n, int) and n > 0 for n in numbers):
        raise InvalidInput("三包规则的期限和次数都要填大于 0 的整数，请核对。")
    for name, least in asdict(_LEAST_TERMS).items():
        if terms[name] < least:
            raise InvalidInput(f"法定最低是 {least:,}，只能更长，不能填 {terms[name]:,}（总局令第43号第十八条）。")
    for name, most in _MOST_COUNTS.items():
        if limits[name] > most:
            raise InvalidInput(f"法定是 {most}，只能更少，不能填 {limits[name]}（总局令第43号第二十一、二十四条）。")
    found = tuple(Guarantee(g["name"], g["days"], g["km"], tuple(g["words"])) for g in table.get("guarantees", ()))
    if not any(not g.words for g in found) or not all(g.days > 0 and g.km > 0 for g in found):
        raise InvalidInput("维修质量保证期要有一行适用于其余修理，天数和公里数都要大于 0，请核对。")
    return WarrantyRules(Terms(**terms), Limits(**limits), found, _makers(table.get("makers", ())))


def _makers(rows: Sequence[Mapping[str, Any]]) -> tuple[MakerTerms, ...]:
    found = []
    for row in rows:
        terms = Terms(**{name: row.get(name) for name in Terms.__dataclass_fields__})
        brand, told = str(row.get("brand", "")).strip(), [n for n in asdict(terms).values() if n is not None]
        if not brand or not told or not all(isinstance(n, int) and n > 0 for n in told):
            raise InvalidInput("厂家保修要写品牌，期限至少填一项，都是大于 0 的整数，请核对。")
        found.append(MakerTerms(brand, date.fromisoformat(row.get("since") or _ALWAYS), terms))
    if len({(one.brand.casefold(), one.since) for one in found}) != len(found):
        raise InvalidInput("厂家保修里同一品牌、同一天起的只能有一行，请核对。")
    return tuple(sorted(found, key=_since, reverse=True))


def _since(one: MakerTerms) -> date:
    return one.since


def promised(makers: Sequence[MakerTerms], brand: str, starts_on: date | None) -> Terms:
    """What the maker gives a car of this brand that was delivered then; nothing where that is not known."""
    if starts_on is None:
        return Terms()
    meant = (one for one in makers if one.brand.casefold() == brand.strip().casefold() and one.since <= starts_on)
    return next((one.terms for one in meant), Terms())


def months_after(start: date, months: int) -> date:
    """The last day of a period of months (民法典 202: without a day of that number, the month's last)."""
    year, month = divmod(start.year * 12 + start.month - 1 + months, 12)
    return date(year, month + 1, min(start.day, calendar.monthrange(year, month + 1)[1]))


def start_of(invoiced_on: date | None, delivered_on: date | None) -> date | None:
    """Article 18: from the invoice, from the delivery where that was another day."""
    return delivered_on or invoiced_on


def covers(car: CarCover, least: Terms, today: date) -> tuple[Cover, Cover]:
    """包修期 and 三包有效期 (article 18: 3 years or 60,000 km, 2 years or 50,000 km, whichever comes first)."""
    terms = car.terms.over(least)
    return (
        _cover("包修期", car, terms.repair_months or 0, terms.repair_km or 0, today),
        _cover("三包有效期", car, terms.exchange_months or 0, terms.exchange_km or 0, today),
    )


def repair_days(repair: WarrantyRepair, now: datetime) -> int:
    """Article 40: every full 24 hours are a day, and what is left is one more; excluded minutes apart."""
    minutes = ((repair.finished_at or now) - repair.came_at) // timedelta(minutes=1) - repair.excluded_minutes
    return -(-max(0, minutes) // _DAY_MINUTES)


def counters(repairs: Sequence[WarrantyRepair], limits: Limits, now: datetime) -> tuple[Counter, ...]:
    """The counts of article 24 over the repairs inside the 三包 period, and 21 for a car in the workshop now.

    Each repair is rounded up to days before they are added (自拟, in the customer's favour).
    """
    found = [_safety(repairs, limits.safety_repairs), *_changes(repairs, limits)]
    days = sum(repair_days(r, now) for r in repairs)
    told = f"三包期内因质量问题累计修理 {days} 日，超过 {limits.repair_days} 日客户可以要求换车或退货。"
    level = Level.REACHED if days > limits.repair_days else Level.NEAR if days >= limits.near_days else Level.QUIET
    found.append(Counter("累计修理时间", days, limits.repair_days, level, "第二十四条第四项、第四十条", told))
    found += [_same(problem, count, limits.same_problem) for problem, count in _problems(repairs).most_common(1)]
    found += [_staying(repair_days(r, now), limits) for r in repairs if r.finished_at is None]
    return tuple(found)


def early_rights(car: CarCover, today: date) -> tuple[str, ...]:
    """What holds only for a new car: 7 days (22), 60 days or 3000 km (20, 23)."""
    if car.starts_on is None or car.purpose not in PRIVATE_USE:
        return ()
    days, km = (today - car.starts_on).days, car.mileage or 0
    found = []
    if 0 <= days <= _FIRST_DAYS:
        found.append(
            "交付 7 日内：因质量问题要换发动机、变速器、动力蓄电池、行驶驱动电机或其主要零部件的，"
            "可换车或退货（第二十二条）。"
        )
    if 0 <= days <= _EARLY_DAYS and km <= _EARLY_KM:
        found.append(
            "60 日或 3000 公里内：四大件主要零部件有质量问题免费换总成（第二十条）；"
            "转向失效、制动失效、车身开裂、燃油泄漏、"
            "动力蓄电池起火可换车或退货（第二十三条）。"
        )
    return tuple(found)


def usage_fee_fen(price_fen: int, km: int) -> int:
    """使用补偿费, the most article 27 allows: price x km / 1000 x 0.5 %."""
    return round(price_fen * km / 1000 * _USAGE_SHARE)


def _cover(name: str, car: CarCover, months: int, km: int, today: date) -> Cover:
    source = "总局令第43号第十八条"
    if car.purpose not in PRIVATE_USE:
        return Cover(name, CoverState.UNKNOWN, None, km, source, f"{name}：{car.purpose}车辆不适用家用汽车三包。")
    if car.starts_on is None:
        return Cover(name, CoverState.UNKNOWN, None, km, source, f"{name}：没有购车日期，请补。")
    until = months_after(car.starts_on, months)
    state = CoverState.IN
    if today > until:
        state = CoverState.OVER
    elif car.mileage is None:
        state = CoverState.UNKNOWN
    elif car.mileage > km:
        state = CoverState.TOO_FAR
    told = f"{name}到 {until} 或 {km:,} 公里，{state}"
    doubt = "（没有里程，请补）" if state is CoverState.UNKNOWN else ""
    return Cover(name, state, until, km, source, f"{told}{doubt}。")


def _safety(repairs: Sequence[WarrantyRepair], limit: int) -> Counter:
    """24 (1): twice repaired and not cured, or a new one came up."""
    found = [r for r in repairs if r.kind == RepairKind.SAFETY]
    count = len(found)
    reached = count > limit or (count == limit and not found[-1].settled)
    level = Level.REACHED if reached else Level.NEAR if count >= limit - 1 and count else Level.QUIET
    told = f"严重安全性能故障修理 {count} 次，{limit} 次没有排除或又出现新的，客户可以要求换车或退货。"
    return Counter("严重安全性能故障", count, limit, level, "第二十四条第一项", told)


def _changes(repairs: Sequence[WarrantyRepair], limits: Limits) -> list[Counter]:
    """24 (2) and (3): an assembly, or the same main part, changed twice; the two are not counted double."""
    replaced = [r for r in repairs if r.replaced]
    whole = Tally(r.system for r in replaced if r.system in ASSEMBLIES and not r.part)
    parts = Tally(f"{r.system}·{r.part}" for r in replaced if r.system in SYSTEMS and r.part)
    return [
        *(_change(name, count, limits.assembly_changes, "第二十四条第二项") for name, count in whole.items()),
        *(_change(name, count, limits.part_changes, "第二十四条第三项") for name, count in parts.items()),
    ]


def _change(name: str, count: int, limit: int, source: str) -> Counter:
    level = Level.REACHED if count >= limit else Level.NEAR if count == limit - 1 else Level.QUIET
    told = f"{name}因质量问题累计更换 {count} 次，{limit} 次仍不能正常使用客户可以要求换车或退货。"
    return Counter(f"更换{name}", count, limit, level, source, told)


def _problems(repairs: Sequence[WarrantyRepair]) -> Tally[str]:
    return Tally(r.problem for r in repairs if r.problem)


def _same(problem: str, count: int, limit: int) -> Counter:
    level = Level.REACHED if count > limit else Level.NEAR if count == limit else Level.QUIET
    told = f"同一质量问题“{problem}”修理 {count} 次，超过 {limit} 次（第 {limit + 1} 次）客户可以要求换车或退货。"
    return Counter("同一质量问题", count, limit, level, "第二十四条第四项", told)


def _staying(days: int, limits: Limits) -> Counter:
    limit = limits.single_repair_days
    level = Level.REACHED if days > limit else Level.NEAR if days == limit else Level.QUIET
    told = f"本次修理第 {days} 日，超过 {limit} 日要提供备用车或交通补偿。"
    return Counter("本次修理", days, limit, level, "第二十一条", told)
