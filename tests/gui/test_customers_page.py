"""客户档案 worked by hand: a file is begun, found and opened, and nobody leaves it by accident."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtWidgets import QApplication, QWidget

from tests.gui.customers_room import entered, file_of, stored
from tests.gui.hands import CTRL
from tests.makers import PHONE, PLATE, VIN, act, complaint, customer, vehicle

ENTER, TAB = Qt.Key.Key_Return, Qt.Key.Key_Tab
SHIFT = Qt.KeyboardModifier.ShiftModifier


@pytest.fixture
def room(qtbot, office):
    """The room, with nothing in the files yet."""
    return entered(qtbot, office)


@pytest.fixture
def three(office, room):
    """Three customers in the files; returns their ids, the latest first."""
    file_of(office)
    file_of(office, name="单国强", contacts=(), vehicles=(vehicle(plate="苏EF41053", vin=""),))
    file_of(office, name="昆山华信物流有限公司", kind="单位", contacts=(), vehicles=())
    room.page.refresh()
    return office.customers.ids()


def test_an_empty_room_says_what_it_is_for_and_begins_a_file(room):
    assert "登记抱怨单时会自动建档" in room.texts()
    room.click("新建客户", place=-1)
    assert room.focus() == "客户姓名"


def test_a_customer_is_entered_by_keyboard_alone(room, office):
    room.press(Qt.Key.Key_N, CTRL | SHIFT)
    for text in ("曾小明", "", "", "转介绍", "嘉定区墨玉南路 888 号"):
        room.write(text)
        room.press(ENTER)
    room.walk_to("联系电话")
    room.write("138 0000 5521")
    room.walk_to("车牌号")
    room.write("沪a·8k231")
    room.press(ENTER)
    room.write(VIN.lower())
    room.save()
    draft = stored(office)
    assert (draft.name, draft.source, draft.address) == ("曾小明", "转介绍", "嘉定区墨玉南路 888 号")
    assert [(c.kind, c.value, c.role) for c in draft.contacts] == [("手机", PHONE, "车主")]
    assert [(v.plate, v.vin) for v in draft.vehicles] == [(PLATE, VIN)]


def test_the_new_customer_is_current_in_the_list_with_his_phone_masked(room):
    room.click("新建客户")
    room.fill("客户姓名", "曾小明")
    room.fill("联系电话", PHONE)
    with room.qtbot.waitSignal(room.page.saved):
        room.save()
    assert room.said() == "曾小明 的档案已保存。"
    assert (room.cells("客户档案", 0), room.cells("客户档案", 2)) == (["曾小明"], ["138****5521"])
    assert room.table("客户档案").current_row().name == "曾小明"


def test_what_is_refused_stays_as_it_was_typed(room, office):
    room.click("新建客户")
    room.fill("车牌号", PLATE)
    room.save()
    assert room.said() == "请填客户姓名或联系电话，至少一项。"
    assert (room.field("车牌号").typed(), room.focus()) == (PLATE, "客户姓名")
    assert office.customers.count() == 0


@pytest.mark.parametrize("asked", ["单国", "dgq", "sgq", "F41053", "ef410"])
def test_a_customer_is_found_by_name_initials_or_plate(room, three, asked):
    room.press(Qt.Key.Key_F, CTRL)
    room.write(asked)
    room.press(ENTER)
    assert room.cells("客户档案", 0) == ["单国强"]
    assert room.field("客户姓名").typed() == "单国强"


@pytest.mark.parametrize("asked", ["5521", VIN[-6:]])
def test_a_customer_is_found_by_the_end_of_phone_or_vin(room, three, asked):
    room.fill("查找客户", asked)
    room.qtbot.waitUntil(lambda: room.cells("客户档案", 0) == ["曾小明"])


def test_who_is_not_found_is_said_and_esc_brings_everybody_back(room, three):
    room.fill("查找客户", "无此人")
    room.press(Qt.Key.Key_Down)
    assert "没有找到“无此人”" in room.texts()
    room.press(Qt.Key.Key_Escape)
    room.qtbot.waitUntil(lambda: len(room.cells("客户档案", 0)) == len(three))


def test_walking_down_the_list_shows_each_file(room, three):
    room.table("客户档案").setFocus()
    assert room.field("客户姓名").typed() == "昆山华信物流有限公司"
    room.press(Qt.Key.Key_Down)
    assert room.field("客户姓名").typed() == "单国强"
    room.press(ENTER)
    assert room.focus() == "客户姓名"


def test_a_company_has_no_gender(room, three):
    room.page.show_customer(three[0])
    assert not room.field("性别").isEnabled()
    room.field("类型").set_value("个人")
    assert room.field("性别").isEnabled()


def test_a_customer_wanted_from_elsewhere_is_shown_though_the_list_hides_him(room, three):
    room.fill("查找客户", "单国强")
    room.qtbot.waitUntil(lambda: room.cells("客户档案", 0) == ["单国强"])
    room.page.show_customer(three[-1])
    assert room.field("客户姓名").typed() == "曾小明"
    assert room.table("客户档案").current_row().name == "曾小明"


def test_leaving_a_changed_file_asks_and_may_go_on_writing(room, three):
    room.page.show_customer(three[-1])
    room.fill("地址", "墨玉南路")
    with room.answering("继续填写"):
        room.table("客户档案").selectRow(0)
    assert (room.field("客户姓名").typed(), room.field("地址").typed()) == ("曾小明", "墨玉南路")
    assert room.table("客户档案").current_row().name == "曾小明"


def test_leaving_a_changed_file_may_save_it_first(room, office, three):
    room.page.show_customer(three[-1])
    room.fill("地址", "墨玉南路")
    with room.answering("保存"):
        room.table("客户档案").selectRow(0)
    assert office.customers.profile(three[-1]).draft.address == "墨玉南路"
    assert room.field("客户姓名").typed() == "昆山华信物流有限公司"


def test_a_changed_file_is_named_before_the_window_closes_and_can_be_taken_back(room, three):
    room.page.show_customer(three[-1])
    room.fill("地址", "墨玉南路")
    assert room.page.unsaved() == "曾小明的档案有修改没保存"
    room.click("还原")
    assert (room.page.unsaved(), room.field("地址").typed()) == ("", "")


def test_refreshing_while_something_is_typed_keeps_it(room, three):
    room.page.show_customer(three[-1])
    room.fill("地址", "墨玉南路")
    room.page.refresh()
    assert room.field("地址").typed() == "墨玉南路"


def test_his_complaints_are_listed_and_open(room, office):
    saved = office.complaints.register(complaint(), act())
    room.page.show_customer(office.customers.ids()[0])
    assert room.cells("抱怨单", 0) == [saved.number]
    assert "抱怨单 1 张" in room.texts()
    room.table("抱怨单").selectRow(0)
    with room.qtbot.waitSignal(room.page.complaint_wanted) as wanted:
        room.qtbot.keyClick(room.table("抱怨单"), ENTER)
    assert wanted.args == [saved.number]


def test_a_new_complaint_takes_customer_and_car_with_it(room, office):
    file = office.customers.profile(file_of(office))
    room.page.show_customer(file.id)
    with room.qtbot.waitSignal(room.page.new_complaint_wanted) as wanted:
        room.click("新建抱怨单")
    assert wanted.args == [file.id, file.draft.vehicles[0].id]


def test_a_new_complaint_saves_a_new_customer_first(room, office):
    room.click("新建客户")
    room.fill("客户姓名", "曾小明")
    with room.qtbot.waitSignal(room.page.new_complaint_wanted) as wanted:
        room.click("新建抱怨单")
    assert wanted.args == [office.customers.ids()[0], None]


def test_a_hundred_customers_are_fetched_as_they_are_looked_at(room, office):
    for number in range(140):
        office.customers.register(customer(name=f"客户{number}", contacts=(), vehicles=()), act())
    room.page.refresh()
    table = room.table("客户档案")
    assert "共 140 位" in room.texts()
    table.setFocus()
    room.press(Qt.Key.Key_End, CTRL)
    assert room.field("客户姓名").typed() == "客户0"


class Watcher(QObject):
    """Notes every window that comes up on the screen."""

    def __init__(self) -> None:
        super().__init__()
        self.seen: list[QWidget] = []

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802 - Qt's name
        if event.type() == QEvent.Type.Show and isinstance(watched, QWidget) and watched.isWindow():
            self.seen.append(watched)
        return False


def test_building_the_room_flashes_no_window_of_its_own(qtbot, office):
    watcher = Watcher()
    QApplication.instance().installEventFilter(watcher)
    room = entered(qtbot, office)
    file_of(office)
    room.page.refresh()
    QApplication.instance().removeEventFilter(watcher)
    assert watcher.seen == [room.page]
