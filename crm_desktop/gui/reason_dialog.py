"""Why something is done: one line that is asked for before it goes."""

from __future__ import annotations

from collections.abc import Mapping

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from crm_desktop.gui.keeping import keep_dialog
from crm_desktop.gui.session import Session
from crm_desktop.gui.theme import scaled
from crm_desktop.gui.widgets.ask_dialog import AskDialog
from crm_desktop.gui.widgets.buttons import Button, Weight
from crm_desktop.gui.widgets.field_form import FieldForm


class ReasonDialog(AskDialog):
    """``told`` carries the reason; whoever asked closes the dialog once it is accepted."""

    told = Signal(str)

    def __init__(self, verb: str, sentence: str, window: QWidget, what: str) -> None:
        super().__init__(f"{verb}{what}", sentence, window)
        self._what = f"{verb}{what}"
        self._form = FieldForm(columns=1)
        self._form.add_line("reason", f"{verb}原因")
        button = Button(verb, weight=Weight.MAIN)
        button.clicked.connect(self._on_told)
        self.body.addWidget(self._form)
        self.add_buttons(button)
        self.setMinimumWidth(scaled(460))
        self._form.go_to("reason")

    def show_errors(self, fields: Mapping[str, str]) -> None:
        """Say at the field what is wrong."""
        self._form.show_errors(fields)

    def keep(self, session: Session, record: str) -> None:
        """What is typed is kept under this record until it is done."""
        keep_dialog(self, session, self._what, self._form, record)

    def _on_told(self) -> None:
        self.told.emit(str(self._form.values()["reason"]))
