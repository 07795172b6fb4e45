"""诊断: what somebody who helps needs to know of a data folder, and nothing of any customer.

One .zip with ``report.txt`` (versions, sizes, schema, backups by their counts) and the log, which holds places in our
code and no values. No folder of this computer is named: it may carry somebody's name.
"""

from __future__ import annotations

import platform
import sqlite3
import zipfile
from contextlib import closing, suppress
from pathlib import Path

from crm_desktop import __version__
from crm_desktop.clock import clock_for, to_local
from crm_desktop.models.database import FILE_NAME, KEY_NAME, SCHEMA, SPARE_NAME
from crm_desktop.models.faults import translated
from crm_desktop.models.tail import END_NAME
from crm_desktop.services.backups import MARK, listing

_SAFE_SQLITE = (3, 51, 3)
_OWN_FILES = (
    FILE_NAME,
    f"{FILE_NAME}-wal",
    f"{FILE_NAME}-shm",
    f"{FILE_NAME}-journal",
    KEY_NAME,
    SPARE_NAME,
    END_NAME,
    MARK,
)


def report(home: Path, *more: str) -> str:
    """The report as text; ``more`` are lines of whoever asks (Qt's version, the screen)."""
    now = to_local(clock_for(home)())
    lines = [
        f"客诉管家 {__version__}，{now:%Y-%m-%d %H:%M}",
        f"系统 {platform.system()} {platform.release()} {platform.machine()}，Python {platform.python_version()}",
        f"SQLite {sqlite3.sqlite_version}{_old_sqlite()}",
        *more,
        f"数据版本 {_schema(home)}（本程序 {SCHEMA}）",
        *(f"文件 {name}：{(home / name).stat().st_size} 字节" for name in _OWN_FILES if (home / name).exists()),
        *_backup_lines(home),
    ]
    return "\n".join(lines) + "\n"


def write(home: Path, target: Path, *more: str) -> Path:
    """Writes the .zip; raises StorageRefused where it cannot be written."""
    beside = target.with_name(f".{target.name}.tmp")
    with translated(target):
        try:
            with zipfile.ZipFile(beside, "w", zipfile.ZIP_DEFLATED) as zipped:
                zipped.writestr("report.txt", report(home, *more))
                for log in sorted((home / "logs").glob("*.log")):
                    zipped.write(log, log.name)
            beside.replace(target)
        finally:
            beside.unlink(missing_ok=True)
    return target


def _old_sqlite() -> str:
    if sqlite3.sqlite_version_info >= _SAFE_SQLITE:
        return ""
    wanted = ".".join(map(str, _SAFE_SQLITE))
    return f"（低于 {wanted}：两个程序同时写时有一个已知缺陷，本程序只让一个写，不受影响）"


def _schema(home: Path) -> str:
    path = home / FILE_NAME
    if not path.exists():
        return "没有数据文件"
    with suppress(sqlite3.Error), closing(sqlite3.connect(f"{path.resolve().as_uri()}?mode=ro", uri=True)) as rows:
        return str(rows.execute("PRAGMA user_version").fetchone()[0])
    return "读不出来"


def _backup_lines(home: Path) -> list[str]:
    return [
        f"备份 {row.path.name}：{row.size} 字节，"
        + ("读不出来" if row.trouble else f"客户 {row.customers}，抱怨单 {row.complaints}")
        for row in listing(home)
    ]
