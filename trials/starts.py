"""Four starts at once: exactly one runs, the others end with 5 in two seconds; after a kill the next one runs (T11)."""

from __future__ import annotations

import time

from trials.furniture import Caller, Trial, TrialFailed, killed, new_home, started

_AT_ONCE, _SECONDS, _IN_USE = 4, 4.0, 5


def run(rounds: int, seed: int) -> str:
    """Rounds of four; each round's winner is killed."""
    with new_home() as home:
        Caller(home).close()
        slowest = 0.0
        for _ in range(rounds):
            began = time.monotonic()
            processes = [started(home, "serve") for _ in range(_AT_ONCE)]
            lines = [process.stdout.readline() if process.stdout else b"" for process in processes]
            winners = [p for p, line in zip(processes, lines, strict=True) if b'"ready": true' in line]
            losers = [process for process in processes if process not in winners]
            codes = [process.wait(timeout=30) for process in losers]
            slowest = max(slowest, time.monotonic() - began)
            for process in processes:
                killed(process)
            if len(winners) != 1 or set(codes) != {_IN_USE}:
                raise TrialFailed(f"{len(winners)} ran at once, the others ended with {codes}")
    return f"{rounds} 次同时启动 {_AT_ONCE} 个：每次只有一个运行，其余以 5 结束，最慢 {slowest:.1f} 秒"


TRIAL = Trial("starts", "四个同时启动", 3, 200, run)
