"""The first start of a computer: questions first, then a home that is whole and remembered, or nothing at all."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QAbstractButton, QApplication
from pytestqt.qtbot import QtBot

from crm_desktop import app
from crm_desktop.app.first_start import FirstStart, begin_home
from crm_desktop.app.program import Program
from crm_desktop.cli import parse, run
from crm_desktop.domain.errors import DeskError, InvalidInput, StorageRefused
from crm_desktop.domain.first_run import FirstDraft, Newcomer
from crm_desktop.gui.messages import Messages
from crm_desktop.gui.settings_room.code_dialog import CodeDialog
from crm_desktop.gui.widgets.labels import PlainLabel
from crm_desktop.paths import chosen_home, default_home, proposed_home
from crm_desktop.services.first_run import FirstRun
from crm_desktop.services.office import open_office

SHOP = {"name": "示范店", "phone": "021-5555 0100"}
CHIEF = Newcomer("程立群", ("服务总监",), "4711")


@pytest.fixture(autouse=True)
def own_places(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """The data and the notes of this computer are nobody's business here."""
    for name in ("XDG_CONFIG_HOME", "XDG_DATA_HOME", "PROGRAMDATA", "LOCALAPPDATA", "APPDATA", "HOME"):
        monkeypatch.setenv(name, str(tmp_path / name))


@pytest.fixture
def place(tmp_path: Path) -> Path:
    return tmp_path / "数据" / "客诉"


def draft(place: Path) -> FirstDraft:
    return FirstDraft(SHOP, (CHIEF,), place=str(place))


def test_everything_is_there_and_the_folder_is_remembered(place: Path) -> None:
    start = begin_home(draft(place))
    office = open_office(start.home)
    assert office.settings.value("dealership.phone") == "021-5555 0100"
    assert start.hired is not None
    assert office.access.recover("程立群", start.hired.recovery_code, "1357")
    office.desk.close()
    assert chosen_home() == default_home() == place
    assert not (place / "writer.txt").exists()


def test_what_is_refused_leaves_no_folder(place: Path) -> None:
    with pytest.raises(InvalidInput):
        begin_home(FirstDraft({"name": ""}, place=str(place)))
    assert not place.parent.exists()
    assert chosen_home() is None


def test_a_disk_that_fails_in_the_middle_leaves_nothing_half_done(place: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(*_words: object) -> None:
        raise StorageRefused("磁盘已满，没有保存。")

    monkeypatch.setattr(FirstRun, "begin", full)
    with pytest.raises(DeskError):
        begin_home(draft(place))
    assert not place.exists()
    assert chosen_home() is None
    monkeypatch.undo()


def test_data_that_lies_there_is_opened_and_not_touched(place: Path) -> None:
    begin_home(FirstDraft({"name": "老店"}, place=str(place)))
    start = begin_home(draft(place))
    office = open_office(place)
    assert (office.settings.value("dealership.name"), start.hired, office.desk.guarded()) == ("老店", None, False)
    office.desk.close()
    assert "没有写进去" in start.told


def test_put_off_the_desk_begins_where_data_is_proposed(qtbot: QtBot) -> None:
    asked = FirstStart(Messages())
    QTimer.singleShot(0, asked.dialog.later_wanted.emit)
    QTimer.singleShot(0, asked.dialog.accept)
    start = asked.ask()
    assert start is not None
    assert start.home == proposed_home() == chosen_home()


def test_left_without_an_answer_nothing_is_made(qtbot: QtBot, tmp_path: Path) -> None:
    asked = FirstStart(Messages())
    QTimer.singleShot(0, asked.dialog.reject)
    assert asked.ask() is None
    assert not proposed_home().exists()


@pytest.fixture
def program(qtbot: QtBot, place: Path) -> Iterator[Program]:
    """The window as it opens after the last page."""
    start = begin_home(draft(place))
    opened = app.open_program(place, Messages())
    opened.show(start.hired)
    qtbot.waitUntil(lambda: bool(opened.window.current_name()))
    yield opened
    opened.close()
    opened.window.deleteLater()


def code_dialogs() -> list[CodeDialog]:
    return [w for w in QApplication.topLevelWidgets() if isinstance(w, CodeDialog) and w.isVisible()]


def test_whoever_was_first_sits_there_with_his_code_and_begins_at_once(qtbot: QtBot, program: Program) -> None:
    assert not program.window.is_covered()
    qtbot.waitUntil(lambda: bool(code_dialogs()))
    (dialog,) = code_dialogs()
    next(b for b in dialog.findChildren(QAbstractButton) if b.text() == "已打印或抄好").click()
    program.ways.new_complaint()
    assert program.window.current_name() == "抱怨投诉"
    told = [label.text() for label in program.window.findChildren(PlainLabel)]
    assert any(words.startswith("程立群 · 服务总监") for words in told)


def test_a_chosen_folder_that_is_gone_is_said_and_not_made_anew(
    place: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    begin_home(FirstDraft(SHOP, place=str(place)))
    place.rename(place.with_name("weg"))
    assert run(parse(["import", "customers", "nichts.xlsx"])) == StorageRefused.code
    assert "不见了" in capsys.readouterr().err
    assert not place.exists()


def test_a_named_folder_is_opened_without_a_question(qtbot: QtBot, place: Path) -> None:
    opened = app.open_program(place, Messages())
    opened.show()
    qtbot.waitUntil(lambda: bool(opened.window.current_name()))
    assert QApplication.activeModalWidget() is None
    assert chosen_home() is None
    opened.close()
    opened.window.deleteLater()
