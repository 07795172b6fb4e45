"""Opening a data folder's database: made, opened again, brought up to date, or refused without harm."""

import shutil
import sqlite3

import pytest

from crm_desktop.domain.errors import Damaged, DeskError, InUse, NewerSchema, StorageRefused
from crm_desktop.models.base import bind, database
from crm_desktop.models.database import (
    APPLICATION_ID,
    FILE_NAME,
    KEY_NAME,
    SCHEMA,
    SPARE_NAME,
    history_key,
    keep_copy,
    migrate,
    open_database,
    schema_of,
)
from crm_desktop.models.migrations import STEPS
from crm_desktop.services.desk import open_desk

ADD_COLOUR = "ALTER TABLE staff ADD COLUMN colour TEXT NOT NULL DEFAULT '';"


@pytest.fixture
def used(home):
    """The database file of a folder that was used before and is closed now."""
    rows = open_database(home)
    history_key(home, rows)
    rows.close()
    bind(home / FILE_NAME)
    database.execute_sql("INSERT INTO counters VALUES ('TS20261121', 7)")
    database.close()
    return home / FILE_NAME


def asked(path, sql):
    """The first row of a query on a closed file."""
    connection = sqlite3.connect(path)
    try:
        return connection.execute(sql).fetchone()
    finally:
        connection.close()


def told(path, sql):
    """A statement on a closed file, behind the program's back."""
    connection = sqlite3.connect(path)
    connection.executescript(sql)
    connection.close()


def test_a_new_folder_gets_a_database_of_todays_schema(tmp_path):
    home = tmp_path / "not" / "there" / "yet"
    open_database(home).close()
    assert [path.name for path in home.iterdir()] == [FILE_NAME]
    assert schema_of(home / FILE_NAME) == SCHEMA == len(STEPS)


def test_a_folder_opened_again_has_what_was_written(used):
    rows = open_database(used.parent)
    assert rows.execute("SELECT last FROM counters").fetchone() == (7,)
    rows.close()


def test_whoever_opens_a_folder_to_read_rows_cannot_write(used):
    rows = open_database(used.parent)
    with pytest.raises(sqlite3.OperationalError, match="readonly"):
        rows.execute("DELETE FROM counters")
    rows.close()


@pytest.mark.parametrize(
    ("pragma", "value"), [("foreign_keys", 1), ("journal_mode", "wal"), ("synchronous", 2), ("secure_delete", 1)]
)
def test_every_connection_is_set_for_safety(home, pragma, value):
    open_database(home).close()
    handle = bind(home / FILE_NAME)
    assert handle.execute_sql(f"PRAGMA {pragma}").fetchone() == (value,)
    handle.close()


def test_a_database_of_a_newer_program_is_refused_and_not_touched(used):
    told(used, f"PRAGMA user_version = {SCHEMA + 1}")
    before = used.read_bytes()
    with pytest.raises(NewerSchema, match="安装新版本"):
        open_database(used.parent)
    assert used.read_bytes() == before


@pytest.mark.parametrize("number", [-5, 0, 3, 12])
def test_a_database_whose_number_is_wrong_is_damaged(used, number):
    told(used, f"PRAGMA user_version = {number}")
    with pytest.raises(Damaged):
        open_database(used.parent)


def test_a_database_of_another_program_is_refused_and_not_touched(home):
    foreign = home / FILE_NAME
    told(foreign, "CREATE TABLE recipes (name TEXT)")
    before = foreign.read_bytes()
    with pytest.raises(Damaged, match="不是客诉管家的数据文件"):
        open_database(home)
    assert foreign.read_bytes() == before


@pytest.mark.parametrize("content", [b"PK\x03\x04 a workbook", b"\x00" * 4096, b"SQLite format 3\x00 and no more"])
def test_a_file_that_is_no_database_is_refused_and_not_touched(home, content):
    (home / FILE_NAME).write_bytes(content)
    with pytest.raises(DeskError) as refused:
        open_database(home)
    assert refused.value.code == Damaged.code
    assert (home / FILE_NAME).read_bytes() == content


@pytest.mark.parametrize("emptied", [True, False], ids=["empty", "missing"])
def test_where_data_was_no_empty_database_is_begun(used, emptied):
    used.write_bytes(b"") if emptied else used.unlink()
    with pytest.raises(Damaged, match="从备份恢复"):
        open_database(used.parent)
    assert not used.exists() or used.read_bytes() == b""


def test_a_locked_database_is_in_use_and_not_damaged(used):
    holder = sqlite3.connect(used, isolation_level=None)
    holder.executescript("PRAGMA locking_mode = EXCLUSIVE; BEGIN EXCLUSIVE; DELETE FROM counters;")
    with pytest.raises(InUse):
        open_database(used.parent)
    holder.close()


def test_a_folder_that_cannot_be_made_is_refused(home):
    (home / "file").write_text("in the way")
    with pytest.raises(StorageRefused, match="不能写入"):
        open_database(home / "file" / "home")


