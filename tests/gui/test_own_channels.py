"""A channel the dealership adds on the page 接收渠道 is offered wherever a channel is chosen (A5)."""

from __future__ import annotations

import pytest

from crm_desktop.domain.channels import with_channel
from crm_desktop.services.cases import ALL, ComplaintFilter
from crm_desktop.services.rules import RuleName
from tests.gui.complaints_room import Room
from tests.gui.test_rules_window import add, change, opened, turn_to
from tests.makers import act, complaint

TITLE = "接收渠道"


def add_douyin(room: Room) -> None:
    """One channel of our own, while the room is open."""
    rules = room.office.rules
    rules.change(RuleName.ROUTES, with_channel(rules.table(RuleName.ROUTES), "抖音"), act(), "客户在那里留言")


@pytest.fixture
def channels(qtbot, office):
    """The page of the channels, with one of our own on it."""
    hands = opened(qtbot, office)
    turn_to(hands, TITLE)
    add(hands, 接收渠道="抖音", 修改原因="客户都在那里留言")
    return hands


def test_an_own_channel_is_added_and_has_its_clocks(channels):
    assert channels.cells(TITLE, 0)[-1] == "抖音"
    assert channels.cells(TITLE, 2)[-1] == "本店加的"
    turn_to(channels, "时限")
    assert channels.cells("时限", 0)[-2:] == ["抖音", "抖音"]


def test_it_can_be_put_out_of_use_and_the_seven_cannot(channels):
    change(channels, TITLE, -1, 用不用="停用", 修改原因="不做了")
    assert channels.cells(TITLE, 1)[-1] == "停用"
    change(channels, TITLE, 0, 用不用="停用", 修改原因="不回访了")
    assert "“回访”是制度规定的渠道，不能停用" in channels.said()


def test_one_with_complaints_cannot_be_taken_away(channels):
    channels.office.complaints.register(complaint(channel="抖音"), act())
    channels.table(TITLE).selectRow(7)
    channels.click("去掉")
    channels.fill("修改原因", "不做了")
    channels.click("去掉", 1)
    assert "已有 1 张抱怨单，不能去掉，只能停用" in channels.said()


def test_the_intake_offers_it_as_soon_as_it_is_there(room: Room):
    room.page.new_complaint()
    offered = room.field("接收渠道")
    assert offered.findText("抖音") < 0
    add_douyin(room)
    room.page.new_complaint()
    assert offered.findText("抖音") == offered.count() - 1
    room.fill("接收渠道", "抖音")
    room.fill("客户姓名", "曾小明")
    room.fill("抱怨内容", "方向盘抖")
    room.save()
    (row,) = room.office.cases.fetch(room.office.cases.ids(ComplaintFilter(ALL)))
    assert row.channel == "抖音"


def test_a_complaint_is_corrected_to_it(room: Room):
    saved = room.office.complaints.register(complaint(), act())
    add_douyin(room)
    room.page.show_case(saved.number)
    room.click("更正")
    dialog = room.dialog()
    room.fill("接收渠道", "抖音", dialog)
    room.fill("更正原因", "其实在抖音留言", dialog)
    room.click("更正", dialog)
    assert room.office.cases.case(saved.number).fields["channel"] == "抖音"
