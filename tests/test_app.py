"""The window's entrance: what cannot be opened is refused with a sentence and its own status, and left as it is."""

from __future__ import annotations

import os
import signal
import sqlite3
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt, QTimer
from PySide6.QtWidgets import QApplication, QMessageBox
from pytestqt.qtbot import QtBot

from crm_desktop.app import open_program, run_window
from crm_desktop.app.program import Program
from crm_desktop.gui.messages import Messages
from crm_desktop.gui.trouble_page import TroublePage
from crm_desktop.models.database import FILE_NAME
from crm_desktop.models.lock import WriterLock
from crm_desktop.services.office import open_office
from tests.makers import act

Refused = Callable[[Path], tuple[int, str]]

_TYPES_AND_DIES = """
import os, signal, sys
from pathlib import Path
from crm_desktop.app import open_program, start_qt
from crm_desktop.gui.messages import Messages
application = start_qt()
program = open_program(Path(sys.argv[1]), Messages())
program.show()
page = program.window.show_page("抱怨投诉")
page.new_complaint()
page.draft_changed.connect(lambda: os.kill(os.getpid(), signal.SIGKILL))
page.set_typed({"words": "空调不冷，等了三天配件"})
application.exec()
"""


@pytest.fixture
def named_home(home: Path) -> Path:
    """A data folder that knows its dealership."""
    office = open_office(home)
    office.settings.change({"dealership.name": "示范4S店"}, act())
    office.desk.close()
    return home


@pytest.fixture
def refused(qtbot: QtBot, capsys: pytest.CaptureFixture[str]) -> Refused:
    """Starts the window on a home that cannot be opened, reads the box and leaves; gives status and sentence."""
    boxes: list[str] = []

    def read_and_leave() -> None:
        page = QApplication.activeModalWidget()
        assert isinstance(page, TroublePage)
        boxes.append(page.sentence())
        page.reject()

    def start(folder: Path) -> tuple[int, str]:
        QTimer.singleShot(50, read_and_leave)
        status = run_window(folder)
        assert capsys.readouterr().err.strip() == boxes[0]
        return status, boxes[0]

    return start


@pytest.fixture
def messages() -> Messages:
    """What the desk is told."""
    return Messages()


@pytest.fixture
def program(qtbot: QtBot, named_home: Path, messages: Messages) -> Iterator[Program]:
    """The window on a home whose dealership has its name."""
    opened = open_program(named_home, messages)
    qtbot.addWidget(opened.window)
    opened.show()
    qtbot.waitUntil(lambda: opened.window.current_name() == "今日")
    yield opened
    opened.close()


def answer(word: str) -> None:
    """The next question of the desk gets this answer."""

    def press_it() -> None:
        box = QApplication.activeModalWidget()
        assert isinstance(box, QMessageBox)
        next(button for button in box.buttons() if button.text() == word).click()

    QTimer.singleShot(50, press_it)


def test_a_second_window_is_told_who_holds_the_data(refused: Refused, named_home: Path) -> None:
    with WriterLock(named_home, "客诉管家窗口"):
        status, sentence = refused(named_home)
    assert status == 5
    assert "客诉管家窗口" in sentence


def test_the_data_are_free_again_after_a_refusal(refused: Refused, named_home: Path) -> None:
    with WriterLock(named_home, "命令行 import"):
        refused(named_home)
    with WriterLock(named_home, "命令行 import"):
        pass


def test_data_of_a_newer_program_are_left_as_they_are(refused: Refused, named_home: Path) -> None:
    with sqlite3.connect(named_home / FILE_NAME) as newer:
        newer.execute("PRAGMA user_version = 999")
    newer.close()
    before = (named_home / FILE_NAME).read_bytes()
    status, sentence = refused(named_home)
    assert status == 7
    assert "请安装新版本" in sentence
    assert (named_home / FILE_NAME).read_bytes() == before


@pytest.mark.parametrize("content", [b"no database at all" * 100, b""])
def test_damaged_data_are_left_as_they_are(refused: Refused, named_home: Path, content: bytes) -> None:
    (named_home / FILE_NAME).write_bytes(content)
    status, sentence = refused(named_home)
    assert status == 6
    assert "备份" in sentence
    assert (named_home / FILE_NAME).read_bytes() == content


def test_a_folder_that_cannot_be_written_is_named(refused: Refused, tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    status, sentence = refused(tmp_path / "file")
    assert status == 8
    assert str(tmp_path / "file") in sentence


@pytest.mark.skipif(sys.platform == "win32", reason="signals of POSIX")
def test_half_a_complaint_survives_a_killed_process(qtbot: QtBot, named_home: Path, root: Path) -> None:
    env = {**os.environ, "PYTHONPATH": str(root)}
    killed = subprocess.run([sys.executable, "-c", _TYPES_AND_DIES, str(named_home)], env=env, timeout=60, check=False)
    assert killed.returncode == -signal.SIGKILL
    again = open_program(named_home, Messages())
    qtbot.addWidget(again.window)
    page = again.window.show_page("抱怨投诉")
    assert page.typed()["words"] == "空调不冷，等了三天配件"
    page.set_typed({})
    again.close()


def test_half_a_complaint_is_asked_about_when_the_window_closes(program: Program) -> None:
    program.ways.new_complaint()
    program.window.page("抱怨投诉").set_typed({"words": "空调不冷"})
    answer("回去保存")
    assert not program.window.close()
    assert program.window.isVisible()
    answer("不保存，退出")
    assert program.window.close()


def test_every_room_can_be_entered_on_an_empty_desk(program: Program) -> None:
    for room in ("客户档案", "抱怨投诉", "返修", "回访", "纠正预防", "报表", "设置", "今日"):
        program.window.show_page(room)
        assert program.window.current_name() == room
        assert not program.window.grab().isNull()


def test_f9_in_a_home_without_staff_says_where_to_begin(program: Program, messages: Messages, qtbot: QtBot) -> None:
    program.window.activateWindow()
    qtbot.waitUntil(program.window.isActiveWindow)
    qtbot.keyClick(program.window, Qt.Key.Key_F9)
    assert messages.last is not None
    assert messages.last.text.startswith("还没有员工")
