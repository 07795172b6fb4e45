"""The work under way, as the message bar shows it."""

from __future__ import annotations

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QHBoxLayout, QProgressBar, QWidget

from crm_desktop.gui.jobs import Job, Jobs
from crm_desktop.gui.theme import scaled
from crm_desktop.gui.widgets.buttons import Button, Weight
from crm_desktop.gui.widgets.labels import PlainLabel


class JobProgress(QWidget):
    """The work under way: its name, how far it is, how long yet, and 取消."""

    def __init__(self, jobs: Jobs) -> None:
        super().__init__()
        self._jobs = jobs
        self._job: Job | None = None
        self._done, self._total = 0, 0
        self._label = PlainLabel(role="caption")
        self._bar = QProgressBar()
        self._bar.setTextVisible(False)
        self._bar.setFixedWidth(scaled(120))
        self._cancel = Button("取消", weight=Weight.QUIET)
        self._tick = QTimer(self)
        self._tick.setInterval(500)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(8)
        for widget in (self._label, self._bar, self._cancel):
            layout.addWidget(widget)
        self.hide()
        jobs.began.connect(self._on_began)
        jobs.ended.connect(self._on_ended)
        self._cancel.clicked.connect(self._on_cancel)
        self._tick.timeout.connect(self._show_time)

    def _on_began(self, job: Job) -> None:
        job.progressed.connect(self._on_progressed)
        self._show(job)

    def _show(self, job: Job) -> None:
        self._job = job
        self._done, self._total = 0, 0
        self._bar.setRange(0, 0)
        self._bar.setAccessibleName(job.label)
        self._cancel.setEnabled(not job.is_cancelled())
        self._show_time()
        self._tick.start()
        self.setVisible(bool(job.label))

    def _on_progressed(self, done: int, total: int) -> None:
        if self.sender() is self._job:
            self._done, self._total = done, total
            self._bar.setRange(0, total)
            self._bar.setValue(done)
            self._show_time()

    def _on_ended(self, job: Job) -> None:
        if job is not self._job:
            return
        running = self._jobs.running()
        self._job = None
        self._tick.stop()
        self.hide()
        if running:
            self._show(running[-1])

    def _on_cancel(self) -> None:
        if self._job is not None:
            self._job.cancel()
            self._cancel.setEnabled(False)

    def _show_time(self) -> None:
        if self._job is None:
            return
        seconds = self._job.elapsed()
        words = [self._job.label, f"已用 {seconds:.0f} 秒"]
        if self._done and self._total > self._done:
            words.append(f"还剩约 {seconds / self._done * (self._total - self._done):.0f} 秒")
        self._label.setText(" · ".join(words))
