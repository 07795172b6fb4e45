"""In a home where nothing was entered every list says, in a sentence or two, what comes there and what to do."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QPoint
from PySide6.QtWidgets import QTabBar, QWidget
from pytestqt.qtbot import QtBot

from crm_desktop.app import open_program
from crm_desktop.app.program import Program
from crm_desktop.gui.messages import Messages
from crm_desktop.gui.widgets.empty_page import EmptyNote
from crm_desktop.gui.widgets.row_table import RowTable
from crm_desktop.services.office import open_office
from tests.makers import act, complaint

ROOMS = ("今日", "客户档案", "抱怨投诉", "返修", "回访", "纠正预防", "报表", "设置")
WHAT_TO_DO = re.compile(r"点|按|打开|登记|新建|先在|在这里|会列在这里|自动|选一|评估|换一个期间|每张单都知道")
"""A way to go, or the word that it comes by itself; nothing waits is said of what is good news only."""


@pytest.fixture
def program(qtbot: QtBot, home: Path) -> Iterator[Program]:
    opened = open_program(home, Messages())
    opened.show()
    qtbot.waitUntil(lambda: bool(opened.window.current_name()))
    yield opened
    opened.close()
    opened.window.deleteLater()


def corner(widget: QWidget) -> QPoint:
    return widget.mapToGlobal(QPoint())


def silent(page: QWidget) -> list[str]:
    """Titles of the empty lists to be seen that do not say what to do."""
    notes = [note for note in page.findChildren(EmptyNote) if note.isVisible()]
    found = []
    for table in page.findChildren(RowTable):
        if table.isVisible() and not table.count():
            told = [note.text() for note in notes if corner(note) == corner(table.viewport())]
            if not (told and told[0].endswith("。") and WHAT_TO_DO.search(told[0])):
                found.append(f"{table.title}: {told}")
    return found


def looked_through(qtbot: QtBot, page: QWidget) -> list[str]:
    """The same behind every tab of the page."""
    qtbot.waitUntil(page.isVisible)
    found = silent(page)
    for bar in [bar for bar in page.findChildren(QTabBar) if bar.isVisible()]:
        for place in range(bar.count()):
            bar.setCurrentIndex(place)
            qtbot.wait(1)
            found += silent(page)
    return found


@pytest.mark.parametrize("room", ROOMS)
def test_every_list_of_a_room_says_what_to_do(qtbot: QtBot, program: Program, room: str) -> None:
    page = program.window.show_page(room)
    qtbot.waitUntil(lambda: "正在读取" not in " ".join(note.text() for note in page.findChildren(EmptyNote)))
    assert looked_through(qtbot, page) == []


@pytest.mark.parametrize("room", ["抱怨投诉", "客户档案"])
def test_a_case_and_a_customer_with_nothing_beside_say_it_too(
    qtbot: QtBot, home: Path, program: Program, room: str
) -> None:
    other = open_office(home)
    number = other.complaints.register(complaint(), act()).number
    other.desk.close()
    if room == "抱怨投诉":
        program.ways.show_case(number)
    else:
        program.ways.show_customer(1)
    assert looked_through(qtbot, program.window.page(room)) == []
