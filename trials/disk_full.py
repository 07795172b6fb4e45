"""The disk fills up at a point of a save, a backup, an export, an import or an upgrade: told with code 8, nothing lost
(T12)."""

from __future__ import annotations

import shutil
import sys
from pathlib import Path
from typing import Any
from zipfile import ZipFile

from crm_desktop.domain.errors import StorageRefused
from tests.importers.makers_files import COMPLAINTS, xlsx_file
from trials.furniture import ROOT, Caller, Rows, Trial, TrialFailed, command, new_home, rows_of

_FULL, _PERIOD = StorageRefused.code, {"from": "2026-01-01", "to": "2026-12-31"}
_SAVES, _OLD = 150, "schema9.zip"
_LIMIT = (
    "import os, resource, sys\n"
    "resource.setrlimit(resource.RLIMIT_FSIZE, (int(sys.argv[1]),) * 2)\n"
    "os.execv(sys.argv[2], sys.argv[2:])\n"
)
"""Started before the program: no file may grow beyond so many bytes, as on a disk that is full at that point."""


def run(rounds: int, seed: int) -> str:
    """So many limits, from one that lets nothing through to one that stops in the middle of the work."""
    refused = acknowledged = 0
    with new_home() as home:
        command(home, "demo", "--customers", "10", "--complaints", "20", "--until", "2026-11-20")
        book = home.parent / "register.xlsx"
        command(home, "export", "register", "--from", "2026-01-01", "--to", "2026-12-31", str(book))
        foreign = xlsx_file(home.parent, *COMPLAINTS)
        kept, size = book.read_bytes(), (home / "crm.db").stat().st_size
        old = home.parent / "old"
        whole, upgraded = _upgraded(old)
        stopped = 0
        for round_ in range(rounds):
            fresh = home.parent / f"home-{round_}"
            shutil.copytree(home, fresh)
            limit = 4096 * (2 + seed) + (size * 3 // 2) * round_ // max(rounds - 1, 1)
            told, more = _filled(fresh, limit, book, foreign)
            _look(fresh, told, book, f"limit {limit}")
            refused, acknowledged = refused + more, acknowledged + len(told)
            book.write_bytes(kept)
            shutil.rmtree(fresh)
            limit = 4096 * (2 + seed) + upgraded * round_ // max(rounds - 1, 1)
            stopped += _upgrade_stopped(old, limit, whole)
    return (
        f"磁盘在 {rounds} 处写满：{refused} 次都以 8 拒绝，{acknowledged} 次已确认的保存都在，原有的导出都完好；"
        f"升级 {stopped} 次停下，有了空间都完整升级"
    )


def _upgraded(home: Path) -> tuple[Rows, int]:
    """What the older home holds once upgraded, and how large its largest file is then."""
    _unpacked(home)
    Caller(home).close()
    return rows_of(home), (home / "crm.db").stat().st_size


def _upgrade_stopped(home: Path, limit: int, whole: Rows) -> bool:
    """Whether the upgrade was refused for want of space; with space it goes on and brings everything along."""
    _unpacked(home)
    try:
        Caller(home, before=_limited(limit)).close()
    except TrialFailed as failure:
        stopped = f"'code': {_FULL}" in str(failure)
        if not stopped:
            raise
    else:
        stopped = False
    Caller(home).close()
    if rows_of(home) != whole:
        raise TrialFailed(f"limit {limit}: another content after an upgrade that found no space")
    command(home, "check")
    return stopped


def _unpacked(home: Path) -> None:
    shutil.rmtree(home, ignore_errors=True)
    with ZipFile(ROOT / "tests" / "fixtures" / _OLD) as packed:
        packed.extractall(home)


def _limited(limit: int) -> list[str]:
    return [sys.executable, "-c", _LIMIT, str(limit)]


def _filled(home: Path, limit: int, book: Path, foreign: Path) -> tuple[list[str], int]:
    told: list[str] = []
    try:
        caller = Caller(home, before=_limited(limit))
    except TrialFailed as failure:
        if f"'code': {_FULL}" not in str(failure):
            raise
        return told, 1
    seats = caller.answer("staff.login", name="服务总监", pin="2468")
    refused = 0
    if _is_full(seats, "staff.login"):
        caller.close()
        return told, 1
    caller.sit_down(token=seats["result"]["token"])
    for number in range(_SAVES):
        answer = caller.answer("complaints.register", words="漏油" * 300, name=f"客户{number}")
        if _is_full(answer, "complaints.register"):
            refused += 1
            break
        told.append(answer["result"]["number"])
    refused += _is_full(caller.answer("upkeep.backup"), "upkeep.backup")
    refused += _is_full(caller.answer("exports.write", paper="register", out=str(book), **_PERIOD), "exports.write")
    refused += _is_full(caller.answer("imports.run", kind="complaints", file=str(foreign)), "imports.run")
    refused += _is_full(caller.answer("complaints.register", words="又一张", name="后来的"), "complaints.register")
    caller.close()
    return told, refused


def _is_full(answer: dict[str, Any], op: str) -> bool:
    if answer["ok"]:
        return False
    if answer["code"] != _FULL:
        raise TrialFailed(f"{op} on a full disk: {answer}")
    return True


def _look(home: Path, told: list[str], book: Path, where: str) -> None:
    with ZipFile(book) as whole:
        if whole.testzip() is not None:
            raise TrialFailed(f"{where}: a register that is not whole")
    caller = Caller(home)
    caller.sit_down()
    for number in told:
        caller.ask("complaints.get", number=number)
    caller.close()
    if left := [path.name for path in book.parent.iterdir() if path.name.endswith((".tmp", ".part"))]:
        raise TrialFailed(f"{where}: left over {left}")
    command(home, "check")


TRIAL = Trial("disk_full", "磁盘写满", 4, 40, run)
