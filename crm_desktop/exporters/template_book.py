"""An empty import template: headings to fill in below, and a second page that explains every column."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from openpyxl.comments import Comment
from openpyxl.styles import Alignment, Font, PatternFill
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.worksheet import Worksheet

from crm_desktop.domain.sheets import Letterhead
from crm_desktop.exporters.excel import FONT, LABEL_FILL, SUFFIXES, new_book, save, set_up
from crm_desktop.exporters.files import checked_target

_NEEDED_FILL = PatternFill("solid", fgColor="FFF2CC")
_EXPLAINED = ("列名", "要不要填", "例子", "说明")
_WIDTHS = (20, 14, 34, 50)

Explained = tuple[str, str, str, str]
"""A column's title, whether it is needed, an example, a hint."""


def write_template(title: str, columns: Iterable[Explained], target: Path) -> Path:
    """Writes it: headings in row 1, as an import reads them; examples stand on the second page only.

    :raises InvalidInput: for a name that does not end in .xlsx. :raises StorageRefused: the folder cannot take it.
    """
    checked = checked_target(target, SUFFIXES)
    told = list(columns)
    book, page = new_book(title, Letterhead())
    _write_headings(page, told)
    more = book.create_sheet()
    set_up(more, "填写说明")
    _write_explanation(more, told)
    return save(book, checked)


def _write_headings(page: Worksheet, told: list[Explained]) -> None:
    for place, (heading, needed, example, hint) in enumerate(told, start=1):
        cell = page.cell(1, place, heading)
        cell.font = Font(name=FONT, bold=True)
        cell.fill = _NEEDED_FILL if needed == "必填" else LABEL_FILL
        cell.alignment = Alignment(horizontal="center", vertical="center")
        lines = (line for line in (needed, f"例：{example}", hint) if line)
        cell.comment = Comment("\n".join(lines), "客诉管家", height=90, width=240)
        column = page.column_dimensions[get_column_letter(place)]
        column.width = max(12, 2.4 * len(heading))
        column.number_format = "@"  # as text: no phone becomes 1.38E+10, no order number loses its zeros
    page.freeze_panes = "A2"


def _write_explanation(page: Worksheet, told: list[Explained]) -> None:
    for place, (heading, width) in enumerate(zip(_EXPLAINED, _WIDTHS, strict=True), start=1):
        cell = page.cell(1, place, heading)
        cell.font = Font(name=FONT, bold=True)
        cell.fill = LABEL_FILL
        page.column_dimensions[get_column_letter(place)].width = width
    for row, line in enumerate(told, start=2):
        for place, text in enumerate(line, start=1):
            cell = page.cell(row, place, text)
            cell.number_format = "@"
            cell.font = Font(name=FONT)
            cell.alignment = Alignment(wrap_text=True, vertical="top")
    page.freeze_panes = "A2"
