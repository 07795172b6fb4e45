"""The address book in the window: kept on its page, offered where a case deals with somebody outside (A4)."""

from __future__ import annotations

from tests.gui.complaints_room import Room
from tests.gui.test_rules_window import add, change, opened, turn_to
from tests.gui.test_step_files import media_case
from tests.makers import complaint
from tests.services.test_outside_parties import MEDIA, book

TITLE = "外部单位"
HOTLINE = {"kind": "厂家400", "name": "厂家400热线", "contact": "工号 17", "phone": "400-820-1111"}
OFFICE = {"kind": "厂家公关", "name": "华东区公关部", "phone": "021-5555"}


def test_the_book_is_kept_on_a_page_of_the_rules(qtbot, office):
    hands = opened(qtbot, office)
    turn_to(hands, TITLE)
    change(hands, TITLE, 0, 联系人="工号 17", 电话="400-820-1111", 修改原因="厂家换了联系人")
    add(hands, 类型="媒体", 名称="汽车之家", 修改原因="常打交道")
    assert hands.cells(TITLE, 1)[-1] == "汽车之家"
    first, *_, last = office.rules.outside_parties()
    assert (first.reached, last.kind, last.name) == ("工号 17 400-820-1111", "媒体", "汽车之家")


def test_a_medium_is_offered_while_its_name_is_typed(room: Room):
    book(room.office, MEDIA)
    number = media_case(room)
    room.click("登记稿件")
    dialog = room.dialog()
    field = room.field("媒体", dialog)
    field.setFocus()
    room.write("汽车")
    room.qtbot.waitUntil(lambda: bool(field.offers()))
    assert [(offer.title, offer.why) for offer in field.offers()] == [("汽车之家", "编辑部 小周 010-5555")]
    field.picked.emit("汽车之家")
    room.click("登记稿件", dialog)
    assert room.office.outside.publications(number)[0].draft.medium == "汽车之家"


def test_reporting_tells_how_the_makers_office_is_reached(room: Room):
    book(room.office, OFFICE)
    media_case(room)
    room.click("上报公关部")
    field = room.field("上报对象", room.dialog())
    assert (field.typed(), field.accessibleDescription()) == ("华东区公关部", "021-5555")


def test_a_hotline_case_tells_whom_to_call_at_its_ticket(room: Room):
    book(room.office, HOTLINE, OFFICE)
    room.seat_director()
    saved = room.office.complaints.register(complaint(channel="400热线"), room.session.act("受理"))
    room.page.show_case(saved.number)
    room.turn_to("处理")
    assert room.field("厂家工单号").accessibleDescription() == "厂家400热线 工号 17 400-820-1111"
