"""Draws a chart on a sheet of paper: vectors and our own faces, the shapes of ``domain/chart_layout.py``."""

from __future__ import annotations

from functools import lru_cache

from crm_desktop.domain.chart_layout import drawn
from crm_desktop.domain.chart_shapes import Box, Dot, Frame, Shape, Stroke, Words
from crm_desktop.domain.charts import Chart, Ink
from crm_desktop.exporters.chart_inks import INKS
from crm_desktop.exporters.pdf_page import PdfPaper
from crm_desktop.exporters.pdf_style import Style

_TINT = 0.86
"""What lies inside an outline is so much nearer to white than its line."""
_ROUND = 0.5523
"""Where the handles of four Bézier curves stand that make a circle."""


def draw_chart(paper: PdfPaper, chart: Chart, box: tuple[float, float, float, float], size: float) -> None:
    """The chart in a box (left, top, width, height), with type of ``size`` points."""
    left, top, width, height = box
    for shape in drawn(chart, Frame(width, height, size, measured)):
        _draw(paper, shape, left, top)


def measured(text: str, size: float) -> float:
    """How wide a text is on paper."""
    return Style(size, size).width(text)


@lru_cache(maxsize=64)
def fill_of(ink: Ink, tint: float = 0.0) -> str:
    """The operator that chooses a colour for grounds and text, so much of the way to white."""
    parts = (int(INKS[ink][place : place + 2], 16) / 255 for place in (0, 2, 4))
    return " ".join(f"{part + (1 - part) * tint:.3f}" for part in parts) + " rg"


def _draw(paper: PdfPaper, shape: Shape, left: float, top: float) -> None:
    match shape:
        case Box():
            paper.fill(left + shape.x, top - shape.y - shape.height, shape.width, shape.height, fill_of(shape.ink))
        case Stroke():
            _stroke(paper, shape, left, top)
        case Dot():
            paper.addLiteral(_dot(left + shape.x, top - shape.y, shape.radius, fill_of(shape.ink)))
        case Words():
            leading = shape.size * 1.2
            style = Style(shape.size, leading, shape.bold, fill_of(shape.ink))
            paper.write(shape.text, left + shape.x, top - shape.y + leading / 2, style, shape.side)


def _stroke(paper: PdfPaper, shape: Stroke, left: float, top: float) -> None:
    (x, y), *rest = [(left + px, top - py) for px, py in shape.points]
    path = f"{x:.2f} {y:.2f} m " + " ".join(f"{px:.2f} {py:.2f} l" for px, py in rest)
    dash = "[3 2.4] 0 d " if shape.dashed else ""
    end = "b" if shape.tint else "S"
    colours = f"{fill_of(shape.ink).upper()} {fill_of(shape.ink, _TINT)}"
    paper.addLiteral(f"q 1 j 1 J {colours} {dash}{shape.width:g} w {path} {end} Q")


def _dot(x: float, y: float, radius: float, ink: str) -> str:
    far, handle = radius, radius * _ROUND
    curves = (
        f"{x + far:.2f} {y + handle:.2f} {x + handle:.2f} {y + far:.2f} {x:.2f} {y + far:.2f} c "
        f"{x - handle:.2f} {y + far:.2f} {x - far:.2f} {y + handle:.2f} {x - far:.2f} {y:.2f} c "
        f"{x - far:.2f} {y - handle:.2f} {x - handle:.2f} {y - far:.2f} {x:.2f} {y - far:.2f} c "
        f"{x + handle:.2f} {y - far:.2f} {x + far:.2f} {y - handle:.2f} {x + far:.2f} {y:.2f} c"
    )
    return f"q {ink} {x + far:.2f} {y:.2f} m {curves} f Q"
