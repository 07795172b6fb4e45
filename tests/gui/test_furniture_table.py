"""A list: sorting, copying, any number of rows, what stays current, and what an empty one says."""

from __future__ import annotations

from collections.abc import Sequence
from operator import attrgetter

import pytest
from PySide6.QtCore import QItemSelectionModel, Qt
from PySide6.QtGui import QAccessible, QGuiApplication
from PySide6.QtWidgets import QPushButton
from pytestqt.modeltest import ModelTester
from pytestqt.qtbot import QtBot

from crm_desktop.domain.sheets import TableSheet
from crm_desktop.gui.theme import Tone
from crm_desktop.gui.widgets.column_widths import widened
from crm_desktop.gui.widgets.page import Card
from crm_desktop.gui.widgets.row_model import MARK_ROLE, Mark
from crm_desktop.gui.widgets.row_sources import PagedRows
from crm_desktop.gui.widgets.row_table import RowTable
from tests.gui.furniture import COLUMNS, VISITS, Visit

Table = RowTable[Visit]
ROW = QItemSelectionModel.SelectionFlag.ClearAndSelect | QItemSelectionModel.SelectionFlag.Rows


def late(row: Visit) -> Mark | None:
    return Mark(Tone.LATE, 0.5) if row.id == 1 else None


@pytest.fixture
def table(qtbot: QtBot) -> Table:
    made: Table = RowTable("来访", COLUMNS, key=attrgetter("id"), marks={"客户": late})
    qtbot.addWidget(made)
    made.resize(700, 300)
    made.set_rows(VISITS)
    made.show()
    qtbot.waitExposed(made)
    return made


class Files:
    """Rows behind ids, and what was asked of them."""

    def __init__(self, count: int) -> None:
        self.ids = range(count)
        self.asked: list[Sequence[int]] = []

    def fetch(self, ids: Sequence[int]) -> list[Visit]:
        self.asked.append(ids)
        return [Visit(number, f"客户 {number}", None) for number in reversed(ids) if number != 7]

    def order(self, title: str, descending: bool) -> Sequence[int]:
        return self.ids[::-1] if descending else self.ids

    def rows(self) -> PagedRows[Visit]:
        return PagedRows(self.ids, self.fetch, attrgetter("id"), self.order)


def column(table: Table, place: int) -> list[str]:
    model = table.model()
    return [model.index(row, place).data() for row in range(model.rowCount())]


def sort(table: Table, place: int, order: Qt.SortOrder) -> None:
    table.sortByColumn(place, order)


def test_the_model_keeps_qts_contract(table: Table, qtmodeltester: ModelTester) -> None:
    qtmodeltester.check(table.model())
    sort(table, 1, Qt.SortOrder.AscendingOrder)
    table.set_rows(VISITS[:1])


def test_the_paged_model_keeps_qts_contract(table: Table, qtmodeltester: ModelTester) -> None:
    table.set_paged(Files(300).rows())
    qtmodeltester.check(table.model())


def test_rows_are_sorted_by_their_typed_value_with_the_unknown_last(table: Table) -> None:
    sort(table, 2, Qt.SortOrder.AscendingOrder)
    assert column(table, 2) == ["900", "38620", ""]
    sort(table, 2, Qt.SortOrder.DescendingOrder)
    assert column(table, 2) == ["38620", "900", ""]


def test_the_order_delivered_can_be_had_back(table: Table) -> None:
    sort(table, 1, Qt.SortOrder.AscendingOrder)
    sort(table, -1, Qt.SortOrder.AscendingOrder)
    assert column(table, 0) == ["李建国", "陈静", "周海"]


def test_text_is_sorted_by_the_key_it_is_given(qtbot: QtBot) -> None:
    pinyin = {"李建国": "ljg", "陈静": "cj", "周海": "zh"}
    table: Table = RowTable("来访", COLUMNS, sort_key=pinyin.__getitem__)
    qtbot.addWidget(table)
    table.set_rows(VISITS)
    sort(table, 0, Qt.SortOrder.AscendingOrder)
    assert column(table, 0) == ["陈静", "李建国", "周海"]


