"""What leaves by the printer or as a file gets its line in the history, behind the paper and never in its way."""

from __future__ import annotations

from contextlib import suppress

from PySide6.QtCore import QObject, Signal

from crm_desktop.domain.errors import DeskError
from crm_desktop.domain.papers import Paper
from crm_desktop.gui.jobs import Cancelled, Jobs, Progress
from crm_desktop.gui.session import Session
from crm_desktop.papers.written import Written
from crm_desktop.services.desk import Desk
from crm_desktop.services.handouts import Handouts

SCREEN = "打印"
_KINDS = {".xlsx": "Excel", ".pdf": "PDF"}


class HandingOut(QObject):
    """One paper of one complaint; where the data folder cannot be written to, the paper is out all the same.

    ``exported`` passes on what was written, before the line is.
    """

    exported = Signal(object)

    def __init__(self, number: str, paper: Paper, desk: Desk, session: Session, jobs: Jobs, parent: QObject) -> None:
        super().__init__(parent)
        self._number, self._paper = number, paper
        self._desk, self._session, self._jobs = desk, session, jobs

    def on_exported(self, written: Written) -> None:
        """The file is there; with it this has done its work."""
        self.exported.emit(written)
        self.on_handed_out(f"导出 {_KINDS[written.path.suffix.lower()]}")
        self.deleteLater()

    def on_handed_out(self, way: str) -> None:
        """It is out, signed by whoever sits here; nobody waits for the line."""
        desk, number, paper, act = self._desk, self._number, self._paper, self._session.act(SCREEN)

        def work(_progress: Progress, _cancelled: Cancelled) -> None:
            with desk.reading(), suppress(DeskError):
                Handouts(desk).note(number, paper, way, act)

        self._jobs.run(work, _noted, label="", quiet=True)


def _noted(_nothing: object) -> None:
    """Nothing is said of it: the history tells it."""
