"""Words on the window. Text that came from people is always plain: nothing in it may become markup."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QEvent, QSize, Qt, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent, QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QLabel, QWidget

from crm_desktop.gui.theme import colours

Span = tuple[int, int, str]
_BY_MOUSE_AND_KEYS = Qt.TextInteractionFlag.LinksAccessibleByMouse | Qt.TextInteractionFlag.LinksAccessibleByKeyboard
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


_LEAST = 2
"""Of a text cut short so many letters are shown, or none."""


class PlainLabel(QLabel):
    """A label that never reads markup; ``role`` names its look in the QSS (title, caption, heading, …)."""

    def __init__(self, text: str = "", role: str = "", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setText(text)
        if role:
            self.setProperty("role", role)


class LinkedLabel(QLabel):
    """A sentence some of whose words open something: by a click, or by Tab or an arrow to them and Enter.

    ``opened`` carries what the words open. The sentence is escaped letter by letter; only the house's own anchors are
    markup.
    """

    opened = Signal(str)

    def __init__(self, text: str = "", spans: Sequence[Span] = (), role: str = "") -> None:
        super().__init__()
        self._text, self._spans = text, spans
        self.setTextFormat(Qt.TextFormat.RichText)
        if role:
            self.setProperty("role", role)
        self.linkActivated.connect(self._on_link)
        self.say(text, spans)

    def say(self, text: str, spans: Sequence[Span] = ()) -> None:
        """Another sentence. ``spans``: begin and end of the words that open, first to last, and what they open."""
        self._text, self._spans = text, spans
        self.setAccessibleName(text)
        self.setTextInteractionFlags(_BY_MOUSE_AND_KEYS if spans else Qt.TextInteractionFlag.NoTextInteraction)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus if spans else Qt.FocusPolicy.NoFocus)
        self._write()

    @property
    def spans(self) -> Sequence[Span]:
        """Where its words open something, and what."""
        return self._spans

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Arrows go from number to number as Tab does."""
        step = {Qt.Key.Key_Right: True, Qt.Key.Key_Down: True, Qt.Key.Key_Left: False, Qt.Key.Key_Up: False}
        if event.key() in step:
            self.focusNextPrevChild(step[Qt.Key(event.key())])
        else:
            super().keyPressEvent(event)

    def focusInEvent(self, event: QFocusEvent) -> None:
        """Tab comes to the first number at once, not to the sentence around it."""
        super().focusInEvent(event)
        if event.reason() in (Qt.FocusReason.TabFocusReason, Qt.FocusReason.BacktabFocusReason):
            self.focusNextPrevChild(event.reason() is Qt.FocusReason.TabFocusReason)

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.PaletteChange and hasattr(self, "_spans"):
            self._write()

    def _on_link(self, place: str) -> None:
        self.opened.emit(self._spans[int(place)][2])

    def _write(self) -> None:
        ink, parts, end = colours().accent, list[str](), 0
        for place, (start, stop, _) in enumerate(self._spans):
            parts.append(self._text[end:start].translate(_ESCAPED))
            words = self._text[start:stop].translate(_ESCAPED)
            parts.append(f"<a href='{place}' style='color:{ink};text-decoration:none'>{words}</a>")
            end = stop
        self.setText("".join((*parts, self._text[end:].translate(_ESCAPED))).replace("\n", "<br>"))


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
        if len(shown) < _LEAST:
            return  # a lone … says nothing
        with QPainter(self) as painter:
            painter.setPen(self.palette().color(self.foregroundRole()))
            painter.drawText(room, self.alignment() | Qt.AlignmentFlag.AlignVCenter, shown)

    def _explain(self) -> None:
        self.setToolTip(plain_tooltip(self.text()) if self._too_long() else "")

    def _too_long(self) -> bool:
        return self.fontMetrics().horizontalAdvance(self.text()) > self.contentsRect().width()
