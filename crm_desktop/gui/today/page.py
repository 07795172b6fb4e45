"""今日: four figures, what to do first, whom to call, which cars are still in the workshop."""

from __future__ import annotations

from collections.abc import Callable
from functools import cached_property
from operator import attrgetter
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QHideEvent
from PySide6.QtWidgets import QHBoxLayout, QStackedLayout, QVBoxLayout, QWidget

from crm_desktop.clock import Clock, to_local
from crm_desktop.domain.complaints import State
from crm_desktop.domain.due import OpenMilestone
from crm_desktop.domain.promises import PromiseRow
from crm_desktop.domain.today import DueCall, OpenComplaint, TodayView, WorkshopCar
from crm_desktop.gui.clock_words import clock_mark, most_urgent, open_words
from crm_desktop.gui.theme import Tone
from crm_desktop.gui.today.columns import CALLS, CARS, PROMISES, call_mark, severity_mark, stay_mark, with_clock
from crm_desktop.gui.widgets.buttons import Button, Weight
from crm_desktop.gui.widgets.page import GAP, Card, Page
from crm_desktop.gui.widgets.row_model import Mark
from crm_desktop.gui.widgets.row_table import RowTable
from crm_desktop.gui.widgets.signs import Figure
from crm_desktop.services.clocks import Clocks
from crm_desktop.services.promise_lists import PromiseLists
from crm_desktop.services.today import Today

if TYPE_CHECKING:
    from crm_desktop.domain.backups import BackupHealth
    from crm_desktop.gui.today.welcome import Welcome
    from crm_desktop.gui.widgets.backup_line import BackupLine

_MINUTE_MS = 60_000
_AFTERWARDS_MS = 400


