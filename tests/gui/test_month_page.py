"""The month's report on screen: chapters, charts that are clicked, numbers that open their lists, signatures."""

from __future__ import annotations

from typing import Any

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QTextDocument
from PySide6.QtWidgets import QDialog, QListWidget
from pytestqt.qtbot import QtBot

from crm_desktop.domain.charts import bars
from crm_desktop.domain.kpis import KPIS
from crm_desktop.domain.report_sheet import Heading, Paragraph
from crm_desktop.gui.jobs import Jobs
from crm_desktop.gui.reports.behind_dialog import BehindDialog
from crm_desktop.gui.reports.blocks import LinkedTable
from crm_desktop.gui.reports.month_page import MonthPage, chapter_of
from crm_desktop.gui.session import Session
from crm_desktop.gui.widgets.chart_view import ChartView
from crm_desktop.gui.widgets.fields import ChoiceField
from crm_desktop.gui.widgets.labels import LinkedLabel, PlainLabel
from crm_desktop.gui.widgets.row_table import RowTable
from crm_desktop.gui.widgets.signs import Figure
from crm_desktop.services.office import Office
from tests.gui.answered import Answered
from tests.gui.hands import Hands
from tests.makers import at, registered
from tests.services.records import care

PERIOD = "2026-11"


@pytest.fixture
def hands(qtbot: QtBot, office: Office, jobs: Jobs, answered: Answered) -> Hands:
    """The month with three complaints, read."""
    for channel in ("接待", "接待", "回访"):
        registered(office, channel=channel)
    page = MonthPage(office, Session(office.desk), jobs, answered)
    hands = Hands(qtbot, page, answered)
    with qtbot.waitSignal(jobs.ended):
        page.show_month(PERIOD)
    qtbot.waitUntil(lambda: any(table.isVisible() for table in page.findChildren(LinkedTable)))
    return hands


def chapter(hands: Hands, title: str) -> None:
    """Goes to a chapter by its name."""
    contents = hands.page.findChild(QListWidget)
    (item,) = contents.findItems(title, Qt.MatchFlag.MatchContains)
    contents.setCurrentItem(item)
    hands.qtbot.waitUntil(lambda: any(view.isVisible() for view in hands.page.findChildren(ChartView)))


def charts(hands: Hands) -> dict[str, ChartView]:
    return {view.chart.title: view for view in hands.page.findChildren(ChartView) if view.isVisible()}


def behind(hands: Hands) -> tuple[str, list[Any]]:
    """Title and rows of the list that was opened last."""
    dialog = hands.page.window().findChildren(BehindDialog)[-1]
    table = dialog.findChild(RowTable)
    return dialog.windowTitle(), [table.model().index(n, 0).data() for n in range(table.count())]


def test_a_large_number_opens_its_complaints(hands: Hands, office: Office):
    figure = next(one for one in hands.page.findChildren(Figure) if one.accessibleName().startswith("抱怨/投诉"))
    hands.qtbot.mouseClick(figure, Qt.MouseButton.LeftButton)
    numbers = [number for (number,) in office.desk.rows("SELECT number FROM complaints ORDER BY id")]
    assert behind(hands) == ("抱怨/投诉件数", numbers)


def test_a_large_number_is_reached_by_tab_and_opened_by_enter(hands: Hands):
    hands.walk_to(next(one.accessibleName() for one in hands.page.findChildren(Figure) if one.isVisible()))
    hands.press(Qt.Key.Key_Return)
    assert behind(hands)[0] == "抱怨/投诉件数"


def test_a_bar_opens_what_it_counts(hands: Hands):
    chapter(hands, "分布")
    view = charts(hands)["接收渠道"]
    hands.qtbot.mouseClick(view, Qt.MouseButton.LeftButton, pos=view.area_of(0).center().toPoint())
    title, rows = behind(hands)
    assert (title, len(rows)) == ("接收渠道：接待", 2)


def test_a_chart_is_worked_by_keys_too(hands: Hands):
    chapter(hands, "分布")
    view = charts(hands)["接收渠道"]
    view.setFocus()
    for key in (Qt.Key.Key_Down, Qt.Key.Key_Down, Qt.Key.Key_Return):
        hands.qtbot.keyClick(view, key)
    assert (behind(hands)[0], len(behind(hands)[1])) == ("接收渠道：回访", 1)


