"""A line of rules in a small window: written anew with the reason, refused where it makes no sense."""

from __future__ import annotations

from collections.abc import Mapping

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from crm_desktop.gui.keeping import keep_dialog
from crm_desktop.gui.rules_room.rule_lines import RuleField, RuleLine
from crm_desktop.gui.session import Session
from crm_desktop.gui.theme import scaled
from crm_desktop.gui.widgets.ask_dialog import AskDialog
from crm_desktop.gui.widgets.buttons import Button, Weight
from crm_desktop.gui.widgets.field_form import FieldForm

REASON = "reason"
_USUAL = "写好以后从现在起生效，原来的内容留在改动记录里。"
_ONE_VALUE = 2  # it and the reason


class RuleDialog(AskDialog):
    """``told`` carries the values by name, ``reason`` among them; without ``fields`` it asks for the reason only."""

    told = Signal(object)

    def __init__(self, fields: tuple[RuleField, ...], line: RuleLine, title: str, verb: str, window: QWidget) -> None:
        named = [line.values[field.name] for field in fields if field.fixed] or list(line.values.values())
        super().__init__(title, " · ".join(filter(None, named)) or _USUAL, window)
        self._form = FieldForm(columns=1)
        for field in fields:
            self._add(field)
        self._form.add_line(REASON, "修改原因")
        self._form.set_values(line.begun)
        self._form.show_hints({field.name: field.hint for field in fields if field.hint and not field.fixed})
        button = Button(verb, weight=Weight.MAIN)
        button.clicked.connect(self._on_told)
        self.body.addWidget(self._form)
        self.add_buttons(button)
        self.setMinimumWidth(scaled(560))
        self._form.go_to(next(iter(self._form.typed())))

    def keep(self, session: Session, record: str) -> None:
        """What is typed is kept under this line of the rules until it is done."""
        keep_dialog(self, session, self.windowTitle(), self._form, record)

    def refuse(self, sentence: str, fields: Mapping[str, str]) -> None:
        """Say what is wrong, at the reason where it belongs to no other field."""
        known = {name: text for name, text in fields.items() if name in self._form.typed()}
        # Where there is one value, it is the value that is refused.
        usual = next(iter(self._form.typed())) if len(self._form.typed()) == _ONE_VALUE else REASON
        self._form.show_errors(known or {usual: sentence})

    def _add(self, field: RuleField) -> None:
        if field.fixed:
            return
        if field.options:
            self._form.add_choice(field.name, field.label, field.options)
        elif field.long:
            self._form.add_text(field.name, field.label, rows=6)
        else:
            self._form.add_line(field.name, field.label)

    def _on_told(self) -> None:
        self.told.emit({name: str(value or "") for name, value in self._form.values().items()})
