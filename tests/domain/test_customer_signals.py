"""What the files say about a customer: tags, risk, repeated repairs, gaps, and who is the same person."""

from datetime import timedelta

import pytest

from crm_desktop.domain.banner import ReworkPast, Tone, repeat_line
from crm_desktop.domain.completeness import FileFacts, Gap, completeness
from crm_desktop.domain.duplicates import Person, likeness, sounds_like
from crm_desktop.domain.risk import RiskFacts, RiskLevel, risk_of
from crm_desktop.domain.tags import PastComplaint, automatic_tags
from tests.domain.test_parts import BOOK
from tests.makers import TODAY, day

BOTH = "刹车响，空调不凉"


def rework(ago, complaint=1, words="", items=""):
    """A rework so many days ago."""
    return ReworkPast(TODAY - timedelta(days=ago), complaint, words, items)


@pytest.mark.parametrize(
    ("reworks", "text"),
    [
        ([rework(80, 1), rework(3, 1)], "该车 90 天内第 2 次返修"),
        ([rework(80, 1, "", "更换阀体"), rework(3, 2, "", "阀体 清洗油道")], "该车 90 天内第 2 次返修·同部位"),
        ([rework(80, 1, "", "更换阀体"), rework(3, 2, "", "更换轮胎")], "该车 90 天内第 2 次返修"),
        ([rework(80, 1, "", "更换阀体"), rework(3, 2, "换挡一耸一耸", "")], "该车 90 天内第 2 次返修·同系统"),
        ([rework(80, 1, "刹车异响"), rework(3, 2, "制动还是响")], "该车 90 天内第 2 次返修·同部位"),
        (
            [rework(80, 1, "刹车响，空调不凉", "更换刹车片"), rework(3, 1, "刹车响，空调不凉", "更换压缩机")],
            "该车 90 天内第 2 次返修",
        ),
        ([rework(80, 1, "刹车响", "更换刹车片"), rework(3, 1, "刹车响", "")], "该车 90 天内第 2 次返修·同部位"),
        (
            [rework(90, 1, "空调不凉"), rework(50, 2, "漏雨"), rework(3, 1, "空调不凉")],
            "该车 90 天内第 3 次返修·同部位",
        ),
        ([rework(91, 1), rework(3, 1)], f"该车 90 天内返修过 1 次（{day(-3)}），再来就是第 2 次"),
    ],
)
def test_a_car_that_keeps_coming_back_is_told(reworks, text):
    line = repeat_line(reworks, TODAY, 90, BOOK)
    assert line is not None
    assert line.text == text
    assert line.tone is (Tone.WARN if "返修过 1 次" in text else Tone.ALARM)


def test_a_car_that_was_never_reworked_says_nothing():
    assert repeat_line([], TODAY, 90, BOOK) is None
    assert repeat_line([rework(91)], TODAY, 90, BOOK) is None


def test_tags_are_what_at_least_half_of_two_complaints_say():
    past = [PastComplaint("400热线", "维修质量", "要求赔偿"), PastComplaint("400热线", "服务态度", "送保养补偿")]
    found = {tag.text: tag.why for tag in automatic_tags(past)}
    assert found == {
        "常走400热线": "2 次投诉中 2 次渠道为“400热线”",
        "要求补偿": "2 次投诉中 2 次诉求为“要求补偿”",
    }
    assert automatic_tags(past[:1]) == ()


@pytest.mark.parametrize(
    ("facts", "level", "reasons"),
    [
        (RiskFacts(), RiskLevel.LOW, 0),
        (RiskFacts(open_complaints=1), RiskLevel.LOW, 0),
        (RiskFacts(outside_before=True), RiskLevel.MEDIUM, 1),
        (RiskFacts(open_complaints=1, open_major=1, longest_open_days=3), RiskLevel.MEDIUM, 2),
        (RiskFacts(open_complaints=1, open_major=1, late_promises=1), RiskLevel.HIGH, 2),
        (RiskFacts(unsatisfied=True, repeat_reworks=2, broken_promises=1), RiskLevel.HIGH, 3),
    ],
)
def test_the_risk_of_escalation_comes_with_its_reasons(facts, level, reasons):
    found = risk_of(facts)
    assert (found.level, len(found.reasons)) == (level, reasons)
    assert bool(found.advice) is (level is not RiskLevel.LOW)


def test_a_wish_for_compensation_weighs_more_the_longer_it_waits():
    fresh, waiting = (risk_of(RiskFacts(1, longest_open_days=d, wants_compensation=True)) for d in (1, 3))
    assert waiting.points > fresh.points
    assert "要求补偿，已等 3 天" in waiting.reasons


def facts(**changes):
    """A whole file."""
    whole = {"named": True, "mobile": True, "address": True, "cars": 1, "cars_with_vin": 1, "cars_with_day": 1}
    return FileFacts(**{**whole, "consent_asked": True, "owner": True, "checked_on": TODAY, **changes})


def test_a_whole_file_is_complete_and_a_gap_is_named():
    assert (completeness(facts(), day(-365)).told, completeness(facts(), day(-365)).gaps) == ("资料完整度 100%", ())
    poor = completeness(facts(mobile=False, cars_with_vin=0, checked_on=day(-366)), day(-365))
    assert poor.gaps == (Gap.NO_MOBILE, Gap.NO_VIN, Gap.NOT_CHECKED)
    assert poor.percent == 67


ZENG = Person(1, "曾小明", frozenset({"13800005521"}), frozenset({"沪A8K231"}), frozenset({"LSVAB4188N2004204"}))


@pytest.mark.parametrize(
    ("other", "probable"),
    [
        (Person(2, "", ZENG.phones), True),
        (Person(2, "曾小明", frozenset({"13800005522"})), True),
        (Person(2, "曾晓明", frozenset(), ZENG.plates), True),
        (Person(2, "王强", ZENG.phones), True),  # a shared number with another name: a person looks
        (Person(2, "曾晓明", frozenset({"13800005522"})), True),  # sounds alike, a number one digit away
        (Person(2, "曾 小明", frozenset({"13800005522"})), True),
        (Person(2, "王强", frozenset({"13800005522"})), False),
        (Person(2, "王强", ZENG.phones, ZENG.plates), True),
        (Person(2, "曾小明"), False),  # a name alone is nobody
        (Person(2, "", frozenset(), frozenset(), ZENG.vins), True),
    ],
)
def test_two_files_look_like_one_person_when_enough_agrees(other, probable):
    assert likeness(ZENG, other).probable is probable
    assert likeness(other, ZENG).points == likeness(ZENG, other).points


def test_names_sound_alike_when_one_character_is_written_otherwise():
    assert sounds_like("李娜", "李那")
    assert sounds_like("曾小明", "曾晓明")
    assert not sounds_like("曾小明", "曾大明")
    assert not sounds_like("李娜", "李娜娜")
