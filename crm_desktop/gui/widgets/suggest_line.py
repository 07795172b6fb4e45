"""A line that offers what is already in the files while somebody types, without taking the keyboard away."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from PySide6.QtCore import QEvent, QModelIndex, QObject, QPersistentModelIndex, QPoint, QSize, Qt, QTimer, Signal
from PySide6.QtGui import QColor, QFocusEvent, QKeyEvent, QPainter
from PySide6.QtWidgets import QListWidget, QListWidgetItem, QStyle, QStyledItemDelegate, QStyleOptionViewItem

from crm_desktop.gui import theme
from crm_desktop.gui.theme import ROW_HEIGHT, scaled
from crm_desktop.gui.widgets.fields import ENTER, LineField

_WAIT_MS = 120
_SHOWN = 8
_WHY = Qt.ItemDataRole.UserRole
_PLACE = Qt.ItemDataRole.UserRole + 1


@dataclass(frozen=True, slots=True)
class Suggestion:
    """One offer: its ``title``, ``why`` it fits (the words that matched), and the ``value`` that is handed back."""

    title: str
    why: str = ""
    value: object = None


Suggest = Callable[[str], Sequence[Suggestion]]


class SuggestLine(LineField):
    """Asks ``suggest`` 120 ms after the last letter; ``picked`` carries the value of the offer chosen.

    Down and up walk the offers, Enter takes the one marked, Esc closes the list. Nothing is asked while an
    input method composes. The list lies inside the window, so it can never take the focus.
    """

    picked = Signal(object)

    def __init__(self, suggest: Suggest, placeholder: str = "") -> None:
        super().__init__(placeholder)
        self._suggest = suggest
        self._offers: Sequence[Suggestion] = ()
        self._list: _OfferList | None = None
        self._wait = QTimer(self)
        self._wait.setSingleShot(True)
        self._wait.setInterval(_WAIT_MS)
        self._wait.timeout.connect(self._ask)
        self.textEdited.connect(self._on_text_edited)

    def offers(self) -> Sequence[Suggestion]:
        """What is offered at the moment; empty while the list is closed."""
        return self._offers

    def ask_now(self) -> None:
        """Do not wait for another letter."""
        self._wait.stop()
        self._ask()

    def close_offers(self) -> None:
        """Put the list away."""
        self._wait.stop()
        self._offers = ()
        if self._list is not None:
            self._list.hide()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if self._offers and not self.is_composing() and self._steer(event.key()):
            event.accept()
            return
        super().keyPressEvent(event)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        self.close_offers()
        super().focusOutEvent(event)

    def _steer(self, key: int) -> bool:
        assert self._list is not None  # noqa: S101 - there are offers only where there is a list
        if key in (Qt.Key.Key_Down, Qt.Key.Key_Up):
            self._list.step(1 if key == Qt.Key.Key_Down else -1)
        elif key == Qt.Key.Key_Escape:
            self.close_offers()
        elif key in ENTER and self._list.currentRow() >= 0:
            self._take(self._list.currentRow())
        else:
            return False
        return True

    def _on_text_edited(self) -> None:
        if not self.is_composing():
            self._wait.start()

    def _ask(self) -> None:
        text = self.text().strip()
        self._offers = tuple(self._suggest(text))[:_SHOWN] if text and self.hasFocus() else ()
        if not self._offers:
            self.close_offers()
            return
        if self._list is None:
            self._list = _OfferList(self)
            self._list.itemClicked.connect(self._on_clicked)
        self._list.offer(self._offers)

    def _on_clicked(self, item: QListWidgetItem) -> None:
        self._take(int(item.data(_PLACE)))

    def _take(self, place: int) -> None:
        value = self._offers[place].value
        self.close_offers()
        self.picked.emit(value)


class _OfferList(QListWidget):
    """The list below the line, a child of the window it stands in."""

    def __init__(self, line: SuggestLine) -> None:
        super().__init__(line.window())
        self._line = line
        self.setObjectName("offers")
        self.setAccessibleName(f"{line.accessibleName()} 建议")
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setItemDelegate(_OfferDelegate(self))
        self.setUniformItemSizes(True)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        line.window().installEventFilter(self)
        line.destroyed.connect(self.deleteLater)

    def offer(self, offers: Sequence[Suggestion]) -> None:
        """Show these and stand right below the line, above it where there is no room."""
        self.clear()
        for place, offer in enumerate(offers):
            item = QListWidgetItem(offer.title, self)
            item.setData(_WHY, offer.why)
            item.setData(_PLACE, place)
            item.setData(Qt.ItemDataRole.AccessibleTextRole, f"{offer.title} {offer.why}".strip())
        self.setCurrentRow(0)
        self._place()
        self.show()
        self.raise_()

    def step(self, by: int) -> None:
        """Mark the next or the one before, round the end."""
        self.setCurrentRow((self.currentRow() + by) % self.count())

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if self.isVisible() and event.type() == QEvent.Type.Resize:
            self._place()
        return super().eventFilter(watched, event)

    def _place(self) -> None:
        window = self._line.window()
        height = self.count() * scaled(ROW_HEIGHT) + 2 * self.frameWidth() + 8
        width = max(self._line.width(), scaled(360))
        corner = self._line.mapTo(window, QPoint(0, self._line.height() + 4))
        if corner.y() + height > window.height():
            corner.setY(self._line.mapTo(window, QPoint(0, 0)).y() - height - 4)
        corner.setX(max(4, min(corner.x(), window.width() - width - 4)))
        self.setGeometry(corner.x(), corner.y(), width, height)


class _OfferDelegate(QStyledItemDelegate):
    """Title in ordinary weight, why it fits in caption colour at the right."""

    def sizeHint(self, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex) -> QSize:
        return QSize(0, scaled(ROW_HEIGHT))

    def paint(
        self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> None:
        colours = theme.colours()
        painter.save()
        if option.state & QStyle.StateFlag.State_Selected:
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            painter.setBrush(QColor(colours.accent_ground))
            painter.setPen(Qt.PenStyle.NoPen)
            painter.drawRoundedRect(option.rect.adjusted(4, 1, -4, -1), 4, 4)
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
