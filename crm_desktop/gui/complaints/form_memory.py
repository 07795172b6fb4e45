"""What a form was filled with: only changes are saved, and a newer record can be laid under what was typed."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from crm_desktop.gui.widgets.field_form import FieldForm


@dataclass(frozen=True, slots=True)
class Clash:
    """One field that somebody else has changed and saved while it was being written here, too."""

    label: str
    stored: str
    typed: str


class FormMemory:
    """Keeps the texts of one form as they are stored."""

    def __init__(self, form: FieldForm) -> None:
        self._form = form
        self._stored = form.typed()

    def fill(self, values: Mapping[str, object]) -> None:
        """Show a record; what was typed before is gone."""
        self._form.set_values(values)
        self.settle()

    def settle(self) -> None:
        """What stands in the form now is stored."""
        self._form.mark_saved()
        self._stored = self._form.typed()

    def changed(self) -> tuple[str, ...]:
        """The fields that differ from what is stored."""
        return tuple(name for name, text in self._form.typed().items() if text != self._stored[name])

    def lay_under(self, values: Mapping[str, object]) -> list[Clash]:
        """A newer record takes the place of the stored one, what was typed stays. Returns where both differ."""
        typed, mine, before = self._form.typed(), self.changed(), self._stored
        self.fill(values)
        self._form.set_typed({name: typed[name] for name in mine})
        after = self._stored
        return [
            Clash(self._form.field(name).accessibleName(), after[name], typed[name])
            for name in mine
            if before[name] != after[name] != typed[name]
        ]
