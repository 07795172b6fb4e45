"""How a cell of a table is drawn: one elided line, a quiet ground line, marks as coloured chips."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QModelIndex, QPersistentModelIndex, QRect, Qt
from PySide6.QtGui import QColor, QHelpEvent, QPainter, QPen
from PySide6.QtWidgets import (
    QAbstractItemView,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QTableView,
    QToolTip,
)

from crm_desktop.gui import theme
from crm_desktop.gui.theme import Colours, scaled
from crm_desktop.gui.widgets.labels import plain_tooltip
from crm_desktop.gui.widgets.row_model import MARK_ROLE, Mark

PADDING = 10
_BAR_WIDTH = 28
_CENTRE = Qt.AlignmentFlag.AlignVCenter | Qt.TextFlag.TextSingleLine
_LEFT = Qt.AlignmentFlag.AlignLeft | _CENTRE
_RIGHT = Qt.AlignmentFlag.AlignRight | _CENTRE


class CellDelegate(QStyledItemDelegate):
    """Draws the cells of one table. Which columns stand at the right is told once, colours follow the palette."""

    def __init__(self, table: QTableView, right_columns: frozenset[int], marked_columns: frozenset[int]) -> None:
        super().__init__(table)
        self.hovered = -1
        self._table = table
        self._right = right_columns
        self.marked = marked_columns
        self.refresh()

    def refresh(self) -> None:
        """Read colours and sizes again: the palette or the font has changed."""
        colours = theme.colours()
        self._colours: Colours = colours
        self._text_pen = QPen(QColor(colours.text))
        self._line_pen = QPen(QColor(colours.line))
        self._selected = QColor(colours.accent_ground)
        self._hover = QColor(colours.hover)
        self._accent = QColor(colours.accent)
        self._padding = scaled(PADDING)

    def margins(self, column: int) -> int:
        """How much wider than its words a cell of this column must be."""
        chip = 2 * (self._padding - 3) if column in self.marked else 0
        return 2 * self._padding + chip + 1

    def paint(
        self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> None:
        rect: QRect = option.rect
        self._paint_ground(painter, rect, index)
        text = index.data()
        if not text:
            return
        text = text.replace("\n", " ")
        room = rect.adjusted(self._padding, 0, -self._padding, 0)
        column = index.column()
        mark = index.data(MARK_ROLE) if column in self.marked else None
        if mark is not None:
            self._paint_mark(painter, room, text, mark)
            return
        painter.setPen(self._text_pen)
        metrics = painter.fontMetrics()
        shown = metrics.elidedText(text, Qt.TextElideMode.ElideRight, room.width())
        painter.drawText(room, int(_RIGHT if column in self._right else _LEFT), shown)

    def helpEvent(
        self,
        event: QHelpEvent,
        view: QAbstractItemView,
        option: QStyleOptionViewItem,
        index: QModelIndex | QPersistentModelIndex,
    ) -> bool:
        """The whole text as a tooltip, only where it did not fit."""
        if event.type() != QEvent.Type.ToolTip or not index.isValid():
            return False
        text = str(index.data() or "")
        room = view.visualRect(index).width() - self.margins(index.column())
        long = "\n" in text or view.fontMetrics().horizontalAdvance(text) > room
        QToolTip.showText(event.globalPos(), plain_tooltip(text) if long else "", view)
        return True

    def _paint_ground(self, painter: QPainter, rect: QRect, index: QModelIndex | QPersistentModelIndex) -> None:
        if self._table.selectionModel().isSelected(index):
            painter.fillRect(rect, self._selected)
        elif index.row() == self.hovered:
            painter.fillRect(rect, self._hover)
        painter.setPen(self._line_pen)
        painter.drawLine(rect.bottomLeft(), rect.bottomRight())
        if (
            index.row() == self._table.currentIndex().row()
            and self._table.hasFocus()
            and index.column() == self._first()
        ):
            painter.fillRect(QRect(rect.left(), rect.top(), 3, rect.height()), self._accent)

    def _first(self) -> int:
        return self._table.horizontalHeader().logicalIndex(0)

    def _paint_mark(self, painter: QPainter, room: QRect, text: str, mark: Mark) -> None:
        ink, ground = self._colours.pair(mark.tone)
        pad = self._padding - 3
        bar = self._padding + _BAR_WIDTH if mark.share is not None else 0
        metrics = painter.fontMetrics()
        shown = metrics.elidedText(text, Qt.TextElideMode.ElideRight, room.width() - 2 * pad - bar)
        chip = QRect(room.left() - 2, 0, metrics.horizontalAdvance(shown) + 2 * pad, metrics.height() + 3)
        chip.moveCenter(QRect(chip.left(), room.top(), chip.width(), room.height()).center())
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QColor(ground))
        painter.drawRoundedRect(chip, 4, 4)
        if mark.share is not None:
            self._paint_bar(painter, chip, ink, mark.share)
        painter.setPen(QColor(ink))
        painter.drawText(chip, int(Qt.AlignmentFlag.AlignHCenter | _CENTRE), shown)
        painter.restore()

    def _paint_bar(self, painter: QPainter, chip: QRect, ink: str, share: float) -> None:
        track = QRect(chip.right() + 9, chip.center().y() - 1, _BAR_WIDTH, 4)
        painter.setBrush(QColor(self._colours.grey_ground))
        painter.drawRoundedRect(track, 2, 2)
        painter.setBrush(QColor(ink))
        track.setWidth(max(4, round(_BAR_WIDTH * min(1.0, max(0.0, share)))))
        painter.drawRoundedRect(track, 2, 2)