class TodayPage(Page):
    """The first page. Every line opens its complaint, call or rework; every figure opens the list it counts.

    Asks nothing of the database until ``refresh`` is called.
    """

    complaint_wanted = Signal(str)
    call_wanted = Signal(int)
    rework_wanted = Signal(int)
    open_complaints_wanted = Signal()
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
        clocks: Clocks,
        promises: PromiseLists,
        clock: Clock,
        problems: Callable[[], int] | None = None,
        health: Callable[[], BackupHealth] | None = None,
    ) -> None:
        """``problems`` counts what came too often, ``health`` tells of the backups; asked after the page is painted."""
        super().__init__()
        self._today, self._clocks, self._promises, self._clock = today, clocks, promises, clock
        self._now = to_local(clock())
        self._urgent: dict[str, OpenMilestone] = {}

        self._open, self._missing = Figure("未关闭"), Figure("待补客户")
        self._due, self._in_workshop = Figure("今天的回访"), Figure("在修返修车")
        marks = {"级别": severity_mark, "时限": self._clock_mark}
        columns = with_clock(self._clock_words)
        self._complaints: RowTable[OpenComplaint] = RowTable("先办这几件", columns, attrgetter("number"), marks)
        self._calls: RowTable[DueCall] = RowTable("今天的回访", CALLS, attrgetter("id"), {"时间": call_mark})
        self._cars: RowTable[WorkshopCar] = RowTable("在修返修车", CARS, attrgetter("id"), {"在修": stay_mark})
        self._promised = Card("今天要给谁回话")
        self._first = Card("先办这几件")
        self._count_problems, self._problems = problems, Button("", weight=Weight.QUIET)
        self._health = health
        self._afterwards = QTimer(self, singleShot=True, interval=_AFTERWARDS_MS)
        self._work = QWidget(self)
        self._sides = QStackedLayout()
        self._minute = QTimer(self)

        self._lay_out()
        self._connect()

    def refresh(self) -> None:
        """Read everything again."""
        self._read_clocks()
        self.show_view(self._today.view())
        promised = self._promises.due()
        if promised or self._promised.isVisible():
            self._answers.set_rows(promised)
        self._promised.setVisible(bool(promised))
        self._afterwards.start()

    def tick(self) -> None:
        """A minute has gone by: the clocks say something else."""
        if self.isVisible():
            self.refresh()

    def show_view(self, view: TodayView) -> None:
        """Show this; an empty desk is welcomed instead."""
        self._sides.setCurrentWidget(self._welcome if view.is_new else self._work)
        late = any(call.late_days > 0 for call in view.calls)
        self._open.say(str(view.open_count))
        self._missing.say(str(view.customer_missing_count), Tone.SOON if view.customer_missing_count else None)
        self._due.say(str(view.due_call_count), Tone.LATE if late else None)
        self._in_workshop.say(str(view.workshop_count))
        self._complaints.set_rows(sorted(view.complaints, key=self._due_at))
        self._calls.set_rows(view.calls)
        self._cars.set_rows(view.cars)

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
    def _backups(self) -> BackupLine:
        """Built after the page is painted."""
        from crm_desktop.gui.widgets.backup_line import BackupLine  # noqa: PLC0415 - see above

        line = BackupLine()
        self.body.addWidget(line, 0, Qt.AlignmentFlag.AlignRight)
        line.clicked.connect(self.backups_wanted)
        return line

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

    def hideEvent(self, event: QHideEvent) -> None:
        """Nobody sees it: nothing is counted, least of all from data that was let go."""
        self._afterwards.stop()
        super().hideEvent(event)

    # -- slots ---------------------------------------------------------------------------------------------------

    def _on_complaint(self, row: OpenComplaint) -> None:
        self.complaint_wanted.emit(row.number)

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
        if self._health is not None:
            self._backups.show_health(self._health(), self._clock())

    # -- clocks --------------------------------------------------------------------------------------------------

    def _read_clocks(self) -> None:
        at = self._clock()
        self._now = to_local(at)
        self._urgent = most_urgent(self._clocks.open_milestones(at))

    def _clock_words(self, row: OpenComplaint) -> str:
        clock = self._urgent.get(row.number)
        return open_words(clock, self._now) if clock else ""

    def _clock_mark(self, row: OpenComplaint) -> Mark | None:
        return clock_mark(self._urgent.get(row.number))

    def _promise_mark(self, row: PromiseRow) -> Mark:
        return Mark(Tone.LATE if to_local(row.due_at) < self._now else Tone.SOON)

    def _due_at(self, row: OpenComplaint) -> tuple[bool, str]:
        """Sorts: what is due first stands first; what is solved already only waits to be closed."""
        clock = self._urgent.get(row.number)
        return row.state == State.RESOLVED, clock.due.isoformat() if clock else "~"

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
        self._missing.clicked.connect(self.missing_customers_wanted)
        self._due.clicked.connect(self.calls_wanted)
        self._in_workshop.clicked.connect(self.reworks_wanted)

    def _lay_out(self) -> None:
        self._complaints.set_empty("没有未关闭的抱怨单。", "新建抱怨单")
        self._calls.set_empty("今天没有要打的回访。")
        self._cars.set_empty("没有在修的返修车。")
        # From the page inwards: whatever moves to another parent is dressed again with all that stands in it.
        self.body.addLayout(self._sides, 1)
        self._sides.addWidget(self._work)
        columns = QHBoxLayout(self._work)
        columns.setContentsMargins(0, 0, 0, 0)
        columns.setSpacing(GAP)
        left, right, figures = QVBoxLayout(), QVBoxLayout(), QHBoxLayout()
        columns.addLayout(left, 2)
        columns.addLayout(right, 1)
        left.addLayout(figures)
        for box in (left, right, figures):
            box.setSpacing(GAP)
        for figure in (self._open, self._missing, self._due, self._in_workshop):
            figures.addWidget(figure, 1)
        _stand(left, self._first, self._complaints, 1)
        self._first.add_to_head(self._problems)
        self._problems.hide()
        right.addWidget(self._promised, 2)
        _stand(right, Card("今天的回访"), self._calls, 3)
        _stand(right, Card("在修返修车"), self._cars, 2)
        self._promised.hide()


def _stand(column: QVBoxLayout, card: Card, table: RowTable[Any], stretch: int) -> None:
    column.addWidget(card, stretch)
    card.add(table, 1)
