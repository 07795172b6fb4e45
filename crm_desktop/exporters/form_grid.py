"""A paper form of sections, rows and cells that fills its page and loses no word.

Rows of a section lie below each other, cells of a row beside each other. Spare height goes to the rows with a
weight, those with more text first. Where the page is too short for all the words, the long texts share it fairly and
go on overleaf, one after the other, as a form of its own. A block for the pen never shrinks below its lines.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from crm_desktop.domain.forms import Labelled, Ticks
from crm_desktop.exporters.pdf_lines import fitting, rest_after, wrapped
from crm_desktop.exporters.pdf_page import MM, PdfPaper
from crm_desktop.exporters.pdf_style import CAPTION, Style

ROW = 7 * MM
OUTER, INNER = 1.6, 0.8
GOES_ON = "（接续页）"
_CONTINUED = "（续）"

_TITLE_WIDTH = 8 * MM
_LABEL_WIDTH = 20 * MM
_PAD_X, _PAD_Y = 4.5, 3.2
_TEXT = Style(9.5, 13.4)
_LABEL = Style(8.5, 10.5)
_CAPTION = Style(8.5, 13, bold=True)
_HINT = Style(8, 13, ink=CAPTION)
_TITLE = Style(10, 12.6, bold=True)
_LOW_TITLE = Style(9, 12, bold=True)
_FOOT = Style(8.5, 12)

_HAND = 5.5 * MM  # from one line written by hand to the next
_DAY_WIDTH = 76.0  # 日期：2026-11-21, typed or by hand
_SHORT = 6 * _TEXT.leading  # names and addresses stay whole: only what is higher gives way
_BEGIN = 3 * _TEXT.leading + 2 * _PAD_Y + _CAPTION.leading  # the least of a text that goes on overleaf


@dataclass(frozen=True, slots=True)
class Cell:
    """One cell; every word final.

    ``label`` stands on a ground at its left; ``caption`` above the text, with a ``hint`` behind it; ``foot`` at its
    lower edge, left and right (the right one has room for a day). ``share`` is its part of the row's width.
    """

    text: str = ""
    label: str = ""
    caption: str = ""
    hint: str = ""
    foot: tuple[str, str] | None = None
    share: float = 1

    @property
    def continued(self) -> str:
        """What is written above the text where it goes on."""
        return f"{(self.label or self.caption).removesuffix(_CONTINUED)}{_CONTINUED}"


@dataclass(frozen=True, slots=True)
class FormRow:
    """Cells side by side, at least ``least`` points high; ``weight`` is the claim to spare height.

    ``pen_lines`` have room under the caption, whatever the rest of the page wants.
    """

    cells: tuple[Cell, ...]
    weight: float = 0
    least: float = ROW
    pen_lines: int = 0

    @property
    def kept(self) -> float:
        """The height that holds the lines for the pen."""
        return max(self.least, self.pen_lines * _HAND + _CAPTION.leading + _PAD_Y if self.pen_lines else 0)

    @property
    def open(self) -> bool:
        """Whether something is still to be written by hand."""
        return not all(cell.text for cell in self.cells)


@dataclass(frozen=True, slots=True)
class Section:
    """Rows under one title, which is written from top to bottom at their left."""

    title: str
    rows: tuple[FormRow, ...]


class Space(NamedTuple):
    """Where a form lies: left edge, upper edge, width and the height it may take, in points."""

    left: float
    top: float
    width: float
    height: float


class _Laid(NamedTuple):
    """A cell with its lines, as wide as it will be."""

    cell: Cell
    left: float
    width: float
    style: Style
    lines: list[str]

    @property
    def around(self) -> float:
        """The height of everything but the text."""
        caption = _CAPTION.leading if self.cell.caption else 0
        foot = _FOOT.leading + 2 if self.cell.foot else 0
        return 2 * _PAD_Y + caption + foot

    @property
    def needed(self) -> float:
        """The height that holds the whole text."""
        return self.around + len(self.lines) * self.style.leading

    @property
    def least(self) -> float:
        """The height that holds one line, or the mark that the text goes on overleaf."""
        return self.around + min(len(self.lines), 1) * self.style.leading

    def fitting(self, height: float) -> int:
        """How many lines are shown; one line's place is kept for the mark when the text goes on overleaf."""
        if self.needed <= height + 0.01:
            return len(self.lines)
        return max(int((height - self.around) / self.style.leading + 0.01) - 1, 0)


