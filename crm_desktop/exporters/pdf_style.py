"""Type on paper: size, distance of lines, weight and colour."""

from __future__ import annotations

from dataclasses import dataclass

from crm_desktop.exporters.fonts import BOLD, REGULAR, Typeface

# PDF operators that choose a colour for text and grounds; the values are those of the window's light theme.
BLACK = "0 g"
CAPTION = "0.373 0.42 0.475 rg"  # #5f6b79
RED = "0.647 0.157 0.11 rg"  # #a5281c
PALE = "0.78 0.81 0.85 rg"  # between #c3cad3 and #dfe3e8: lines that only part what is read
GROUND = "0.945 0.953 0.961 rg"  # #f1f3f5, behind labels and headings

# Where the baseline runs in the square of a Chinese character (OpenType BASE table of the face: 880 above, 120 below).
_ABOVE = 0.88


@dataclass(frozen=True, slots=True)
class Style:
    """How a text is printed: size and distance of lines in points, weight, colour."""

    size: float
    leading: float
    bold: bool = False
    ink: str = BLACK

    @property
    def typeface(self) -> Typeface:
        """The faces that are measured and printed."""
        return BOLD if self.bold else REGULAR

    @property
    def drop(self) -> float:
        """How far below the top of its space a line's baseline runs, in points."""
        return (self.leading - self.size) / 2 + _ABOVE * self.size

    def width(self, text: str) -> float:
        """How wide a line of text is, in points."""
        return self.typeface.width(text) * self.size / 1000
