"""A report as a PDF: A4 upright, headings, paragraphs and tables one below the other, signatures at the end."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path

from crm_desktop.domain.chart_layout import height_of
from crm_desktop.domain.charts import Chart, Ink
from crm_desktop.domain.report_sheet import (
    Block,
    Cards,
    Heading,
    Paragraph,
    Pictures,
    Remark,
    ReportSheet,
    Table,
    WritingRoom,
)
from crm_desktop.exporters.chart_pdf import draw_chart, fill_of
from crm_desktop.exporters.files import checked_target, replacing
from crm_desktop.exporters.pdf_letterhead import dealer, document
from crm_desktop.exporters.pdf_lines import shrunk, wrapped
from crm_desktop.exporters.pdf_page import A4, MM, SUFFIXES, PdfPaper, Printed
from crm_desktop.exporters.pdf_qr import draw_qr
from crm_desktop.exporters.pdf_style import CAPTION, PALE, Style
from crm_desktop.exporters.pdf_table import INNER, TableColumn, TableLayout

_MARGIN = 14 * MM
_WIDTH = A4[0] - 2 * _MARGIN
_TITLE = Style(17, 26, bold=True)
_SIDE = Style(8.5, 13)
_HEADING = Style(12.5, 20, bold=True, ink=fill_of(Ink.MAIN))
_PART = Style(9.5, 15, bold=True)
_TEXT = Style(8.5, 12.5)
_CELL = Style(8, 11.5)
_SMALL = Style(7.5, 10, ink=CAPTION)
_NUMBER = Style(17, 24, bold=True)
_PICTURE_TITLE = Style(8, 12, bold=True, ink=CAPTION)
_PICTURE_SIZE = 7.5
_CARD, _GAP = 58.0, 10.0
_BAR = 2.4
_QUIET_COLUMNS = ("算法",)
"""Columns that only explain are printed as captions."""
_QR, _ABOVE = 18.5 * MM, 8 * MM  # beside title and period, a little above them
_HEAD_HEIGHT = _TITLE.leading + _SIDE.leading + 12
_RUNNING_HEIGHT = _SIDE.leading + 12
_FOOT_HEIGHT = 14.0
_AFTER = 7.0
_TABLE_BEGIN = 100.0  # the least room a table begins in: its heading and a row of several lines
_MORE = 55.0  # and with a sentence between them: enough for a picture
_SIGNATURE = 18 * MM
_SIGNED_LINES = 3

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
            (_draw_head if number == 1 else _draw_running_head)(paper, sheet, f"第 {number} 页/共 {len(pages)} 页")
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
        self._y = _top(first=True)

    def add(self, block: Block, after: Block | None) -> None:
        """One more block; a heading never stands alone at the end of a page."""
        match block:
            case Heading():
                self._heading(block, after)
            case Paragraph():
                lines = wrapped(block.text, _TEXT, _WIDTH)
                self._room(len(lines) * _TEXT.leading + (_TABLE_BEGIN if isinstance(after, Table) else 0))
                self._paper.write_lines(lines, _MARGIN, self._y, _TEXT)
                self._y -= len(lines) * _TEXT.leading + 4
            case WritingRoom():
                self._writing_room(block, _SIGNATURE if after is None else 0)
            case Cards():
                self._cards(block)
            case Pictures():
                self._pictures(block.charts)
            case Remark():
                self._remark(block)
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
            told = name if "：" in name else f"{name}："
            self._paper.write_lines(wrapped(told, _TEXT, width - 12)[:_SIGNED_LINES], x + 6, self._y - 5, _TEXT)
            self._paper.write("日期：", x + width * 0.58, bottom + 5 + _TEXT.leading, _TEXT)
        self._paper.frame(_MARGIN, bottom, _WIDTH, _SIGNATURE, INNER)
        self._y = bottom

    def pages(self) -> list[str]:
        """Everything drawn, page by page."""
        return [*self._done, self._paper.taken()]

    @property
    def _fresh(self) -> bool:
        """Nothing stands on this page yet."""
        return self._y == _top(first=not self._done)

    def _turn(self) -> None:
        self._done.append(self._paper.taken())
        self._y = _top()

    def _room(self, height: float) -> None:
        if self._y - height < _bottom():
            self._turn()

    def _heading(self, block: Heading, after: Block | None) -> None:
        """Never alone at the end of a page: what comes first below it stays with it."""
        style = _PART if block.part else _HEADING
        first = _pictures_height(after.charts) if isinstance(after, Pictures) else _TABLE_BEGIN
        if isinstance(after, Paragraph | Heading) and not block.part:
            first += _MORE
        self._room(style.leading + 3 * _AFTER + (min(first, _top() - _bottom() - 60) if after is not None else 0))
        if not self._fresh and not block.part:
            self._y -= _AFTER
        self._paper.write(block.text, _MARGIN, self._y - 2, style)
        self._y -= style.leading + (2 if block.part else 4)
        if not block.part:
            self._paper.fill(_MARGIN, self._y, _WIDTH, 0.7, fill_of(Ink.MAIN))
            self._y -= _AFTER

    def _cards(self, block: Cards) -> None:
        """Large numbers side by side on a light ground."""
        self._room(_CARD + _AFTER)
        width = (_WIDTH - _GAP * (len(block.cards) - 1)) / max(1, len(block.cards))
        for place, card in enumerate(block.cards):
            x, top = _MARGIN + place * (width + _GAP), self._y
            self._paper.fill(x, top - _CARD, width, _CARD)
            self._paper.fill(x, top - _CARD, _BAR, _CARD, fill_of(card.ink))
            number = replace(shrunk(card.number, _NUMBER, width - 18), ink=fill_of(card.ink))
            self._paper.write(card.name, x + 10, top - 6, _SMALL)
            self._paper.write(card.number, x + 10, top - 17, number)
            self._paper.write(card.note, x + 10, top - 43, shrunk(card.note, _SMALL, width - 14))
        self._y -= _CARD + _AFTER + 3

    def _pictures(self, charts: Sequence[Chart]) -> None:
        """Charts side by side, each with its title above it."""
        self._room(_pictures_height(charts))
        width = (_WIDTH - 2 * _GAP * (len(charts) - 1)) / len(charts)
        for place, chart in enumerate(charts):
            x = _MARGIN + place * (width + 2 * _GAP)
            self._paper.write(chart.title, x, self._y, _PICTURE_TITLE)
            box = (x, self._y - _PICTURE_TITLE.leading - 3, width, height_of(chart, width, _PICTURE_SIZE))
            draw_chart(self._paper, chart, box, _PICTURE_SIZE)
        self._y -= _pictures_height(charts)

    def _remark(self, block: Remark) -> None:
        """A comment beside a bar, with who wrote it."""
        lines = [*wrapped(block.text, _TEXT, _WIDTH - 12)]
        height = (len(lines) + 1) * _TEXT.leading
        self._room(height + _AFTER)
        self._paper.fill(_MARGIN, self._y - height, _BAR, height, fill_of(Ink.SECOND))
        self._paper.write_lines(lines, _MARGIN + 10, self._y, _TEXT)
        self._paper.write(f"评注：{block.who}", _MARGIN + 10, self._y - len(lines) * _TEXT.leading, _SMALL)
        self._y -= height + _AFTER

    def _writing_room(self, block: WritingRoom, below: float) -> None:
        """The last one stays together with the blocks to sign ``below`` it."""
        height = (block.lines + 1) * 16.0
        self._room(height + (below + _AFTER if below else 0))
        self._paper.write(f"{block.caption}：", _MARGIN + 6, self._y - 4, _TEXT)
        self._paper.frame(_MARGIN, self._y - height, _WIDTH, height, INNER)
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
        fresh, fits = self._fresh, self._fitting(block, rows)
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
        return TableLayout(self._paper, _columns(block), _CELL, _MARGIN, self._y - _bottom(), quiet=True)


def _pictures_height(charts: Sequence[Chart]) -> float:
    """Title, the highest of them, and the space after it."""
    width = (_WIDTH - 2 * _GAP * (len(charts) - 1)) / len(charts)
    return max(height_of(chart, width, _PICTURE_SIZE) for chart in charts) + _PICTURE_TITLE.leading + 3 + _AFTER


def _columns(block: Table) -> list[TableColumn[Row]]:
    whole = sum(block.widths)
    return [
        TableColumn(title, _WIDTH * width / whole, _cell(place), block.side(place), title in _QUIET_COLUMNS)
        for place, (title, width) in enumerate(zip(block.titles, block.widths, strict=True))
    ]


def _cell(place: int) -> Callable[[Row], Sequence[str]]:
    def paragraphs(row: Row) -> tuple[str, ...]:
        return (row[place],)

    return paragraphs


def _top(*, first: bool = False) -> float:
    return A4[1] - _MARGIN - (_HEAD_HEIGHT if first else _RUNNING_HEIGHT)


def _bottom() -> float:
    return _MARGIN + _FOOT_HEIGHT


def _draw_running_head(paper: PdfPaper, sheet: ReportSheet, page: str) -> None:
    """From the second page on: title and period in one small line."""
    top, right = A4[1] - _MARGIN, A4[0] - _MARGIN
    told = "　".join(part for part in (sheet.title, sheet.period, sheet.mark) if part)
    style = replace(_SIDE, ink=CAPTION)
    paper.write(told, _MARGIN, top, shrunk(told, style, _WIDTH * 0.75))
    paper.write(page, right, top, style, "right")
    paper.rule(_MARGIN, top - _SIDE.leading - 2, right, top - _SIDE.leading - 2, INNER, PALE)


def _draw_head(paper: PdfPaper, sheet: ReportSheet, page: str) -> None:
    top, right = A4[1] - _MARGIN, A4[0] - _MARGIN
    second = top - _TITLE.leading
    period = "　".join(part for part in (sheet.period, sheet.mark) if part)
    if sheet.code:
        draw_qr(paper, sheet.code, right - _QR, A4[1] - _ABOVE - _QR, _QR)
        right -= _QR + 4
    told = document(sheet.letterhead).split("　")
    beside = max(map(_SIDE.width, (*told, page))) + A4[0] - right
    title = shrunk(sheet.title, _TITLE, A4[0] - 2 * beside - 8)
    if sheet.letterhead.logo:
        paper.picture(sheet.letterhead.logo, _MARGIN, top - 22, 40 * MM, 20)
    paper.write(sheet.title, A4[0] / 2, top, title, "centre")
    for place, part in enumerate(told):
        paper.write(part, right, top + 3 - place * _SIDE.leading, _SIDE, "right")
    name = dealer(sheet.letterhead)
    paper.write(name, _MARGIN, second, shrunk(name, _SIDE, _WIDTH / 2 - _SIDE.width(period) / 2 - 8))
    paper.write(period, A4[0] / 2, second, _SIDE, "centre")
    paper.write(page, right, second, _SIDE, "right")
