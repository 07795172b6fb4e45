"""A screen we have no machine for, drawn after its description: a sketch, and called so in the manual."""

from __future__ import annotations

from PySide6.QtCore import QRect, Qt
from PySide6.QtGui import QColor, QFont, QImage, QPainter

_PAGE, _GAP, _EDGE = (640, 460), 40, 36
_BLUE, _BUTTON, _PAPER, _HERE = "#0a64ad", "#3d84bf", "#ffffff", "#ffd25e"
_TITLE = "Windows 已保护你的电脑"
_WHY = "Microsoft Defender SmartScreen 阻止了无法识别的应用启动。运行这个应用可能会让电脑有风险。"


def smart_screen() -> QImage:
    """The blue page of Windows before 更多信息 is pressed and after it, with the place to press marked."""
    width, height = _PAGE
    image = QImage(2 * width + 3 * _GAP, height + 2 * _GAP, QImage.Format.Format_RGB32)
    image.fill(QColor(_PAPER))
    painter = QPainter(image)
    painter.setRenderHints(QPainter.RenderHint.Antialiasing | QPainter.RenderHint.TextAntialiasing)
    for place, opened in enumerate((False, True)):
        painter.save()
        painter.translate(_GAP + place * (width + _GAP), _GAP)
        _page(painter, opened=opened)
        painter.restore()
    painter.end()
    return image


def _page(painter: QPainter, *, opened: bool) -> None:
    width, height = _PAGE
    painter.fillRect(0, 0, width, height, QColor(_BLUE))
    _say(painter, QRect(_EDGE, 30, width - 2 * _EDGE, 44), _TITLE, 26)
    _say(painter, QRect(_EDGE, 92, width - 2 * _EDGE, 64), _WHY, 16)
    if opened:
        _say(painter, QRect(_EDGE, 176, width - 2 * _EDGE, 60), "应用：crm-desktop-setup.exe\n发布者：未知", 16)
        _press(painter, QRect(width - 356, height - 76, 150, 40), "仍要运行")
    else:
        more = QRect(_EDGE, 172, 66, 24)
        _say(painter, more, "更多信息", 16, underlined=True)
        _mark(painter, more)
    _button(painter, QRect(width - 186, height - 76, 150, 40), "不运行")


def _press(painter: QPainter, place: QRect, word: str) -> None:
    _button(painter, place, word)
    _mark(painter, place)


def _button(painter: QPainter, place: QRect, word: str) -> None:
    painter.fillRect(place, QColor(_BUTTON))
    _say(painter, place, word, 16, middle=True)


def _mark(painter: QPainter, place: QRect) -> None:
    """A frame around what is to be pressed."""
    painter.setPen(QColor(_HERE))
    for wider in range(6, 9):
        painter.drawRoundedRect(place.adjusted(-wider, -wider, wider, wider), 6, 6)


def _say(
    painter: QPainter, place: QRect, words: str, size: int, *, underlined: bool = False, middle: bool = False
) -> None:
    font = QFont()
    font.setPixelSize(size)
    font.setUnderline(underlined)
    painter.setFont(font)
    painter.setPen(QColor(_PAPER))
    across = Qt.AlignmentFlag.AlignCenter if middle else Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignTop
    painter.drawText(place, across | Qt.TextFlag.TextWordWrap, words)
