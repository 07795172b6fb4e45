"""Keeps the data while nobody thinks of it: backups, a look at the database, and the plain form of what was closed."""

from __future__ import annotations

import sys
import time
from contextlib import suppress

from PySide6.QtCore import QObject, QTimer, Signal

from crm_desktop.domain.errors import DeskError
from crm_desktop.gui.jobs import Cancelled, Job, Jobs, Progress
from crm_desktop.gui.messages import Messages, Mood
from crm_desktop.papers.second_forms import SecondFormPapers
from crm_desktop.services.backups import Backups
from crm_desktop.services.desk import Desk
from crm_desktop.services.opening import Told, mark, quick_trouble

_EVERY_MS = 30 * 60_000
_LOOKED_AFTER_MS = 4_000
_FORMS_EVERY_MS, _FORMS_SOON_MS, _FORMS_SECONDS, _LAST_FORMS_SECONDS = 60_000, 3_000, 20.0, 5.0
_AT_THE_END = (
    "正在备份",
    "关闭之前先把今天的记录备份一次，做完自动关闭；数据多时要一两分钟，请不要关机。",
)


class Keeper(QObject):
    """Works for nobody in particular, so it says only what went wrong, and that once. ``kept``: a backup is there."""

    kept = Signal()

    def __init__(self, desk: Desk, backups: Backups, jobs: Jobs, messages: Messages) -> None:
        super().__init__(jobs)
        self._desk, self._backups, self._jobs, self._messages = desk, backups, jobs, messages
        self._told: set[str] = set()
        self._job: Job | None = None
        self._forms, self._writing = SecondFormPapers(desk), False
        self._looking = QTimer(self, singleShot=True, interval=_LOOKED_AFTER_MS)
        self._half_hour = QTimer(self, interval=_EVERY_MS)
        self._archiving = QTimer(self, singleShot=True, interval=_FORMS_EVERY_MS)
        self._archiving.timeout.connect(self.write_forms)
        self._looking.timeout.connect(self.look)
        self._half_hour.timeout.connect(self.keep)

    def begin(self) -> None:
        """The window is painted and somebody works: from now on."""
        self._looking.start()
        self._half_hour.start()
        self._archiving.start()

    def look(self) -> None:
        """SQLite's quick check beside the window; what is damaged is marked and told."""

        def work(_progress: Progress, _cancelled: Cancelled) -> str:
            trouble = quick_trouble(self._desk.home)
            if trouble:
                mark(self._desk.home)
            return trouble

        self._jobs.run(work, self._on_looked, self._on_refused, "核对数据", quiet=True)

    def keep(self) -> None:
        """A backup where something was written since the last one and the data is not marked damaged."""
        if self._job is not None and self._job in self._jobs.running():
            return  # a slow disk or share: the one before is not done yet

        def work(_progress: Progress, _cancelled: Cancelled) -> None:
            with self._desk.reading():
                if not self._backups.marked() and self._backups.changed():
                    self._backups.automatic()

        self._job = self._jobs.run(work, self._on_kept, self._on_refused, "备份", quiet=True)

    def write_soon(self) -> None:
        """A case was saved, perhaps closed: its plain form is written as soon as the desk has a moment."""
        self._archiving.start(_FORMS_SOON_MS)

    def write_forms(self) -> None:
        """Plain forms of closed cases that are behind, for some seconds; the rest follows in the next round."""
        if self._writing or self._backups.marked():
            return
        until = time.monotonic() + _FORMS_SECONDS

        def work(_progress: Progress, cancelled: Cancelled) -> bool:
            with self._desk.reading():
                return self._forms.keep_up(lambda: cancelled() or time.monotonic() > until)

        self._writing = True
        self._jobs.run(work, self._on_written, self._on_unwritten, "归档副本", quiet=True)

    def _on_written(self, left: bool) -> None:
        self._writing = False
        self._archiving.start(_FORMS_SOON_MS if left else _FORMS_EVERY_MS)

    def _on_unwritten(self, sentence: str) -> None:
        self._writing = False
        self._archiving.start(_FORMS_EVERY_MS)
        self._tell(f"归档副本没有写成，过一会儿自动再写：{sentence}")

    def _on_looked(self, trouble: str) -> None:
        if trouble:
            told = f"{trouble}，备份已停止。请先不要继续录入，到“设置”的“备份”里恢复一个备份，或导出诊断。"
            self._messages.alert(told, mood=Mood.REFUSED)
        elif self._backups.health().last_at is None:
            self.keep()  # the first one does not wait for half an hour

    def _on_kept(self, _nothing: object) -> None:
        self._told.clear()
        self.kept.emit()

    def _on_refused(self, sentence: str) -> None:
        self._tell(f"自动备份没有做成：{sentence}")

    def _tell(self, sentence: str) -> None:
        """Once: the light on 今日 goes on telling it."""
        if sentence not in self._told:
            self._told.add(sentence)
            self._messages.alert(sentence, mood=Mood.REFUSED)


def last_backup(desk: Desk, backups: Backups) -> None:
    """One more at the end where something changed, with a page when it takes longer than a blink; what was closed a
    moment ago gets its plain form too.

    A refusal keeps nobody from going home: the light on 今日 tells it the next time.
    """
    from crm_desktop.app.upgrade import wait_for  # noqa: PLC0415 - when the window is gone

    if backups.marked() or not backups.changed():
        return

    def work(told: Told) -> None:
        def copied(done: int, total: int) -> None:
            told("备份并核对", done, total)

        until = time.monotonic() + _LAST_FORMS_SECONDS
        with desk.reading():
            with suppress(DeskError):  # told by the light, written after the next start
                SecondFormPapers(desk).keep_up(lambda: time.monotonic() > until, walk=False, rest=0)
            backups.automatic(copied)

    try:
        wait_for(work, *_AT_THE_END)
    except DeskError as refusal:
        print(refusal.sentence, file=sys.stderr)  # noqa: T201 - whoever started it from a console reads it
