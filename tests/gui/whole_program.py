"""The whole program over a home with history, cases of today, calls due and cars in the workshop; nobody has a PIN."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from pytestqt.qtbot import QtBot

from benchmarks.big_home import make_home
from crm_desktop.app import open_program
from crm_desktop.app.program import Program
from crm_desktop.gui.messages import Messages


@contextmanager
def at_work(qtbot: QtBot, home: Path) -> Iterator[Program]:
    """Opened, painted, and closed again at the end."""
    make_home(home, 60, 30)
    made = open_program(home, Messages())
    made.show()
    qtbot.waitUntil(lambda: made.window.property("lists") is not None)
    try:
        yield made
    finally:
        made.window.hide()
        made.close()
        made.window.deleteLater()
