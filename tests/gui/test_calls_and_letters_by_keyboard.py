"""Called in vain until a letter is due, and the letter itself: from the first key to the paper without a mouse."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt, QTimer
from PySide6.QtWidgets import QApplication, QMenu
from pytestqt.qtbot import QtBot

from crm_desktop.domain.followups import CallDraft, PlanDraft
from crm_desktop.domain.papers import Paper
from crm_desktop.gui.followups.call_desk import call_desk_of
from crm_desktop.gui.followups.page import FollowUpsPage
from crm_desktop.gui.messages import Messages
from crm_desktop.gui.record_desk import RecordWish
from crm_desktop.gui.session import Session
from crm_desktop.services.office import Office
from tests.gui.complaints_room import Room
from tests.gui.hands import Hands
from tests.makers import act, day, registered
from tests.services.procedure import assigned


@pytest.fixture
def calls(qtbot: QtBot, office: Office) -> Hands:
    """The room 回访 with a call of today, four calls in vain behind it."""
    messages = Messages()
    hands = Hands(qtbot, FollowUpsPage(call_desk_of(office), Session(office.desk), messages), messages)
    number = registered(office).number
    for ago in range(4):
        office.follow_ups.call(number, CallDraft("无人接听"), act(f"2026-11-{16 + ago} 10:00", who="叶清扬"))
    found = office.follow_ups.plan(number, PlanDraft(day(0), "叶清扬"), act())
    hands.page.refresh()
    hands.page.show_call(found)
    return hands


def choose(hands: Hands | Room, word: str) -> None:
    """An answer of the list the keyboard stands on, by arrows."""
    for _ in range(10):
        hands.press(Qt.Key.Key_Down)
        if QApplication.focusWidget().currentText() == word:
            return
    raise AssertionError(word)


def test_the_fifth_call_in_vain_becomes_a_message_and_then_a_written_one(calls: Hands, office: Office) -> None:
    calls.walk_to("结果")
    choose(calls, "无人接听")
    calls.save()
    assert [row.way for row in office.follow_ups.planned()] == ["短信"]
    assert calls.field("结果").typed() == "已发短信"
    calls.save()
    assert office.follow_ups.planned() == []


def test_a_number_that_is_none_is_written_to_by_letter(calls: Hands, office: Office) -> None:
    calls.walk_to("结果")
    choose(calls, "空号")
    assert "改用信函" in calls.field("下次回访").accessibleDescription()
    calls.save()
    assert [row.way for row in office.follow_ups.planned()] == ["信函"]
    assert calls.field("结果").typed() == "已寄信函"


def in_the_menu(room: Room, *keys: Qt.Key) -> None:
    """These keys once a menu is open; one opened by a key waits for its answer."""

    def press() -> None:
        menu = QApplication.activePopupWidget()
        assert isinstance(menu, QMenu)
        for key in keys:
            room.qtbot.keyClick(menu, key)

    QTimer.singleShot(50, press)


def test_a_letter_is_chosen_written_checked_kept_and_printed(room: Room) -> None:
    number, wishes = assigned(room.office).number, list[RecordWish]()
    room.page.record_wanted.connect(wishes.append)
    room.page.show_case(number)
    room.walk_to("函件")
    in_the_menu(room, Qt.Key.Key_Down, Qt.Key.Key_Return)
    room.press(Qt.Key.Key_Space)
    room.qtbot.waitUntil(lambda: room.focus() == "函件正文")
    room.write("您反映的情况我们已经核实。")
    room.walk_to("说明已经收到")
    room.press(Qt.Key.Key_Space)
    room.walk_to("打印预览")
    room.press(Qt.Key.Key_Space)
    (kept,) = room.office.letters.of_complaint(number)
    assert kept.draft.body.startswith("您反映的情况我们已经核实。")
    assert kept.draft.points == ("received",)
    assert wishes == [RecordWish(Paper.LETTER, f"{number}-1")]
