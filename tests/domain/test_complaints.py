"""What registering a complaint needs, and what may be changed."""

from dataclasses import replace
from datetime import timedelta

import pytest

from crm_desktop.domain.complaint_rows import ComplaintDraft
from crm_desktop.domain.complaints import Channel, Severity, default_channel
from crm_desktop.domain.errors import InvalidInput
from crm_desktop.domain.intake import checked_changes, checked_draft
from crm_desktop.domain.staff import Role
from tests.makers import at, complaint, faults

MOMENT = at("2026-11-21 14:00")


def refused(draft: ComplaintDraft) -> dict[str, str]:
    """The sentences, by field, with which a draft is refused."""
    with pytest.raises(InvalidInput) as refusal:
        checked_draft(draft, MOMENT)
    return faults(refusal)


@pytest.mark.parametrize(
    "known",
    [{"customer_name": "王"}, {"phone": "021-59901234"}, {"plate": "沪A8K231"}, {"vin": "LSV"}, {"customer_id": 1}],
)
def test_the_words_and_one_thing_to_know_the_customer_by_are_enough(known):
    assert checked_draft(ComplaintDraft(words="空调不冷", **known), MOMENT).words == "空调不冷"


def test_a_complaint_without_words_is_refused():
    assert refused(complaint(words=" \n ")) == {"words": "请写下客户的原话（抱怨内容）。"}


def test_a_complaint_of_nobody_is_refused():
    assert list(refused(ComplaintDraft(words="空调不冷", brought_by="司机"))) == ["customer_name"]


def test_every_fault_is_told_at_once_by_its_field():
    wrong = complaint(words="", channel="微信", severity="紧急", mileage=-1)
    assert set(refused(wrong)) == {"words", "channel", "severity", "mileage"}


@pytest.mark.parametrize("mileage", [-1, 3_000_001])
def test_a_mileage_that_cannot_be_one_is_refused(mileage):
    assert "mileage" in refused(complaint(mileage=mileage))


def test_what_was_typed_is_stored_in_its_one_form():
    typed = complaint(phone=" 138 0000 5521 ", plate="沪Ａ·８ｋ２３１", vin="lsvab4188n2004204", words=" 一顿\r\n一顿 ")
    checked = checked_draft(typed, MOMENT)
    assert (checked.phone, checked.plate, checked.vin) == ("13800005521", "沪A8K231", "LSVAB4188N2004204")
    assert checked.words == "一顿\n一顿"


def test_a_complaint_was_received_now_unless_told_otherwise():
    earlier = MOMENT - timedelta(days=2)
    assert checked_draft(complaint(), MOMENT).received_at == MOMENT
    assert checked_draft(complaint(received_at=earlier), MOMENT).received_at == earlier


def test_a_complaint_cannot_be_received_in_the_time_to_come():
    assert "received_at" in refused(complaint(received_at=MOMENT + timedelta(hours=1)))
    assert checked_draft(complaint(received_at=MOMENT + timedelta(minutes=4)), MOMENT)


def test_a_complaint_of_1899_is_refused():
    assert "1990" in refused(complaint(received_at=at("1989-12-30 08:00")))["received_at"]


def test_what_happened_after_it_was_received_is_refused():
    assert "occurred_at" in refused(complaint(received_at=MOMENT - timedelta(days=1), occurred_at=MOMENT))


@pytest.mark.parametrize("name", ["words", "demand", "customer_name", "order_number", "category", "plate"])
def test_a_text_that_is_too_long_is_refused_under_its_own_label(name):
    sentence = refused(replace(complaint(), **{name: "长" * 4001}))[name]
    assert "太长" in sentence
    assert sentence.endswith("。")


def test_changes_are_cleaned_like_a_new_complaint():
    assert checked_changes({"correction": " 更换\x00阀体 ", "planned_on": None}) == {
        "correction": "更换阀体",
        "planned_on": None,
    }


@pytest.mark.parametrize("name", ["state", "number", "id", "ver", "nonsense"])
def test_a_field_that_nobody_may_change_is_refused(name):
    with pytest.raises(InvalidInput, match="没有可以修改的栏目"):
        checked_changes({name: "x"})


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("words", " "), ("words", None), ("channel", "微信"), ("severity", "紧急"), ("line", "行政"), ("mileage", -1),
        ("mileage", "很多"), ("received_at", None), ("planned_on", "明天"), ("customer", "张三"), ("remarks", 5),
    ],
)  # fmt: skip
def test_a_change_to_something_that_cannot_be_is_refused(name, value):
    with pytest.raises(InvalidInput) as refusal:
        checked_changes({name: value})
    assert list(faults(refusal)) == [name]


@pytest.mark.parametrize(
    ("role", "channel"),
    [
        (Role.CARE_AGENT, Channel.FOLLOW_UP),
        (Role.ADVISER, Channel.RECEPTION),
        (Role.DIRECTOR, Channel.HOTLINE),
        (Role.MARKETING_MANAGER, Channel.MEDIA),
        ("", Channel.RECEPTION),
    ],
)
def test_the_channel_is_proposed_by_role(role, channel):
    assert default_channel(role) is channel


def test_words_of_the_paper_stand_in_its_order():
    assert list(Channel) == ["回访", "接待", "400热线", "媒体", "消协", "行业管理", "其他"]
    assert list(Severity) == ["一般", "重大"]
