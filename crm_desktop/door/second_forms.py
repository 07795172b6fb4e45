"""The plain second form of what was closed through the door, written beside the answers on a thread of its own."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable
from contextlib import suppress

from crm_desktop.domain.errors import DeskError
from crm_desktop.services.desk import Desk

_AFTER_SECONDS = 1.0
_CHANGED_SECONDS, _OLD_SECONDS = 20.0, 2.0
"""How long the end may take for what was closed just now, and for cases of before."""
_REST = 3.0


class FormWriter:
    """``wake`` after an answer, ``finish`` when the caller has gone; a refusal waits for the next round."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk
        self._woken, self._ended = threading.Event(), threading.Event()
        self._line = -1
        self._thread = threading.Thread(target=self._work, name="second forms", daemon=True)

    def wake(self) -> None:
        """Something may have been closed; the thread begins with the first answer."""
        self._woken.set()
        if not self._thread.is_alive():
            self._thread.start()

    def finish(self) -> None:
        """Lets the thread end, then writes what is left, for at most some seconds: the rest is done the next time."""
        self._ended.set()
        self._woken.set()
        if self._thread.is_alive():
            self._thread.join()
            self._write(_after(_CHANGED_SECONDS), 0.0, walk=False)
            self._write(_after(_OLD_SECONDS), 0.0, walk=True)

    def _work(self) -> None:
        while not self._ended.is_set():
            self._woken.wait()
            self._woken.clear()
            if not self._ended.wait(_AFTER_SECONDS):
                self._write(self._ended.is_set, _REST, walk=True)

    def _write(self, enough: Callable[[], bool], rest: float, *, walk: bool) -> None:
        with suppress(DeskError), self._desk.reading():
            last = self._desk.rows("SELECT MAX(id) FROM history")[0][0]
            if last != self._line:
                from crm_desktop.papers.second_forms import SecondFormPapers  # noqa: PLC0415 - once anything changed

                if not SecondFormPapers(self._desk).keep_up(enough, walk=walk, rest=rest):
                    self._line = last


def _after(seconds: float) -> Callable[[], bool]:
    until = time.monotonic() + seconds

    def over() -> bool:
        return time.monotonic() > until

    return over
