"""Where rooms hand in what is to become paper: export, preview and print, always off the UI thread."""

from __future__ import annotations

import tempfile
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QWidget

from crm_desktop.domain.errors import DeskError
from crm_desktop.domain.papers import Paper
from crm_desktop.domain.print_style import PrintStyle, Shift
from crm_desktop.gui.handing_out import HandingOut
from crm_desktop.gui.jobs import Cancelled, Done, Jobs, Progress
from crm_desktop.gui.messages import Messages
from crm_desktop.gui.print_memory import PrintMemory
from crm_desktop.gui.session import Session
from crm_desktop.papers.complaint_forms import ComplaintPaper
from crm_desktop.papers.complaint_lists import ComplaintList
from crm_desktop.papers.registers import RegisterPaper
from crm_desktop.papers.written import Written
from crm_desktop.paths import private_temp, window_memory
from crm_desktop.services.cases import ComplaintFilter
from crm_desktop.services.desk import Desk
from crm_desktop.services.upkeep import Upkeep

if TYPE_CHECKING:
    from crm_desktop.gui.styled_preview import Styled, StyledPreview

REGISTER = "顾客抱怨及返修记录"
FORM = "抱怨投诉单"
_FILTERS = {".xlsx": "Excel 工作簿 (*.xlsx)", ".pdf": "PDF 文件 (*.pdf)", ".zip": "资料包 (*.zip)"}
Previewed = tuple[bytes, tuple[str, ...], str, bool]
Write = Callable[[Path, Progress, Cancelled], Written]


