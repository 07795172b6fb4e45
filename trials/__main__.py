"""Runs trials by name and keeps docs/reliability.md."""

from __future__ import annotations

import argparse
import importlib
import os
import pkgutil
import re
import subprocess
import sys
import time
from concurrent.futures import ThreadPoolExecutor
from datetime import date
from pathlib import Path

import trials
from trials.furniture import ROOT, Trial, TrialFailed

_AT_ONCE = 2
PAPER = ROOT / "docs" / "reliability.md"


def every_trial() -> dict[str, Trial]:
    """All trials by name, in alphabetical order."""
    found = {}
    for module in pkgutil.iter_modules(trials.__path__):
        if not module.name.startswith("_"):
            trial = getattr(importlib.import_module(f"trials.{module.name}"), "TRIAL", None)
            if trial is not None:
                found[trial.name] = trial
    return dict(sorted(found.items()))


def main() -> int:
    """Exit status 0 when every trial asked for ended well."""
    known = every_trial()
    asked = argparse.ArgumentParser(prog="dev.py trial")
    asked.add_argument("names", nargs="+", choices=["all", *known])
    asked.add_argument("--big", action="store_true", help="the size of a release")
    asked.add_argument("--rounds", type=int, default=0)
    asked.add_argument("--seed", type=int, default=1)
    asked.add_argument("--keep", action="store_true", help="write the line into docs/reliability.md")
    told = asked.parse_args()
    names = list(known) if "all" in told.names else told.names
    if len(names) > 1 and not told.keep:
        return _side_by_side(names)
    failed = [name for name in names if not _tried(known[name], told)]
    return 1 if failed else 0


def _side_by_side(names: list[str]) -> int:
    """Each trial as a process of its own, with the arguments we were given, as many at once as there are cores."""
    began, flags = time.monotonic(), [word for word in sys.argv[1:] if word not in {"all", *names}]

    def tried(name: str) -> int:
        return subprocess.run([sys.executable, "-m", "trials", name, *flags], cwd=ROOT, check=False).returncode

    with ThreadPoolExecutor(min(_AT_ONCE, os.cpu_count() or 1)) as pool:
        failed = sum(map(bool, pool.map(tried, names)))
    print(f"{len(names)} trials, {failed} failed ({time.monotonic() - began:.0f} s)")
    return 1 if failed else 0


def _tried(trial: Trial, told: argparse.Namespace) -> bool:
    rounds = told.rounds or (trial.big if told.big else trial.small)
    began = time.monotonic()
    try:
        figures = trial.run(rounds, told.seed)
    except TrialFailed as failure:
        print(f"{trial.name}: FAILED: {failure}")
        return False
    print(f"{trial.name}: {figures} ({time.monotonic() - began:.0f} s)", flush=True)
    if told.keep:
        keep(PAPER, trial, rounds, figures, date.today(), commit())  # noqa: DTZ011 - the day at this desk
    return True


def keep(paper: Path, trial: Trial, rounds: int, figures: str, day: date, program: str) -> None:
    """The trial's line in the table: one for its small size, one for what is more; ``program`` is the commit tried."""
    size = "小" if rounds <= trial.small else "大"
    line = f"| {trial.name} · {trial.what} | {size} {rounds:,} | {figures} | {day} | {program} |"
    text = paper.read_text(encoding="utf-8")
    same = re.compile(rf"^\| {re.escape(trial.name)} · .*\| {size} [\d,]+ \|.*$", re.MULTILINE)
    text = same.sub(lambda _: line, text) if same.search(text) else text.rstrip("\n") + f"\n{line}\n"
    paper.write_text(text, encoding="utf-8")


def commit() -> str:
    """The program that is tried, as git calls it; a dash outside a checkout."""
    told = ["git", "rev-parse", "--short=7", "HEAD"]
    done = subprocess.run(told, cwd=ROOT, capture_output=True, text=True, check=False)
    return done.stdout.strip() or "–"


if __name__ == "__main__":
    sys.exit(main())
