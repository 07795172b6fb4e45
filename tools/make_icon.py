"""Makes the program's icon for each system out of its one drawing, packaging/icon/crm-desktop.svg.

    python3 tools/make_icon.py

Writes crm-desktop.ico (Windows), crm-desktop.icns (macOS) and crm-desktop.png (Linux, 256 pixels) beside it. The same
drawing gives the same bytes, so that a test tells stale ones.
"""

from __future__ import annotations

import struct
import sys
from pathlib import Path

from PySide6.QtCore import QBuffer, QByteArray, QIODevice, Qt
from PySide6.QtGui import QGuiApplication, QImage, QPainter
from PySide6.QtSvg import QSvgRenderer

FOLDER = Path(__file__).resolve().parent.parent / "packaging" / "icon"
WINDOWS_SIZES = (16, 24, 32, 48, 64, 128, 256)
APPLE_SIZES = {b"ic07": 128, b"ic08": 256, b"ic09": 512, b"ic11": 32, b"ic12": 64}
_ICO_HEAD, _ICO_ENTRY = struct.Struct("<HHH"), struct.Struct("<BBBBHHII")


def picture(drawing: QSvgRenderer, size: int) -> bytes:
    """The drawing as a PNG of this many pixels each way."""
    image = QImage(size, size, QImage.Format.Format_ARGB32)
    image.fill(Qt.GlobalColor.transparent)
    painter = QPainter(image)
    drawing.render(painter)
    painter.end()
    content = QByteArray()
    device = QBuffer(content)
    device.open(QIODevice.OpenModeFlag.WriteOnly)
    if not image.save(device, "PNG"):  # type: ignore[call-overload]  # its stub knows names of files only
        raise OSError("Qt wrote no PNG")
    return bytes(content.data())


def windows_icon(pictures: dict[int, bytes]) -> bytes:
    """An .ico of PNGs, as Windows has read them since Vista; 256 is written as 0."""
    place = _ICO_HEAD.size + _ICO_ENTRY.size * len(pictures)
    entries, body = b"", b""
    for size, png in pictures.items():
        entries += _ICO_ENTRY.pack(size % 256, size % 256, 0, 0, 1, 32, len(png), place + len(body))
        body += png
    return _ICO_HEAD.pack(0, 1, len(pictures)) + entries + body


def apple_icon(pictures: dict[bytes, bytes]) -> bytes:
    """An .icns: each picture under its four letters."""
    body = b"".join(kind + struct.pack(">I", 8 + len(png)) + png for kind, png in pictures.items())
    return b"icns" + struct.pack(">I", 8 + len(body)) + body


def made() -> dict[str, bytes]:
    """Every file this makes, by its name."""
    drawing = QSvgRenderer(str(FOLDER / "crm-desktop.svg"))
    return {
        "crm-desktop.ico": windows_icon({size: picture(drawing, size) for size in WINDOWS_SIZES}),
        "crm-desktop.icns": apple_icon({kind: picture(drawing, size) for kind, size in APPLE_SIZES.items()}),
        "crm-desktop.png": picture(drawing, 256),
    }


if __name__ == "__main__":
    application = QGuiApplication(sys.argv)
    for name, content in made().items():
        (FOLDER / name).write_bytes(content)
        print(name, len(content))
