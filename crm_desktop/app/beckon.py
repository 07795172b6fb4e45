"""A second start on the same folder brings the first window to the front instead of a page about it."""

from __future__ import annotations

import time
from contextlib import suppress
from pathlib import Path

from PySide6.QtCore import QObject, Qt, QTimer
from PySide6.QtWidgets import QWidget

_CALL = "show.me"
_LOOKS_EVERY_MS = 700
_PATIENCE = 2.5  # seconds the first window has to answer
_STEP = 0.1


def beckon(home: Path) -> bool:
    """Asks the window that holds this folder to show itself; False where nobody answers (a command holds it)."""
    call = home / _CALL
    try:
        call.touch()
    except OSError:
        return False
    waited = 0.0
    while waited < _PATIENCE:
        if not call.exists():
            return True
        time.sleep(_STEP)
        waited += _STEP
    with suppress(OSError):
        call.unlink()
    return False


class Beckoned(QObject):
    """Looks now and then whether somebody called, and brings the window forward."""

    def __init__(self, home: Path, window: QWidget) -> None:
        super().__init__(window)
        self._call, self._window = home / _CALL, window
        timer = QTimer(self, interval=_LOOKS_EVERY_MS)
        timer.timeout.connect(self._look)
        timer.start()

    def _look(self) -> None:
        if self._call.exists():
            with suppress(OSError):
                self._call.unlink()
            self._window.setWindowState(self._window.windowState() & ~Qt.WindowState.WindowMinimized)
            self._window.raise_()
            self._window.activateWindow()
