"""The window keeps the data by itself: every half hour and at the end where something changed; trouble is told."""

from __future__ import annotations

import gc
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from crm_desktop.app import open_program, run_window
from crm_desktop.app.keeper import Keeper, last_backup
from crm_desktop.gui.jobs import Jobs
from crm_desktop.gui.main_window import MainWindow
from crm_desktop.models.database import FILE_NAME
from crm_desktop.services.backups import FOLDER, MARK, listing
from crm_desktop.services.office import Office, open_office
from crm_desktop.services.second_forms import SecondForms
from tests.gui.answered import Answered
from tests.makers import act, closed, registered


@pytest.fixture
def keeper(office: Office, jobs: Jobs, answered: Answered) -> Iterator[Keeper]:
    """The keeper of a home with one complaint."""
    registered(office)
    yield Keeper(office.desk, office.backups, jobs, answered)
    jobs.stop_all()


def waited(qtbot: QtBot, jobs: Jobs) -> None:
    """Until the work beside the window is done."""
    qtbot.waitUntil(lambda: not jobs.running(), timeout=20_000)


def broken(home: Path) -> None:
    """The second half of the database file becomes nonsense."""
    file = home / FILE_NAME
    content = file.read_bytes()
    file.write_bytes(content[: len(content) // 2] + b"\x55" * (len(content) - len(content) // 2))


def test_what_changed_is_backed_up_and_what_did_not_is_not(
    qtbot: QtBot, keeper: Keeper, jobs: Jobs, office: Office
) -> None:
    for _ in range(2):
        keeper.keep()
        waited(qtbot, jobs)
    assert [row.complaints for row in listing(office.desk.home)] == [1]
    assert not office.backups.changed()


def test_a_backup_that_went_well_says_nothing(qtbot: QtBot, keeper: Keeper, jobs: Jobs, answered: Answered) -> None:
    with qtbot.waitSignal(keeper.kept):
        keeper.keep()
    waited(qtbot, jobs)
    assert answered.last is None


def test_a_refusal_is_said_once_and_stands_in_the_light(
    qtbot: QtBot, keeper: Keeper, jobs: Jobs, answered: Answered, office: Office
) -> None:
    (office.desk.home / FOLDER).write_text("a file where the folder should be", encoding="utf-8")
    said: list[object] = []
    answered.said.connect(said.append)
    for _ in range(2):
        keeper.keep()
        waited(qtbot, jobs)
    assert len(said) == 1
    assert answered.last is not None and answered.last.text.startswith("自动备份没有做成：")


def test_damaged_data_is_marked_and_told_and_never_backed_up(
    qtbot: QtBot, keeper: Keeper, jobs: Jobs, answered: Answered, office: Office
) -> None:
    office.desk.close()
    broken(office.desk.home)
    keeper.look()
    waited(qtbot, jobs)
    assert (office.desk.home / MARK).exists()
    assert answered.last is not None and "备份已停止" in answered.last.text
    keeper.keep()
    waited(qtbot, jobs)
    assert listing(office.desk.home) == []


def test_whole_data_is_looked_at_without_a_word(
    qtbot: QtBot, keeper: Keeper, jobs: Jobs, answered: Answered, office: Office
) -> None:
    keeper.look()
    waited(qtbot, jobs)
    assert answered.last is None
    assert not (office.desk.home / MARK).exists()


def test_the_last_backup_is_made_once(qtbot: QtBot, office: Office) -> None:
    registered(office)
    for _ in range(2):
        last_backup(office.desk, office.backups)
    assert len(listing(office.desk.home)) == 1


def test_a_last_backup_that_fails_keeps_nobody_here(
    qtbot: QtBot, office: Office, capsys: pytest.CaptureFixture[str]
) -> None:
    registered(office)
    (office.desk.home / FOLDER).write_text("a file where the folder should be", encoding="utf-8")
    last_backup(office.desk, office.backups)
    assert "不能写入" in capsys.readouterr().err


def test_closing_the_window_leaves_a_backup_of_what_was_written(qtbot: QtBot, home: Path) -> None:
    office = open_office(home)
    office.settings.change({"dealership.name": "示范4S店"}, act())
    registered(office)
    office.desk.close()

    def leave() -> None:
        windows = [one for one in QApplication.topLevelWidgets() if isinstance(one, MainWindow) and one.isVisible()]
        assert windows and listing(home) == []
        for window in windows:
            window.close()

    QTimer.singleShot(800, leave)
    assert run_window(home) == 0
    qtbot.wait(50)  # the window goes here, not on the thread of whatever work comes next
    gc.collect()
    assert [row.complaints for row in listing(home)] == [1]


def test_a_program_that_is_only_closed_makes_none(qtbot: QtBot, home: Path, answered: Answered) -> None:
    program = open_program(home, answered)
    program.show()
    qtbot.waitUntil(lambda: program.window.current_name() == "今日")
    program.close()
    program.window.deleteLater()
    assert listing(home) == []


def test_a_closed_case_gets_its_plain_form_beside_the_work(
    qtbot: QtBot, keeper: Keeper, jobs: Jobs, office: Office
) -> None:
    number = closed(office, customer_name="别人", phone="13900001111", plate="沪C11111").number
    keeper.write_forms()
    waited(qtbot, jobs)
    assert [path.suffix for path in sorted((office.desk.home / "archive" / "2026").glob(f"{number}.*"))] == [
        ".json",
        ".pdf",
    ]


def test_a_plain_form_that_cannot_be_written_is_said_once(
    qtbot: QtBot, keeper: Keeper, jobs: Jobs, office: Office, answered: Answered
) -> None:
    closed(office, customer_name="别人", phone="13900001111", plate="沪C11111")
    (office.desk.home / "archive").write_text("a file where the folder should be", encoding="utf-8")
    said: list[object] = []
    answered.said.connect(said.append)
    for _ in range(2):
        keeper.write_forms()
        waited(qtbot, jobs)
    assert len(said) == 1
    assert answered.last is not None and answered.last.text.startswith("归档副本没有写成")


def test_what_was_closed_a_moment_before_the_end_has_its_plain_form_too(qtbot: QtBot, office: Office) -> None:
    closed(office)
    SecondForms(office.desk).keep(SecondForms(office.desk).stand())
    number = closed(office).number
    last_backup(office.desk, office.backups)
    assert len(list((office.desk.home / "archive" / "2026").glob(f"{number}.*"))) == 2
