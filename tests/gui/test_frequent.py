"""高频预警 in the window: told at 今日, opened from there, and answered with one key by one measure over all cases."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QTabWidget

from crm_desktop.gui.measures.measure_desk import measure_desk_of
from crm_desktop.gui.measures.page import MeasuresPage
from crm_desktop.gui.messages import Messages
from crm_desktop.gui.session import Session
from crm_desktop.gui.today.page import TodayPage
from crm_desktop.gui.widgets.buttons import Button
from tests.gui.hands import Hands
from tests.makers import day
from tests.services.records import CAUSE, measure
from tests.services.test_proofs import came


@pytest.fixture
def numbers(office):
    """Five complaints of one kind within ten days."""
    return [came(office, day(-ago)) for ago in (9, 6, 4, 2, 0)]


@pytest.fixture
def room(qtbot, office, numbers):
    """The room 纠正预防, opened at 高频预警."""
    messages = Messages()
    hands = Hands(qtbot, MeasuresPage(measure_desk_of(office), Session(office.desk), messages), messages)
    hands.page.show_problems()
    return hands


def today_of(qtbot, office):
    """The first page, some time after it was painted."""
    messages = Messages()
    page = TodayPage(office.today, office.promise_lists, office.desk.now, lambda: len(office.frequent.rows()))
    hands = Hands(qtbot, page, messages)
    page.refresh()
    return hands


def test_today_says_how_many_problems_came_too_often(qtbot, office, numbers):
    hands = today_of(qtbot, office)
    told = f"高频问题 {len(office.frequent.rows())} 项"
    qtbot.waitUntil(lambda: hands.has(told))
    with qtbot.waitSignal(hands.page.problems_wanted):
        hands.click(told)


def test_an_ordinary_day_says_nothing_of_it(qtbot, office):
    hands = today_of(qtbot, office)
    qtbot.wait(600)
    assert not [button for button in hands.page.findChildren(Button) if button.isVisible() and "高频" in button.text()]


def test_one_key_makes_one_measure_over_all_cases(room, office, numbers):
    assert room.focus() == "高频预警"
    room.press(Qt.Key.Key_Return)
    assert room.field("抱怨单号").typed() == "、".join(numbers)
    told = measure()
    room.fill("根本原因", CAUSE)
    room.fill("措施", told.what)
    room.fill("责任人", told.who)
    room.fill("计划完成", "2026-11-28")
    room.fill("验证方法", told.verify)
    room.click("保存措施")
    assert room.said().startswith("JY2026-001 已登记")
    assert office.measure_lists.get(1).draft.complaints == tuple(numbers)
    assert room.cells("高频预警", 0) == []


def test_a_problem_does_not_stay_beside_another_list(room):
    assert room.has("立一项措施")
    room.page.findChild(QTabWidget).setCurrentIndex(1)
    assert not room.has("立一项措施")


def test_the_cases_of_a_problem_stand_beside_it_and_open(room, numbers):
    assert room.cells("同类抱怨单", 0) == numbers
    with room.qtbot.waitSignal(room.page.complaint_wanted) as opened:
        room.table("同类抱怨单").setFocus()
        room.table("同类抱怨单").selectRow(1)
        room.press(Qt.Key.Key_Return)
    assert opened.args == [numbers[1]]
