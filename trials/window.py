"""The window under a hand that knows no purpose: a slot that breaks is said and logged, and the desk goes on (T15).

Half of the rounds break each slot of ours the first time it is called; the other half break none, and then the log has
to stay empty.
"""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

from trials.furniture import ROOT, Trial, TrialFailed, command, environment, new_home

_ACTIONS = 250
_PLANTED, _OF_THE_SCREEN = "RuntimeError at _window.py", "This plugin does not support"
_VALUES = ("13877766655", "鸾翙", "13812345678", "京A12345", "张三")


def run(rounds: int, seed: int) -> str:
    """So many windows, each worked two hundred and fifty times."""
    slots = seen = 0
    with new_home() as home:
        command(home, "demo", "--customers", "8", "--complaints", "12", "--until", "2026-11-20")
        for round_ in range(rounds):
            broken = round_ % 2 == 0
            told = _worked(home, seed + round_, "broken" if broken else "whole")
            lines = [line for line in told["log"].splitlines() if _OF_THE_SCREEN not in line]
            _silent(lines, f"seed {seed + round_}")
            planted = sum(_PLANTED in line for line in lines)
            if broken and planted < told["slots"]:
                raise TrialFailed(f"seed {seed + round_}: {told['slots']} slots broke, {planted} are in the log")
            if not broken and lines:
                raise TrialFailed(f"seed {seed + round_}: {lines[:3]}")
            slots, seen = slots + told["slots"], max(seen, told["windows"])
    return (
        f"{rounds} 个窗口各操作 {_ACTIONS} 次（最多走过 {seen} 种页面和对话框）：{slots} 处槽函数第一次调用时出错，"
        "每次都有提示和日志，日志里没有内容，窗口都还在；不植入错误时日志是空的"
    )


def _worked(home: Path, seed: int, how: str) -> dict[str, Any]:
    place = home.parent / f"window-{seed}"
    shutil.copytree(home, place / "home")
    own = {name: str(place) for name in ("HOME", "TMPDIR", "XDG_CONFIG_HOME", "XDG_DATA_HOME", "XDG_RUNTIME_DIR")}
    words = [sys.executable, "-X", "faulthandler", "-m", "trials._window", str(place / "home"), str(_ACTIONS)]
    done = subprocess.run(
        [*words, str(seed), how], cwd=ROOT, env={**environment(), **own}, capture_output=True, text=True, check=False,
        timeout=900,
    )  # fmt: skip
    if done.returncode:
        raise TrialFailed(f"seed {seed} ({how}) ended with {done.returncode}: {done.stderr.strip()[-1200:]}")
    told: dict[str, Any] = json.loads(done.stdout.splitlines()[-1])
    if not told["alive"]:
        raise TrialFailed(f"seed {seed} ({how}): the window is gone")
    command(place / "home", "check")
    shutil.rmtree(place)
    return told


def _silent(lines: list[str], where: str) -> None:
    if found := [value for value in _VALUES for line in lines if value in line]:
        raise TrialFailed(f"{where}: the log knows {found}")


TRIAL = Trial("window", "窗口里处处出错", 2, 40, run)
