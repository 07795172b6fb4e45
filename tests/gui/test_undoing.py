"""撤销上一步 in the window: Ctrl+Z, the button, the offer in the message bar; a text keeps its own undo."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLineEdit
from pytestqt.qtbot import QtBot

from crm_desktop.domain import undo
from crm_desktop.gui.jobs import Jobs
from crm_desktop.gui.undoing import WORD
from crm_desktop.gui.widgets.buttons import Button
from crm_desktop.gui.widgets.message_bar import MessageBar
from crm_desktop.services.office import Office
from crm_desktop.services.steps import Saved
from tests.gui.complaints_room import Room
from tests.gui.customers_room import entered, file_of
from tests.gui.furniture import noon
from tests.gui.hands import CTRL
from tests.makers import act, registered

WORDS = "抱怨内容"


@pytest.fixture
def shown(room: Room, office: Office) -> Saved:
    """A complaint on the desk whose words were just changed here."""
    saved = registered(office, words="变速箱顿挫")
    room.page.show_case(saved.number)
    room.fill(WORDS, "空调不冷")
    room.click("保存")
    return saved


def words(office: Office, saved: Saved) -> object:
    return office.cases.case(saved.number).fields["words"]


class Bar:
    """A message bar of its own, on which the last answer was said."""

    def __init__(self, room: Room, qtbot: QtBot) -> None:
        self.now = noon()
        self.bar = MessageBar(room.messages, Jobs(print, print), self.clock)
        qtbot.addWidget(self.bar)
        self.bar.show()
        room.messages.say(room.messages.last)

    def clock(self) -> datetime:
        return self.now

    def button(self, word: str) -> Button:
        return next(made for made in self.bar.findChildren(Button) if made.text() == word and made.isVisible())

    def beside(self) -> str:
        line = next(made for made in self.bar.findChildren(QLineEdit) if made.accessibleName() == "提醒")
        return line.text() if line.isVisible() else ""


@pytest.fixture
def bar(room: Room, shown: Saved, qtbot: QtBot) -> Bar:
    """The bar says “已保存” and offers 撤销."""
    return Bar(room, qtbot)


def test_the_bar_offers_to_take_back_what_was_saved(room: Room, office: Office, shown: Saved, bar: Bar) -> None:
    offered = bar.button("撤销")
    assert not offered.isHidden()
    offered.click()
    assert (words(office, shown), room.field(WORDS).value()) == ("变速箱顿挫", "变速箱顿挫")
    assert room.said().startswith("已撤销：抱怨内容")
    assert offered.isHidden()


def test_what_comes_by_itself_stands_beside_the_offer_to_take_back(room: Room, bar: Bar, qtbot: QtBot) -> None:
    saved = bar.bar.text()
    room.messages.alert("TS20261121-009 移交 超期 4 分钟。", "TS20261121-009")
    assert (bar.bar.text(), bar.beside()) == (saved, "TS20261121-009 移交 超期 4 分钟。")
    assert bar.button("撤销").isVisible()
    with qtbot.waitSignal(room.messages.wanted) as opened:
        bar.button("打开抱怨单").click()
    assert (opened.args, bar.beside()) == (["TS20261121-009"], "")


def test_it_stands_there_for_a_minute_and_goes_with_the_next_answer(room: Room, bar: Bar) -> None:
    room.messages.alert("还有 3 件快到期。")
    room.messages.done("已导出。")
    assert (bar.bar.text(), bar.beside()) == ("已导出。", "还有 3 件快到期。")
    bar.now += timedelta(minutes=1)
    room.messages.done("已打印。")
    assert bar.beside() == ""


def test_where_nothing_can_be_taken_back_it_takes_the_line_of_an_old_answer(room: Room, bar: Bar) -> None:
    room.messages.done("已导出。")
    room.messages.alert("还有 3 件快到期。")
    assert (bar.bar.text(), bar.beside()) == ("已导出。", "还有 3 件快到期。")
    bar.now += timedelta(seconds=20)
    room.messages.alert("还有 4 件快到期。")
    assert (bar.bar.text(), bar.beside()) == ("还有 4 件快到期。", "")


def test_ctrl_z_takes_the_change_back_where_no_text_has_the_keyboard(room: Room, office: Office, shown: Saved) -> None:
    room.button("保存").setFocus()
    room.press(Qt.Key.Key_Z, CTRL)
    assert words(office, shown) == "变速箱顿挫"
    assert not room.has(WORD)


def test_in_a_text_ctrl_z_is_the_texts_own(room: Room, office: Office, shown: Saved) -> None:
    field = room.field(WORDS)
    field.setFocus()
    room.write("，还有异味")
    room.press(Qt.Key.Key_Z, CTRL)
    assert (field.value(), words(office, shown)) == ("空调不冷", "空调不冷")


def test_what_is_typed_and_not_saved_is_never_lost_by_it(room: Room, office: Office, shown: Saved) -> None:
    room.fill(WORDS, "空调不冷，还有异味")
    room.click(WORD)
    assert "先保存或还原" in room.said()
    assert (room.field(WORDS).value(), words(office, shown)) == ("空调不冷，还有异味", "空调不冷")


def test_what_another_changed_meanwhile_stays_with_one_sentence(room: Room, office: Office, shown: Saved) -> None:
    ver = office.cases.case(shown.number).ver
    office.complaints.amend(shown.number, ver, {"remarks": "等配件"}, act(who="冯学勤"))
    room.button("保存").setFocus()
    room.press(Qt.Key.Key_Z, CTRL)
    assert room.said() == undo.by_another("冯学勤")


def test_the_file_of_a_customer_goes_back_too(qtbot: QtBot, office: Office) -> None:
    file_of(office, address="老地址")
    hands = entered(qtbot, office)
    hands.page.show_customer(1)
    hands.fill("地址", "新地址")
    hands.click("保存")
    hands.click(WORD)
    assert office.customers.profile(1).draft.address == "老地址"
    assert hands.said().startswith("已撤销：地址")
