"""返修 worked by hand: which cars are here, and how each rework ended."""

from __future__ import annotations

from dataclasses import replace

import pytest
from PySide6.QtCore import Qt

from crm_desktop.domain.reworks import ReworkDraft
from crm_desktop.gui.messages import Messages
from crm_desktop.gui.reworks.page import ReworksPage
from crm_desktop.gui.session import Session
from tests.gui.hands import Hands
from tests.makers import act, day, registered

ENTER = Qt.Key.Key_Return


@pytest.fixture
def room(qtbot, office):
    """The room on a desk without reworks."""
    messages = Messages()
    hands = Hands(qtbot, ReworksPage(office.reworks, Session(office.desk), messages), messages)
    hands.page.refresh()
    return hands


@pytest.fixture
def cars(room, office):
    """A car here for three days, one that came today, one that is done; returns room and ids."""
    number = registered(office).number
    drafts = (
        ReworkDraft(came_on=day(-3), items="更换阀体", technician="陆师傅", order_number="RO26111801"),
        ReworkDraft(came_on=day(0), items="底盘异响"),
        ReworkDraft(came_on=day(-9), finished_on=day(-7), inspector="丁伟", result="路试正常"),
    )
    ids = [office.reworks.register(number, draft, act()) for draft in drafts]
    room.page.refresh()
    return room, ids


def stored(office, place=0):
    """A rework of the complaint as it is stored."""
    return office.reworks.of_complaint("TS20261121-001")[place]


def test_an_empty_list_says_where_reworks_come_from(room):
    assert "没有在修的返修车。" in room.texts()
    assert "从左边选一台车" in room.texts()


def test_cars_in_the_workshop_are_listed_longest_first(cars):
    room, _ = cars
    assert room.cells("在修", 0) == ["沪A·8K231"] * 2
    assert room.cells("在修", 2) == ["在修 3 天", "今天进厂"]


def test_whoever_comes_in_finds_the_car_that_waits_longest_at_hand(cars):
    room, ids = cars
    assert room.table("在修").current_row().id == ids[0]
    assert "更换阀体" in room.texts()


def test_finishing_is_recorded_by_keyboard_with_today_offered(cars, office):
    room, ids = cars
    room.table("在修").setFocus()
    room.press(ENTER)
    assert room.field("修竣日期").typed() == day(0).isoformat()
    room.press(ENTER)
    room.write("丁伟")
    room.press(ENTER)
    room.write("阀体总成 1 件")
    room.press(ENTER)
    room.write("路试 20 km 正常")
    with room.qtbot.waitSignal(room.page.saved) as saved:
        room.save()
    draft = stored(office).draft
    assert (saved.args, draft.finished_on, draft.inspector) == ([ids[0]], day(0), "丁伟")
    assert (draft.result, draft.items, draft.parts) == ("路试 20 km 正常", "更换阀体", "阀体总成 1 件")
    assert room.said() == "沪A·8K231的返修已记录修竣：2026-11-21。"
    assert room.cells("在修", 5) == ["底盘异响"]
    assert [line.id for line in room.table("在修").selected_rows()] == [ids[1]]


def test_a_finished_rework_stands_in_the_list_of_all_and_can_be_put_right(cars, office):
    room, ids = cars
    room.page.show_rework(ids[2])
    assert room.table("全部").current_row().id == ids[2]
    assert room.field("返修结果").typed() == "路试正常"
    room.fill("质检员", "冯学勤")
    room.click("保存")
    assert stored(office, 2).draft.inspector == "冯学勤"


def test_a_day_before_the_car_came_is_refused_and_kept(cars):
    room, ids = cars
    room.page.show_rework(ids[0])
    room.fill("修竣日期", "11-01")
    room.click("记录修竣")
    assert room.said() == "修竣日期应在进厂日期和今天之间，请核对。"
    assert (room.focus(), room.field("修竣日期").typed()) == ("修竣日期", "11-01")


def test_a_rework_saved_by_somebody_else_first_is_told_and_what_was_typed_stays(cars, office):
    room, ids = cars
    room.page.show_rework(ids[0])
    room.fill("返修结果", "路试正常")
    office.reworks.amend(ids[0], 1, replace(stored(office).draft, inspector="袁丽"), act())
    room.save()
    assert "现在存的是：修竣日期“空”，质检员“袁丽”，更换配件“空”，返修结果“空”" in room.said()
    assert room.field("返修结果").typed() == "路试正常"
    room.save()
    assert stored(office).draft.result == "路试正常"


def test_turning_to_another_car_with_something_typed_asks_first(cars):
    room, ids = cars
    room.page.show_rework(ids[0])
    room.fill("返修结果", "路试正常")
    assert room.page.unsaved() == "沪A·8K231的返修填了一半没保存"
    with room.answering("继续填写"):
        room.table("在修").selectRow(1)
    assert room.table("在修").current_row().id == ids[0]
    with room.answering("不保存"):
        room.table("在修").selectRow(1)
    assert "底盘异响" in room.texts()


def test_its_complaint_opens(cars):
    room, ids = cars
    room.page.show_rework(ids[0])
    with room.qtbot.waitSignal(room.page.complaint_wanted) as wanted:
        room.click("打开抱怨单 TS20261121-001")
    assert wanted.args == ["TS20261121-001"]
