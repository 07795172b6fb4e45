"""Furniture of the benchmarks: contenders run in turn on the same machine, and only their ratio is reported.

A second on one machine says nothing about another, so a benchmark names a peer, lets both work in alternating
rounds and prints the ratio of the median CPU times (user + system) against a goal.

    costs = in_turn({"ours": lambda: work_of(child("ours")), "peer": lambda: work_of(child("peer"))})
    print_table(costs, base="peer")
    report("register to xlsx", ratio(costs["ours"], costs["peer"]), goal=0.6)

``cpu_of`` measures a whole child process, imports included; ``work_of`` takes what the child measured itself
with ``measured`` around the work alone. Keep the parent process small: on Linux a child's peak memory counts from
what the parent held when it forked, so ``measured`` reads the child's own high-water mark instead.
"""

from __future__ import annotations

import json
import os
import resource
import subprocess
import sys
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from statistics import median

ROUNDS = 5
_MAXRSS_UNIT = 1 if sys.platform == "darwin" else 1024


@dataclass(frozen=True, slots=True)
class Cost:
    """What one run took: CPU seconds (user + system) and peak memory in MB.

    ``peak_mb`` is the whole process for ``cpu_of`` and the growth over the start of the work for ``measured``.
    """

    cpu: float
    peak_mb: float


def cpu_of(argv: Sequence[str], env: Mapping[str, str] | None = None) -> Cost:
    """Run a command to its end and take its bill from the kernel; a failing command ends the benchmark."""
    process = subprocess.Popen(argv, stdout=subprocess.DEVNULL, env=None if env is None else {**os.environ, **env})
    _, status, usage = os.wait4(process.pid, 0)
    process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode:
        raise SystemExit(f"{' '.join(argv)} ended with {process.returncode}")
    return Cost(usage.ru_utime + usage.ru_stime, usage.ru_maxrss * _MAXRSS_UNIT / 1e6)


def work_of(argv: Sequence[str], env: Mapping[str, str] | None = None) -> Cost:
    """Run a command whose last line of output is what ``measured`` printed in it."""
    whole = None if env is None else {**os.environ, **env}
    done = subprocess.run(argv, stdout=subprocess.PIPE, text=True, check=True, env=whole)
    said = json.loads(done.stdout.splitlines()[-1])
    return Cost(said["cpu"], said["peak_mb"])


def measured(work: Callable[[], object]) -> Cost:
    """Do the work once in this process, print its cost as one JSON line for ``work_of``, and return it."""
    start_mb, start = _resident_mb(), time.process_time()
    work()
    cost = Cost(time.process_time() - start, max(0.0, _peak_mb() - start_mb))
    print(json.dumps({"cpu": cost.cpu, "peak_mb": cost.peak_mb}), flush=True)
    return cost


def in_turn(contenders: Mapping[str, Callable[[], Cost]], rounds: int = ROUNDS) -> dict[str, list[Cost]]:
    """Let everybody run once a round, the order turned round each time so that nobody always goes first."""
    costs: dict[str, list[Cost]] = {name: [] for name in contenders}
    names = list(contenders)
    for _ in range(rounds):
        for name in names:
            costs[name].append(contenders[name]())
        names.reverse()
    return costs


def median_cpu(costs: Sequence[Cost]) -> float:
    """CPU seconds of the middle run."""
    return median(cost.cpu for cost in costs)


def ratio(ours: Sequence[Cost], peer: Sequence[Cost]) -> float:
    """Median CPU time as a multiple of the peer's: below 1 is faster than the peer."""
    return median_cpu(ours) / median_cpu(peer)


def print_table(costs: Mapping[str, Sequence[Cost]], base: str) -> None:
    """One line a contender: median CPU ms, the multiple of ``base``, the spread, the highest peak memory."""
    print(f"{'':28}{'CPU ms':>10}{'x ' + base:>16}{'min..max ms':>18}{'peak MB':>10}")
    for name, runs in costs.items():
        cpus = sorted(cost.cpu * 1000 for cost in runs)
        spread = f"{cpus[0]:.0f}..{cpus[-1]:.0f}"
        peak = max(cost.peak_mb for cost in runs)
        print(f"{name:28}{median_cpu(runs) * 1000:10.0f}{ratio(runs, costs[base]):16.2f}{spread:>18}{peak:10.1f}")


def report(name: str, value: float, goal: float, unit: str = "x") -> bool:
    """Print one line with the figure, its goal and whether it was reached; says so to the caller too."""
    reached = value <= goal
    print(f"{'达到' if reached else '未达到'}  {name}: {value:.2f} {unit} (goal <= {goal:g} {unit})")
    return reached


def _resident_mb() -> float:
    statm = Path("/proc/self/statm")
    if statm.exists():
        return int(statm.read_text("ascii").split()[1]) * resource.getpagesize() / 1e6
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * _MAXRSS_UNIT / 1e6


def _peak_mb() -> float:
    status = Path("/proc/self/status")
    if status.exists():
        return next(int(line.split()[1]) * 1024 / 1e6 for line in status.open() if line.startswith("VmHWM"))
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * _MAXRSS_UNIT / 1e6
