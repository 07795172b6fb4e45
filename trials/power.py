"""Power cuts, by the program's own system calls: what was not synced is dropped, torn or reordered (T2).

The door runs under strace while it saves; every write and sync of the database and its log is recorded, and so is
every answer. A cut anywhere keeps all that was synced before and, of the rest, whatever it likes.
"""

from __future__ import annotations

import random
import re
import shutil
import sqlite3
import subprocess
from collections.abc import Iterator, Mapping
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path

from crm_desktop.services.office import open_office
from trials.furniture import Caller, Trial, TrialFailed, command, new_home

_CALLS = "openat,open,close,write,pwrite64,fsync,fdatasync,ftruncate,unlink"
_SECTOR, _SAVES, _CHECKED_EVERY = 512, 40, 20
_FILES = ("crm.db", "crm.db-wal")
_DONE = re.compile(rb"^\d+ +(\w+)\((.*)\) += (-?\d+)")
_PARTS = re.compile(rb'^(\d+)(?:, "((?:\\x[0-9a-f]{2})*)"(?:, \d+)?(?:, (\d+))?)?(?:, (\d+))?')


_PATH = re.compile(rb'"((?:\\x[0-9a-f]{2})*)"')


@dataclass(frozen=True, slots=True)
class _Call:
    """What happened to one of the files, in the order of the trace; ``told`` is a number that was acknowledged."""

    name: str
    file: str
    at: int = 0
    content: bytes = b""
    told: str = ""


def run(rounds: int, seed: int) -> str:
    """So many cuts through one trace."""
    chance, most, lost_tail = random.Random(seed), 0, 0  # noqa: S311 - where to cut is no secret
    with new_home() as home:
        command(home, "demo", "--customers", "5", "--complaints", "5", "--until", "2026-11-20")
        kept = home.parent / "kept"
        shutil.copytree(home, kept)
        calls = list(_parsed(_traced(home)))
        acknowledged = [call.told for call in calls if call.told]
        if len(acknowledged) < _SAVES or not any(call.name == "sync" for call in calls):
            raise TrialFailed(f"the trace tells of {len(acknowledged)} saves and {len(calls)} calls only")
        for round_ in range(rounds):
            cut = chance.randrange(1, len(calls) + 1)
            told = [call.told for call in calls[:cut] if call.told]
            _cut(kept, home, calls[:cut], chance)
            there = _opened(home, thoroughly=round_ % _CHECKED_EVERY == 0)
            if missing := set(told) - there:
                raise TrialFailed(f"cut {cut} of {len(calls)}: {sorted(missing)} were acknowledged and are gone")
            most, lost_tail = max(most, len(told)), lost_tail + (len(there) > len(told))
    return (
        f"{rounds} 种断电状态（{len(calls):,} 个写盘动作中任意一处，未落盘的丢弃、撕裂或乱序）："
        f"最多 {most} 次已确认的保存，丢失 0，损坏 0"
    )


def _traced(home: Path) -> bytes:
    trace = home.parent / "trace"
    before = ["strace", "-f", "-xx", "-s", "1000000", "-e", f"trace={_CALLS}", "-o", str(trace)]
    try:
        subprocess.run(["strace", "-o", "/dev/null", "true"], check=True, capture_output=True)
    except (OSError, subprocess.CalledProcessError):
        raise TrialFailed("tracing is forbidden here, or there is no strace: this trial cannot be run") from None
    caller = Caller(home, before=before)
    caller.sit_down()
    for number in range(_SAVES):
        caller.ask("complaints.register", words="断电前的一张", name=f"客户{number}")
    caller.close()
    return trace.read_bytes()


def _parsed(trace: bytes) -> Iterator[_Call]:
    names: dict[int, str] = {}
    for line in _whole_lines(trace):
        done = _DONE.match(line)
        if done is None or int(done[3]) < 0:
            continue
        name, given, result = done[1].decode(), done[2], int(done[3])
        parts, path = _PARTS.match(given), _PATH.search(given)
        if path and name in ("open", "openat"):
            names[result] = _name(path[1])
        elif path and name == "unlink":
            yield from [_Call("gone", file) for file in _FILES if file == _name(path[1])]
        elif parts and name == "close":
            names.pop(int(parts[1]), None)
        elif parts:
            yield from _done_to(name, int(parts[1]), names, parts)


