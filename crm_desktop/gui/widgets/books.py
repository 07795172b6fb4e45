"""Tabs that only a click or a key turns: the wheel, passing over them, would take a form out of somebody's sight."""

from __future__ import annotations

from PySide6.QtGui import QWheelEvent
from PySide6.QtWidgets import QTabBar, QTabWidget


class TabRow(QTabBar):
    """A row of tabs."""

    def wheelEvent(self, event: QWheelEvent) -> None:
        event.ignore()


class Book(QTabWidget):
    """Pages behind a row of tabs."""

    def __init__(self) -> None:
        super().__init__()
        self.setTabBar(TabRow())
