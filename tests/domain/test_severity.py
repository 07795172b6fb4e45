"""The tick list that proposes 重大."""

from __future__ import annotations

import pytest

from crm_desktop.domain.complaints import Severity
from crm_desktop.domain.errors import InvalidInput
from crm_desktop.domain.severity import heard_in, propose, read_ticks, shipped_ticks


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


@pytest.mark.parametrize(
    ("words", "codes"),
    [
        ("明天就打12315", ["authority"]),
        ("高速上刹车失灵追尾了，老婆受伤住院，我要起诉", ["injury_or_fire", "safety_failure", "authority"]),
        ("发动机舱自燃", ["injury_or_fire"]),
        ("不退车就去消协", ["authority", "large_claim"]),
        ("没有受伤，也没有追尾，只是雨刮响", []),
        ("电话 13812315000，空调不冷", []),
    ],
)
def test_a_word_of_the_customer_speaks_for_a_tick(words: str, codes: list[str]) -> None:
    found = heard_in(words, shipped_ticks())
    assert sorted(one.tick.code for one in found) == sorted(codes)
    assert all(one.word in words for one in found)


def test_a_list_changed_before_there_were_words_hears_the_shipped_ones() -> None:
    own = {"code": "own_1", "label": "老客户第二次投诉"}
    ticks = read_ticks(
        {"ticks": [{"code": "authority", "label": "找消协"}, own, {**own, "code": "own_2", "words": "又来了"}]}
    )
    assert [one.tick.label for one in heard_in("12315，又来了", ticks)] == ["找消协", "老客户第二次投诉"]
