"""Forms on A4 pages: dealership, title and code above, the frame that fills the page, and the foot; 续页 as needed."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import BinaryIO

from crm_desktop.domain.forms import Labelled, ticks
from crm_desktop.domain.print_style import PLAIN, PrintStyle, copies_of
from crm_desktop.domain.sheets import Letterhead, Signature
from crm_desktop.exporters.files import checked_target, replacing
from crm_desktop.exporters.form_grid import Cell, FormRow, Section, Space, draw_form
from crm_desktop.exporters.pdf_letterhead import contact, dealer, document
from crm_desktop.exporters.pdf_lines import shrunk, wrapped
from crm_desktop.exporters.pdf_page import A4, MM, SUFFIXES, PdfPaper, Printed
from crm_desktop.exporters.pdf_qr import draw_qr
from crm_desktop.exporters.pdf_stock import StockPaper
from crm_desktop.exporters.pdf_style import CAPTION, RED, Style
from crm_desktop.exporters.qr_code import LONGEST

_LEFT, _TOP, _BOTTOM = 12 * MM, 9 * MM, 9 * MM
_WIDTH = A4[0] - 2 * _LEFT
_RIGHT = A4[0] - _LEFT
_HEAD_HEIGHT, _FOOT_HEIGHT = 24.5 * MM, 6 * MM
_SPACE = Space(_LEFT, A4[1] - _TOP - _HEAD_HEIGHT, _WIDTH, A4[1] - _TOP - _BOTTOM - _HEAD_HEIGHT - _FOOT_HEIGHT)
_QR = 18.5 * MM
_LOGO = (44 * MM, 8.5 * MM)
_BESIDE_TITLE = 12.0
_SIDE = (58 * MM, 18 * MM)  # for logo and dealership, left of the title

_TITLE = Style(20, 28, bold=True)
_MARK = Style(12, 18, bold=True, ink=RED)
_DEALERS = (Style(9, 12), Style(7.5, 10), Style(6, 8))  # the first that is small enough for the name
_CONTACT = Style(6.5, 8, ink=CAPTION)
_SMALL = Style(8, 11, ink=CAPTION)
_COPY = Style(8.5, 11, bold=True)
_HEAD = Style(9.5, 14)
_NUMBER = Style(9.5, 14, bold=True)

_SIGNATURE_ROW = 16 * MM
_SIGNATURES_A_ROW = 3


@dataclass(frozen=True, slots=True)
class FormPage:
    """A form ready to draw; ``head`` stands between day and 文件编号 in the line above the frame, ``code`` is what the
    QR code says."""

    title: str
    letterhead: Letterhead
    sections: tuple[Section, ...]
    number: str = ""
    date: str = ""
    head: str = ""
    mark: str = ""
    footer_left: str = ""
    footer_middle: str = ""
    code: str = ""
    stock: tuple[Section, ...] = ()
    """The same form empty, as it is on paper that was printed before (套打)."""
    copy: str = ""
    """Which of its copies this is; stands at the foot instead of ``footer_left``."""


def write_pages(forms: Sequence[FormPage], target: Path, style: PrintStyle = PLAIN) -> Printed:
    """Print forms one behind the other, each with its own page numbers; ``Printed.pages`` counts them all.

    :raises InvalidInput: for a name that does not end in .pdf.
    :raises StorageRefused: when the folder cannot take the file.
    """
    first = forms[0]
    with replacing(checked_target(target, SUFFIXES)) as new:
        paper = form_paper(new.stream, first, style)
        pages = sum([_draw_pages(paper, form) for form in _copied(forms, style)])
        paper.save()
    return Printed(new.path, pages, paper.missing)


def form_paper(file: BinaryIO, form: FormPage, style: PrintStyle) -> PdfPaper:
    """White sheets, or those that have the form on them already."""
    title, author = f"{form.title} {form.number}".strip(), form.letterhead.dealer_name
    if style.stock is None:
        return PdfPaper(file, A4, title, author)
    return StockPaper(file, A4, title, author, style.stock, style.underneath)


def draw_stock(paper: StockPaper, form: FormPage) -> None:
    """The rooms of the empty form on one sheet, for the test page."""
    draw_form(paper, form.sections, _SPACE)
    top = A4[1] - _TOP
    paper.room(_RIGHT - _QR, top - _QR, _QR, _QR)
    for left, width in ((_LEFT, 42 * MM), (_LEFT + 52 * MM, 34 * MM)):
        paper.room(
            left + _HEAD.width("编号") + 6, top - _HEAD_HEIGHT + 2.5, width - _HEAD.width("编号") - 6, _HEAD.leading
        )


def _copied(forms: Sequence[FormPage], style: PrintStyle) -> list[FormPage]:
    """Each form once, or all first copies and then all second ones."""
    if not style.copies:
        return list(forms)
    found = []
    for place in range(max(len(copies_of(form.footer_left)) for form in forms) or 1):
        for form in forms:
            names = copies_of(form.footer_left)
            if place < len(names) or not place:
                found.append(replace(form, copy=names[place]) if names else form)
    return found


def signature_rows(signatures: Sequence[Signature]) -> Iterable[FormRow]:
    """Blocks to sign, three in a row."""
    for first in range(0, len(signatures), _SIGNATURES_A_ROW):
        blocks = signatures[first : first + _SIGNATURES_A_ROW]
        yield FormRow(tuple(map(_signature, blocks)), least=_SIGNATURE_ROW)


def _signature(block: Signature) -> Cell:
    heading = "　".join(part for part in (block.heading, ticks(block.boxes)) if part)
    note = Labelled(block.note) if "：" in block.note else block.note
    return Cell(note, caption=heading, foot=(f"签字：{block.name}", f"日期：{block.signed_on}"))


def _draw_pages(paper: PdfPaper, form: FormPage) -> int:
    """Draw page after page until no text is left; each is kept back until the number of pages is known."""
    sections, drawn = list(form.sections), 0
    pages = []
    while sections:
        paper.on_stock(not drawn)
        sections = draw_form(paper, sections, _SPACE, whole=not drawn, stock=form.stock if not drawn else ())
        pages.append(paper.taken())
        drawn += 1
    for number, page in enumerate(pages, 1):
        paper.on_stock(number == 1)
        _draw_head(paper, form, continued=number > 1)
        paper.again(page)
        _draw_foot(paper, form, f"第 {number} 页/共 {drawn} 页")
        paper.showPage()
    return drawn


def _draw_head(paper: PdfPaper, form: FormPage, continued: bool) -> None:
    """Dealership left, title in the middle, QR code right; number, day and the form's own words in one line below."""
    top = A4[1] - _TOP
    _draw_dealer(paper, form.letterhead, top)
    title = f"{form.title}（续页）" if continued else form.title
    style = shrunk(title, _TITLE, _WIDTH - _SIDE[0] - _QR - 30)
    paper.write(title, A4[0] / 2, top - 4, style, "centre")
    if form.mark:
        with paper.values():
            _draw_mark(paper, form.mark, A4[0] / 2 + style.width(title) / 2 + 10, top - 9)
    if 0 < len(form.code.encode()) <= LONGEST:
        with paper.values():
            draw_qr(paper, form.code, _RIGHT - _QR, top - _QR, _QR)
    line = top - _HEAD_HEIGHT + _HEAD.leading + 2.5
    _draw_pair(paper, "编号", form.number, _LEFT, line, 42 * MM)
    _draw_pair(paper, "日期", form.date, _LEFT + 52 * MM, line, 34 * MM)
    paper.write_ticked(form.head, _LEFT + 95 * MM, line, _HEAD)
    paper.write(document(form.letterhead), _RIGHT, line, _HEAD, "right")


