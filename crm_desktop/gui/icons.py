"""Outline icons in the colours of the palette: Tabler (MIT), drawn once per name, colour and size."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

from PySide6.QtCore import QByteArray, QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPixmap
from PySide6.QtSvg import QSvgRenderer

from crm_desktop.gui import theme
from crm_desktop.paths import resource

if TYPE_CHECKING:
    from PySide6.QtGui import QIcon

SIZE = 16
_PROGRAM, _OF_WINDOWS = "crm-desktop", (16, 24, 32, 48, 64, 128, 256)
_SHARPNESS = (1.0, 1.25, 1.5, 2.0, 3.0)
_WEIGHT = 'stroke-width="1.75"'


def icon(name: str, colour: str = "") -> QIcon:
    """The drawing of a name as a QIcon for actions and menus, in the palette's text colour or in ``colour``."""
    from PySide6.QtGui import QIcon  # noqa: PLC0415 - not needed to paint the window

    made = QIcon()
    for ratio in _SHARPNESS:
        made.addPixmap(pixmap(name, colour or theme.colours().text, SIZE, ratio))
    return made


def program_icon() -> QIcon:
    """The program's own picture, for its windows, the task bar and the tray."""
    from PySide6.QtGui import QIcon  # noqa: PLC0415 - not needed to paint the window

    made = QIcon()
    for size in _OF_WINDOWS:
        made.addPixmap(pixmap(_PROGRAM, "", size, 1.0))
    return made


@cache
def pixmap(name: str, colour: str, size: int, ratio: float) -> QPixmap:
    """A drawing of resources/icons of ``size`` logical pixels on a display of ``ratio`` pixels each."""
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
