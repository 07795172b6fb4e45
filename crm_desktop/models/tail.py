"""The end of the history, told beside the database after every commit.

A log that was lost or damaged after a kill, a tail that was cut off or an older copy put back are whole databases:
nothing inside them tells that something is missing. What this file names is no longer in them then.

It is written in place and not synced: after a power cut it may tell of an earlier end, which the history still has,
and never of a later one than is on the disk, for it is written behind COMMIT.
"""

from __future__ import annotations

import hmac
import os
import sqlite3
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from typing import Any

END_NAME = "history.end"
_READ_AGAIN = 3
_HEAD = "SELECT value FROM facts WHERE name = 'history_head'"
Asked = Callable[[str, tuple[Any, ...]], sqlite3.Cursor]
"""Runs one query: a connection's ``execute`` or the tables' ``execute_sql``."""


def note_end(home: Path, key: bytes, asked: Asked) -> None:
    """Tells the end that the database has now; one that is missing from it stays told, so that ``check`` finds it."""
    head = asked(_HEAD, ()).fetchone()
    if head is None or missing(home, key, asked):
        return
    count, _, link = str(head[0]).partition(":")
    told = f"{int(count):012d}:{link}"
    with suppress(OSError):  # the save itself is on the disk
        handle = os.open(home / END_NAME, os.O_WRONLY | os.O_CREAT | getattr(os, "O_BINARY", 0), 0o600)
        try:
            os.write(handle, f"{told}:{_mark(key, told)}\n".encode())  # always of one length: nothing of before is left
        finally:
            os.close(handle)


def missing(home: Path, key: bytes, asked: Asked) -> str:
    """What the history lacks of the end that was told, empty where nothing is missing or nothing was told yet."""
    try:
        said = _said(home / END_NAME, key)
    except FileNotFoundError:
        return ""
    except (OSError, ValueError):
        return f"{END_NAME} 读不出来，或被改动"
    count, _, link = said.partition(":")
    if not said or asked("SELECT 1 FROM history WHERE id = ? AND link = ?", (int(count), link)).fetchone():
        return ""
    return f"写到过第 {int(count)} 行，现在没有这一行：最后的保存丢了，或数据被换成了旧的"


def _said(path: Path, key: bytes) -> str:
    """What the file tells; nothing where its name outlived a power cut and its words did not.

    Read again where it does not fit: it may be written at this moment.

    :raises ValueError: it was changed.
    """
    for _ in range(_READ_AGAIN):
        told = path.read_bytes()
        said, _, mark = told.decode("ascii", "replace").strip().rpartition(":")
        if not told.strip(b"\0"):
            return ""
        if hmac.compare_digest(_mark(key, said).encode(), mark.encode()):
            return said
    raise ValueError


def _mark(key: bytes, said: str) -> str:
    return hmac.digest(key, f"end {said}".encode(), "sha256").hex()[:32]
