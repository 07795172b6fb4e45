"""kill -9 during the upgrade of a populated home of every schema shipped: whole before and whole afterwards (T6)."""

from __future__ import annotations

import random
import shutil
import sqlite3
import time
from contextlib import closing
from pathlib import Path
from zipfile import ZipFile

from crm_desktop.models.database import SCHEMA
from crm_desktop.services.office import open_office
from trials.furniture import ROOT, Caller, Trial, TrialFailed, killed, new_home, started

_FIXTURES = ROOT / "tests" / "fixtures"
_Rows = dict[str, list[tuple[object, ...]]]


def run(rounds: int, seed: int) -> str:
    """So many kills, at least one a schema; each home is opened again and compared with one that was never killed."""
    chance = random.Random(seed)  # noqa: S311 - when to kill is no secret
    homes = sorted(_FIXTURES.glob("schema*.zip"))
    rounds = max(rounds, len(homes))
    ends: dict[str, int] = {}
    with new_home() as home:
        for place, kept in enumerate(homes):
            whole, longest = _upgraded(kept, home)
            for _ in range(place, rounds, len(homes)):
                end = _cut_off(kept, home, chance.uniform(longest * 0.3, longest))
                ends[end] = ends.get(end, 0) + 1
                if _upgraded(kept, home, fresh=False)[0] != whole:
                    raise TrialFailed(f"{kept.name}: another content after an upgrade that was cut off")
    told = "，".join(f"{count} 次停在{end}" for end, count in sorted(ends.items()))
    return f"{len(homes)} 种旧数据版本，升级中强制结束 {rounds} 次：{told}，再打开都完整升级，行数和内容不变"


def _cut_off(kept: Path, home: Path, seconds: float) -> str:
    _fresh(kept, home)
    before, rows = _version(home), _rows(home)
    process = started(home, "serve")
    time.sleep(seconds)
    killed(process)
    after = _version(home)
    if after == before and _rows(home) != rows:
        raise TrialFailed(f"{kept.name}: still schema {before}, and yet changed")
    return {before: "旧版", SCHEMA: "新版"}.get(after, "中间的完整一版")


def _upgraded(kept: Path, home: Path, *, fresh: bool = True) -> tuple[_Rows, float]:
    if fresh:
        _fresh(kept, home)
        began = time.monotonic()
        Caller(home).close()
        longest = time.monotonic() - began
    office = open_office(home)
    trouble = [finding for finding in office.upkeep.check() if finding.trouble]
    office.desk.close()
    if trouble or _version(home) != SCHEMA:
        raise TrialFailed(f"{kept.name}: {trouble}")
    if left := list(home.rglob("*.tmp")):
        raise TrialFailed(f"{kept.name}: left over {left}")
    return _rows(home), longest if fresh else 0.0


def _fresh(kept: Path, home: Path) -> None:
    shutil.rmtree(home, ignore_errors=True)
    with ZipFile(kept) as packed:
        packed.extractall(home)


def _version(home: Path) -> int:
    with closing(sqlite3.connect(home / "crm.db")) as rows:
        return int(rows.execute("PRAGMA user_version").fetchone()[0])


def _rows(home: Path) -> _Rows:
    """Every row of every table, the search index left aside."""
    with closing(sqlite3.connect(home / "crm.db")) as rows:
        query = "SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'search_%' ORDER BY name"
        names = [name for (name,) in rows.execute(query)]
        return {name: rows.execute(f'SELECT * FROM "{name}" ORDER BY 1, 2').fetchall() for name in names}


TRIAL = Trial("migrations", "升级中强制结束", 13, 2_400, run)
