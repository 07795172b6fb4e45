"""Power cuts, by the program's own system calls: what was not synced is dropped, torn or reordered (T2).

The program runs under strace while it starts for the first time, saves, backs up, imports, restores and upgrades;
each cut is a state of the whole data folder (``trials/_disk.py``), which the program then opens.
"""

from __future__ import annotations

import random
import re
import shutil
import sqlite3
from collections.abc import Callable
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from zipfile import ZipFile

from crm_desktop.domain.errors import DeskError
from crm_desktop.models.database import SCHEMA
from crm_desktop.services import bundles
from crm_desktop.services.office import open_office
from tests.importers.makers_files import csv_bytes
from trials._disk import Disk, strace_to
from trials.furniture import ROOT, Caller, Rows, Trial, TrialFailed, command, new_home, rows_of, started, version_of

_SAVES, _IMPORTED, _CHECKED_EVERY = 40, 20, 20
_SHARES = {"door": 12, "first": 2, "restore": 4, "upgrade": 2}
"""Of twenty cuts; an upgrade and a restore are opened and compared row by row each time, which takes longer."""
_NUMBER = re.compile(rb'"number": "([^"]+)"')
_OLD = "schema9.zip"


@dataclass(frozen=True, slots=True)
class _Act:
    """``disk`` with what was done; ``proven(home, told, thoroughly)`` raises ``TrialFailed`` for what must not be,
    ``told`` being all that the program had said by then."""

    disk: Disk
    proven: Callable[[Path, bytes, bool], None]


def run(rounds: int, seed: int) -> str:
    """So many cuts through one trace of each kind."""
    chance, done = random.Random(seed), dict.fromkeys(_SHARES, 0)  # noqa: S311 - where to cut is no secret
    with new_home() as home:
        acts = {"door": _door(home), "first": _first(home), "restore": _restore(home), "upgrade": _upgrade(home)}
        kinds = [kind for kind, share in _SHARES.items() for _ in range(share)]
        for round_ in range(rounds):
            kind = kinds[round_ % len(kinds)]
            act, done[kind] = acts[kind], done[kind] + 1
            cut = chance.randrange(1, len(act.disk.steps) + 1)
            _laid(home, act.disk.after(cut, chance))
            told = b"\n".join(step.content for step in act.disk.steps[:cut] if step.kind == "told")
            try:
                act.proven(home, told, done[kind] % _CHECKED_EVERY == 0)
            except (TrialFailed, DeskError, sqlite3.Error) as failure:
                raise TrialFailed(f"{kind}, cut {cut} of {len(act.disk.steps)}: {failure}") from failure
        steps = sum(len(act.disk.steps) for act in acts.values())
    return (
        f"{rounds:,} 种断电状态（{steps:,} 个写盘动作中任意一处，未落盘的丢弃、撕裂或乱序）："
        f"保存、备份和导入 {done['door']:,}，首次启动 {done['first']:,}，恢复 {done['restore']:,}，"
        f"升级 {done['upgrade']:,}；丢失 0，损坏 0"
    )


def _laid(home: Path, files: dict[str, bytes]) -> None:
    shutil.rmtree(home)
    home.mkdir()
    for name, content in files.items():
        if not name.endswith("-shm"):
            (home / name).parent.mkdir(parents=True, exist_ok=True)
            (home / name).write_bytes(content)


def _traced(home: Path, do: Callable[[list[str]], object]) -> Disk:
    """What ``do``, given what to put before the command, does to the home."""
    disk, trace = Disk.of(home), home.parent / "trace"
    do(strace_to(trace))
    disk.watch(trace)
    if not any(step.kind == "sync" for step in disk.steps):
        raise TrialFailed(f"the trace tells of {len(disk.steps)} calls and no sync")
    trace.unlink()
    return disk


