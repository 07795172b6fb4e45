"""A QR code on paper, drawn as one filled path."""

from __future__ import annotations

from crm_desktop.exporters.pdf_page import PdfPaper
from crm_desktop.exporters.pdf_style import BLACK
from crm_desktop.exporters.qr_code import modules

_QUIET = 4  # modules left white around the code (ISO/IEC 18004, 5.3.8)


def draw_qr(paper: PdfPaper, text: str, left: float, bottom: float, size: float) -> None:
    """The text as a QR code within a square of ``size`` points, its white border included."""
    rows = modules(text)
    module = size / (len(rows) + 2 * _QUIET)
    parts = []
    for number, row in enumerate(rows, 1):
        y = bottom + size - (number + _QUIET) * module
        for first, length in _runs(row):
            parts.append(f"{left + (first + _QUIET) * module:.3f} {y:.3f} {length * module:.3f} {module:.3f} re")
    paper.draw(f"{BLACK} {' '.join(parts)} f")


def _runs(dark: tuple[bool, ...]) -> list[tuple[int, int]]:
    """Where dark modules begin and how many follow each other."""
    runs: list[tuple[int, int]] = []
    for place, is_dark in enumerate(dark):
        if not is_dark:
            continue
        if runs and sum(runs[-1]) == place:
            runs[-1] = (runs[-1][0], runs[-1][1] + 1)
        else:
            runs.append((place, 1))
    return runs
