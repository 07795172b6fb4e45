"""Does the window go on answering while the program works beside it: the longest gaps between the beats of its clock.

    python -m benchmarks.stutter HOME prove|backup|forms|nothing

A clock of the window beats every 5 ms while a thread proves every record, makes a backup, or writes plain forms for 20
seconds. What a person feels begins at about 100 ms. ``HOME`` is written to (``backups``, ``archive``): take a copy.
"""

from __future__ import annotations

import os
import sys
import threading
import time
from collections.abc import Callable
from pathlib import Path

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

from PySide6.QtCore import QObject, QTimer
from PySide6.QtWidgets import QApplication

from crm_desktop.papers.second_forms import SecondFormPapers
from crm_desktop.services.office import Office, open_office
from crm_desktop.services.opening import prove

_BEAT_MS, _SECONDS = 5, 20.0


class Clock(QObject):
    """Beats on the thread of the window and keeps the gaps, in milliseconds."""

    def __init__(self, work: threading.Thread) -> None:
        super().__init__()
        self.gaps: list[float] = []
        self._work, self._last = work, time.perf_counter()
        self._timer = QTimer(self, interval=_BEAT_MS)
        self._timer.timeout.connect(self._beat)
        self._timer.start()

    def _beat(self) -> None:
        now = time.perf_counter()
        self.gaps.append((now - self._last) * 1000)
        self._last = now
        if not self._work.is_alive():
            QApplication.quit()


def _silent(_what: str, _done: int, _total: int) -> None:
    """Nobody waits for it."""


def work_of(office: Office, name: str) -> Callable[[], object]:
    """What runs beside the window; raises KeyError for another name."""
    until = time.monotonic() + _SECONDS
    return {
        "prove": lambda: prove(office.desk.home, _silent),
        "backup": office.backups.automatic,
        "forms": lambda: SecondFormPapers(office.desk).keep_up(lambda: time.monotonic() > until),
        "nothing": lambda: time.sleep(_SECONDS / 4),
    }[name]


def main(home: Path, name: str) -> None:
    """Prints the median, the 99th of a hundred, the longest gap, and how many a person could feel."""
    application = QApplication([])
    office = open_office(home)
    work = work_of(office, name)

    def beside() -> None:
        with office.desk.reading():
            work()

    thread = threading.Thread(target=beside)
    clock, began = Clock(thread), time.monotonic()
    thread.start()
    application.exec()
    gaps = sorted(clock.gaps)
    told = f"median {gaps[len(gaps) // 2]:.1f}, 99 of 100 {gaps[int(len(gaps) * 0.99)]:.1f}, longest {gaps[-1]:.0f} ms"
    print(f"{name}: {time.monotonic() - began:.1f} s, {told}; over 100 ms: {sum(gap > 100 for gap in gaps)}")
    office.desk.close()


if __name__ == "__main__":
    main(Path(sys.argv[1]), sys.argv[2])