def test_a_step_that_was_cut_off_in_a_restored_file_is_taken_back(used, tmp_path):
    told(used, f"PRAGMA journal_mode = DELETE; VACUUM INTO '{tmp_path / FILE_NAME}'")
    shutil.copyfile(used.with_name(KEY_NAME), tmp_path / KEY_NAME)
    half = sqlite3.connect(tmp_path / FILE_NAME, isolation_level=None)
    half.executescript("PRAGMA cache_size = 2; BEGIN EXCLUSIVE; CREATE TABLE more (a); UPDATE counters SET last = 8;")
    half.executemany("INSERT INTO more VALUES (?)", [("x" * 500,)] * 300)
    for name in (FILE_NAME, f"{FILE_NAME}-journal", KEY_NAME):
        shutil.copyfile(tmp_path / name, used.with_name(name))
    half.close()
    open_database(used.parent).close()
    assert asked(used, "SELECT last FROM counters") == (7,)


def test_the_history_key_is_made_once(used):
    key = (used.parent / KEY_NAME).read_text()
    rows = open_database(used.parent)
    assert history_key(used.parent, rows).hex() == key
    rows.close()


@pytest.mark.parametrize("content", [None, "", "no hex", "abcd", "ab" * 32])
def test_a_history_without_its_key_is_damaged_and_told_of_the_second_copy(office, content):
    office.staff.add("谢文杰", (), office.desk.act("谢文杰", "设置"))
    key = office.desk.home / KEY_NAME
    key.unlink() if content is None else key.write_text(content)
    with pytest.raises(Damaged, match=f"{KEY_NAME}.*{SPARE_NAME}"):
        open_desk(office.desk.home)
    (office.desk.home / SPARE_NAME).unlink()
    with pytest.raises(Damaged, match=KEY_NAME):
        open_desk(office.desk.home)
    assert not (office.desk.home / SPARE_NAME).exists()


@pytest.mark.parametrize("spare", [None, "ab" * 32])
def test_the_second_copy_of_the_key_is_made_again(office, spare):
    office.staff.add("谢文杰", (), office.desk.act("谢文杰", "设置"))
    copy = office.desk.home / SPARE_NAME
    copy.unlink() if spare is None else copy.write_text(spare)
    open_desk(office.desk.home).close()
    assert copy.read_text() == (office.desk.home / KEY_NAME).read_text()


def test_a_step_changes_tables_and_number_together(used):
    migrate(used, (*STEPS, ADD_COLOUR))
    assert schema_of(used) == SCHEMA + 1
    assert asked(used, "SELECT last FROM counters") == (7,)


@pytest.mark.parametrize(
    "broken",
    [
        ADD_COLOUR + "\nALTER TABLE nowhere ADD COLUMN x TEXT;",
        "DELETE FROM counters;\nINSERT INTO counters VALUES ('a', 'not a number');",
    ],
)
def test_a_step_that_fails_leaves_the_old_file_as_it_was(used, broken):
    before = used.read_bytes()
    with pytest.raises(sqlite3.Error):
        migrate(used, (*STEPS, broken))
    assert used.read_bytes() == before


def test_a_step_that_cuts_references_is_taken_back(used):
    before = used.read_bytes()
    told_wrong = (
        "INSERT INTO contacts (id, ver, checksum, customer_id, kind, value, name, role, position, removed)"
        " VALUES (1, 1, '', 99, '手机', '1', '', '', 0, 0);"
    )
    with pytest.raises(StorageRefused, match="已退回原样"):
        migrate(used, (*STEPS, told_wrong))
    assert used.read_bytes() == before


def test_an_older_file_is_copied_before_it_is_brought_up_to_date(home):
    told(home / FILE_NAME, f"PRAGMA application_id = {APPLICATION_ID}; PRAGMA user_version = 0;")
    open_database(home).close()
    assert schema_of(home / FILE_NAME) == SCHEMA
    assert schema_of(home / "backups" / f"crm-schema0-before-{SCHEMA}.db") == 0


def test_steps_that_were_done_are_not_done_again(used):
    migrate(used, (*STEPS, ADD_COLOUR))
    migrate(used, (*STEPS, ADD_COLOUR))
    assert schema_of(used) == SCHEMA + 1


def test_a_copy_holds_what_the_original_holds(used, tmp_path):
    copy = tmp_path / "backups" / "copy.db"
    keep_copy(used, copy)
    assert schema_of(copy) == SCHEMA
    assert asked(copy, "SELECT * FROM counters") == ("TS20261121", 7)
    assert [path.name for path in copy.parent.iterdir()] == ["copy.db"]


def test_nothing_is_left_of_a_copy_that_failed(used, tmp_path):
    used.write_bytes(used.read_bytes()[:8192] + b"\xff" * 40_000)
    with pytest.raises((Damaged, sqlite3.DatabaseError)):
        keep_copy(used, tmp_path / "backups" / "copy.db")
    assert list((tmp_path / "backups").iterdir()) == []
