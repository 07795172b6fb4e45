"""One place in a form: an input with room below for a sentence about it, so that nothing jumps when it is said."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from crm_desktop.gui.theme import Tone, scaled
from crm_desktop.gui.widgets.fields import Field
from crm_desktop.gui.widgets.labels import ElidedLabel, PlainLabel

_NOTE_HEIGHT = 16
_TROUBLES = {Tone.LATE: "late", Tone.SOON: "soon"}


class FormCell(QWidget):
    """The input, its label, and what is said about it: an error, a doubt, a hint or nothing (``tone`` None)."""

    def __init__(self, label: str, field: Field) -> None:
        super().__init__()
        self.tone: Tone | None = None
        self.label = PlainLabel(label, "label")
        self.label.setBuddy(field)
        self.label.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        self._field = field
        field.setAccessibleName(label)
        self._note = ElidedLabel(role="note")
        self._note.setFixedHeight(scaled(_NOTE_HEIGHT))
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        self._line = QHBoxLayout()
        self._line.setSpacing(6)
        self._line.addWidget(field, 1)
        layout.addLayout(self._line)
        layout.addWidget(self._note)

    def put_beside(self, widget: QWidget) -> None:
        """Something small at the right of the input."""
        self._line.addWidget(widget, 0, Qt.AlignmentFlag.AlignTop)

    def offer(self, offered: bool) -> None:
        """Show or hide the input with its label."""
        self.label.setVisible(offered)
        self.setVisible(offered)

    def say(self, sentence: str, tone: Tone) -> None:
        """One sentence below the input in the colour of its tone; an empty one takes it back."""
        tone_now = tone if sentence else None
        self._note.setText(sentence)
        self._field.setAccessibleDescription(sentence)
        if tone_now is not self.tone:
            self.tone = tone_now
            self._note.setProperty("tone", tone.value if sentence else "")
            self._field.setProperty("trouble", _TROUBLES.get(tone, "") if sentence else "")
            for widget in (self._note, self._field):
                widget.style().unpolish(widget)
                widget.style().polish(widget)
