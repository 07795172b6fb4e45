"""kill -9 during a restore: afterwards the home is the old one or the new one, never a third (T5)."""

from __future__ import annotations

import json
import random
import shutil
import time
from pathlib import Path

from trials.furniture import Caller, Trial, TrialFailed, command, killed, new_home, started


def run(rounds: int, seed: int) -> str:
    """Each round restores a backup over newer data and is cut off somewhere."""
    chance, ends = random.Random(seed), {"old": 0, "new": 0}  # noqa: S311 - when to kill is no secret
    with new_home() as home:
        command(home, "demo", "--customers", "5", "--complaints", "5", "--until", "2026-11-20")
        backup = home.parent / "备份.zip"
        command(home, "backup", str(backup))
        _one_more(home)
        kept = home.parent / "kept"
        shutil.copytree(home, kept)
        texts = {"old": _content(home)}
        command(home, "restore", str(backup))
        texts["new"] = _content(home)
        longest = _seconds(kept, home, backup)
        for _ in range(rounds):
            _fresh(kept, home)
            process = started(home, "restore", str(backup))
            time.sleep(chance.uniform(longest * 0.2, longest * 1.05))
            killed(process)
            ends[_which(_content(home), texts)] += 1
            command(home, "check")
    return f"恢复中强制结束 {rounds} 次：{ends['old']} 次是原来的，{ends['new']} 次是备份的，没有第三种"


def _one_more(home: Path) -> None:
    caller = Caller(home)
    caller.sit_down()
    caller.ask("complaints.register", words="漏油", name="新来的")
    caller.close()


def _content(home: Path) -> str:
    caller = Caller(home)
    caller.sit_down()
    content = caller.ask("system.dump")
    caller.close()
    return json.dumps(content)


def _which(text: str, texts: dict[str, str]) -> str:
    for name, known in texts.items():
        if text == known:
            return name
    raise TrialFailed("a third state after a restore that was cut off")


def _seconds(kept: Path, home: Path, backup: Path) -> float:
    _fresh(kept, home)
    began = time.monotonic()
    command(home, "restore", str(backup))
    return time.monotonic() - began


def _fresh(kept: Path, home: Path) -> None:
    shutil.rmtree(home)
    shutil.copytree(kept, home)


TRIAL = Trial("restores", "恢复中强制结束", 6, 1_000, run)
