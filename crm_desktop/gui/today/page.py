"""今日: live figures, what burns first, whom to call, which cars are still here, and what else wants to be taken up."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import cached_property
from operator import attrgetter
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QHideEvent
from PySide6.QtWidgets import QHBoxLayout, QStackedLayout, QVBoxLayout, QWidget

from crm_desktop.clock import Clock, to_local
from crm_desktop.domain.promises import PromiseRow
from crm_desktop.domain.today import DueCall, OpenComplaint, TodayView, WorkshopCar, hottest_first
from crm_desktop.gui.clock_words import clock_mark, open_words
from crm_desktop.gui.theme import Tone
from crm_desktop.gui.today.columns import CALLS, CARS, PROMISES, call_mark, stay_mark, with_clock
from crm_desktop.gui.widgets.buttons import Button, Weight
from crm_desktop.gui.widgets.page import GAP, Card, Page
from crm_desktop.gui.widgets.row_model import Mark
from crm_desktop.gui.widgets.row_table import RowTable
from crm_desktop.gui.widgets.signs import Figure
from crm_desktop.services.promise_lists import PromiseLists
from crm_desktop.services.today import Today

if TYPE_CHECKING:
    from crm_desktop.domain.backups import BackupHealth
    from crm_desktop.domain.errands import Errand
    from crm_desktop.gui.today.foot import TodayFoot
    from crm_desktop.gui.today.welcome import Welcome

_MINUTE_MS = 60_000
_AFTERWARDS_MS = 400
_BARE, _MOST = 3, 6
"""A card without rows is about as high as three of them; more than six rows of it wait behind its scroll bar."""


class TodayPage(Page):
    """The first page. Every line opens its complaint, call or rework where the work is; every figure opens its list.

    ``work_wanted``: a complaint's number and its next step. ``errand_wanted``: what an ``Errand`` opens.
    ``sheet_wanted``: 晨会单 or 交班单. Asks nothing of the database until ``refresh`` is called.
    """

    work_wanted = Signal(str, str)
    complaint_wanted = Signal(str)
    call_wanted = Signal(int)
    rework_wanted = Signal(int)
    errand_wanted = Signal(str)
    sheet_wanted = Signal(str)
    open_complaints_wanted = Signal()
    solved_wanted = Signal()
    missing_customers_wanted = Signal()
    calls_wanted = Signal()
    reworks_wanted = Signal()
    problems_wanted = Signal()
    new_complaint_wanted = Signal()
    import_wanted = Signal()
    demo_wanted = Signal()
    set_up_wanted = Signal()
    backups_wanted = Signal()

    def __init__(
        self,
        today: Today,
        promises: PromiseLists,
        clock: Clock,
        problems: Callable[[], int] | None = None,
        health: Callable[[], BackupHealth] | None = None,
        errands: Callable[[], Sequence[Errand]] | None = None,
    ) -> None:
        """``problems`` counts what came too often, ``health`` tells of the backups, ``errands`` what else wants to be
        taken up: all three are asked after the page is painted.
        """
        super().__init__()
        self._today, self._promises, self._clock = today, promises, clock
        self._now = to_local(clock())
        self._view: TodayView | None = None

        self._open, self._solved, self._missing = Figure("未关闭"), Figure("待关闭"), Figure("待补客户")
        self._due, self._in_workshop = Figure("今天的回访"), Figure("在修返修车")
        marks = {"时限": self._clock_mark}
        columns = with_clock(self._clock_words)
        self._complaints: RowTable[OpenComplaint] = RowTable("先办这几件", columns, attrgetter("number"), marks)
        self._calls: RowTable[DueCall] = RowTable("今天的回访", CALLS, attrgetter("id"), {"时间": call_mark})
        self._cars: RowTable[WorkshopCar] = RowTable("在修返修车", CARS, attrgetter("id"), {"在修": stay_mark})
        self._promised = Card("今天要给谁回话")
        self._first, self._called, self._here = Card("先办这几件"), Card("今天的回访"), Card("在修返修车")
        self._count_problems, self._problems = problems, Button("", weight=Weight.QUIET)
        self._health, self._errands = health, errands
        self._afterwards = QTimer(self, singleShot=True, interval=_AFTERWARDS_MS)
        self._work = QWidget(self)
        self._sides, self._right = QStackedLayout(), QVBoxLayout()
        self._minute = QTimer(self)

        self._lay_out()
        self._connect()

    def refresh(self) -> None:
        """Read everything again."""
        self._now = to_local(self._clock())
        self.show_view(self._today.view())
        promised = self._promises.due()
        if promised or self._promised.isVisible():
            self._answers.set_rows(promised)
        self._promised.setVisible(bool(promised))
        self._give_room(self._promised, len(promised))
        self._afterwards.start()

    def tick(self) -> None:
        """A minute has gone by: the clocks say something else, reckoned from what is here; a new day is read anew."""
        before, self._now = self._now, to_local(self._clock())
        if not self.isVisible():
            return
        if self._now.date() != before.date() or self._view is None:
            self.refresh()
        else:
            self._show_hottest(self._view)
            self._calls.viewport().update()
            if self._promised.isVisible():
                self._answers.viewport().update()

    def take_focus(self) -> None:
        """The keyboard on the first line, or on the first way to begin."""
        if self._sides.currentWidget() is self._work:
            self._complaints.setFocus(Qt.FocusReason.OtherFocusReason)
        else:
            self._welcome.take_focus()

    def show_view(self, view: TodayView) -> None:
        """Show this; an empty desk is welcomed instead."""
        if view.is_new:
            self._welcome.show_untold(view.untold)
        self._sides.setCurrentWidget(self._welcome if view.is_new else self._work)
        late = any(call.late_days > 0 for call in view.calls)
        self._view = view
        self._open.say(str(view.open_count))
        self._solved.say(str(view.solved_count))
        self._missing.say(str(view.customer_missing_count), Tone.SOON if view.customer_missing_count else None)
        self._due.say(str(view.due_call_count), Tone.LATE if late else None)
        self._in_workshop.say(str(view.workshop_count))
        self._show_hottest(view)
        self._calls.set_rows(view.calls)
        self._cars.set_rows(view.cars)
        self._here.setVisible(bool(view.cars))
        self._give_room(self._called, len(view.calls))
        self._give_room(self._here, len(view.cars))

    @cached_property
    def _answers(self) -> RowTable[PromiseRow]:
        """Built where somebody was promised an answer."""
        table: RowTable[PromiseRow] = RowTable(
            "今天要给谁回话", PROMISES, attrgetter("id"), {"时间": self._promise_mark}
        )
        self._promised.add(table, 1)
        table.opened.connect(self._on_answer)
        return table

    @cached_property
    def _foot(self) -> TodayFoot:
        """Built after the page is painted."""
        from crm_desktop.gui.today.foot import TodayFoot  # noqa: PLC0415 - see above

        foot = TodayFoot()
        self._right.addWidget(foot.errands, 2)
        self.body.addWidget(foot)
        foot.backups_wanted.connect(self.backups_wanted)
        foot.sheet_wanted.connect(self.sheet_wanted)
        foot.errand_wanted.connect(self.errand_wanted)
        return foot

    @cached_property
    def _welcome(self) -> Welcome:
        """Built for an empty desk only."""
        from crm_desktop.gui.today.welcome import Welcome  # noqa: PLC0415 - see above

        welcome = Welcome()
        self._sides.addWidget(welcome)
        welcome.set_up_wanted.connect(self.set_up_wanted)
        welcome.new_complaint_wanted.connect(self.new_complaint_wanted)
        welcome.import_wanted.connect(self.import_wanted)
        welcome.demo_wanted.connect(self.demo_wanted)
        return welcome

    def show_health(self) -> None:
        """How the backups are now."""
        if self._health is not None:
            self._foot.show_health(self._health(), self._clock())

    def hideEvent(self, event: QHideEvent) -> None:
        """Nobody sees it: nothing is counted, least of all from data that was let go."""
        self._afterwards.stop()
        super().hideEvent(event)

    # -- slots ---------------------------------------------------------------------------------------------------

    def _on_complaint(self, row: OpenComplaint) -> None:
        self.work_wanted.emit(row.number, row.next_step)

    def _on_call(self, row: DueCall) -> None:
        self.call_wanted.emit(row.id)

    def _on_answer(self, row: PromiseRow) -> None:
        self.complaint_wanted.emit(row.complaint_number)

    def _on_car(self, row: WorkshopCar) -> None:
        self.rework_wanted.emit(row.id)

    def _on_afterwards(self) -> None:
        """What came too often is a word at the list's heading; where nothing did, nothing stands there."""
        count = self._count_problems() if self._count_problems is not None else 0
        self._problems.say(f"高频问题 {count} 项" if count else "")
        self._problems.setVisible(bool(count))
        self.show_health()
        if self._errands is not None:
            errands = self._errands()
            self._foot.show_errands(errands)
            self._give_room(self._foot.errands, len(errands))

    # -- clocks --------------------------------------------------------------------------------------------------

    def _show_hottest(self, view: TodayView) -> None:
        """The list in the order of now; the keyboard stays on its complaint, or where that one stood."""
        place = self._complaints.currentIndex().row()
        self._complaints.set_rows(hottest_first(view.complaints, self._now, view.soon_share))
        if self._complaints.currentIndex().row() < 0 and self._complaints.count():
            self._complaints.selectRow(min(max(place, 0), self._complaints.count() - 1))

    def _give_room(self, card: Card, rows: int) -> None:
        """Of the height at the right a card gets what its rows want, as far as they go round."""
        self._right.setStretchFactor(card, _BARE + min(rows, _MOST))

    def _clock_words(self, row: OpenComplaint) -> str:
        return open_words(row.clock, self._now) if row.clock else ""

    def _clock_mark(self, row: OpenComplaint) -> Mark | None:
        return clock_mark(row.clock)

    def _promise_mark(self, row: PromiseRow) -> Mark:
        return Mark(Tone.LATE if to_local(row.due_at) < self._now else Tone.SOON)

    # -- helpers -------------------------------------------------------------------------------------------------

    def _connect(self) -> None:
        self._complaints.opened.connect(self._on_complaint)
        self._complaints.begin_wanted.connect(self.new_complaint_wanted)
        self._calls.opened.connect(self._on_call)
        self._cars.opened.connect(self._on_car)
        self._minute.timeout.connect(self.tick)
        self._minute.start(_MINUTE_MS)
        self._afterwards.timeout.connect(self._on_afterwards)
        self._problems.clicked.connect(self.problems_wanted)
        self._open.clicked.connect(self.open_complaints_wanted)
        self._solved.clicked.connect(self.solved_wanted)
        self._missing.clicked.connect(self.missing_customers_wanted)
        self._due.clicked.connect(self.calls_wanted)
        self._in_workshop.clicked.connect(self.reworks_wanted)

    def _lay_out(self) -> None:
        self._complaints.set_empty("没有未关闭的抱怨单。", "新建抱怨单")
        self._calls.set_empty("今天没有要打的回访。")
        # From the page inwards: whatever moves to another parent is dressed again with all that stands in it.
        self.body.addLayout(self._sides, 1)
        self._sides.addWidget(self._work)
        columns = QHBoxLayout(self._work)
        columns.setContentsMargins(0, 0, 0, 0)
        columns.setSpacing(GAP)
        left, figures, right = QVBoxLayout(), QHBoxLayout(), self._right
        columns.addLayout(left, 2)
        columns.addLayout(right, 1)
        left.addLayout(figures)
        for box in (left, right, figures):
            box.setSpacing(GAP)
        for figure in (self._open, self._solved, self._missing, self._due, self._in_workshop):
            figures.addWidget(figure, 1)
        _stand(left, self._first, self._complaints, 1)
        self._first.add_to_head(self._problems)
        self._problems.hide()
        right.addWidget(self._promised, 2)
        _stand(right, self._called, self._calls, 3)
        _stand(right, self._here, self._cars, 2)
        self._promised.hide()
        self._here.hide()


def _stand(column: QVBoxLayout, card: Card, table: RowTable[Any], stretch: int) -> None:
    column.addWidget(card, stretch)
    card.add(table, 1)
