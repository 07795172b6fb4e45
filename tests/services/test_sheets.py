"""The complaint form on its way to paper: every word final, every box ticked."""

import pytest

from crm_desktop.domain.followups import CallDraft
from crm_desktop.domain.procedure import OnBehalf
from crm_desktop.domain.reworks import ReworkDraft
from tests.makers import ANALYSED, act, anonymous, at, closed, customer, day, director, registered
from tests.services.records import care, filed


def ticked(boxes):
    """The labels of ticked boxes."""
    return [box.label for box in boxes if box.ticked]


def test_a_new_complaint_has_its_four_blocks_and_nothing_it_does_not_know(office):
    office.customers.register(customer(address="文汇路1号"), act())
    sheet = office.sheets.complaint(registered(office, channel="消协", severity="重大", mileage=32100).number)
    assert (sheet.number, sheet.date, sheet.customer_name, sheet.address) == (
        "TS20261121-001",
        "2026-11-21",
        "曾小明",
        "文汇路1号",
    )
    assert (sheet.plate, sheet.model, sheet.mileage) == ("沪A·8K231", "上汽大众 朗逸 1.5L", "32,100 km")
    assert (ticked(sheet.channel), ticked(sheet.severity), ticked(sheet.rework)) == (["消协/12315"], ["重大"], ["否"])
    assert (sheet.received_at, sheet.received_by, sheet.words) == ("2026-11-21 14:00", "谢文杰", "变速箱一顿一顿")
    assert (sheet.mark, sheet.followed_up_at, sheet.feedback, sheet.root_cause) == ("", "", "", "")
    assert ticked(sheet.line) == ticked(sheet.satisfaction) == []


def test_what_was_done_stands_in_its_blocks(office):
    saved = registered(office)
    texts = {**ANALYSED, "correction": "更换阀体", "first_reply": "致歉"}
    office.complaints.amend(saved.number, 1, texts, act())
    office.complaints.amend(saved.number, 2, {"responsible": "冯学勤", "line": "技术"}, director())
    sheet = office.sheets.complaint(saved.number)
    assert {name: getattr(sheet, name) for name in texts} == texts
    assert ticked(sheet.line) == ["技术"]
    assert sheet.signatures[0].name == "冯学勤"


def test_all_reworks_stand_on_the_form(office):
    saved = registered(office)
    for kind, order, finished in (("外返", "RO2", day(-1)), ("内返", "RO3", None)):
        office.reworks.register(saved.number, ReworkDraft(kind, order, day(-2), finished), act())
    sheet = office.sheets.complaint(saved.number)
    assert (ticked(sheet.rework), sheet.rework_order_number) == (["内返", "外返"], "RO2、RO3")
    assert sheet.rework_finished_on == "2026-11-20"


def test_the_last_call_stands_on_the_form(office):
    saved = registered(office)
    office.follow_ups.call(saved.number, CallDraft(outcome="无人接听"), act())
    assert office.sheets.complaint(saved.number).feedback == "无人接听"
    office.follow_ups.call(saved.number, CallDraft(satisfaction="满意", feedback="修好了", caller="叶清扬"), act())
    sheet = office.sheets.complaint(saved.number)
    assert (sheet.follow_up_by, sheet.followed_up_at, sheet.feedback) == ("叶清扬", "2026-11-21 14:00", "修好了")
    assert ticked(sheet.satisfaction) == ["满意"]


def test_who_closed_has_signed_until_it_is_reopened(office):
    saved = closed(office)
    signature = office.sheets.complaint(saved.number).signatures[2]
    assert (signature.name, signature.signed_on, ticked(signature.boxes)) == ("程立群", "2026-11-21", ["同意关闭"])
    office.complaints.reopen(saved.number, saved.ver, director(), "又犯")
    signature = office.sheets.complaint(saved.number).signatures[2]
    assert (signature.name, signature.signed_on, ticked(signature.boxes)) == ("", "", [])


def test_a_void_form_is_marked(office):
    saved = registered(office)
    office.complaints.void(saved.number, 1, director(), "打错电话")
    assert office.sheets.complaint(saved.number).mark == "作废"


@pytest.mark.parametrize("change", [{"channel": "回访"}, {"severity": "一般"}, {"received_at": at("2026-11-20 09:00")}])
def test_a_corrected_form_is_marked(office, change):
    saved = registered(office, severity="重大")
    assert office.sheets.complaint(saved.number).mark == ""
    office.complaints.amend(saved.number, saved.ver, change, act(), "听错了")
    assert office.sheets.complaint(saved.number).mark == "更正"


def test_a_form_of_an_unknown_customer_leaves_room_for_his_name(office):
    sheet = office.sheets.complaint(office.complaints.register(anonymous(), act()).number)
    assert (sheet.customer_name, sheet.phone, sheet.plate) == ("", "", "沪B·12345")


def test_the_blank_form_ticks_nothing_and_names_nobody(office):
    office.settings.change({"dealership.name": "示范店", "paper.complaint.version": "A/1"}, act())
    sheet = office.sheets.blank()
    groups = (sheet.severity, sheet.channel, sheet.line, sheet.rework, sheet.satisfaction)
    assert [ticked(boxes) for boxes in groups] == [[]] * 5
    assert (sheet.number, sheet.words, sheet.letterhead.dealer_name, sheet.letterhead.version) == (
        "",
        "",
        "示范店",
        "A/1",
    )
    assert [signature.name for signature in sheet.signatures] == [""] * len(sheet.signatures)


def test_day_and_time_are_those_at_the_desk(office):
    sheet = office.sheets.complaint(registered(office, received_at=at("2026-11-20 00:05")).number)
    assert (sheet.date, sheet.received_at) == ("2026-11-20", "2026-11-20 00:05")


def test_the_four_steps_stand_on_the_form_with_their_due_times(office):
    urgent = office.sheets.complaint(registered(office, severity="重大", plate="沪C99999").number)
    assert (urgent.respond_due, urgent.resolve_due) == ("2026-11-21 14:30", "2026-11-24 14:00")
    assert office.sheets.complaint(closed(office).number).resolved.startswith("11-21 ")


def test_what_was_entered_for_another_says_so_on_the_form(office):
    saved = registered(office)
    office.complaints.hand_over(saved.number, saved.ver, act(), told=OnBehalf("程立群", "电话"))
    assert office.sheets.complaint(saved.number).handed_over == "11-21 14:00 程立群（代录）"


def test_a_filed_form_says_where_it_lies_and_what_was_put_right_since(office):
    saved = filed(office)
    office.archive.add_correction(saved.number, "行驶里程", "应为 38,620 km", care())
    sheet = office.sheets.complaint(saved.number)
    archived = sheet.signatures[3]
    assert (archived.name, archived.signed_on, archived.note) == (
        "叶清扬",
        "2026-11-21",
        "归档号：GD2026-0001　A柜 3 盒",
    )
    assert (sheet.mark, sheet.corrections) == ("更正", "行驶里程：应为 38,620 km（叶清扬 2026-11-21）")
    assert sheet.signatures[2].name == "程立群"
