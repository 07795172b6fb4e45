"""备份 in 设置 and its light on 今日: how they are, one now, a trial, one put back, everything for another computer."""

from __future__ import annotations

import gc
import shutil
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest
from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from crm_desktop.app import run_window
from crm_desktop.app.restoring import put_back
from crm_desktop.domain.backups import BackupHealth
from crm_desktop.domain.staff import Role
from crm_desktop.gui.jobs import Jobs
from crm_desktop.gui.main_window import MainWindow
from crm_desktop.gui.messages import Mood
from crm_desktop.gui.session import Session
from crm_desktop.gui.settings_room.backup_card import BackupCard
from crm_desktop.gui.today.page import TodayPage
from crm_desktop.gui.widgets.backup_line import BackupLine
from crm_desktop.services.attachments import FOLDER as ATTACHMENTS
from crm_desktop.services.backups import listing, restore
from crm_desktop.services.kept import SECOND_FOLDER
from crm_desktop.services.office import Office, open_office
from tests.gui.answered import Answered
from tests.gui.hands import Hands
from tests.makers import act, at, registered
from tests.services.people import ADVISER, DIRECTOR, hired

NOW = at("2026-11-22 14:30")
PASSWORD = "云杉 horse 42"
PNG = b"\x89PNG\r\n\x1a\n" + b"picture" * 9


@pytest.fixture
def session(office: Office) -> Session:
    """Who sits here."""
    return Session(office.desk)


@pytest.fixture
def hands(qtbot: QtBot, office: Office, session: Session, jobs: Jobs, answered: Answered) -> Iterator[Hands]:
    """The card of a home with one complaint and a picture."""
    number = registered(office).number
    office.attachments.add(PNG, "油漆.png", act(), number=number)
    card = BackupCard(office.desk, office.backups, office.settings, session, jobs, answered)
    yield Hands(qtbot, card, answered)
    jobs.stop_all()


def done(hands: Hands, button: str, jobs: Jobs) -> None:
    """Presses a button and waits for the end of its work."""
    hands.click(button)
    hands.qtbot.waitUntil(lambda: not jobs.running(), timeout=20_000)


def test_a_backup_now_stands_in_the_list_with_its_counts(hands: Hands, jobs: Jobs) -> None:
    done(hands, "立即备份", jobs)
    assert hands.said().startswith("已备份并核对：crm-")
    assert (hands.cells("备份", 1), hands.cells("备份", 2)) == (["1"], ["1"])
    assert "上次备份" in hands.texts()


def test_a_trial_is_told_and_remembered(hands: Hands, jobs: Jobs) -> None:
    done(hands, "测试恢复", jobs)
    assert "还没有备份" in hands.said()
    done(hands, "立即备份", jobs)
    done(hands, "测试恢复", jobs)
    assert hands.said().startswith("测试恢复通过")
    assert "上次测试恢复" in hands.texts()


def test_a_second_folder_is_chosen_filled_and_given_up(hands: Hands, jobs: Jobs, office: Office) -> None:
    hands.click("选文件夹…")
    assert office.settings.value(SECOND_FOLDER) == str(hands.messages.folder)
    done(hands, "立即备份", jobs)
    assert len(list(hands.messages.folder.glob("crm-*.zip"))) == 1
    hands.click("不用了")
    assert office.settings.value(SECOND_FOLDER) == ""


def test_a_diagnosis_is_written(hands: Hands) -> None:
    hands.click("导出诊断…")
    assert (hands.messages.folder / "客诉管家诊断.zip").exists()


def test_everything_packed_opens_on_another_computer_with_its_pictures(
    hands: Hands, jobs: Jobs, tmp_path: Path, qtbot: QtBot
) -> None:
    done(hands, "换电脑…", jobs)
    packed = next(tmp_path.glob("客诉管家换电脑*"))
    assert "恢复其他备份" in (packed / "请先看.txt").read_text(encoding="utf-8-sig")
    other = tmp_path / "new computer"
    open_office(other).desk.close()
    told = put_back(other, next(packed.glob("crm-*.zip")), "")
    assert (told.mood, "附件" in told.text) == (Mood.DONE, False)
    office = open_office(other)
    assert [one for one in office.upkeep.check() if one.trouble] == []
    assert len(list((other / ATTACHMENTS).rglob("*.png"))) == 1
    office.desk.close()


def test_a_picture_that_is_another_one_is_not_brought_along(hands: Hands, jobs: Jobs, tmp_path: Path) -> None:
    done(hands, "换电脑…", jobs)
    packed = next(tmp_path.glob("客诉管家换电脑*"))
    next((packed / ATTACHMENTS).rglob("*.png")).write_bytes(b"something else")
    assert "有 1 个附件不在本机或已损坏" in restore(tmp_path / "new", next(packed.glob("crm-*.zip")))


