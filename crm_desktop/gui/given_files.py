"""Files that are dragged onto a piece of the window or pasted into it: a folder's files, or a picture without one."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from PySide6.QtCore import QBuffer, QByteArray, QIODevice, QMimeData
from PySide6.QtGui import QImage, QImageWriter


@dataclass(frozen=True, slots=True)
class Given:
    """A file of this computer by its path, or the PNG of a picture that has no file and so no ``name``."""

    source: Path | bytes
    name: str = ""


def given_by(mime: QMimeData | None) -> tuple[Given, ...]:
    """What may be kept of something dragged or copied; nothing is read of the files yet. Pages of the net are not."""
    if mime is None:  # an empty clipboard
        return ()
    paths = [Path(url.toLocalFile()) for url in mime.urls() if url.isLocalFile()]
    if paths:
        return tuple(Given(path, path.name) for path in paths)
    picture = mime.imageData() if mime.hasImage() else None
    return (Given(_png(picture)),) if isinstance(picture, QImage) and not picture.isNull() else ()


def _png(picture: QImage) -> bytes:
    content = QByteArray()
    buffer = QBuffer(content)
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    QImageWriter(buffer, QByteArray(b"png")).write(picture)
    return bytes(content.data())
