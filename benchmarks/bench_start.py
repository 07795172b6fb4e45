"""Start to first paint: CPU of a whole child process, as a multiple of an empty PySide6 window painted.

    python -m benchmarks.bench_start [ROUNDS]

Contenders: the shell alone, and the program itself until 今日 is painted with its data: on an empty home, on one with
a day's work, and on one with 100,000 customers, 130,000 cars and 2,000 complaints. Interpreter and imports count on
every side; bytecode lies ready on every side, as in an installed program.
"""

from __future__ import annotations

import subprocess
import sys
import tempfile
from collections.abc import Callable
from pathlib import Path

from benchmarks.side_by_side import Cost, cpu_of, in_turn, print_table, ratio, report

GOAL_SHELL = 1.6
GOAL_PAGE = 2.4
GOAL_MANY = 1.1
"""With 100,000 customers as with none: within a tenth, which is what two equal contenders differ by here."""


def child(compiled: Path, name: str, *arguments: str) -> Callable[[], Cost]:
    """A process that paints one window and ends; ``compiled`` is the folder of its bytecode."""
    screen = {"QT_QPA_PLATFORM": "offscreen", "QT_LOGGING_RULES": "default.warning=false"}
    bytecode = {"PYTHONPYCACHEPREFIX": str(compiled), "PYTHONDONTWRITEBYTECODE": ""}

    def run() -> Cost:
        return cpu_of([sys.executable, "-m", f"benchmarks.{name}", *arguments], {**screen, **bytecode})

    return run


def make_homes(folder: Path) -> dict[str, Path]:
    """The data folders, by what the table calls them; made by children, so that this process stays small."""
    sizes = {"empty home": (0, 0), "a day's work": (40, 60), "100,000 customers": (2_000, 100_000)}
    homes = {name: folder / name.replace(" ", "-") for name in sizes}
    for name, size in sizes.items():
        subprocess.run([sys.executable, "-m", "benchmarks.big_home", homes[name], *map(str, size)], check=True)
    return homes


def main() -> None:
    """Compare, print, and fail where a goal is missed."""
    rounds = int(sys.argv[1]) if len(sys.argv) > 1 else 9
    with tempfile.TemporaryDirectory() as temporary:
        folder = Path(temporary)
        contenders = {name: child(folder / "compiled", f"start_{name}") for name in ("empty", "shell")}
        for name, home in make_homes(folder).items():
            contenders[name] = child(folder / "compiled", "start_desk", "--home", str(home))
        in_turn(contenders, 1)  # writes the bytecode, does not count
        costs = in_turn(contenders, rounds)
    print_table(costs, base="empty")
    reached = [report("shell painted", ratio(costs["shell"], costs["empty"]), GOAL_SHELL)]
    for name in list(contenders)[2:]:
        reached.append(report(f"first page, {name}", ratio(costs[name], costs["empty"]), GOAL_PAGE))
    many = ratio(costs["100,000 customers"], costs["a day's work"])
    reached.append(report("100,000 customers against a day's work", many, GOAL_MANY))
    if not all(reached):
        raise SystemExit(1)


if __name__ == "__main__":
    main()
