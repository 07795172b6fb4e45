"""复制新建: the same customer and car, or kind of car; never the clocks, measures, answers or numbers of the old."""

from __future__ import annotations

from pytestqt.qtbot import QtBot

from crm_desktop.domain.complaints import Event
from crm_desktop.domain.customers import VehicleDraft
from crm_desktop.gui.complaints.step_bar import StepBar
from crm_desktop.services.cases import ALL, ComplaintFilter
from crm_desktop.services.office import Office
from tests.gui.complaints_room import Room
from tests.gui.customers_room import entered, file_of
from tests.makers import anonymous, closed, registered, vehicle

WORD = "复制新建"


def test_a_complaint_is_begun_anew_for_the_same_customer_and_car(room: Room, office: Office) -> None:
    old = office.cases.case(closed(office, words="变速箱顿挫", demand="退车").number)
    room.page.show_case(old.number)
    more = room.page.findChild(StepBar).more.menu()
    next(action for action in more.actions() if action.text() == WORD).trigger()
    assert (room.field("客户姓名").value(), room.field("抱怨内容").value()) == (old.customer_name, "")
    room.fill("抱怨内容", "空调不冷")
    room.click("保存")
    newest = office.cases.fetch(office.cases.ids(ComplaintFilter(ALL)))[0]
    new = office.cases.case(newest.number)
    assert (new.customer_id, new.vehicle_id) == (old.customer_id, old.vehicle_id)
    assert (new.state, new.fields["demand"], new.fields["responsible"]) == ("登记", "", "")
    assert [event.kind for event in new.events] == [Event.REGISTERED]


def test_the_list_offers_it_in_its_menu(room: Room, office: Office) -> None:
    number = registered(office).number
    room.page.show_list()
    room.page.refresh()
    table = room.table("抱怨投诉")
    table.selectRow(0)
    next(action for action in table.menu().actions() if action.text() == WORD).trigger()
    assert room.field("客户姓名").value() == office.cases.case(number).customer_name


def test_where_nobody_knows_the_customer_there_is_nothing_to_copy(room: Room, office: Office) -> None:
    number = office.complaints.register(anonymous(), room.session.act("受理")).number
    room.page.show_list()
    room.page.refresh()
    table = room.table("抱怨投诉")
    table.selectRow(0)
    next(action for action in table.menu().actions() if action.text() == WORD).trigger()
    assert room.said().startswith(number)


def test_a_car_like_this_one_has_its_kind_and_no_plate(qtbot: QtBot, office: Office) -> None:
    file_of(office, vehicles=(vehicle(brand="大众", series="朗逸", model="朗逸 1.5L"),))
    hands = entered(qtbot, office)
    hands.page.show_customer(1)
    hands.click(WORD)
    assert (hands.field("车系").value(), hands.field("车牌号").value(), hands.field("VIN").value()) == ("朗逸", "", "")
    hands.fill("车牌号", "沪B66666")
    hands.click("保存")
    first, second = office.customers.profile(1).draft.vehicles
    assert second == VehicleDraft(plate="沪B66666", brand="大众", series="朗逸", model="朗逸 1.5L", id=second.id)
    assert first.vin != second.vin