def test_enter_on_a_share_opens_part_and_whole_with_its_formula(hands: Hands):
    table = next(one for one in hands.page.findChildren(LinkedTable) if one.title == "概况：指标")
    row = next(n for n in range(table.count()) if table.model().index(n, 0).data() == "关闭率")
    table.setCurrentIndex(table.model().index(row, 0))
    table.setFocus()
    hands.qtbot.keyClick(table, Qt.Key.Key_Return)
    dialog = hands.page.window().findChildren(BehindDialog)[-1]
    assert (behind(hands)[0], len(behind(hands)[1])) == ("关闭率", 0)
    assert KPIS["关闭率"].told in [label.text() for label in dialog.findChildren(PlainLabel)]


def test_a_number_of_the_month_before_opens_the_list_of_then(hands: Hands, office: Office, jobs: Jobs):
    registered(office, received_at=at("2026-10-08 09:00"))
    with hands.qtbot.waitSignal(jobs.ended):
        hands.page.show_month(PERIOD)
    table = [one for one in hands.page.findChildren(LinkedTable) if one.title == "概况：指标"][-1]
    row = next(n for n in range(table.count()) if table.model().index(n, 0).data() == "抱怨/投诉件数")
    table.clicked.emit(table.model().index(row, 2))
    title, rows = behind(hands)
    assert (title, len(rows)) == ("上月：抱怨/投诉件数", 1)


def test_a_number_of_the_month_before_is_reached_by_arrows(hands: Hands, office: Office, jobs: Jobs):
    registered(office, received_at=at("2026-10-08 09:00"))
    with hands.qtbot.waitSignal(jobs.ended):
        hands.page.show_month(PERIOD)
    table = [one for one in hands.page.findChildren(LinkedTable) if one.title == "概况：指标"][-1]
    table.setFocus()
    table.setCurrentIndex(table.model().index(0, 0))
    for key in (Qt.Key.Key_Right, Qt.Key.Key_Right, Qt.Key.Key_Return):
        hands.qtbot.keyClick(table, key)
    title, rows = behind(hands)
    assert (title, len(rows)) == ("上月：抱怨/投诉件数", 1)


def sentence(hands: Hands, words: str) -> LinkedLabel:
    """The sentence that holds these words."""
    return next(one for one in hands.page.findChildren(LinkedLabel) if words in one.accessibleName())


def test_a_number_in_a_sentence_is_reached_by_tab_and_opened_by_enter(hands: Hands):
    told = sentence(hands, "受理抱怨/投诉 3 件")
    hands.walk_to(told.accessibleName())
    hands.press(Qt.Key.Key_Return)
    title, rows = behind(hands)
    assert (title, len(rows)) == ("抱怨/投诉件数", 3)


def test_arrows_go_on_to_the_next_number_of_a_sentence(hands: Hands):
    told = sentence(hands, "没有重大投诉")
    hands.walk_to(told.accessibleName())
    hands.press(Qt.Key.Key_Right)
    hands.press(Qt.Key.Key_Return)
    assert behind(hands)[0] == "及时关闭率"


def test_words_of_people_in_a_sentence_are_never_markup(qtbot: QtBot):
    label = LinkedLabel("<b>类别</b> & <a href='9'>1</a> 件", ((20, 21, "<i>"),))
    qtbot.addWidget(label)
    document = QTextDocument()
    document.setHtml(label.text())
    assert document.toPlainText() == "<b>类别</b> & <a href='9'>1</a> 件"
    assert (label.text().count("<a "), label.text().count("<a href='0'")) == (1, 1)


def test_what_changed_since_opens_both_lists(hands: Hands, office: Office, jobs: Jobs):
    office.monthly.freeze(PERIOD, care())
    registered(office)
    with hands.qtbot.waitSignal(jobs.ended):
        hands.page.show_month(PERIOD)
    edition = hands.page.findChildren(ChoiceField)[1]
    hands.qtbot.waitUntil(lambda: edition.count() == 2)
    edition.set_value(1)
    hint = sentence(hands, "编制以后数据有变化")
    found = []
    for link in (span[2] for span in hint.spans[:2]):
        hint.opened.emit(link)
        found.append((behind(hands)[0], len(behind(hands)[1])))
    assert found == [("抱怨/投诉件数", 3), ("现在：抱怨/投诉件数", 4)]