def _draw_dealer(paper: PdfPaper, letterhead: Letterhead, top: float) -> None:
    width, height = _SIDE
    if letterhead.logo:
        paper.picture(letterhead.logo, _LEFT, top - _LOGO[1], *_LOGO)
        top -= _LOGO[1] + 1.5
        height -= _LOGO[1] + 1.5
    else:
        top -= _BESIDE_TITLE
        height -= _BESIDE_TITLE
    found = wrapped(contact(letterhead), _CONTACT, width)
    height -= len(found) * _CONTACT.leading
    for style in _DEALERS:
        lines = wrapped(dealer(letterhead), style, width)
        if len(lines) * style.leading <= height:
            break
    paper.write_lines(lines, _LEFT, top, style)
    paper.write_lines(found, _LEFT, top - len(lines) * style.leading, _CONTACT)


def _draw_mark(paper: PdfPaper, mark: str, x: float, top: float) -> None:
    """作废 or 更正 as a stamp beside the title."""
    width = _MARK.width(mark) + 12
    paper.frame(x, top - _MARK.leading, width, _MARK.leading, 1.2, RED)
    paper.write(mark, x + 6, top, _MARK)


def _draw_pair(paper: PdfPaper, label: str, text: str, x: float, top: float, width: float) -> None:
    """A word and what belongs to it, or a line to write on."""
    paper.write(label, x, top, _HEAD)
    begin = x + _HEAD.width(label) + 6
    if text:
        with paper.values():
            paper.write(text, begin, top, shrunk(text, _NUMBER, x + width - begin))
    else:
        paper.rule(begin, top - _HEAD.leading, x + width, top - _HEAD.leading, 0.5)


def _draw_foot(paper: PdfPaper, form: FormPage, page: str) -> None:
    top = _BOTTOM + _SMALL.leading
    if form.copy:
        paper.write(form.copy, _LEFT, top, _COPY)
    else:
        paper.write(form.footer_left, _LEFT, top, _SMALL)
    paper.write(form.footer_middle, A4[0] / 2, top, _SMALL, "centre")
    paper.write(page, _RIGHT, top, _SMALL, "right")
