"""The room a window has: screens are asked of the application, never of a widget.

Shiboken (6.11) counts what a widget's method returns among the widget's children. When two windows have asked
``screen()`` and go to the collector together, it destroys the screen itself, and the next window that moves falls.
"""

from __future__ import annotations

from PySide6.QtCore import QPoint, QRect
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QWidget


def free_room(window: QWidget) -> QRect:
    """What task bars leave of the screen this window stands on; of the first screen while it stands on none."""
    screen = QGuiApplication.screenAt(_middle(window)) or QGuiApplication.primaryScreen()
    return screen.availableGeometry()


def can_be_seen(window: QWidget) -> bool:
    """Whether any screen shows a part of it: the second one may have been unplugged since."""
    here = window.frameGeometry()
    return any(screen.availableGeometry().intersects(here) for screen in QGuiApplication.screens())


def _middle(window: QWidget) -> QPoint:
    """Where a window that is not shown yet stands is where the one it belongs to does."""
    owner = window.parentWidget()
    placed = window if window.isVisible() or owner is None else owner.window()
    return placed.frameGeometry().center()
