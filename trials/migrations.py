"""kill -9 during the upgrade of a populated home of every schema shipped: whole before and whole afterwards (T6)."""

from __future__ import annotations

import random
import shutil
import time
from pathlib import Path
from zipfile import ZipFile

from crm_desktop.models.database import SCHEMA
from crm_desktop.services.office import open_office
from trials.furniture import ROOT, Caller, Rows, Trial, TrialFailed, killed, new_home, rows_of, started, version_of

_FIXTURES = ROOT / "tests" / "fixtures"


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
    before, rows = version_of(home), rows_of(home)
    process = started(home, "serve")
    time.sleep(seconds)
    killed(process)
    after = version_of(home)
    if after == before and rows_of(home) != rows:
        raise TrialFailed(f"{kept.name}: still schema {before}, and yet changed")
    return {before: "旧版", SCHEMA: "新版"}.get(after, "中间的完整一版")


def _upgraded(kept: Path, home: Path, *, fresh: bool = True) -> tuple[Rows, float]:
    if fresh:
        _fresh(kept, home)
        began = time.monotonic()
        Caller(home).close()
        longest = time.monotonic() - began
    office = open_office(home)
    trouble = [finding for finding in office.upkeep.check() if finding.trouble]
    office.desk.close()
    if trouble or version_of(home) != SCHEMA:
        raise TrialFailed(f"{kept.name}: {trouble}")
    if left := list(home.rglob("*.tmp")):
        raise TrialFailed(f"{kept.name}: left over {left}")
    return rows_of(home), longest if fresh else 0.0


def _fresh(kept: Path, home: Path) -> None:
    shutil.rmtree(home, ignore_errors=True)
    with ZipFile(kept) as packed:
        packed.extractall(home)


TRIAL = Trial("migrations", "升级中强制结束", 16, 3_200, run)
