"""The end of the history stands beside the database: what a file that looks whole no longer has is found."""

import shutil
import sqlite3
from contextlib import closing

import pytest

from crm_desktop.domain.errors import Damaged
from crm_desktop.models.database import FILE_NAME
from crm_desktop.models.tail import END_NAME
from crm_desktop.services.backups import restore
from crm_desktop.services.office import open_office
from crm_desktop.services.opening import quick_trouble
from crm_desktop.services.soundness import END
from tests.makers import act, director, registered

TRIGGER = "history_keeps_every_line"


def troubles(office):
    """What the check complains about."""
    return [finding.what for finding in office.upkeep.check() if finding.trouble]


def cut(office):
    """The last line taken out by somebody who sets the recorded head and the trigger back: a chain that holds.

    Where the line was about no record (that a list left the house), the records agree with it too.
    """
    trigger = office.desk.rows("SELECT sql FROM sqlite_master WHERE name = ?", (TRIGGER,))[0][0]
    for sql in (
        f"DROP TRIGGER {TRIGGER}",
        "DELETE FROM history WHERE id = (SELECT MAX(id) FROM history)",
        "UPDATE facts SET value = (SELECT id || ':' || link FROM history ORDER BY id DESC LIMIT 1)"
        " WHERE name = 'history_head'",
        trigger,
    ):
        office.desk.database.execute_sql(sql)


def closed_copy(office, name):
    """The files of an open home as a kill leaves them, in a home of its own."""
    home = office.desk.home.with_name(name)
    shutil.copytree(office.desk.home, home)
    return home


def checked(home):
    """What the check complains about in a home that is opened for it."""
    opened = open_office(home)
    found = troubles(opened)
    opened.desk.close()
    return found


@pytest.fixture
def written(office):
    """An open home in which an older file was kept, and something was written since; the log is not folded yet."""
    registered(office)
    with closing(sqlite3.connect(office.desk.path)) as rows:
        rows.execute("VACUUM INTO ?", (str(office.desk.home.with_name("older.db")),))
    registered(office)
    return office


def test_after_every_save_the_end_is_told(written):
    last = written.desk.rows("SELECT id, link FROM history ORDER BY id DESC LIMIT 1")[0]
    assert (written.desk.home / END_NAME).read_text().startswith(f"{last[0]:012d}:{last[1]}:")
    assert troubles(written) == []


def test_an_older_file_put_back_is_found(written):
    home = closed_copy(written, "put-back")
    (home / f"{FILE_NAME}-wal").unlink()
    shutil.copy(home.with_name("older.db"), home / FILE_NAME)
    assert checked(home) == [END]


@pytest.mark.parametrize("left", [0, 4152, -4120])
def test_a_log_that_was_cut_after_a_kill_is_found(written, left):
    home = closed_copy(written, "cut")
    log = home / f"{FILE_NAME}-wal"
    log.write_bytes(log.read_bytes()[:left])
    try:
        assert checked(home) == [END]
    except Damaged:
        assert left == 0  # where the whole file was still in the log


def test_a_tail_cut_off_with_its_head_is_found_and_not_forgotten(written):
    written.upkeep.note_unmasked("客户档案清单", "全部.xlsx", director())
    cut(written)
    assert troubles(written) == [END]
    registered(written)
    assert troubles(written) == [END]
    assert not written.chronicle.verify()["ok"]


def test_what_the_check_finds_the_look_beside_the_window_finds_too(written):
    home = closed_copy(written, "looked-at")
    assert quick_trouble(home) == ""
    shutil.copy(home.with_name("older.db"), home / FILE_NAME)
    assert END in quick_trouble(home)


def test_of_data_that_lost_its_end_no_backup_is_made(written):
    cut(written)
    with pytest.raises(Damaged, match=END):
        written.backups.automatic()
    assert written.backups.marked()


def test_after_a_restore_the_end_is_that_of_the_backup(written):
    path = written.backups.make(act(), written.desk.home.with_name("备份.zip"))
    registered(written)
    written.desk.close()
    restore(written.desk.home, path)
    opened = open_office(written.desk.home)
    registered(opened)
    assert troubles(opened) == []
    opened.desk.close()


@pytest.mark.parametrize("content", [b"nothing of ours", b"000000000001:" + b"0" * 32 + b":" + b"0" * 32])
def test_another_end_written_by_somebody_is_found(written, content):
    (written.desk.home / END_NAME).write_bytes(content)
    assert troubles(written) == [END]


@pytest.mark.parametrize("content", [b"", b"\0" * 80])
def test_a_name_that_outlived_a_power_cut_without_its_words_is_written_anew(written, content):
    (written.desk.home / END_NAME).write_bytes(content)
    assert troubles(written) == []
    registered(written)
    assert (written.desk.home / END_NAME).read_bytes()[:1] == b"0"


def test_what_was_taken_back_is_no_end(written):
    before = (written.desk.home / END_NAME).read_text()
    with pytest.raises(KeyError), written.desk.database.atomic("IMMEDIATE"):
        registered(written)
        raise KeyError
    assert (written.desk.home / END_NAME).read_text() == before
    assert troubles(written) == []
