"""处理手册 in the window: read by anybody, edited by whoever keeps the rules, put back as it was shipped."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QPlainTextEdit
from pytestqt.qtbot import QtBot

from crm_desktop.domain.staff import Role
from crm_desktop.gui.messages import Messages
from crm_desktop.gui.playbook_tab import PlaybookTab
from crm_desktop.gui.session import Session
from crm_desktop.gui.widgets.labels import PlainLabel
from crm_desktop.services.office import Office
from tests.gui.complaints_room import Room
from tests.gui.hands import Hands
from tests.makers import act
from tests.services.people import hired
from tests.services.procedure import assigned

Opened = Callable[[], Hands]


@pytest.fixture
def opened(qtbot: QtBot, office: Office) -> Opened:
    """Opens the page for whoever sits at this desk."""

    def page() -> Hands:
        messages, session = Messages(), Session(office.desk)
        people = office.staff.people()
        session.sit_down(people[-1] if people else None)
        tab = PlaybookTab(office.playbook, session, messages)
        tab.refresh()
        return Hands(qtbot, tab, messages)

    return page


def text(hands: Hands) -> QPlainTextEdit:
    """What is read or edited."""
    found = hands.page.findChild(QPlainTextEdit)
    assert isinstance(found, QPlainTextEdit)
    return found


def test_a_text_is_read_without_the_marks_of_its_file(opened: Opened) -> None:
    hands = opened()
    hands.field("篇目").set_value("apology")
    assert text(hands).isReadOnly()
    assert text(hands).toPlainText().startswith("五个忌讳\n　没诚意：")
    assert "---" not in text(hands).toPlainText()


def test_a_text_is_edited_by_keyboard_and_put_back(opened: Opened, office: Office) -> None:
    hands = opened()
    hands.field("篇目").set_value("apology")
    hands.walk_to("修改")
    hands.press(Qt.Key.Key_Space)
    assert hands.focus() == "处理手册"
    text(hands).setPlainText(office.playbook.text("apology") + "- 说：“我替您盯着。”\n")
    hands.walk_to("保存")
    hands.press(Qt.Key.Key_Space)
    assert "我替您盯着" in office.playbook.text("apology") and "《道歉》已保存" in hands.said()
    with hands.answering("恢复原文"):
        hands.click("恢复原文")
    assert not office.playbook.is_own("apology") and not hands.has("恢复原文")


def test_a_text_that_would_break_the_guide_is_refused_and_stays_in_the_editor(opened: Opened, office: Office) -> None:
    hands = opened()
    hands.field("篇目").set_value("mood")
    hands.click("修改")
    text(hands).setPlainText(office.playbook.text("mood").replace("## 愤怒", "## 生气"))
    hands.click("保存")
    assert "“## 愤怒” 不能去掉或改名" in hands.said()
    assert "## 生气" in text(hands).toPlainText() and not office.playbook.is_own("mood")


def test_turning_to_another_text_asks_before_something_typed_is_left(opened: Opened) -> None:
    hands = opened()
    hands.click("修改")
    text(hands).appendPlainText("- 再加一条")
    with hands.answering("回去保存"):
        hands.field("篇目").set_value("apology")
    assert hands.field("篇目").value() == "basics" and "再加一条" in text(hands).toPlainText()


def test_whoever_may_not_change_rules_reads_only(opened: Opened, office: Office) -> None:
    hired(office, "程立群", Role.DIRECTOR)
    hired(office, "谢文杰", Role.ADVISER, by=office.staff.act(office.staff.find("程立群"), "设置"))
    hands = opened()
    assert not hands.has("修改") and text(hands).toPlainText()


def test_the_guide_leads_to_the_texts_it_speaks_from_and_speaks_as_they_do_now(room: Room) -> None:
    room.page.show_case(assigned(room.office).number)
    room.click("六步向导")
    room.click("手册")
    window = room.dialog()
    assert window.windowTitle() == "处理手册"
    own = room.office.playbook.text("six_steps").replace("请到安静处", "请到茶室")
    room.office.playbook.write("six_steps", own, act())
    window.reject()
    assert any("请到茶室" in label.text() for label in room.page.findChildren(PlainLabel) if label.isVisible())
