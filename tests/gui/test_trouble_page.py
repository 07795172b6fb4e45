"""A folder that cannot be opened has a page: what happened, what is safe, the backups to choose from."""

from __future__ import annotations

import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication, QMessageBox
from pytestqt.qtbot import QtBot

from crm_desktop.app import open_program
from crm_desktop.app.beckon import Beckoned, beckon
from crm_desktop.app.restoring import restored
from crm_desktop.app.trouble import TroubleDesk
from crm_desktop.domain.errors import Damaged, DeskError, InUse, NewerSchema, StorageRefused
from crm_desktop.gui.messages import Messages
from crm_desktop.gui.trouble_page import TroublePage
from crm_desktop.gui.widgets.buttons import Button
from crm_desktop.gui.widgets.row_table import RowTable
from crm_desktop.models.database import FILE_NAME
from crm_desktop.models.lock import NOTE_NAME
from crm_desktop.services import diagnostics
from crm_desktop.services.backups import MARK, listing
from crm_desktop.services.locked_files import lock_file, new_lock
from crm_desktop.services.office import open_office
from tests.makers import registered


@pytest.fixture
def damaged_home(home: Path) -> Path:
    """A home with one backup, whose database is no database any more."""
    office = open_office(home)
    registered(office)
    office.backups.automatic()
    office.desk.close()
    (home / FILE_NAME).write_bytes(b"\0" * 9000)
    return home


@pytest.fixture
def page_of(qtbot: QtBot) -> Callable[..., TroublePage]:
    """The page of one refusal over the backups of a home."""

    def page(refusal: DeskError, home: Path | None = None) -> TroublePage:
        made = TroublePage(refusal, listing(home) if home else [])
        qtbot.addWidget(made)
        return made

    return page


def words(page: TroublePage) -> list[str]:
    """The buttons of a page that can be pressed."""
    return [button.text() for button in page.findChildren(Button) if button.isEnabled() and button.text()]


def test_damaged_data_show_their_backups_with_counts(page_of: Callable[..., TroublePage], damaged_home: Path) -> None:
    page = page_of(Damaged("数据打不开。"), damaged_home)
    table = page.findChild(RowTable)
    assert table is not None
    assert (table.accessibleName(), table.count(), table.model().index(0, 3).data()) == ("备份", 1, "1")
    assert words(page) == ["导出诊断", "打开数据文件夹", "恢复其他备份", "恢复所选备份", "退出"]


@pytest.mark.parametrize("refusal", [NewerSchema("新。"), InUse("用。"), StorageRefused("满。")])
def test_where_nothing_is_lost_nothing_is_restored(page_of: Callable[..., TroublePage], refusal: DeskError) -> None:
    assert words(page_of(refusal)) == ["导出诊断", "打开数据文件夹", "退出"]


def test_the_chosen_backup_is_put_in_place_and_the_window_may_open(qtbot: QtBot, damaged_home: Path) -> None:
    def restore() -> None:
        page = QApplication.activeModalWidget()
        assert isinstance(page, TroublePage)
        QTimer.singleShot(50, agree)
        next(button for button in page.findChildren(Button) if button.text() == "恢复所选备份").click()

    def agree() -> None:
        box = QApplication.activeModalWidget()
        assert isinstance(box, QMessageBox)
        next(button for button in box.buttons() if button.text() == "恢复").click()

    QTimer.singleShot(50, restore)
    assert TroubleDesk(damaged_home, Damaged("数据打不开。"), Messages()).open()
    office = open_office(damaged_home)
    assert office.desk.rows("SELECT COUNT(*) FROM complaints") == [(1,)]
    office.desk.close()


def test_after_an_unclean_end_everything_is_proven_first(qtbot: QtBot, home: Path) -> None:
    office = open_office(home)
    registered(office)
    office.desk.database.execute_sql("UPDATE complaints SET words = '别的话'")
    office.desk.close()
    (home / NOTE_NAME).write_text("客诉管家窗口（进程 1）", encoding="utf-8")
    with pytest.raises(Damaged, match="核对不通过"):
        open_program(home, Messages())
    assert (home / MARK).exists()


def test_after_an_unclean_end_of_an_older_program_its_data_are_brought_up_and_proven(
    qtbot: QtBot, tmp_path: Path, root: Path
) -> None:
    home = tmp_path / "older"
    with zipfile.ZipFile(root / "tests" / "fixtures" / "schema9.zip") as packed:
        packed.extractall(home)
    (home / NOTE_NAME).write_text("客诉管家窗口（进程 1）", encoding="utf-8")
    program = open_program(home, Messages())
    qtbot.addWidget(program.window)
    program.close()
    assert not (home / MARK).exists()


