"""套打: a sheet on which only what was filled in is printed, because the form itself is on the paper already.

The form is drawn by the same calls as ever; this sheet knows which of them are values, and leaves the others out, or
shows them in grey below for the eye.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import BinaryIO

from crm_desktop.domain.print_style import Shift
from crm_desktop.exporters.pdf_page import MM, Align, PdfPaper
from crm_desktop.exporters.pdf_style import RED, Style

_TICKED, _EMPTY = "☑", "□"
_GREY = 0.28


class StockPaper(PdfPaper):
    """``boxes``: a thin frame around the room of every value, for the test page. Off the stock (续页) it is as any."""

    def __init__(
        self, file: BinaryIO, size: tuple[float, float], title: str, author: str, shift: Shift, underneath: bool = False
    ) -> None:
        super().__init__(file, size, title, author)
        self._moved = f"1 0 0 1 {shift.right * MM:.2f} {-shift.down * MM:.2f} cm"
        self._underneath = underneath
        self._on_stock, self._value = True, False
        self.boxes = False

    def on_stock(self, on: bool) -> None:
        """Whether the page that is drawn now has its form already."""
        self._on_stock = on

    @contextmanager
    def values(self) -> Iterator[None]:
        """What is drawn inside was filled in."""
        before, self._value = self._value, True
        yield
        self._value = before

    def room(self, x: float, y: float, width: float, height: float) -> None:
        """Framed on the test page, nothing else."""
        if self.boxes and self._on_stock:
            with self.values():
                self.frame(x, y, width, height, 0.4, RED)

    def draw(self, operators: str) -> None:
        """A value where the stock wants it, the form in grey or not at all."""
        if not self._on_stock:
            super().draw(operators)
        elif self._value:
            super().draw(f"q {self._moved} {operators} Q")
        elif self._underneath:
            self.saveState()
            self.setFillAlpha(_GREY)
            self.setStrokeAlpha(_GREY)
            super().draw(operators)
            self.restoreState()

    def picture(self, data: bytes, x: float, y: float, width: float, height: float) -> float:
        """The logo belongs to the form."""
        if self._on_stock and not self._underneath:
            return 0.0
        return super().picture(data, x, y, width, height)

    def write_ticked(self, text: str, x: float, top: float, style: Style, align: Align = "left") -> None:
        """The boxes and their words are on the stock: only the ticks are filled in."""
        if not self._on_stock:
            super().write_ticked(text, x, top, style, align)
            return
        self.write(text.replace(_TICKED, _EMPTY), x, top, style, align)
        begin = x - (style.width(text) if align == "right" else style.width(text) / 2 if align == "centre" else 0)
        with self.values():
            for place, sign in enumerate(text):
                if sign == _TICKED:
                    self.write(_TICKED, begin + style.width(text[:place]), top, style)

    def write_labelled(self, text: str, x: float, top: float, style: Style) -> None:
        """签字：程立群: the word and its colon are on the stock."""
        label, colon, value = text.partition("：")
        self.write(f"{label}{colon}", x, top, style)
        if value:
            with self.values():
                self.write(value, x + style.width(f"{label}{colon}"), top, style)
