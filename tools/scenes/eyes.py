"""What a proofreader sees on a screen: words that are not Chinese, and words that have no room."""

from __future__ import annotations

import re
from collections.abc import Iterator
from html import unescape
from typing import Any

from PySide6.QtCore import QAbstractItemModel, QAbstractListModel, QModelIndex, QPoint, QRect, Qt
from PySide6.QtGui import QAction
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractItemView,
    QAbstractScrollArea,
    QCheckBox,
    QComboBox,
    QGroupBox,
    QHeaderView,
    QLabel,
    QLineEdit,
    QPlainTextEdit,
    QPushButton,
    QRadioButton,
    QStyle,
    QStyleOptionComboBox,
    QTabBar,
    QToolButton,
    QWidget,
)

from crm_desktop.gui.widgets.labels import ElidedLabel

_LATIN = re.compile(r"[A-Za-z]{2,}")
_MARKUP = re.compile(r"<[^>]*>")
_NO_WORDS = re.compile(  # a file, a plate, a number of ours, a car's type or chassis, an order's number, a key
    r"[a-zA-Z0-9/_-]*\.(?:xlsx|xls|csv|pdf|png|jpe?g|zip|html|txt|json|db|mp3|m4a|wav)\b"
    r"|[\u4e00-\u9fff][A-Z][A-Z0-9]{5,6}\b"
    r"|\b[A-Z]{1,4}[-]?\d[\w-]*"
    r"|\b(?=\w*\d)[A-Z0-9]{6,17}\b"
    r"|客诉管家-demo"
    r"|\b(?:xlsx|xls|csv)\b"
    r"|\b(?:Ctrl|Shift|Alt)(?:\+[A-Za-z0-9/]+)+"
)
_SPOKEN = """
PIN VIN PDF VIP RBO JSON ZIP CSV TXT USB OK Excel WPS Enter Esc Tab Del Ctrl Shift Alt PageUp PageDown Home End
Windows Linux OneDrive BitLocker SQLite Qt Python MIT QQ APP ID Polo Plus CROZZ GTI TSI DSG ESP ABS SUV SA bar
mm km MB GB KB
"""
SPOKEN_HERE = frozenset(_SPOKEN.split())
"""Latin words a Chinese desk uses: names of things and keys that have no other name."""
_OTHER_TONGUES = ("Reply to your complaint", "第三方许可")
"""The English letter, and licences, which keep the names they were given."""
_ROWS_READ = 40
_SLACK = 1


def foreign_words(window: QWidget) -> Iterator[str]:
    """Latin words that are nobody's name here, with where they stand."""
    for place, text in _texts(window):
        words = foreign(text)
        if words and text not in _OTHER_TONGUES and not place.startswith(_OTHER_TONGUES):
            yield f"{place}: {words} ({text[:60]!r})"


def foreign(text: str) -> str:
    """The Latin words of a text that are nobody's name here, one after another."""
    plain = _NO_WORDS.sub(" ", unescape(_MARKUP.sub(" ", text)))
    return " ".join(word for word in _LATIN.findall(plain) if word not in SPOKEN_HERE)


def words_without_room(window: QWidget) -> Iterator[str]:
    """Visible words that are cut off, or pieces that stand partly outside of what holds them."""
    for widget in _seen(window):
        lack = _lack(widget)
        if lack:
            yield f"{_place(widget)}: {lack}"
        if _sticks_out(widget):
            yield f"{_place(widget)}: {_words(widget)[:40]!r} stands partly outside"


def _seen(window: QWidget) -> Iterator[QWidget]:
    for widget in (window, *window.findChildren(QWidget)):
        if widget.isVisible() and widget.width() > 0:
            yield widget


# --- what is written ---------------------------------------------------------------------------------------------


def _texts(window: QWidget) -> Iterator[tuple[str, str]]:
    for widget in (window, *window.findChildren(QWidget)):
        place = _place(widget)
        for text in (
            _words(widget),
            widget.toolTip(),
            widget.whatsThis(),
            widget.accessibleName(),
            widget.windowTitle(),
        ):
            yield place, text
        yield from ((place, text) for text in _inside(widget))
    for action in window.findChildren(QAction):
        yield "menu", action.text()


def _inside(widget: QWidget) -> Iterator[str]:
    """Texts of which one piece holds many."""
    if isinstance(widget, QTabBar):
        for place in range(widget.count()):
            yield widget.tabText(place)
    elif isinstance(widget, QComboBox):
        for place in range(widget.count()):
            yield widget.itemText(place)
    elif isinstance(widget, QAbstractItemView) and not isinstance(widget, QHeaderView) and widget.isVisible():
        yield from _cells(widget.model())


