"""历史: every change of a case, the latest first: when, who, where, what it was and what it is."""

from __future__ import annotations

from datetime import datetime
from operator import attrgetter

from crm_desktop.clock import to_local
from crm_desktop.domain.complaint_rows import ComplaintCase, HistoryLine
from crm_desktop.domain.sheets import Column, Kind
from crm_desktop.gui.complaints.case_tab import CaseTab
from crm_desktop.gui.complaints.turns import Turn
from crm_desktop.gui.messages import Messages
from crm_desktop.gui.session import Session
from crm_desktop.gui.widgets.row_table import RowTable
from crm_desktop.services.cases import Cases


def _at(line: HistoryLine) -> datetime:
    return to_local(line.at)


_COLUMNS: tuple[Column[HistoryLine], ...] = (
    Column("时间", _at, Kind.TIME, width=17),
    Column("谁", attrgetter("who"), width=8),
    Column("页面", attrgetter("screen"), width=13),
    Column("栏目", attrgetter("field"), width=15),
    Column("原来", attrgetter("old"), width=16),
    Column("现在", attrgetter("new"), width=20, wrap=True),
    Column("原因", attrgetter("reason"), width=12),
)


class HistoryTab(CaseTab):
    """Read only."""

    def __init__(self, cases: Cases, session: Session, messages: Messages) -> None:
        super().__init__(Turn.HISTORY, session, messages)
        self._cases = cases
        self._table: RowTable[HistoryLine] = RowTable("历史", _COLUMNS)
        self.body.addWidget(self._table, 1)

    def show_case(self, case: ComplaintCase) -> None:
        super().show_case(case)
        self._table.set_rows(self._cases.history(case.number)[::-1])

    def count(self) -> int:
        """How many changes there were."""
        return self._table.count()

    def go_to(self, field: str = "") -> None:
        self._table.setFocus()
