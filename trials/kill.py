"""kill -9 while writing and backing up: what was acknowledged is there, what was not is whole or absent (T1)."""

from __future__ import annotations

import random
import threading
import time
from pathlib import Path

from trials.furniture import Caller, Trial, TrialFailed, command, killed, new_home, started

_CHECKED_EVERY, _A_HOME = 10, 50
_WORDS = "空调不冷，修了两次还是不冷"


def run(rounds: int, seed: int) -> str:
    """Rounds of writing until the process dies; the next round looks for what the last one was told."""
    chance, acknowledged = random.Random(seed), 0  # noqa: S311 - when to kill is no secret
    for first in range(0, rounds, _A_HOME):
        acknowledged += _in_one_home(min(_A_HOME, rounds - first), chance)
    return f"{rounds} 次强制结束，{acknowledged:,} 次已确认的保存，丢失 0，半截 0"


def _in_one_home(rounds: int, chance: random.Random) -> int:
    """How many saves were acknowledged in a home of its own: each start after a kill proves all that lies there."""
    acknowledged, sent = 0, 0
    told: list[str] = []
    with new_home() as home:
        for round_ in range(rounds):
            caller = Caller(home)
            _look(caller, told, acknowledged, sent)
            told, asked = _written_until_killed(caller, home, chance, with_backup=round_ % 3 == 0)
            acknowledged, sent = acknowledged + len(told), sent + asked
            if round_ % _CHECKED_EVERY == 0:
                command(home, "check")
        last = Caller(home)
        _look(last, told, acknowledged, sent)
        last.close()
        command(home, "check")
        left = [path.name for path in home.rglob("*.tmp")]
    if left:
        raise TrialFailed(f"left over: {left[:5]}")
    return acknowledged


def _written_until_killed(
    caller: Caller, home: Path, chance: random.Random, *, with_backup: bool
) -> tuple[list[str], int]:
    backup = started(home, "backup", str(home.parent / "备份.zip")) if with_backup else None
    end = threading.Timer(chance.uniform(0.02, 0.6), caller.process.kill)
    told: list[str] = []
    asked = 0
    end.start()
    try:
        while True:
            asked += 1
            told.append(
                caller.ask(
                    "complaints.register",
                    words=_WORDS,
                    name=f"客户{asked}",
                    key=f"{id(caller)}-{asked}-{time.time_ns()}",
                )["number"]
            )
    except (EOFError, BrokenPipeError):
        pass
    killed(caller.process)
    if backup is not None:
        time.sleep(chance.uniform(0, 0.3))
        killed(backup)
    return told, asked


def _look(caller: Caller, told: list[str], acknowledged: int, sent: int) -> None:
    for number in told:
        if caller.ask("complaints.get", number=number)["fields"]["words"] != _WORDS:
            raise TrialFailed(f"{number} came back with other words")
    total = caller.ask("complaints.rows", view="全部", limit=0)["total"]
    if not acknowledged <= total <= sent:
        raise TrialFailed(f"{acknowledged} acknowledged, {sent} sent, {total} there")


TRIAL = Trial("kill", "写入和备份中强制结束", 30, 2_000, run)
