"""A list and what is chosen in it, beside one another, with a grip between them."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QSplitter, QWidget

from crm_desktop.gui.widgets.page import GAP


def side_by_side(left: QWidget, right: QWidget, sizes: tuple[int, int], shares: tuple[int, int]) -> QSplitter:
    """``sizes``: widths to begin with, in pixels; ``shares``: how room that comes later is given out."""
    both = QSplitter(Qt.Orientation.Horizontal)
    both.setHandleWidth(GAP)
    both.setChildrenCollapsible(False)
    for place, (piece, share) in enumerate(zip((left, right), shares, strict=True)):
        both.addWidget(piece)
        both.setStretchFactor(place, share)
    both.setSizes(list(sizes))
    return both
