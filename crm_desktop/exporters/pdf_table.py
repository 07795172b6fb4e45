"""Lays a list out over pages: rows stay whole, the heading comes again on each page, long rows go on overleaf.

Everything is laid out before anything is drawn, because each page says how many there are. A row is kept as the
operators that print it (see ``pdf_page.PdfPaper.lines_shown``), its upper edge at height 0, so that drawing a page is
only a matter of moving them into place.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from itertools import accumulate, chain
from typing import Generic, NamedTuple, TypeVar

from crm_desktop.exporters.pdf_lines import fitting, wrapped
from crm_desktop.exporters.pdf_page import Align, PdfPaper
from crm_desktop.exporters.pdf_style import BLACK, CAPTION, PALE, Style

Row = TypeVar("Row")

# In parts of the type size. With less between two columns, programs that read a page by its looks (pdftotext) take
# neighbouring cells for one line.
_PADDING = 0.54
_HEADING_PADDING = 1.2
_ABOVE, _BELOW = 2.6, 3.4
_FEWEST_LINES = 4  # of a row that is longer than a page, before and after the turn of a page
_CONTINUED = "续"

OUTER, INNER = 1.2, 0.5


@dataclass(frozen=True, slots=True)
class TableColumn(Generic[Row]):
    """A column of a printed list: ``width`` in points, the paragraphs of a cell; the first one a caption, if so."""

    title: str
    width: float
    paragraphs: Callable[[Row], Sequence[str]]
    align: Align = "left"
    caption_first: bool = False


class _Cell(NamedTuple):
    """Lines of one cell; the first ``captions`` of them are captions."""

    lines: list[str]
    style: Style
    captions: int = 0


class _Piece(NamedTuple):
    """A row, or a part of one, as it lies on a page."""

    operators: str
    height: float
    whole: bool = True


@dataclass(slots=True)
class TablePage:
    """What lies on one page, from the top down."""

    pieces: list[_Piece] = field(default_factory=list)


class TableLayout(Generic[Row]):
    """Takes rows one by one and deals them out over pages where the table may be ``height`` points high.

    ``quiet``: pale lines between the rows and none between the columns, for a page that is read and not filled in.
    """

    def __init__(
        self,
        paper: PdfPaper,
        columns: Sequence[TableColumn[Row]],
        style: Style,
        left: float,
        height: float,
        *,
        quiet: bool = False,
    ) -> None:
        self._paper, self._quiet = paper, quiet
        self._columns = columns
        self._style = style
        self._padding = _PADDING * style.size
        self._bold = replace(style, bold=True, size=style.size - 0.7)
        self._edges = list(accumulate((column.width for column in columns), initial=left))
        self._heading = [self._heading_lines(column) for column in columns]
        lines = max(len(lines) for lines in self._heading)
        self._heading_height = lines * style.leading + 2 * _BELOW if lines else 0.0
        self._room = self._free = height - self._heading_height
        self.pages = [TablePage()]

    def add(self, row: Row) -> None:
        """Put a row behind the others: whole, if a page can hold it."""
        cells = [self._cell(row, column) for column in self._columns]
        piece = self._piece(cells)
        if piece.height <= self._free:
            self._put(piece)
        elif piece.height <= self._room:
            self._turn()
            self._put(piece)
        else:
            self._put_over_pages(cells)

    def keep_for_end(self, height: float) -> None:
        """See that ``height`` points are free under the last row; it moves to a new page with the end if need be."""
        page = self.pages[-1]
        if height <= self._free:
            return
        last = page.pieces.pop() if len(page.pieces) > 1 and page.pieces[-1].whole else None
        self._turn()
        if last and last.height + height <= self._room:
            self._put(last)
        elif last:
            page.pieces.append(last)

    def draw(self, page: TablePage, top: float) -> float:
        """Draw heading, rows and lines from ``top`` down; gives the height at which the table ends."""
        paper, (left, *_, right) = self._paper, self._edges
        y = self._draw_heading(top)
        for piece in page.pieces:
            paper.rule(left, y, right, y, INNER, PALE if self._quiet else BLACK)
            paper.addLiteral(f"q 1 0 0 1 0 {y:.2f} cm {piece.operators} Q")
            y -= piece.height
        self._draw_edges(top, y, y)
        return y

    def draw_notice(self, text: str, top: float, height: float) -> float:
        """Draw the heading and one wide cell that says why there are no rows."""
        left, *_, right = self._edges
        y = self._draw_heading(top)
        self._paper.rule(left, y, right, y, INNER, PALE if self._quiet else BLACK)
        self._paper.write_centred([text], (left, y - height, right - left, height), replace(self._style, size=10))
        self._draw_edges(top, y, y - height)
        return y - height

    def _draw_heading(self, top: float) -> float:
        left, *_, right = self._edges
        bottom = top - self._heading_height
        self._paper.fill(left, bottom, right - left, self._heading_height)
        for lines, edge, column in zip(self._heading, self._edges, self._columns, strict=False):
            if self._quiet:
                self._head_cell(lines, edge, column, top)
                continue
            self._paper.write_centred(lines, (edge, bottom, column.width, self._heading_height), self._bold)
        return bottom

    def _head_cell(self, lines: list[str], edge: float, column: TableColumn[Row], top: float) -> None:
        """A heading stands where the text below it does."""
        box = (edge + self._padding, column.width - 2 * self._padding)
        if lines and column.align == "left":
            self._paper.write_lines(lines, box[0], top - _BELOW, self._bold)
        elif lines:
            self._paper.addLiteral(self._paper.lines_aligned(lines, box, top - _BELOW, self._bold, column.align))

    def _draw_edges(self, top: float, columns_end: float, bottom: float) -> None:
        left, *inner, right = self._edges
        if self._quiet:
            self._paper.rule(left, bottom, right, bottom, INNER, PALE)
            return
        for edge in inner:
            self._paper.rule(edge, top, edge, columns_end, INNER)
        self._paper.frame(left, bottom, right - left, top - bottom, OUTER)

    def _heading_lines(self, column: TableColumn[Row]) -> list[str]:
        return wrapped(column.title, self._bold, column.width - 2 * _HEADING_PADDING)

    def _cell(self, row: Row, column: TableColumn[Row]) -> _Cell:
        paragraphs = column.paragraphs(row)
        room = column.width - 2 * self._padding
        style = fitting(paragraphs, self._style, room)
        broken = [wrapped(paragraph, style, room) for paragraph in paragraphs]
        captions = len(broken[0]) if column.caption_first else 0
        return _Cell(list(chain.from_iterable(broken)), style, captions)

    def _piece(self, cells: Sequence[_Cell], whole: bool = True) -> _Piece:
        """Cell by cell, so that a cell's lines follow each other for whoever copies or searches the text."""
        parts = []
        for cell, edge, column in zip(cells, self._edges, self._columns, strict=False):
            if cell.lines:
                parts.append(self._cell_shown(cell, edge, column))
        height = max(1, *(len(cell.lines) for cell in cells)) * self._style.leading + _ABOVE + _BELOW
        return _Piece(" ".join(parts), height, whole)

    def _cell_shown(self, cell: _Cell, edge: float, column: TableColumn[Row]) -> str:
        show, style, x, top = self._paper.lines_shown, cell.style, edge + self._padding, -_ABOVE
        if column.align != "left":
            box = (x, column.width - 2 * self._padding)
            return self._paper.lines_aligned(cell.lines, box, top, style, column.align)
        if not cell.captions:
            return show(cell.lines, x, top, style)
        captions = show(cell.lines[: cell.captions], x, top, replace(style, ink=CAPTION))
        rest = cell.lines[cell.captions :]
        return f"{captions} {show(rest, x, top - cell.captions * style.leading, style)}" if rest else captions

    def _put(self, piece: _Piece) -> None:
        self.pages[-1].pieces.append(piece)
        self._free -= piece.height

    def _turn(self) -> None:
        self.pages.append(TablePage())
        self._free = self._room

    def _put_over_pages(self, cells: list[_Cell]) -> None:
        """Give each page as many lines as it holds; from the second on the row says 续 under its first cell."""
        first = cells[0]._replace(lines=[])
        again = first._replace(lines=[*cells[0].lines[:1], _CONTINUED])
        while any(cell.lines for cell in cells):
            fits = int((self._free - _ABOVE - _BELOW) / self._style.leading)
            if fits < _FEWEST_LINES:
                self._turn()
                continue
            now = [cell._replace(lines=cell.lines[:fits], captions=min(cell.captions, fits)) for cell in cells]
            self._put(self._piece(now, whole=False))
            rest = [cell._replace(lines=cell.lines[fits:], captions=max(cell.captions - fits, 0)) for cell in cells[1:]]
            cells = [again if any(cell.lines for cell in rest) else first, *rest]
