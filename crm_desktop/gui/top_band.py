"""The band on top: one search box over everything, and the one main action."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QShortcut
from PySide6.QtWidgets import QFrame, QHBoxLayout

from crm_desktop.gui.theme import scaled
from crm_desktop.gui.widgets.buttons import Button, Weight
from crm_desktop.gui.widgets.labels import PlainLabel
from crm_desktop.gui.widgets.suggest_line import Suggest, SuggestLine

SEARCH_KEY = "Ctrl+K"
ACTION_KEY = "Ctrl+N"


class TopBand(QFrame):
    """``found`` carries what was chosen in the search box, ``action_wanted`` the press of the main action."""

    found = Signal(object)
    action_wanted = Signal()

    def __init__(self, hint: str, action: str, suggest: Suggest) -> None:
        super().__init__()
        self.setObjectName("top")
        self._search = SuggestLine(suggest, hint)
        self._search.setAccessibleName("搜索")
        self._key = PlainLabel(SEARCH_KEY, "key")
        self._action = Button(action, ACTION_KEY, Weight.MAIN, icon="plus")
        self._lay_out()
        self._connect()

    def _connect(self) -> None:
        QShortcut(SEARCH_KEY, self).activated.connect(self._on_search_key)
        self._search.picked.connect(self._on_picked)
        self._action.clicked.connect(self._on_action)

    def _on_search_key(self) -> None:
        self._search.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self._search.selectAll()

    def _on_picked(self, value: object) -> None:
        self._search.clear()
        self.found.emit(value)

    def _on_action(self) -> None:
        self.action_wanted.emit()

    def _lay_out(self) -> None:
        self.setFixedHeight(scaled(48))
        self._search.setFixedWidth(scaled(420))
        inside = QHBoxLayout(self._search)
        inside.setContentsMargins(0, 0, 8, 0)
        inside.addStretch(1)
        inside.addWidget(self._key, 0, Qt.AlignmentFlag.AlignVCenter)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(18, 0, 18, 0)
        layout.addWidget(self._search)
        layout.addStretch(1)
        layout.addWidget(self._action)
