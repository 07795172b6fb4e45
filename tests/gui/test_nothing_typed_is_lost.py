"""What is typed and not saved outlives another room and a window that was to be closed."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import QTimer
from PySide6.QtGui import QCloseEvent
from PySide6.QtWidgets import QApplication, QMessageBox, QTabWidget, QWidget
from pytestqt.qtbot import QtBot

from crm_desktop.app.program import Program
from crm_desktop.gui.widgets.fields import Field
from tests.gui.whole_program import at_work

ROOMS = ("今日", "客户档案", "抱怨投诉", "返修", "回访", "纠正预防", "报表", "设置")
TYPED = {
    "抱怨投诉": ("抱怨内容", "空调不冷，等了三天"),
    "客户档案": ("地址", "示范路 1 号"),
    "回访": ("顾客反馈", "说再看看"),
    "返修": ("质检员", "李检"),
    "设置": ("锁屏（分钟）", "7"),
}
"""A room, an input in it, and what is typed there."""


@pytest.fixture
def program(qtbot: QtBot, home: Path) -> Iterator[Program]:
    with at_work(qtbot, home) as made:
        yield made


def begin(program: Program, room: str) -> None:
    """Something is opened into which can be typed."""
    page: Any = program.window.show_page(room)
    if room == "抱怨投诉":
        page.new_complaint()
    elif room == "客户档案":
        page.new_customer()
    elif room == "设置":
        page.turn_to("员工")
    elif tabs := page.findChildren(QTabWidget):
        tabs[0].setCurrentIndex(0)


def field(program: Program, room: str) -> Any:
    """The input of this room's sample."""
    named = [one for one in program.window.page(room).findChildren(QWidget) if one.accessibleName() == TYPED[room][0]]
    return next(one for one in named if isinstance(one, Field) and one.isVisible())


def answered(qtbot: QtBot, window: QWidget, word: str) -> tuple[bool, str]:
    """Whether the window would close after this answer, and what it asked."""
    asked: list[str] = []

    def press() -> None:
        box = QApplication.activeModalWidget()
        assert isinstance(box, QMessageBox)
        asked.append(box.informativeText())
        next(button for button in box.buttons() if button.text() == word).click()

    QTimer.singleShot(50, press)
    closing = QCloseEvent()
    QApplication.sendEvent(window, closing)
    return closing.isAccepted(), "".join(asked)


@pytest.mark.parametrize("room", TYPED)
def test_what_was_typed_is_there_after_every_way_to_leave(program: Program, qtbot: QtBot, room: str) -> None:
    begin(program, room)
    field(program, room).set_typed(TYPED[room][1])
    for other in ROOMS:
        program.window.show_page(other)
    program.window.show_page(room)
    assert field(program, room).typed() == TYPED[room][1]
    stays, asked = answered(qtbot, program.window, "回去保存")
    assert (stays, bool(asked)) == (False, True)
    assert field(program, room).typed() == TYPED[room][1]
