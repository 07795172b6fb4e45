"""A report as a PDF: A4 upright, headings, paragraphs and tables one below the other, signatures at the end."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path

from crm_desktop.domain.report_sheet import Block, Heading, Paragraph, ReportSheet, Table, WritingRoom
from crm_desktop.exporters.files import checked_target, replacing
from crm_desktop.exporters.pdf_letterhead import dealer, document
from crm_desktop.exporters.pdf_lines import shrunk, wrapped
from crm_desktop.exporters.pdf_page import A4, MM, SUFFIXES, PdfPaper, Printed
from crm_desktop.exporters.pdf_style import CAPTION, Style
from crm_desktop.exporters.pdf_table import INNER, OUTER, TableColumn, TableLayout

_MARGIN = 14 * MM
_WIDTH = A4[0] - 2 * _MARGIN
_TITLE = Style(17, 26, bold=True)
_SIDE = Style(8.5, 13)
_HEADING = Style(11.5, 18, bold=True)
_TEXT = Style(8.5, 12.5)
_CELL = Style(8, 11.5)
_SMALL = Style(7.5, 10, ink=CAPTION)
_HEAD_HEIGHT = _TITLE.leading + _SIDE.leading + 6
_FOOT_HEIGHT = 14.0
_AFTER = 7.0
_TABLE_BEGIN = 100.0  # the least room a table begins in: its heading and a row of several lines
_SIGNATURE = 18 * MM

Row = tuple[str, ...]


def write_report(sheet: ReportSheet, target: Path) -> Printed:
    """Print a report.

    :raises InvalidInput: for a name that does not end in .pdf.
    :raises StorageRefused: when the folder cannot take the file.
    """
    with replacing(checked_target(target, SUFFIXES)) as new:
        paper = PdfPaper(new.stream, A4, f"{sheet.title} {sheet.period}", sheet.letterhead.dealer_name)
        flow = _Flow(paper)
        for block, after in zip(sheet.blocks, (*sheet.blocks[1:], None), strict=True):
            flow.add(block, after)
        if sheet.signatures:
            flow.sign(sheet.signatures)
        pages = flow.pages()
        for number, page in enumerate(pages, 1):
            _draw_head(paper, sheet, f"第 {number} 页/共 {len(pages)} 页")
            paper.addLiteral(page)
            paper.write(sheet.foot, _MARGIN, _MARGIN + _SMALL.leading, _SMALL)
            paper.showPage()
        paper.save()
    return Printed(new.path, len(pages), paper.missing)


class _Flow:
    """Draws block below block and turns the page where it ends; pages are kept back until their number is known."""

    def __init__(self, paper: PdfPaper) -> None:
        self._paper = paper
        self._done: list[str] = []
        self._y = _top()

    def add(self, block: Block, after: Block | None) -> None:
        """One more block; a heading never stands alone at the end of a page."""
        match block:
            case Heading():
                self._room(_HEADING.leading + _AFTER + (_TABLE_BEGIN if after is not None else 0))
                self._paper.write(block.text, _MARGIN, self._y - 4, _HEADING)
                self._y -= _HEADING.leading + _AFTER - 2
            case Paragraph():
                lines = wrapped(block.text, _TEXT, _WIDTH)
                self._room(len(lines) * _TEXT.leading + (_TABLE_BEGIN if isinstance(after, Table) else 0))
                self._paper.write_lines(lines, _MARGIN, self._y, _TEXT)
                self._y -= len(lines) * _TEXT.leading + 4
            case WritingRoom():
                self._writing_room(block)
            case Table():
                self._table(block)

    def sign(self, who: Sequence[str]) -> None:
        """Blocks to sign side by side."""
        self._room(_SIGNATURE)
        width, bottom = _WIDTH / len(who), self._y - _SIGNATURE
        for place, name in enumerate(who):
            x = _MARGIN + place * width
            if place:
                self._paper.rule(x, self._y, x, bottom, INNER)
            self._paper.write(f"{name}：", x + 6, self._y - 5, _TEXT)
            self._paper.write("日期：", x + width * 0.58, bottom + 5 + _TEXT.leading, _TEXT)
        self._paper.frame(_MARGIN, bottom, _WIDTH, _SIGNATURE, OUTER)
        self._y = bottom

    def pages(self) -> list[str]:
        """Everything drawn, page by page."""
        return [*self._done, self._paper.taken()]

    def _turn(self) -> None:
        self._done.append(self._paper.taken())
        self._y = _top()

    def _room(self, height: float) -> None:
        if self._y - height < _bottom():
            self._turn()

    def _writing_room(self, block: WritingRoom) -> None:
        height = (block.lines + 1) * 16.0
        self._room(height)
        self._paper.write(f"{block.caption}：", _MARGIN + 6, self._y - 4, _TEXT)
        self._paper.frame(_MARGIN, self._y - height, _WIDTH, height, OUTER)
        self._y -= height + _AFTER

    def _table(self, block: Table) -> None:
        if not block.rows:
            self._room(_TABLE_BEGIN)
            layout = self._layout(block)
            self._y = layout.draw_notice(block.nothing, self._y, 20) - _AFTER
            return
        rows = list(block.rows)
        self._room(_TABLE_BEGIN)
        while rows:
            rows = self._part(block, rows)
        self._y -= _AFTER

    def _part(self, block: Table, rows: list[Row]) -> list[Row]:
        """Draws as many rows as the page has room for and gives the rest."""
        fresh, fits = self._y == _top(), self._fitting(block, rows)
        if not fits and not fresh:
            self._turn()
            return rows
        layout = self._layout(block)
        for row in rows[: max(fits, 1)]:
            layout.add(row)
        for page in layout.pages[:-1]:  # only of a row that is longer than a whole page
            layout.draw(page, self._y)
            self._turn()
        self._y = layout.draw(layout.pages[-1], self._y)
        rest = rows[max(fits, 1) :]
        if rest:
            self._turn()
        return rest

    def _fitting(self, block: Table, rows: list[Row]) -> int:
        """How many rows stay whole on this page."""
        layout = self._layout(block)
        for count, row in enumerate(rows):
            layout.add(row)
            if len(layout.pages) > 1:
                return count
        return len(rows)

    def _layout(self, block: Table) -> TableLayout[Row]:
        return TableLayout(self._paper, _columns(block), _CELL, _MARGIN, self._y - _bottom())


def _columns(block: Table) -> list[TableColumn[Row]]:
    whole = sum(block.widths)
    return [
        TableColumn(title, _WIDTH * width / whole, _cell(place), block.side(place))
        for place, (title, width) in enumerate(zip(block.titles, block.widths, strict=True))
    ]


def _cell(place: int) -> Callable[[Row], Sequence[str]]:
    def paragraphs(row: Row) -> tuple[str, ...]:
        return (row[place],)

    return paragraphs


def _top() -> float:
    return A4[1] - _MARGIN - _HEAD_HEIGHT


def _bottom() -> float:
    return _MARGIN + _FOOT_HEIGHT


def _draw_head(paper: PdfPaper, sheet: ReportSheet, page: str) -> None:
    top, right = A4[1] - _MARGIN, A4[0] - _MARGIN
    second = top - _TITLE.leading
    period = "　".join(part for part in (sheet.period, sheet.mark) if part)
    title = shrunk(sheet.title, _TITLE, _WIDTH - 200)
    if sheet.letterhead.logo:
        paper.picture(sheet.letterhead.logo, _MARGIN, top - 22, 40 * MM, 20)
    paper.write(sheet.title, A4[0] / 2, top, title, "centre")
    paper.write(document(sheet.letterhead), right, top - 8, _SIDE, "right")
    name = dealer(sheet.letterhead)
    paper.write(name, _MARGIN, second, shrunk(name, _SIDE, _WIDTH / 2 - _SIDE.width(period) / 2 - 8))
    paper.write(period, A4[0] / 2, second, _SIDE, "centre")
    paper.write(page, right, second, _SIDE, "right")
