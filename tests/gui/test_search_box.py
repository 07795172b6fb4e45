"""Ctrl+K in the running program: asked at every keystroke, walked by keyboard, opened in its room."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QInputMethodEvent, QKeyEvent
from PySide6.QtTest import QAbstractItemModelTester
from PySide6.QtWidgets import QApplication, QListWidget, QPlainTextEdit, QTabWidget, QWidget
from pytestqt.qtbot import QtBot

from crm_desktop.app import open_program
from crm_desktop.app.program import Program
from crm_desktop.gui.messages import Messages
from crm_desktop.gui.widgets.fields import LineField, TextField
from crm_desktop.services.office import Office
from tests.makers import PHONE, act, customer, registered, resolved, vehicle

CTRL = Qt.KeyboardModifier.ControlModifier
DOWN, UP, ENTER, ESC = Qt.Key.Key_Down, Qt.Key.Key_Up, Qt.Key.Key_Return, Qt.Key.Key_Escape


class Desk:
    """The program on a home with one customer, worked from its search box."""

    def __init__(self, qtbot: QtBot, program: Program) -> None:
        self.qtbot, self.window = qtbot, program.window
        self.box = next(w for w in self.window.findChildren(QWidget) if w.accessibleName() == "搜索")

    def ask(self, text: str) -> list[str]:
        """Ctrl+K and letters; what the list then shows."""
        self.key(Qt.Key.Key_K, CTRL)
        self.write(text)
        self.qtbot.waitUntil(lambda: bool(self.rows()))
        return self.rows()

    def write(self, text: str) -> None:
        """Letter by letter as keys; what no key has, as an input method hands it over."""
        if text.isascii():
            self.qtbot.keyClicks(self.box, text)
        else:
            event = QInputMethodEvent()
            event.setCommitString(text)
            QApplication.sendEvent(self.box, event)

    def key(self, key: Qt.Key, modifier: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> None:
        self.qtbot.keyClick(QApplication.focusWidget() or self.window, key, modifier)

    def compose(self, preedit: str, commit: str = "") -> None:
        """What an input method sends while somebody writes."""
        event = QInputMethodEvent(preedit, [])
        event.setCommitString(commit)
        QApplication.sendEvent(self.box, event)
        self.qtbot.wait(5)

    def shown(self) -> QListWidget | None:
        shown = [w for w in self.window.findChildren(QListWidget) if w.accessibleName() == "搜索结果" and w.isVisible()]
        return shown[0] if shown else None

    def rows(self) -> list[str]:
        """What a screen reader finds in the list."""
        shown = self.shown()
        model = shown.model() if shown else None
        role = Qt.ItemDataRole.AccessibleTextRole
        return [model.index(row, 0).data(role) for row in range(model.rowCount())] if model else []

    def marked(self) -> str:
        shown = self.shown()
        item = shown.currentItem() if shown else None
        return item.text() if item else ""

    def field(self, name: str) -> str:
        """What stands in the visible input of this name."""
        page = self.window.page(self.window.current_name())
        found = [w for w in page.findChildren(QWidget) if w.accessibleName() == name and w.isVisible()]
        return str(found[0].typed())


@pytest.fixture
def desk(qtbot: QtBot, office: Office) -> Iterator[Desk]:
    office.settings.change({"dealership.name": "示范4S店"}, act())
    office.customers.register(customer(vehicles=(vehicle(), vehicle(plate="苏B77777", vin=""))), act())
    home = office.desk.home
    registered(office)
    office.desk.close()
    program = open_program(home, Messages())
    program.show()
    qtbot.waitUntil(lambda: bool(program.window.current_name()))
    qtbot.waitActive(program.window)
    yield Desk(qtbot, program)
    program.window.hide()
    program.close()
    program.window.deleteLater()


def test_the_first_character_brings_groups_with_reasons_and_masked_phones(desk: Desk) -> None:
    rows = desk.ask("曾")
    assert rows[0] == "客户"
    assert rows[1].startswith("曾小明，138****5521，1 张未关闭")
    assert "姓名含“曾”" in rows[1]
    assert PHONE not in "".join(rows)


@pytest.mark.parametrize(
    ("typed", "reason"),
    [
        ("zxm", "拼音首字母"),
        ("cengxiao", "拼音"),
        ("5521", "电话"),
        ("8k23", "车牌号"),
        ("2004204", "VIN"),
        ("顿", "抱怨内容"),
    ],
)
def test_whatever_is_remembered_finds_and_says_why(desk: Desk, typed: str, reason: str) -> None:
    assert any(f"{reason}" in row and f"含“{typed}”" in row for row in desk.ask(typed))


def test_arrows_pass_over_headings_and_go_round_the_end(desk: Desk) -> None:
    desk.ask("曾小明")
    assert desk.marked() == "曾小明"
    desk.key(DOWN)
    assert desk.marked() == "新建抱怨单"
    desk.key(UP)
    desk.key(UP)
    assert desk.marked() == "新建客户"


def test_enter_opens_the_customer_with_the_keyboard_in_his_file(desk: Desk) -> None:
    desk.ask("曾小明")
    desk.key(ENTER)
    assert desk.window.current_name() == "客户档案"
    assert desk.field("客户姓名") == "曾小明"
    assert QApplication.focusWidget().accessibleName() == "客户姓名"
    assert desk.rows() == []


def test_enter_opens_the_very_car_that_was_found(desk: Desk) -> None:
    desk.ask("b7777")
    desk.key(ENTER)
    assert desk.window.current_name() == "客户档案"
    assert desk.field("车牌号") == "苏B77777"
    assert QApplication.focusWidget().accessibleName() == "车牌号"


def test_enter_opens_the_complaint_found_by_its_words(desk: Desk) -> None:
    desk.ask("一顿一顿")
    desk.key(ENTER)
    assert desk.window.current_name() == "抱怨投诉"
    assert desk.field("抱怨内容") == "变速箱一顿一顿"


def test_a_found_complaint_opens_at_the_step_in_hand(office: Office, request: pytest.FixtureRequest) -> None:
    number = resolved(office, words="天窗漏水").number
    desk: Desk = request.getfixturevalue("desk")
    desk.ask(number)
    desk.key(ENTER)
    tabs = next(book for book in desk.window.findChildren(QTabWidget) if book.isVisible())
    assert tabs.tabText(tabs.currentIndex()).split()[0] == "归档"


def test_enter_does_not_wait_for_the_list(desk: Desk) -> None:
    desk.key(Qt.Key.Key_K, CTRL)
    desk.write("曾小明")
    desk.key(ENTER)
    assert desk.window.current_name() == "客户档案"


def test_a_click_opens_too(desk: Desk) -> None:
    desk.ask("曾小明")
    shown = desk.shown()
    assert shown is not None
    place = shown.visualItemRect(shown.item(1)).center()
    desk.qtbot.mouseClick(shown.viewport(), Qt.MouseButton.LeftButton, pos=place)
    assert desk.window.current_name() == "客户档案"


def test_escape_gives_the_keyboard_back_where_it_was(desk: Desk) -> None:
    desk.key(Qt.Key.Key_N, CTRL)
    words = next(w for w in desk.window.findChildren(QPlainTextEdit) if w.isVisible())
    words.setFocus()
    desk.qtbot.keyClicks(words, "kong")
    desk.ask("曾")
    desk.key(ESC)
    assert QApplication.focusWidget() is words
    assert (words.toPlainText(), desk.box.text(), desk.rows()) == ("kong", "", [])
    assert desk.window.current_name() == "抱怨投诉"


@pytest.mark.parametrize("kind", [LineField, TextField])
def test_ctrl_k_is_the_windows_key_in_every_input(qtbot: QtBot, kind: type[QWidget]) -> None:
    field = kind()
    qtbot.addWidget(field)
    asked = QKeyEvent(QEvent.Type.ShortcutOverride, Qt.Key.Key_K, CTRL)
    QApplication.sendEvent(field, asked)
    assert not asked.isAccepted()


def test_nothing_found_says_what_can_be_tried_and_enter_opens_nothing(desk: Desk) -> None:
    rows = desk.ask("罗刹国")
    assert rows[0].startswith("没有找到“罗刹国”，可以试电话后四位")
    desk.key(ENTER)
    assert desk.window.current_name() == "今日"


@pytest.mark.parametrize(
    ("typed", "field"), [("13911112222", "联系电话"), ("罗刹国", "客户姓名"), ("苏B12345", "车牌号")]
)
def test_a_new_complaint_begins_with_what_was_typed(desk: Desk, typed: str, field: str) -> None:
    desk.ask(typed)
    desk.key(DOWN)
    desk.key(ENTER)
    assert desk.window.current_name() == "抱怨投诉"
    assert desk.field(field).replace("·", "") == typed
    assert QApplication.focusWidget().accessibleName() == field


def test_words_that_only_complaints_know_begin_as_words(desk: Desk) -> None:
    assert desk.ask("顿")[-1] == "新建抱怨单，抱怨内容填“顿”"


def test_a_complaint_half_written_is_not_overwritten(desk: Desk) -> None:
    desk.key(Qt.Key.Key_N, CTRL)
    desk.qtbot.keyClicks(QApplication.focusWidget(), "Wang")
    desk.ask("罗刹国")
    desk.key(DOWN)
    desk.key(ENTER)
    assert desk.field("客户姓名") == "Wang"


def test_a_new_customer_begins_with_what_was_typed(desk: Desk) -> None:
    desk.ask("罗刹国")
    desk.key(UP)
    desk.key(ENTER)
    assert desk.window.current_name() == "客户档案"
    assert desk.field("客户姓名") == "罗刹国"


def test_pinyin_that_is_being_composed_is_asked_as_pinyin_and_its_keys_stay_its_own(desk: Desk) -> None:
    desk.key(Qt.Key.Key_K, CTRL)
    desk.compose("z'x'm")
    assert any("曾小明" in row for row in desk.rows())
    for key in (ENTER, DOWN, ESC):
        desk.key(key)
    assert desk.window.current_name() == "今日"
    assert QApplication.focusWidget() is desk.box
    desk.compose("", "曾小明")
    assert desk.marked() == "曾小明"
    desk.key(ENTER)
    assert desk.window.current_name() == "客户档案"


def test_characters_that_are_half_composed_are_not_asked(desk: Desk) -> None:
    before = desk.ask("曾")
    desk.compose("晓")
    assert desk.rows() == before
    desk.compose("")
    assert desk.rows() == before


def test_leaving_while_composing_does_not_swallow_the_next_enter(desk: Desk) -> None:
    desk.key(Qt.Key.Key_K, CTRL)
    desk.compose("zeng")
    desk.window.page("今日").setFocus()
    desk.box.clearFocus()
    desk.ask("曾小明")
    desk.key(ENTER)
    assert desk.window.current_name() == "客户档案"


def test_a_screen_reader_hears_how_much_was_found_and_what_enter_opens(desk: Desk) -> None:
    desk.ask("曾小明")
    assert desk.box.accessibleDescription().startswith("1 条结果。曾小明，138****5521")
    desk.key(DOWN)
    assert "新建抱怨单，姓名填“曾小明”" in desk.box.accessibleDescription()
    desk.key(ESC)
    assert desk.box.accessibleDescription() == ""


def test_the_list_stays_inside_the_smallest_window(desk: Desk) -> None:
    desk.window.resize(1024, 640)
    desk.ask("1")
    shown = desk.shown()
    assert shown is not None
    assert desk.window.rect().contains(shown.geometry())
    QAbstractItemModelTester(shown.model(), QAbstractItemModelTester.FailureReportingMode.Fatal)
