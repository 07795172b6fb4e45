"""Furniture of forms in a workbook: an A4 page, upright, of labelled rows in named sections under one frame."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Literal

from openpyxl.styles import Alignment, Border, Font, PatternFill
from openpyxl.styles import Side as Line
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.worksheet import Worksheet

from crm_desktop.domain.forms import ticks
from crm_desktop.domain.sheets import Letterhead, Signature
from crm_desktop.exporters.excel import FONT, LABEL_FILL, dealer_line, document_line, place_logo, put
from crm_desktop.exporters.excel_rows import line_count, row_height

Side = Literal["left", "center", "right"]

# Section title, then three pairs of label and value, in Excel characters: 704 of the 718 pixels between the margins.
WIDTHS = (4.3, 10.7, 19.7, 10.7, 19.7, 10.7, 19.7)
LAST, _MIDDLE = len(WIDTHS), 4
# What A4 upright holds between the margins of ``new_book``, less a little for printers that scale.
_PAGE_POINTS = 755
_TEXT_LINES = 3  # the least; a usual form has room left, which goes to the texts
_PIECE = 10  # lines a row of a long text has at most, so that a page can end within it
_SIZE = 9
PLAIN, _STRONG = Font(FONT, _SIZE), Font(FONT, _SIZE, bold=True)
# In pixels: what the indent and the cell's edges take, and half a Chinese character of 9 pt.
_INDENT, _HALF_CHARACTER = 14, 6
_LINE, _EDGE, _NO_FILL = Line("thin"), Line("medium"), PatternFill()
_CENTRE = Alignment("center", "center", wrap_text=True)
_LEFT = Alignment("left", "center", wrap_text=True, indent=1)
_TOP = Alignment("left", "top", wrap_text=True, indent=1)


@dataclass(frozen=True, slots=True)
class Pair:
    """A label with its value, which is ``span`` grid columns wide."""

    label: str
    text: str
    span: int = 1


@dataclass(frozen=True, slots=True)
class _Area:
    """A text in the grid columns from ``first`` to ``last``."""

    text: str
    first: int
    last: int
    alignment: Alignment
    font: Font = PLAIN
    fill: PatternFill = _NO_FILL

    def lines(self) -> int:
        """Lines the text takes; labels are ours and fit."""
        if self.alignment is _CENTRE:
            return 1
        pixels = sum(7 * width + 5 for width in WIDTHS[self.first - 1 : self.last]) - _INDENT
        # ☑ takes four bytes in GB 18030 and no more room than □.
        return line_count(self.text.replace("☑", "□"), pixels / _HALF_CHARACTER)


class Form:
    """The page from top to bottom: every method adds rows below those already there."""

    def __init__(self, page: Worksheet) -> None:
        self.page = page
        self.row = 1
        self._texts: list[int] = []
        for place, width in enumerate(WIDTHS, 1):
            page.column_dimensions[get_column_letter(place)].width = width

    def free_line(self, *parts: tuple[str, int, Side], font: Font, height: float) -> None:
        """A line above the frame: (text, its last grid column, side)."""
        column = 1
        for text, last, side in parts:
            self._place(_Area(text, column, last, Alignment(side, "center"), font), rows=1)
            column = last + 1
        self._end_row(height)

    def head(self, title: str, mark: str, letterhead: Letterhead, words: tuple[str, str, str]) -> None:
        """Title with its mark, dealership and 文件编号, and one line of ``words``: left, middle, right."""
        marked = f"{title}　【{mark}】" if mark else title
        self.free_line((marked, LAST, "center"), font=Font(FONT, 18, bold=True), height=32)
        place_logo(self.page, letterhead.logo, "A1")
        dealer, document = dealer_line(letterhead), document_line(letterhead)
        self.free_line((dealer, _MIDDLE, "left"), (document, LAST, "right"), font=PLAIN, height=16)
        left, middle, right = words
        self.free_line((left, 3, "left"), (middle, 5, "center"), (right, LAST, "right"), font=PLAIN, height=18)

    @contextmanager
    def section(self, name: str) -> Iterator[None]:
        """What is added inside gets the section's name at its left."""
        top = self.row
        yield
        below, self.row = self.row, top
        self._place(_Area(name, 1, 1, _CENTRE, _STRONG, LABEL_FILL), below - top)
        self.row = below

    def pairs(self, *pairs: Pair) -> None:
        """Labels and values beside each other, as high as the longest value."""
        areas: list[_Area] = []
        column = 2
        for pair in pairs:
            last = column + pair.span
            areas.append(_Area(pair.label, column, column, _CENTRE, fill=LABEL_FILL))
            areas.append(_Area(pair.text, column + 1, last, _LEFT))
            column = last + 1
        self._band(areas)

    def text(self, text: str, caption: str = "") -> None:
        """A text over the whole width, with room to write by hand."""
        self._texts.append(self.row)
        self._band([_Area(f"{caption}\n{text}" if caption else text, 2, LAST, _TOP)], _TEXT_LINES)

    def blocks(self, *texts: str) -> None:
        """One block, or two beside each other."""
        lasts = (_MIDDLE, LAST) if len(texts) == 2 else (LAST,)
        firsts = (2, _MIDDLE + 1)
        self._band([_Area(text, first, last, _TOP) for text, first, last in zip(texts, firsts, lasts, strict=False)])

    def signatures(self, blocks: tuple[Signature, ...]) -> None:
        """Blocks to sign, two beside each other."""
        for place in range(0, len(blocks), 2):
            self.blocks(*map(_signature, blocks[place : place + 2]))

    def rule(self, top: int) -> None:
        """Lines round every cell from row ``top`` on, a thicker one round the whole."""
        bottom = self.row - 1
        for row in range(top, self.row):
            for column in range(1, LAST + 1):
                self.page.cell(row, column).border = Border(
                    left=_EDGE if column == 1 else _LINE,
                    right=_EDGE if column == LAST else _LINE,
                    top=_EDGE if row == top else _LINE,
                    bottom=_EDGE if row == bottom else _LINE,
                )

    def fill_page(self) -> None:
        """What is left of the page gives room to the texts."""
        heights = self.page.row_dimensions
        left = _PAGE_POINTS - sum(float(heights[row].height or 0) for row in range(1, self.row))
        for row in self._texts if left > 0 else ():
            heights[row].height = float(heights[row].height or 0) + left / len(self._texts)

    def _band(self, areas: list[_Area], least: int = 1) -> None:
        """Areas beside each other, in as many rows as show all their text."""
        lines = max(least, *(area.lines() for area in areas))
        rows = -(-lines // _PIECE)
        for area in areas:
            self._place(area, rows)
        for _ in range(rows):
            self._end_row(row_height(-(-lines // rows)))

    def _place(self, area: _Area, rows: int) -> None:
        cell = put(self.page, self.row, area.first, area.text)
        cell.font, cell.alignment, cell.fill = area.font, area.alignment, area.fill
        bottom = self.row + rows - 1
        if area.last > area.first or rows > 1:
            self.page.merge_cells(start_row=self.row, end_row=bottom, start_column=area.first, end_column=area.last)

    def _end_row(self, height: float) -> None:
        self.page.row_dimensions[self.row].height = height
        self.row += 1


def _signature(block: Signature) -> str:
    decided = "　".join(part for part in (f"{block.heading}：", ticks(block.boxes, " "), block.note) if part)
    return f"{decided}\n\n签字：{block.name:　<9}日期：{block.signed_on}"
