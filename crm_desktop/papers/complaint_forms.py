"""《抱怨/投诉单》 as PDF or workbook, filled or blank."""

from __future__ import annotations

from pathlib import Path

from crm_desktop.domain.complaint_form import ComplaintSheet
from crm_desktop.domain.errors import InvalidInput
from crm_desktop.domain.print_style import PLAIN, PrintStyle, Shift
from crm_desktop.papers.written import SUFFIXES, Written
from crm_desktop.services.sheets import Sheets


class ComplaintPaper:
    """Joins one complaint's sheet with the exporter the file's name asks for."""

    def __init__(self, sheets: Sheets) -> None:
        self._sheets = sheets

    def write(self, number: str, target: Path, style: PrintStyle = PLAIN) -> Written:
        """The form of one complaint; raises NotFound, InvalidInput for another file name, StorageRefused."""
        return self.write_sheet(self._sheets.complaint(number), target, style)

    def write_test(self, shift: Shift, target: Path) -> Written:
        """The test page of 套打: where every value would be printed on the empty form; raises StorageRefused."""
        from crm_desktop.exporters.complaint_pdf import complaint_page  # noqa: PLC0415 - start-up, reportlab
        from crm_desktop.exporters.stock_ruler import write_test  # noqa: PLC0415 - with it

        return Written(write_test(complaint_page(self._sheets.blank()), shift, target).path)

    def write_blank(self, target: Path) -> Written:
        """The empty form, to be filled by hand."""
        return self.write_sheet(self._sheets.blank(), target)

    def write_sheet(self, sheet: ComplaintSheet, target: Path, style: PrintStyle = PLAIN) -> Written:
        """A sheet that was asked for before, on whatever thread this runs."""
        suffix = target.suffix.lower()
        if suffix == ".pdf":
            from crm_desktop.exporters.complaint_pdf import write_complaint  # noqa: PLC0415 - start-up, reportlab

            blank = self._sheets.blank() if style.stock is not None else None
            printed = write_complaint(sheet, target, style, blank)
            return Written(printed.path, printed.missing)
        if suffix == ".xlsx":
            from crm_desktop.exporters import complaint_excel  # noqa: PLC0415 - keeps start-up free of openpyxl

            return Written(complaint_excel.write_complaint(sheet, target))
        raise InvalidInput(f"导出文件请以 {' 或 '.join(SUFFIXES)} 结尾，不能是“{target.name}”。")
