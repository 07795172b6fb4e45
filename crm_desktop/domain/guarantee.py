"""维修质量保证期: how long the last order is answered for (facts.md 6.3).

《机动车维修管理规定》: 整车或总成修理 20000 km 或 100 日, 二级维护 5000 km 或 30 日, 一级维护、小修、专项修理
2000 km 或 10 日, whichever comes first, from the day the car left. The table is data (resources/rules/warranty.json).

    guaranteed(Order, table, today, km) -> RepairCover
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from crm_desktop.domain.warranty import Guarantee

FREE_AGAIN = (
    "质量保证期内因维修质量造成无法正常使用的，应无偿返修（《道路运输条例》第四十四条）；"
    "3 日内举不出非维修原因的证据，须及时无偿返修。"
)


@dataclass(frozen=True, slots=True)
class Order:
    """The last order of a car: what it was, when the car left and at which kilometre."""

    number: str
    kind: str
    left_on: date
    left_km: int | None


@dataclass(frozen=True, slots=True)
class RepairCover:
    """Whether the last order is still answered for. ``until`` is the last day; ``sentence`` final text."""

    order: Order
    name: str
    until: date
    until_km: int | None
    in_force: bool
    sentence: str
    source: str


def guarantee_of(kind: str, table: Sequence[Guarantee]) -> Guarantee:
    """The line for this kind of order: the first one a word of which it contains, else the one for all others."""
    for line in table:
        if any(word in kind for word in line.words):
            return line
    return next(line for line in table if not line.words)


def guaranteed(order: Order, table: Sequence[Guarantee], today: date, km: int | None) -> RepairCover:
    """The guarantee of one order today, with the car at ``km``. Without a mileage only the day decides."""
    line = guarantee_of(order.kind, table)
    until = order.left_on + timedelta(days=line.days)
    until_km = order.left_km + line.km if order.left_km is not None else None
    too_far = km is not None and until_km is not None and km > until_km
    in_force = order.left_on <= today <= until and not too_far
    ends = f"{until}" + (f" 或 {until_km:,} 公里" if until_km is not None else f" 或再行驶 {line.km:,} 公里")
    shown = "在质量保证期内，同一故障无偿返修" if in_force else "质量保证期已过"
    told = f"上次维修 {order.left_on}（{order.kind or line.name}）保到 {ends}，{shown}。"
    return RepairCover(order, line.name, until, until_km, in_force, told, "《机动车维修管理规定》质量保证期")
