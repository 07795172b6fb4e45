"""Damaged databases: never a crash, every damage found, a restore always works (T3, T4).

Of seven one is the log that a kill leaves beside the file: cut, changed or gone it loses what was acknowledged, and the
rest is a whole database.
"""

from __future__ import annotations

import json
import os
import random
import shutil
import subprocess
import sys
from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from functools import cache
from pathlib import Path

from trials.furniture import ROOT, Caller, Trial, TrialFailed, command, killed, new_home

_BATCH = 50
_PAGE = 4096
_KILLED, _SAVES = "killed", 3
"""The folder beside the home: the same home after so many saves, with the log that a kill left."""
_WORKER = """
import json, sys
from pathlib import Path
from trials.damage import one
home, seed, count = Path(sys.argv[1]), int(sys.argv[2]), int(sys.argv[3])
for number in range(seed, seed + count):
    print(one(home, number), flush=True)
"""


def run(rounds: int, seed: int) -> str:
    """Each round damages a copy of the same home in its own way, a batch for each core at a time."""
    seen: Counter[str] = Counter()
    with new_home() as home, ThreadPoolExecutor(os.cpu_count()) as pool:
        command(home, "demo", "--customers", "8", "--complaints", "8", "--until", "2026-11-20")
        command(home, "backup", str(home / "backups" / "crm-20261121-000000-s0-trial.zip"))
        _leave_log(home)
        batches = [(seed + first, min(_BATCH, rounds - first)) for first in range(0, rounds, _BATCH)]
        try:
            for words in pool.map(lambda batch: _batch(home, *batch), batches):
                seen.update(words)
        except TrialFailed:
            pool.shutdown(cancel_futures=True)
            raise
    found, same = seen["found"], seen["same"]
    return f"{rounds:,} 个损坏的数据库：查出 {found:,}，内容没有变 {same:,}，漏查 0，崩溃 0，每个都能从备份恢复"


def _leave_log(home: Path) -> None:
    place = home.with_name(_KILLED)
    shutil.copytree(home, place)
    caller = Caller(place)
    caller.sit_down()
    for number in range(_SAVES):
        caller.ask("complaints.register", words="断电前的一张", name=f"客户{number}")
    killed(caller.process)


def _batch(home: Path, seed: int, count: int) -> list[str]:
    """In a process of its own; the last one by the command line too."""
    words = [sys.executable, "-c", _WORKER, str(home), str(seed), str(count)]
    done = subprocess.run(words, capture_output=True, text=True, cwd=ROOT, check=False, timeout=60 * count)
    told = done.stdout.split()
    if done.returncode or len(told) != count:
        raise TrialFailed(f"seed {seed + len(told)}: {done.stderr.strip()[-600:]}")
    _by_command(home, seed + count - 1, told[-1])
    return told


def _by_command(home: Path, seed: int, word: str) -> None:
    copy = home.with_name(f"by-command-{seed}")
    _damaged(home, copy, random.Random(seed))  # noqa: S311 - which bytes is no secret
    done = command(copy, "check", check=False)
    if (word == "found") != bool(done.returncode) or "Traceback" in done.stderr:
        raise TrialFailed(f"seed {seed}: {word}, but check ended with {done.returncode}: {done.stderr[-300:]}")
    command(copy, "restore", str(next((copy / "backups").glob("*.zip"))))
    command(copy, "check")
    shutil.rmtree(copy)


def one(home: Path, seed: int) -> str:
    """Damages a copy, opens and checks it, restores it. ``found`` or ``same`` (nothing that counts was changed)."""
    from crm_desktop.services.backups import listing, restore  # noqa: PLC0415 - in the child only

    copy = home.with_name(f"damaged-{seed}")
    try:
        of = _damaged(home, copy, random.Random(seed))  # noqa: S311 - which bytes is no secret
        troubled = _troubled(copy)
        if not troubled and _content(copy) != _whole(of):
            raise TrialFailed(f"seed {seed}: a damage nobody found")
        restore(copy, listing(copy)[0].path)
        if _troubled(copy) or _content(copy) != _whole(home):
            raise TrialFailed(f"seed {seed}: what was restored is not what was kept")
        return "found" if troubled else "same"
    finally:
        shutil.rmtree(copy)


def _troubled(home: Path) -> bool:
    from crm_desktop.domain.errors import DeskError  # noqa: PLC0415 - in the child only
    from crm_desktop.services.office import open_office  # noqa: PLC0415 - in the child only

    try:
        office = open_office(home)
    except DeskError:
        return True
    try:
        return any(finding.trouble for finding in office.upkeep.check())
    except DeskError:
        return True
    finally:
        office.desk.database.close()


def _content(home: Path) -> str:
    from crm_desktop.services.office import open_office  # noqa: PLC0415 - in the child only

    office = open_office(home)
    content = office.chronicle.content(office.staff.act(office.staff.find("服务总监"), "试验"))
    office.desk.close()
    return json.dumps(content, default=str)


@cache
def _whole(home: Path) -> str:
    """The content of a home that nobody damages, read once, of a copy: to open it would fold its log."""
    copy = home.with_name(f"{home.name}-read-{os.getpid()}")
    shutil.copytree(home, copy)
    content = _content(copy)
    shutil.rmtree(copy)
    return content


def _damaged(home: Path, copy: Path, chance: random.Random) -> Path:
    """A damaged copy; returns the folder that it is a copy of."""
    kind = chance.randrange(7)
    of = home.with_name(_KILLED) if kind == 6 else home
    shutil.copytree(of, copy)
    if kind < 6:
        _damage(copy / "crm.db", chance, kind)
    elif chance.randrange(6):
        _damage(copy / "crm.db-wal", chance, chance.randrange(6))
    else:
        (copy / "crm.db-wal").unlink()
    return of


def _damage(path: Path, chance: random.Random, kind: int) -> None:
    content = bytearray(path.read_bytes())
    if kind == 0:
        del content[chance.randrange(len(content)) :]
    elif kind == 1:
        page = chance.randrange(len(content) // _PAGE) * _PAGE
        content[page : page + _PAGE] = bytes(_PAGE)
    elif kind == 2:
        one, other = (chance.randrange(len(content) // _PAGE) * _PAGE for _ in range(2))
        content[one : one + _PAGE], content[other : other + _PAGE] = (
            content[other : other + _PAGE], content[one : one + _PAGE],
        )  # fmt: skip
    else:
        for _ in range(chance.choice((1, 3, 30, 300))):
            content[chance.randrange(len(content))] = chance.randrange(256)
    path.write_bytes(content)


TRIAL = Trial("damage", "损坏的数据库", 60, 10_000, run)
