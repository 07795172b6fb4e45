"""A sheet of paper to draw on: text in our own faces, lines and boxes, a picture, a QR code, all in points.

Text is never markup here: what a customer writes goes from his words to glyph numbers, so there is nothing to
escape. x runs to the right and y upwards from the lower left corner, as PDF has it.
"""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import AbstractContextManager, nullcontext
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path
from typing import BinaryIO, Literal

from reportlab.lib.utils import ImageReader
from reportlab.pdfbase.pdfdoc import PDFDocument, PDFObject, PDFZCompress
from reportlab.pdfgen.canvas import Canvas

from crm_desktop.exporters.fonts import BOLD, REGULAR
from crm_desktop.exporters.pdf_fonts import EmbeddedTypeface
from crm_desktop.exporters.pdf_style import BLACK, GROUND, Style

MM = 72 / 25.4
SUFFIXES = (".pdf",)
A4 = (210 * MM, 297 * MM)
A4_LANDSCAPE = (297 * MM, 210 * MM)

Align = Literal["left", "centre", "right"]
Box = tuple[float, float, float, float]
"""Left, bottom, width, height."""


@dataclass(frozen=True, slots=True)
class Printed:
    """What came out: the file, how many pages, and the characters no face has (``U+1F600 😀``), printed as 〓."""

    path: Path
    pages: int
    missing: tuple[str, ...] = ()


