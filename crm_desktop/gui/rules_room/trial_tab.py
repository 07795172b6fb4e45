"""规则试算: when a complaint received then would be due, by the very function of the case and the command line."""

from __future__ import annotations

from datetime import datetime
from operator import attrgetter

from PySide6.QtWidgets import QVBoxLayout, QWidget

from crm_desktop.clock import to_local
from crm_desktop.domain.complaints import Severity
from crm_desktop.domain.deadlines import Deadline, milestones
from crm_desktop.domain.errors import InvalidInput
from crm_desktop.domain.sheets import Column, Kind
from crm_desktop.gui.rules_room.rule_tab import SCREEN
from crm_desktop.gui.session import Session
from crm_desktop.gui.widgets.field_form import FieldForm
from crm_desktop.gui.widgets.fields import ChoiceField
from crm_desktop.gui.widgets.labels import PlainLabel
from crm_desktop.gui.widgets.row_table import RowTable
from crm_desktop.services.rules import Rules

_COLUMNS: tuple[Column[Deadline], ...] = (
    Column("步骤", attrgetter("milestone.label"), width=8),
    Column("时限", attrgetter("due"), Kind.TIME, width=17),
    Column("怎么算的", attrgetter("why"), width=60, wrap=True),
)


class TrialTab(QWidget):
    """Answers while it is typed; nothing is stored."""

    def __init__(self, rules: Rules, session: Session) -> None:
        super().__init__()
        self._rules, self._session = rules, session
        self._form = FieldForm(columns=4, clock=self._now)
        self._channel: ChoiceField = self._form.add_choice("channel", "接收渠道", rules.rulebook().channels, "接待")
        self._form.add_choice("severity", "级别", Severity, Severity.ORDINARY)
        self._form.add_moment("received_at", "受理时间")
        self._form.add_moment("patience_until", "客户最多等到")
        self._table: RowTable[Deadline] = RowTable("试算结果", _COLUMNS)
        body = QVBoxLayout(self)
        body.setContentsMargins(0, 12, 0, 0)
        body.addWidget(PlainLabel("填一个受理时间，看各步什么时候到期、为什么；和抱怨单用的是同一套规则。", "caption"))
        body.addWidget(self._form)
        body.addWidget(self._table, 1)
        self._form.changed.connect(self._on_changed)

    def refresh(self) -> None:
        """Now, to begin with, and the channels there are."""
        self._channel.set_options(self._rules.rulebook().channels, self._channel.value())
        self._form.set_values({"received_at": self._now()})
        self._on_changed()

    def _now(self) -> datetime:
        return self._session.act(SCREEN).at

    def _on_changed(self) -> None:
        try:
            values = self._form.values()
            self._form.clear_errors()
            received = to_local(values["received_at"] or self._now())
            patience = to_local(values["patience_until"]) if values["patience_until"] else None
            found = milestones(
                self._rules.rulebook(),
                self._rules.calendar(),
                str(values["channel"]),
                str(values["severity"]),
                received,
                patience=patience,
            )
        except InvalidInput as refusal:
            self._table.set_rows(())
            self._form.show_doubts(refusal.fields)
            return
        self._table.set_rows(found.running)
