"""The list a ``SuggestLine`` opens: inside the window, so that it can never take the focus."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QEvent, QModelIndex, QObject, QPersistentModelIndex, QPoint, QSize, Qt, Signal
from PySide6.QtGui import QColor, QPainter
from PySide6.QtWidgets import QListWidget, QListWidgetItem, QStyle, QStyledItemDelegate, QStyleOptionViewItem, QWidget

from crm_desktop.gui import theme
from crm_desktop.gui.theme import ROW_HEIGHT, scaled

_WHY = Qt.ItemDataRole.UserRole


class OfferList(QListWidget):
    """The list below the line, a child of the window it stands in. ``taken`` carries the place of the offer clicked."""

    taken = Signal(int)

    def __init__(self, line: QWidget) -> None:
        super().__init__(line.window())
        self._line = line
        self.setObjectName("offers")
        self.setAccessibleName(f"{line.accessibleName()} 建议")
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setItemDelegate(OfferDelegate(self))
        self.setUniformItemSizes(True)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        line.window().installEventFilter(self)
        line.destroyed.connect(self.deleteLater)
        self.itemClicked.connect(self._on_clicked)

    def offer(self, offers: Sequence[tuple[str, str]], mark_first: bool) -> None:
        """Show these (title, why) and stand right below the line, above it where there is no room."""
        self.clear()
        for title, why in offers:
            item = QListWidgetItem(title, self)
            item.setData(_WHY, why)
            item.setData(Qt.ItemDataRole.AccessibleTextRole, f"{title} {why}".strip())
        self.setCurrentRow(0 if mark_first else -1)
        self._place()
        self.show()
        self.raise_()

    def step(self, by: int) -> None:
        """Mark the next or the one before, round the end."""
        start = self.currentRow() if self.currentRow() >= 0 or by > 0 else 0
        self.setCurrentRow((start + by) % self.count())

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if self.isVisible() and event.type() == QEvent.Type.Resize:
            self._place()
        return super().eventFilter(watched, event)

    def _on_clicked(self) -> None:
        self.taken.emit(self.currentRow())

    def _place(self) -> None:
        window = self._line.window()
        height = self.count() * scaled(ROW_HEIGHT) + 2 * self.frameWidth()
        width = max(self._line.width(), scaled(360))
        corner = self._line.mapTo(window, QPoint(0, self._line.height() + 4))
        if corner.y() + height > window.height():
            corner.setY(self._line.mapTo(window, QPoint(0, 0)).y() - height - 4)
        corner.setX(max(4, min(corner.x(), window.width() - width - 4)))
        self.setGeometry(corner.x(), corner.y(), width, height)


def paint_chosen(painter: QPainter, option: QStyleOptionViewItem) -> None:
    """The ground of the row that Enter would take; nothing below the others."""
    if option.state & QStyle.StateFlag.State_Selected:
        colours = theme.colours()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setBrush(QColor(colours.accent_ground))
        painter.setPen(QColor(colours.accent))
        painter.drawRoundedRect(option.rect.adjusted(4, 1, -4, -1), 4, 4)


class OfferDelegate(QStyledItemDelegate):
    """Title in ordinary weight, why it fits in caption colour at the right."""

    def sizeHint(self, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex) -> QSize:
        return QSize(0, scaled(ROW_HEIGHT))

    def paint(
        self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> None:
        colours = theme.colours()
        painter.save()
        paint_chosen(painter, option)
        room = option.rect.adjusted(12, 0, -12, 0)
        why = str(index.data(_WHY) or "")
        metrics = painter.fontMetrics()
        why = metrics.elidedText(why, Qt.TextElideMode.ElideRight, room.width() // 2)
        painter.setPen(QColor(colours.caption))
        painter.drawText(room, Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter, why)
        room.setWidth(room.width() - metrics.horizontalAdvance(why) - 12)
        painter.setPen(QColor(colours.text))
        title = metrics.elidedText(str(index.data()), Qt.TextElideMode.ElideRight, room.width())
        painter.drawText(room, Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter, title)
        painter.restore()
