"""Which columns a list shows and how wide is remembered on this computer, for each list of the window."""

from __future__ import annotations

from operator import attrgetter
from pathlib import Path

import pytest
from PySide6.QtCore import QSettings
from PySide6.QtGui import QAction, QGuiApplication
from PySide6.QtWidgets import QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from crm_desktop.gui.jobs import Jobs
from crm_desktop.gui.main_window import MainWindow, Walls
from crm_desktop.gui.messages import Messages
from crm_desktop.gui.navigation import Entry
from crm_desktop.gui.widgets.column_choice import ColumnChoice
from crm_desktop.gui.widgets.row_table import RowTable
from tests.gui.furniture import COLUMNS, VISITS, Visit, noon


def listed(qtbot: QtBot, memory: Path) -> ColumnChoice:
    """A list on the screen whose columns are chosen."""
    table: RowTable[Visit] = RowTable("来访", COLUMNS, key=attrgetter("id"))
    qtbot.addWidget(table)
    table.resize(700, 300)
    table.set_rows(VISITS)
    choice = ColumnChoice(table, memory, "回访/来访")
    table.show()
    qtbot.waitExposed(table)
    return choice


@pytest.fixture
def memory(tmp_path: Path) -> Path:
    return tmp_path / "window.ini"


def shown(choice: ColumnChoice) -> list[str]:
    """The columns to be seen."""
    table = choice.parent()
    return [c.title for place, c in enumerate(COLUMNS) if not table.isColumnHidden(place)]


def pick(choice: ColumnChoice, title: str) -> None:
    """An entry of the menu as it stands now."""
    next(action for action in choice.fill().actions() if action.text() == title).trigger()


def test_a_column_is_put_away_and_the_rest_fills_the_room(qtbot: QtBot, memory: Path) -> None:
    choice = listed(qtbot, memory)
    pick(choice, "里程")
    assert shown(choice) == ["客户", "日期", "内容"]
    table = choice.parent()
    assert sum(table.columnWidth(place) for place in (0, 1, 3)) == table.viewport().width()


def test_what_was_put_away_stays_away_the_next_time_and_comes_back(qtbot: QtBot, memory: Path) -> None:
    pick(listed(qtbot, memory), "内容")
    again = listed(qtbot, memory)
    assert shown(again) == ["客户", "日期", "里程"]
    pick(again, "内容")
    assert shown(listed(qtbot, memory)) == ["客户", "日期", "里程", "内容"]


def test_a_width_drawn_by_hand_is_remembered_until_the_old_ones_are_wanted(qtbot: QtBot, memory: Path) -> None:
    listed(qtbot, memory).parent().setColumnWidth(1, 177)
    again = listed(qtbot, memory)
    assert again.parent().columnWidth(1) == 177
    pick(again, "恢复原来的列")
    assert again.parent().layout_of() == {}
    assert listed(qtbot, memory).parent().columnWidth(1) != 177


def test_the_first_column_always_stays(qtbot: QtBot, memory: Path) -> None:
    first = listed(qtbot, memory).fill().actions()[0]
    assert (first.text(), first.isChecked(), first.isEnabled()) == ("客户", True, False)


def test_a_memory_written_by_another_hand_is_passed_over(qtbot: QtBot, memory: Path) -> None:
    QSettings(str(memory), QSettings.Format.IniFormat).setValue("columns/回访/来访", '{"里程": "weit"}')
    assert shown(listed(qtbot, memory)) == ["客户", "日期", "里程", "内容"]


def test_what_is_copied_is_what_is_seen(qtbot: QtBot, memory: Path) -> None:
    choice = listed(qtbot, memory)
    pick(choice, "里程")
    choice.parent().selectRow(0)
    choice.parent().copy()
    assert QGuiApplication.clipboard().text() == "客户\t日期\t内容\n李建国\t2026-11-21\t变速箱顿挫"


def test_every_list_of_a_room_offers_its_columns_by_its_menu(qtbot: QtBot, memory: Path) -> None:
    def room() -> QWidget:
        page = QWidget()
        QVBoxLayout(page).addWidget(RowTable("来访", COLUMNS))
        return page

    messages = Messages()
    entries = (Entry("今日", "sun", room), Entry("回访", "phone-call", room))
    window = MainWindow(Walls(dealer="", place="", demo=""), entries, Jobs(print, print), messages, list, noon, memory)
    qtbot.addWidget(window)
    window.show()
    (table,) = window.show_page("回访").findChildren(RowTable)
    assert [action.text() for action in table.actions()] == ["选择列…"]
    (choice,) = table.findChildren(ColumnChoice)
    pick(choice, "日期")
    assert table.isColumnHidden(1)
    assert not [action for action in window.page("今日").findChildren(QAction) if action.text() == "选择列…"]
