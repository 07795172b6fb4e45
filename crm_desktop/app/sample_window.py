"""The sample home: made once beside the real data, and opened in a window of its own."""

from __future__ import annotations

import shutil
import sys
from pathlib import Path

from PySide6.QtCore import QProcess

from crm_desktop.domain.errors import StorageRefused
from crm_desktop.models.database import FILE_NAME

_SLOW_START_MS = 60_000


def make_sample(home: Path) -> None:
    """Fills the folder where nothing is in it yet; takes some seconds.

    :raises StorageRefused: when the sample data could not be made.
    """
    if (home / FILE_NAME).exists():
        return
    process, (program, *arguments) = QProcess(), _ourselves()
    process.start(program, [*arguments, "--home", str(home), "demo"])
    if not process.waitForFinished(_SLOW_START_MS) or process.exitCode():
        process.kill()
        process.waitForFinished()
        shutil.rmtree(home, ignore_errors=True)  # half a sample would be opened as a whole one the next time
        raise StorageRefused("演示数据没有做成，请检查磁盘空间和文件夹权限后再试。")


def open_beside(home: Path) -> None:
    """Another copy of this program, on that folder."""
    program, *arguments = _ourselves()
    QProcess.startDetached(program, [*arguments, "--home", str(home)])


def _ourselves() -> list[str]:
    """The command that starts this very program again, frozen or from source."""
    if getattr(sys, "frozen", False):
        return [sys.executable]
    return [sys.executable, "-m", "crm_desktop"]
