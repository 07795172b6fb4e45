"""The lists of all customers together: opened from 更多, leading back into one customer's file."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QAction
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QTableView
from pytestqt.qtbot import QtBot

from crm_desktop.domain.recalls import RecallDraft
from crm_desktop.gui.customers.list_doors import ListDoors
from crm_desktop.gui.customers.profile_desk import profile_desk_of
from crm_desktop.gui.jobs import Jobs
from crm_desktop.gui.session import Session
from crm_desktop.services.office import Office
from tests.gui.customers_room import entered, file_of
from tests.gui.hands import Hands
from tests.makers import act, day, vehicle
from tests.services.profile_world import visit
from tests.services.test_recalls import RANGES


@pytest.fixture
def room(qtbot: QtBot, office: Office, jobs: Jobs) -> Iterator[Hands]:
    """The room of customers with its doors; 曾小明 came yesterday and his car is recalled."""
    file_of(office)
    visit(office, day(-1), amount_fen=100_000)
    office.recalls.register(RecallDraft("转向柱", RANGES), act())
    file_of(office, name="王强", contacts=(), vehicles=(vehicle(plate="沪B00001", vin=""),))
    hands = entered(qtbot, office)
    ListDoors(profile_desk_of(office), office.desk, Session(office.desk), jobs, hands.messages, hands.page)
    yield hands
    while QApplication.activeModalWidget() is not None:
        QApplication.activeModalWidget().close()


def opened(room: Hands, word: str) -> QTableView:
    """Chooses from 更多; the last list of the window that comes up, once it holds something."""
    next(action for action in room.page.findChildren(QAction) if action.text() == word).trigger()
    room.qtbot.waitUntil(lambda: QApplication.activeModalWidget() is not None)
    table = QApplication.activeModalWidget().findChildren(QTableView)[-1]
    room.qtbot.waitUntil(lambda: table.model().rowCount() > 0)
    return table


def test_a_recalled_car_leads_into_its_customers_file(room: Hands) -> None:
    table = opened(room, "召回和服务活动")
    dialog = table.window()
    QTest.keyClick(table, Qt.Key.Key_Return)
    assert not dialog.isVisible()
    assert room.field("客户姓名").typed() == "曾小明"


def test_a_grade_accepted_in_the_list_of_the_year_stands_on_the_file(room: Hands) -> None:
    table = opened(room, "评级建议")
    QTest.keyClick(table, Qt.Key.Key_Return)
    assert room.said() == "曾小明已定为“普通”。"
    QApplication.activeModalWidget().close()
    room.page.show_customer(1)
    assert "普通" in room.texts()
