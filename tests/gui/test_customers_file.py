"""One customer's file worked by hand: contacts, cars, who is known already, what looks doubtful."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt

from crm_desktop.domain.customers import ContactDraft
from tests.gui.customers_room import entered, file_of, stored
from tests.makers import PHONE, PLATE, VIN, act, customer, day, vehicle

SPACE, DOWN = Qt.Key.Key_Space, Qt.Key.Key_Down
OTHER = "13900000001"


@pytest.fixture
def room(qtbot, office):
    """The room, with nothing in the files yet."""
    return entered(qtbot, office)


@pytest.fixture
def new(room):
    """An empty file on the desk."""
    room.page.new_customer()
    return room


@pytest.fixture
def fleet(room, office):
    """A customer with two cars, on the desk."""
    cars = (vehicle(), vehicle(plate="苏EF41053", vin="", brought_by="赵师傅"))
    room.page.show_customer(file_of(office, vehicles=cars))
    return room


@pytest.mark.parametrize(
    ("label", "text", "said"),
    [
        ("联系电话", PHONE, "电话已有客户：曾小明（沪A·8K231）"),
        ("车牌号", "沪a8k231", "沪A·8K231 现在曾小明名下，保存后归这位客户"),
        ("VIN", VIN, "VIN 现在曾小明名下，保存后归这位客户"),
    ],
)
def test_who_has_phone_plate_or_vin_is_told_while_it_is_typed(new, office, label, text, said):
    file_of(office)
    new.fill(label, text[:-1])
    assert not new.has("打开档案")
    new.fill(label, text)
    assert said in new.texts()


def test_what_is_known_of_a_phone_stays_while_the_car_is_typed(new, office):
    file_of(office)
    new.fill("联系电话", PHONE)
    new.fill("车牌号", "沪B12345")
    new.fill("VIN", "LSV")
    assert "电话已有客户：曾小明（沪A·8K231）" in new.texts()
    new.fill("联系电话", "1")
    assert not new.has("打开档案")


def test_every_number_that_somebody_has_is_told_at_the_same_time(new, office):
    file_of(office)
    file_of(office, name="单国强", contacts=(ContactDraft("13900000001"),), vehicles=())
    new.fill("联系电话", PHONE)
    new.click("添加联系方式")
    new.fill("联系电话", "13900000001", 1)
    assert "电话已有客户：曾小明（沪A·8K231）" in new.texts()
    assert "电话已有客户：单国强" in new.texts()
    new.click("删除")
    assert "曾小明" not in new.texts()
    assert "电话已有客户：单国强" in new.texts()


def test_what_is_known_of_one_car_stays_while_the_next_one_is_typed(new, office):
    file_of(office)
    new.fill("车牌号", PLATE)
    new.click("添加车辆")
    new.fill("车牌号", "沪B12345")
    assert "沪A·8K231 现在曾小明名下" in new.texts()


def test_a_notice_of_a_long_name_has_its_button_in_the_window(new, office):
    file_of(office, name="某" * 80)
    new.page.resize(1100, 650)
    new.fill("车牌号", PLATE)
    button = new.button("打开档案")
    assert button.width() == button.sizeHint().width()
    assert new.page.width() == 1100


def test_who_is_known_can_be_opened_at_once(new, office):
    file_of(office)
    new.fill("联系电话", PHONE)
    with new.answering("不保存"):
        new.click("打开档案")
    assert new.field("客户姓名").typed() == "曾小明"


def test_a_car_without_owner_is_told_too(new, office):
    number = file_of(office)
    profile = office.customers.profile(number)
    office.customers.amend(number, profile.ver, customer(vehicles=()), act())
    new.fill("车牌号", PLATE)
    assert "沪A·8K231 已有记录、没有车主，保存后归这位客户" in new.texts()
    assert not new.has("打开档案")


def test_his_own_phone_is_no_news(room, office):
    room.page.show_customer(file_of(office))
    room.fill("联系电话", "1")
    room.fill("联系电话", PHONE)
    assert not room.has("打开档案")


def test_doubts_are_told_when_a_field_is_left_and_never_block(new, office):
    new.fill("客户姓名", "曾小明")
    new.fill("联系电话", "1380000552")
    new.fill("车牌号", "沪A8K23")
    assert new.said() == "电话 1380000552 是 10 位，手机号应为 11 位，请核对。"
    new.fill("VIN", VIN)
    assert new.said() == "车牌号 沪A8K23 是 6 位，普通车牌 7 位、新能源车牌 8 位，请核对。"
    new.save()
    assert [v.plate for v in stored(office).vehicles] == ["沪A8K23"]


def test_a_contact_is_removed_and_another_one_added_by_keyboard(room, office):
    contacts = (ContactDraft(PHONE, name="曾小明"), ContactDraft(OTHER, role="司机"))
    room.page.show_customer(file_of(office, contacts=contacts))
    room.field("身份").setFocus()
    room.walk_to("删除")
    room.press(SPACE)
    room.walk_to("添加联系方式")
    room.press(SPACE)
    room.write("13900000003")
    room.save()
    assert [(c.value, c.role) for c in stored(office).contacts] == [(OTHER, "司机"), ("13900000003", "送修人")]


def test_enter_walks_from_contact_to_contact(room, office):
    contacts = (ContactDraft(PHONE), ContactDraft(OTHER))
    room.page.show_customer(file_of(office, contacts=contacts))
    room.field("方式").setFocus()
    walked = []
    for _ in range(6):
        room.press(Qt.Key.Key_Return if room.focus() != "删除" else Qt.Key.Key_Tab)
        walked.append(room.focus())
    assert walked == ["联系电话", "联系人", "身份", "删除", "方式", "联系电话"]


def test_an_account_is_named_after_its_kind(new, office):
    new.field("方式").set_value("微信")
    new.fill("微信", "zeng-xiaoming")
    new.save()
    assert [(c.kind, c.value) for c in stored(office).contacts] == [("微信", "zeng-xiaoming")]


def test_owner_and_who_brings_the_car_are_kept_apart(new, office):
    new.fill("客户姓名", "曾小明")
    new.fill("车牌号", PLATE)
    new.fill("送修人", "赵师傅")
    new.fill("送修人电话", "139 0000 0001")
    new.fill("购车日期", day(-400).isoformat())
    new.fill("行驶里程", "38,620 km")
    new.save()
    draft = stored(office)
    car = draft.vehicles[0]
    assert (draft.name, car.brought_by, car.brought_by_phone) == ("曾小明", "赵师傅", OTHER)
    assert (car.bought_on, car.mileage) == (day(-400), 38620)


def test_several_cars_stand_in_a_list_and_the_chosen_one_in_the_form(fleet):
    assert fleet.cells("车辆", 0) == ["沪A·8K231", "苏E·F41053"]
    assert fleet.field("车牌号").typed() == PLATE
    fleet.table("车辆").setFocus()
    fleet.press(DOWN)
    assert (fleet.field("车牌号").typed(), fleet.field("送修人").typed()) == ("苏EF41053", "赵师傅")


def test_every_car_keeps_what_was_typed_into_it(fleet, office):
    fleet.fill("颜色", "白")
    fleet.table("车辆").selectRow(1)
    fleet.fill("颜色", "黑")
    fleet.save()
    assert [v.colour for v in stored(office).vehicles] == ["白", "黑"]


def test_a_car_is_added_and_another_one_leaves_the_customer(fleet, office):
    fleet.click("移出这台车")
    fleet.click("添加车辆")
    fleet.write("沪B12345")
    fleet.save()
    assert [v.plate for v in stored(office).vehicles] == ["苏EF41053", "沪B12345"]
    assert office.search.exact(plate=PLATE)[0].customer_id is None


def test_a_mileage_that_cannot_be_read_leads_back_to_its_car(fleet, office):
    fleet.fill("行驶里程", "很多")
    fleet.table("车辆").selectRow(1)
    assert fleet.field("行驶里程").typed() == "32,000 km"
    fleet.save()
    assert (fleet.field("车牌号").typed(), fleet.field("行驶里程").typed()) == (PLATE, "很多")
    assert fleet.said() == "行驶里程应是数字，如 38620，请重新填写。"
    assert stored(office).vehicles[0].mileage == 32000


def test_a_mileage_that_cannot_be_leads_back_to_its_car_too(fleet):
    fleet.fill("行驶里程", "9999999")
    fleet.table("车辆").selectRow(1)
    fleet.save()
    assert fleet.said() == "行驶里程应在 0 到 3,000,000 公里之间，请核对。"
    assert (fleet.field("车牌号").typed(), fleet.focus()) == (PLATE, "行驶里程")


def test_a_very_long_name_is_refused_in_one_sentence_and_kept(new):
    new.fill("客户姓名", "某" * 100)
    new.save()
    assert new.said() == "客户姓名太长（100 字），最多 80 字，请分开填写。"
    assert new.field("客户姓名").typed() == "某" * 100
