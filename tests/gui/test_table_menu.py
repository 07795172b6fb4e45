"""The menu of a list and the line that narrows it: the same for every list, by mouse and by key."""

from __future__ import annotations

from collections.abc import Iterator
from operator import attrgetter

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QMenu, QPushButton, QSplitter, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from crm_desktop.gui.widgets.buttons import Button
from crm_desktop.gui.widgets.row_filter import RowFilter
from crm_desktop.gui.widgets.row_sources import PagedRows
from crm_desktop.gui.widgets.row_table import RowTable
from tests.gui.furniture import COLUMNS, VISITS, Visit

Table = RowTable[Visit]
CTRL, SHIFT = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.ShiftModifier


@pytest.fixture
def table(qtbot: QtBot) -> Iterator[Table]:
    made, page = Table("来访", COLUMNS, key=attrgetter("id")), QWidget()
    qtbot.addWidget(page)
    QVBoxLayout(page).addWidget(made)
    page.resize(700, 300)
    made.set_rows(VISITS)
    page.show()
    qtbot.waitActive(page)
    yield made
    close_menu()


def close_menu() -> None:
    """A menu left open would take the keys of the next test."""
    if isinstance(open_menu := QApplication.activePopupWidget(), QMenu):
        open_menu.close()


def words(table: Table) -> list[str]:
    return [action.text() for action in table.menu().actions() if not action.isSeparator()]


def pick(table: Table, word: str) -> None:
    next(action for action in table.menu().actions() if action.text().startswith(word)).trigger()


def names(table: Table) -> list[str]:
    model = table.model()
    return [model.index(row, 0).data() for row in range(model.rowCount())]


def narrowed(qtbot: QtBot, table: Table, text: str) -> RowFilter:
    """Ctrl+F and words typed."""
    qtbot.keyClick(table, Qt.Key.Key_F, CTRL)
    (line,) = table.parentWidget().findChildren(RowFilter)
    qtbot.keyClicks(QApplication.focusWidget(), text)
    qtbot.waitUntil(lambda: table.count() < table.whole())
    return line


@pytest.mark.parametrize("key", [(Qt.Key.Key_Menu, Qt.KeyboardModifier.NoModifier), (Qt.Key.Key_F10, SHIFT)])
def test_the_menu_opens_by_key(table: Table, qtbot: QtBot, key: tuple[Qt.Key, Qt.KeyboardModifier]) -> None:
    table.choose(1)
    qtbot.keyClick(table, *key)
    assert QApplication.activePopupWidget() is table.menu()


def test_a_list_that_leads_nowhere_can_still_be_copied_narrowed_and_arranged(table: Table) -> None:
    assert words(table) == ["复制\tCtrl+C", "全选\tCtrl+A", "筛选…\tCtrl+F", "排序", "选择列\tCtrl+L"]


def test_the_menu_has_the_very_buttons_beside_the_list(table: Table, qtbot: QtBot) -> None:
    move, gone = Button("改存放位置", "F8"), Button("申请销毁")
    for button in (move, gone):
        table.parentWidget().layout().addWidget(button)
    move.show()
    gone.hide()
    table.opened.connect(print)
    table.offer(move, gone)
    assert words(table)[:3] == ["打开\tEnter", "改存放位置\tF8", "复制\tCtrl+C"]
    with qtbot.waitSignal(move.clicked):
        pick(table, "改存放位置")


def test_a_double_click_does_what_the_first_button_does_where_nothing_opens(table: Table, qtbot: QtBot) -> None:
    button = Button("恢复")
    table.parentWidget().layout().addWidget(button)
    button.show()
    table.offer(button)
    table.choose(2)
    with qtbot.waitSignal(button.clicked):
        qtbot.keyClick(table, Qt.Key.Key_Return)


def test_the_menu_counts_what_is_marked(table: Table) -> None:
    table.selectAll()
    assert "复制 3 行\tCtrl+C" in words(table)


