"""An older data folder is brought up to date on a thread of its own, with a page that says how far it is."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QEventLoop, QObject, QThread, QTimer, Signal

from crm_desktop.domain.errors import DeskError
from crm_desktop.gui.upgrade_page import UpgradePage
from crm_desktop.models.database import open_database

_SHOWN_AFTER_MS = 300
"""A small folder is done before anybody could read the page."""


class Upgrade(QThread):
    """``told`` carries what is being done, and how much of how much."""

    told = Signal(str, int, int)

    def __init__(self, home: Path, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._home = home
        self.refusal: DeskError | None = None

    def run(self) -> None:
        try:
            open_database(self._home, self.told.emit).close()
        except DeskError as refusal:
            self.refusal = refusal


def bring_up(home: Path) -> None:
    """Returns when the folder is up to date; nothing is shown of what takes but a moment.

    :raises DeskError: as ``open_database``.
    """
    page, work, loop = UpgradePage(), Upgrade(home), QEventLoop()
    waiting = QTimer(page, singleShot=True, interval=_SHOWN_AFTER_MS)
    waiting.timeout.connect(page.show)
    work.told.connect(page.say)
    work.finished.connect(loop.quit)
    waiting.start()
    work.start()
    loop.exec()
    work.wait()
    waiting.stop()
    page.hide()
    page.deleteLater()
    if work.refusal is not None:
        raise work.refusal
