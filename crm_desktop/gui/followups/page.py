"""回访: the calls of today and those to come at the left, the one being made at the right."""

from __future__ import annotations

from operator import attrgetter

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtWidgets import QSplitter, QStackedWidget, QTabWidget

from crm_desktop.domain.errors import DeskError
from crm_desktop.domain.followups import FollowUpRow
from crm_desktop.gui.followups.call_panel import CallPanel
from crm_desktop.gui.followups.columns import MADE, OPEN, late_mark, outcome_mark, satisfaction_mark
from crm_desktop.gui.messages import Messages
from crm_desktop.gui.session import Session
from crm_desktop.gui.widgets.empty_page import EmptyPage
from crm_desktop.gui.widgets.page import GAP, Card, Page, PageHead
from crm_desktop.gui.widgets.row_model import ROW_ROLE
from crm_desktop.gui.widgets.row_table import RowTable
from crm_desktop.services.cases import Cases
from crm_desktop.services.followups import FollowUps

DUE, PLANNED, DONE = "今天要打", "已计划", "已回访"
_PURPOSE = "从左边选一位客户，这里显示完整电话和要问的事。"
_NOTHING = {
    DUE: "今天没有要打的回访。\n打开一张抱怨单，在“回访”里安排哪天打。",
    PLANNED: "没有安排好的回访。\n打开一张抱怨单，在“回访”里安排哪天打。",
    DONE: "还没有登记过回访。",
}


class FollowUpsPage(Page):
    """The room 回访. Asks nothing of the database until ``refresh`` or ``show_call``."""

    saved = Signal(int)
    complaint_wanted = Signal(str)

    def __init__(self, follow_ups: FollowUps, cases: Cases, session: Session, messages: Messages) -> None:
        super().__init__(PageHead("回访"))
        self._follow_ups, self._messages = follow_ups, messages

        marks = {"超期": late_mark, "结果": outcome_mark, "满意度": satisfaction_mark}
        self._lists: dict[str, RowTable[FollowUpRow]] = {
            name: RowTable(name, MADE if name == DONE else OPEN, attrgetter("id"), marks)
            for name in (DUE, PLANNED, DONE)
        }
        self._tabs = QTabWidget()
        self._panel = CallPanel(follow_ups, cases, session, messages)
        # A list must have done with its own change before it may be turned back.
        self._turn = QTimer(self, singleShot=True, interval=0)
        self._wanted: FollowUpRow | None = None

        self._lay_out()
        self._connect()

    def refresh(self) -> None:
        """Read the open list and the number of calls due again; what is being typed stays."""
        due = self._follow_ups.due()
        self._tabs.setTabText(0, f"{DUE} {len(due)}" if due else DUE)
        self._lists[DUE].set_rows(due)
        name = self._open_name()
        if name == PLANNED:
            self._lists[PLANNED].set_rows(self._follow_ups.planned())
        elif name == DONE:
            self._lists[DONE].set_rows(self._follow_ups.made())

    def show_call(self, follow_up_id: int) -> None:
        """Open one call in the list it belongs to."""
        try:
            call = self._follow_ups.get(follow_up_id)
        except DeskError as refusal:
            self._messages.refused(refusal.sentence)
            return
        self.refresh()
        for name in (DUE, PLANNED, DONE):
            if (name == DONE) == (call.called_at is not None):
                self._tabs.setCurrentWidget(self._lists[name])
                if self._lists[name].choose(follow_up_id):
                    break
        self._lists[self._open_name()].setFocus(Qt.FocusReason.OtherFocusReason)

    def unsaved(self) -> str:
        """What would be lost, in a few words."""
        return f"{self._panel.name()}的回访填了一半没登记" if self._panel.dirty else ""

    # -- slots ---------------------------------------------------------------------------------------------------

    def _on_tab(self) -> None:
        self.refresh()

    def _on_chosen(self, row: FollowUpRow | None) -> None:
        self._wanted = row
        if self._panel.dirty:
            self._turn.start()
        elif row is not None:
            self._show(row)

    def _on_turn(self) -> None:
        """Another call was chosen while something typed is not recorded."""
        row = self._wanted
        if row is None or row.id == self._panel.call_id:
            return
        if self._may_leave():
            self._show(row)
        else:
            self._stand_on(self._panel.call_id)

    def _on_opened(self, row: FollowUpRow) -> None:
        if row.id == self._panel.call_id:
            self._panel.enter()

    def _on_saved(self, follow_up_id: int) -> None:
        table = self._lists[self._open_name()]
        place = table.currentIndex().row()
        self.refresh()
        if table.count():
            following = table.model().index(min(max(place, 0), table.count() - 1), 0).data(ROW_ROLE)
            self._stand_on(following.id)
            table.setFocus(Qt.FocusReason.OtherFocusReason)
        else:
            self._right.setCurrentIndex(0)
        self.saved.emit(follow_up_id)

    # -- helpers -------------------------------------------------------------------------------------------------

    def _show(self, row: FollowUpRow) -> None:
        self._panel.show_call(row)
        self._right.setCurrentWidget(self._panel)

    def _stand_on(self, key: int | None) -> None:
        """Make a row of the open list current, and no other marked: Ctrl may still be held after Ctrl+S."""
        table = self._lists[self._open_name()]
        table.clearSelection()
        table.choose(key)

    def _open_name(self) -> str:
        return tuple(self._lists)[self._tabs.currentIndex()]

    def _may_leave(self) -> bool:
        title = f"{self._panel.name()}的回访还没登记"
        return self._messages.ask(title, "换到别的回访，刚才填的内容就没有了。", "不登记", "继续填写")

    def _connect(self) -> None:
        self._tabs.currentChanged.connect(self._on_tab)
        for table in self._lists.values():
            table.chosen.connect(self._on_chosen)
            table.opened.connect(self._on_opened)
        self._turn.timeout.connect(self._on_turn)
        self._panel.saved.connect(self._on_saved)
        self._panel.complaint_wanted.connect(self.complaint_wanted)

    def _lay_out(self) -> None:
        for name, table in self._lists.items():
            table.set_empty(_NOTHING[name])
            self._tabs.addTab(table, name)
        left = Card()
        left.add(self._tabs, 1)
        self._right = QStackedWidget()
        self._right.addWidget(EmptyPage(_PURPOSE))
        self._right.addWidget(self._panel)
        both = QSplitter(Qt.Orientation.Horizontal)
        both.setHandleWidth(GAP)
        both.setChildrenCollapsible(False)
        both.addWidget(left)
        both.addWidget(self._right)
        both.setStretchFactor(0, 3)
        both.setStretchFactor(1, 2)
        both.setSizes([710, 440])
        self.body.addWidget(both, 1)
