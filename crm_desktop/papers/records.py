"""The records beside the form as PDF or workbook: 解决方案 with its 确认书, 纠正预防措施, 有效性评估报告."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from pathlib import Path

from crm_desktop.domain.errors import InvalidInput
from crm_desktop.domain.forms import FormSheet
from crm_desktop.domain.measure_list import COLUMNS, MeasureLine, numbered
from crm_desktop.domain.paper_codes import Code, period_code
from crm_desktop.domain.papers import PAPER_TITLES, Paper
from crm_desktop.domain.print_style import PLAIN, PrintStyle
from crm_desktop.domain.sheets import TableSheet
from crm_desktop.papers.casebooks import CasebookPaper
from crm_desktop.papers.registers import period_words
from crm_desktop.papers.written import SUFFIXES, Written
from crm_desktop.services.desk import Desk
from crm_desktop.services.letters import Letters
from crm_desktop.services.measure_lists import MeasureLists
from crm_desktop.services.record_sheets import RecordSheets
from crm_desktop.services.settings import Settings


class RecordPapers:
    """Joins the records' sheets with the exporter the file's name asks for."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk
        self._sheets = RecordSheets(desk)
        self._lists = MeasureLists(desk)
        self._letters = Letters(desk)
        self._settings = Settings(desk)
        self.casebook = CasebookPaper(desk)

    def write_solution(self, number: str, target: Path, style: PrintStyle = PLAIN) -> Written:
        """解决方案 and the 确认书 to sign, one behind the other; raises NotFound and what ``write_forms`` raises."""
        return write_forms(self._sheets.solution(number), target, style)

    def write_evaluations(self, number: str, target: Path) -> Written:
        """有效性评估报告, one for each measure of the complaint; raises as ``write_solution``."""
        return write_forms(self._sheets.evaluations(number), target)

    def write_evaluation(self, measure_id: int, target: Path) -> Written:
        """有效性评估报告 of one measure; raises as ``write_solution``."""
        return write_forms([self._sheets.evaluation(measure_id)], target)

    def write_letter(self, number: str, target: Path) -> Written:
        """A letter by its number, as PDF; raises NotFound, InvalidInput for another file name, StorageRefused."""
        from crm_desktop.exporters import letter_pdf  # noqa: PLC0415 - start-up, reportlab

        printed = letter_pdf.write_letter(self._letters.sheet(number), target)
        return Written(printed.path, printed.missing)

    def measures(self, first: date | None = None, last: date | None = None) -> TableSheet[MeasureLine]:
        """纠正预防措施 registered on these local days, both included; all where none are given.

        :raises InvalidInput: when the days are the wrong way round.
        """
        if first and last and first > last:
            raise InvalidInput("开始日期晚于结束日期，请对调后再试。")
        rows = numbered(self._lists.rows(first, last), self._desk.today())
        letterhead, code = self._settings.letterhead(Paper.MEASURES), period_code(Code.MEASURES, first, last)
        return TableSheet(PAPER_TITLES[Paper.MEASURES], letterhead, COLUMNS, rows, _period(first, last), code)

    def write_measures(self, target: Path, first: date | None = None, last: date | None = None) -> Written:
        """The list; raises as ``measures``, InvalidInput for another file name, StorageRefused for the folder."""
        sheet = self.measures(first, last)
        if _kind(target) == ".xlsx":
            from crm_desktop.exporters.excel import write_table  # noqa: PLC0415 - keeps start-up free of openpyxl

            return Written(write_table(sheet, target))
        from crm_desktop.exporters.measures_pdf import write_measures  # noqa: PLC0415 - start-up, reportlab

        printed = write_measures(sheet, target)
        return Written(printed.path, printed.missing)


def write_forms(sheets: Sequence[FormSheet], target: Path, style: PrintStyle = PLAIN) -> Written:
    """Forms in words to one file.

    :raises InvalidInput: for another file name. :raises StorageRefused: for a folder that cannot take it.
    """
    if _kind(target) == ".xlsx":
        from crm_desktop.exporters import form_excel  # noqa: PLC0415 - keeps start-up free of openpyxl

        return Written(form_excel.write_forms(sheets, target))
    from crm_desktop.exporters import form_pdf  # noqa: PLC0415 - start-up, reportlab

    printed = form_pdf.write_forms(sheets, target, style)
    return Written(printed.path, printed.missing)


def _kind(target: Path) -> str:
    suffix = target.suffix.lower()
    if suffix not in SUFFIXES:
        raise InvalidInput(f"导出文件请以 {' 或 '.join(SUFFIXES)} 结尾，不能是“{target.name}”。")
    return suffix


def _period(first: date | None, last: date | None) -> str:
    if first and last:
        return period_words(first, last)
    if first:
        return f"{first} 起"
    return f"到 {last} 为止" if last else ""
