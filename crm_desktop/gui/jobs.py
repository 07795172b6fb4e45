"""Work longer than a blink, off the UI thread: with progress, cancel, and an end that always arrives."""

from __future__ import annotations

import sys
import threading
import time
from collections.abc import Callable
from typing import Any, Protocol

from PySide6.QtCore import QObject, QThread, QTimer, Signal
from shiboken6 import isValid

from crm_desktop.domain.errors import DeskError
from crm_desktop.gui.collecting import COLLECTOR, EVERY_MS

BROKEN = "程序内部出错，这一步没有完成，原因已记入日志；请重试，仍不行请联系维护人员。"
_PROGRESS_SECONDS = 0.05


class Progress(Protocol):
    """What work calls now and then: ``progress(done, total)``; raises ``Stopped`` once 取消 was pressed."""

    def __call__(self, done: int, total: int = 0) -> None: ...


class Stopped(Exception):
    """Work ends early because 取消 was pressed; files half written go with it."""


Cancelled = Callable[[], bool]
Work = Callable[[Progress, Cancelled], Any]
Done = Callable[[Any], None]
Failed = Callable[[str], None]


class Job(QThread):
    """One piece of work on its own thread. Its signals arrive on the UI thread."""

    progressed = Signal(int, int)
    worked = Signal(object)
    refused = Signal(str)
    broke = Signal(object)
    stopped = Signal()

    def __init__(self, work: Work, label: str, parent: QObject, *, quiet: bool = False) -> None:
        """``quiet``: nobody asked for it, so nothing is said of it."""
        super().__init__(parent)
        self.label, self.quiet = label, quiet
        self.started_at = time.monotonic()
        self._work = work
        self._cancel = threading.Event()
        self.given_up = False
        self._last_progress = 0.0

    def cancel(self) -> None:
        """Ask the work to end at its next progress."""
        self._cancel.set()

    def give_up(self) -> None:
        """As ``cancel``, where nobody waits for it any more: nothing is said of it."""
        self.given_up = True
        self.cancel()

    def is_cancelled(self) -> bool:
        """Whether 取消 was pressed; safe on every thread."""
        return self._cancel.is_set()

    def elapsed(self) -> float:
        """Seconds since the start."""
        return time.monotonic() - self.started_at

    def run(self) -> None:
        try:
            result = self._work(self._report, self.is_cancelled)
        except Stopped:
            self.stopped.emit()
        except DeskError as error:
            if self.is_cancelled():
                self.stopped.emit()
            else:
                self.refused.emit(error.sentence)
        except Exception as error:  # noqa: BLE001 - whatever is no refusal is our bug, and goes to crash
            self.broke.emit(error)
        else:
            self.worked.emit(result)

    def _report(self, done: int, total: int = 0) -> None:
        if self.is_cancelled():
            raise Stopped
        now = time.monotonic()
        if done == total or now - self._last_progress > _PROGRESS_SECONDS:
            self._last_progress = now
            self.progressed.emit(done, total)


class Jobs(QObject):
    """Runs work and hands its end back to whoever asked, if he is still there.

    ``began`` and ``ended`` carry the job, for the bar that shows progress.
    """

    began = Signal(object)
    ended = Signal(object)

    def __init__(self, refused: Failed, noted: Failed, parent: QObject | None = None) -> None:
        """``refused`` takes the sentence of work that nobody waits for; ``noted`` says that work was cancelled."""
        super().__init__(parent)
        self._refused = refused
        self._noted = noted
        self._waiting: dict[Job, tuple[Done, Failed]] = {}
        self._tidying = QTimer(self, interval=EVERY_MS)
        self._tidying.timeout.connect(self._tidy)

    def run(self, work: Work, done: Done, failed: Failed | None = None, label: str = "", *, quiet: bool = False) -> Job:
        """Start ``work(progress, cancelled)``; then ``done(result)`` or ``failed(sentence)`` on the UI thread.

        ``work`` gets no widget and opens what it needs itself (a database connection belongs to one thread). Neither
        is called when the work was cancelled, nor when the widget whose method it is has been closed meanwhile.
        """
        job = Job(work, label, self, quiet=quiet)
        self._waiting[job] = (done, failed or self._refused)
        job.worked.connect(self._on_worked)
        job.refused.connect(self._on_refused)
        job.broke.connect(self._on_broke)
        job.stopped.connect(self._on_stopped)
        job.finished.connect(self._on_finished)
        if not quiet:
            self.began.emit(job)
        COLLECTOR.rest()
        self._tidying.start()
        job.start()
        return job

    def running(self) -> tuple[Job, ...]:
        """The work under way, oldest first."""
        return tuple(self._waiting)

    def stop_all(self) -> None:
        """Cancel everything and wait for it: for the window that closes. Results that come now are dropped."""
        for job in self.running():
            job.cancel()
        for job in self.running():
            self._waiting.pop(job)
            job.wait()
            self._let_go(job)

    def _on_worked(self, result: object) -> None:
        done, _ = self._waiting.get(self._sender(), (None, None))
        if done is not None and is_there(done):
            done(result)

    def _on_refused(self, sentence: str) -> None:
        _, failed = self._waiting.get(self._sender(), (None, None))
        if failed is not None and is_there(failed):
            failed(sentence)

    def _on_broke(self, error: Exception) -> None:
        self._on_refused(BROKEN)
        sys.excepthook(type(error), error, error.__traceback__)

    def _on_stopped(self) -> None:
        job = self._sender()
        if not job.quiet and not job.given_up:
            self._noted(f"已取消：{job.label}")

    def _on_finished(self) -> None:
        job = self._sender()
        if self._waiting.pop(job, None) is not None:
            if not job.quiet:
                self.ended.emit(job)
            self._let_go(job)

    def _tidy(self) -> None:
        COLLECTOR.tidy()

    def _let_go(self, job: Job) -> None:
        COLLECTOR.resume()
        if not self._waiting:
            self._tidying.stop()
        job.deleteLater()

    def _sender(self) -> Job:
        job = self.sender()
        assert isinstance(job, Job)  # noqa: S101 - only jobs are connected to these slots
        return job


def is_there(slot: Callable[..., None]) -> bool:
    """Whether the widget still stands whose method this is; other functions always do."""
    owner = getattr(slot, "__self__", None)
    return not isinstance(owner, QObject) or isValid(owner)
