"""A report as a workbook: one upright A4 page after the other, the same blocks as on paper."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import accumulate
from pathlib import Path

from openpyxl.styles import Alignment, Font
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.worksheet import Worksheet

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
from crm_desktop.exporters.chart_excel import ChartBook, chart_height
from crm_desktop.exporters.chart_inks import INKS
from crm_desktop.exporters.excel import (
    FONT,
    LABEL_FILL,
    SUFFIXES,
    dealer_line,
    document_line,
    foot,
    frame,
    new_book,
    place_logo,
    put,
    save,
)
from crm_desktop.exporters.excel_rows import LINE_POINTS, line_count, row_height
from crm_desktop.exporters.files import checked_target

_GRID = 28  # narrow columns, so that tables of any proportions share one page
_WIDTH = 3.35  # characters of each, at the standard size
_ROOM = _WIDTH * 1.15  # at the size of the text, which is smaller
_TEXT, _BOLD = Font(FONT, 9), Font(FONT, 9, bold=True)
_HEADING, _TITLE = Font(FONT, 12, bold=True, color=INKS[Ink.MAIN]), Font(FONT, 16, bold=True)
_PART, _SMALL, _NUMBER = Font(FONT, 10, bold=True), Font(FONT, 8, color=INKS[Ink.CAPTION]), Font(FONT, 15, bold=True)
_PAGE_CM = 20.6  # the grid's width as Excel draws it
_POINTS_OF_CM = 72 / 2.54


def write_report(sheet: ReportSheet, target: Path) -> Path:
    """Write the report and say where it lies.

    :raises InvalidInput: for a name that does not end in .xlsx, or a logo that is no picture.
    :raises StorageRefused: when the folder cannot take the file.
    """
    checked_target(target, SUFFIXES)
    book, page = new_book(sheet.title, sheet.letterhead)
    writer = _Writer(page, ChartBook(book))
    writer.head(sheet)
    for block in sheet.blocks:
        writer.add(block)
    if sheet.signatures:
        writer.sign(sheet.signatures)
    foot(page, left=sheet.foot)
    return save(book, target)


class _Writer:
    """Goes down the page row by row."""

    def __init__(self, page: Worksheet, charts: ChartBook) -> None:
        self._page, self._charts = page, charts
        self._row = 1
        for place in range(1, _GRID + 1):
            page.column_dimensions[get_column_letter(place)].width = _WIDTH

    def head(self, sheet: ReportSheet) -> None:
        """Title, dealership, period and 文件编号."""
        self._line((sheet.title,), (_GRID,), font=_TITLE, sides=("center",), height=30)
        place_logo(self._page, sheet.letterhead.logo, "A1")
        period = "　".join(part for part in (sheet.period, sheet.mark) if part)
        words = (dealer_line(sheet.letterhead), period, document_line(sheet.letterhead))
        self._line(words, (10, 8, 10), font=_TEXT, sides=("left", "center", "right"), height=18)

    def add(self, block: Block) -> None:
        """One block, with an empty line after it."""
        match block:
            case Heading():
                self._line((block.text,), (_GRID,), font=_PART if block.part else _HEADING, height=24)
            case Cards():
                self._cards(block)
            case Pictures():
                self._pictures(block.charts)
            case Remark():
                self._line((f"{block.text}\n评注：{block.who}",), (_GRID,), font=_TEXT, filled=True)
                self._skip()
            case Paragraph():
                self._line((block.text,), (_GRID,), font=_TEXT)
            case WritingRoom():
                self._line((f"{block.caption}：",), (_GRID,), font=_TEXT, framed=True, height=block.lines * LINE_POINTS)
                self._skip()
            case Table():
                self._table(block)
                self._skip()

    def sign(self, who: Sequence[str]) -> None:
        """Blocks to sign side by side."""
        spans = _spans([1.0] * len(who))
        self._line(
            tuple((name if "：" in name else f"{name}：") + "\n\n日期：" for name in who),
            spans,
            font=_TEXT,
            framed=True,
            height=54,
        )

    def _cards(self, block: Cards) -> None:
        spans = _spans([1.0] * len(block.cards))
        for texts, font, height in (
            (tuple(card.name for card in block.cards), _SMALL, 15),
            (tuple(card.number for card in block.cards), _NUMBER, 24),
            (tuple(card.note for card in block.cards), _SMALL, 15),
        ):
            self._line(texts, spans, font=font, height=height, filled=True)
        self._skip()

    def _pictures(self, charts: Sequence[Chart]) -> None:
        """Each chart over its part of the grid, in a row as high as the highest of them."""
        spans = _spans([1.0] * len(charts))
        for chart, span, end in zip(charts, spans, accumulate(spans), strict=True):
            anchor = f"{get_column_letter(end - span + 1)}{self._row}"
            self._charts.add(self._page, chart, anchor, _PAGE_CM * span / _GRID - 0.2)
        highest = max(chart_height(chart) for chart in charts)
        self._page.row_dimensions[self._row].height = highest * _POINTS_OF_CM + 4
        self._row += 1

    def _table(self, block: Table) -> None:
        spans = _spans(block.widths)
        if any(block.titles):
            self._line(block.titles, spans, font=_BOLD, sides=("center",) * len(spans), framed=True, filled=True)
        for row in block.rows:
            sides = tuple(block.side(place) for place in range(len(row)))
            self._line(row, spans, font=_TEXT, sides=sides, framed=True)
        if not block.rows:
            self._line((block.nothing,), (_GRID,), font=_TEXT, sides=("center",), framed=True)

    def _skip(self) -> None:
        self._page.row_dimensions[self._row].height = 8
        self._row += 1

    def _line(
        self,
        texts: Sequence[str],
        spans: Sequence[int],
        *,
        font: Font,
        sides: Sequence[str] = (),
        framed: bool = False,
        filled: bool = False,
        height: float = 0,
    ) -> None:
        """Texts side by side, each over its span of the grid, as high as the longest."""
        lines = max(line_count(text, span * _ROOM) for text, span in zip(texts, spans, strict=True))
        for place, (text, span, end) in enumerate(zip(texts, spans, accumulate(spans), strict=True)):
            first = end - span + 1
            cell = put(self._page, self._row, first, text)
            side = sides[place] if place < len(sides) else "left"
            upright, indent = "top" if height else "center", 0 if side == "center" or not framed else 1
            cell.font, cell.alignment = font, Alignment(side, upright, wrap_text=True, indent=indent)
            if framed:
                for column in range(first, end + 1):
                    self._page.cell(self._row, column).border = frame()
            if filled:
                cell.fill = LABEL_FILL
            if span > 1:
                self._page.merge_cells(start_row=self._row, end_row=self._row, start_column=first, end_column=end)
        self._page.row_dimensions[self._row].height = height or row_height(lines)
        self._row += 1


def _spans(widths: Sequence[float]) -> tuple[int, ...]:
    """The grid dealt out in the proportions of the widths; every column gets at least one part."""
    ends = [round(_GRID * end / sum(widths)) for end in accumulate(widths)]
    return tuple(end - start for start, end in zip([0, *ends], ends, strict=False))
