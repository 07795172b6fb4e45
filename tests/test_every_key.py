"""Every screen and box of the program, worked by keys and wheel: Tab goes round, Enter and wheel do no harm."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtWidgets import (
    QCheckBox,
    QComboBox,
    QDialog,
    QLineEdit,
    QPlainTextEdit,
    QPushButton,
    QTabBar,
    QVBoxLayout,
    QWidget,
)
from pytestqt.qtbot import QtBot

from crm_desktop.gui.keys import shortcuts
from crm_desktop.gui.widgets.books import Book
from crm_desktop.gui.widgets.fields import ChoiceField, LineField, TextField

TOOLS = Path(__file__).resolve().parent.parent / "tools"
LEAST = 200
"""Screens, tabs and boxes: fewer would mean that the walk has lost its way."""


@pytest.mark.walk
@pytest.mark.timeout(900)
def test_every_screen_is_worked_by_keys_and_the_wheel_changes_nothing(root: Path) -> None:
    environment = {**os.environ, "PYTHONPATH": str(root)}
    command = [sys.executable, str(TOOLS / "fingers.py")]
    done = subprocess.run(command, env=environment, capture_output=True, encoding="utf-8", timeout=880, check=False)
    told = [json.loads(line) for line in done.stdout.splitlines() if line.startswith("{")]
    assert told, done.stderr
    assert told[:-1] == [], done.stderr
    assert told[-1]["worked"] >= LEAST
    assert set(told[-1]["chords"]) == shortcuts()


@pytest.fixture
def fingers(monkeypatch: pytest.MonkeyPatch) -> Any:
    """The checks."""
    monkeypatch.syspath_prepend(str(TOOLS))
    from scenes import fingers  # noqa: PLC0415 - the tools are on the path in this test alone

    return fingers


class Turning(LineField):
    """A line from which Tab leads back to the first one."""

    def __init__(self, first: QWidget) -> None:
        super().__init__()
        self._first = first

    def focusNextPrevChild(self, ahead: bool) -> bool:  # noqa: N802 - Qt asks by this name
        self._first.setFocus()
        return True


def standing(qtbot: QtBot, *pieces: QWidget) -> QDialog:
    """A dialog in which these stand one below the other."""
    window = QDialog()
    qtbot.addWidget(window)
    layout = QVBoxLayout(window)
    for piece in pieces:
        layout.addWidget(piece)
    window.show()
    qtbot.waitActive(window)
    return window


def test_a_place_that_tab_never_leaves_is_seen(qtbot: QtBot, fingers: Any) -> None:
    window = standing(qtbot, LineField(), QPlainTextEdit(), LineField())
    assert "Tab stays at ? (QPlainTextEdit)" in list(fingers.tab_faults(window))


def test_a_place_that_tab_never_comes_to_is_seen(qtbot: QtBot, fingers: Any) -> None:
    first, lost = LineField(), LineField()
    window = standing(qtbot, first, Turning(first), lost)
    assert "Tab never comes to ? (LineField)" in list(fingers.tab_faults(window))


def test_what_the_wheel_changes_is_seen(qtbot: QtBot, fingers: Any) -> None:
    choice, tabs = QComboBox(), QTabBar()
    choice.addItems(["甲", "乙"])
    for word in ("甲", "乙"):
        tabs.addTab(word)
    window = standing(qtbot, choice, tabs, ChoiceField(("甲", "乙"), "甲"))
    assert list(fingers.wheel_faults(window)) == ["the wheel changes ? (QComboBox)", "the wheel changes ? (QTabBar)"]


def test_an_enter_that_sends_a_form_is_seen(qtbot: QtBot, fingers: Any) -> None:
    button = QPushButton("好")
    window = standing(qtbot, QLineEdit(), button)
    button.clicked.connect(window.accept)
    assert list(fingers.enter_faults(window))


def test_an_enter_on_a_tick_that_sends_a_form_is_seen(qtbot: QtBot, fingers: Any) -> None:
    button, tick = QPushButton("好"), QCheckBox("重大")
    window = standing(qtbot, tick, button)
    button.clicked.connect(window.setFocus)
    assert any("QCheckBox" in fault for fault in fingers.enter_faults(window))


def test_our_own_pieces_do_no_harm(qtbot: QtBot, fingers: Any) -> None:
    book = Book()
    book.addTab(LineField(), "甲")
    book.addTab(TextField(), "乙")
    window = standing(qtbot, LineField(), TextField(), ChoiceField(("甲", "乙"), "甲"), book)
    for check in (fingers.tab_faults, fingers.wheel_faults, fingers.enter_faults):
        assert list(check(window)) == []
