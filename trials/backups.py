"""kill -9 during a backup: under a backup's name lies a whole one or nothing, and what is left over goes (T4, T5)."""

from __future__ import annotations

import os
import random
import time
from pathlib import Path

from crm_desktop.domain.errors import DeskError
from crm_desktop.services import bundles
from trials.furniture import Caller, Trial, TrialFailed, command, killed, new_home

_LONG_AGO = 2 * 3600


def run(rounds: int, seed: int) -> str:
    """Each round cuts a backup off; then an hour passes, and the next backup sweeps up."""
    chance, cut = random.Random(seed), 0  # noqa: S311 - when to kill is no secret
    with new_home() as home:
        command(home, "demo", "--customers", "10", "--complaints", "20", "--until", "2026-11-20")
        folder, longest = home / "backups", _seconds(home)
        for round_ in range(rounds):
            caller = Caller(home)
            caller.sit_down()
            caller.ask("complaints.register", words=f"第 {round_} 次", name="新来的")
            before = set(folder.glob("*.zip"))
            caller.send("upkeep.backup")
            time.sleep(chance.uniform(0, longest))
            killed(caller.process)
            cut += set(folder.glob("*.zip")) == before
            _proven(folder)
        left = _left(folder)
        for path in left:
            os.utime(path, (time.time() - _LONG_AGO,) * 2)
        _seconds(home)
        if still := _left(folder):
            raise TrialFailed(f"left over after the next backup: {still}")
        command(home, "check")
    return f"备份中强制结束 {rounds} 次（{cut} 次没做完），没有半个备份；留下的 {len(left)} 个临时文件下次备份时清掉"


def _seconds(home: Path) -> float:
    caller = Caller(home)
    caller.sit_down()
    caller.ask("complaints.register", words="备份前的一张", name="新来的")
    began = time.monotonic()
    caller.ask("upkeep.backup")
    longest = time.monotonic() - began
    caller.close()
    return longest


def _proven(folder: Path) -> None:
    key = bytes.fromhex((folder.parent / "history.key").read_text(encoding="ascii"))
    for path in sorted(folder.glob("*.zip"))[-2:]:
        try:
            bundles.proven(path, key)
        except DeskError as refusal:
            raise TrialFailed(f"{path.name}: {refusal.sentence}") from None


def _left(folder: Path) -> list[Path]:
    return [path for path in folder.iterdir() if path.name.startswith(".")]


TRIAL = Trial("backups", "备份中强制结束", 8, 1_000, run)
