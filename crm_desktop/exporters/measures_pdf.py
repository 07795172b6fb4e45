"""《纠正预防措施》 on paper: A4 across, the columns of ``domain/measure_list.py``, signatures at the end."""

from __future__ import annotations

from pathlib import Path

from crm_desktop.domain.measure_list import PAPER_COLUMNS, SIGNATURES, MeasureLine, PaperColumn
from crm_desktop.domain.sheets import TableSheet
from crm_desktop.exporters.list_pdf import PaperList, print_list
from crm_desktop.exporters.pdf_page import MM, Align, Printed
from crm_desktop.exporters.pdf_table import TableColumn

_FOOT = "措施要写明：谁 · 做什么 · 何时 · 多少 · 怎么验证"


def write_measures(sheet: TableSheet[MeasureLine], target: Path) -> Printed:
    """Print the list; raises what ``list_pdf.print_list`` raises."""
    number, *others = PAPER_COLUMNS
    columns = [_column(number, "centre"), *map(_column, others)]
    job = PaperList(sheet, columns, foot=_FOOT, signatures=SIGNATURES, nothing="本期没有纠正预防措施")
    return print_list(job, target)


def _column(column: PaperColumn, align: Align = "left") -> TableColumn[MeasureLine]:
    return TableColumn(column.title, column.width * MM, column.lines, align)