def test_the_order_is_turned_by_the_menu_as_by_the_heading(table: Table) -> None:
    def by_name() -> list[str]:
        order = next(action.menu() for action in table.menu().actions() if action.text() == "排序")
        next(action for action in order.actions() if action.text() == "客户").trigger()
        return names(table)

    assert by_name() == ["陈静", "李建国", "周海"]
    assert by_name() == ["周海", "李建国", "陈静"]
    assert by_name() == ["李建国", "陈静", "周海"]


def test_columns_are_chosen_by_key(table: Table, qtbot: QtBot) -> None:
    qtbot.keyClick(table, Qt.Key.Key_L, CTRL)
    menu = QApplication.activePopupWidget()
    assert [action.text() for action in menu.actions()][:4] == ["客户", "日期", "里程", "内容"]


@pytest.mark.parametrize(("text", "left"), [("变速", ["李建国"]), ("cj", ["陈静"]), ("2026 900", ["周海"])])
def test_words_narrow_a_list_by_any_cell_and_by_initials(
    table: Table, qtbot: QtBot, text: str, left: list[str]
) -> None:
    line = table.begin_narrowing()
    line.narrow_to(text)
    assert names(table) == left


def test_a_list_narrowed_by_key_is_whole_again_by_escape(table: Table, qtbot: QtBot) -> None:
    table.choose(3)
    line = narrowed(qtbot, table, "9")
    assert table.current_row() == VISITS[2]
    qtbot.keyClick(QApplication.focusWidget(), Qt.Key.Key_Down)
    assert QApplication.focusWidget() is table
    qtbot.keyClick(table, Qt.Key.Key_Escape)
    assert (names(table), line.isVisible()) == (["李建国", "陈静", "周海"], False)


def test_a_narrowed_list_stays_so_when_it_is_read_and_sorted_again(table: Table) -> None:
    table.begin_narrowing().narrow_to("2026")
    table.sortByColumn(2, Qt.SortOrder.AscendingOrder)
    table.set_rows((*VISITS, Visit(9, "新客户", None, 5)))
    assert names(table) == ["周海", "李建国"]


def test_a_list_with_none_of_the_words_offers_all_rows(table: Table, qtbot: QtBot) -> None:
    table.begin_narrowing().narrow_to("没有这样的")
    button = next(found for found in table.parentWidget().findChildren(QPushButton) if found.text() == "全部显示")
    assert table.count() == 0
    qtbot.mouseClick(button, Qt.MouseButton.LeftButton)
    assert table.count() == 3


def test_in_a_splitter_the_line_takes_no_share_of_its_own(qtbot: QtBot) -> None:
    page, both, table = QWidget(), QSplitter(), Table("来访", COLUMNS, key=attrgetter("id"))
    qtbot.addWidget(page)
    QVBoxLayout(page).addWidget(both)
    both.addWidget(table)
    page.show()
    table.set_rows(VISITS)
    table.begin_narrowing().narrow_to("李建国")
    assert (both.count(), names(table)) == (1, ["李建国"])


def test_a_row_that_is_wanted_is_shown_though_words_hid_it(table: Table) -> None:
    table.begin_narrowing().narrow_to("李建国")
    assert table.choose(3)
    assert table.count() == 3


def test_a_paged_list_is_narrowed_and_sorted_by_its_rows(table: Table) -> None:
    rows = [Visit(number, f"客户{number}", None, 1000 - number) for number in range(300)]

    def fetch(ids: list[int]) -> list[Visit]:
        return [rows[number] for number in ids]

    table.set_paged(PagedRows(range(300), fetch, attrgetter("id")))
    table.sortByColumn(2, Qt.SortOrder.AscendingOrder)
    assert names(table)[:2] == ["客户299", "客户298"]
    table.begin_narrowing().narrow_to("户29")
    assert names(table) == [*(f"客户{number}" for number in range(299, 289, -1)), "客户29"]
