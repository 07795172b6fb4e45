"""Any list of the desk as a PDF: letterhead, numbered pages, heading on each, room to sign at the end."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Generic

from crm_desktop.domain.sheets import Column, Kind, Row, TableSheet
from crm_desktop.exporters.files import ExportStopped, checked_target, replacing
from crm_desktop.exporters.pdf_letterhead import dealer, document
from crm_desktop.exporters.pdf_lines import shrunk
from crm_desktop.exporters.pdf_page import A4, A4_LANDSCAPE, MM, SUFFIXES, Align, PdfPaper, Printed
from crm_desktop.exporters.pdf_qr import draw_qr
from crm_desktop.exporters.pdf_style import CAPTION, Style
from crm_desktop.exporters.pdf_table import INNER, OUTER, TableColumn, TableLayout

TEXT = Style(7.5, 10)
MARGIN = 10 * MM

_TITLE = Style(16, 24, bold=True)
_HEAD = Style(8.5, 14)
_FOOT = Style(7.5, 10, ink=CAPTION)
_HEAD_HEIGHT = _TITLE.leading + _HEAD.leading + 4
_FOOT_HEIGHT = 14.0
_LOGO = (60 * MM, 21.0)
_QR, _ABOVE = 18.5 * MM, 4.5 * MM  # its white border reaches above the head, where no printer prints anyway
_SIGNATURE_HEIGHT = 14 * MM
_NOTICE_HEIGHT = 20 * MM

_STEP = 200  # rows between two looks at progress and cancel
# Portrait while a character of a column's width gets this much paper; below the second, the type gets smaller.
_PORTRAIT_MM, _FULL_SIZE_MM = 1.7, 1.55
_SMALLEST = 5.0
_SIDES: dict[Kind, Align] = {Kind.INTEGER: "right", Kind.DATE: "centre", Kind.TIME: "centre", Kind.TEXT: "left"}

Progress = Callable[[int], None]
Cancelled = Callable[[], bool]


@dataclass(frozen=True, slots=True)
class PaperList(Generic[Row]):
    """A list and how it lies on paper; ``foot`` stands under every page, the ``signatures`` under the last row."""

    sheet: TableSheet[Row]
    columns: Sequence[TableColumn[Row]]
    size: tuple[float, float] = A4_LANDSCAPE
    style: Style = TEXT
    foot: str = ""
    signatures: tuple[str, ...] = ()
    nothing: str = "没有记录"


def write_table(
    sheet: TableSheet[Row],
    target: Path,
    *,
    signatures: tuple[str, ...] = (),
    progress: Progress | None = None,
    cancelled: Cancelled | None = None,
) -> Printed:
    """Print a list with its own columns, as wide as the paper; raises what ``print_list`` raises.

    Few columns print upright, many across; beyond that the type gets smaller, down to 5 points.
    """
    return print_list(replace(_proportional(sheet), signatures=signatures), target, progress, cancelled)


def print_list(
    job: PaperList[Row], target: Path, progress: Progress | None = None, cancelled: Cancelled | None = None
) -> Printed:
    """Lay the rows out, then write the pages; ``progress`` hears the number of rows laid out.

    :raises InvalidInput: for a name that does not end in .pdf.
    :raises StorageRefused: when the folder cannot take the file.
    :raises ExportStopped: when ``cancelled`` says so.
    """
    with replacing(checked_target(target, SUFFIXES)) as new:
        paper = PdfPaper(new.stream, job.size, job.sheet.title, job.sheet.letterhead.dealer_name)
        height = job.size[1] - 2 * MARGIN - _HEAD_HEIGHT - _FOOT_HEIGHT
        layout = TableLayout(paper, job.columns, job.style, MARGIN, height)
        done = 0
        for done, row in enumerate(job.sheet.rows, 1):
            layout.add(row)
            if done % _STEP == 0:
                _pause(done, progress, cancelled)
        if job.signatures:
            layout.keep_for_end(_SIGNATURE_HEIGHT)
        for number, page in enumerate(layout.pages, 1):
            top = _draw_head(paper, job, f"第 {number} 页/共 {len(layout.pages)} 页")
            end = layout.draw(page, top) if done else layout.draw_notice(job.nothing, top, _NOTICE_HEIGHT)
            if job.signatures and page is layout.pages[-1]:
                _draw_signatures(paper, job, end)
            paper.write(job.foot, MARGIN, MARGIN + _FOOT.leading, _FOOT)
            paper.showPage()
        paper.save()
    return Printed(new.path, len(layout.pages), paper.missing)


def _draw_head(paper: PdfPaper, job: PaperList[Row], page: str) -> float:
    width, height = job.size
    middle, right, top = width / 2, width - MARGIN, height - MARGIN
    if job.sheet.code:
        draw_qr(paper, job.sheet.code, right - _QR, height - _ABOVE - _QR, _QR)
        right -= _QR + 4
    letterhead, second = job.sheet.letterhead, top - _TITLE.leading
    if letterhead.logo:
        paper.picture(letterhead.logo, MARGIN, top - _LOGO[1], *_LOGO)
    side = (right - MARGIN - _HEAD.width(job.sheet.period)) / 2 - 6
    words: tuple[tuple[str, float, float, Style, Align], ...] = (
        (job.sheet.title, middle, top, shrunk(job.sheet.title, _TITLE, middle), "centre"),
        (document(letterhead), right, top - 8, _HEAD, "right"),
        (dealer(letterhead), MARGIN, second, shrunk(dealer(letterhead), _HEAD, side), "left"),
        (job.sheet.period, middle, second, _HEAD, "centre"),
        (page, right, second, _HEAD, "right"),
    )
    for text, x, y, style, align in words:
        paper.write(text, x, y, style, align)
    return top - _HEAD_HEIGHT


def _draw_signatures(paper: PdfPaper, job: PaperList[Row], top: float) -> None:
    width = (job.size[0] - 2 * MARGIN) / len(job.signatures)
    bottom = top - _SIGNATURE_HEIGHT
    for place, who in enumerate(job.signatures):
        x = MARGIN + place * width
        if place:
            paper.rule(x, top, x, bottom, INNER)
        paper.write(f"{who}：", x + 6, top - 5, _HEAD)
        paper.write("日期：", x + width * 0.62, bottom + 5 + _HEAD.leading, _HEAD)
    paper.frame(MARGIN, bottom, job.size[0] - 2 * MARGIN, _SIGNATURE_HEIGHT, OUTER)


def _proportional(sheet: TableSheet[Row]) -> PaperList[Row]:
    characters = sum(column.width for column in sheet.columns)
    upright = characters * _PORTRAIT_MM * MM <= A4[0] - 2 * MARGIN
    size = A4 if upright else A4_LANDSCAPE
    point = (size[0] - 2 * MARGIN) / characters
    shrunk = max(min(1.0, point / (_FULL_SIZE_MM * MM)) * TEXT.size, _SMALLEST)
    style = Style(round(shrunk, 1), round(shrunk * TEXT.leading / TEXT.size, 1))
    return PaperList(sheet, [_column(column, column.width * point) for column in sheet.columns], size, style)


def _column(column: Column[Row], width: float) -> TableColumn[Row]:
    def paragraphs(row: Row) -> tuple[str, ...]:
        return (column.text(row),)

    return TableColumn(column.title, width, paragraphs, _SIDES[column.kind])


def _pause(done: int, progress: Progress | None, cancelled: Cancelled | None) -> None:
    if cancelled is not None and cancelled():
        raise ExportStopped
    if progress is not None:
        progress(done)
