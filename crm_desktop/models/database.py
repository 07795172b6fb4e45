"""Opens a data folder's database: makes it, migrates it, or refuses it with a sentence.

No peewee here: the first page reads plain rows, and ``models/base.py`` binds the tables to the open file afterwards.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Callable
from contextlib import closing, suppress
from pathlib import Path

from crm_desktop.domain.errors import Damaged, NewerSchema, StorageRefused
from crm_desktop.models.faults import translated
from crm_desktop.models.migrations import STEPS
from crm_desktop.models.migrations.m0007_search import EDITION

FILE_NAME = "crm.db"
KEY_NAME = "history.key"
SPARE_NAME = "history.spare"
"""A second copy of the key: without one, nothing could be restored on this computer but by the recovery code."""
APPLICATION_ID = 0x43524D44  # "CRMD": what makes a file ours, even when it is empty of records
SCHEMA = len(STEPS)
TICKET = "restore.json"
"""Lies in the home while a backup takes the place of the data (``models/swap.py``)."""
_KEY_BYTES = 32
_PATIENCE = 5.0  # seconds to wait for another writer

Told = Callable[[str, int, int], None]
"""Hears what is being done with an older file, and how much of how much; 0 of 0 where nobody knows."""


def is_behind(home: Path) -> bool:
    """Whether opening this folder will take its time: an older schema, or a search index by an older rule.

    False for a folder that is new or cannot be read: ``open_database`` says why.
    """
    path = home / FILE_NAME
    if not path.exists():
        return False
    try:
        with closing(sqlite3.connect(f"{path.resolve().as_uri()}?mode=ro", uri=True, timeout=1)) as rows:
            version = int(rows.execute("PRAGMA user_version").fetchone()[0])
            if version != SCHEMA:
                return 0 < version < SCHEMA
            return bool(rows.execute("SELECT edition FROM search_edition").fetchone() != (EDITION,))
    except sqlite3.DatabaseError:
        return False


def open_database(home: Path, told: Told | None = None) -> sqlite3.Connection:
    """The home's database, made or migrated to today's schema, open to read rows and nothing else.

    ``told`` hears what an older file needs, and how far that is.

    :raises NewerSchema: written by a newer program. :raises Damaged: not one of our files, or missing though the
        home was used before. :raises StorageRefused: folder cannot be written.
    """
    path = home / FILE_NAME
    with translated(path):
        home.mkdir(parents=True, exist_ok=True)
        if (home / TICKET).exists():
            from crm_desktop.models.swap import finish  # noqa: PLC0415 - only after a restore that was cut off

            finish(home)
        for end in ("", "-wal", "-shm", "-journal"):
            if (home / f"{FILE_NAME}{end}").is_dir():
                raise Damaged(f"{FILE_NAME}{end} 应是文件，现在是一个文件夹，什么都没有写。请把它移走，或从备份恢复。")
        used_before = (home / KEY_NAME).exists()
        if used_before and (not path.exists() or path.stat().st_size == 0):
            raise Damaged(f"数据文件 {path.name} 不见了或是空的。请不要新建，先从备份恢复（文件夹：{home}）。")
        _roll_back(path)
        _bring_up(path, told)
        rows = sqlite3.connect(path, timeout=_PATIENCE, isolation_level=None)
        _fill_search(path, rows, told)
        rows.execute("PRAGMA query_only = ON")
    return rows


def history_key(home: Path, rows: sqlite3.Connection) -> bytes:
    """The key of the history chain, beside the open database; made once, before the first line is written.

    Where its second copy says the same, that is all; else the first line of the history tells which one is right.

    :raises Damaged: the key is missing, unreadable or another one although there is history.
    """
    path = home / KEY_NAME
    if not path.exists() and rows.execute("SELECT 1 FROM history LIMIT 1").fetchone() is None:
        with translated(path):
            import secrets  # noqa: PLC0415 - once in a home's life

            from crm_desktop.models.lasting import write_whole  # noqa: PLC0415 - once in a home's life

            write_whole(path, secrets.token_hex(_KEY_BYTES).encode())  # lasts before the lines that it signs
    key, spare = key_in(path), key_in(home / SPARE_NAME)
    if key is None or key != spare:
        _check_key(home, rows, key, spare)
    assert key is not None  # noqa: S101 - refused above
    return key


def key_in(path: Path) -> bytes | None:
    """The key that a file holds, None where it holds none."""
    try:
        key = bytes.fromhex(path.read_text(encoding="ascii").strip())
    except (OSError, ValueError):
        return None
    return key if len(key) == _KEY_BYTES else None


def _check_key(home: Path, rows: sqlite3.Connection, key: bytes | None, spare: bytes | None) -> None:
    """Asked where the two copies differ: whichever made the first line of the history is the right one."""
    from crm_desktop.models.history import fits  # noqa: PLC0415 - the start needs no chain

    with translated(home / FILE_NAME):
        if key is not None and fits(key, rows):
            from crm_desktop.models.lasting import write_whole  # noqa: PLC0415 - once in a home's life

            with suppress(OSError):  # a folder that only gives: the next one who may write makes it
                write_whole(home / SPARE_NAME, key.hex().encode())
            return
        told = f"历史记录的密钥文件 {KEY_NAME} 读不出来" if key is None else f"{KEY_NAME} 不是这份数据的密钥"
        if spare is not None and fits(spare, rows):
            mend = f"同一文件夹里的 {SPARE_NAME} 是对的，请把它复制成 {KEY_NAME} 再打开"
            raise Damaged(f"{told}，什么都没有写；{mend}，或从备份恢复。")
    raise Damaged(f"{told}，什么都没有写，请从备份恢复（数据文件夹：{home}）。")


def schema_of(path: Path) -> int:
    """The schema number of a database file without changing it.

    :raises Damaged: when it is not one of our databases.
    """
    connection = sqlite3.connect(f"{path.resolve().as_uri()}?mode=ro", uri=True, timeout=1)
    try:
        application = connection.execute("PRAGMA application_id").fetchone()[0]
        version = connection.execute("PRAGMA user_version").fetchone()[0]
    except sqlite3.OperationalError:  # locked or not readable says nothing about damage: ``translated`` tells it
        raise
    except sqlite3.DatabaseError:
        raise Damaged(f"数据文件 {path.name} 已损坏，打不开。请从备份恢复。") from None
    finally:
        connection.close()
    if application != APPLICATION_ID:
        raise Damaged(f"{path.name} 不是客诉管家的数据文件，没有改动它。请核对数据文件夹。")
    return int(version)


def migrate(path: Path, steps: tuple[str, ...] = STEPS, told: Told | None = None) -> None:
    """Runs the steps the file has not had, each in one transaction with its number.

    Foreign keys are off while tables are rebuilt and proven afterwards (reliability.md, trap 31).
    """
    connection = sqlite3.connect(path, isolation_level=None)
    try:
        connection.execute("PRAGMA foreign_keys = OFF")
        done = connection.execute("PRAGMA user_version").fetchone()[0]
        for number, sql in enumerate(steps[done:], start=done + 1):
            if told is not None:
                told("升级数据", number - done - 1, len(steps) - done)
            _step(connection, number, sql)
    finally:
        connection.close()


def _roll_back(path: Path) -> None:
    """Takes back what a step that was cut off left half-way: a restored file is upgraded before it has its own log,
    and whoever only reads it is refused until then."""
    if path.with_name(f"{path.name}-journal").exists() and path.exists():
        with closing(sqlite3.connect(path, timeout=_PATIENCE)) as rows:
            rows.execute("SELECT COUNT(*) FROM sqlite_master").fetchone()


def _bring_up(path: Path, told: Told | None) -> None:
    if not path.exists() or path.stat().st_size == 0:
        _make(path)
        return
    version = schema_of(path)
    if version > SCHEMA:
        raise NewerSchema(
            f"这份数据由更新版本的程序写成（数据版本 {version}，本程序认识到 {SCHEMA}），没有改动它。"
            "请安装新版本再打开。"
        )
    if version < 0:
        raise Damaged(f"数据文件 {path.name} 的版本号（{version}）不可能，文件已损坏。请从备份恢复。")
    if version < SCHEMA:
        if told is not None:
            told("备份原来的数据", 0, 0)
        keep_copy(path, path.parent / "backups" / f"crm-schema{version}-before-{SCHEMA}.db")
        migrate(path, told=told)


def _fill_search(path: Path, rows: sqlite3.Connection, told: Told | None) -> None:
    """Makes the search index of a file that has none, or one made by an older rule."""
    if rows.execute("SELECT edition FROM search_edition").fetchone() != (EDITION,):
        from crm_desktop.models.search import fill  # noqa: PLC0415 - once in a file's life

        def records(done: int, total: int) -> None:
            if told is not None:
                told("建立搜索索引", done, total)

        fill(path, records)


def _make(path: Path) -> None:
    unfinished = path.with_suffix(".new")
    unfinished.unlink(missing_ok=True)
    connection = sqlite3.connect(unfinished, isolation_level=None)
    connection.execute(f"PRAGMA application_id = {APPLICATION_ID}")
    connection.execute("PRAGMA journal_mode = WAL")
    connection.close()
    migrate(unfinished)
    unfinished.replace(path)


def keep_copy(path: Path, target: Path) -> None:
    """A copy of a database that was verified by opening it; nothing is left of one that fails.

    :raises Damaged: when the copy does not hold what the original holds.
    """
    from crm_desktop.models.lasting import take_name  # noqa: PLC0415 - before an upgrade only

    target.parent.mkdir(parents=True, exist_ok=True)
    unfinished = target.with_suffix(".tmp")
    unfinished.unlink(missing_ok=True)
    connection = sqlite3.connect(path)
    try:
        connection.execute("VACUUM INTO ?", (str(unfinished),))
        if _counts(connection) != _verified_counts(unfinished):
            raise Damaged("升级前的备份核对不一致，已停止，原数据没有改动。请检查磁盘。")
    except BaseException:
        unfinished.unlink(missing_ok=True)
        raise
    finally:
        connection.close()
    take_name(unfinished, target)


def _verified_counts(path: Path) -> dict[str, int]:
    copy = sqlite3.connect(path)
    try:
        if copy.execute("PRAGMA integrity_check").fetchone()[0] != "ok":
            return {}
        return _counts(copy)
    finally:
        copy.close()


def _counts(connection: sqlite3.Connection) -> dict[str, int]:
    names = [
        n
        for (n,) in connection.execute(
            "SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite_%'"
            " AND sql NOT LIKE 'CREATE VIRTUAL%'"  # an index without texts has no rows to count
        )
    ]
    return {name: connection.execute(f'SELECT COUNT(*) FROM "{name}"').fetchone()[0] for name in names}


def _step(connection: sqlite3.Connection, number: int, sql: str) -> None:
    connection.execute("BEGIN EXCLUSIVE")
    try:
        for statement in _statements(sql):
            connection.execute(statement)
        if connection.execute("PRAGMA foreign_key_check").fetchone():
            raise StorageRefused("升级数据时核对不一致，已退回原样。请联系技术支持，并附上诊断。")
        connection.execute(f"PRAGMA user_version = {number}")
        connection.execute("COMMIT")
    except BaseException:
        connection.execute("ROLLBACK")
        raise


def _statements(sql: str) -> list[str]:
    """The statements of a step, one by one: ``executescript`` would commit behind our back."""
    statements, gathered = [], ""
    for line in sql.splitlines(keepends=True):
        gathered += line
        if sqlite3.complete_statement(gathered):
            statements.append(gathered)
            gathered = ""
    return statements