def test_the_current_row_stays_current_when_rows_are_sorted_and_filled_again(table: Table) -> None:
    assert table.choose(3)
    sort(table, 2, Qt.SortOrder.AscendingOrder)
    assert table.current_row() == VISITS[2]
    table.set_rows((Visit(9, "新客户", None), *VISITS))
    assert table.current_row() == VISITS[2]


def test_the_order_chosen_stays_when_rows_are_filled_again(table: Table) -> None:
    sort(table, 2, Qt.SortOrder.AscendingOrder)
    table.set_rows((*VISITS, Visit(9, "新客户", None, 1000)))
    assert column(table, 2) == ["900", "1000", "38620", ""]


def test_a_row_that_is_gone_is_current_no_more(table: Table, qtbot: QtBot) -> None:
    table.choose(3)
    with qtbot.waitSignal(table.chosen) as told:
        table.set_rows(VISITS[:2])
    assert told.args == [None]


def test_filling_again_tells_nobody_when_nothing_moved(table: Table, qtbot: QtBot) -> None:
    table.choose(3)
    with qtbot.assertNotEmitted(table.chosen):
        table.set_rows(VISITS)


def test_moving_down_chooses_and_enter_opens(table: Table, qtbot: QtBot) -> None:
    table.choose(1)
    with qtbot.waitSignal(table.chosen) as chosen:
        qtbot.keyClick(table, Qt.Key.Key_Down)
    with qtbot.waitSignal(table.opened) as opened:
        qtbot.keyClick(table, Qt.Key.Key_Return)
    assert (chosen.args, opened.args) == ([VISITS[1]], [VISITS[1]])


def test_a_double_click_opens(table: Table, qtbot: QtBot) -> None:
    place = table.visualRect(table.model().index(2, 0)).center()
    qtbot.mouseClick(table.viewport(), Qt.MouseButton.LeftButton, pos=place)
    with qtbot.waitSignal(table.opened) as opened:
        qtbot.mouseDClick(table.viewport(), Qt.MouseButton.LeftButton, pos=place)
    assert opened.args == [VISITS[2]]


def test_copied_rows_carry_their_headings_and_cannot_become_formulas(table: Table, qtbot: QtBot) -> None:
    table.selectAll()
    qtbot.keyClick(table, Qt.Key.Key_C, Qt.KeyboardModifier.ControlModifier)
    assert QGuiApplication.clipboard().text().split("\n") == [
        "客户\t日期\t里程\t内容",
        "李建国\t2026-11-21\t38620\t变速箱顿挫",
        "陈静\t\t\t'=cmd|calc",
        "周海\t2026-02-03\t900\t空调 异味 第 2 行",
    ]


def test_the_sheet_is_the_very_rows_on_screen(table: Table) -> None:
    sort(table, 2, Qt.SortOrder.DescendingOrder)
    sheet: TableSheet[Visit] = table.as_sheet(period="2026年11月")
    assert (sheet.title, sheet.period, sheet.columns) == ("来访", "2026年11月", COLUMNS)
    assert [row.id for row in sheet.rows] == [1, 3, 2]


def test_a_sheet_keeps_its_order_while_the_table_is_sorted_otherwise(table: Table) -> None:
    table.set_paged(Files(300).rows())
    sheet = table.as_sheet()
    sort(table, 0, Qt.SortOrder.DescendingOrder)
    assert [row.id for row in sheet.rows][:3] == [0, 1, 2]


def test_a_mark_belongs_to_its_column_and_row(table: Table) -> None:
    model = table.model()
    assert model.index(0, 0).data(MARK_ROLE) == Mark(Tone.LATE, 0.5)
    assert model.index(1, 0).data(MARK_ROLE) is None
    assert model.index(0, 3).data(MARK_ROLE) is None


def test_a_hundred_thousand_rows_are_fetched_only_where_they_are_looked_at(table: Table, qtbot: QtBot) -> None:
    files = Files(100_000)
    table.set_paged(files.rows())
    table.scrollToBottom()
    qtbot.waitUntil(lambda: bool(files.asked))
    table.grab()
    assert table.model().index(99_999, 0).data() == "客户 99999"
    assert sum(len(ids) for ids in files.asked) <= 4 * 128


