"""Where words lead: 制度 to the room of each sentence, an alert to its case, 规则 to the page asked for."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from crm_desktop.app import open_program
from crm_desktop.app.program import Program
from crm_desktop.clock import TEST_MARK
from crm_desktop.gui.manual.window import ManualWindow
from crm_desktop.gui.messages import Messages
from crm_desktop.gui.rules_room.contents import Contents
from crm_desktop.gui.rules_room.procedure_window import ProcedureWindow
from crm_desktop.gui.rules_room.window import RulesWindow
from crm_desktop.services.office import open_office
from tests.gui.hands import Hands
from tests.makers import act, at, registered


class Desk:
    """The program in a home with one 重大 complaint of this morning, and hands at its window."""

    def __init__(self, qtbot: QtBot, home: Path) -> None:
        office = open_office(home)
        office.settings.change({"dealership.name": "示范4S店"}, act())
        registered(office, severity="重大", received_at=at("2026-11-21 09:00"))
        office.desk.close()
        self.program: Program = open_program(home, Messages())
        self.hands = Hands(qtbot, self.program.window, Messages())
        qtbot.waitUntil(lambda: bool(self.program.window.current_name()))

    def read_procedure(self) -> None:
        """F1, and 制度 in the manual."""
        self.hands.press(Qt.Key.Key_F1)
        self.in_front(ManualWindow)
        self.hands.click("制度")
        self.in_front(ProcedureWindow)

    def in_front(self, kind: type[QWidget]) -> Any:
        """The window of this kind; it is worked from now on."""
        found = [w for w in QApplication.topLevelWidgets() if isinstance(w, kind) and w.isVisible()]
        self.hands.page = found[0]
        return found[0]


@pytest.fixture
def desk(qtbot: QtBot, home: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Desk]:
    """At two in the afternoon."""
    (home / TEST_MARK).touch()
    monkeypatch.setenv("CRM_NOW", "2026-11-21T14:00:00")
    made = Desk(qtbot, home)
    yield made
    made.program.window.hide()
    made.program.close()
    made.program.window.deleteLater()


def test_an_alert_in_the_bar_opens_its_case(desk: Desk, qtbot: QtBot) -> None:
    qtbot.waitUntil(lambda: desk.hands.has("打开抱怨单"), timeout=10_000)
    desk.hands.click("打开抱怨单")
    assert desk.program.window.current_name() == "抱怨投诉"
    assert "TS20261121-001" in desk.hands.texts()


def test_the_manual_leads_to_the_procedure_and_a_way_of_it_to_its_page_of_the_rules(desk: Desk) -> None:
    desk.read_procedure()
    desk.hands.click("去关闭清单")
    (pages,) = desk.in_front(RulesWindow).findChildren(Contents)
    assert pages.currentItem().text() == "关闭清单"
    desk.hands.page.close()


@pytest.mark.parametrize(
    ("way", "room"), [("去回访", "回访"), ("去新建抱怨单", "抱怨投诉"), ("去纠正预防", "纠正预防")]
)
def test_a_way_leads_to_its_room(desk: Desk, way: str, room: str) -> None:
    desk.read_procedure()
    desk.hands.click(way)
    assert desk.program.window.current_name() == room
