"""Lets the program learn from the house's own cases while the desk works: quietly and off the UI thread."""

from __future__ import annotations

import time

from PySide6.QtCore import QObject, QTimer

from crm_desktop.gui.complaints.page import ComplaintsPage
from crm_desktop.gui.jobs import Cancelled, Jobs, Progress
from crm_desktop.services.desk import Desk
from crm_desktop.services.proposals import Proposals

_PAUSE_MS = 2000
"""The room is painted and the first case is read before anything is learnt."""
_BREATH_SECONDS = 0.001
"""Arithmetic in plain Python keeps other threads waiting; so often it steps aside."""


class Lessons(QObject):
    """Belongs to the room 抱怨投诉: learns when it is first entered, and again when enough was confirmed since."""

    def __init__(self, desk: Desk, proposals: Proposals, jobs: Jobs, room: ComplaintsPage) -> None:
        super().__init__(room)
        self._desk, self._proposals, self._jobs, self._room = desk, proposals, jobs, room
        self._learning = False
        self._pause = QTimer(self)
        self._pause.setSingleShot(True)
        self._pause.setInterval(_PAUSE_MS)
        self._pause.timeout.connect(self._on_pause)
        self._pause.start()
        room.saved.connect(self._on_saved)

    def _on_saved(self) -> None:
        self._pause.start()

    def _on_pause(self) -> None:
        if self._room.isVisible() and not self._learning:
            self._learning = True
            self._jobs.run(self._learn, self._on_learnt, self._on_failed, quiet=True)

    def _learn(self, progress: Progress, cancelled: Cancelled) -> bool:
        del cancelled  # progress looks at it

        def breathe() -> None:
            progress(0)
            time.sleep(_BREATH_SECONDS)

        with self._desk.reading():
            return self._proposals.learn(breathe)

    def _on_learnt(self, new: bool) -> None:
        """The next case that is opened hears of it; what is proposed on the screen now stays."""
        self._learning = False

    def _on_failed(self, sentence: str) -> None:
        """Without lessons the shipped words go on proposing; nobody asked, so nobody is told."""
        self._learning = False
