"""What a scanned sheet shows: its first pages as pictures, and the words of the QR codes on them."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QByteArray, QSize
from PySide6.QtGui import QImage, QImageReader
from PySide6.QtPdf import QPdfDocument

from crm_desktop.domain.attachments import HEAD_BYTES, JPEG, PDF, PNG, kind_of
from crm_desktop.domain.errors import InvalidInput
from crm_desktop.gui.printing import page_image

_PAGES = 3
"""A signed sheet may lie behind a cover, hardly deeper."""
_LONGEST_POINTS = 1_700
"""A2, two sizes above what a desk prints; a larger page is no sheet of ours and would fill the memory."""


def pictures(path: Path) -> list[QImage]:
    """The picture, or the first pages of a PDF; none of what cannot be read as one, a recording among them."""
    try:
        with path.open("rb") as file:
            kind = kind_of(file.read(HEAD_BYTES))
    except (InvalidInput, OSError):
        return []
    if kind in (PNG, JPEG):
        reader = QImageReader(str(path), QByteArray(kind.suffix[1:].encode()))
        reader.setAutoDetectImageFormat(False)  # content and decoder agree, whatever the name says
        reader.setAutoTransform(True)
        picture = reader.read()
        return [] if picture.isNull() else [picture]
    return _pages(path) if kind is PDF else []


def codes(path: Path) -> list[str]:
    """What the QR codes on the sheet say, grey and slightly turned as a scanner leaves it (150 dpi are enough)."""
    import zxingcpp  # noqa: PLC0415 - a library of its own, needed by whoever has scans only

    found: list[str] = []
    for picture in pictures(path):
        grey = picture.convertToFormat(QImage.Format.Format_Grayscale8)
        found += [
            code.text for code in zxingcpp.read_barcodes(grey, zxingcpp.BarcodeFormats(zxingcpp.BarcodeFormat.QRCode))
        ]
    return found


def _pages(path: Path) -> list[QImage]:
    document = QPdfDocument()
    try:
        if document.load(str(path)) != QPdfDocument.Error.None_:
            return []
        pages = range(min(_PAGES, document.pageCount()))
        return [page_image(document, page) for page in pages if _is_sheet(document, page)]
    finally:
        document.close()


def _is_sheet(document: QPdfDocument, page: int) -> bool:
    size: QSize = document.pagePointSize(page).toSize()
    return 0 < max(size.width(), size.height()) <= _LONGEST_POINTS
