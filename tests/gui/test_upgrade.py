"""An old data folder opens by itself, with a page that says what is being done; one that cannot is refused as ever."""

from __future__ import annotations

from pathlib import Path
from zipfile import ZipFile

import pytest
from PySide6.QtWidgets import QProgressBar
from pytestqt.qtbot import QtBot

from crm_desktop.app import open_program
from crm_desktop.app.upgrade import bring_up
from crm_desktop.domain.errors import Damaged, StorageRefused
from crm_desktop.gui.messages import Messages
from crm_desktop.gui.upgrade_page import UpgradePage
from crm_desktop.gui.widgets.labels import PlainLabel
from crm_desktop.models.database import FILE_NAME, KEY_NAME, is_behind

FIXTURES = Path(__file__).resolve().parent.parent / "fixtures"


@pytest.fixture
def old_home(home: Path) -> Path:
    """A sample home of schema 4."""
    with ZipFile(FIXTURES / "schema4.zip") as kept:
        kept.extractall(home)
    return home


def test_an_old_folder_comes_up_to_date_and_the_window_opens(qtbot: QtBot, old_home: Path) -> None:
    program = open_program(old_home, Messages())
    program.show()
    qtbot.waitUntil(lambda: program.window.current_name() == "今日")
    assert not is_behind(old_home)
    assert list((old_home / "backups").glob("crm-schema4-before-*.db"))
    program.window.hide()
    program.close()
    program.window.deleteLater()


def test_why_an_old_folder_cannot_come_up_to_date_is_told(qtbot: QtBot, old_home: Path) -> None:
    (old_home / "backups").write_text("a file where the folder should be", encoding="utf-8")
    before = (old_home / FILE_NAME).read_bytes()
    with pytest.raises(StorageRefused):
        bring_up(old_home)
    assert (old_home / FILE_NAME).read_bytes() == before


def test_a_folder_whose_file_is_gone_is_refused_without_a_page(old_home: Path) -> None:
    (old_home / FILE_NAME).unlink()
    assert (old_home / KEY_NAME).exists()
    with pytest.raises(Damaged, match="不见了"):
        open_program(old_home, Messages())


def test_the_page_says_what_is_done_and_how_much_of_it(qtbot: QtBot) -> None:
    page = UpgradePage()
    qtbot.addWidget(page)
    page.show()
    page.say("备份原来的数据", 0, 0)
    bar = page.findChild(QProgressBar)
    assert (bar.maximum(), bar.accessibleName()) == (0, "正在整理数据")
    page.say("建立搜索索引", 250, 1000)
    assert (bar.value(), bar.maximum()) == (250, 1000)
    assert "建立搜索索引 25%" in [label.text() for label in page.findChildren(PlainLabel)]
    page.close()
    assert page.isVisible()
    page.hide()
