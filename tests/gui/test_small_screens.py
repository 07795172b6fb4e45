"""A dialog on a screen smaller than it was drawn for."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import QPoint, QRect, QSize
from PySide6.QtWidgets import QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from crm_desktop.gui.widgets import desk_dialog
from crm_desktop.gui.widgets.ask_dialog import AskDialog
from crm_desktop.gui.widgets.books import Book, Leaves
from crm_desktop.gui.widgets.buttons import Button
from crm_desktop.gui.widgets.desk_dialog import DeskDialog
from crm_desktop.gui.widgets.line_field import LineField

ROOM = QRect(0, 0, 960, 492)
"""What the task bar leaves of 1920x1080 at 200 %."""


@pytest.fixture(autouse=True)
def small_screen(monkeypatch: pytest.MonkeyPatch) -> None:
    def free_room(_window: QWidget) -> QRect:
        return ROOM

    monkeypatch.setattr(desk_dialog, "free_room", free_room)


@pytest.fixture
def owner(qtbot: QtBot) -> QWidget:
    window = QWidget()
    qtbot.addWidget(window)
    return window


def _long_question(owner: QWidget, fields: int) -> tuple[AskDialog, list[LineField], Button]:
    dialog, save = AskDialog("删除个人信息", "先看清楚要删什么，再写为什么。", owner), Button("删除")
    lines = [LineField(f"第 {place} 行") for place in range(fields)]
    for line in lines:
        dialog.body.addWidget(line)
    dialog.add_buttons(save)
    return dialog, lines, save


def _in_sight(dialog: DeskDialog, widget: QWidget) -> bool:
    there = QRect(widget.mapTo(dialog, QPoint(0, 0)), widget.size())
    return dialog.rect().contains(there) and not widget.visibleRegion().isEmpty()


def test_a_question_longer_than_the_screen_scrolls_above_its_buttons(owner: QWidget) -> None:
    dialog, lines, save = _long_question(owner, 20)
    dialog.show()
    assert dialog.height() <= ROOM.height()
    assert _in_sight(dialog, save)
    assert _in_sight(dialog, lines[0])
    assert not _in_sight(dialog, lines[-1])


def test_the_field_with_the_keyboard_scrolls_into_sight(qtbot: QtBot, owner: QWidget) -> None:
    dialog, lines, _save = _long_question(owner, 20)
    dialog.show()
    dialog.activateWindow()
    qtbot.waitActive(dialog)
    lines[-1].setFocus()
    qtbot.waitUntil(lambda: _in_sight(dialog, lines[-1]))


def test_a_question_that_grows_beyond_the_screen_scrolls_too(qtbot: QtBot, owner: QWidget) -> None:
    dialog, lines, save = _long_question(owner, 20)
    for line in lines[5:]:
        line.hide()
    dialog.show()
    for line in lines[5:]:
        line.show()
    qtbot.waitUntil(lambda: dialog.height() <= ROOM.height() and _in_sight(dialog, save))
    assert not _in_sight(dialog, lines[-1])


def test_a_question_that_fits_is_left_as_it_is(owner: QWidget) -> None:
    dialog, lines, save = _long_question(owner, 3)
    dialog.show()
    assert lines[0].parentWidget() is dialog
    assert _in_sight(dialog, save)


def test_a_window_asked_larger_than_the_screen_is_as_large_as_that(qtbot: QtBot) -> None:
    dialog = DeskDialog()
    qtbot.addWidget(dialog)
    QVBoxLayout(dialog).addWidget(Button("关闭"))
    dialog.setMinimumWidth(1000)
    dialog.resize(QSize(1200, 700))
    dialog.show()
    assert dialog.width() <= ROOM.width()
    assert dialog.height() <= ROOM.height()


def test_every_window_in_front_is_of_this_kind(root: Path) -> None:
    gui = root / "crm_desktop" / "gui"
    others = {file.name for file in gui.rglob("*.py") if "(QDialog)" in file.read_text(encoding="utf-8")}
    assert others == {"desk_dialog.py"}


def test_a_book_asks_for_the_height_of_the_page_that_lies_open(qtbot: QtBot) -> None:
    book, low, high = Book(), QWidget(), QWidget()
    qtbot.addWidget(book)
    low.setMinimumSize(500, 40)
    high.setMinimumSize(60, 400)
    book.addTab(low, "归档")
    book.addTab(high, "受理")
    flat = book.minimumSizeHint()
    book.setCurrentWidget(high)
    assert book.minimumSizeHint().height() - flat.height() == 360
    assert book.minimumSizeHint().width() == flat.width() >= 500


def test_a_room_of_several_pages_asks_for_the_room_of_the_open_one(qtbot: QtBot) -> None:
    room, low, high = QWidget(), QWidget(), QWidget()
    qtbot.addWidget(room)
    leaves = Leaves(room)
    for page, height in ((low, 40), (high, 400)):
        page.setMinimumHeight(height)
        leaves.addWidget(page)
    assert room.minimumSizeHint().height() == 40
    leaves.setCurrentWidget(high)
    assert room.minimumSizeHint().height() == 400
