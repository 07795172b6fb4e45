"""The tick list that proposes 重大."""

from __future__ import annotations

import pytest

from crm_desktop.domain.complaints import Severity
from crm_desktop.domain.errors import InvalidInput
from crm_desktop.domain.severity import propose, read_ticks, shipped_ticks


def test_nothing_ticked_is_ordinary() -> None:
    assert propose([]) == (Severity.ORDINARY, ())


@pytest.mark.parametrize("tick", shipped_ticks(), ids=[tick.code for tick in shipped_ticks()])
def test_any_tick_proposes_major_and_says_which(tick) -> None:
    assert propose([tick.code]) == (Severity.MAJOR, (tick.label,))


def test_reasons_come_once_and_in_the_order_of_the_list() -> None:
    severity, reasons = propose(["crowd", "media", "crowd"])
    assert severity is Severity.MAJOR
    assert reasons == ("媒体、自媒体扬言或已发布", "聚众或堵门")


def test_a_tick_nobody_knows_is_refused() -> None:
    with pytest.raises(InvalidInput, match="没有“angry”这条"):
        propose(["angry"])


def test_the_eight_shipped_ticks_name_their_source() -> None:
    assert len(shipped_ticks()) == 8
    assert all(tick.source for tick in shipped_ticks())


def test_the_limit_of_a_claim_is_the_dealerships_own() -> None:
    row = {"code": "large_claim", "label": "赔偿超过 {claim_limit} 元"}
    ticks = read_ticks({"claim_limit": 20000, "ticks": [row]})
    assert propose(["large_claim"], ticks) == (Severity.MAJOR, ("赔偿超过 20000 元",))


@pytest.mark.parametrize(
    ("rows", "said"),
    [
        ([{"code": "a", "label": ""}], "没有写全"),
        ([{"label": "甲"}], "没有写全"),
        ([{"code": "a", "label": "甲"}, {"code": "a", "label": "乙"}], "“乙”重复"),
    ],
)
def test_a_spoilt_tick_list_is_refused(rows: list[dict[str, str]], said: str) -> None:
    with pytest.raises(InvalidInput, match=said):
        read_ticks({"ticks": rows})