def _door(home: Path) -> _Act:
    """Saves, with a backup and an import between them."""
    command(home, "demo", "--customers", "5", "--complaints", "5", "--until", "2026-11-20")
    key = bytes.fromhex((home / "history.key").read_text(encoding="ascii"))
    table = home.parent / "台账.csv"
    rows = [[f"旧-{number}", "2020-06-05", f"导入的一张 {number}"] for number in range(_IMPORTED)]
    table.write_bytes(csv_bytes([["投诉编号", "投诉日期", "投诉内容"], *rows], "utf-8"))

    def do(before: list[str]) -> None:
        caller = Caller(home, before=before)
        caller.sit_down()
        for number in range(_SAVES):
            caller.ask("complaints.register", words="断电前的一张", name=f"客户{number}")
            if number == _SAVES // 3:
                caller.ask("upkeep.backup")
            if number == _SAVES // 2:
                caller.ask("imports.run", kind="complaints", file=str(table))
        caller.close()

    def proven(home: Path, told: bytes, thoroughly: bool) -> None:
        there = _numbers(home, told)
        imported = sum(words.startswith("导入的一张") for words in there.values())
        if imported not in ({_IMPORTED} if b'"added"' in told else {0, _IMPORTED}):
            raise TrialFailed(f"{imported} of {_IMPORTED} imported complaints are there")
        backups = sorted((home / "backups").glob("crm-*.zip"))
        if len(backups) < told.count(b'"path"'):
            raise TrialFailed("a backup that was told of is gone")
        for path in backups[-1:]:
            bundles.proven(path, key)
        if thoroughly:
            _checked(home)

    return _Act(_traced(home, do), proven)


def _first(home: Path) -> _Act:
    """The first start of all and its first words."""
    shutil.rmtree(home)
    home.mkdir()

    def do(before: list[str]) -> None:
        caller = Caller(home, before=before)
        for number in range(3):
            caller.ask("complaints.register", words="第一张", name=f"客户{number}")
        caller.close()

    def proven(home: Path, told: bytes, thoroughly: bool) -> None:
        del thoroughly
        _checked(home)
        _numbers(home, told)

    return _Act(_traced(home, do), proven)


def _restore(home: Path) -> _Act:
    """A backup put in the place of newer data: the old or the new, and once told the new."""
    shutil.rmtree(home)
    command(home, "demo", "--customers", "5", "--complaints", "5", "--until", "2026-11-20")
    backup = home.parent / "备份.zip"
    command(home, "backup", str(backup))
    new = rows_of(home)
    caller = Caller(home)
    caller.sit_down()
    caller.ask("complaints.register", words="漏油", name="新来的")
    caller.close()
    old = rows_of(home)

    def do(before: list[str]) -> None:
        out, err = started(home, "restore", str(backup), before=before).communicate()
        if "已恢复".encode() not in out:
            raise TrialFailed(err.decode()[-300:])

    def proven(home: Path, told: bytes, thoroughly: bool) -> None:
        _opened(home, thoroughly=thoroughly)
        if rows_of(home) not in ([new] if "已恢复".encode() in told else [old, new]):
            raise TrialFailed("neither the old data nor the new")

    return _Act(_traced(home, do), proven)


def _upgrade(home: Path) -> _Act:
    """Data of an older program, opened by this one."""
    with ZipFile(ROOT / "tests" / "fixtures" / _OLD) as packed:
        shutil.rmtree(home)
        packed.extractall(home)
    version, old = version_of(home), rows_of(home)
    whole: list[Rows] = []

    def proven(home: Path, told: bytes, thoroughly: bool) -> None:
        del told
        if version_of(home) == version and rows_of(home) != old:
            raise TrialFailed(f"still schema {version}, and yet changed")
        _opened(home, thoroughly=thoroughly)
        if version_of(home) != SCHEMA or rows_of(home) not in whole:
            raise TrialFailed("another content after the upgrade")

    disk = _traced(home, lambda before: Caller(home, before=before).close())
    whole.append(rows_of(home))
    return _Act(disk, proven)


def _numbers(home: Path, told: bytes) -> dict[str, str]:
    """Words by number, of a sound database that has all that was acknowledged."""
    with closing(sqlite3.connect(home / "crm.db")) as rows:
        if (sound := rows.execute("PRAGMA integrity_check").fetchone()[0]) != "ok":
            raise TrialFailed(f"after a power cut: {sound}")
        lines, last = rows.execute("SELECT COUNT(*), COALESCE(MAX(id), 0) FROM history").fetchone()
        if lines != last:
            raise TrialFailed("after a power cut: half a transaction")
        there: dict[str, str] = dict(rows.execute("SELECT number, words FROM complaints").fetchall())
    if missing := {number.decode() for number in _NUMBER.findall(told)} - set(there):
        raise TrialFailed(f"{sorted(missing)} were acknowledged and are gone")
    return there


def _checked(home: Path) -> None:
    office = open_office(home)
    trouble = [finding for finding in office.upkeep.check() if finding.trouble]
    office.desk.close()
    if trouble:
        raise TrialFailed(f"after a power cut: {trouble}")


def _opened(home: Path, *, thoroughly: bool) -> None:
    if thoroughly:
        _checked(home)
    else:
        open_office(home).desk.close()


TRIAL = Trial("power", "断电（按系统调用推演）", 100, 10_000, run)
