"""使用手册 as a PDF: a first page, contents that lead to their pages, a bookmark for each heading, pictures.

Everything is laid out before anything is drawn: the contents say on which page a heading stands.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from crm_desktop.domain.charts import Ink
from crm_desktop.domain.manual import Block, Chapter, Grid, Heading, Items, Picture, Runs, Words, picture_bytes
from crm_desktop.exporters.chart_pdf import fill_of
from crm_desktop.exporters.files import checked_target, replacing
from crm_desktop.exporters.manual_lines import draw_line, lines_of
from crm_desktop.exporters.pdf_lines import shrunk, wrapped
from crm_desktop.exporters.pdf_page import A4, MM, SUFFIXES, PdfPaper, Printed
from crm_desktop.exporters.pdf_png import draw_png, read_png
from crm_desktop.exporters.pdf_style import CAPTION, PALE, Style
from crm_desktop.exporters.pdf_table import TableColumn, TableLayout

Progress = Callable[[int, int], None]

_MARGIN = 22 * MM
_WIDTH = A4[0] - 2 * _MARGIN
_TOP, _BOTTOM = A4[1] - 24 * MM, 20 * MM
_TEXT, _CELL, _SMALL = Style(10, 16), Style(9, 13.5), Style(8.5, 12, ink=CAPTION)
_HEADINGS = {
    1: Style(20, 32, bold=True),
    2: Style(14, 24, bold=True, ink=fill_of(Ink.MAIN)),
    3: Style(11.5, 19, bold=True),
}
_ABOVE = {1: 0.0, 2: 12.0, 3: 7.0}
_AFTER, _INDENT, _WITH = 5.0, 16.0, 60.0
_LARGEST = 0.17 * MM
"""A pixel of a picture: a small one is not blown up to the width of the page."""
_TABLE_BEGIN = 90.0
_PICTURE = (150 * MM, 92 * MM)
_CONTENTS = {1: Style(10.5, 16.5, bold=True), 2: Style(9, 13)}
_COVER = Style(34, 48, bold=True)


@dataclass(slots=True)
class _Page:
    """What stands on one page, to be drawn when its number is known."""

    chapter: str
    drawn: str = ""
    pictures: list[tuple[str, float, float]] = field(default_factory=list)
    headings: list[tuple[Heading, float]] = field(default_factory=list)
    links: list[tuple[str, float, float, float]] = field(default_factory=list)


def write_manual(
    chapters: Sequence[Chapter], title: str, version: str, target: Path, progress: Progress | None = None
) -> Printed:
    """Print the manual.

    :raises InvalidInput: for a name that does not end in .pdf.
    :raises StorageRefused: when the folder cannot take the file.
    """
    with replacing(checked_target(target, SUFFIXES)) as new:
        paper = PdfPaper(new.stream, A4, title, "客诉管家")
        flow = _Flow(paper)
        for chapter in chapters:
            flow.add(chapter)
        front = _contents_pages(chapters)
        numbers = {
            heading.anchor: number
            for number, page in enumerate(flow.pages, len(front) + 2)
            for heading, _y in page.headings
        }
        whole = len(flow.pages) + len(front) + 1
        _draw_cover(paper, title, version)
        for place, page in enumerate(front):
            _draw_contents(paper, page, numbers, title="" if place else "目录")
        for number, drawn in enumerate(flow.pages, len(front) + 2):
            _draw_page(paper, drawn, f"{title} · {drawn.chapter}", f"第 {number} 页/共 {whole} 页", numbers)
            if progress is not None:
                progress(number, whole)
        paper.save()
    return Printed(new.path, whole, paper.missing)


class _Flow:
    """Lays block below block and turns the page where it ends."""

    def __init__(self, paper: PdfPaper) -> None:
        self._paper = paper
        self.pages: list[_Page] = []
        self._y = _TOP

    def add(self, chapter: Chapter) -> None:
        """A chapter begins on a page of its own."""
        self._turn(chapter.title)
        for block, after in zip(chapter.blocks, (*chapter.blocks[1:], None), strict=True):
            self._add(block, after)
        self._end_page()

    def _add(self, block: Block, after: Block | None) -> None:
        match block:
            case Heading():
                self._heading(block, after)
            case Words():
                self._note(block.runs) if block.note else self._paragraph(block.runs, _MARGIN, isinstance(after, Items))
                self._y -= _AFTER
            case Items():
                for number, row in enumerate(block.rows, block.first):
                    self._item(f"{number}." if block.first else "•", row)
                self._y -= _AFTER
            case Grid():
                self._grid(block)
            case Picture():
                self._picture(block)

    def _heading(self, block: Heading, after: Block | None) -> None:
        style = _HEADINGS[block.level]
        below = _picture_height(after.name) if isinstance(after, Picture) else _WITH
        self._room(style.leading + _ABOVE[block.level] + below)
        self._y -= _ABOVE[block.level] if self._y < _TOP else 0
        self._page.headings.append((block, self._y))
        self._paper.write(block.text, _MARGIN, self._y, style)
        self._y -= style.leading + 2

    def _paragraph(self, runs: Runs, left: float, with_next: bool = False) -> None:
        lines = lines_of(runs, _TEXT, A4[0] - _MARGIN - left)
        self._room((min(len(lines), 2) + int(with_next)) * _TEXT.leading)
        for line in lines:
            self._room(_TEXT.leading)
            links = draw_line(self._paper, line, left, self._y, _TEXT)
            self._page.links += [(to, begin, end, self._y) for to, begin, end in links]
            self._y -= _TEXT.leading

    def _item(self, mark: str, runs: Runs) -> None:
        self._room(min(len(lines_of(runs, _TEXT, _WIDTH - _INDENT)), 2) * _TEXT.leading)
        self._paper.write(mark, _MARGIN + _INDENT - 6, self._y, _TEXT, "right")
        self._paragraph(runs, _MARGIN + _INDENT)
        self._y -= 1.5

    def _note(self, runs: Runs) -> None:
        lines = lines_of(runs, _TEXT, _WIDTH - 20)
        height = len(lines) * _TEXT.leading + 10
        self._room(height)
        self._paper.fill(_MARGIN, self._y - height, _WIDTH, height)
        self._paper.fill(_MARGIN, self._y - height, 2.4, height, fill_of(Ink.MAIN))
        for place, line in enumerate(lines):
            draw_line(self._paper, line, _MARGIN + 10, self._y - 4 - place * _TEXT.leading, _TEXT)
        self._y -= height

    def _grid(self, block: Grid) -> None:
        rows = list(block.rows)
        while rows:
            self._room(_TABLE_BEGIN)
            layout, fits = self._layout(block), 0
            for row in rows:
                layout.add(row)
                fits += len(layout.pages) == 1
            if fits < min(len(rows), 2) and self._y < _TOP:
                self._next_page()
                continue
            layout = self._layout(block)
            for row in rows[: max(fits, 1)]:
                layout.add(row)
            self._y = layout.draw(layout.pages[0], self._y)
            rows = rows[max(fits, 1) :]
            if rows:
                self._next_page()
        self._y -= _AFTER + 4

    def _layout(self, block: Grid) -> TableLayout[tuple[Runs, ...]]:
        return TableLayout(self._paper, _columns(block), _CELL, _MARGIN, self._y - _BOTTOM, quiet=True)

    def _picture(self, block: Picture) -> None:
        height = _picture_height(block.name)
        if not height:
            return
        self._room(height)
        self._page.pictures.append((block.name, self._y - height + _SMALL.leading + 8, height - _SMALL.leading - 10))
        self._y -= height - 4
        for line in wrapped(block.caption, _SMALL, _WIDTH):
            self._paper.write(line, _MARGIN, self._y + _SMALL.leading, _SMALL)
        self._y -= _AFTER + 2

    # -- pages ---------------------------------------------------------------------------------------------------

    @property
    def _page(self) -> _Page:
        return self.pages[-1]

    def _room(self, height: float) -> None:
        if self._y - height < _BOTTOM and self._y < _TOP:
            self._next_page()

    def _next_page(self) -> None:
        self._end_page()
        self._turn(self._page.chapter)

    def _end_page(self) -> None:
        self._page.drawn = self._paper.taken()

    def _turn(self, chapter: str) -> None:
        self.pages.append(_Page(chapter))
        self._y = _TOP


def _picture_height(name: str) -> float:
    """Picture, caption and what lies between; 0 where the picture was not made yet."""
    data = picture_bytes(name)
    if not data:
        return 0.0
    png = read_png(data)
    return min(_PICTURE[1], _PICTURE[0] * png.height / png.width, _LARGEST * png.height) + _SMALL.leading + 12


def _columns(block: Grid) -> list[TableColumn[tuple[Runs, ...]]]:
    longest = [len(word) for word in block.head]
    for row in block.rows:
        longest = [max(most, len(_cell(runs))) for most, runs in zip(longest, row, strict=True)]
    shares = [min(max(most, 6), 30) for most in longest]
    return [
        TableColumn(title, _WIDTH * share / sum(shares), _column(place))
        for place, (title, share) in enumerate(zip(block.head, shares, strict=True))
    ]


def _column(place: int) -> Callable[[tuple[Runs, ...]], Sequence[str]]:
    def paragraphs(row: tuple[Runs, ...]) -> tuple[str, ...]:
        return (_cell(row[place]),)

    return paragraphs


def _cell(runs: Runs) -> str:
    """A table prints one kind of words: what stands on the screen is put into marks instead of bold."""
    return "".join(f"“{run.text}”" if run.label else run.text for run in runs)


def _contents_pages(chapters: Sequence[Chapter]) -> list[list[tuple[Heading, float]]]:
    """Headings of the first two levels with their heights, page by page."""
    pages: list[list[tuple[Heading, float]]] = [[]]
    y = _TOP - 40
    for heading in (one for chapter in chapters for one in chapter.headings() if one.level in _CONTENTS):
        leading = _CONTENTS[heading.level].leading + (5 if heading.level == 1 else 0)
        if y - leading - (_CONTENTS[2].leading if heading.level == 1 else 0) < _BOTTOM:
            pages.append([])
            y = _TOP
        y -= leading
        pages[-1].append((heading, y))
    return pages


def _draw_cover(paper: PdfPaper, title: str, version: str) -> None:
    paper.bookmarkPage("cover")
    paper.fill(_MARGIN, A4[1] * 0.62 - 14, _WIDTH, 3, fill_of(Ink.MAIN))
    paper.write("客诉管家", _MARGIN, A4[1] * 0.62 + 104, Style(16, 24, ink=CAPTION))
    paper.write(title, _MARGIN, A4[1] * 0.62 + 72, _COVER)
    paper.write(f"版本 {version}", _MARGIN, A4[1] * 0.62 - 26, Style(11, 18, ink=CAPTION))
    told = "在程序里按 F1，就在正在用的那一页打开这本手册。图里的客户和单据都是编的。"
    paper.write(told, _MARGIN, A4[1] * 0.62 - 46, Style(11, 18, ink=CAPTION))
    paper.showPage()


def _draw_contents(paper: PdfPaper, lines: list[tuple[Heading, float]], numbers: dict[str, int], *, title: str) -> None:
    paper.write(title, _MARGIN, _TOP, _HEADINGS[1])
    for heading, y in lines:
        style, left = _CONTENTS[heading.level], _MARGIN + (heading.level - 1) * _INDENT
        number, right = str(numbers[heading.anchor]), A4[0] - _MARGIN
        top = y + style.leading
        paper.write(heading.text, left, top, style)
        paper.write(number, right, top, style, "right")
        begin, end = left + style.width(heading.text) + 6, right - style.width(number) - 6
        paper.rule(begin, y + 4, max(begin, end), y + 4, 0.4, PALE)
        paper.linkRect("", heading.anchor, (left, y, right, top), relative=0)
    paper.showPage()


def _draw_page(paper: PdfPaper, page: _Page, head: str, number: str, numbers: dict[str, int]) -> None:
    top = A4[1] - 14 * MM
    paper.write(head, _MARGIN, top, shrunk(head, _SMALL, _WIDTH * 0.7))
    paper.write(number, A4[0] - _MARGIN, top, _SMALL, "right")
    paper.rule(_MARGIN, top - 14, A4[0] - _MARGIN, top - 14, 0.4, PALE)
    for heading, y in page.headings:
        paper.bookmarkHorizontal(heading.anchor, 0, y + 6)
        paper.addOutlineEntry(heading.text, heading.anchor, heading.level - 1, closed=heading.level == 1)
    paper.addLiteral(page.drawn)
    for name, y, height in page.pictures:
        png = read_png(picture_bytes(name))
        width = height * png.width / png.height
        draw_png(paper, name, png, (_MARGIN, y, width, height))
        paper.frame(_MARGIN, y, width, height, 0.4, PALE)
    for to, begin, end, y in page.links:
        if to in numbers:
            paper.linkRect("", to, (begin, y - _TEXT.leading, end, y), relative=0)
    paper.showPage()
