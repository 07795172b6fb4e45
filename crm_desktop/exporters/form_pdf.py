"""Any form in words as a PDF: its sections on one A4 page, what is longer on a 续页; several forms in one file."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from pathlib import Path

from crm_desktop.domain.forms import Fields, FormSection, FormSheet, Passage, Signatures
from crm_desktop.domain.print_style import PLAIN, PrintStyle
from crm_desktop.exporters.form_grid import Cell, FormRow, Section
from crm_desktop.exporters.form_page import FormPage, signature_rows, write_pages
from crm_desktop.exporters.pdf_page import Printed


def write_forms(sheets: Sequence[FormSheet], target: Path, style: PrintStyle = PLAIN) -> Printed:
    """Print forms one behind the other; raises what ``form_page.write_pages`` raises."""
    return write_pages(list(map(_page, sheets)), target, style)


def _page(sheet: FormSheet) -> FormPage:
    return FormPage(
        title=sheet.title,
        letterhead=sheet.letterhead,
        sections=tuple(map(_section, sheet.sections)),
        number=sheet.number,
        date=sheet.date,
        head=sheet.head,
        mark=sheet.mark,
        footer_left=sheet.footer_left,
        footer_middle=sheet.footer_middle,
        code=sheet.code or sheet.number,
    )


def _section(section: FormSection) -> Section:
    return Section(section.title, tuple(row for line in section.lines for row in _rows(line)))


def _rows(line: Fields | Passage | Signatures) -> Iterable[FormRow]:
    match line:
        case Fields():
            yield FormRow(tuple(Cell(field.text, field.label, share=field.share) for field in line.fields))
        case Passage():
            yield FormRow((Cell(line.text, caption=line.caption, hint=line.hint),), weight=line.weight)
        case Signatures():
            yield from signature_rows(line.blocks)
