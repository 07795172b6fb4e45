"""Each fact of the banner at the counter."""

from datetime import timedelta

import pytest

from crm_desktop.domain.banner import Tone, Topic
from crm_desktop.domain.profile import FactsDraft
from crm_desktop.domain.recalls import RecallDraft
from crm_desktop.domain.reworks import ReworkDraft
from crm_desktop.domain.risk import RiskLevel
from crm_desktop.domain.warranty import RepairKind, WarrantyRepair
from crm_desktop.services.warranties import CarTerms
from tests.makers import PHONE, PLATE, VIN, act, at, closed, complaint, customer, day, director, registered, vehicle
from tests.services.profile_world import known, visit
from tests.services.test_recalls import RANGES


def lines(office, topic, **typed):
    """The banner's lines about one topic."""
    banner = office.banners.typed(**(typed or {"plate": PLATE}))
    return [line for line in banner.lines if line.topic is topic]


@pytest.mark.parametrize(
    "typed",
    [{"phone": "138 0000 5521"}, {"plate": "沪A·8K231"}, {"vin": "lsvab4188n2004204"}, {"phone": "1", "vin": VIN}],
)
def test_phone_plate_or_vin_are_enough(office, typed):
    found, car = known(office)
    banner = office.banners.typed(**typed)
    assert (banner.customer_id, banner.vehicle_id, banner.name) == (found, car, "曾小明")


def test_nobody_known_is_no_banner(office):
    assert office.banners.typed(phone=PHONE) is None
    assert office.banners.typed() is None


def test_open_cases_lead_to_their_complaint_and_closed_ones_are_gone(office):
    saved = registered(office)
    assert [(line.number, line.tone) for line in lines(office, Topic.OPEN_CASE)] == [(saved.number, Tone.WARN)]
    assert "变速箱一顿一顿" in lines(office, Topic.OPEN_CASE)[0].text


def test_a_closed_case_is_no_open_one(office):
    closed(office)
    assert lines(office, Topic.OPEN_CASE) == []


@pytest.mark.parametrize(
    ("due", "tone", "words"), [("2026-11-21 16:00", Tone.WARN, "答应"), ("2026-11-21 13:30", Tone.ALARM, "已到期")]
)
def test_a_promise_is_told_until_it_is_kept(office, due, tone, words):
    saved = office.complaints.register(complaint(), act("2026-11-21T12:00:00"))
    made = office.promises.make(saved.number, "下午回电", at(due), act(), at("2026-11-21 13:00"))
    (line,) = lines(office, Topic.PROMISE)
    assert (line.tone, line.number) == (tone, saved.number)
    assert line.text.startswith(words)
    office.promises.keep(made, 1, act())
    assert lines(office, Topic.PROMISE) == []


def test_the_second_rework_of_the_same_part_within_ninety_days(office):
    saved = registered(office)
    office.reworks.register(saved.number, ReworkDraft("外返", "RO1", day(-60), day(-59), items="更换阀体"), act())
    assert "返修过 1 次" in lines(office, Topic.REPEAT)[0].text
    office.reworks.register(saved.number, ReworkDraft("外返", "RO2", day(-1), items="阀体"), act())
    (line,) = lines(office, Topic.REPEAT)
    assert (line.text, line.tone) == ("该车 90 天内第 2 次返修·同部位", Tone.ALARM)


def test_reworks_of_a_car_that_is_in_the_files_twice_are_told_together(office):
    for typed, order in (({"vin": ""}, "RO1"), ({"plate": ""}, "RO2")):
        number = registered(office, **{"vin": VIN, **typed}).number
        office.reworks.register(number, ReworkDraft("外返", order, day(-9), day(-8), items="更换阀体"), act())
    registered(office, vin=VIN)  # by both: what was known by its VIN has a plate now
    assert lines(office, Topic.REPEAT, vin=VIN)[0].text == "该车 90 天内第 2 次返修·同部位"


def test_a_recall_is_told_until_the_car_is_done(office):
    _, car = known(office)
    found = office.recalls.register(RecallDraft("转向柱螺栓", RANGES), act())
    assert lines(office, Topic.RECALL)[0].text == "召回未做：转向柱螺栓"
    office.recalls.done(found, car, day(0), "", act())
    assert lines(office, Topic.RECALL) == []


def test_the_warranty_by_day_and_kilometre_with_its_article(office):
    _, car = known(office)
    office.warranties.set_terms(car, 1, CarTerms(day(-400)), act())
    texts = [line.text for line in lines(office, Topic.WARRANTY)]
    assert [text[:5] for text in texts] == ["包修期到 ", "三包有效期"]
    assert lines(office, Topic.WARRANTY)[0].source == "总局令第43号第十八条"


