"""案例汇编 as PDF or workbook: masked stories of closed cases, joined with the exporter the file's name asks for."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from pathlib import Path

from crm_desktop.domain.casebook import casebook
from crm_desktop.domain.errors import InvalidInput
from crm_desktop.domain.paper_codes import Code, period_code
from crm_desktop.domain.papers import Paper
from crm_desktop.domain.report_sheet import ReportSheet
from crm_desktop.papers.registers import period_words
from crm_desktop.papers.written import SUFFIXES, Written
from crm_desktop.services.casebooks import Casebooks
from crm_desktop.services.desk import Desk
from crm_desktop.services.settings import Settings


class CasebookPaper:
    """For the window and the command line."""

    def __init__(self, desk: Desk) -> None:
        self._casebooks = Casebooks(desk)
        self._settings = Settings(desk)

    def sheet(self, first: date | None = None, last: date | None = None, category: str = "") -> ReportSheet:
        """The booklet of these local days, both included; all where none are given."""
        letterhead = replace(self._settings.letterhead(Paper.MEASURES), document_number="", version="")
        days = period_words(first, last) if first and last else "全部"
        period = f"{days} · {category}" if category else days
        booklet = casebook(self._casebooks.stories(first, last, category), letterhead, period)
        return replace(booklet, code=period_code(Code.CASEBOOK, first, last))

    def write(self, target: Path, first: date | None = None, last: date | None = None, category: str = "") -> Written:
        """Writes .pdf or .xlsx; raises InvalidInput for another name, StorageRefused for the folder."""
        suffix = target.suffix.lower()
        if suffix not in SUFFIXES:
            raise InvalidInput(f"导出文件请以 {' 或 '.join(SUFFIXES)} 结尾，不能是“{target.name}”。")
        sheet = self.sheet(first, last, category)
        if suffix == ".xlsx":
            from crm_desktop.exporters import report_excel  # noqa: PLC0415 - keeps start-up free of openpyxl

            return Written(report_excel.write_report(sheet, target))
        from crm_desktop.exporters import report_pdf  # noqa: PLC0415 - start-up, reportlab

        printed = report_pdf.write_report(sheet, target)
        return Written(printed.path, printed.missing)
