"""Long work ends with its file one key away, or with nothing left at all; it always knows how much there is to do."""

from __future__ import annotations

import ast
from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import QUrl
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from crm_desktop.app.trouble import TroubleDesk
from crm_desktop.domain.errors import DeskError, StorageRefused
from crm_desktop.gui.jobs import Jobs, Stopped
from crm_desktop.gui.messages import Messages, Mood
from crm_desktop.gui.opening import open_outside
from crm_desktop.gui.trouble_page import TroublePage
from crm_desktop.gui.widgets.buttons import Button
from crm_desktop.gui.widgets.labels import PlainLabel
from crm_desktop.gui.widgets.message_bar import MessageBar
from crm_desktop.papers.complaint_lists import ComplaintList
from crm_desktop.papers.customer_lists import CustomerList
from crm_desktop.papers.registers import RegisterPaper
from crm_desktop.paths import TEMPORARY
from crm_desktop.services.backups import check_fits
from crm_desktop.services.cases import ALL, ComplaintFilter
from crm_desktop.services.office import Office
from tests.gui.furniture import noon
from tests.makers import TODAY, complaint, registered

PROGRAM = Path(__file__).resolve().parents[2] / "crm_desktop"
Tell = Callable[[int, int], None]
LISTS = ("登记表.xlsx", "登记表.pdf", "清单.xlsx", "客户.xlsx")


@pytest.fixture
def opened(monkeypatch: pytest.MonkeyPatch) -> list[Path]:
    """What the computer was asked to open; it does."""
    found: list[Path] = []

    def hand_over(url: QUrl) -> bool:
        found.append(Path(url.toLocalFile()))
        return True

    monkeypatch.setattr(QDesktopServices, "openUrl", hand_over)
    return found


@pytest.fixture
def many(office: Office) -> int:
    """More complaints than an exporter writes before it looks up."""
    for number in range(230):
        office.complaints.register(complaint(words=f"第 {number} 张"), office.desk.act("前台", "测试"))
    return 230


def write(office: Office, target: Path, tell: Tell) -> None:
    """The list of this name, told how far it is."""
    if target.name == "清单.xlsx":
        ComplaintList(office.cases, office.settings).write(ComplaintFilter(ALL), target, progress=tell)
    elif target.name == "客户.xlsx":
        CustomerList(office.customers, office.settings).write(target, progress=tell)
    else:
        RegisterPaper(office.registers, office.settings).write(TODAY, TODAY, target, progress=tell)


@pytest.mark.parametrize("name", LISTS)
def test_every_long_paper_says_how_much_there_is(office: Office, many: int, tmp_path: Path, name: str) -> None:
    told: list[tuple[int, int]] = []
    write(office, tmp_path / name, lambda done, total: told.append((done, total)))
    done, total = told[-1]
    assert 0 < done <= total == {"客户.xlsx": office.customers.count()}.get(name, many)


@pytest.mark.parametrize("name", LISTS)
def test_what_is_stopped_half_way_leaves_the_old_file_and_nothing_else(
    office: Office, many: int, tmp_path: Path, name: str
) -> None:
    folder = tmp_path / "out"
    folder.mkdir()
    (folder / name).write_bytes(b"old")

    def stop(_done: int, _total: int) -> None:
        raise Stopped

    with pytest.raises((Stopped, DeskError)):
        write(office, folder / name, stop)
    assert [(path.name, path.read_bytes()) for path in folder.iterdir()] == [(name, b"old")]


def test_looking_for_duplicates_tells_its_steps_and_can_be_stopped(office: Office) -> None:
    registered(office)
    told: list[tuple[int, int]] = []
    office.duplicates.pairs(progress=lambda done, total: told.append((done, total)))
    assert told[-1][0] == told[-1][1] - 1 or told[-1][0] == told[-1][1]


def test_reading_a_month_tells_its_parts_and_can_be_stopped(office: Office) -> None:
    registered(office)
    told: list[tuple[int, int]] = []
    office.monthly.of("2026-11", progress=lambda done, total: told.append((done, total)))
    assert told == [(part, 5) for part in range(1, 6)]

    def stop(_done: int, _total: int) -> None:
        raise Stopped

    with pytest.raises(Stopped):
        office.monthly.of("2026-11", progress=stop)


def test_proving_a_backup_before_it_is_restored_tells_how_far_and_can_be_stopped(office: Office) -> None:
    registered(office)
    bundle, told = office.backups.automatic(), list[int]()
    check_fits(office.desk.home, bundle, told=lambda done, total: told.append(done))
    assert (told, told[-1]) == (sorted(told), 100)

    def stop(_done: int, _total: int) -> None:
        raise Stopped

    with pytest.raises(Stopped):
        check_fits(office.desk.home, bundle, told=stop)
    assert not list((office.desk.home / TEMPORARY).iterdir())


def test_file_and_folder_are_opened_from_the_bar(qtbot: QtBot, opened: list[Path], tmp_path: Path) -> None:
    messages = Messages()
    bar = MessageBar(messages, Jobs(print, print), noon)
    qtbot.addWidget(bar)
    target = tmp_path / "登记表.xlsx"
    target.touch()
    messages.done("已导出。", target)
    for word in ("打开文件", "打开所在文件夹"):
        next(button for button in bar.findChildren(Button) if button.text() == word).click()
    assert opened == [target, tmp_path]


def test_the_page_of_trouble_says_where_the_folder_lies_when_it_cannot_be_opened(
    qtbot: QtBot, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setattr(QDesktopServices, "openUrl", lambda url: False)
    desk = TroubleDesk(tmp_path, StorageRefused("不能写。"), Messages())
    page = next(one for one in QApplication.topLevelWidgets() if isinstance(one, TroublePage))
    qtbot.addWidget(page)
    next(button for button in page.findChildren(Button) if button.text() == "打开数据文件夹").click()
    assert any(str(tmp_path) in label.text() for label in page.findChildren(PlainLabel))
    desk.deleteLater()


def test_a_computer_without_a_program_for_it_says_where_it_lies(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setattr(QDesktopServices, "openUrl", lambda url: False)
    messages = Messages()
    assert not open_outside(tmp_path, messages)
    assert (messages.last.mood, messages.last.text) == (
        Mood.REFUSED, f"这台电脑没有打开文件夹的程序，请自己找到它：{tmp_path}",
    )  # fmt: skip


def test_a_file_that_is_gone_is_told_not_opened(opened: list[Path], tmp_path: Path) -> None:
    messages = Messages()
    open_outside(tmp_path / "没有.xlsx", messages)
    assert messages.last.text.startswith("“没有.xlsx”已经不在原处")
    assert opened == []


def test_nobody_else_opens_what_was_written() -> None:
    """One door, so that the sentence above is said everywhere; a link has its own."""
    free = {"gui/opening.py", "gui/settings_room/about_card.py"}
    named = {
        path.relative_to(PROGRAM).as_posix()
        for path in PROGRAM.rglob("*.py")
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.Attribute) and node.attr == "openUrl"
    }
    assert named == free
