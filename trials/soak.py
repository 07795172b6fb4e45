"""Hours of mixed work through one door: memory, handles and the log file stay where they are (T14)."""

from __future__ import annotations

import random
import time
from pathlib import Path
from typing import Any

from trials.furniture import Caller, Trial, TrialFailed, command, new_home

_WARM, _GROWTH, _LOG = 0.4, 1.2, 16 * 1024 * 1024
_PERIOD = {"from": "2026-01-01", "to": "2026-11-20"}
_WORDS = ("异响", "漏油", "漆面", "空调不冷", "等了三个小时")


def run(rounds: int, seed: int) -> str:
    """``rounds`` are seconds; what stands after the first two fifths is the measure for the rest."""
    chance, done, took = random.Random(seed), 0, []  # noqa: S311 - what to do next is no secret
    with new_home() as home:
        command(home, "demo", "--customers", "20", "--complaints", "40", "--until", "2026-11-20")
        caller = Caller(home)
        caller.sit_down()
        began, log, warm = time.monotonic(), 0, (0, 0)
        while (passed := time.monotonic() - began) < rounds:
            moment = time.monotonic()
            _something(caller, home, chance, done)
            took.append(time.monotonic() - moment)
            done += 1
            log = max(log, _log(home))
            if warm == (0, 0) and passed > rounds * _WARM:
                warm = _held(caller)
        _something(caller, home, chance, 0)
        now = _held(caller)
        caller.close()
        command(home, "check")
    if now[0] > warm[0] * _GROWTH or now[1] > warm[1] or log > _LOG:
        raise TrialFailed(f"after {done} steps: memory and handles {warm} -> {now}, log {log}")
    slow = sorted(took)[len(took) * 99 // 100]
    return (
        f"{rounds} 秒 {done:,} 步：内存 {warm[0]} → {now[0]} MB，打开的文件 {warm[1]} → {now[1]}，"
        f"WAL 最多 {log / 1024 / 1024:.1f} MB，99% 的步骤在 {slow * 1000:.0f} 毫秒内"
    )


def _something(caller: Caller, home: Path, chance: random.Random, done: int) -> None:
    """One complaint in fifty steps, so that what grows is a leak and not the dealership; papers of a fixed period."""
    number = _any_number(caller, chance)
    if done % 300 == 0:
        caller.ask("upkeep.backup")
    elif done % 100 == 50:
        ending = chance.choice(("xlsx", "pdf"))
        caller.ask("exports.write", paper="register", out=str(home.parent / f"台账.{ending}"), **_PERIOD)
    elif done % 100 == 75:
        caller.ask("exports.write", paper="complaint", number=number, out=str(home.parent / "单.pdf"))
    elif done % 300 == 95:
        caller.ask("upkeep.check")
    elif done % 50 == 1:
        caller.ask("complaints.register", words=chance.choice(_WORDS), name=f"客户{chance.randrange(200)}")
    elif done % 10 == 2:
        ver = caller.ask("complaints.get", number=number)["ver"]
        caller.answer("complaints.amend", number=number, ver=ver, demand=f"{chance.choice(_WORDS)}，要说法")
    else:
        asked: tuple[tuple[str, dict[str, Any]], ...] = (
            ("complaints.get", {"number": number}),
            ("search.find", {"text": chance.choice(("漏", "138", "客户1", number[-4:]))}),
            ("clocks.due", {}),
            ("customers.rows", {}),
            ("history.rows", {"after": 0}),
            ("drafts.put", {"form": "complaint", "texts": {"words": f"写到第 {done} 步"}}),
        )
        op, args = chance.choice(asked)
        caller.ask(op, **args)


def _any_number(caller: Caller, chance: random.Random) -> str:
    total = caller.ask("complaints.rows", view="全部", limit=0)["total"]
    rows = caller.ask("complaints.rows", view="全部", limit=1, offset=chance.randrange(total))["rows"]
    return str(rows[0]["number"])


def _held(caller: Caller) -> tuple[int, int]:
    """MB of memory and open handles of the door."""
    place = Path(f"/proc/{caller.process.pid}")
    status = (place / "status").read_text(encoding="ascii")
    kilobytes = next(line.split()[1] for line in status.splitlines() if line.startswith("VmRSS"))
    return int(kilobytes) // 1024, len(list((place / "fd").iterdir()))


def _log(home: Path) -> int:
    log = home / "crm.db-wal"
    return log.stat().st_size if log.exists() else 0


TRIAL = Trial("soak", "长时间混合使用", 30, 7_200, run)
