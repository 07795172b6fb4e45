"""A PNG in a PDF as it is: the pixels that come out are those that went in."""

from __future__ import annotations

from io import BytesIO
from pathlib import Path

import pytest
from PIL import Image
from pypdf import PdfReader

from crm_desktop.exporters.pdf_page import A4, PdfPaper
from crm_desktop.exporters.pdf_png import draw_png, read_png


def png(kind: str) -> bytes:
    """A picture of two hundred colours: in a palette, or told pixel by pixel."""
    picture = Image.new("RGB", (40, 30))
    picture.putdata([(5 * x, 7 * y, 92) for y in range(30) for x in range(40)])
    held = BytesIO()
    (picture.quantize(200) if kind == "P" else picture.convert(kind)).save(held, "PNG")
    return held.getvalue()


@pytest.mark.parametrize("kind", ["P", "RGB"])
def test_the_pixels_are_those_of_the_picture(tmp_path: Path, kind: str) -> None:
    target = tmp_path / "x.pdf"
    with target.open("wb") as file:
        paper = PdfPaper(file, A4, "x", "y")
        for _ in range(2):
            draw_png(paper, "one", read_png(png(kind)), (50, 50, 80, 60))
            paper.showPage()
        paper.save()
    shown = [page.images[0].image.convert("RGB") for page in PdfReader(target).pages]
    assert [one.tobytes() for one in shown] == [Image.open(BytesIO(png(kind))).convert("RGB").tobytes()] * 2
    assert target.read_bytes().count(b"/Subtype /Image") == 1


def test_another_kind_of_picture_is_refused() -> None:
    with pytest.raises(ValueError, match="not a picture of ours"):
        read_png(png("RGBA"))