class _Row(NamedTuple):
    """A row with its cells laid out."""

    row: FormRow
    cells: list[_Laid]
    title: float  # its part of the height that the title at the left takes

    @property
    def needed(self) -> float:
        """The whole texts, and room for the pen where there is none."""
        by_hand = self.row.kept if self.row.open else self.row.least
        return max(by_hand, self.title, *(cell.needed for cell in self.cells))

    @property
    def kept(self) -> float:
        return max(self.row.kept, self.least)

    @property
    def modest(self) -> float:
        """What it keeps beside a long text: a field all of a short text, a block its lines for the pen."""
        return self.kept if self.row.pen_lines else max(self.least, min(self.needed, _SHORT))

    @property
    def tight(self) -> float:
        """The same, but a block that is filled keeps no more than its text."""
        return self.modest if not self.row.pen_lines else max(self.least, min(self.needed, self.kept))

    @property
    def least(self) -> float:
        return max(self.row.least, self.title, *(cell.least for cell in self.cells))


def draw_form(
    paper: PdfPaper, sections: Sequence[Section], space: Space, whole: bool = True, stock: Sequence[Section] = ()
) -> list[Section]:
    """Draw what the space holds and give the rest, empty when all is drawn.

    The ``whole`` form has all its rows on the page and fills it; a form that is only the rest of one goes text by
    text and ends where they end. ``stock``: the empty form that is on the paper already; its rows keep their heights,
    and a section it does not have goes overleaf.
    """
    inner = Space(space.left + _TITLE_WIDTH, space.top, space.width - _TITLE_WIDTH, space.height)
    rest: list[Section] = []
    if stock:
        sections, rest = _fitted(sections, stock)
    laid = _laid_sections(sections, inner)
    flat = [row for rows in laid for row in rows]
    if stock:
        heights = iter(_shared([row for rows in _laid_sections(stock, inner) for row in rows], space.height))
    else:
        heights = iter(_shared(flat, space.height) if whole else _in_turn(flat, space.height))
    edges = [space.top]
    for section, rows in zip(sections, laid, strict=True):
        bottom, left_over = _draw_rows(paper, rows, heights, inner, edges[-1])
        if left_over:
            rest.append(Section(section.title, tuple(left_over)))
        _draw_title(paper, section.title, space, edges[-1], bottom)
        edges.append(bottom)
    for edge in edges[1:-1]:
        paper.rule(space.left, edge, space.left + space.width, edge, INNER)
    paper.rule(inner.left, space.top, inner.left, edges[-1], INNER)
    paper.frame(space.left, edges[-1], space.width, space.top - edges[-1], OUTER)
    return rest


def _fitted(sections: Sequence[Section], stock: Sequence[Section]) -> tuple[list[Section], list[Section]]:
    """The sections as the stock has them, and those that it has not, or not with these rows."""
    rows = {section.title: len(section.rows) for section in stock}
    fitting_ones = {one.title: one for one in sections if rows.get(one.title) == len(one.rows)}
    others = [one for one in sections if one.title not in fitting_ones]
    return [fitting_ones.get(one.title, one) for one in stock], others


def _laid_sections(sections: Sequence[Section], inner: Space) -> list[list[_Row]]:
    return [[_laid_out(row, inner, _title_part(section)) for row in section.rows] for section in sections]


def _draw_rows(
    paper: PdfPaper, rows: Sequence[_Row], heights: Iterator[float], inner: Space, top: float
) -> tuple[float, list[FormRow]]:
    """Draw a section's rows as long as there are heights; gives where they end, and the rows that are left."""
    y, left_over = top, []
    for row in rows:
        height = next(heights, 0.0)
        if not height:
            left_over.append(row.row)
            continue
        if y < top:
            paper.rule(inner.left, y, inner.left + inner.width, y, INNER)
        left_over += _draw_row(paper, row.cells, y, height)
        y -= height
    return y, left_over