def test_a_counter_of_the_rule_of_2022_that_is_reached_comes_first(office):
    _, car = known(office)
    office.warranties.set_terms(car, 1, CarTerms(day(-400)), act())
    fault = WarrantyRepair(at("2026-11-10 09:00"), at("2026-11-10 17:00"), "制动失效", RepairKind.SAFETY, settled=False)
    office.warranties.record(car, fault, act())
    office.warranties.record(car, fault, act())
    first = lines(office, Topic.WARRANTY)[0]
    assert (first.tone, first.source) == (Tone.ALARM, "第二十四条第一项")


def test_the_guarantee_of_the_last_order(office):
    known(office)
    visit(office, day(-3))
    (line,) = lines(office, Topic.GUARANTEE)
    assert line.tone is Tone.WARN
    assert "同一故障无偿返修" in line.text


def test_likes_dislikes_adviser_and_do_not_disturb(office):
    found, _ = known(office)
    facts = FactsDraft(likes="喝茶", dislikes="不要叫老师傅", usual_adviser="梁晓雯", do_not_disturb=True)
    office.profiles.amend_facts(found, 1, facts, act())
    banner = office.banners.of(found)
    told = {line.topic: line.text for line in banner.lines}
    assert (told[Topic.LIKES], told[Topic.DISLIKES], told[Topic.ADVISER]) == ("喝茶", "不要叫老师傅", "梁晓雯")
    assert "勿扰" in told[Topic.DISTURB]


def test_the_usual_adviser_is_who_served_most_where_nobody_wrote_one(office):
    known(office)
    for back, adviser in ((50, "梁晓雯"), (40, "梁晓雯"), (3, "赵一鸣")):
        visit(office, day(-back), adviser=adviser)
    assert [line.text for line in lines(office, Topic.ADVISER)] == ["梁晓雯"]


def test_tags_by_hand_and_from_history(office):
    found, _ = known(office)
    office.profiles.tag(found, "怕等待", act())
    for words in ("抖动", "还是抖动"):
        registered(office, words=words, channel="接待", demand="要赔偿")
    banner = office.banners.of(found)
    assert banner.tags == ("怕等待",)
    assert {tag.text for tag in banner.automatic_tags} >= {"常走接待", "要求补偿"}


def test_the_risk_of_escalation_with_its_reasons(office):
    draft = complaint(severity="重大", severity_reason="媒体已联系")
    saved = office.complaints.register(draft, act("2026-11-21T12:00:00"))
    office.promises.make(saved.number, "回电", at("2026-11-21 13:30"), act(), at("2026-11-21 13:00"))
    risk = office.banners.typed(plate=PLATE).risk
    assert risk.level is RiskLevel.HIGH
    assert "有未关闭的重大投诉" in risk.reasons


def test_a_void_complaint_says_nothing(office):
    saved = registered(office)
    office.complaints.void(saved.number, saved.ver, director(), "重复登记")
    banner = office.banners.typed(plate=PLATE)
    assert (banner.lines, banner.risk.level) == ((), RiskLevel.LOW)


def test_a_customer_with_two_cars_stands_for_neither(office):
    found, car = known(office)
    office.customers.add_vehicle(found, vehicle_of("沪B12345"), act())
    assert office.banners.of(found).vehicle_id is None
    assert office.banners.of(found, car).vehicle_id == car


def vehicle_of(plate):
    """Another car."""
    return vehicle(plate=plate, vin="")


def test_ninety_days_end_on_the_ninetieth(office):
    saved = registered(office)
    for back in (91, 90):
        came = day(0) - timedelta(days=back)
        office.reworks.register(saved.number, ReworkDraft("外返", f"RO{back}", came, came), act())
    assert "返修过 1 次" in lines(office, Topic.REPEAT)[0].text


def test_of_two_who_share_a_phone_it_is_the_one_whose_car_is_named(office):
    owner, vehicle = known(office)
    other, _ = office.customers.register(customer(name="李梅", vehicles=()), act())
    assert office.banners.typed(phone=PHONE).customer_id == other
    told = office.banners.typed(phone=PHONE, plate=PLATE)
    assert (told.customer_id, told.vehicle_id) == (owner, vehicle)


@pytest.mark.parametrize("typed", ["86-138-0000-5521", "+86 138 0000 5521", "86 13800005521", "0086-13800005521"])
def test_a_phone_with_the_country_before_it_is_known(office, typed):
    owner, _ = known(office)
    assert office.banners.typed(phone=typed).customer_id == owner
