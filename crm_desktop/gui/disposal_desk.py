"""销毁 on its way to files: the bundle that is kept outside, and the 《销毁记录》 to sign."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QObject, Signal

from crm_desktop.domain.archive import DisposalRow
from crm_desktop.domain.papers import PAPER_TITLES, Paper
from crm_desktop.gui.jobs import Cancelled, Jobs, Progress
from crm_desktop.gui.messages import Messages
from crm_desktop.gui.paper_desk import PaperDesk
from crm_desktop.gui.session import Session
from crm_desktop.papers.disposals import DisposalPapers
from crm_desktop.papers.written import Written
from crm_desktop.services.desk import Desk


class DisposalDesk(QObject):
    """``bundled``: a bundle was written and its digest noted."""

    bundled = Signal()

    def __init__(
        self, desk: Desk, papers: PaperDesk, disposals: DisposalPapers, session: Session, jobs: Jobs, messages: Messages
    ) -> None:
        super().__init__(papers)
        self._desk, self._papers, self._disposals = desk, papers, disposals
        self._session, self._jobs, self._messages = session, jobs, messages

    def export_bundle(self, row: DisposalRow) -> None:
        """Everything of every complaint in the proposal as one zip, where the person names it."""
        path = self._papers.ask_path(f"销毁资料包 {row.number}.zip", ".zip")
        if path is None:
            return
        act = self._session.act("存档与销毁")

        def work(progress: Progress, _cancelled: Cancelled) -> Written:
            with self._desk.reading():
                return self._disposals.write_bundle(row.id, path, act, progress)[0]

        self._jobs.run(work, self._on_bundled, label=f"导出资料包 {row.number}")

    def preview_certificate(self, row: DisposalRow) -> None:
        """《销毁记录》 as it will be printed."""

        def write(path: Path, _progress: Progress, _cancelled: Cancelled) -> Written:
            return self._disposals.write_certificate(row.id, path)

        self._papers.preview(write, f"{PAPER_TITLES[Paper.DISPOSAL]} {row.number}")

    def _on_bundled(self, written: Written) -> None:
        self._messages.done(f"资料包已导出：{written.path.name}，可以请服务总监批准销毁。", written.path)
        self.bundled.emit()
