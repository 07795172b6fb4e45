"""Lines of words of several kinds: what stands on the screen is bold, a key lies on a ground, a link is blue."""

from __future__ import annotations

from dataclasses import dataclass, replace

from crm_desktop.domain.charts import Ink
from crm_desktop.domain.manual import Run, Runs, plain
from crm_desktop.exporters.chart_pdf import fill_of
from crm_desktop.exporters.pdf_lines import wrapped
from crm_desktop.exporters.pdf_page import PdfPaper
from crm_desktop.exporters.pdf_style import Style

_BOLD_IS_WIDER = 0.985
"""Lines are broken by the regular face; Latin letters of the bold one take a little more."""


@dataclass(frozen=True, slots=True)
class Piece:
    """Words of one kind on one line."""

    text: str
    run: Run


Line = tuple[Piece, ...]


def lines_of(runs: Runs, style: Style, width: float) -> list[Line]:
    """The words of a paragraph broken into lines of ``width`` points."""
    text, at, lines = plain(runs), 0, []
    for line in wrapped(text, style, width * _BOLD_IS_WIDER):
        begin = text.index(line, at)
        at = begin + len(line)
        lines.append(_pieces(runs, begin, at))
    return lines


def draw_line(paper: PdfPaper, line: Line, x: float, top: float, style: Style) -> list[tuple[str, float, float]]:
    """Prints it; gives its links: the heading each leads to, where it begins and ends."""
    links = []
    for piece in line:
        look = replace(style, bold=True) if piece.run.label else style
        if piece.run.link:
            look = replace(style, ink=fill_of(Ink.MAIN))
        width = look.width(piece.text)
        if piece.run.key:
            paper.fill(x - 1, top - style.leading + 2, width + 2, style.leading - 3)
        paper.write(piece.text, x, top, look)
        if piece.run.link:
            links.append((piece.run.link, x, x + width))
        x += width
    return links


def _pieces(runs: Runs, begin: int, end: int) -> Line:
    """What of the runs stands between two places of their text."""
    pieces, at = [], 0
    for run in runs:
        part = run.text[max(0, begin - at) : max(0, end - at)]
        at += len(run.text)
        if part:
            pieces.append(Piece(part, run))
    return tuple(pieces)
