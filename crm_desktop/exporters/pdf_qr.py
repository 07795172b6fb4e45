"""A QR code on paper, drawn as one filled path."""

from __future__ import annotations

from functools import lru_cache

from crm_desktop.exporters.pdf_page import PdfPaper
from crm_desktop.exporters.pdf_style import BLACK

_QUIET = 4  # modules left white around the code (ISO/IEC 18004, 5.3.8)


def draw_qr(paper: PdfPaper, text: str, left: float, bottom: float, size: float) -> None:
    """The text as a QR code within a square of ``size`` points, its white border included."""
    rows = _modules(text)
    module = size / (len(rows) + 2 * _QUIET)
    parts = []
    for number, row in enumerate(rows, 1):
        y = bottom + size - (number + _QUIET) * module
        for first, length in _runs(row):
            parts.append(f"{left + (first + _QUIET) * module:.3f} {y:.3f} {length * module:.3f} {module:.3f} re")
    paper.addLiteral(f"{BLACK} {' '.join(parts)} f")


@lru_cache(maxsize=4)  # every page of a form bears the same code
def _modules(text: str) -> tuple[tuple[bool, ...], ...]:
    """The code's rows from the top, dark modules true."""
    # Imported here because it brings reportlab's drawing library with it, which a form without a number can spare.
    from reportlab.graphics.barcode.qrencoder import QRCode, QRErrorCorrectLevel  # noqa: PLC0415

    code = QRCode(None, QRErrorCorrectLevel.M)
    code.addData(text)
    code.make()
    size = range(code.getModuleCount())
    return tuple(tuple(bool(code.isDark(row, column)) for column in size) for row in size)


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