def test_a_backup_is_proven_before_the_window_goes(qtbot: QtBot, hands: Hands, jobs: Jobs) -> None:
    done(hands, "立即备份", jobs)
    with qtbot.waitSignal(hands.page.restore_wanted) as wish, hands.answering("恢复"):
        hands.click("恢复所选备份…")
    assert wish.args[0].name.startswith("crm-")


def test_a_file_that_is_no_backup_changes_nothing(hands: Hands, jobs: Jobs) -> None:
    hands.messages.picked.write_text("no backup", encoding="utf-8")
    with hands.answering("恢复"):
        hands.click("恢复其他备份…")
    hands.qtbot.waitUntil(lambda: not jobs.running())
    assert "不是完整的备份文件" in hands.said()


def test_who_may_not_is_told_before_anything_is_asked(
    hands: Hands, jobs: Jobs, office: Office, session: Session
) -> None:
    done(hands, "立即备份", jobs)
    hired(office, DIRECTOR, Role.DIRECTOR)
    hired(office, ADVISER, Role.ADVISER, by=office.staff.act(office.staff.find(DIRECTOR), "设置"))
    session.sit_down(office.staff.find(ADVISER))
    for button in ("恢复所选备份…", "立即备份", "换电脑…"):
        hands.click(button)
        assert "没有“备份恢复”的权限" in hands.said()
    assert jobs.running() == ()


