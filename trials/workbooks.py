"""Hostile and mutated workbooks: refused with a reason or read whole, in seconds and within memory (T8)."""

from __future__ import annotations

import os
import random
import time
from collections.abc import Iterator
from pathlib import Path

from tests.importers.makers_files import COMPLAINTS, OLD_XLS, csv_bytes, repacked, saved, xlsx_file
from tests.importers.test_mutated_files import damaged
from trials._hostile import crafted
from trials.furniture import Caller, Trial, TrialFailed, command, new_home

_SECONDS, _HANGS, _MEGABYTES, _BY_COMMAND = 10.0, 90.0, 500, 12
"""Seconds are of the processor, the door's and its children's: the clock also counts whatever else runs here. A file
that hangs is told by the clock."""
_PARTS = ("xl/workbook.xml", "xl/worksheets/sheet1.xml", "xl/styles.xml", "xl/_rels/workbook.xml.rels")


def run(rounds: int, seed: int) -> str:
    """Every crafted file and so many mutated ones through imports.run, every twelfth by the command line too."""
    with new_home() as home:
        home.mkdir()
        folder = home.parent / "files"
        folder.mkdir()
        caller = Caller(home)
        caller.ask("complaints.register", words="先有一张", name="张三")
        files = [*crafted(folder), *_mutated(folder, rounds, random.Random(seed))]  # noqa: S311 - no secret
        slowest, read = 0.0, 0
        for name, path in files:
            seconds, good = _brought_in(caller, name, path)
            slowest, read = max(slowest, seconds), read + good
        megabytes = _peak(caller)
        for name, path in files[::_BY_COMMAND]:
            _by_command(home, name, path)
        command(home, "check")
    if megabytes > _MEGABYTES:
        raise TrialFailed(f"{megabytes} MB of memory")
    return (
        f"{len(files) - rounds} 个特制的和 {rounds} 个弄坏的工作簿：读入 {read}，拒绝 {len(files) - read}，崩溃 0，"
        f"导入一半 0，最慢 {slowest:.1f} 秒（处理器），内存最多 {megabytes} MB"
    )


def _brought_in(caller: Caller, name: str, path: Path) -> tuple[float, bool]:
    before = caller.ask("complaints.rows", view="全部", limit=0)["total"]
    began, worked = time.monotonic(), _worked(caller)
    answer = caller.answer("imports.run", kind="complaints", file=str(path))
    seconds = _worked(caller) - worked
    added = answer["result"]["added"] if answer["ok"] else 0
    if caller.ask("complaints.rows", view="全部", limit=0)["total"] != before + added:
        raise TrialFailed(f"{name}: another number of complaints than was told")
    if not answer["ok"] and (answer["code"] not in (3, 9) or not answer["error"].endswith("。")):
        raise TrialFailed(f"{name}: {answer}")
    if seconds > _SECONDS or time.monotonic() - began > _HANGS:
        raise TrialFailed(f"{name}: {seconds:.1f} s of the processor, {time.monotonic() - began:.1f} s of the clock")
    return seconds, bool(answer["ok"])


def _worked(caller: Caller) -> float:
    """Seconds of the processor that the door and the children it waited for have had."""
    stat = Path(f"/proc/{caller.process.pid}/stat").read_text(encoding="ascii").rpartition(")")[2].split()
    return sum(map(int, stat[11:15])) / os.sysconf("SC_CLK_TCK")


def _by_command(home: Path, name: str, path: Path) -> None:
    done = command(home, "import", "complaints", str(path), check=False)
    if done.returncode not in (0, 3, 9) or "Traceback" in done.stderr:
        raise TrialFailed(f"{name}: import ended with {done.returncode}: {done.stderr[-300:]}")


def _peak(caller: Caller) -> int:
    """Closes the door; the most memory that it or any of its children ever held, in MB."""
    assert caller.process.stdin is not None
    caller.process.stdin.close()
    _, status, usage = os.wait4(caller.process.pid, 0)
    caller.process.returncode = os.waitstatus_to_exitcode(status)
    caller.close()
    return usage.ru_maxrss // 1024


def _mutated(folder: Path, rounds: int, chance: random.Random) -> Iterator[tuple[str, Path]]:
    whole = {
        "zip": xlsx_file(folder, *COMPLAINTS).read_bytes(), "xls": OLD_XLS.read_bytes(),
        "csv": csv_bytes(COMPLAINTS * 20, "gb18030"),
    }  # fmt: skip
    for number in range(rounds):
        kind = ("part", "zip", "xls", "part", "csv")[number % 5]
        place = folder / f"mutated-{number}"
        place.mkdir()
        if kind == "part":
            struck = chance.choice(_PARTS)
            path = repacked(
                xlsx_file(place, *COMPLAINTS),
                lambda name, content, struck=struck: damaged(chance, content) if name == struck else content,
            )
        else:
            path = saved(place, damaged(chance, whole[kind]), f"台账.{'xlsx' if kind == 'zip' else kind}")
        yield f"mutated {number} ({kind})", path


TRIAL = Trial("workbooks", "怀有恶意和弄坏的工作簿", 20, 3_000, run)
