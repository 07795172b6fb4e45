"""The column beside a case: when what happened, and what closing would still want."""

from __future__ import annotations

from datetime import datetime

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QGridLayout, QVBoxLayout, QWidget

from crm_desktop.clock import Clock, local_day, to_local
from crm_desktop.domain.complaints import ComplaintCase, Event, State
from crm_desktop.gui.complaints.turns import Gap, gaps_of
from crm_desktop.gui.widgets.buttons import Button, Weight
from crm_desktop.gui.widgets.labels import ElidedLabel, PlainLabel
from crm_desktop.gui.widgets.moments import short_moment
from crm_desktop.gui.widgets.page import GAP, Card

_LABELS = ("受理", "录入", "解决", "关闭")


class CaseSide(QWidget):
    """``gap_wanted`` carries the ``Gap`` somebody wants to fill."""

    gap_wanted = Signal(object)

    def __init__(self, clock: Clock) -> None:
        super().__init__()
        self._clock = clock
        self._times = Card("时间")
        self._cells = _time_cells(self._times)
        self._missing = Card()
        self._lines: dict[Button, Gap] = {}
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(GAP)
        layout.addWidget(self._times)
        layout.addWidget(self._missing)
        layout.addStretch(1)

    def show_case(self, case: ComplaintCase) -> None:
        """Another complaint, or a newer state of the same."""
        for label, (when, who) in zip(_LABELS, _times_of(case, to_local(self._clock())), strict=True):
            time_label, who_label = self._cells[label]
            time_label.setText(when)
            who_label.setText(who)
        self._show_gaps(() if case.state in (State.CLOSED, State.VOID) else gaps_of(case))
        self._missing.setVisible(case.state not in (State.CLOSED, State.VOID))

    def _show_gaps(self, gaps: tuple[Gap, ...]) -> None:
        for button in self._lines:
            button.hide()
            button.deleteLater()
        self._lines = {Button(gap.wish, weight=Weight.QUIET, icon="x"): gap for gap in gaps}
        self._missing.say(f"关闭还缺 {len(gaps)} 项" if gaps else "不缺什么，可以关闭")
        for button in self._lines:
            button.clicked.connect(self._on_gap)
            self._missing.body.addWidget(button, 0, Qt.AlignmentFlag.AlignLeft)

    def _on_gap(self) -> None:
        button = self.sender()
        if isinstance(button, Button):
            self.gap_wanted.emit(self._lines[button])


def _time_cells(card: Card) -> dict[str, tuple[PlainLabel, PlainLabel]]:
    grid = QGridLayout()
    grid.setHorizontalSpacing(12)
    grid.setVerticalSpacing(6)
    grid.setColumnStretch(2, 1)
    cells: dict[str, tuple[PlainLabel, PlainLabel]] = {}
    for row, label in enumerate(_LABELS):
        cells[label] = (PlainLabel(), ElidedLabel(role="caption"))
        grid.addWidget(PlainLabel(label, "label"), row, 0)
        for column, cell in enumerate(cells[label], start=1):
            grid.addWidget(cell, row, column)
    card.body.addLayout(grid)
    return cells


def _times_of(case: ComplaintCase, now: datetime) -> tuple[tuple[str, str], ...]:
    received = short_moment(to_local(case.received_at), now)
    day = local_day(case.received_at).isoformat()
    return (
        (received if case.received_has_time else day, case.received_by),
        (short_moment(to_local(case.entered_at), now), ""),
        _last(case, Event.RESOLVED, now, case.state in (State.RESOLVED, State.CLOSED)),
        _last(case, Event.CLOSED, now, case.state == State.CLOSED),
    )


def _last(case: ComplaintCase, kind: Event, now: datetime, stands: bool) -> tuple[str, str]:
    """A reopened case has been resolved once, but is not any more."""
    found = [event for event in case.events if event.kind == kind] if stands else []
    return (short_moment(to_local(found[-1].at), now), found[-1].who) if found else ("–", "")
