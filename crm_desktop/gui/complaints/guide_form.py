"""What is noted in a step of the 六步向导: inputs without labels beside them, for the column is narrow."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QCheckBox, QHBoxLayout, QVBoxLayout, QWidget

from crm_desktop.clock import Clock
from crm_desktop.domain.errors import InvalidInput
from crm_desktop.domain.guidance import CHANGES, CHANGING_STEP, RESTATING_STEP
from crm_desktop.gui.widgets.fields import LineField, MomentField, TextField

_AT = "时间"
_WORDS = {"restated": ("复述", "复述：用他的话说一遍"), "note": ("记录", "这一步做了什么、他怎么说")}


class GuideForm(QWidget):
    """三换 in the first step, the restatement in the third, a note in each; ``at`` is its time, laid out elsewhere.

    ``changed``, ``rested``: see ``Words`` of gui/keeping.py.
    """

    changed = Signal()
    rested = Signal()

    def __init__(self, clock: Clock) -> None:
        super().__init__()
        self._changes = {name: LineField(label) for name, label in CHANGES.items()}
        self._texts = {name: TextField(2, hint) for name, (_, hint) in _WORDS.items()}
        self.at = MomentField(_AT, clock)
        self._agreed = QCheckBox("复述以后他说对")
        self._written: dict[str, LineField | TextField] = {**self._changes, **self._texts, "at": self.at}
        self._clean = self.words()
        for field in self._written.values():
            field.changed.connect(self._on_changed)
        self._agreed.toggled.connect(self._on_changed)
        self._lay_out()

    def values(self) -> dict[str, Any]:
        """What was typed, by the names of ``Reading``, with ``note`` and ``at`` (UTC, None for now).

        :raises InvalidInput: the time cannot be read.
        """
        try:
            at = self.at.value()
        except ValueError as fault:
            raise InvalidInput({"at": str(fault)}) from None
        told: dict[str, Any] = {name: field.typed() for name, field in self._written.items()}
        return {**told, "agreed": self._agreed.isChecked(), "at": at}

    def set_values(self, values: Mapping[str, Any]) -> None:
        """Show these; they count as saved."""
        for name, field in self._written.items():
            field.set_value(values[name])
        self._agreed.setChecked(values["agreed"])
        self.mark_saved()

    @property
    def dirty(self) -> bool:
        """Whether something differs from what was last shown or saved."""
        return self.words() != self._clean

    def mark_saved(self) -> None:
        """What stands here now is saved."""
        self._clean = self.words()
        self.rested.emit()

    def offer(self, step: int) -> None:
        """The inputs of this step."""
        for field in self._changes.values():
            field.setVisible(step == CHANGING_STEP)
        self._texts["restated"].setVisible(step == RESTATING_STEP)
        self._agreed.setVisible(step == RESTATING_STEP)

    def lock(self, locked: bool) -> None:
        """Make everything readable only."""
        for field in self._written.values():
            field.setReadOnly(locked)
        self._agreed.setEnabled(not locked)

    def take_focus(self) -> None:
        """The keyboard on the note."""
        self._texts["note"].setFocus(Qt.FocusReason.ShortcutFocusReason)

    def words(self) -> dict[str, str]:
        """The raw texts, and whether he agreed."""
        told = {name: field.typed() for name, field in self._written.items()}
        return {**told, "agreed": str(self._agreed.isChecked())}

    def set_typed(self, texts: Mapping[str, str]) -> None:
        """Bring some of them back; they count as not saved."""
        for name in self._written.keys() & texts.keys():
            self._written[name].set_typed(texts[name])
        if "agreed" in texts:
            self._agreed.setChecked(texts["agreed"] == str(True))

    def _on_changed(self) -> None:
        self.changed.emit()

    def _lay_out(self) -> None:
        row = QHBoxLayout()
        row.setSpacing(6)
        for name, field in self._changes.items():
            field.setAccessibleName(CHANGES[name])
            field.setMinimumWidth(0)
            row.addWidget(field, 1)
        for name, text in self._texts.items():
            text.setAccessibleName(_WORDS[name][0])
        self._agreed.setAccessibleName(self._agreed.text())
        self.at.setAccessibleName(_AT)
        self.at.setPlaceholderText(f"{_AT}：不填是现在")
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(6)
        layout.addLayout(row)
        layout.addWidget(self._texts["restated"])
        layout.addWidget(self._agreed)
        layout.addWidget(self._texts["note"])
