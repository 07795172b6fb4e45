"""A line with suggestions: offered while typing, walked by keyboard, never taking the keyboard away."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QInputMethodEvent
from PySide6.QtWidgets import QApplication, QListWidget, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from crm_desktop.gui.widgets.suggest_line import Suggestion, SuggestLine

KNOWN = (
    Suggestion("李建国 · 沪A·8K231", "电话 …5521", 1),
    Suggestion("李建设 · 沪C·5521K", "车牌", 2),
    Suggestion("<b>赵敏</b>", "电话 …5521", 3),
)


class Files:
    """What is known, and what was asked."""

    def __init__(self) -> None:
        self.asked: list[str] = []

    def suggest(self, text: str) -> list[Suggestion]:
        self.asked.append(text)
        return [known for known in KNOWN if text in known.title + known.why]


@pytest.fixture
def files() -> Files:
    return Files()


@pytest.fixture
def line(qtbot: QtBot, files: Files) -> Iterator[SuggestLine]:
    window = QWidget()
    window.resize(600, 400)
    made = SuggestLine(files.suggest)
    QVBoxLayout(window).addWidget(made)
    qtbot.addWidget(window)
    window.show()
    qtbot.waitActive(window)
    made.setFocus()
    yield made
    window.close()


def offer(line: SuggestLine, qtbot: QtBot, text: str = "5521") -> None:
    qtbot.keyClicks(line, text)
    qtbot.waitUntil(lambda: bool(line.offers()))


def offers_shown(line: SuggestLine) -> QListWidget:
    found: QListWidget = line.window().findChild(QListWidget)
    return found


def test_it_asks_once_when_the_typing_pauses(line: SuggestLine, files: Files, qtbot: QtBot) -> None:
    offer(line, qtbot)
    assert files.asked == ["5521"]
    assert [made.value for made in line.offers()] == [1, 2, 3]


def test_the_keyboard_stays_in_the_line_and_the_list_in_the_window(line: SuggestLine, qtbot: QtBot) -> None:
    offer(line, qtbot)
    shown = offers_shown(line)
    assert QApplication.focusWidget() is line
    assert shown.isVisible()
    assert line.window().rect().contains(shown.geometry())


def test_enter_takes_the_first_offer_and_down_the_next(line: SuggestLine, qtbot: QtBot) -> None:
    offer(line, qtbot)
    qtbot.keyClick(line, Qt.Key.Key_Down)
    with qtbot.waitSignal(line.picked) as taken:
        qtbot.keyClick(line, Qt.Key.Key_Return)
    assert taken.args == [2]
    assert not offers_shown(line).isVisible()


def test_up_from_the_first_is_the_last(line: SuggestLine, qtbot: QtBot) -> None:
    offer(line, qtbot)
    qtbot.keyClick(line, Qt.Key.Key_Up)
    with qtbot.waitSignal(line.picked) as taken:
        qtbot.keyClick(line, Qt.Key.Key_Return)
    assert taken.args == [3]


def test_a_click_takes_an_offer(line: SuggestLine, qtbot: QtBot) -> None:
    offer(line, qtbot)
    shown = offers_shown(line)
    place = shown.visualItemRect(shown.item(1)).center()
    with qtbot.waitSignal(line.picked) as taken:
        qtbot.mouseClick(shown.viewport(), Qt.MouseButton.LeftButton, pos=place)
    assert taken.args == [2]
    assert QApplication.focusWidget() is line


def test_enter_does_not_wait_for_the_list(line: SuggestLine, qtbot: QtBot) -> None:
    qtbot.keyClicks(line, "5521")
    with qtbot.waitSignal(line.picked) as taken:
        qtbot.keyClick(line, Qt.Key.Key_Return)
    assert taken.args == [1]


def test_a_line_that_is_not_eager_moves_on_with_enter_unless_down_was_pressed(files: Files, qtbot: QtBot) -> None:
    line = SuggestLine(files.suggest, eager=False)
    qtbot.addWidget(line)
    line.show()
    qtbot.waitActive(line)
    offer(line, qtbot)
    with qtbot.assertNotEmitted(line.picked), qtbot.waitSignal(line.advance):
        qtbot.keyClick(line, Qt.Key.Key_Return)
    qtbot.keyClick(line, Qt.Key.Key_Down)
    with qtbot.waitSignal(line.picked) as taken:
        qtbot.keyClick(line, Qt.Key.Key_Return)
    assert taken.args == [1]


def test_escape_closes_the_list_and_enter_then_moves_on(line: SuggestLine, qtbot: QtBot) -> None:
    offer(line, qtbot)
    qtbot.keyClick(line, Qt.Key.Key_Escape)
    assert not line.offers()
    with qtbot.assertNotEmitted(line.picked), qtbot.waitSignal(line.advance):
        qtbot.keyClick(line, Qt.Key.Key_Return)


def test_nothing_known_offers_nothing(line: SuggestLine, files: Files, qtbot: QtBot) -> None:
    qtbot.keyClicks(line, "zzz")
    qtbot.waitUntil(lambda: files.asked == ["zzz"])
    assert not line.offers()


def test_nothing_is_asked_while_a_word_is_being_composed(line: SuggestLine, files: Files, qtbot: QtBot) -> None:
    offer(line, qtbot)
    QApplication.sendEvent(line, QInputMethodEvent("li'jian", []))
    assert not line.offers()
    with qtbot.assertNotEmitted(line.picked):
        qtbot.keyClick(line, Qt.Key.Key_Return)
    qtbot.wait(200)
    assert files.asked == ["5521"]


def test_the_composed_word_is_asked_for(line: SuggestLine, files: Files, qtbot: QtBot) -> None:
    QApplication.sendEvent(line, QInputMethodEvent("li", []))
    done = QInputMethodEvent("", [])
    done.setCommitString("李")
    QApplication.sendEvent(line, done)
    qtbot.waitUntil(lambda: files.asked == ["李"])


def test_leaving_the_line_closes_the_list(line: SuggestLine, qtbot: QtBot) -> None:
    offer(line, qtbot)
    line.clearFocus()
    assert not offers_shown(line).isVisible()


def test_offers_are_shown_letter_by_letter(line: SuggestLine, qtbot: QtBot) -> None:
    offer(line, qtbot)
    assert offers_shown(line).item(2).text() == "<b>赵敏</b>"
