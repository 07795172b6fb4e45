"""A letter as a PDF: A4 upright, the dealership above, a title, its paragraphs, its number and pages below."""

from __future__ import annotations

from pathlib import Path

from crm_desktop.domain.letters import LetterSheet
from crm_desktop.exporters.files import checked_target, replacing
from crm_desktop.exporters.pdf_letterhead import contact, dealer, document
from crm_desktop.exporters.pdf_lines import shrunk, wrapped
from crm_desktop.exporters.pdf_page import A4, MM, SUFFIXES, PdfPaper, Printed
from crm_desktop.exporters.pdf_qr import draw_qr
from crm_desktop.exporters.pdf_style import CAPTION, PALE, Style

_MARGIN = 25 * MM
_WIDTH = A4[0] - 2 * _MARGIN
_DEALER = Style(13, 20, bold=True)
_TITLE = Style(17, 28, bold=True)
_TEXT = Style(11, 19)
_SMALL = Style(8, 11, ink=CAPTION)
_BETWEEN = 5.0
_QR, _QR_BOTTOM, _WHITE = 16 * MM, 7.5 * MM, 2 * MM  # its white border stands out into the margin
_LOGO = 14 * MM
_BELOW_HEAD = 34.0
_RIGHT_LINES = 2
"""The last lines, who writes and when, stand at the right."""


def write_letter(sheet: LetterSheet, target: Path) -> Printed:
    """Print a letter.

    :raises InvalidInput: for a name that does not end in .pdf.
    :raises StorageRefused: when the folder cannot take the file.
    """
    with replacing(checked_target(target, SUFFIXES)) as new:
        paper = PdfPaper(new.stream, A4, f"{sheet.title} {sheet.number}", sheet.letterhead.dealer_name)
        pages = _pages(sheet)
        for number, page in enumerate(pages, 1):
            top = _head(paper, sheet, first=number == 1)
            for line, indent in page:
                paper.write(line, _MARGIN + indent, top, _TEXT)
                top -= _TEXT.leading
            paper.write(f"第 {number} 页/共 {len(pages)} 页", A4[0] - _MARGIN, 18 * MM, _SMALL, "right")
            draw_qr(paper, sheet.number, _MARGIN - _WHITE, _QR_BOTTOM, _QR)
            paper.write(sheet.number, _MARGIN + _QR, 18 * MM, _SMALL)
            paper.showPage()
        paper.save()
    return Printed(new.path, len(pages), paper.missing)


def _lines(sheet: LetterSheet) -> list[tuple[str, float]]:
    """Every line with how far it is moved in: paragraphs begin two characters in, the first is whom it is to."""
    found: list[tuple[str, float]] = []
    last = len(sheet.paragraphs) - _RIGHT_LINES
    for place, text in enumerate(sheet.paragraphs):
        if sheet.signed and place >= last > 0:
            found += [(line, _WIDTH - _TEXT.width(line)) for line in wrapped(text, _TEXT, _WIDTH)]
            continue
        indented = sheet.signed and place > 0 and not text[:1].isascii()
        lines = wrapped(("\u3000\u3000" if indented else "") + text, _TEXT, _WIDTH)
        found += [(line, 0.0) for line in lines or [""]]
    return found


def _pages(sheet: LetterSheet) -> list[list[tuple[str, float]]]:
    room = A4[1] - 2 * _MARGIN - _BELOW_HEAD - _TITLE.leading - _DEALER.leading
    room -= _SMALL.leading if sheet.letterhead.contact else 0
    each = int(room / _TEXT.leading)
    lines = _lines(sheet)
    return [lines[start : start + each] for start in range(0, len(lines), each)] or [[]]


def _head(paper: PdfPaper, sheet: LetterSheet, *, first: bool) -> float:
    """The dealership and its papers' number; on the first page the title. Gives where the text begins."""
    top = A4[1] - _MARGIN
    left = _MARGIN
    if sheet.letterhead.logo:
        left += paper.picture(sheet.letterhead.logo, _MARGIN, top - _LOGO + 4, _LOGO * 3, _LOGO) + 8
    name = dealer(sheet.letterhead)
    paper.write(name, left, top, shrunk(name, _DEALER, _WIDTH / 2))
    paper.write(document(sheet.letterhead), A4[0] - _MARGIN, top, _SMALL, "right")
    top -= _DEALER.leading
    if where := contact(sheet.letterhead):
        paper.write(where, left, top, shrunk(where, _SMALL, A4[0] - _MARGIN - left))
        top -= _SMALL.leading
    top -= 6
    paper.rule(_MARGIN, top, A4[0] - _MARGIN, top, 0.8, PALE)
    if not first:
        return top - _BELOW_HEAD / 2
    top -= 14
    paper.write(sheet.title, A4[0] / 2, top, shrunk(sheet.title, _TITLE, _WIDTH), "centre")
    return top - _TITLE.leading - _BETWEEN
