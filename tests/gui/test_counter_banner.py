"""Each fact of the counter's banner, through the window: on the intake as soon as phone, plate or VIN is typed."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QWidget

from crm_desktop.domain.profile import FactsDraft
from crm_desktop.domain.recalls import RecallDraft
from crm_desktop.domain.reworks import ReworkDraft
from crm_desktop.domain.warranty import RepairKind, WarrantyRepair
from crm_desktop.gui.facts_dialog import FactsDialog
from crm_desktop.gui.widgets.labels import PlainLabel
from crm_desktop.services.warranties import CarTerms
from tests.makers import PHONE, PLATE, VIN, act, at, complaint, customer, day, registered, vehicle
from tests.services.profile_world import known, visit
from tests.services.test_recalls import RANGES


@pytest.fixture
def counter(room):
    """The intake, nothing typed yet."""
    room.page.new_complaint()
    return room


def told(room):
    """What the line of facts says to a screen reader; nothing where it is not there."""
    lines = [w.accessibleName() for w in room.page.findChildren(QWidget) if w.isVisible()]
    return "".join(line for line in lines if line.startswith("要点 "))


def at_counter(room, **facts):
    """The known customer's profile with these facts; ids of him and his car."""
    found, car = known(room.office)
    if facts:
        room.office.profiles.amend_facts(found, 1, FactsDraft(**facts), act())
    return found, car


@pytest.mark.parametrize(("field", "typed"), [("联系电话", PHONE), ("车牌号", "沪a8k231"), ("VIN", VIN)])
def test_phone_plate_or_vin_bring_the_facts(counter, field, typed):
    at_counter(counter, likes="喝茶")
    counter.fill(field, typed)
    assert "喜好 喝茶" in told(counter)


def test_nobody_known_and_nothing_known_say_nothing_and_move_nothing(counter):
    before = counter.field("抱怨内容").mapTo(counter.page, counter.field("抱怨内容").rect().topLeft())
    counter.fill("车牌号", "苏B12345")
    assert told(counter) == ""
    known(counter.office, name="沈佳怡")
    counter.fill("车牌号", PLATE)
    assert counter.field("抱怨内容").mapTo(counter.page, counter.field("抱怨内容").rect().topLeft()) == before


def test_likes_dislikes_adviser_and_do_not_disturb(counter):
    at_counter(counter, likes="喝茶", dislikes="不要叫老师傅", usual_adviser="梁晓雯", do_not_disturb=True)
    counter.fill("车牌号", PLATE)
    said = told(counter)
    assert all(f in said for f in ("勿扰 客户要求勿扰", "忌讳 不要叫老师傅", "喜好 喝茶", "常用顾问 梁晓雯"))
    assert said.index("忌讳") < said.index("喜好")


def test_the_grade_and_its_policy(counter):
    found, _ = at_counter(counter)
    counter.office.grades.confirm(found, "VIP", act(), "多年老客户")
    counter.fill("车牌号", PLATE)
    (banner,) = [w.accessibleName() for w in counter.page.findChildren(QWidget, "banner") if w.isVisible()]
    assert "VIP" in banner
    assert "优惠政策 VIP：" in told(counter)


def test_the_policy_of_the_grade_comes_before_what_is_only_good_to_know(counter):
    found, _ = at_counter(counter, likes="喝茶")
    counter.office.grades.confirm(found, "VIP", act(), "多年老客户")
    counter.fill("车牌号", PLATE)
    assert told(counter).index("优惠政策") < told(counter).index("喜好 喝茶")


def test_the_head_of_a_case_tells_grade_and_policy_shortly_and_the_whole_to_whoever_points_at_it(room):
    saved = room.office.complaints.register(complaint(), act("2026-11-21T12:00:00"))
    room.office.grades.confirm(room.office.cases.case(saved.number).customer_id, "VIP", act(), "多年老客户")
    room.page.show_case(saved.number)
    (banner,) = [w for w in room.page.findChildren(QWidget, "banner") if w.isVisible()]
    assert "VIP，优先接待和排工位；投诉优…" in banner.accessibleName()
    (chip,) = [w for w in banner.findChildren(QWidget) if getattr(w, "text", str)() == "VIP"]
    assert "服务经理当天过问" in chip.toolTip()


def test_open_cases_and_promises_lead_to_their_complaint(counter):
    saved = counter.office.complaints.register(complaint(), act("2026-11-21T12:00:00"))
    counter.office.promises.make(saved.number, "下午回电", at("2026-11-21 16:00"), act(), at("2026-11-21 13:00"))
    counter.fill("车牌号", PLATE)
    assert f"未关闭 {saved.number} 一般·登记" in told(counter)
    assert "回话 答应：下午回电（11-21 16:00 前）" in told(counter)
    facts = opened(counter)
    counter.click(saved.number, facts)
    assert counter.tabs().isVisible()


def opened(room):
    """Everything that is known, behind the button at the end of the line."""
    name = next(w for w in ("详情", *(f"更多（{n}）" for n in range(1, 20))) if room.has(w))
    room.click(name)
    dialog = room.dialog()
    assert isinstance(dialog, FactsDialog)
    return dialog


