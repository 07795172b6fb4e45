"""《抱怨/投诉单》 as PDF or workbook, filled or blank."""

from __future__ import annotations

from pathlib import Path

from crm_desktop.domain.complaint_form import ComplaintSheet
from crm_desktop.domain.errors import InvalidInput
from crm_desktop.papers.written import SUFFIXES, Written
from crm_desktop.services.sheets import Sheets


class ComplaintPaper:
    """Joins one complaint's sheet with the exporter the file's name asks for."""

    def __init__(self, sheets: Sheets) -> None:
        self._sheets = sheets

    def write(self, number: str, target: Path) -> Written:
        """The form of one complaint; raises NotFound, InvalidInput for another file name, StorageRefused."""
        return self.write_sheet(self._sheets.complaint(number), target)

    def write_blank(self, target: Path) -> Written:
        """The empty form, to be filled by hand."""
        return self.write_sheet(self._sheets.blank(), target)

    def write_sheet(self, sheet: ComplaintSheet, target: Path) -> Written:
        """A sheet that was asked for before, on whatever thread this runs."""
        suffix = target.suffix.lower()
        if suffix == ".pdf":
            from crm_desktop.exporters.complaint_pdf import write_complaint  # noqa: PLC0415 - start-up, reportlab

            printed = write_complaint(sheet, target)
            return Written(printed.path, printed.missing)
        if suffix == ".xlsx":
            from crm_desktop.exporters import complaint_excel  # noqa: PLC0415 - keeps start-up free of openpyxl

            return Written(complaint_excel.write_complaint(sheet, target))
        raise InvalidInput(f"导出文件请以 {' 或 '.join(SUFFIXES)} 结尾，不能是“{target.name}”。")
