"""No scene may hold up the others: one that does not end names itself, shows where it stands, and the run fails."""

from __future__ import annotations

import faulthandler
import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from threading import Timer

PATIENCE_S = 90
"""Longer than any scene waits by itself; a question that nobody answers waits for ever."""


@contextmanager
def guarded(name: str) -> Iterator[None]:
    """What is done here for one picture has to end in time."""

    def give_up() -> None:
        print(f"  {name}: no end within {PATIENCE_S} s; it stands here:", file=sys.stderr, flush=True)
        faulthandler.dump_traceback(sys.stderr, all_threads=True)
        os._exit(1)  # a dialog that waits lets nothing else end the program

    watch = Timer(PATIENCE_S, give_up)
    watch.daemon = True
    watch.start()
    try:
        yield
    finally:
        watch.cancel()
