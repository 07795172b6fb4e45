"""Commands that keep the data: backup, restore, backups."""

from __future__ import annotations

import json
import os
import sqlite3
import sys
from argparse import Namespace

from crm_desktop.cli.homes import looking, signed
from crm_desktop.clock import to_local
from crm_desktop.domain.backups import BackupRow
from crm_desktop.domain.errors import Damaged, InvalidInput, NewerSchema, NotAllowed, StorageRefused
from crm_desktop.domain.rights import Right, require
from crm_desktop.models.lock import WriterLock
from crm_desktop.services import backups as services
from crm_desktop.services.locked_files import is_locked, lock_for
from crm_desktop.services.soundness import damage

_BROKEN = (ValueError, TypeError, LookupError, AttributeError, ArithmeticError, sqlite3.Error)
"""What readers that know sound rows only raise over damaged ones."""


def backup(asked: Namespace) -> int:
    """A backup that was verified by opening it; runs beside the window."""
    with looking(asked) as office:
        act = signed(office, asked)
        path = office.backups.make(act, asked.out, _password(asked.out.name) if asked.lock else "")
    print(f"已备份并核对：{path}")
    return 0


def restore(asked: Namespace) -> int:
    """Puts a backup in place; the present data is backed up first where it opens, and its files are kept anyway."""
    if not asked.file.exists():
        raise StorageRefused(f"没有这个备份文件：{asked.file}。请核对路径。")
    with WriterLock(asked.home, "恢复备份"):
        password = _password_for(asked)
        _keep_present(asked)
        print(services.restore(asked.home, asked.file, asked.code, password))
    return 0


def backups(asked: Namespace) -> int:
    """Every backup in the home, with when it was made and what it holds."""
    rows = services.listing(asked.home)
    if asked.json:
        print(json.dumps([_told(row) for row in rows], ensure_ascii=False, indent=2))
        return 0
    for row in rows:
        print(_line(row))
    if not rows:
        print(f"{asked.home} 里还没有备份。")
    return 0


def _password_for(asked: Namespace) -> str:
    """That of a locked backup, asked for where this computer did not lock it; known to fit before anything is done."""
    if not is_locked(asked.file):
        return ""
    try:
        lock_for(asked.file, asked.home)
    except InvalidInput:
        password = _password(asked.file.name)
        lock_for(asked.file, asked.home, password)
        return password
    return ""


def _password(name: str) -> str:
    """From the environment as CRM_BACKUP_PASSWORD, else from the terminal; never from the command line, which others
    of the computer can read."""
    told = os.environ.get("CRM_BACKUP_PASSWORD")
    if told is not None:
        return told
    if sys.stdin is None or not sys.stdin.isatty():
        raise InvalidInput({"password": f"{name} 要用密码：请在终端里运行再输入，或放进环境变量 CRM_BACKUP_PASSWORD。"})
    from getpass import getpass  # noqa: PLC0415 - only when somebody sits at a terminal

    return getpass(f"{name} 的密码：")


def _keep_present(asked: Namespace) -> None:
    """Who may restore is asked of the data as it is; where nothing opens, or people's own rows are damaged, there is
    nobody to ask."""
    if not services.has_data(asked.home):
        return
    try:
        _keep(asked)
    except (Damaged, NewerSchema):
        return
    except _BROKEN:
        if not damage(asked.home):
            raise


def _keep(asked: Namespace) -> None:
    with looking(asked) as office:
        try:
            require(signed(office, asked), Right.BACKUP)
        except NotAllowed:
            if any(finding.trouble for finding in office.upkeep.check()):
                return
            raise
        office.backups.before("恢复")


def _told(row: BackupRow) -> dict[str, object]:
    made = to_local(row.made_at).isoformat() if row.made_at else None
    return {
        "file": str(row.path), "made_at": made, "version": row.program, "schema": row.schema, "bytes": row.size,
        "customers": row.customers, "complaints": row.complaints, "trouble": row.trouble,
    }  # fmt: skip


def _line(row: BackupRow) -> str:
    if row.made_at is None:
        return f"{row.path.name}\t{row.trouble}"
    made = f"{to_local(row.made_at):%Y-%m-%d %H:%M}"
    return f"{row.path.name}\t{made}\t程序 {row.program}\t客户 {row.customers}\t抱怨单 {row.complaints}"