def test_a_column_of_the_trend_opens_its_month(hands: Hands):
    chapter(hands, "趋势")
    view = charts(hands)["近 12 个月抱怨/投诉件数"]
    hands.qtbot.mouseClick(view, Qt.MouseButton.LeftButton, pos=view.area_of(0).center().toPoint())
    assert (behind(hands)[0], len(behind(hands)[1])) == ("2026年11月：抱怨/投诉", 3)


def test_a_line_of_the_list_leads_to_its_complaint(hands: Hands, office: Office):
    asked: list[str] = []
    hands.page.complaint_wanted.connect(asked.append)
    figure = next(one for one in hands.page.findChildren(Figure) if one.accessibleName().startswith("抱怨/投诉"))
    hands.qtbot.mouseClick(figure, Qt.MouseButton.LeftButton)
    dialog = hands.page.window().findChildren(BehindDialog)[-1]
    table = dialog.findChild(RowTable)
    table.selectRow(1)
    hands.qtbot.keyClick(table, Qt.Key.Key_Return)
    assert asked == [office.desk.rows("SELECT number FROM complaints WHERE id = 2")[0][0]]


def test_every_chapter_can_be_opened(hands: Hands):
    contents = hands.page.findChild(QListWidget)
    for row in range(contents.count()):
        contents.setCurrentRow(row)
        assert hands.page.findChildren(QDialog) == []


def test_an_edition_stays_readable_after_the_numbers_moved(hands: Hands, office: Office, jobs: Jobs):
    office.monthly.freeze(PERIOD, care())
    registered(office)
    with hands.qtbot.waitSignal(jobs.ended):
        hands.page.refresh()
    edition = hands.page.findChildren(ChoiceField)[1]
    hands.qtbot.waitUntil(lambda: edition.count() == 2)
    edition.set_value(1)
    hands.qtbot.waitUntil(lambda: any(one.isVisible() for one in hands.page.findChildren(Figure)))
    figures = [one.accessibleDescription() for one in hands.page.findChildren(Figure) if one.isVisible()]
    assert figures[0] == "3 件"
    assert sentence(hands, "抱怨/投诉件数 3 → 4").isVisible()


def test_an_edition_from_before_sections_had_keys_is_shown_whole():
    old = (Heading("1　概况"), Paragraph("数据截至"), Heading("2　分布"), Paragraph("接待"))
    assert chapter_of(old, "words") == [
        Heading("1　概况", part=True), Paragraph("数据截至"), Heading("2　分布", part=True), Paragraph("接待"),
    ]  # fmt: skip
    new = (Heading("1　概况", "overview"), Paragraph("数据截至"), Heading("2　趋势", "trend"), Paragraph("近 12 个月"))
    assert chapter_of(new, "trend") == [Paragraph("近 12 个月")]


def test_the_figures_tell_their_definition(hands: Hands):
    figure = next(one for one in hands.page.findChildren(Figure) if one.accessibleName().startswith("及时关闭率"))
    assert "÷ 需考核" in figure.toolTip()


def test_a_chart_finds_the_label_under_the_mouse(qtbot: QtBot):
    view = ChartView(bars("渠道", [("接待", 3), ("回访", 1)], ["a", "b"]))
    view.resize(400, view.height())
    qtbot.addWidget(view)
    view.show()
    assert [view.label_at(view.area_of(place).center()) for place in (0, 1)] == [0, 1]
    assert view.label_at(QPoint(390, 0).toPointF()) == -1


def test_a_chart_says_its_numbers_to_a_reader(qtbot: QtBot):
    view = ChartView(bars("渠道", [("接待", 3)], ["a"]))
    qtbot.addWidget(view)
    assert (view.accessibleName(), view.accessibleDescription()) == ("渠道", "渠道：接待 件数 3")


def test_who_looks_at_the_numbers_of_now_stays_with_them(hands: Hands, office: Office, jobs: Jobs):
    office.monthly.freeze(PERIOD, care())
    with hands.qtbot.waitSignal(jobs.ended):
        hands.page.refresh()
    edition = hands.page.findChildren(ChoiceField)[1]
    hands.qtbot.waitUntil(lambda: edition.count() == 2)
    assert edition.currentText() == "现在的数字"
