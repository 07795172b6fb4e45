"""归档: closing and what follows, where the paper lies, 更正说明, and the course of events so far."""

from __future__ import annotations

from datetime import datetime

from PySide6.QtCore import Qt

from crm_desktop.clock import to_local
from crm_desktop.domain.archive import Correction
from crm_desktop.domain.complaint_rows import ComplaintCase, EventRow
from crm_desktop.domain.complaints import EVENT_LABELS, Event, State
from crm_desktop.domain.procedure import ALLOWED_FROM
from crm_desktop.domain.sheets import Column, Kind
from crm_desktop.gui.complaints import course_steps
from crm_desktop.gui.complaints.case_steps import Step
from crm_desktop.gui.complaints.case_tab import CaseTab
from crm_desktop.gui.complaints.procedure import Procedure
from crm_desktop.gui.complaints.turns import CLOSING, Turn
from crm_desktop.gui.messages import Messages
from crm_desktop.gui.session import Session
from crm_desktop.gui.theme import Tone
from crm_desktop.gui.widgets.buttons import Button, Weight
from crm_desktop.gui.widgets.labels import PlainLabel
from crm_desktop.gui.widgets.row_model import Mark
from crm_desktop.gui.widgets.row_table import RowTable


def _at(row: EventRow) -> datetime:
    return to_local(row.at)


def _entered(row: EventRow) -> datetime:
    return to_local(row.entered_at)


def _event(row: EventRow) -> str:
    label = EVENT_LABELS.get(row.kind, row.kind)
    return f"{label}（已更正）" if row.corrected else label


def _who(row: EventRow) -> str:
    """Who did it, and whose word it was."""
    if not row.on_behalf_of:
        return row.who
    confirmed = "已确认" if row.confirmed_at else "待本人确认"
    return f"{row.on_behalf_of}（{row.told_how}，{row.who}代录，{confirmed}）"


def _note(row: EventRow) -> str:
    late = f"超期原因：{row.late_reason}" if row.late_reason else ""
    return "；".join(filter(None, (row.note, late, f"签字纸单：{row.scan}" if row.scan else "")))


def _mark(row: EventRow) -> Mark | None:
    if row.corrected:
        return Mark(Tone.GREY)
    return Mark(Tone.SOON) if row.awaits_confirmation else None


_COLUMNS: tuple[Column[EventRow], ...] = (
    Column("时间", _at, Kind.TIME, width=16),
    Column("经过", _event, width=13),
    Column("谁", _who, width=16),
    Column("说明", _note, width=22, wrap=True),
    Column("录入时间", _entered, Kind.TIME, width=16),
)


def correction_words(note: Correction) -> str:
    """When, by whom, about what: one line that stands beside the old text."""
    return f"更正说明 {to_local(note.at):%Y-%m-%d %H:%M} {note.who}　{note.about}：{note.text}"


class FilingTab(CaseTab):
    """The decisions at the end of a complaint, and everything that happened in order."""

    def __init__(self, procedure: Procedure, session: Session, messages: Messages) -> None:
        super().__init__(Turn.FILING, session, messages)
        self._services = procedure
        self._close = Button("关闭", weight=Weight.MAIN)
        self._steps: dict[Button, tuple[Step, frozenset[State]]] = {
            self._close: (course_steps.Close(procedure), ALLOWED_FROM[Event.CLOSED]),
            Button("退回", icon="arrow-back-up"): (course_steps.Return(procedure), ALLOWED_FROM[Event.RETURNED]),
            Button("存档", weight=Weight.MAIN): (course_steps.File(procedure), ALLOWED_FROM[Event.FILED]),
            Button("更正说明", icon="edit"): (course_steps.NoteCorrection(procedure), frozenset({State.FILED})),
            Button("重开", icon="refresh"): (course_steps.Reopen(procedure), ALLOWED_FROM[Event.REOPENED]),
            Button("作废", icon="x"): (course_steps.Void(procedure), ALLOWED_FROM[Event.VOIDED]),
        }
        self._filed = PlainLabel()
        self._notes = PlainLabel()
        self._table: RowTable[EventRow] = RowTable("经过", _COLUMNS, marks={"经过": _mark})

        self.add_buttons(*self._steps)
        for label in (self._filed, self._notes):
            label.setWordWrap(True)
            label.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
            self.body.addWidget(label)
        self.body.addWidget(PlainLabel("经过", "heading"))
        self.body.addWidget(self._table, 1)

        for button in self._steps:
            button.clicked.connect(self._on_clicked)

    def show_case(self, case: ComplaintCase) -> None:
        super().show_case(case)
        self._table.set_rows(case.events)
        for button, (_, states) in self._steps.items():
            button.setVisible(State(case.state) in states)
        filing = self._services.filings.of_id(case.id)
        self._filed.setVisible(filing is not None)
        if filing is not None:
            told = f"归档号 {filing.number}　存放 {filing.place}　{filing.filed_on} {filing.filed_by}存档"
            self._filed.setText(f"{told}　保存 {filing.years} 年，{filing.expires_on} 前不能销毁")
        notes = self._services.filings.corrections(case.id)
        self._notes.setVisible(bool(notes))
        self._notes.setText("\n".join(map(correction_words, notes)))

    def go_to(self, field: str = "") -> None:
        """The course of events; for ``CLOSING`` the button that decides."""
        (self._close if field == CLOSING else self._table).setFocus()

    def _on_clicked(self) -> None:
        button = self.sender()
        if isinstance(button, Button):
            self.step_wanted.emit(self._steps[button][0])