def test_a_row_deleted_meanwhile_is_a_blank_line(table: Table) -> None:
    table.set_paged(Files(20).rows())
    assert column(table, 0)[6:9] == ["客户 6", None, "客户 8"]


def test_paged_rows_are_sorted_where_they_come_from(table: Table) -> None:
    table.set_paged(Files(1000).rows())
    table.choose(5)
    sort(table, 0, Qt.SortOrder.DescendingOrder)
    assert table.model().index(0, 0).data() == "客户 999"
    assert table.current_row() == Visit(5, "客户 5", None)


def test_an_empty_list_says_what_to_do_and_offers_one_button(table: Table, qtbot: QtBot) -> None:
    table.set_empty("还没有来访。", "登记来访")
    button = table.findChild(QPushButton)
    assert not button.isVisible()
    table.set_rows(())
    assert button.isVisible()
    with qtbot.waitSignal(table.begin_wanted):
        qtbot.mouseClick(button, Qt.MouseButton.LeftButton)


def test_a_screen_reader_finds_the_button_of_an_empty_list_beside_the_table(qtbot: QtBot) -> None:
    card, table = Card("来访"), Table("来访", COLUMNS)
    qtbot.addWidget(card)
    card.add(table, 1)
    card.show()
    table.set_empty("还没有来访。", "登记来访")
    button = card.findChild(QPushButton)
    assert button.isVisible()
    assert not table.isAncestorOf(button)
    table.hide()
    assert not button.isVisible()


def test_a_row_marked_by_a_screen_reader_is_the_current_one(table: Table, qtbot: QtBot) -> None:
    table.choose(1)
    with qtbot.waitSignal(table.chosen) as chosen:
        table.selectionModel().select(table.model().index(2, 0), ROW)
    assert chosen.args == [VISITS[2]]


def test_a_screen_reader_reads_the_title_and_every_cell(table: Table) -> None:
    spoken = QAccessible.queryAccessibleInterface(table)
    cells = [spoken.child(place).text(QAccessible.Text.Name) for place in range(spoken.childCount())]
    assert spoken.text(QAccessible.Text.Name) == "来访"
    assert {"客户", "李建国", "2026-02-03", "变速箱顿挫"} <= set(cells)


LONG_NAME = "上海示例汽车驾驶员培训有限公司"


def cut(table: Table, place: int) -> bool:
    """Whether a word of this column does not find room."""
    words = max(column(table, place), key=len)
    return table.fontMetrics().horizontalAdvance(words) > table.columnWidth(place) - 20


def test_a_wide_screen_gives_room_to_words_that_were_cut(table: Table) -> None:
    table.set_rows((*VISITS, Visit(9, LONG_NAME * 2, None)))  # too long in the narrowest face a machine may have
    table.resize(450, 300)
    assert cut(table, 0)
    table.resize(1600, 300)
    assert not cut(table, 0)


def test_a_column_drawn_by_hand_keeps_its_width_when_the_list_is_read_again(table: Table) -> None:
    table.setColumnWidth(0, 77)
    table.set_rows((*VISITS, Visit(9, LONG_NAME, None)))
    table.resize(1200, 300)
    assert table.columnWidth(0) == 77


def test_one_endless_word_starves_no_other_column() -> None:
    assert widened((100, 100, 100), (150, 900, 130), 2, 50, 600) == [150, 320, 130]


def test_where_room_is_short_only_the_column_of_long_text_gives_way() -> None:
    assert widened((100, 100, 100), (150, 100, 400), 2, 50, 260) == [100, 100, 60]
    assert widened((100, 100, 100), (150, 100, 400), 2, 50, 200) == [100, 100, 50]


def test_a_list_wider_than_any_screen_is_scrolled_and_cuts_little_short() -> None:
    assert widened((100, 100, 100), (150, 90, 900), 2, 50, 180) == [150, 100, 200]
