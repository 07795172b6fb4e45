"""The band on top: one search box over everything, and the one main action."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtGui import QShortcut
from PySide6.QtWidgets import QFrame, QHBoxLayout

from crm_desktop.gui.search_box import KEY, Ask, SearchBox
from crm_desktop.gui.theme import scaled
from crm_desktop.gui.widgets.buttons import Button, Weight

ACTION_KEY = "Ctrl+N"


class TopBand(QFrame):
    """``found`` carries the hit chosen in the search box, or the ``Beginning`` of something new with the text typed;
    ``action_wanted`` is the press of the main action.
    """

    found = Signal(object)
    action_wanted = Signal()

    def __init__(self, hint: str, action: str, ask: Ask) -> None:
        super().__init__()
        self.setObjectName("top")
        self._search = SearchBox(ask, hint)
        self._action = Button(action, ACTION_KEY, Weight.MAIN, icon="plus")
        self._lay_out()
        self._connect()

    def _connect(self) -> None:
        QShortcut(KEY, self).activated.connect(self._search.enter)
        self._search.chosen.connect(self.found)
        self._action.clicked.connect(self._on_action)

    def _on_action(self) -> None:
        self.action_wanted.emit()

    def fit(self) -> None:
        """Take the size that belongs to the present font."""
        self.setFixedHeight(scaled(48))
        self._search.fit()

    def _lay_out(self) -> None:
        self.fit()
        layout = QHBoxLayout(self)
        layout.setContentsMargins(18, 0, 18, 0)
        layout.addWidget(self._search)
        layout.addStretch(1)
        layout.addWidget(self._action)