def _cells(model: QAbstractItemModel | None) -> Iterator[str]:
    if model is None:
        return
    columns = 1 if isinstance(model, QAbstractListModel) else model.columnCount(QModelIndex())
    for column in range(columns):
        yield str(model.headerData(column, Qt.Orientation.Horizontal) or "")
        for row in range(min(model.rowCount(QModelIndex()), _ROWS_READ)):
            yield str(model.index(row, column, QModelIndex()).data() or "")


def _words(widget: QWidget) -> str:
    if isinstance(widget, QLabel | QAbstractButton):
        return widget.text()
    if isinstance(widget, QLineEdit | QPlainTextEdit):
        return widget.placeholderText()
    if isinstance(widget, QGroupBox):
        return widget.title()
    return ""


def _place(widget: QWidget) -> str:
    """The way to a piece through what has a name."""
    names: list[str] = []
    at: QWidget | None = widget
    while at is not None:
        name = at.accessibleName() or at.objectName() or (type(at).__name__ if at is widget else "")
        if name and not name.startswith("qt_"):
            names.append(name[:24])
        at = at.parentWidget()
    return " < ".join(names[:4])


# --- what has no room --------------------------------------------------------------------------------------------


def _lack(widget: QWidget) -> str:
    """In words, how much is missing; empty where everything can be read."""
    if isinstance(widget, ElidedLabel):
        return ""  # cut on purpose, whole in its tooltip
    if isinstance(widget, QLabel):
        return _lack_of_label(widget)
    if isinstance(widget, QPushButton | QToolButton | QCheckBox | QRadioButton):
        wanted = widget.sizeHint().width()
        return _missing(widget.text(), wanted, widget.width()) if widget.text() else ""
    if isinstance(widget, QComboBox):
        return _lack_of_choice(widget)
    if isinstance(widget, QLineEdit):
        room = widget.width() - 2 * widget.style().pixelMetric(QStyle.PixelMetric.PM_DefaultFrameWidth) - 4
        words = widget.placeholderText() if not widget.text() else ""
        return _missing(words, widget.fontMetrics().horizontalAdvance(words), room)
    if isinstance(widget, QHeaderView):
        return _lack_of_titles(widget)
    if isinstance(widget, QTabBar):
        return _lack_of_tabs(widget)
    return ""


def _missing(words: str, wanted: int, room: int, of: str = "width") -> str:
    return f"{words[:40]!r} wants a {of} of {wanted} and has {room}" if words and wanted > room + _SLACK else ""


def _lack_of_label(label: QLabel) -> str:
    words = label.text()
    if not words or label.textFormat() == Qt.TextFormat.RichText:
        return ""
    room = label.contentsRect()
    if label.wordWrap():
        wanted = label.heightForWidth(label.width())
        return (
            f"{words[:40]!r} wants {wanted} lines' height and has {label.height()}"
            if wanted > label.height() + _SLACK
            else ""
        )
    widest = max(label.fontMetrics().horizontalAdvance(line) for line in words.split("\n"))
    return _missing(words, widest, room.width())


def _lack_of_choice(choice: QComboBox) -> str:
    option = QStyleOptionComboBox()
    choice.initStyleOption(option)
    style = choice.style()
    room = style.subControlRect(
        QStyle.ComplexControl.CC_ComboBox, option, QStyle.SubControl.SC_ComboBoxEditField, choice
    )
    words = choice.currentText()
    return _missing(words, choice.fontMetrics().horizontalAdvance(words), room.width())


def _lack_of_titles(header: QHeaderView) -> str:
    model: Any = header.model()
    if header.orientation() != Qt.Orientation.Horizontal or model is None:
        return ""
    for place in range(header.count()):
        title = str(model.headerData(place, Qt.Orientation.Horizontal) or "")
        wanted = header.fontMetrics().horizontalAdvance(title)
        if not header.isSectionHidden(place) and wanted > header.sectionSize(place):
            return _missing(title, wanted, header.sectionSize(place))
    return ""


def _lack_of_tabs(bar: QTabBar) -> str:
    shown = [place for place in range(bar.count()) if bar.isTabVisible(place)]
    hidden = [bar.tabText(place) for place in shown if not bar.rect().contains(bar.tabRect(place))]
    return f"tabs {hidden} are out of sight" if hidden else ""


def _sticks_out(widget: QWidget) -> bool:
    """Whether part of a piece with words stands outside of its parent; what scrolls may."""
    parent = widget.parentWidget()
    if parent is None or widget.isWindow() or not _words(widget) or _scrolls(parent):
        return False
    at = QRect(widget.mapTo(parent, QPoint(0, 0)), widget.size())
    return not parent.rect().adjusted(-_SLACK, -_SLACK, _SLACK, _SLACK).contains(at)


def _scrolls(parent: QWidget) -> bool:
    holder = parent.parentWidget()
    return isinstance(parent, QAbstractScrollArea) or isinstance(holder, QAbstractScrollArea)
