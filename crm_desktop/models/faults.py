"""Turns what SQLite and the file system report into one sentence the desk can act on."""

from __future__ import annotations

import errno
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from crm_desktop.domain.errors import Damaged, DeskError, InUse, NotFound, StorageRefused

_FULL = ("disk is full", "disk i/o error")
_READ_ONLY = ("readonly", "read-only", "unable to open")
_LOCKED = ("locked",)
_BROKEN = (
    "malformed", "not a database", "corrupt", "could not decode", "no such table", "no such column",
    "already exists", "duplicate column",  # an upgrade found what only later steps make: the file's number is wrong
)  # fmt: skip
_SHOWN = 120
"""So many letters of a path, its end."""
_POINTS_NOWHERE = "foreign key constraint failed"


@contextmanager
def translated(path: Path) -> Iterator[None]:
    """Inside it, faults of the database file or its folder come out as a ``DeskError``."""
    try:
        yield
    except DeskError:
        raise
    except UnicodeDecodeError as fault:  # bytes in the file that no text of ours can be
        raise Damaged(f"数据文件 {path.name} 已损坏。请停止录入，从备份恢复。") from fault
    except _faults() as fault:
        refusal = _sentence(_root(fault), path)
        if refusal is None:
            raise
        raise refusal from fault


def unreachable(fault: OSError, home: Path) -> StorageRefused:
    """What is said of a path nobody asked about beforehand: one that cannot be, or that leads to a refusing disk."""
    place = str(fault.filename or home)
    shown = place if len(place) <= _SHOWN else f"…{place[-_SHOWN:]}"
    return StorageRefused(f"读不了或写不了：{shown}。请检查它是否在、是否有权限，磁盘是否已满。")


def _faults() -> tuple[type[Exception], ...]:
    """Asked only where something went wrong: reading rows needs no peewee."""
    import peewee  # noqa: PLC0415 - see above

    return peewee.OperationalError, peewee.DatabaseError, sqlite3.Error, OSError


def _root(fault: BaseException) -> BaseException:
    """The first cause: peewee and a failed ROLLBACK hide a full disk behind their own words (trap 39)."""
    seen = fault
    while seen.__cause__ or seen.__context__:
        seen = seen.__cause__ or seen.__context__ or seen
    return seen


def _sentence(fault: BaseException, path: Path) -> DeskError | None:
    words = str(fault).lower()
    if isinstance(fault, OSError):
        if fault.errno == errno.ENOSPC:
            return StorageRefused(f"磁盘已满，没有保存。请清理 {path.parent} 所在的磁盘后再试。")
        return StorageRefused(f"数据文件夹不能写入：{path.parent}。请检查文件夹是否存在、是否有权限。")
    if _POINTS_NOWHERE in words:  # a verb was told an id that no window offers
        return NotFound("所指的记录不在档案里，没有保存。请刷新后重新选择。")
    if any(word in words for word in _FULL):
        return StorageRefused(f"磁盘已满或出错，没有保存。请清理 {path.parent} 所在的磁盘后再试。")
    if any(word in words for word in _READ_ONLY):
        return StorageRefused(f"数据文件不能写入：{path}。请检查文件夹的权限，或是否为只读磁盘。")
    if any(word in words for word in _LOCKED):
        return InUse("数据正被另一个程序占用，没有保存。请关闭另一个窗口后再试。")
    if any(word in words for word in _BROKEN):
        return Damaged(f"数据文件 {path.name} 已损坏。请停止录入，从备份恢复。")
    return None
