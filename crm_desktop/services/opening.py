"""Before a window shows anything: was the folder left in order, and is everything in it as it was written."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

from crm_desktop.clock import clock_for
from crm_desktop.domain.errors import Damaged
from crm_desktop.models.database import FILE_NAME, KEY_NAME, SCHEMA, key_in, schema_of
from crm_desktop.models.faults import translated
from crm_desktop.models.moments import stamp
from crm_desktop.models.tail import missing
from crm_desktop.services.backups import MARK
from crm_desktop.services.soundness import END, all_of

_PROVING = "核对每一条记录和历史链"
Told = Callable[[str, int, int], None]


def prove(home: Path, told: Told) -> None:
    """Asks every question of ``check`` of the home's records; what is damaged is marked, so that no backup is made of
    it and none thinned. A mark of before goes when all is well.

    Of a folder of another schema, whose rows have no classes here, only the structure is proven: the upgrade comes
    first, then this once more.

    :raises Damaged: naming the first thing that does not agree.
    """
    told(_PROVING, 0, 0)
    trouble = quick_trouble(home) if _of_another_schema(home) else _trouble(home, told)
    if trouble:
        mark(home)
        raise Damaged(f"数据核对不通过：{trouble}。请不要继续录入，先恢复一个备份。")
    (home / MARK).unlink(missing_ok=True)


def mark(home: Path) -> None:
    """From now on no backup is made by itself and none thinned."""
    with translated(home / MARK):
        (home / MARK).write_text(stamp(clock_for(home)()), encoding="ascii")


def quick_trouble(home: Path) -> str:
    """What SQLite's quick check says and whether the end of the history is there, empty when all is well; for a thread
    beside the window."""
    try:
        with closing(sqlite3.connect(home / FILE_NAME)) as rows:
            rows.execute("PRAGMA query_only = ON")
            answer = rows.execute("PRAGMA quick_check(1)").fetchone()[0]
            lost = missing(home, key_in(home / KEY_NAME) or b"", rows.execute)
    except sqlite3.OperationalError:  # locked or not readable says nothing about damage
        return ""
    except sqlite3.DatabaseError:
        return "数据库结构损坏"
    if answer != "ok":
        return "数据库结构损坏"
    return f"{END}，{lost}" if lost else ""


def _of_another_schema(home: Path) -> bool:
    try:
        return schema_of(home / FILE_NAME) != SCHEMA
    except (Damaged, sqlite3.OperationalError):
        return False


def _trouble(home: Path, told: Told) -> str:
    def asked(done: int, total: int) -> None:
        told(_PROVING, done, total)

    try:
        key = bytes.fromhex((home / KEY_NAME).read_text(encoding="ascii").strip())
        with closing(sqlite3.connect(home / FILE_NAME)) as rows:
            found = [one for one in all_of(home, key, rows, asked) if one.trouble]
    except (OSError, ValueError):
        return f"历史记录的密钥 {KEY_NAME} 读不出来"
    except sqlite3.OperationalError:  # locked or not readable says nothing about damage
        return ""
    except sqlite3.DatabaseError:
        return "数据库结构损坏"
    return f"{found[0].what}，{found[0].trouble}" if found else ""
