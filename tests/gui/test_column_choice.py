"""Which columns a list shows and how wide is remembered on this computer, for each list of the window."""

from __future__ import annotations

from operator import attrgetter
from pathlib import Path

import pytest
from PySide6.QtCore import QSettings, Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from crm_desktop.gui.jobs import Jobs
from crm_desktop.gui.main_window import MainWindow, Walls
from crm_desktop.gui.messages import Messages
from crm_desktop.gui.navigation import Entry
from crm_desktop.gui.widgets.ask_dialog import ReadDialog
from crm_desktop.gui.widgets.column_choice import ColumnChoice, ColumnMenu
from crm_desktop.gui.widgets.row_table import RowTable
from crm_desktop.gui.widgets.table_layout import TableLayout
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
    menu = ColumnMenu(choice.parent()).fill()
    next(action for action in menu.actions() if action.text() == title).trigger()


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
    assert again.parent().layout_of() == TableLayout()
    assert listed(qtbot, memory).parent().columnWidth(1) != 177


def test_the_first_column_always_stays(qtbot: QtBot, memory: Path) -> None:
    first = ColumnMenu(listed(qtbot, memory).parent()).fill().actions()[0]
    assert (first.text(), first.isChecked(), first.isEnabled()) == ("客户", True, False)


@pytest.mark.parametrize(
    "told", ['{"里程": "weit"}', "[1]", "{", '{"widths": 3, "order": [1], "sort": {}}', b"\x00\xff"]
)
def test_a_memory_written_by_another_hand_is_passed_over(qtbot: QtBot, memory: Path, told: object) -> None:
    QSettings(str(memory), QSettings.Format.IniFormat).setValue("columns/回访/来访", told)
    assert shown(listed(qtbot, memory)) == ["客户", "日期", "里程", "内容"]


def test_a_file_that_is_no_ini_file_is_passed_over(qtbot: QtBot, memory: Path) -> None:
    memory.write_bytes(b"\x00\xff[[[" * 50)
    assert listed(qtbot, memory).parent().layout_of() == TableLayout()


def test_the_memory_of_an_earlier_version_is_understood(qtbot: QtBot, memory: Path) -> None:
    QSettings(str(memory), QSettings.Format.IniFormat).setValue("columns/回访/来访", '{"里程": 0, "日期": 177}')
    table = listed(qtbot, memory).parent()
    assert (table.layout_of().hidden, table.columnWidth(1)) == (("里程",), 177)


def test_a_column_moved_stays_there_the_next_time_and_is_copied_there(qtbot: QtBot, memory: Path) -> None:
    listed(qtbot, memory).parent().horizontalHeader().moveSection(2, 0)
    table = listed(qtbot, memory).parent()
    assert table.layout_of().order == ("里程", "客户", "日期", "内容")
    table.selectRow(0)
    table.copy()
    assert QGuiApplication.clipboard().text().split("\n")[0] == "里程\t客户\t日期\t内容"


def test_the_column_it_is_sorted_by_is_remembered(qtbot: QtBot, memory: Path) -> None:
    listed(qtbot, memory).parent().sortByColumn(2, Qt.SortOrder.DescendingOrder)
    table = listed(qtbot, memory).parent()
    table.set_rows(VISITS)
    assert [table.model().index(row, 2).data() for row in range(3)] == ["38620", "900", ""]


def test_what_is_copied_is_what_is_seen(qtbot: QtBot, memory: Path) -> None:
    choice = listed(qtbot, memory)
    pick(choice, "里程")
    choice.parent().selectRow(0)
    choice.parent().copy()
    assert QGuiApplication.clipboard().text() == "客户\t日期\t内容\n李建国\t2026-11-21\t变速箱顿挫"


def room() -> QWidget:
    """A page with a list."""
    page = QWidget()
    QVBoxLayout(page).addWidget(RowTable("来访", COLUMNS))
    return page


def window(qtbot: QtBot, memory: Path) -> MainWindow:
    """Two rooms with a list of the same title."""
    entries = (Entry("今日", "sun", room), Entry("回访", "phone-call", room))
    made = MainWindow(Walls(), entries, Jobs(print, print), Messages(), list, noon, memory)
    qtbot.addWidget(made)
    made.show()
    qtbot.waitUntil(lambda: made.property("lists") is not None)
    return made


def table_of(place: QWidget) -> RowTable[Visit]:
    """The only list there."""
    (table,) = place.findChildren(RowTable)
    return table


def test_every_list_of_every_room_is_remembered_by_its_room(qtbot: QtBot, memory: Path) -> None:
    first = window(qtbot, memory)
    table_of(first.page("今日")).setColumnWidth(1, 177)
    table_of(first.show_page("回访")).setColumnWidth(1, 99)
    again = window(qtbot, memory)
    widths = [table_of(again.show_page(name)).columnWidth(1) for name in ("今日", "回访")]
    assert widths == [177, 99]


def test_the_first_page_begins_with_what_is_urgent_every_time(qtbot: QtBot, memory: Path) -> None:
    table_of(window(qtbot, memory).page("今日")).sortByColumn(1, Qt.SortOrder.AscendingOrder)
    assert table_of(window(qtbot, memory).page("今日")).layout_of().sort == ""


def test_a_list_in_a_window_of_its_own_is_remembered_too(qtbot: QtBot, memory: Path) -> None:
    home = window(qtbot, memory)

    def asked() -> ReadDialog:
        dialog = ReadDialog("来访记录", "", RowTable("来访", COLUMNS), (600, 300), home)
        dialog.show()
        return dialog

    first = asked()
    table_of(first).setColumnWidth(1, 177)
    first.close()
    again = asked()
    assert table_of(again).columnWidth(1) == 177
    again.close()
