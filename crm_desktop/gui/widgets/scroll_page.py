"""Lets a page that is taller than the window scroll, and keeps the field with the keyboard in sight."""

from __future__ import annotations

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QFrame, QScrollArea, QWidget

_ROOM = 24


class ScrollPage(QScrollArea):
    """Scrolls down; where the page fits it is not to be seen.

    ``sideways``: on a screen narrower than we lay pages out for (a small one at 200 %) it shows the rest that way.
    """

    def __init__(self, content: QWidget, parent: QWidget | None = None, *, sideways: bool = False) -> None:
        super().__init__(parent)
        self._content = content
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setWidgetResizable(True)
        if not sideways:
            self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setWidget(content)

    def showEvent(self, event: QShowEvent) -> None:
        """What became narrower out of sight is laid out anew: Qt keeps the widths it had, and the right side is cut."""
        super().showEvent(event)
        content = self.widget()
        if content is not None and (layout := content.layout()) is not None:
            layout.invalidate()

    def sizeHint(self) -> QSize:
        return self._content.sizeHint()

    def minimumSizeHint(self) -> QSize:
        return QSize(self._content.minimumSizeHint().width(), 0)


def bring_into_view(widget: QWidget) -> None:
    """Scroll whatever scrolls around a widget so that it can be seen."""
    around = widget.parentWidget()
    while around is not None:
        if isinstance(around, ScrollPage):
            around.ensureWidgetVisible(widget, _ROOM, _ROOM)
        around = around.parentWidget()
