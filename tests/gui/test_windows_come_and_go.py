"""Windows that were closed go to the collector without taking anything along that others stand on."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QDialog
from pytestqt.qtbot import QtBot

from crm_desktop.gui.screens import can_be_seen, free_room

COME_AND_GO = """
import gc, sys
from pathlib import Path
from PySide6.QtCore import QEventLoop, QTimer
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QPushButton
from crm_desktop.app import open_program, start_qt
from crm_desktop.gui.importing.dialog import ImportDialog
from crm_desktop.gui.messages import Messages

def settle():
    loop = QEventLoop()
    QTimer.singleShot(50, loop.quit)
    loop.exec()

def used(home):
    '''A program whose import is tried and then left open.'''
    home.mkdir()
    (home / "list.csv").write_text("投诉日期,客户姓名\\n2026-13-45,何丽\\n", encoding="utf-8")
    program = open_program(home, Messages())
    program.show()
    program.beside.show_import()
    dialog = program.window.findChild(ImportDialog)
    forward = next(b for b in dialog.findChildren(QPushButton) if b.accessibleName() == "下一步")
    dialog.choose(home / "list.csv")
    for _ in range(3):
        while not forward.isEnabled():
            settle()
        forward.click()
    while not forward.isEnabled():
        settle()
    program.window.hide()
    program.close()

application = start_qt()
gc.disable()  # they go together, in the order the collector likes
for turn in range(2):
    for name in ("a", "b"):
        used(Path(sys.argv[1]) / f"{name}{turn}")
    gc.collect()
    print(len(QGuiApplication.screens()), QGuiApplication.primaryScreen().availableGeometry().width() > 0, flush=True)
"""


def test_windows_left_with_an_import_go_without_taking_the_screen_along(tmp_path: Path, root: Path) -> None:
    env = {**os.environ, "PYTHONPATH": str(root), "QT_QPA_PLATFORM": "offscreen"}
    command = [sys.executable, "-X", "faulthandler", "-c", COME_AND_GO, str(tmp_path)]
    done = subprocess.run(command, env=env, capture_output=True, encoding="utf-8", timeout=60, check=False)
    assert (done.returncode, done.stdout.split()) == (0, ["1", "True"] * 2), done.stderr


def test_a_window_has_the_room_of_the_screen_it_stands_on(qtbot: QtBot) -> None:
    dialog = QDialog()
    qtbot.addWidget(dialog)
    assert free_room(dialog) == QGuiApplication.primaryScreen().availableGeometry()
    dialog.move(99_999, 99_999)
    assert free_room(dialog) == QGuiApplication.primaryScreen().availableGeometry()


@pytest.mark.parametrize(("place", "seen"), [(0, True), (99_999, False)])
def test_a_window_beside_every_screen_cannot_be_seen(qtbot: QtBot, place: int, seen: bool) -> None:
    dialog = QDialog()
    qtbot.addWidget(dialog)
    dialog.move(place, place)
    assert can_be_seen(dialog) is seen
