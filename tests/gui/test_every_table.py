"""Every list of the program, room by room: sorted, narrowed, copied, arranged, with the same menu by mouse and key."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QTabWidget, QWidget
from pytestqt.qtbot import QtBot

from crm_desktop.app.program import Program
from crm_desktop.gui.jobs import Jobs
from crm_desktop.gui.widgets.row_sources import in_order
from crm_desktop.gui.widgets.row_table import RowTable
from tests.gui.whole_program import at_work

PROGRAM = Path(__file__).resolve().parents[2] / "crm_desktop"
ROOMS = ("今日", "客户档案", "抱怨投诉", "返修", "回访", "纠正预防", "报表", "设置")
BARE = {"QTableView", "QTableWidget", "QTreeView", "QTreeWidget", "QListView", "QColumnView"}
EVERY_LIST = {"复制\tCtrl+C", "全选\tCtrl+A", "筛选…\tCtrl+F", "排序", "选择列\tCtrl+L"}
UP, DOWN = Qt.SortOrder.AscendingOrder, Qt.SortOrder.DescendingOrder


@pytest.fixture
def program(qtbot: QtBot, home: Path) -> Iterator[Program]:
    with at_work(qtbot, home) as made:
        yield made


def lists_of(page: QWidget) -> list[RowTable[Any]]:
    """Every list of a room, those behind its tabs too."""
    for tabs in page.findChildren(QTabWidget):
        for place in range(tabs.count()):
            tabs.setCurrentIndex(place)
    return page.findChildren(RowTable)


def rows_of(table: RowTable[Any]) -> list[Any]:
    """Its rows in the order shown."""
    return list(table.as_sheet().rows)


def check_order(table: RowTable[Any]) -> None:
    """Every column up and down is as its values are in pinyin, and the order it came in can be had back."""
    columns, delivered = table.as_sheet().columns, rows_of(table)
    for place, column in enumerate(columns):
        for order in (UP, DOWN):
            table.sortByColumn(place, order)
            pairs = [(column.value(row), row) for row in delivered]
            assert rows_of(table) == list(in_order(pairs, order == DOWN)), f"{table.title}: {column.title}"
    table.sortByColumn(-1, UP)
    assert rows_of(table) == delivered


def check_copy(table: RowTable[Any]) -> None:
    """What is copied is what is shown, and nothing of it can become a formula."""
    table.selectAll()
    table.copy()
    lines = [line.split("\t") for line in QGuiApplication.clipboard().text().split("\n")]
    assert lines[0] == list(table.titles())
    assert len(lines) == table.count() + 1
    cells = [cell for line in lines[1:] for cell in line]
    shown = {table.model().index(row, 0).data() for row in range(table.count())}
    assert {line[0].removeprefix("'") for line in lines[1:]} == {" ".join(text.split()) for text in shown}
    assert not [cell for cell in cells if cell[:1] in tuple("=+@") and cell]
    table.clearSelection()


def check_narrowing(table: RowTable[Any]) -> None:
    """Words of the first row find it again; without them everything is back."""
    whole = table.count()
    if whole and (word := str(table.model().index(0, 0).data()).split(" ")[0]):
        line = table.begin_narrowing()
        line.narrow_to(word)
        assert 0 < table.count() <= whole
        line.give_up()
    assert table.count() == whole


def check_columns(table: RowTable[Any]) -> None:
    """The last column goes and comes back, unless it is the only one."""
    laid = table.layout_of()
    if len(table.titles()) > 1:
        table.lay_out(laid.with_column(table.titles()[-1], shown=False))
        assert table.isColumnHidden(len(table.titles()) - 1)
        table.lay_out(laid)
    assert not table.isColumnHidden(len(table.titles()) - 1)


@pytest.mark.parametrize("room", ROOMS)
def test_every_list_of_a_room_can_do_what_every_list_can(program: Program, qtbot: QtBot, room: str) -> None:
    page = program.window.show_page(room)
    qtbot.waitUntil(lambda: not program.findChild(Jobs).running())
    tables = lists_of(page)
    assert tables
    for table in tables:
        assert {action.text() for action in table.menu().actions()} >= EVERY_LIST
        for check in (check_order, check_copy, check_narrowing, check_columns):
            check(table)


def test_no_room_has_a_list_of_its_own_kind() -> None:
    free = {"gui/widgets/column_table.py", "gui/widgets/column_widths.py", "gui/widgets/cell_delegate.py"}
    found = []
    for path in PROGRAM.rglob("*.py"):
        tree = ast.parse(path.read_text(encoding="utf-8"))
        named = {node.id for node in ast.walk(tree) if isinstance(node, ast.Name)}
        if named & BARE and path.relative_to(PROGRAM).as_posix() not in free:
            found.append(path.name)
    assert found == []
