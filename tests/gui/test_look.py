"""外观: chosen in 设置, worn at once, kept for the next start, and following the computer where that was chosen."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QTabWidget, QWidget
from pytestqt.qtbot import QtBot

from crm_desktop.gui import notices, theme
from crm_desktop.gui.complaints.tab_corner import TabCorner
from crm_desktop.gui.settings_room.look_card import LookCard
from crm_desktop.gui.theme import DARK, LIGHT, Look, Mode
from crm_desktop.gui.widgets.buttons import Button, Weight
from crm_desktop.gui.widgets.labels import ElidedLabel
from tests.gui.answered import Answered
from tests.gui.hands import Hands


@pytest.fixture
def memory(tmp_path: Path) -> Path:
    return tmp_path / "window.ini"


@pytest.fixture
def hands(qtbot: QtBot, qapp: QApplication, answered: Answered, memory: Path) -> Iterator[Hands]:
    """The card as it is first seen; afterwards everything is light again."""
    yield Hands(qtbot, LookCard(memory, answered), answered)
    theme.apply(qapp, Mode.LIGHT)


def test_without_a_choice_the_computer_decides_and_type_is_of_the_usual_size(memory: Path) -> None:
    assert theme.kept_look(memory) == Look(Mode.SYSTEM, 100)


def test_what_is_chosen_is_worn_at_once_and_at_the_next_start(hands: Hands, memory: Path) -> None:
    hands.field("明暗").set_value(Mode.DARK)
    assert theme.colours() is DARK
    hands.field("字号").set_value(150)
    assert theme.scaled(100) == 154
    assert theme.kept_look(memory) == Look(Mode.DARK, 150)
    assert "下次打开也是这样" in hands.said()


def test_notices_in_the_tray_can_be_switched_off_on_this_computer(hands: Hands, memory: Path) -> None:
    assert notices.are_shown(memory)
    hands.field("托盘提醒").set_value(False)
    assert not notices.are_shown(memory)
    assert "不再提醒" in hands.said()
    hands.field("托盘提醒").set_value(True)
    assert notices.are_shown(memory)


@pytest.mark.parametrize(("told", "percent"), [("9", 80), ("900", 150), ("groß", 100), ("", 100)])
def test_a_damaged_memory_gives_a_window_one_can_read(memory: Path, told: str, percent: int) -> None:
    memory.write_text(f"[look]\nmode=pink\npercent={told}\n", encoding="utf-8")
    assert theme.kept_look(memory) == Look(Mode.SYSTEM, percent)


@pytest.mark.parametrize(("percent", "worn"), [(80, 10), (100, 13), (150, 20)])
def test_all_lengths_grow_with_the_type(qapp: QApplication, hands: Hands, percent: int, worn: int) -> None:
    theme.apply(qapp, Mode.LIGHT, percent)
    assert qapp.font().pixelSize() == worn
    assert theme.scaled(130) == worn * 10


@pytest.mark.parametrize(("mode", "colours"), [(Mode.SYSTEM, DARK), (Mode.LIGHT, LIGHT)])
def test_only_who_follows_the_computer_turns_dark_with_it(
    qapp: QApplication, hands: Hands, mode: Mode, colours: theme.Colours
) -> None:
    theme.apply(qapp, mode)
    theme.follow(Qt.ColorScheme.Dark)
    assert theme.colours() is colours


@pytest.mark.parametrize("width", [560, 700, 1200])
def test_beside_the_tabs_of_a_case_the_sentence_gives_way_and_no_tab_is_hidden(qtbot: QtBot, width: int) -> None:
    book, sentence, history = QTabWidget(), ElidedLabel(role="caption"), Button("历史 14 条", weight=Weight.QUIET)
    for turn in ("受理", "处理", "方案", "返修", "回访", "措施", "归档"):
        book.addTab(QWidget(), turn)
    sentence.setText("措施：先在“处理”里写明抱怨产生根本原因分析")
    TabCorner(book, sentence, history)
    qtbot.addWidget(book)
    book.resize(width, 300)
    book.show()
    tabs = book.tabBar()
    qtbot.waitUntil(lambda: tabs.width() >= tabs.tabRect(tabs.count() - 1).right())
    assert history.width() >= history.sizeHint().width()