def _done_to(name: str, handle: int, names: Mapping[int, str], parts: re.Match[bytes]) -> Iterator[_Call]:
    if handle == 1 and name == "write":
        if number := re.search(rb'"number": "([^"]+)"', _bytes(parts[2] or b"")):
            yield _Call("told", "", told=number[1].decode())
    elif names.get(handle) in _FILES:
        yield from _of_a_file(name, names[handle], parts)


def _name(path: bytes) -> str:
    return Path(_bytes(path).decode("utf-8", "replace")).name


def _of_a_file(name: str, file: str, parts: re.Match[bytes]) -> Iterator[_Call]:
    if name == "pwrite64":
        yield _Call("write", file, int(parts[3]), _bytes(parts[2] or b""))
    elif name in ("fsync", "fdatasync"):
        yield _Call("sync", file)
    elif name == "ftruncate":
        yield _Call("cut", file, int(parts[4]))


def _whole_lines(trace: bytes) -> Iterator[bytes]:
    """Calls that strace tells in two parts, put together again."""
    begun: dict[bytes, bytes] = {}
    for line in trace.splitlines():
        pid = line.split(b" ", 1)[0]
        if line.endswith(b"<unfinished ...>"):
            begun[pid] = line.removesuffix(b"<unfinished ...>").rstrip()
        elif b" resumed>" in line:
            yield begun.pop(pid, b"") + line.split(b" resumed>", 1)[1]
        else:
            yield line


def _bytes(told: bytes) -> bytes:
    return bytes.fromhex(told.replace(b"\\x", b"").decode("ascii"))


def _cut(kept: Path, home: Path, calls: list[_Call], chance: random.Random) -> None:
    """The home as it lies on the disk after a power cut behind these calls."""
    shutil.rmtree(home, ignore_errors=True)
    shutil.copytree(kept, home)
    files = {name: bytearray((home / name).read_bytes() if (home / name).exists() else b"") for name in _FILES}
    for file in _FILES:
        own = [call for call in calls if call.file == file]
        synced = max((place for place, call in enumerate(own) if call.name == "sync"), default=-1)
        for place, call in enumerate(own):
            if place <= synced or chance.random() < 0.5:
                _done(files[file], call, None if place <= synced else chance)
        if own:
            (home / file).write_bytes(files[file])
    if not files["crm.db-wal"]:
        (home / "crm.db-wal").unlink(missing_ok=True)
    (home / "crm.db-shm").unlink(missing_ok=True)


def _done(content: bytearray, call: _Call, chance: random.Random | None) -> None:
    if call.name in ("cut", "gone"):
        del content[call.at :]
    elif call.name == "write":
        written = call.content
        if chance is not None and chance.random() < 0.5:  # torn: some of its sectors only
            written = written[: chance.randrange(len(written) // _SECTOR + 1) * _SECTOR]
        content.extend(bytes(max(0, call.at - len(content))))
        content[call.at : call.at + len(written)] = written


def _opened(home: Path, *, thoroughly: bool) -> set[str]:
    if thoroughly:
        office = open_office(home)
        trouble = [finding for finding in office.upkeep.check() if finding.trouble]
        office.desk.close()
        if trouble:
            raise TrialFailed(f"after a power cut: {trouble}")
    with closing(sqlite3.connect(home / "crm.db")) as rows:
        if (sound := rows.execute("PRAGMA integrity_check").fetchone()[0]) != "ok":
            raise TrialFailed(f"after a power cut: {sound}")
        lines, last = rows.execute("SELECT COUNT(*), MAX(id) FROM history").fetchone()
        if lines != last:
            raise TrialFailed("after a power cut: half a transaction")
        return {number for (number,) in rows.execute("SELECT number FROM complaints")}


TRIAL = Trial("power", "断电（按系统调用推演）", 100, 10_000, run)
