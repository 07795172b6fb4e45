"""Outline icons in the colours of the palette: Tabler (MIT), drawn once per name, colour and size."""

from __future__ import annotations

from functools import cache

from PySide6.QtCore import QByteArray, QRectF, QSize, Qt
from PySide6.QtGui import QIcon, QPainter, QPixmap
from PySide6.QtSvg import QSvgRenderer

from crm_desktop.gui import theme
from crm_desktop.paths import resource

SIZE = 16
_SHARPNESS = (1.0, 1.25, 1.5, 2.0, 3.0)
_WEIGHT = 'stroke-width="1.75"'


def icon(name: str, colour: str = "") -> QIcon:
    """The icon of a name in the text colour of the palette, or in ``colour``."""
    return _icon(name, colour or theme.colours().text)


def pixmap(name: str, colour: str, size: int, ratio: float) -> QPixmap:
    """One drawing of ``size`` logical pixels on a display of ``ratio`` pixels each."""
    return _pixmap(name, colour, size, ratio)


@cache
def _icon(name: str, colour: str) -> QIcon:
    made = QIcon()
    for ratio in _SHARPNESS:
        made.addPixmap(_pixmap(name, colour, SIZE, ratio))
    return made


@cache
def _pixmap(name: str, colour: str, size: int, ratio: float) -> QPixmap:
    drawn = QPixmap(QSize(round(size * ratio), round(size * ratio)))
    drawn.fill(Qt.GlobalColor.transparent)
    text = _svg(name).replace("currentColor", colour).replace('stroke-width="2"', _WEIGHT)
    with QPainter(drawn) as painter:
        QSvgRenderer(QByteArray(text.encode())).render(painter, QRectF(drawn.rect()))
    drawn.setDevicePixelRatio(ratio)
    return drawn


@cache
def _svg(name: str) -> str:
    return resource("icons", f"{name}.svg").read_text(encoding="utf-8")