class PaperDesk(QObject):
    """One for the window; the rooms' wishes are connected to its methods."""

    def __init__(
        self,
        desk: Desk,
        register: RegisterPaper,
        form: ComplaintPaper,
        complaints: ComplaintList,
        upkeep: Upkeep,
        session: Session,
        jobs: Jobs,
        messages: Messages,
        window: QWidget | None = None,
    ) -> None:
        super().__init__(window)
        self._desk = desk
        self._register = register
        self._form = form
        self._complaints = complaints
        self._upkeep = upkeep
        self._session = session
        self._jobs = jobs
        self._messages = messages
        self._window = window
        self._preview_title = ""

    def export_register(self, first: date, last: date, suffix: str, unmasked: bool = False) -> None:
        """《顾客抱怨及返修记录》 as a file the person names; full phones leave a line in the history."""

        def write(path: Path, progress: Progress, cancelled: Cancelled) -> Written:
            return self._register.write(first, last, path, unmasked=unmasked, progress=progress, cancelled=cancelled)

        path = self.ask_path(f"{REGISTER} {first:%Y%m%d}-{last:%Y%m%d}{suffix}", suffix)
        if path is not None and self._may_leave(unmasked, path.name):
            self.export(write, path, f"导出《{REGISTER}》")

    def preview_register(self, first: date, last: date, unmasked: bool = False) -> None:
        """The register as it will be printed; full phones leave a line in the history."""

        def write(path: Path, progress: Progress, cancelled: Cancelled) -> Written:
            return self._register.write(first, last, path, unmasked=unmasked, progress=progress, cancelled=cancelled)

        if self._may_leave(unmasked, "打印预览"):
            self.preview(write, f"{REGISTER} {first:%Y%m%d}-{last:%Y%m%d}")

    def export_form(self, number: str, suffix: str) -> None:
        """《抱怨/投诉单》 of one complaint as a file."""

        def write(path: Path, _progress: Progress, _cancelled: Cancelled) -> Written:
            return self._form.write(number, path)

        path = self.ask_path(f"{FORM} {number}{suffix}", suffix)
        if path is not None:
            handing = self._handing_out(number, self)
            handing.exported.connect(self._on_exported)
            self.export(write, path, f"导出 {number}", handing.on_exported)

    def export_form_pdf(self, number: str) -> None:
        """The form of one complaint as PDF."""
        self.export_form(number, ".pdf")

    def export_form_excel(self, number: str) -> None:
        """The form of one complaint as a workbook."""
        self.export_form(number, ".xlsx")

    def export_complaints(self, wanted: ComplaintFilter) -> None:
        """The list of complaints as it stands on screen, phones masked."""

        def write(path: Path, progress: Progress, cancelled: Cancelled) -> Written:
            return self._complaints.write(wanted, path, progress=progress, cancelled=cancelled)

        path = self.ask_path(f"抱怨投诉清单 {self._desk.today():%Y%m%d}.xlsx", ".xlsx")
        if path is not None:
            self.export(write, path, "导出抱怨投诉清单")

    def preview_form(self, number: str) -> None:
        """One complaint's form as it will be printed."""

        def styled(path: Path, style: PrintStyle) -> Written:
            return self._form.write(number, path, style)

        preview = self.preview_styled(styled, f"{FORM} {number}", stock=True)
        preview.handed_out.connect(self._handing_out(number, preview).on_handed_out)

    def _handing_out(self, number: str, owner: QObject) -> HandingOut:
        return HandingOut(number, Paper.COMPLAINT, self._desk, self._session, self._jobs, owner)

    def preview_blank(self) -> None:
        """The empty form, to be filled by hand."""

        def write(path: Path, _progress: Progress, _cancelled: Cancelled) -> Written:
            return self._form.write_blank(path)

        self.preview(write, f"{FORM} 空白")

    def preview_stock_test(self, shift: Shift) -> None:
        """The test page of 套打 for 《抱怨/投诉单》."""

        def write(path: Path, _progress: Progress, _cancelled: Cancelled) -> Written:
            return self._form.write_test(shift, path)

        self.preview(write, f"{FORM} 套打测试页", exact=True)

    def may_show_full(self) -> bool:
        """Whether full phones may stand on the screen: it takes the same right and leaves the same line."""
        return self._may_leave(True, "屏幕")

    def _may_leave(self, unmasked: bool, where: str) -> bool:
        """Full phones leave the house only with a line in the history."""
        try:
            if unmasked:
                self._upkeep.note_unmasked(f"《{REGISTER}》", where, self._session.act("报表"))
        except DeskError as refusal:
            self._messages.refused(refusal.sentence)
            return False
        return True

    def ask_path(self, suggested: str, suffix: str) -> Path | None:
        """Where the file is to go; None where it may not leave the house, or the person thought better of it."""
        try:
            self._upkeep.check_export(self._session.act("导出"))
        except DeskError as refusal:
            self._messages.refused(refusal.sentence)
            return None
        return self._messages.choose_save("导出", suggested, [_FILTERS[suffix]])

    def export(self, write: Write, path: Path, label: str, done: Done | None = None) -> None:
        """Writes a file off the UI thread and tells its end; ``done`` hears of it in place of the message bar."""

        def work(progress: Progress, cancelled: Cancelled) -> Written:
            with self._desk.reading():
                return write(path, progress, cancelled)

        self._jobs.run(work, done or self._on_exported, label=label)

    def _on_exported(self, written: Written) -> None:
        self._messages.done(written.sentence("").replace(str(written.path), written.path.name), written.path)

    def preview_code(self, code: str, who: str) -> None:
        """The sheet with the recovery code, to be printed and locked away."""
        from crm_desktop.papers.recovery import TITLE, RecoveryPaper  # noqa: PLC0415 - once in a home's life

        paper = RecoveryPaper(self._desk)

        def write(path: Path, _progress: Progress, _cancelled: Cancelled) -> Written:
            return paper.write(code, who, path)

        self.preview(write, TITLE)

    def preview_styled(self, styled: Styled, title: str, *, stock: bool = False) -> StyledPreview:
        """Shows a form that may be printed as its two copies, with ``stock`` also onto paper that has the form."""
        from crm_desktop.gui.styled_preview import StyledPreview  # noqa: PLC0415 - when a page is looked at

        memory = PrintMemory(window_memory(self._desk.home))
        preview = StyledPreview(self._desk, self._jobs, self._messages, memory, self._window)
        preview.begin(styled, title, stock=stock)
        return preview

    def preview(self, write: Write, title: str, *, exact: bool = False) -> None:
        """Shows the very PDF that will be printed; ``exact``: to the millimetre, whatever edges the printer leaves."""

        def work(progress: Progress, cancelled: Cancelled) -> Previewed:
            with tempfile.TemporaryDirectory(dir=private_temp(self._desk.home)) as folder, self._desk.reading():
                written = write(Path(folder) / "preview.pdf", progress, cancelled)
                return written.path.read_bytes(), written.missing, title, exact

        self._jobs.run(work, self._on_previewed, label=f"准备预览 {title}")

    def _on_previewed(self, result: Previewed) -> None:
        from crm_desktop.gui.printing import PreviewDialog  # noqa: PLC0415 - QtPdf only when a page is looked at

        pdf, missing, title, exact = result
        if missing:
            self._messages.note(f"有 {len(missing)} 个字没有字形，印成〓：{'、'.join(missing[:5])}")
        memory = PrintMemory(window_memory(self._desk.home))
        dialog = PreviewDialog(pdf, title, self._messages, self._window, memory)
        dialog.exact = exact
        dialog.open()
