"""Below 类别: the category the customer's words speak for, taken by one key; who chose one is not told another."""

from __future__ import annotations

from PySide6.QtCore import QObject, QTimer
from PySide6.QtGui import QShortcut

from crm_desktop.gui.complaints.class_words import KEY, with_confidence
from crm_desktop.gui.widgets.field_form import FieldForm
from crm_desktop.services.proposals import Proposals

_PAUSE_MS = 400
_LEAST = 4
"""Fewer characters than that say nothing yet."""


class CategoryHint(QObject):
    """Belongs to a form with ``words`` and ``category``; looks when nobody has typed for a moment."""

    def __init__(self, form: FieldForm, proposals: Proposals) -> None:
        super().__init__(form)
        self._form, self._proposals = form, proposals
        self._proposed = ""
        self._pause = QTimer(self)
        self._pause.setSingleShot(True)
        self._pause.setInterval(_PAUSE_MS)
        self._pause.timeout.connect(self._on_pause)
        form.changed.connect(self._on_changed)
        self._key = QShortcut(KEY, form)
        self._key.activated.connect(self._on_key)

    def _on_changed(self, name: str) -> None:
        if name in ("words", "category"):
            self._pause.start()

    def _on_pause(self) -> None:
        words = str(self._form.field("words").typed()).strip()
        wanted = self._form.isVisible() and not self._form.field("category").value() and len(words) >= _LEAST
        guesses = self._proposals.categories(words) if wanted else []
        self._proposed = guesses[0].word if guesses else ""
        told = f"{KEY} 归入：{with_confidence(self._proposed, guesses[0].confidence)}" if guesses else ""
        self._form.show_hints({"category": told})

    def _on_key(self) -> None:
        self._pause.stop()
        self._on_pause()
        if self._proposed and self._form.field("category").isEnabled():
            self._form.field("category").set_value(self._proposed)
            self._proposed = ""
            self._form.show_hints({"category": ""})
