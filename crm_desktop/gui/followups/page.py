"""回访: the calls of today and those to come at the left, the one being made at the right."""

from __future__ import annotations

from collections.abc import Sequence
from operator import attrgetter

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QWidget

from crm_desktop.domain.errors import DeskError
from crm_desktop.domain.followups import FollowUpRow
from crm_desktop.gui.followups.call_desk import CallDesk
from crm_desktop.gui.followups.call_panel import CallPanel
from crm_desktop.gui.followups.columns import MADE, OPEN, late_mark, outcome_mark, satisfaction_mark
from crm_desktop.gui.followups.move_many import MovingMany
from crm_desktop.gui.followups.signs_dialog import SignsDialog
from crm_desktop.gui.messages import Messages
from crm_desktop.gui.session import Session
from crm_desktop.gui.widgets.buttons import Button, Weight
from crm_desktop.gui.widgets.desk_page import DeskPage
from crm_desktop.gui.widgets.row_sources import PagedRows
from crm_desktop.gui.widgets.row_table import RowTable

DUE, PLANNED, DONE = "今天要打", "已计划", "已回访"
_PURPOSE = "从左边选一位客户，这里显示完整电话和要问的事。"
_NOTHING = {
    DUE: "今天没有要打的回访。\n打开一张抱怨单，在“回访”里安排哪天打。",
    PLANNED: "没有安排好的回访。\n打开一张抱怨单，在“回访”里安排哪天打。",
    DONE: "还没有登记过回访。\n在“今天要打”里选一位，打完把结果登记下来。",
}


class FollowUpsPage(DeskPage[FollowUpRow]):
    """The room 回访. Asks nothing of the database until ``refresh`` or ``show_call``."""

    complaint_wanted = Signal(str)
    surveys_wanted = Signal()
    leaving_title = "{name}的回访还没登记"
    leaving_text = "换到别的回访，刚才填的内容就没有了。"
    drop_word = "不登记"

    def __init__(self, desk: CallDesk, session: Session, messages: Messages) -> None:
        panel = CallPanel(desk.follow_ups, desk.cases, desk.dispatch, session, messages)
        super().__init__("回访", _lists(), panel, messages, _PURPOSE, (710, 440))
        self._desk, self._follow_ups, self._session = desk, desk.follow_ups, session
        self._call = panel
        self._see_signs = Button("苗头", weight=Weight.QUIET)
        self._see_surveys = Button("电话调查", weight=Weight.QUIET)
        self._moving = MovingMany(desk, session, messages, self)
        for name in (DUE, PLANNED):
            self._moving.offer_in(self._lists[name])
        self._lay_out_corner()
        self._see_surveys.clicked.connect(self.surveys_wanted)
        self._see_signs.clicked.connect(self._on_signs)
        self._moving.moved.connect(self.refresh)
        panel.complaint_wanted.connect(self.complaint_wanted)

    def refresh(self) -> None:
        """电话调查 is offered only while one is running."""
        super().refresh()
        self._call.look_again()
        self._see_surveys.setVisible(any(not row.closed for row in self._desk.surveys.rows()))

    def rows_of(self, name: str) -> Sequence[FollowUpRow] | PagedRows[FollowUpRow]:
        if name == DUE:
            return self._follow_ups.due()
        if name == PLANNED:
            return self._follow_ups.planned()
        calls = self._follow_ups
        return PagedRows(calls.made_ids(), calls.fetch, key=attrgetter("id"), values=calls.ordered_by)

    def id_of(self, row: FollowUpRow) -> int:
        return row.id

    def show_call(self, follow_up_id: int) -> None:
        """Open one call in the list it belongs to."""
        try:
            call = self._follow_ups.get(follow_up_id)
        except DeskError as refusal:
            self._messages.refused(refusal.sentence)
            return
        self.show_in((DUE, PLANNED) if call.called_at is None else (DONE,), follow_up_id)

    def unsaved(self) -> str:
        """What would be lost, in a few words."""
        return f"{self._panel.name()}的回访填了一半没登记" if self._panel.dirty else ""

    def _on_signs(self) -> None:
        """What was found before the customer complained."""
        dialog = SignsDialog(self._desk, self._session, self._messages, self.window())
        dialog.complaint_wanted.connect(self.complaint_wanted)
        dialog.planned.connect(self.refresh)
        dialog.open()

    def _lay_out_corner(self) -> None:
        corner = QWidget()
        line = QHBoxLayout(corner)
        line.setContentsMargins(0, 0, 0, 0)
        line.addWidget(self._see_surveys)
        line.addWidget(self._see_signs)
        self._see_surveys.hide()
        self._tabs.setCornerWidget(corner)


def _lists() -> dict[str, RowTable[FollowUpRow]]:
    marks = {"超期": late_mark, "结果": outcome_mark, "满意度": satisfaction_mark}
    lists: dict[str, RowTable[FollowUpRow]] = {}
    for name, empty in _NOTHING.items():
        lists[name] = RowTable(name, MADE if name == DONE else OPEN, attrgetter("id"), marks)
        lists[name].set_empty(empty)
    return lists
