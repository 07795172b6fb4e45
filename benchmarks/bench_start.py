"""Start to first paint: CPU of a whole child process, as a multiple of an empty PySide6 window painted.

    python -m benchmarks.bench_start [ROUNDS]

Interpreter and imports count on both sides; bytecode lies ready on both sides, as in an installed program.
"""

from __future__ import annotations

import sys
import tempfile
from collections.abc import Callable

from benchmarks.side_by_side import Cost, cpu_of, in_turn, print_table, ratio, report

GOAL_SHELL = 1.6


def child(name: str, compiled: str) -> Callable[[], Cost]:
    """A process that paints one window and ends; ``compiled`` is the folder of its bytecode."""
    screen = {"QT_QPA_PLATFORM": "offscreen", "PYTHONPYCACHEPREFIX": compiled, "PYTHONDONTWRITEBYTECODE": ""}

    def run() -> Cost:
        return cpu_of([sys.executable, "-m", f"benchmarks.{name}"], screen)

    return run


def main() -> None:
    """Compare, print, and fail where the goal is missed."""
    rounds = int(sys.argv[1]) if len(sys.argv) > 1 else 9
    with tempfile.TemporaryDirectory() as compiled:
        contenders = {name: child(f"start_{name}", compiled) for name in ("empty", "shell")}
        in_turn(contenders, 1)  # writes the bytecode, does not count
        costs = in_turn(contenders, rounds)
    print_table(costs, base="empty")
    if not report("shell painted", ratio(costs["shell"], costs["empty"]), GOAL_SHELL):
        raise SystemExit(1)


if __name__ == "__main__":
    main()
