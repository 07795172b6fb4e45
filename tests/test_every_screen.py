"""Every screen, tab and box of the program, read by the proofreader: Chinese, and with room for every word."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtWidgets import QLabel, QPushButton, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

TOOLS = Path(__file__).resolve().parent.parent / "tools"
VIEWS = ("small", "large")
LEAST = 100
"""Screens, tabs and boxes: fewer would mean that the walk has lost its way."""


@pytest.fixture(scope="module")
def walks(root: Path) -> Iterator[dict[str, subprocess.Popen[str]]]:
    """One walk for each view, begun at the same time: a walk waits more than it works."""
    environment = {**os.environ, "PYTHONPATH": str(root)}
    begun = {
        view: subprocess.Popen(
            [sys.executable, str(TOOLS / "proofread.py"), view],
            env=environment, stdout=subprocess.PIPE, stderr=subprocess.PIPE, encoding="utf-8",
        )
        for view in VIEWS
    }  # fmt: skip
    yield begun
    for walk in begun.values():
        walk.kill()
        walk.communicate()


@pytest.mark.walk
@pytest.mark.timeout(500)
@pytest.mark.parametrize("view", VIEWS)
def test_every_screen_is_chinese_and_every_word_has_room(walks: dict[str, subprocess.Popen[str]], view: str) -> None:
    walk = walks[view]
    out, words = walk.communicate(timeout=480)
    told = [json.loads(line) for line in out.splitlines() if line.startswith("{")]
    assert told, words
    assert told[:-1] == [], words
    assert told[-1]["read"] >= LEAST
    assert walk.returncode == 0


@pytest.fixture
def eyes(monkeypatch: pytest.MonkeyPatch) -> object:
    monkeypatch.syspath_prepend(str(TOOLS))
    from scenes import eyes  # noqa: PLC0415 - the tools are on the path in this test alone

    return eyes


def test_an_english_word_is_seen(qtbot: QtBot, eyes: object) -> None:
    window = QWidget()
    qtbot.addWidget(window)
    QVBoxLayout(window).addWidget(QLabel("请按 Submit，或把 register.xlsx 发给 VIP 客户（沪A8K231）"))
    assert [line.split(": ")[1].split(" (")[0] for line in eyes.foreign_words(window)] == ["Submit"]


def test_a_word_without_room_is_seen(qtbot: QtBot, eyes: object) -> None:
    window = QWidget()
    qtbot.addWidget(window)
    cut, whole = QPushButton("另存为 PDF 并打开所在文件夹", window), QPushButton("好", window)
    cut.setGeometry(0, 0, 60, 30)
    whole.setGeometry(0, 40, 200, 30)
    window.resize(300, 100)
    window.show()
    assert len(list(eyes.words_without_room(window))) == 1


def test_a_piece_outside_of_what_holds_it_is_seen(qtbot: QtBot, eyes: object) -> None:
    window = QWidget()
    qtbot.addWidget(window)
    QLabel("好", window).setGeometry(280, 0, 60, 30)
    window.resize(300, 100)
    window.show()
    assert [line for line in eyes.words_without_room(window) if "outside" in line]
