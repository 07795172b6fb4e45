"""How long the last order is answered for."""

from datetime import date, timedelta

import pytest

from crm_desktop.domain.guarantee import Order, guaranteed
from tests.domain.test_warranty import RULES

LEFT = date(2026, 11, 1)


def cover(kind="小修", ahead=0, km=30000, left_km=30000):
    """The guarantee so many days after the car left."""
    return guaranteed(Order("WT1", kind, LEFT, left_km), RULES.guarantees, LEFT + timedelta(days=ahead), km)


@pytest.mark.parametrize(
    ("kind", "days", "km"),
    [
        ("小修", 10, 2000),
        ("一般维修", 10, 2000),
        ("", 10, 2000),
        ("二级维护", 30, 5000),
        ("发动机总成修理", 100, 20000),
        ("整车大修", 100, 20000),
    ],
)
def test_the_guarantee_ends_with_the_day_or_the_kilometre_that_comes_first(kind, days, km):
    assert cover(kind, days, 30000 + km).in_force
    assert not cover(kind, days + 1, 30000).in_force
    assert not cover(kind, 0, 30001 + km).in_force


def test_without_a_mileage_the_day_decides():
    assert cover(ahead=10, km=None).in_force
    assert cover(ahead=10, left_km=None).in_force


def test_it_says_until_when_and_by_which_rule():
    assert (
        cover().sentence
        == "上次维修 2026-11-01（小修）保到 2026-11-11 或 32,000 公里，在质量保证期内，同一故障无偿返修。"
    )
    assert cover(ahead=20).sentence.endswith("质量保证期已过。")
    assert cover().source == "《机动车维修管理规定》质量保证期"