def test_the_second_rework_of_the_same_part(counter):
    number = registered(counter.office).number
    for back in (60, 1):
        rework = ReworkDraft("外返", f"RO{back}", day(-back), day(-back), items="更换阀体")
        counter.office.reworks.register(number, rework, act())
    counter.fill("车牌号", PLATE)
    assert told(counter).startswith("要点 返修 该车 90 天内第 2 次返修·同部位")


def test_warranty_counters_recall_and_repair_guarantee(counter):
    _, car = at_counter(counter)
    counter.office.warranties.set_terms(car, 1, CarTerms(day(-400)), act())
    fault = WarrantyRepair(at("2026-11-10 09:00"), at("2026-11-10 17:00"), "制动失效", RepairKind.SAFETY, settled=False)
    for _ in range(2):
        counter.office.warranties.record(car, fault, act())
    counter.office.recalls.register(RecallDraft("转向柱螺栓", RANGES), act())
    visit(counter.office, day(-3))
    counter.fill("VIN", VIN)
    said = told(counter)
    assert all(f in said for f in ("召回 召回未做：转向柱螺栓", "三包 包修期到", "三包 三包有效期", "同一故障无偿返修"))
    assert said.index("召回未做") < said.index("包修期到")
    labels = {label.text() for label in opened(counter).findChildren(PlainLabel)}
    assert "第二十四条第一项" in labels


def test_the_risk_with_its_reasons_and_how_to_serve(counter):
    draft = complaint(severity="重大", severity_reason="媒体已联系")
    saved = counter.office.complaints.register(draft, act("2026-11-21T12:00:00"))
    counter.office.promises.make(saved.number, "回电", at("2026-11-21 13:30"), act(), at("2026-11-21 13:00"))
    counter.fill("车牌号", PLATE)
    assert "升级风险 高：有未关闭的重大投诉，有 1 件答应的事到期没有兑现" in told(counter)
    labels = {label.text() for label in opened(counter).findChildren(PlainLabel)}
    assert "请服务经理一起接待，先道歉和安抚，不要当场争论责任；答应的事写成回话。" in labels


def test_tags_by_hand_and_from_history(counter):
    found, _ = at_counter(counter)
    counter.office.profiles.tag(found, "怕等待", act())
    for words in ("抖动", "还是抖动"):
        registered(counter.office, words=words, demand="要赔偿")
    counter.fill("车牌号", PLATE)
    assert "标签 怕等待" in told(counter)
    assert "要求补偿" in told(counter)


def test_with_everything_known_the_intake_still_fits_its_page(counter):
    at_counter(counter, likes="喝茶" * 40, dislikes="不要叫老师傅" * 20, usual_adviser="梁晓雯", do_not_disturb=True)
    registered(counter.office, severity="重大", severity_reason="媒体已联系")
    visit(counter.office, day(-3))
    counter.fill("车牌号", PLATE)
    counter.click("补录纸单")
    counter.qtbot.wait(20)
    assert counter.page.minimumSizeHint().height() <= 662
    shown = [w for w in counter.page.findChildren(QWidget) if w.isVisible() and w.accessibleName().startswith("要点")]
    assert shown[0].width() <= counter.page.width()


def test_escape_closes_the_facts_and_the_form_keeps_what_was_typed(counter):
    at_counter(counter, likes="喝茶")
    counter.fill("车牌号", PLATE)
    opened(counter)
    counter.qtbot.keyClick(QApplication.activeModalWidget(), Qt.Key.Key_Escape)
    assert counter.field("车牌号").typed() == PLATE


def test_a_customer_with_two_cars_is_told_by_the_car_that_is_typed(counter):
    found, _ = at_counter(counter)
    counter.office.customers.add_vehicle(found, vehicle(plate="沪B12345", vin=""), act())
    registered(counter.office, plate="沪B12345", words="天窗漏水")
    counter.fill("车牌号", "沪B12345")
    assert "天窗漏水" in told(counter)
    assert customer().name in {label.text().split(" ")[0] for label in counter.page.findChildren(PlainLabel)}


def test_of_two_who_share_a_phone_the_facts_are_of_the_one_whose_car_is_typed(counter):
    at_counter(counter, likes="喝茶")
    wife, ver = counter.office.customers.register(customer(name="李梅", vehicles=()), act())
    counter.office.profiles.amend_facts(wife, ver, FactsDraft(likes="咖啡"), act())
    counter.fill("联系电话", PHONE)
    counter.fill("车牌号", PLATE)
    assert "喜好 喝茶" in told(counter)
    assert "咖啡" not in told(counter)


def test_of_two_who_share_a_phone_the_facts_are_of_the_one_whose_name_is_typed(counter):
    at_counter(counter, likes="喝茶")
    wife, ver = counter.office.customers.register(customer(name="李梅", vehicles=()), act())
    counter.office.profiles.amend_facts(wife, ver, FactsDraft(likes="咖啡"), act())
    counter.fill("联系电话", PHONE)
    counter.fill("客户姓名", "李梅")
    assert "喜好 咖啡" in told(counter)
