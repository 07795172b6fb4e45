"""A form in the preview that can be printed in more than one way: once or 一式两联, whole or onto stock (套打)."""

from __future__ import annotations

import tempfile
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QWidget

from crm_desktop.domain.print_style import PrintStyle
from crm_desktop.gui.jobs import Cancelled, Jobs, Progress
from crm_desktop.gui.messages import Messages
from crm_desktop.gui.print_memory import PrintMemory, kind_of
from crm_desktop.papers.written import Written
from crm_desktop.paths import private_temp
from crm_desktop.services.desk import Desk

Styled = Callable[[Path, PrintStyle], Written]
Drawn = tuple[bytes, bytes, tuple[str, ...]]


class StyledPreview(QObject):
    """Draws the form anew whenever another way is ticked; the dialog, once it stands, owns it.

    What is shown and what is printed are the same bytes, but for 套打: there the form stands in grey below what alone
    will be printed and saved. ``handed_out``: it was printed or saved, and how.
    """

    handed_out = Signal(str)

    def __init__(self, desk: Desk, jobs: Jobs, messages: Messages, memory: PrintMemory, window: QWidget | None) -> None:
        super().__init__(window)
        self._desk, self._jobs, self._messages, self._memory, self._window = desk, jobs, messages, memory, window
        self._title, self._style = "", PrintStyle()
        self._styled: Styled | None = None
        self._dialog: QWidget | None = None

    def begin(self, styled: Styled, title: str, *, stock: bool) -> None:
        """Shows the form as it was printed last on this computer; ``stock``: it may go onto printed paper."""
        kind = kind_of(title)
        self._styled, self._title = styled, title
        shift = self._memory.shift(kind) if stock and self._memory.uses_stock(kind) else None
        self._style = PrintStyle(copies=self._memory.choice(kind).two, stock=shift)
        self._draw()

    def _draw(self) -> None:
        styled, style = self._styled, self._style
        assert styled is not None  # noqa: S101 - begun

        def work(_progress: Progress, _cancelled: Cancelled) -> Drawn:
            with tempfile.TemporaryDirectory(dir=private_temp(self._desk.home)) as folder, self._desk.reading():
                written = styled(Path(folder) / "printed.pdf", style)
                printed = shown = written.path.read_bytes()
                if style.stock is not None:
                    shown = styled(Path(folder) / "shown.pdf", replace(style, underneath=True)).path.read_bytes()
                return shown, printed, written.missing

        self._jobs.run(work, self._on_drawn, label=f"准备预览 {self._title}")

    def _on_drawn(self, drawn: Drawn) -> None:
        from crm_desktop.gui.printing import PreviewDialog  # noqa: PLC0415 - QtPdf only when a page is looked at

        shown, printed, missing = drawn
        if missing:
            self._messages.note(f"有 {len(missing)} 个字没有字形，印成〓：{'、'.join(missing[:5])}")
        if isinstance(self._dialog, PreviewDialog):
            self._dialog.show_pdf(shown, printed)
            return
        dialog = PreviewDialog(shown, self._title, self._messages, self._window, self._memory, self._style)
        dialog.show_pdf(shown, printed)
        dialog.style_wanted.connect(self._on_style)
        dialog.handed_out.connect(self.handed_out)
        self._dialog = dialog
        self.setParent(dialog)
        dialog.open()

    def _on_style(self, copies: bool, stock: bool) -> None:
        shift = self._memory.shift(kind_of(self._title)) if stock else None
        self._style = PrintStyle(copies=copies, stock=shift)
        self._draw()