def _title_part(section: Section) -> float:
    """What each row must be high so that the title, two characters a line, is not cut off."""
    return (-(-len(section.title) // 2) * _LOW_TITLE.leading + INNER) / max(len(section.rows), 1)


def _laid_out(row: FormRow, inner: Space, title: float) -> _Row:
    shares = sum(cell.share for cell in row.cells)
    left, laid = inner.left, []
    for cell in row.cells:
        width = inner.width * cell.share / shares
        room = width - 2 * _PAD_X - (_LABEL_WIDTH if cell.label else 0)
        style = fitting([cell.text], _TEXT, room)
        laid.append(_Laid(cell, left, width, style, wrapped(cell.text, style, room)))
        left += width
    return _Row(row, laid, title)


def _shared(rows: Sequence[_Row], height: float) -> list[float]:
    """The height of each row of a page: what it needs and its part of the spare, or else its part of what there is."""
    needed = [row.needed for row in rows]
    if sum(needed) <= height:
        weights = [row.row.weight for row in rows]
        return _level(height, lambda part: [max(need, w * part) for need, w in zip(needed, weights, strict=True)])
    wishes = [
        [row.modest for row in rows],
        [row.tight for row in rows],
        [row.kept for row in rows],
        [row.least for row in rows],
    ]
    least = next((wish for wish in wishes if sum(wish) <= height), wishes[-1])
    return _level(height, lambda cap: [max(low, min(need, cap)) for low, need in zip(least, needed, strict=True)])


def _in_turn(rows: Sequence[_Row], height: float) -> list[float]:
    """The heights of the rows that find room, each whole; the last one may only begin here."""
    heights: list[float] = []
    for row in rows:
        free = height - sum(heights)
        if row.needed > free:
            return [*heights, free] if free >= _BEGIN or not heights else heights
        heights.append(row.needed)
    return heights


def _level(height: float, heights: Callable[[float], list[float]]) -> list[float]:
    """Raise one level, on which all heights depend, until together they take ``height`` (bisection, to 0.01 points)."""
    low, high = 0.0, height
    while high - low > 0.0001:
        middle = (low + high) / 2
        low, high = (middle, high) if sum(heights(middle)) <= height else (low, middle)
    return heights(low)


def _draw_row(paper: PdfPaper, cells: Sequence[_Laid], top: float, height: float) -> list[FormRow]:
    """Draw the cells of one row; what is left of each text becomes a row overleaf."""
    rest = []
    for place, laid in enumerate(cells):
        if place:
            paper.rule(laid.left, top, laid.left, top - height, INNER)
        shown = laid.fitting(height)
        _draw_cell(paper, laid, shown, top, height)
        if shown < len(laid.lines):
            text = rest_after(laid.cell.text, laid.lines[:shown])
            rest.append(FormRow((Cell(text, caption=laid.cell.continued),)))
    return rest


def _draw_cell(paper: PdfPaper, laid: _Laid, shown: int, top: float, height: float) -> None:
    cell, left, right = laid.cell, laid.left, laid.left + laid.width
    if cell.label:
        _draw_label(paper, cell.label, (left, top - height, _LABEL_WIDTH, height))
        left += _LABEL_WIDTH
    x, y = left + _PAD_X, top - _PAD_Y
    if cell.caption:
        paper.write_ticked(cell.caption, x, y, _CAPTION)
        paper.write(cell.hint, x + _CAPTION.width(cell.caption), y, _HINT)
        y -= _CAPTION.leading
    elif not cell.foot and laid.needed < height:
        y -= (height - laid.needed) / 2
    paper.room(left, top - height, right - left, height)
    _write_text(paper, laid, shown, (x, y))
    if shown < len(laid.lines):
        with paper.values():
            paper.write(GOES_ON, right - _PAD_X, y - shown * laid.style.leading, _FOOT, "right")
    if cell.foot:
        _draw_cell_foot(paper, cell.foot, x, right - _PAD_X, top - height + _PAD_Y + _FOOT.leading)


def _write_text(paper: PdfPaper, laid: _Laid, shown: int, at: tuple[float, float]) -> None:
    """What was filled in; of boxes their ticks."""
    x, y = at
    write = {Ticks: paper.write_ticked, Labelled: paper.write_labelled}.get(type(laid.cell.text))
    if write is not None:
        for place, line in enumerate(laid.lines[:shown]):
            write(line, x, y - place * laid.style.leading, laid.style)
        return
    with paper.values():
        paper.write_lines(laid.lines[:shown], x, y, laid.style)


def _draw_cell_foot(paper: PdfPaper, foot: tuple[str, str], left: float, right: float, top: float) -> None:
    paper.write_labelled(foot[0], left, top, _FOOT)
    paper.write_labelled(foot[1], right - max(_FOOT.width(foot[1]), _DAY_WIDTH), top, _FOOT)


def _draw_label(paper: PdfPaper, label: str, box: tuple[float, float, float, float]) -> None:
    left, bottom, width, height = box
    paper.fill(left + INNER / 2, bottom + INNER / 2, width - INNER / 2, height - INNER)
    paper.rule(left + width, bottom, left + width, bottom + height, INNER)
    lines = wrapped(label, _LABEL, width - 2)
    paper.write_centred(lines, box, _LABEL)


def _draw_title(paper: PdfPaper, title: str, space: Space, top: float, bottom: float) -> None:
    """One character below the other; in a low section two and two."""
    height = top - bottom
    if not height:
        return
    paper.fill(space.left, bottom, _TITLE_WIDTH, height)
    a_line, style = (1, _TITLE) if height > len(title) * _TITLE.size * 1.1 else (2, _LOW_TITLE)
    lines = [title[at : at + a_line] for at in range(0, len(title), a_line)]
    paper.write_centred(lines, (space.left, bottom, _TITLE_WIDTH, height), style)