class PdfPaper(Canvas):
    """The pages of one document; the same calls give the same bytes."""

    # What a canvas is made of; reportlab's type stubs leave them out.
    _doc: PDFDocument
    _code: list[str]
    _formsinuse: list[str]

    def __init__(self, file: BinaryIO, size: tuple[float, float], title: str, author: str) -> None:
        super().__init__(file, pagesize=size, invariant=1, pageCompression=0, lang="zh-CN")
        # Deflated only: reportlab's own page compression wraps it in ASCII, which costs a quarter in size and time.
        self._doc.defaultStreamFilters = [PDFZCompress]
        self.setTitle(title)
        self.setAuthor(author)
        self.setSubject(title)
        self.setCreator("客诉管家")
        self._regular = EmbeddedTypeface(REGULAR, "R", self._doc)
        self._bold = EmbeddedTypeface(BOLD, "B", self._doc)

    def _make_preamble(self) -> None:
        """Begin pages without the face Helvetica, which reportlab would name on each and which has no Chinese."""
        self._preamble = "1 0 0 1 0 0 cm"

    @property
    def missing(self) -> tuple[str, ...]:
        """Characters printed as 〓, each once."""
        return tuple(dict.fromkeys(self._regular.missing + self._bold.missing))

    def draw(self, operators: str) -> None:
        """One piece of drawing in the operators of PDF."""
        self.addLiteral(operators)

    def shown(self, text: str, style: Style) -> str:
        """The operators that print one line at the pen, for those who collect them."""
        return (self._bold if style.bold else self._regular).show(text, style.size)

    def lines_shown(self, lines: Sequence[str], x: float, top: float, style: Style) -> str:
        """The operators that print lines below each other; ``top`` is where the first line's space begins."""
        first = f"1 0 0 1 {x:.2f} {top - style.drop:.2f} Tm {style.leading:g} TL {style.ink}"
        return f"BT {first} {' T* '.join(self.shown(line, style) for line in lines)} ET"

    def lines_aligned(
        self, lines: Sequence[str], box: tuple[float, float], top: float, style: Style, align: Align
    ) -> str:
        """As ``lines_shown``, each line centred or at the right of ``box`` (left, width)."""
        left, width = box
        share = 0.5 if align == "centre" else 1.0
        parts = []
        for number, line in enumerate(lines):
            x = left + share * (width - style.width(line))
            parts.append(self.lines_shown([line], x, top - number * style.leading, style))
        return " ".join(parts)

    def write(self, text: str, x: float, top: float, style: Style, align: Align = "left") -> None:
        """One line of text that begins, is centred or ends at x."""
        width = 0.0 if align == "left" else style.width(text)
        begin = x - (width if align == "right" else width / 2 if align == "centre" else 0)
        self.draw(self.lines_shown([text], begin, top, style))

    def write_lines(self, lines: Sequence[str], x: float, top: float, style: Style) -> None:
        """Lines below each other, left-aligned."""
        if lines:
            self.draw(self.lines_shown(lines, x, top, style))

    def write_centred(self, lines: Sequence[str], box: tuple[float, float, float, float], style: Style) -> None:
        """Lines in the middle of a box (left, bottom, width, height)."""
        left, bottom, width, height = box
        top = bottom + (height + len(lines) * style.leading) / 2
        for number, line in enumerate(lines):
            self.write(line, left + width / 2, top - number * style.leading, style, "centre")

    def fill(self, x: float, y: float, width: float, height: float, ink: str = GROUND) -> None:
        """A ground without an edge."""
        self.draw(f"{ink} {x:.2f} {y:.2f} {width:.2f} {height:.2f} re f {BLACK}")

    def rule(self, x1: float, y1: float, x2: float, y2: float, width: float = 0.8, ink: str = BLACK) -> None:
        """A straight line."""
        line = f"{width:g} w {x1:.2f} {y1:.2f} m {x2:.2f} {y2:.2f} l S"
        self.draw(line if ink == BLACK else f"q {ink.upper()} {line} Q")

    def frame(self, x: float, y: float, width: float, height: float, line: float = 0.8, ink: str = BLACK) -> None:
        """An empty rectangle."""
        self.draw(f"q {ink.upper()} {line:g} w {x:.2f} {y:.2f} {width:.2f} {height:.2f} re S Q")

    # -- what a sheet with a form on it already (``pdf_stock.py``) draws otherwise -------------------------------

    def on_stock(self, on: bool) -> None:
        """Whether the page that is drawn now has its form already; here no page has."""

    def values(self) -> AbstractContextManager[None]:
        """What is drawn inside was filled in; the rest is the form."""
        return nullcontext()

    def room(self, x: float, y: float, width: float, height: float) -> None:
        """Where a value has its room; nothing is drawn."""

    def write_ticked(self, text: str, x: float, top: float, style: Style, align: Align = "left") -> None:
        """One line of the form's own words, in which boxes are ticked."""
        self.write(text, x, top, style, align)

    def write_labelled(self, text: str, x: float, top: float, style: Style) -> None:
        """A word of the form, a colon, and what was filled in behind it."""
        self.write(text, x, top, style)

    def again(self, drawn: str) -> None:
        """What was ``taken`` back, on the page as it was drawn."""
        self.addLiteral(drawn)

    def taken(self) -> str:
        """Take back everything drawn on this page, to be drawn later with ``again``."""
        drawn = "\n".join(self._code)
        self._code.clear()
        return drawn

    def picture(self, data: bytes, x: float, y: float, width: float, height: float) -> float:
        """A PNG or JPEG fitted into the space from its lower left corner; gives the width it took."""
        image = ImageReader(BytesIO(data))
        wide, high = image.getSize()
        scale = min(width / wide, height / high)
        self.drawImage(image, x, y + (height - high * scale) / 2, wide * scale, high * scale, mask="auto")
        return wide * scale

    def place(self, name: str, thing: PDFObject, box: Box) -> None:
        """What is told in PDF's own words already fills a box; under the same ``name`` it is kept once."""
        if not self.hasForm(name):
            self._doc.addForm(name, thing)
        left, bottom, width, height = box
        matrix = f"{width:.2f} 0 0 {height:.2f} {left:.2f} {bottom:.2f}"
        self.addLiteral(f"q {matrix} cm /{self._doc.getXObjectName(name)} Do Q")
        self._formsinuse.append(name)
