"""The window of a guarded home: locked at the start and when nobody stirs, with everything typed kept."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QApplication, QDialog, QLineEdit
from pytestqt.qtbot import QtBot

from crm_desktop.app import open_program
from crm_desktop.app.program import Program
from crm_desktop.domain.staff import Role
from crm_desktop.gui.locking import IdleWatch
from crm_desktop.gui.messages import Messages
from crm_desktop.gui.printing import PreviewDialog
from crm_desktop.gui.settings_room.code_dialog import CodeDialog
from crm_desktop.services.office import open_office
from tests.gui.hands import CTRL, Hands
from tests.makers import act


class Desk:
    """The program in a home of 程立群 and 谢文杰, PIN 2468 each, and hands at its window."""

    def __init__(self, qtbot: QtBot, home: Path) -> None:
        office = open_office(home)
        self.code = office.access.hire("程立群", (Role.DIRECTOR,), "2468", act()).recovery_code
        first = office.staff.act(office.staff.find("程立群"), "设置")
        office.access.hire("谢文杰", (Role.ADVISER,), "2468", first)
        office.settings.change({"dealership.name": "示范4S店"}, first)
        office.desk.close()
        self.program: Program = open_program(home, Messages())
        self.window = self.program.window
        self.hands = Hands(qtbot, self.window, Messages())
        qtbot.waitUntil(lambda: bool(self.window.current_name()))

    def sit_down(self, key: str, pin: str = "2468") -> None:
        """One key, the PIN, Enter."""
        self.window.activateWindow()
        table = self.hands.table("换人")
        table.setFocus()
        self.hands.qtbot.waitUntil(table.hasFocus)
        for digit in key + pin:
            self.hands.qtbot.keyClicks(self.hands.hands(), digit)
        self.hands.press(Qt.Key.Key_Return)


@pytest.fixture
def desk(qtbot: QtBot, home: Path) -> Iterator[Desk]:
    """The window as it comes up."""
    made = Desk(qtbot, home)
    yield made
    made.program.close()


def test_it_starts_locked_and_opens_to_one_key_and_a_pin(desk: Desk) -> None:
    assert desk.window.is_covered()
    assert not desk.hands.has("新建抱怨单")
    desk.sit_down("2")
    assert not desk.window.is_covered()
    assert "谢文杰 · 服务顾问" in desk.hands.texts()


def test_a_wrong_pin_keeps_it_locked(desk: Desk) -> None:
    desk.sit_down("2", "1357")
    assert desk.window.is_covered()


@pytest.mark.parametrize("key", [Qt.Key.Key_N, Qt.Key.Key_K, Qt.Key.Key_3])
def test_no_key_of_the_window_works_while_it_is_locked(desk: Desk, key: Qt.Key) -> None:
    desk.hands.press(key, CTRL)
    assert desk.window.is_covered()
    assert desk.window.current_name() == "今日"


def test_what_was_typed_is_still_there_after_the_lock(desk: Desk) -> None:
    desk.sit_down("2")
    desk.program.ways.new_complaint()
    desk.hands.fill("抱怨内容", "变速箱一顿一顿")
    desk.program.lock()
    assert desk.window.is_covered()
    desk.sit_down("1")
    assert desk.hands.field("抱怨内容").value() == "变速箱一顿一顿"
    assert "程立群 · 服务总监" in desk.hands.texts()
    desk.hands.fill("抱怨内容", "")  # nothing left to be asked about on closing


def test_a_dialog_is_out_of_sight_while_it_is_locked_and_back_afterwards(desk: Desk) -> None:
    desk.sit_down("2")
    dialog = QDialog(desk.window)
    dialog.open()
    desk.program.lock()
    assert not dialog.isVisible()
    desk.sit_down("2")
    assert dialog.isVisible()


def test_f9_asks_for_the_pin_too_and_esc_goes_back(desk: Desk, qtbot: QtBot) -> None:
    desk.sit_down("2")
    desk.hands.press(Qt.Key.Key_F9)
    qtbot.waitUntil(lambda: QApplication.activeModalWidget() is not None)
    qtbot.keyClick(QApplication.activeModalWidget(), Qt.Key.Key_Escape)
    assert "谢文杰 · 服务顾问" in desk.hands.texts()


def test_the_administrator_comes_back_by_the_recovery_code(desk: Desk, qtbot: QtBot) -> None:
    desk.hands.click("系统管理忘了 PIN")
    qtbot.waitUntil(lambda: QApplication.activeModalWidget() is not None)
    desk.hands.page = QApplication.activeModalWidget()
    for label, words in (("恢复码", desk.code), ("新的 PIN 码", "1357"), ("再输一次", "1357")):
        desk.hands.fill(label, words)
    desk.hands.click("重设 PIN")
    desk.hands.page = desk.window
    desk.sit_down("1", "1357")
    assert not desk.window.is_covered()


def test_after_wrong_pins_even_the_right_one_waits_and_says_how_long(desk: Desk) -> None:
    for _ in range(3):
        desk.sit_down("2", "1111")
    desk.sit_down("2")
    assert desk.window.is_covered()
    assert "秒" in desk.hands.field("PIN 码").accessibleDescription()


def test_the_next_recovery_code_is_printed_above_the_locked_window(desk: Desk, qtbot: QtBot) -> None:
    desk.hands.click("系统管理忘了 PIN")
    qtbot.waitUntil(lambda: QApplication.activeModalWidget() is not None)
    desk.hands.page = QApplication.activeModalWidget()
    for label, words in (("恢复码", desk.code), ("新的 PIN 码", "1357"), ("再输一次", "1357")):
        desk.hands.fill(label, words)
    desk.hands.click("重设 PIN")
    desk.hands.page = next(w for w in QApplication.topLevelWidgets() if isinstance(w, CodeDialog) and w.isVisible())
    desk.hands.click("打印恢复码")
    qtbot.waitUntil(lambda: bool(desk.window.findChildren(PreviewDialog)))
    (preview,) = desk.window.findChildren(PreviewDialog)
    assert preview.page_count() == 1
    preview.reject()
    desk.hands.click("已打印或抄好")
    assert desk.window.is_covered()


def test_keys_put_off_the_lock_and_quiet_brings_it(qtbot: QtBot) -> None:
    line = QLineEdit()
    qtbot.addWidget(line)
    line.show()
    line.activateWindow()
    qtbot.waitUntil(lambda: QGuiApplication.focusWindow() is line.windowHandle())
    watch = IdleWatch(line)
    watch.watch(1000)
    with qtbot.assertNotEmitted(watch.idle):
        for _ in range(24):
            qtbot.keyClick(line.windowHandle(), Qt.Key.Key_Shift)
            qtbot.wait(50)
    with qtbot.waitSignal(watch.idle):
        pass