def test_a_backup_of_another_computer_asks_for_its_recovery_code(
    qtbot: QtBot, jobs: Jobs, office: Office, answered: Answered, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    code = hired(office, DIRECTOR, Role.DIRECTOR).recovery_code
    first = office.staff.act(office.staff.find(DIRECTOR), "设置")
    answered.picked = next(office.backups.pack(tmp_path, first).glob("crm-*.zip"))
    new = open_office(tmp_path / "new")
    card = BackupCard(new.desk, new.backups, new.settings, Session(new.desk), jobs, answered)
    there, asked = Hands(qtbot, card, answered), []

    def told(_parent: object, _title: str, label: str) -> tuple[str, bool]:
        asked.append(label)
        return code, True

    monkeypatch.setattr("PySide6.QtWidgets.QInputDialog.getText", told)
    with qtbot.waitSignal(card.restore_wanted) as wish, there.answering("恢复"):
        there.click("恢复其他备份…")
    assert (wish.args, "恢复码" in asked[0]) == ([answered.picked, code], True)
    new.desk.close()


def locked(hands: Hands) -> None:
    """A password is set through the window."""
    hands.click("加密码…")
    for label in ("密码", "再输一次"):
        hands.fill(label, PASSWORD)
    hands.click("用这个密码")


def test_a_password_is_set_twice_the_same_and_copies_are_locked(hands: Hands, jobs: Jobs) -> None:
    hands.click("选文件夹…")
    hands.click("加密码…")
    hands.fill("密码", "1234567")
    hands.fill("再输一次", "7654321")
    hands.click("用这个密码")
    assert "不一样" in hands.texts()
    hands.fill("再输一次", "1234567")
    hands.click("用这个密码")
    assert "至少 8 个字符" in hands.texts()
    for label in ("密码", "再输一次"):
        hands.fill(label, PASSWORD)
    hands.click("用这个密码")
    assert "（加了密码）" in hands.texts()
    done(hands, "立即备份", jobs)
    assert [path.suffix for path in hands.messages.folder.glob("crm-*")] == [".locked"]


def test_a_password_is_given_up(hands: Hands, office: Office) -> None:
    locked(hands)
    hands.click("改密码…")
    hands.click("不再加密码")
    assert not office.backups.locks()
    assert hands.has("加密码…")


def test_another_computer_asks_for_the_password_until_it_is_right(
    qtbot: QtBot, hands: Hands, jobs: Jobs, tmp_path: Path
) -> None:
    locked(hands)
    done(hands, "换电脑…", jobs)
    new = open_office(tmp_path / "new")
    card = BackupCard(new.desk, new.backups, new.settings, Session(new.desk), jobs, hands.messages)
    there = Hands(qtbot, card, hands.messages)
    hands.messages.picked = next(tmp_path.glob("客诉管家换电脑*/crm-*"))
    with there.answering("恢复"):
        there.click("恢复其他备份…")
    qtbot.waitUntil(lambda: "加了密码" in there.texts(), timeout=20_000)
    there.fill("密码", "something else")
    there.click("打开")
    qtbot.waitUntil(lambda: "密码不对" in there.texts(), timeout=20_000)
    there.fill("密码", PASSWORD)
    with qtbot.waitSignal(card.restore_wanted, timeout=20_000) as wish:
        there.click("打开")
    new.desk.close()
    told = put_back(tmp_path / "new", *wish.args)
    assert (told.mood, "附件" in told.text) == (Mood.DONE, False)


def test_the_card_says_how_much_room_they_take(hands: Hands, jobs: Jobs) -> None:
    done(hands, "立即备份", jobs)
    assert "备份 1 份，共" in hands.texts()
    assert "五分之一" in hands.texts()


def test_the_running_window_is_restored_and_opens_again(qtbot: QtBot, home: Path) -> None:
    office = open_office(home)
    office.settings.change({"dealership.name": "示范4S店"}, act())
    registered(office)
    bundle = office.backups.automatic()
    registered(office)
    office.desk.close()
    seen: list[str] = []

    def windows() -> list[MainWindow]:
        return [one for one in QApplication.topLevelWidgets() if isinstance(one, MainWindow) and one.isVisible()]

    def wish() -> None:
        page = windows()[0].show_page("设置")
        QTimer.singleShot(4_000, leave)
        page.restore_wanted.emit(bundle, "")

    def leave() -> None:
        seen.extend(window.windowTitle() for window in windows())
        windows()[0].close()

    QTimer.singleShot(600, wish)
    assert run_window(home) == 0
    qtbot.wait(50)  # the window goes here, not on the thread of whatever work comes next
    gc.collect()
    assert seen == ["客诉管家 – 示范4S店"]
    office = open_office(home)
    assert office.desk.rows("SELECT COUNT(*) FROM complaints") == [(1,)]
    office.desk.close()
    assert {row.complaints for row in listing(home)} == {1, 2}


def test_a_restore_that_is_refused_leaves_the_data_and_says_so(qtbot: QtBot, office: Office, tmp_path: Path) -> None:
    home = tmp_path / "other"
    shutil.copytree(office.desk.home, home)
    (tmp_path / "no.zip").write_text("no backup", encoding="utf-8")
    told = put_back(home, tmp_path / "no.zip", "")
    assert (told.mood, "数据还是原来的" in told.text) == (Mood.REFUSED, True)
    assert list(home.glob("before-restore*")) == []


@pytest.mark.parametrize(
    ("health", "words"),
    [
        (BackupHealth(NOW - timedelta(hours=1), NOW - timedelta(days=2)), "上次备份 13:30 · 上次测试恢复 11-20 14:30"),
        (BackupHealth(NOW - timedelta(hours=1)), "上次备份 13:30 · 还没有测试恢复"),
        (
            BackupHealth(NOW - timedelta(days=2), NOW - timedelta(days=700), changed=True),
            "备份要看一下：上次备份 11-20 14:30 · 上次测试恢复 2024-12-22",
        ),
        (
            BackupHealth(NOW, NOW, trouble="U 盘不在"),
            "备份要看一下：上一次没有做成 · 上次备份 14:30 · 上次测试恢复 14:30",
        ),
        (BackupHealth(NOW, NOW, stopped="损坏"), "备份已停止：数据核对不通过"),
        (BackupHealth(changed=True, opened_at=NOW), "还没有备份，稍后自动做第一份"),
        (BackupHealth(changed=True), "备份要看一下：还没有备份 · 还没有测试恢复"),
        (BackupHealth(opened_at=NOW), ""),
    ],
)
def test_the_line_says_how_the_backups_are(qtbot: QtBot, health: BackupHealth, words: str) -> None:
    line = BackupLine()
    qtbot.addWidget(line)
    line.show_health(health, NOW)
    assert line.accessibleName() == words


def test_the_light_on_the_first_page_leads_to_the_backups(qtbot: QtBot, office: Office) -> None:
    registered(office)
    office.backups.automatic()
    page = TodayPage(office.today, office.promise_lists, office.desk.now, health=office.backups.health)
    qtbot.addWidget(page)
    page.show()
    page.refresh()
    qtbot.waitUntil(lambda: bool(page.findChildren(BackupLine)))
    with qtbot.waitSignal(page.backups_wanted):
        page.findChildren(BackupLine)[0].click()


def test_a_card_of_a_home_without_backups_says_when_they_come(hands: Hands) -> None:
    assert hands.cells("备份", 0) == []
    assert not hands.button("恢复所选备份…").isEnabled()
