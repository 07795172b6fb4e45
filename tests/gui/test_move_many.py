"""Several calls get another day by one menu entry that counts them, and go back by one word in the bar."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from crm_desktop.domain.followups import PlanDraft
from crm_desktop.gui.followups.call_desk import call_desk_of
from crm_desktop.gui.followups.page import FollowUpsPage
from crm_desktop.gui.messages import Messages
from crm_desktop.gui.session import Session
from crm_desktop.services.office import Office
from tests.gui.hands import Hands
from tests.makers import act, day, registered


def opened(qtbot: QtBot, office: Office) -> Hands:
    """The room with two calls of today."""
    number = registered(office).number
    for _ in range(2):
        office.follow_ups.plan(number, PlanDraft(day(0)), act("2026-11-20 09:00"))
    messages = Messages()
    page = FollowUpsPage(call_desk_of(office), Session(office.desk), messages)
    hands = Hands(qtbot, page, messages)
    page.refresh()
    return hands


def days(office: Office) -> set[object]:
    return {row.planned_on for row in office.follow_ups.planned()} | {row.planned_on for row in office.follow_ups.due()}


def fill(qtbot: QtBot, **texts: str) -> None:
    """The dialog's inputs by their labels, then its main button."""
    dialog = QApplication.activeModalWidget()
    for field in dialog.findChildren(QWidget):
        if hasattr(field, "set_typed") and field.accessibleName() in texts:
            field.set_typed(texts[field.accessibleName()])
    main = next(w for w in dialog.findChildren(QWidget) if w.accessibleName() == dialog.windowTitle() and w.isEnabled())
    qtbot.mouseClick(main, Qt.MouseButton.LeftButton)


def test_calls_marked_move_together_and_back(qtbot: QtBot, office: Office) -> None:
    hands = opened(qtbot, office)
    table = hands.table("今天要打")
    table.selectAll()
    move = next(action for action in table.menu().actions() if action.text() == "改期 2 个回访…")
    move.trigger()
    fill(qtbot, 改到="11-25", 原因="客户都要求周三打")
    assert days(office) == {day(4)}
    assert hands.said() == "2 个回访已改到 11-25。"
    hands.messages.last.undo()
    assert (days(office), hands.said()) == ({day(0)}, "已撤销：2 个回访回到原来的日期。")


def test_with_nothing_marked_nothing_is_offered(qtbot: QtBot, office: Office) -> None:
    table = opened(qtbot, office).table("今天要打")
    table.clearSelection()
    move = next(action for action in table.menu().actions() if action.text() == "改期…")
    assert not move.isEnabled()
