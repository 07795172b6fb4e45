"""The table of keys: the last chapter of the manual is made of it; words of a list are chosen by their number."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtGui import QKeySequence
from pytestqt.qtbot import QtBot

from crm_desktop.gui.keys import KEYS, chapter, shortcuts
from crm_desktop.gui.widgets.fields import ChoiceField

LINES = [line for lines in KEYS.values() for line in lines]


def test_the_last_chapter_of_the_manual_is_the_table(root: Path):
    files = sorted((root / "resources" / "manual").glob("*.md"))
    assert files[-1].read_text(encoding="utf-8") == chapter()


@pytest.mark.parametrize("line", LINES, ids=[line.chord for line in LINES])
def test_every_chord_is_one_that_qt_knows(line):
    assert QKeySequence(line.chord).count() == 1
    assert line.does


def test_no_chord_waits_for_two_things_in_one_place():
    for lines in KEYS.values():
        assert len({line.chord for line in lines}) == len(lines)
    assert len(shortcuts()) == len([line for line in LINES if not line.own]) + 7


@pytest.fixture
def words(qtbot: QtBot) -> ChoiceField:
    """Three words, nothing chosen."""
    field = ChoiceField(("成功", "无人接听", "400热线"))
    qtbot.addWidget(field)
    return field


@pytest.mark.parametrize(("digit", "chosen"), [("1", "成功"), ("2", "无人接听"), ("3", "400热线"), ("4", "400热线")])
def test_a_digit_takes_the_word_of_that_place_or_the_one_that_begins_with_it(qtbot, words, digit, chosen):
    qtbot.keyClicks(words, digit)
    assert words.value() == chosen


@pytest.mark.parametrize("digit", ["9", "0", "x"])
def test_a_digit_for_which_there_is_no_word_changes_nothing(qtbot, words, digit):
    qtbot.keyClicks(words, digit)
    assert words.value() is None
