"""Words on the window. Text that came from people is always plain: nothing in it may become markup."""

from __future__ import annotations

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QLabel, QWidget

_ESCAPED = str.maketrans({"&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;", "'": "&#39;"})


def plain_tooltip(text: str) -> str:
    """Text of people as a tooltip that shows it letter by letter and breaks long lines."""
    return f"<p style='white-space:pre-wrap'>{text.translate(_ESCAPED)}</p>" if text else ""


def show_if(widget: QWidget, wanted: bool) -> None:
    """Show or hide a piece; one that stands nowhere yet must not become a window of its own."""
    if wanted and widget.parentWidget() is None:
        # As if never hidden: whoever takes it in shows it.
        widget.setAttribute(Qt.WidgetAttribute.WA_WState_ExplicitShowHide, False)
    else:
        widget.setVisible(wanted)


class PlainLabel(QLabel):
    """A label that never reads markup; ``role`` names its look in the QSS (title, caption, heading, …)."""

    def __init__(self, text: str = "", role: str = "", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setText(text)
        if role:
            self.setProperty("role", role)


class ElidedLabel(PlainLabel):
    """One line that may be longer than its room: it is cut with a … and shows the whole as a tooltip."""

    def __init__(self, text: str = "", role: str = "", cut: Qt.TextElideMode = Qt.TextElideMode.ElideRight) -> None:
        """``cut`` says where: in the middle for what carries its meaning at both ends."""
        self._cut = cut
        super().__init__(text, role)

    def minimumSizeHint(self) -> QSize:
        return QSize(0, super().minimumSizeHint().height())

    def setText(self, text: str) -> None:
        super().setText(text)
        self._explain()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._explain()

    def paintEvent(self, event: QPaintEvent) -> None:
        if not self._too_long():
            super().paintEvent(event)
            return
        room = self.contentsRect()
        shown = self.fontMetrics().elidedText(self.text(), self._cut, room.width())
        with QPainter(self) as painter:
            painter.setPen(self.palette().color(self.foregroundRole()))
            painter.drawText(room, self.alignment() | Qt.AlignmentFlag.AlignVCenter, shown)

    def _explain(self) -> None:
        self.setToolTip(plain_tooltip(self.text()) if self._too_long() else "")

    def _too_long(self) -> bool:
        return self.fontMetrics().horizontalAdvance(self.text()) > self.contentsRect().width()
