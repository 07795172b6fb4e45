"""The sample home: made once beside the real data, and opened in a window of its own."""

from __future__ import annotations

import shutil
import sys
from pathlib import Path

from PySide6.QtCore import QProcess

from crm_desktop.domain.errors import StorageRefused
from crm_desktop.gui.jobs import Jobs, Progress
from crm_desktop.models.database import FILE_NAME

LABEL = "准备演示数据"
_LOOKS_MS, _SILENT_LOOKS = 200, 300
"""Looked at so often; after a minute without a word it will not come any more."""


def is_being_made(jobs: Jobs) -> bool:
    """Whether somebody asked for it already."""
    return any(job.label == LABEL for job in jobs.running())


def make_sample(home: Path, progress: Progress) -> None:
    """Fills the folder where nothing is in it yet; takes some seconds. ``progress`` hears how much of a hundred is
    done, and may raise to leave nothing behind.

    :raises StorageRefused: when the sample data could not be made.
    """
    if (home / FILE_NAME).exists():
        return
    ours = not home.exists()
    process, (program, *arguments) = QProcess(), _ourselves()
    process.start(program, [*arguments, "--home", str(home), "demo", "--percent"])
    try:
        _follow(process, progress)
    except BaseException:
        process.kill()
        process.waitForFinished()
        if ours:  # half a sample would be opened as a whole one the next time
            shutil.rmtree(home, ignore_errors=True)
        raise


def _follow(process: QProcess, progress: Progress) -> None:
    """Until it has ended well."""
    done, silent = 0, 0
    while process.state() != QProcess.ProcessState.NotRunning and silent < _SILENT_LOOKS:
        silent = 0 if process.waitForReadyRead(_LOOKS_MS) else silent + 1
        for word in bytes(process.readAllStandardOutput().data()).split():
            done = int(word) if word.isdigit() else done
        progress(done, 100)
    if process.state() != QProcess.ProcessState.NotRunning or process.exitCode():
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
