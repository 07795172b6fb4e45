"""The list below the search box: groups with headings, the met part of every hit marked, its reason at the right."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QEvent, QModelIndex, QObject, QPersistentModelIndex, QPoint, QRect, QSize, Qt, Signal
from PySide6.QtGui import QColor, QFontMetrics, QPainter
from PySide6.QtWidgets import QListWidget, QListWidgetItem, QStyledItemDelegate, QStyleOptionViewItem, QWidget

from crm_desktop.domain.search import Hit
from crm_desktop.gui import theme
from crm_desktop.gui.search_rows import Beginning, SearchRow, Spans
from crm_desktop.gui.theme import scaled
from crm_desktop.gui.widgets.offer_list import paint_chosen

_ROW = Qt.ItemDataRole.UserRole
_WIDTH, _HEIGHT, _HEAD_HEIGHT = 780, 30, 24
_GAP, _EDGE = 12, 8


class SearchList(QListWidget):
    """A child of the window the box stands in; never has the focus. ``taken``: a row was clicked."""

    taken = Signal()

    def __init__(self, box: QWidget) -> None:
        super().__init__(box.window())
        self._box = box
        self._rows: tuple[SearchRow, ...] = ()
        self.setObjectName("offers")
        self.setAccessibleName("搜索结果")
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setItemDelegate(_RowDelegate(self))
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setVerticalScrollMode(QListWidget.ScrollMode.ScrollPerPixel)
        box.window().installEventFilter(self)
        box.destroyed.connect(self.deleteLater)
        self.itemClicked.connect(self._on_clicked)

    def offer(self, rows: Sequence[SearchRow]) -> None:
        """Show these rows right below the box, the first hit marked; where nothing was found, nothing is marked."""
        self._rows = tuple(rows)
        self.clear()
        for row in self._rows:
            item = QListWidgetItem(row.lead, self)
            item.setData(_ROW, row)
            item.setData(Qt.ItemDataRole.AccessibleTextRole, row.spoken)
            if row.value is None:
                item.setFlags(Qt.ItemFlag.NoItemFlags)
        hits = [place for place, row in enumerate(self._rows) if isinstance(row.value, Hit)]
        self.setCurrentRow(hits[0] if hits else -1)
        self._place()
        self.show()
        self.raise_()

    def step(self, by: int) -> None:
        """Mark the next row that can be chosen, or the one before, round the end."""
        places = [place for place, row in enumerate(self._rows) if row.value is not None]
        here = self.currentRow()
        at = places.index(here) + by if here in places else (0 if by > 0 else -1)
        self.setCurrentRow(places[at % len(places)])

    def value(self) -> Hit | Beginning | None:
        """What the marked row stands for."""
        return self._rows[self.currentRow()].value if self.currentRow() >= 0 else None

    def told(self) -> str:
        """How much was found and what is marked, for a screen reader."""
        hits = sum(isinstance(row.value, Hit) for row in self._rows)
        count = f"{hits} 条结果" if hits else self._rows[0].spoken
        marked = self._rows[self.currentRow()].spoken if self.currentRow() >= 0 else ""
        return "。".join(part for part in (count, marked) if part)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if self.isVisible() and event.type() == QEvent.Type.Resize:
            self._place()
        return super().eventFilter(watched, event)

    def _on_clicked(self, item: QListWidgetItem) -> None:
        if item.data(_ROW).value is not None:
            self.taken.emit()

    def _place(self) -> None:
        window = self._box.window()
        corner = self._box.mapTo(window, QPoint(0, self._box.height() + 4))
        heights = sum(self.sizeHintForRow(place) for place in range(self.count()))
        chrome = 2 * self.frameWidth() + _EDGE
        width = min(scaled(_WIDTH), window.width() - corner.x() - _EDGE)
        self.setGeometry(corner.x(), corner.y(), width, min(heights + chrome, window.height() - corner.y() - _EDGE))


class _RowDelegate(QStyledItemDelegate):
    """Lead and text in the colour of text with the met part marked, detail and reason in caption colour."""

    def sizeHint(self, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex) -> QSize:
        row: SearchRow = index.data(_ROW)
        return QSize(0, scaled(_HEIGHT if row.value is not None else _HEAD_HEIGHT))

    def paint(
        self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> None:
        row: SearchRow = index.data(_ROW)
        colours = theme.colours()
        painter.save()
        paint_chosen(painter, option)
        room = option.rect.adjusted(_GAP, 0, -_GAP, 0)
        why = painter.fontMetrics().elidedText(row.why, Qt.TextElideMode.ElideRight, room.width() // 3)
        painter.setPen(QColor(colours.caption))
        painter.drawText(room, Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter, why)
        room.setRight(room.right() - painter.fontMetrics().horizontalAdvance(why) - _GAP)
        if row.value is None:
            painter.drawText(room, Qt.AlignmentFlag.AlignVCenter, row.lead)
        else:
            self._say(painter, room, row)
        painter.restore()

    def _say(self, painter: QPainter, room: QRect, row: SearchRow) -> None:
        colours = theme.colours()
        ink = colours.accent if isinstance(row.value, Beginning) else colours.text
        self._write(painter, room, row.lead, row.lead_spans, ink, colours.accent)
        self._write(painter, room, row.text, row.text_spans, colours.text, colours.accent)
        self._write(painter, room, row.detail, (), colours.caption, colours.caption)

    def _write(self, painter: QPainter, room: QRect, text: str, spans: Spans, ink: str, marked: str) -> None:
        """As much of a text as there is room for, and the room moves behind it."""
        plain, strong = painter.font(), painter.font()
        strong.setBold(True)
        for piece, is_met in _pieces(text, spans):
            painter.setFont(strong if is_met else plain)
            metrics: QFontMetrics = painter.fontMetrics()
            shown = metrics.elidedText(piece, Qt.TextElideMode.ElideRight, max(0, room.width()))
            painter.setPen(QColor(marked if is_met else ink))
            painter.drawText(room, Qt.AlignmentFlag.AlignVCenter, shown)
            room.setLeft(room.left() + metrics.horizontalAdvance(shown))
        painter.setFont(plain)
        if text:
            room.setLeft(room.left() + _GAP)


def _pieces(text: str, spans: Spans) -> list[tuple[str, bool]]:
    """The text cut at its marks."""
    pieces, at = [], 0
    for start, length in spans:
        pieces += [(text[at:start], False), (text[start : start + length], True)]
        at = start + length
    return [(piece, is_met) for piece, is_met in [*pieces, (text[at:], False)] if piece]