def test_an_orderly_end_asks_for_no_proof(qtbot: QtBot, home: Path) -> None:
    office = open_office(home)
    registered(office)
    office.desk.database.execute_sql("UPDATE complaints SET words = '别的话'")
    office.desk.close()
    program = open_program(home, Messages())
    qtbot.addWidget(program.window)
    program.close()


def test_a_second_start_brings_the_first_window_forward(qtbot: QtBot, home: Path, tmp_path: Path) -> None:
    program = open_program(home, Messages())
    qtbot.addWidget(program.window)
    beckoned = Beckoned(home, program.window)
    program.window.showMinimized()
    (home / "show.me").touch()
    qtbot.waitUntil(lambda: not program.window.isMinimized())
    assert not (home / "show.me").exists()
    beckoned.deleteLater()
    program.close()


def test_where_no_window_answers_nobody_is_brought_forward(home: Path) -> None:
    assert not beckon(home)
    assert not (home / "show.me").exists()


def test_a_diagnosis_tells_versions_and_counts_and_nothing_of_customers(damaged_home: Path, tmp_path: Path) -> None:
    (damaged_home / "logs").mkdir()
    (damaged_home / "logs" / "crash.log").write_text("2026-11-21T06:00:00Z ValueError at x.py:1 f\n")
    with zipfile.ZipFile(diagnostics.write(damaged_home, tmp_path / "诊断.zip", "Qt 6")) as zipped:
        assert sorted(zipped.namelist()) == ["crash.log", "report.txt"]
        told = zipped.read("report.txt").decode("utf-8")
    assert "数据版本 读不出来" in told
    assert "抱怨单 1" in told
    assert str(damaged_home) not in told


def pressed(page: TroublePage, word: str) -> None:
    """A button of the page."""
    next(button for button in page.findChildren(Button) if button.text() == word).click()


def agreed() -> None:
    """The question of the page is answered with 恢复."""
    box = QApplication.activeModalWidget()
    assert isinstance(box, QMessageBox)
    next(button for button in box.buttons() if button.text() == "恢复").click()


def test_a_locked_backup_asks_for_its_password_on_the_page_too(
    qtbot: QtBot, damaged_home: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    lock_file(
        next((damaged_home / "backups").glob("crm-*.zip")), tmp_path / "crm.zip.locked", new_lock("云杉 horse 42")
    )
    asked, answers = [], iter(("something else", "云杉 horse 42"))

    def told(_parent: object, title: str, label: str, _echo: object) -> tuple[str, bool]:
        asked.append((title, label))
        return next(answers), True

    monkeypatch.setattr("PySide6.QtWidgets.QInputDialog.getText", told)
    monkeypatch.setattr(Messages, "choose_open", lambda *_: tmp_path / "crm.zip.locked")

    def restore() -> None:
        page = QApplication.activeModalWidget()
        assert isinstance(page, TroublePage)
        QTimer.singleShot(50, agreed)
        pressed(page, "恢复其他备份")

    QTimer.singleShot(50, restore)
    assert TroubleDesk(damaged_home, Damaged("数据打不开。"), Messages()).open()
    assert ["密码不对" in label for _, label in asked] == [False, True]


def test_what_was_there_is_kept_as_files_and_as_a_backup_where_it_is_sound(qtbot: QtBot, home: Path) -> None:
    office = open_office(home)
    registered(office)
    old = office.backups.automatic()
    registered(office)
    office.desk.close()
    told = restored(home, old)
    assert "抱怨单 1 张" in told
    assert {row.complaints for row in listing(home)} == {1, 2}
    assert [path.name for path in home.glob("before-restore-*/crm.db")] == [FILE_NAME]


def test_data_marked_damaged_become_no_backup_but_their_files_stay(qtbot: QtBot, home: Path) -> None:
    office = open_office(home)
    registered(office)
    old = office.backups.automatic()
    registered(office)
    office.desk.close()
    (home / MARK).write_text("2026-11-21T06:00:00Z", encoding="ascii")
    restored(home, old)
    assert [row.complaints for row in listing(home)] == [1]
    assert list(home.glob("before-restore-*/crm.db"))
    assert not (home / MARK).exists()
