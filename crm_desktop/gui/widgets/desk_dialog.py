"""A window in front of the main one that always fits its screen, with its buttons in sight."""

from __future__ import annotations

from typing import cast

from PySide6.QtCore import QSize, QTimer
from PySide6.QtGui import QResizeEvent, QShowEvent
from PySide6.QtWidgets import QApplication, QBoxLayout, QDialog, QHBoxLayout, QLayout, QVBoxLayout, QWidget

from crm_desktop.gui.screens import free_room
from crm_desktop.gui.theme import scaled
from crm_desktop.gui.widgets.scroll_page import ScrollPage, bring_into_view

_FRAME = QSize(16, 40)
"""What the frame and the title bar of a system add to a window, at most."""


class DeskDialog(QDialog):
    """As large as it asks to be, but never larger than the screen leaves free.

    On a small screen at 200 %, or with large type, what has no room even so scrolls above its last row, the buttons.
    Only there: what scrolls does not ask for the height of sentences that break into lines.
    """

    _scrolls = False

    def showEvent(self, event: QShowEvent) -> None:
        """Before anybody sees it."""
        self._fit()
        super().showEvent(event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """What is unfolded in it may make it grow beyond the screen."""
        super().resizeEvent(event)
        if self.isVisible() and event.size().height() > event.oldSize().height() and not self._scrolls:
            QTimer.singleShot(0, self._fit)

    def _on_focus(self, _before: QWidget | None, now: QWidget | None) -> None:
        if now is not None and self.isAncestorOf(now):
            bring_into_view(now)

    def _fit(self) -> None:
        room = free_room(self).size() - _FRAME
        layout = cast("QBoxLayout | None", self.layout())
        if layout is not None and not self._scrolls and _least_height(self, layout) > room.height():
            self._scrolls = True
            held = self.focusWidget()
            _let_scroll(self, layout)
            cast("QApplication", QApplication.instance()).focusChanged.connect(self._on_focus)
            if held is not None:
                held.setFocus()
        if self.size() != (fitting := self.size().boundedTo(room)):
            self.setMinimumSize(self.minimumSize().boundedTo(room))
            self.resize(fitting)


def _least_height(dialog: QDialog, layout: QLayout) -> int:
    width = max(dialog.width(), dialog.minimumWidth())
    broken = layout.totalMinimumHeightForWidth(width) if layout.hasHeightForWidth() else 0
    return max(broken, dialog.minimumSizeHint().height())


def _let_scroll(dialog: QDialog, layout: QBoxLayout) -> None:
    """All but the last row into a page that scrolls."""
    margins = layout.contentsMargins()
    last = layout.takeAt(layout.count() - 1)
    page = QWidget(dialog)
    page.setProperty("role", "page")  # on the ground of the window
    page.setLayout(layout)  # with all that lies in it
    layout.setContentsMargins(margins.left(), margins.top(), margins.right(), scaled(8))
    foot = QHBoxLayout()
    foot.setContentsMargins(margins.left(), scaled(8), margins.right(), margins.bottom())
    if last is not None and (row := last.layout()) is not None:
        foot.addLayout(row)
    elif last is not None and (widget := last.widget()) is not None:
        foot.addWidget(widget)
    around = QVBoxLayout(dialog)
    around.setContentsMargins(0, 0, 0, 0)
    around.setSpacing(0)
    scroll = ScrollPage(page, dialog)
    around.addWidget(scroll, 1)
    around.addLayout(foot)
    scroll.show()
