"""换人: oneself by one key, then the PIN."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from crm_desktop.domain.staff import Person, Role
from crm_desktop.gui.messages import Messages
from crm_desktop.gui.person_gate import PersonDialog
from crm_desktop.services.office import Office
from tests.gui.hands import Hands
from tests.makers import act


@pytest.fixture
def staffed(office: Office) -> Office:
    """程立群 (服务总监) and 谢文杰 (服务顾问), both with PIN 2468."""
    office.access.hire("程立群", (Role.DIRECTOR,), "2468", act())
    first = office.staff.act(office.staff.find("程立群"), "设置")
    office.access.hire("谢文杰", (Role.ADVISER,), "2468", first)
    return office


@pytest.fixture
def gate(qtbot: QtBot, staffed: Office) -> Hands:
    """The dialog of F9."""
    dialog = PersonDialog(staffed.staff.people(), staffed.access)
    dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose, False)
    return Hands(qtbot, dialog, Messages())


def typed(hands: Hands, digits: str) -> None:
    """Digits, each where the keyboard is then."""
    for digit in digits:
        hands.qtbot.keyClicks(hands.hands(), digit)


def test_one_key_and_the_pin_are_enough(gate: Hands) -> None:
    typed(gate, "2")
    assert gate.focus() == "PIN 码"
    typed(gate, "2468")
    with gate.qtbot.waitSignal(gate.page.chosen) as chosen:
        gate.press(Qt.Key.Key_Return)
    assert chosen.args[0].name == "谢文杰"


def test_a_wrong_pin_is_told_at_the_field_and_typed_anew(gate: Hands) -> None:
    typed(gate, "22469")
    gate.press(Qt.Key.Key_Return)
    assert "PIN 不对" in gate.field("PIN 码").accessibleDescription()
    assert (gate.field("PIN 码").text(), gate.focus()) == ("", "PIN 码")
    assert gate.page.isVisible()


def test_another_name_empties_the_pin(gate: Hands) -> None:
    typed(gate, "12468")
    gate.table("换人").selectRow(1)
    assert gate.field("PIN 码").text() == ""


def test_where_nobody_has_a_pin_enter_is_enough(qtbot: QtBot) -> None:
    people = [Person(1, 1, "程立群", ("服务总监",)), Person(2, 1, "谢文杰", ("服务顾问",))]
    dialog = PersonDialog(people)
    dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose, False)
    hands = Hands(qtbot, dialog, Messages())
    with qtbot.waitSignal(dialog.chosen) as chosen:
        typed(hands, "2")
    assert chosen.args == [people[1]]
