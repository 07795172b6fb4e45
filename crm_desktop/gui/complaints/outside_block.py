"""Under 处理, only on the routes that ask for it: 撤稿 of 媒体, and 上报 of a 重大 complaint of seed 001 篇1 四."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QGridLayout, QWidget

from crm_desktop.clock import to_local
from crm_desktop.domain.closing import OUTSIDE
from crm_desktop.domain.complaint_rows import ComplaintCase
from crm_desktop.domain.complaints import Channel, Severity
from crm_desktop.domain.outside import EscalationRow, PublicationRow
from crm_desktop.gui.complaints import outside_steps
from crm_desktop.gui.complaints.case_steps import Step
from crm_desktop.gui.complaints.procedure import Procedure
from crm_desktop.gui.widgets.buttons import Button, Weight
from crm_desktop.gui.widgets.labels import ElidedLabel, PlainLabel


class OutsideBlock(QWidget):
    """``wanted`` carries the ``Step`` somebody wants to take."""

    wanted = Signal(object)

    def __init__(self, procedure: Procedure) -> None:
        super().__init__()
        self._services = procedure
        self._steps: dict[Button, Step] = {}
        media = (outside_steps.Publish, outside_steps.Withdraw, outside_steps.NothingPublished)
        maker = (outside_steps.Escalate, outside_steps.Receive)
        self._media = _Line("撤稿", self._buttons(*(step(procedure) for step in media)))
        self._maker = _Line("上报", self._buttons(*(step(procedure) for step in maker)))
        grid = QGridLayout(self)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setColumnStretch(1, 1)
        self._media.stand_in(grid, 0)
        self._maker.stand_in(grid, 1)

    def show_case(self, case: ComplaintCase, *, writable: bool) -> None:
        """What this route asks for, and what was done about it."""
        channel, severity = case.fields["channel"], case.fields["severity"]
        media = not case.history and channel == Channel.MEDIA
        maker = not case.history and channel in OUTSIDE and severity == Severity.MAJOR
        self.setVisible(media or maker)
        outside = self._services.outside
        published = outside.publications(case.number) if media else []
        reported = outside.escalations(case.number) if maker else []
        self._media.show(media, _published(published), writable)
        self._maker.show(maker, _reported(reported), writable)

    def go_to(self, field: str) -> None:
        """The keyboard on the first button of 撤稿 or 上报."""
        (self._media if field == "withdrawals" else self._maker).take_focus()

    def _buttons(self, *steps: Step) -> tuple[Button, ...]:
        made = {Button(step.title, weight=Weight.QUIET): step for step in steps}
        for button in made:
            button.clicked.connect(self._on_clicked)
        self._steps |= made
        return tuple(made)

    def _on_clicked(self) -> None:
        button = self.sender()
        if isinstance(button, Button):
            self.wanted.emit(self._steps[button])


class _Line:
    """A word, what was done so far, and the buttons for more."""

    def __init__(self, word: str, buttons: tuple[Button, ...]) -> None:
        self._label, self._told, self._buttons = PlainLabel(word, "heading"), ElidedLabel(), buttons

    def stand_in(self, grid: QGridLayout, row: int) -> None:
        for column, widget in enumerate((self._label, self._told, *self._buttons)):
            grid.addWidget(widget, row, column)

    def show(self, offered: bool, told: str, writable: bool) -> None:
        self._told.setText(told)
        for widget in (self._label, self._told):
            widget.setVisible(offered)
        for button in self._buttons:
            button.setVisible(offered and writable)

    def take_focus(self) -> None:
        self._buttons[0].setFocus()


def _published(rows: Sequence[PublicationRow]) -> str:
    told = [f"{row.draft.medium} {row.outcome or '等结果'} {row.reason}".strip() for row in rows]
    return "；".join(told) or "还没有写：登记稿件，或确认没有发布"


def _reported(rows: Sequence[EscalationRow]) -> str:
    told = []
    for row in rows:
        receipt = f"回执 {row.receipt}" if row.receipt else "等回执"
        told.append(f"{to_local(row.at):%m-%d %H:%M} {row.recipient}（{row.how}），{receipt}")
    return "；".join(told) or "还没有上报公关部"
