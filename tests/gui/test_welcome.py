"""The first start: three words about the dealership, or the sample data first."""

from __future__ import annotations

from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from crm_desktop.gui.messages import Messages
from crm_desktop.gui.session import Session
from crm_desktop.gui.welcome import WelcomeDialog
from crm_desktop.services.office import Office
from tests.gui.hands import Hands


def welcomed(qtbot: QtBot, office: Office) -> Hands:
    """The dialog of the first start."""
    dialog = WelcomeDialog(office.settings, Session(office.desk))
    dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose, False)
    return Hands(qtbot, dialog, Messages())


def test_name_code_and_brand_are_kept(qtbot: QtBot, office: Office) -> None:
    hands = welcomed(qtbot, office)
    for label, words in (("经销商名称", "示范4S店"), ("经销商代码", "7580123"), ("品牌", "上汽大众")):
        hands.fill(label, words)
    with qtbot.waitSignal(hands.page.accepted):
        hands.click("开始使用")
    kept = office.settings.values()
    assert [kept[f"dealership.{part}"] for part in ("name", "code", "brand")] == ["示范4S店", "7580123", "上汽大众"]


def test_without_a_name_it_says_what_the_name_is_for(qtbot: QtBot, office: Office) -> None:
    hands = welcomed(qtbot, office)
    hands.click("开始使用")
    assert "会印在每张单子" in hands.field("经销商名称").accessibleDescription()
    assert hands.page.isVisible()


def test_the_sample_data_keep_nothing_here(qtbot: QtBot, office: Office) -> None:
    hands = welcomed(qtbot, office)
    with qtbot.waitSignal(hands.page.sample_wanted):
        hands.click("先看看演示数据")
    assert not hands.page.isVisible()
    assert office.settings.value("dealership.name") == ""
