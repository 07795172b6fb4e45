"""归档: closing, reopening, 作废, and the course of events so far."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from operator import attrgetter

from crm_desktop.clock import to_local
from crm_desktop.domain.acts import Act
from crm_desktop.domain.complaints import EVENT_LABELS, ComplaintCase, Event, EventRow, State
from crm_desktop.domain.procedure import ALLOWED_FROM
from crm_desktop.domain.sheets import Column, Kind
from crm_desktop.gui.complaints.case_tab import CaseTab
from crm_desktop.gui.complaints.turns import Turn, gaps_of
from crm_desktop.gui.messages import Messages
from crm_desktop.gui.session import Session
from crm_desktop.gui.widgets.buttons import Button, Weight
from crm_desktop.gui.widgets.field_form import FieldForm
from crm_desktop.gui.widgets.labels import PlainLabel
from crm_desktop.gui.widgets.row_table import RowTable
from crm_desktop.services.complaints import Complaints, Saved

_Move = Callable[[str, int, Act, str], Saved]


def _at(row: EventRow) -> datetime:
    return to_local(row.at)


def _entered(row: EventRow) -> datetime:
    return to_local(row.entered_at)


def _event(row: EventRow) -> str:
    return EVENT_LABELS.get(row.kind, row.kind)


_COLUMNS: tuple[Column[EventRow], ...] = (
    Column("时间", _at, Kind.TIME, width=17),
    Column("经过", _event, width=9),
    Column("谁", attrgetter("who"), width=10),
    Column("说明", attrgetter("note"), width=24, wrap=True),
    Column("录入时间", _entered, Kind.TIME, width=17),
)


class FilingTab(CaseTab):
    """One line for the reason, three buttons, and what happened in order."""

    def __init__(self, complaints: Complaints, session: Session, messages: Messages) -> None:
        super().__init__(Turn.FILING, session, messages)
        self._form = FieldForm(columns=1)
        self._form.add_line("reason", "原因", "重开或作废必须写；关闭时可以写一句说明")
        self._close = Button("关闭", weight=Weight.MAIN)
        self._reopen = Button("重开", icon="arrow-back-up")
        self._void = Button("作废", icon="x")
        self._moves: dict[Event, tuple[Button, _Move]] = {
            Event.CLOSED: (self._close, complaints.close),
            Event.REOPENED: (self._reopen, complaints.reopen),
            Event.VOIDED: (self._void, complaints.void),
        }
        self._table: RowTable[EventRow] = RowTable("经过", _COLUMNS)

        self.add_buttons(self._close, self._reopen, self._void)
        self.body.addWidget(self._form)
        self.body.addWidget(PlainLabel("经过", "heading"))
        self.body.addWidget(self._table, 1)

        self._close.clicked.connect(self._on_close)
        self._reopen.clicked.connect(self._on_reopen)
        self._void.clicked.connect(self._on_void)

    def show_case(self, case: ComplaintCase) -> None:
        if self._case is None or self._case.number != case.number:
            self._form.set_values({"reason": ""})
        super().show_case(case)
        self._table.set_rows(case.events)
        for event, (button, _) in self._moves.items():
            button.setEnabled(State(case.state) in ALLOWED_FROM[event])
        self._form.lock(case.state == State.VOID)

    def go_to(self, field: str = "") -> None:
        self._form.go_to("reason")

    def _on_close(self) -> None:
        self._move(Event.CLOSED)

    def _on_reopen(self) -> None:
        self._move(Event.REOPENED)

    def _on_void(self) -> None:
        self._move(Event.VOIDED)

    def _move(self, event: Event) -> None:
        def move() -> str:
            _, verb = self._moves[event]
            verb(self.case.number, self.case.ver, self.act(), str(self._form.values()["reason"]))
            self._form.set_values({"reason": ""})
            return self._told(event)

        self.attempt(move, self._form.show_errors)

    def _told(self, event: Event) -> str:
        missing = len(gaps_of(self.case)) if event is Event.CLOSED else 0
        advice = f"；还有 {missing} 项没有写，请补上" if missing else ""
        return f"{self.case.number} 已{EVENT_LABELS[event]}{advice}。"
