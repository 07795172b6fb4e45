"""The room 报表: the register, and beside it the month's report; Esc leads back."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QStackedLayout, QWidget

from crm_desktop.gui.reports.month_page import MonthPage
from crm_desktop.gui.reports.page import ReportsPage


class ReportsRoom(QWidget):
    """``month_wanted``: a ``RecordWish``; ``complaint_wanted``: the number of a complaint somebody wants to see;
    ``desk_paper_wanted``: 晨会单, 交班单 or 季度机制评估.
    """

    month_wanted = Signal(object)
    desk_paper_wanted = Signal(str)
    complaint_wanted = Signal(str)

    def __init__(self, register: ReportsPage, make_month: Callable[[], MonthPage]) -> None:
        """``make_month`` is called when the month is first wanted."""
        super().__init__()
        self._register, self._make_month = register, make_month
        self._made_month: MonthPage | None = None
        self._stack = QStackedLayout(self)
        self._stack.addWidget(register)
        register.month_wanted.connect(self.month_wanted)
        register.month_shown.connect(self.show_month)
        register.desk_paper_wanted.connect(self.desk_paper_wanted)

    def show_month(self, period: str) -> None:
        """The report of a month written 2026-11."""
        if self._made_month is None:
            self._made_month = self._make_month()
            self._stack.addWidget(self._made_month)
            self._made_month.back_wanted.connect(self._on_back)
            self._made_month.month_wanted.connect(self.month_wanted)
            self._made_month.complaint_wanted.connect(self.complaint_wanted)
        self._stack.setCurrentWidget(self._made_month)
        self._made_month.show_month(period)
        self._made_month.take_focus()

    def take_focus(self) -> None:
        """The keyboard where the work of the page shown begins."""
        (self._made_month if self._stack.currentIndex() and self._made_month else self._register).take_focus()

    def show_period(self, first: date, last: date) -> None:
        """The register of a period of one's own."""
        self._on_back()
        self._register.show_period(first, last)

    def refresh(self) -> None:
        """Something changed elsewhere: read again what can be seen."""
        if self._made_month is not None and self._stack.currentWidget() is self._made_month:
            self._made_month.refresh()
        else:
            self._register.refresh()

    def _on_back(self) -> None:
        self._stack.setCurrentWidget(self._register)
        self._register.refresh()
