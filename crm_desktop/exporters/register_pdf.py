"""《顾客抱怨及返修记录》 on paper: A4 across, the ten columns of ``domain/register.py``, four signatures at the end."""

from __future__ import annotations

from pathlib import Path

from crm_desktop.domain.register import PAPER_COLUMNS, SIGNATURES, PaperColumn, RegisterRow
from crm_desktop.domain.sheets import TableSheet
from crm_desktop.exporters.list_pdf import Cancelled, PaperList, Progress, print_list
from crm_desktop.exporters.pdf_page import MM, Align, Printed
from crm_desktop.exporters.pdf_table import TableColumn


def write_register(
    sheet: TableSheet[RegisterRow],
    target: Path,
    *,
    foot: str = "",
    progress: Progress | None = None,
    cancelled: Cancelled | None = None,
) -> Printed:
    """Print the register, ``foot`` below every page; raises what ``list_pdf.print_list`` raises."""
    number, *others = PAPER_COLUMNS
    columns = [_column(number, "centre"), *map(_column, others)]
    job = PaperList(sheet, columns, foot=foot, signatures=SIGNATURES, nothing="本期没有记录")
    return print_list(job, target, progress, cancelled)


def _column(column: PaperColumn, align: Align = "left") -> TableColumn[RegisterRow]:
    """The customer's words come under a caption: channel, severity, category."""
    caption = column.title.startswith("抱怨内容")
    return TableColumn(column.title, column.width * MM, column.lines, align, caption_first=caption)
