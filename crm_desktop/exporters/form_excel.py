"""Any form in words as a workbook: one A4 page a form, upright, like the paper."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from openpyxl.worksheet.worksheet import Worksheet

from crm_desktop.domain.forms import Fields, FormSheet, Line, Passage, Signatures
from crm_desktop.exporters.excel import SUFFIXES, foot, new_book, save, set_up
from crm_desktop.exporters.excel_form import Form, Pair
from crm_desktop.exporters.files import checked_target


def write_forms(sheets: Sequence[FormSheet], target: Path) -> Path:
    """Write forms, a worksheet each, and say where the workbook lies.

    :raises InvalidInput: for a name that does not end in .xlsx, or a logo that is no picture.
    :raises StorageRefused: when the folder cannot take the file.
    """
    checked_target(target, SUFFIXES)
    first = sheets[0]
    book, page = new_book(first.title, first.letterhead)
    for place, sheet in enumerate(sheets):
        if place:
            page = book.create_sheet()
        set_up(page, sheet.name or sheet.title)
        _write(page, sheet)
    return save(book, target)


def _write(page: Worksheet, sheet: FormSheet) -> None:
    form = Form(page)
    form.head(sheet.title, sheet.mark, sheet.letterhead, (f"编号：{sheet.number}", f"日期：{sheet.date}", sheet.head))
    first = form.row
    for section in sheet.sections:
        with form.section(_in_two(section.title)):
            for line in section.lines:
                _add(form, line)
    form.rule(first)
    form.fill_page()
    foot(page, left=sheet.footer_left, center=sheet.footer_middle)


def _add(form: Form, line: Line) -> None:
    match line:
        case Fields():
            form.pairs(*(Pair(field.label, field.text, 2 * field.share - 1) for field in line.fields))
        case Passage():
            form.text(line.text, f"{line.caption}{line.hint}：")
        case Signatures():
            form.signatures(line.blocks)


def _in_two(title: str) -> str:
    """Two characters a line: the column of titles is narrow."""
    return "\n".join(title[at : at + 2] for at in range(0, len(title), 2))
