"""使用手册 in its window: contents, search, links, pictures and the way back, by keyboard alone."""

from __future__ import annotations

from typing import Any

import pytest
from PySide6.QtCore import Qt, QUrl
from PySide6.QtWidgets import QListWidget, QTextBrowser
from pytestqt.qtbot import QtBot

from crm_desktop.app import start_qt
from crm_desktop.domain.manual import shipped_chapters
from crm_desktop.gui import theme
from crm_desktop.gui.manual.window import ManualWindow
from crm_desktop.gui.messages import Messages
from crm_desktop.gui.theme import Mode
from crm_desktop.gui.widgets.labels import ElidedLabel
from crm_desktop.gui.widgets.line_field import LineField


class Reader:
    """The manual and whoever reads it."""

    def __init__(self, qtbot: QtBot) -> None:
        self.qtbot = qtbot
        self.messages = Messages()
        self.window = ManualWindow(shipped_chapters(), self.messages)
        qtbot.addWidget(self.window)
        self.window.resize(1080, 720)
        self.window.read("今日")
        qtbot.waitUntil(self.window.isActiveWindow)

    def named(self, kind: type[Any], name: str) -> Any:
        """A piece by the name a reader hears."""
        return next(one for one in self.window.findChildren(kind) if one.accessibleName() == name)

    @property
    def page(self) -> QTextBrowser:
        """The text at the right."""
        return self.named(QTextBrowser, "手册正文")  # type: ignore[no-any-return]  # found by its name

    def ask(self, words: str) -> list[str]:
        """What is found, once the list has it."""
        field = self.window.findChild(LineField)
        field.setFocus()
        field.setText(words)
        self.qtbot.keyClick(field, Qt.Key.Key_Return)
        hits = self.named(QListWidget, "找到的")
        return [hits.item(row).text() for row in range(hits.count())]


@pytest.fixture
def reader(qtbot: QtBot) -> Reader:
    """Who opened it at 今日."""
    return Reader(qtbot)


def test_it_opens_at_the_heading_and_shows_where_one_is(reader: Reader) -> None:
    assert reader.window.chosen() == "今日"
    assert "先办这几件" in reader.page.toPlainText()


def test_the_arrows_turn_the_pages(reader: Reader) -> None:
    contents = reader.named(QListWidget, "目录")
    contents.setFocus()
    reader.qtbot.keyClick(contents, Qt.Key.Key_Home)
    assert "安装和升级" in reader.page.toPlainText()


def test_enter_leads_to_the_first_hit_and_marks_it(reader: Reader) -> None:
    assert reader.ask("恢复码")
    (marked,) = reader.page.extraSelections()
    assert "恢复码" in marked.cursor.selectedText()


def test_what_is_not_there_is_told(reader: Reader) -> None:
    assert reader.ask("量子纠缠") == []


def test_a_link_leads_to_its_heading_and_esc_back(reader: Reader) -> None:
    reader.window.show_heading("今日")
    reader.page.anchorClicked.emit(QUrl("#高频预警"))
    assert reader.window.chosen() == "高频预警"
    reader.qtbot.keyClick(reader.page, Qt.Key.Key_Escape)
    assert "先办这几件" in reader.page.toPlainText()


def test_a_picture_is_seen_in_its_own_size_and_esc_leads_back(reader: Reader) -> None:
    reader.page.anchorClicked.emit(QUrl("picture:today"))
    assert reader.page.document().size().width() > 1300
    reader.qtbot.keyClick(reader.page, Qt.Key.Key_Escape)
    assert "先办这几件" in reader.page.toPlainText()


def test_esc_clears_the_search_and_then_closes(reader: Reader) -> None:
    reader.ask("备份")
    reader.qtbot.keyClick(reader.page, Qt.Key.Key_Escape)
    assert reader.window.isVisible()
    reader.qtbot.keyClick(reader.page, Qt.Key.Key_Escape)
    assert not reader.window.isVisible()


def test_it_is_set_anew_in_the_dark(reader: Reader) -> None:
    light = reader.page.textCursor().charFormat().foreground().color()
    theme.apply(start_qt(), Mode.DARK)
    reader.qtbot.waitUntil(lambda: reader.page.textCursor().charFormat().foreground().color() != light)
    theme.apply(start_qt(), Mode.LIGHT)


def test_what_the_other_window_says_stands_here_too(reader: Reader) -> None:
    reader.messages.done("已保存：使用手册.pdf")
    assert "已保存：使用手册.pdf" in [label.text() for label in reader.window.findChildren(ElidedLabel)]
