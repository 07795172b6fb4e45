"""F1 anywhere: 使用手册 opens at the page of whatever has the keyboard, in the window or in a dialog over it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal
from PySide6.QtGui import QShortcut
from PySide6.QtWidgets import QApplication, QDialog, QWidget

if TYPE_CHECKING:
    from pathlib import Path

    from crm_desktop.gui.jobs import Cancelled, Jobs, Progress
    from crm_desktop.gui.main_window import MainWindow
    from crm_desktop.gui.manual.window import ManualWindow
    from crm_desktop.gui.messages import Messages
    from crm_desktop.papers.written import Written

KEY = "F1"
_LENT = "answers to F1"


class Helping(QObject):
    """One for the window. ``procedure_wanted``: 制度, from the manual."""

    procedure_wanted = Signal()

    def __init__(self, window: MainWindow, jobs: Jobs, messages: Messages) -> None:
        super().__init__(window)
        self._window, self._jobs, self._messages = window, jobs, messages
        self._manual: ManualWindow | None = None

    def watch(self) -> None:
        """From now on every dialog that comes to the front answers to F1: a key of the window does not reach it."""
        application = QApplication.instance()
        if isinstance(application, QApplication):
            application.focusWindowChanged.connect(self._on_front)

    def show(self) -> None:
        """The manual, at the page of where one is."""
        from crm_desktop.gui.manual.places import heading_in, heading_of  # noqa: PLC0415 - when somebody asks

        piece = QApplication.focusWidget() or QApplication.activeWindow()
        self._opened().read(heading_of(piece) or heading_in(self._room()))

    def close(self) -> None:
        """The window goes, and the manual with it."""
        if self._manual is not None:
            self._manual.close()
            self._manual.deleteLater()
            self._manual = None

    def _opened(self) -> ManualWindow:
        if self._manual is None:
            from crm_desktop.gui.manual.window import ManualWindow  # noqa: PLC0415 - when somebody reads
            from crm_desktop.papers.manuals import chapters  # noqa: PLC0415 - with it

            self._manual = ManualWindow(chapters(), self._messages)
            self._manual.procedure_wanted.connect(self.procedure_wanted)
            self._manual.pdf_wanted.connect(self._on_pdf)
        return self._manual

    def _room(self) -> QWidget | None:
        name = self._window.current_name()
        return None if self._window.is_covered() or not name else self._window.page(name)

    def _on_front(self) -> None:
        """Asks the application and not the signal: a native window that came into our hands is taken away twice."""
        front = QApplication.activeWindow()
        if isinstance(front, QDialog):
            self._lend(front)

    def _lend(self, dialog: QDialog) -> None:
        if not dialog.property(_LENT):
            dialog.setProperty(_LENT, True)
            QShortcut(KEY, dialog).activated.connect(self.show)

    # -- as a file -----------------------------------------------------------------------------------------------

    def _on_pdf(self) -> None:
        from crm_desktop.papers.manuals import TITLE, write  # noqa: PLC0415 - when somebody wants the file

        target = self._messages.choose_save("另存为 PDF", f"{TITLE}.pdf", ["PDF 文件 (*.pdf)"])
        if target is None:
            return

        def work(progress: Progress, _cancelled: Cancelled) -> Written:
            return write(target, progress)

        self._jobs.run(work, self._on_written, label=f"保存《{TITLE}》")

    def _on_written(self, written: Written) -> None:
        path: Path = written.path
        self._messages.done(f"已保存：{path.name}", path)
