"""Keeps the data while nobody thinks of it: a backup every half hour and at the end, and a look at the database."""

from __future__ import annotations

import sys

from PySide6.QtCore import QObject, QTimer

from crm_desktop.domain.errors import DeskError
from crm_desktop.gui.jobs import Cancelled, Job, Jobs, Progress
from crm_desktop.gui.messages import Messages
from crm_desktop.services.backups import Backups
from crm_desktop.services.desk import Desk
from crm_desktop.services.opening import Told, mark, quick_trouble

_EVERY_MS = 30 * 60_000
_LOOKED_AFTER_MS = 4_000
_AT_THE_END = (
    "正在备份",
    "关闭之前先把今天的记录备份一次，做完自动关闭；数据多时要一两分钟，请不要关机。",
)


class Keeper(QObject):
    """Works for nobody in particular, so it says only what went wrong, and that once."""

    def __init__(self, desk: Desk, backups: Backups, jobs: Jobs, messages: Messages) -> None:
        super().__init__(jobs)
        self._desk, self._backups, self._jobs, self._messages = desk, backups, jobs, messages
        self._told = ""
        self._job: Job | None = None
        self._looking = QTimer(self, singleShot=True, interval=_LOOKED_AFTER_MS)
        self._half_hour = QTimer(self, interval=_EVERY_MS)
        self._looking.timeout.connect(self.look)
        self._half_hour.timeout.connect(self.keep)

    def begin(self) -> None:
        """The window is painted and somebody works: from now on."""
        self._looking.start()
        self._half_hour.start()

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

    def _on_looked(self, trouble: str) -> None:
        if trouble:
            self._messages.refused(
                f"{trouble}，备份已停止。请先不要继续录入，到“设置”的“备份”里恢复一个备份，或导出诊断。"
            )
        elif self._backups.health().last_at is None:
            self.keep()  # the first one does not wait for half an hour

    def _on_kept(self, _nothing: object) -> None:
        self._told = ""

    def _on_refused(self, sentence: str) -> None:
        if sentence != self._told:
            self._told = sentence
            self._messages.refused(f"自动备份没有做成：{sentence}")


def last_backup(desk: Desk, backups: Backups) -> None:
    """One more at the end where something changed, with a page when it takes longer than a blink.

    A refusal keeps nobody from going home: the light on 今日 tells it the next time.
    """
    from crm_desktop.app.upgrade import wait_for  # noqa: PLC0415 - when the window is gone

    if backups.marked() or not backups.changed():
        return

    def work(_told: Told) -> None:
        with desk.reading():
            backups.automatic()

    try:
        wait_for(work, *_AT_THE_END)
    except DeskError as refusal:
        print(refusal.sentence, file=sys.stderr)  # noqa: T201 - whoever started it from a console reads it
