"""Python's collector of garbage, kept off the threads that work.

It runs on whichever thread asks for memory, and what it takes away may be a widget nobody holds any more; a widget that
goes on another thread than its own takes the program with it (seen: a preview closed while a paper was written).
So it rests while work goes on beside the window, and is run now and then on the thread of the window instead.
"""

from __future__ import annotations

import gc

EVERY_MS = 1_000


class Collector:
    """Counts the work under way. One for the program, for there is one collector."""

    def __init__(self) -> None:
        self._at_work = 0
        self._resting = False

    def rest(self) -> None:
        """Work begins; called on the thread of the window, as all of this is."""
        self._at_work += 1
        if gc.isenabled():
            gc.disable()
            self._resting = True

    def resume(self) -> None:
        """Work has ended; after the last of it the collector is as it was."""
        self._at_work -= 1
        if not self._at_work and self._resting:
            self._resting = False
            gc.enable()

    def tidy(self) -> None:
        """What came and went since the last time, while work goes on."""
        if self._resting:
            gc.collect(0)


COLLECTOR = Collector()
