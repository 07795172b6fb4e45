"""Pages of which one is seen: tabs that only a click or a key turns, and a room as high as the page that lies open.

The wheel, passing over tabs, would take a form out of somebody's sight. Qt asks for the height of the tallest page,
so that in a small window a short one would have to be scrolled to its buttons.
"""

from __future__ import annotations

from PySide6.QtCore import QSize
from PySide6.QtGui import QWheelEvent
from PySide6.QtWidgets import QStackedLayout, QTabBar, QTabWidget, QWidget


class TabRow(QTabBar):
    """A row of tabs."""

    def wheelEvent(self, event: QWheelEvent) -> None:
        event.ignore()


class Book(QTabWidget):
    """Pages behind a row of tabs."""

    def __init__(self) -> None:
        super().__init__()
        self.setTabBar(TabRow())
        self.currentChanged.connect(self.updateGeometry)

    def minimumSizeHint(self) -> QSize:
        """As wide as the widest page, as high as the open one."""
        asked, here = super().minimumSizeHint(), self.currentWidget()
        if here is None:
            return asked
        pages = [page for place in range(self.count()) if (page := self.widget(place)) is not None]
        tallest = max(_least(page).height() for page in pages)
        return QSize(asked.width(), asked.height() - tallest + _least(here).height())


class Leaves(QStackedLayout):
    """Pages of which one is seen; something in it turns them."""

    def minimumSize(self) -> QSize:
        """That of the open page."""
        page = self.currentWidget()
        return _least(page) if page is not None else QSize()


def _least(page: QWidget) -> QSize:
    return page.minimumSizeHint().expandedTo(page.minimumSize())
