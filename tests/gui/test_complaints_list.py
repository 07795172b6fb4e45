"""The list of complaints: its views, what narrows it, and the way into a case and back."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QTabBar

from crm_desktop.services.cases import VIEWS, ComplaintFilter
from tests.makers import act, anonymous, at, closed, registered, resolved

LIST = "抱怨投诉"


def views(room):
    """The row of views."""
    return next(bar for bar in room.page.findChildren(QTabBar) if bar.accessibleName() == "看哪些单")


def look_at(room, view):
    """Turns to a view."""
    views(room).setCurrentIndex(tuple(VIEWS).index(view))


def numbers(room):
    """The complaints shown."""
    return room.cells(LIST, 0)


def test_the_views_stand_in_one_row_with_what_waits_counted(room):
    registered(room.office)
    room.office.complaints.register(anonymous(), act())
    room.page.refresh()
    shown = [views(room).tabText(place) for place in range(views(room).count())]
    states = ["登记", "已移交", "已响应", "处理中", "已解决", "已关闭", "已存档"]
    assert shown == ["未关闭 2", "全部", *states, "未归类", "待补客户 1", "历史导入", "作废"]


def test_each_view_shows_its_complaints_the_latest_first(room):
    first, second, third = registered(room.office), resolved(room.office), closed(room.office)
    room.page.refresh()
    assert numbers(room) == [second.number, first.number]
    look_at(room, "已关闭")
    assert numbers(room) == [third.number]
    look_at(room, "全部")
    assert numbers(room) == [third.number, second.number, first.number]


def test_another_view_is_read_once(room, monkeypatch):
    registered(room.office)
    room.page.refresh()
    asked, ids = [], room.office.cases.ids
    monkeypatch.setattr(room.office.cases, "ids", lambda wanted: asked.append(wanted.view) or ids(wanted))
    room.page.show_list("全部")
    assert asked == ["全部"]


def test_the_usual_periods_are_not_cut_short(room):
    field = room.field("受理期间")
    words = max(field.fontMetrics().horizontalAdvance(field.itemText(place)) for place in range(field.count()))
    assert field.width() >= words + 24  # the arrow beside the words


def test_an_empty_list_says_what_to_do_and_offers_the_first_complaint(room):
    room.click("新建抱怨单")
    assert room.focus() == "客户姓名"


def test_the_list_shows_local_time_and_written_plates(room):
    registered(room.office, received_at=at("2026-11-21 09:05"))
    room.page.refresh()
    assert (room.cells(LIST, 1), room.cells(LIST, 7)) == (["2026-11-21 09:05"], ["沪A·8K231"])


def test_enter_opens_a_complaint_and_esc_comes_back_to_its_row(room):
    second = [registered(room.office) for _ in range(3)][1]
    room.page.show_list("全部")
    room.press(Qt.Key.Key_Down)
    room.press(Qt.Key.Key_Return)
    assert room.tabs().isVisible()
    room.press(Qt.Key.Key_Escape)
    assert room.focus() == LIST
    assert room.table(LIST).currentIndex().data() == second.number


def test_words_narrow_the_list_and_can_be_cleared_again(room):
    registered(room.office, words="天窗漏水")
    registered(room.office, words="空调不冷")
    room.page.refresh()
    room.fill("查找抱怨内容", "天窗")
    room.qtbot.waitUntil(lambda: len(numbers(room)) == 1)
    room.fill("查找抱怨内容", "天窗破了")
    room.qtbot.waitUntil(lambda: not numbers(room))
    room.click("清除条件")
    assert len(numbers(room)) == 2


@pytest.mark.parametrize(
    ("period", "count"), [("今天", 1), ("近 7 天", 2), ("本月", 3), ("上月", 1), ("今年", 4), ("不限时间", 5)]
)
def test_a_period_is_counted_in_days_of_the_desk(room, period, count):
    for local in ("2026-11-21 00:05", "2026-11-15 08:00", "2026-11-01 00:00", "2026-10-31 23:59", "2025-12-31 09:00"):
        registered(room.office, received_at=at(local))
    room.page.refresh()
    room.field("受理期间").set_value(period)
    assert len(numbers(room)) == count


def test_two_days_of_ones_own_make_a_period_whichever_comes_first(room):
    registered(room.office, received_at=at("2026-11-15 08:00"))
    registered(room.office, received_at=at("2026-11-20 08:00"))
    room.page.refresh()
    room.field("受理期间").set_value("自选日期")
    room.fill("开始日期", "11-16")
    room.fill("结束日期", "11-10")
    room.press(Qt.Key.Key_Return)
    assert len(numbers(room)) == 1


def test_export_asks_for_exactly_what_is_shown(room, qtbot):
    registered(room.office, words="天窗漏水")
    room.page.show_list("登记")
    room.fill("查找抱怨内容", "天窗")
    with qtbot.waitSignal(room.page.export_wanted) as asked:
        room.click("导出 Excel")
    assert asked.args == [ComplaintFilter("登记", None, None, "天窗")]


def test_the_blank_form_is_one_click_away(room, qtbot):
    with qtbot.waitSignal(room.page.blank_wanted):
        room.click("打印空白单")


def test_the_list_keeps_the_rules_of_a_table(room, qtmodeltester):
    registered(room.office)
    room.page.refresh()
    qtmodeltester.check(room.table(LIST).model())


@pytest.mark.parametrize(("make", "turn"), [(registered, "受理"), (resolved, "归档")])
def test_a_case_of_the_list_opens_at_the_step_in_hand(room, make, turn):
    make(room.office)
    room.page.refresh()
    room.page.show_list()
    room.press(Qt.Key.Key_Return)
    assert room.tabs().tabText(room.tabs().currentIndex()).split()[0] == turn
