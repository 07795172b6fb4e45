"""What must not happen, happens: it is logged without personal data, said in one sentence, and the desk goes on."""

from __future__ import annotations

import sys
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QObject, Signal, qWarning
from pytestqt.qtbot import QtBot

from crm_desktop.domain.errors import NotAllowed
from crm_desktop.gui.crash import SENTENCE, CrashGuard

PHONE = "13816675521"
NAME = "李建国"


class Bell(QObject):
    """Something to press."""

    rung = Signal()


@pytest.fixture
def log(tmp_path: Path) -> Path:
    return tmp_path / "logs" / "desk.log"


@pytest.fixture
def guard(qtbot: QtBot, log: Path) -> Iterator[CrashGuard]:
    before, before_thread = sys.excepthook, threading.excepthook
    made = CrashGuard(log)
    made.install()
    yield made
    made.uninstall()
    sys.excepthook, threading.excepthook = before, before_thread


def stumble() -> None:
    try:
        int(PHONE + NAME)
    except ValueError as fault:
        raise KeyError(NAME) from fault


def test_an_error_in_a_slot_is_said_and_logged_and_the_desk_goes_on(guard: CrashGuard, log: Path, qtbot: QtBot) -> None:
    bell = Bell()
    bell.rung.connect(stumble)
    with qtbot.waitSignal(guard.broke) as said:
        bell.rung.emit()
    assert said.args == [SENTENCE]
    assert "KeyError at test_furniture_crash.py" in log.read_text("utf-8")


def test_the_log_names_places_and_causes_but_no_values(guard: CrashGuard, log: Path) -> None:
    bell = Bell()
    bell.rung.connect(stumble)
    bell.rung.emit()
    written = log.read_text("utf-8")
    assert "from ValueError at" in written
    assert PHONE not in written
    assert NAME not in written


def test_an_error_on_another_thread_is_said_too(guard: CrashGuard, log: Path, qtbot: QtBot) -> None:
    with qtbot.waitSignal(guard.broke):
        thread = threading.Thread(target=stumble)
        thread.start()
        thread.join()
    assert "KeyError" in log.read_text("utf-8")


def test_a_refusal_a_slot_forgot_is_said_as_it_is(guard: CrashGuard, log: Path, qtbot: QtBot) -> None:
    def refuse() -> None:
        raise NotAllowed("这张单已关闭，不能再改。")

    bell = Bell()
    bell.rung.connect(refuse)
    with qtbot.waitSignal(guard.broke) as said:
        bell.rung.emit()
    assert said.args == ["这张单已关闭，不能再改。"]
    assert not log.exists()


def test_a_warning_of_qt_is_logged_without_what_it_quotes(guard: CrashGuard, log: Path) -> None:
    qWarning(f'Cannot open "{NAME}.png" for {PHONE}')
    written = log.read_text("utf-8")
    assert "Cannot open … for …" in written


def test_a_log_that_cannot_be_written_breaks_nothing(tmp_path: Path, qtbot: QtBot) -> None:
    (tmp_path / "logs").write_text("a file where the folder should be", "utf-8")
    guard = CrashGuard(tmp_path / "logs" / "desk.log")
    with qtbot.waitSignal(guard.broke):
        guard.on_exception(KeyError, KeyError("x"), None)


def test_a_long_log_begins_anew_and_keeps_the_last_one(tmp_path: Path) -> None:
    log = tmp_path / "desk.log"
    log.write_text("x" * 600_000, "utf-8")
    CrashGuard(log).on_exception(KeyError, KeyError("x"), None)
    assert log.stat().st_size < 1000
    assert (tmp_path / "desk.1.log").stat().st_size == 600_000
