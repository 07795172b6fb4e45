"""What a data folder needs before the window comes or after it went, on a thread, with a page that says how far."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QEventLoop, QObject, QThread, QTimer, Signal

from crm_desktop.domain.errors import DeskError
from crm_desktop.gui.upgrade_page import UpgradePage
from crm_desktop.models.database import open_database

_SHOWN_AFTER_MS = 300
"""A small folder is done before anybody could read the page."""
_PROVING = (
    "正在核对数据",
    "上次没有正常关闭（断电或强制结束）。打开之前先把每一条记录核对一遍；数据多时要一两分钟，请不要关机。",
)
Told = Callable[[str, int, int], None]


class Preparation(QThread):
    """``told`` carries what is being done, and how much of how much."""

    told = Signal(str, int, int)

    def __init__(self, work: Callable[[Told], None], parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._work = work
        self.refusal: DeskError | None = None

    def run(self) -> None:
        try:
            self._work(self.told.emit)
        except DeskError as refusal:
            self.refusal = refusal


def bring_up(home: Path) -> None:
    """Returns when an older folder is up to date.

    :raises DeskError: as ``open_database``.
    """

    def work(told: Told) -> None:
        open_database(home, told).close()

    wait_for(work)


def prove(home: Path) -> None:
    """Returns when every record was found as it was written.

    :raises Damaged: as ``services.opening.prove``.
    """
    from crm_desktop.services.opening import prove as proven  # noqa: PLC0415 - only after an unclean end

    def work(told: Told) -> None:
        proven(home, told)

    wait_for(work, *_PROVING)


def wait_for(do: Callable[[Told], None], *words: str) -> None:
    """Returns when it is done; nothing is shown of what takes but a moment. ``words``: the page's title and sentence.

    :raises DeskError: what the work raises.
    """
    refusal = _refused(do, words)
    if refusal is not None:
        try:
            raise refusal.with_traceback(None)
        finally:
            del (
                refusal
            )  # else it and its frames hold each other, and whatever window waits here, until chance frees them


def _refused(do: Callable[[Told], None], words: tuple[str, ...]) -> DeskError | None:
    page, work, loop = UpgradePage(*words), Preparation(do), QEventLoop()
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
    refusal, work.refusal = work.refusal, None
    return refusal
