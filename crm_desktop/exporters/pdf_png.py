"""A PNG put into a PDF as it is: its pixels stay packed, where unpacking and packing again would double the file.

Only what our own pictures are: colours or a palette, without transparency, not interlaced (PNG specification, sections
4.1 and 6; PDF 32000-1, 7.4.4.4: the same predictors).
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from reportlab.pdfbase.pdfdoc import PDFArray, PDFDictionary, PDFDocument, PDFName, PDFObject, PDFStream

from crm_desktop.exporters.pdf_page import Box, PdfPaper

_SIGNATURE = 8
_RGB, _PALETTE = 2, 3
_PNG_PREDICTOR = 15


@dataclass(frozen=True, slots=True)
class Png:
    """Its size in pixels, the bits of one value, its packed pixels, and the colours they name.

    ``palette`` is empty where the pixels are colours themselves.
    """

    width: int
    height: int
    depth: int
    packed: bytes
    palette: bytes


def read_png(data: bytes) -> Png:
    """:raises ValueError: another kind of PNG than ours."""
    parts = list(_chunks(data))
    head = parts[0][1]
    depth, kind, interlaced = head[8], head[9], head[12]
    if depth > 8 or kind not in (_RGB, _PALETTE) or interlaced:
        raise ValueError(f"not a picture of ours: depth {depth}, kind {kind}, interlaced {interlaced}")
    packed = b"".join(content for name, content in parts if name == b"IDAT")
    palette = next((content for name, content in parts if name == b"PLTE" and kind == _PALETTE), b"")
    return Png(int.from_bytes(head[:4]), int.from_bytes(head[4:8]), depth, packed, palette)


def draw_png(paper: PdfPaper, name: str, png: Png, box: Box) -> None:
    """Fills the box; the same ``name`` again takes no more room in the file."""
    paper.place(name, _Picture(png), box)


class _Picture(PDFObject):
    def __init__(self, png: Png) -> None:
        self._png = png

    def format(self, document: PDFDocument) -> bytes:
        png = self._png
        colours = 1 if png.palette else 3
        stream = PDFStream(content=png.packed, filters=[])
        told = stream.dictionary
        told["Type"], told["Subtype"] = PDFName("XObject"), PDFName("Image")
        told["Width"], told["Height"], told["BitsPerComponent"] = png.width, png.height, png.depth
        told["ColorSpace"] = _indexed(png.palette) if png.palette else PDFName("DeviceRGB")
        told["Filter"] = PDFName("FlateDecode")
        told["DecodeParms"] = PDFDictionary(
            {"Predictor": _PNG_PREDICTOR, "Colors": colours, "BitsPerComponent": png.depth, "Columns": png.width}
        )
        told["Length"] = len(png.packed)
        return bytes(stream.format(document))


def _indexed(palette: bytes) -> PDFArray:
    return PDFArray([PDFName("Indexed"), PDFName("DeviceRGB"), len(palette) // 3 - 1, _Hex(palette)])


class _Hex(PDFObject):
    """Bytes as PDF writes them in the open."""

    def __init__(self, content: bytes) -> None:
        self._content = content

    def format(self, _document: PDFDocument) -> bytes:
        return b"<" + self._content.hex().encode() + b">"


def _chunks(data: bytes) -> Iterator[tuple[bytes, bytes]]:
    at = _SIGNATURE
    while at < len(data):
        length = int.from_bytes(data[at : at + 4])
        yield data[at + 4 : at + 8], data[at + 8 : at + 8 + length]
        at += length + 12
