"""Under 方案: the options A/B/C with the customer's opinion, and what was promised to him."""

from __future__ import annotations

from datetime import datetime
from operator import attrgetter

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from crm_desktop.clock import Clock, to_local
from crm_desktop.domain.complaint_rows import ComplaintCase
from crm_desktop.domain.promises import PromiseOutcome, PromiseRow
from crm_desktop.domain.sheets import Column, Kind
from crm_desktop.domain.solutions import SolutionRow
from crm_desktop.gui.complaints import offer_steps
from crm_desktop.gui.complaints.procedure import Procedure
from crm_desktop.gui.theme import Tone, scaled
from crm_desktop.gui.widgets.buttons import Button, Weight
from crm_desktop.gui.widgets.labels import ElidedLabel, PlainLabel
from crm_desktop.gui.widgets.page import GAP
from crm_desktop.gui.widgets.row_model import Mark
from crm_desktop.gui.widgets.row_table import RowTable

_HEIGHT = 104


def _letter(row: SolutionRow) -> str:
    return f"{row.letter} ✓" if row.agreed_at else row.letter


def _letter_mark(row: SolutionRow) -> Mark:
    return Mark(Tone.DONE if row.agreed_at else Tone.GREY)


def _cost(row: SolutionRow) -> int:
    return row.draft.cost_fen // 100


def _due(row: PromiseRow) -> datetime:
    return to_local(row.due_at)


def _outcome(row: PromiseRow) -> str:
    return row.outcome or "等着"


_OPTIONS: tuple[Column[SolutionRow], ...] = (
    Column("方案", _letter, width=6),
    Column("内容", attrgetter("draft.what"), width=16, wrap=True),
    Column("成本", _cost, Kind.INTEGER, width=7),
    Column("客户意见", attrgetter("draft.opinion"), width=9),
)
_PROMISED: tuple[Column[PromiseRow], ...] = (
    Column("答应了什么", attrgetter("what"), width=16, wrap=True),
    Column("到", _due, Kind.TIME, width=17),
    Column("结果", _outcome, width=8),
)


class OffersBlock(QWidget):
    """``wanted`` carries the ``Step`` somebody wants to take."""

    wanted = Signal(object)

    def __init__(self, procedure: Procedure, clock: Clock) -> None:
        super().__init__()
        self._services, self._clock = procedure, clock
        self._options: RowTable[SolutionRow] = RowTable(
            "方案 A/B/C", _OPTIONS, key=attrgetter("id"), marks={"方案": _letter_mark}
        )
        self._promised: RowTable[PromiseRow] = RowTable(
            "答应客户的事", _PROMISED, key=attrgetter("id"), marks={"结果": self._outcome_mark}
        )
        self._wanted = ElidedLabel(role="caption")
        self._propose, self._agree = Button("写方案", weight=Weight.QUIET), Button("商定方案", weight=Weight.QUIET)
        self._promise, self._settle = Button("答应客户", weight=Weight.QUIET), Button("回话结果", weight=Weight.QUIET)
        self._lay_out()
        self._options.opened.connect(self._on_opened)
        self._propose.clicked.connect(self._on_propose)
        self._agree.clicked.connect(self._on_agree)
        self._promise.clicked.connect(self._on_promise)
        self._settle.clicked.connect(self._on_settle)

    def show_case(self, case: ComplaintCase, *, writable: bool) -> None:
        """The options and promises of this complaint."""
        options = self._services.solutions.of_complaint(case.number)
        promised = self._services.promises.of_complaint(case.number)
        self._options.set_rows(options)
        self._promised.set_rows(promised)
        wanted = not case.history and self._services.solutions.wanted(case.number)
        agreed = any(row.agreed_at for row in options)
        self._wanted.setText("解决前要商定一个" if wanted and not agreed else "")
        self._propose.setVisible(writable)
        self._promise.setVisible(writable)
        self._agree.setVisible(writable and bool(options))
        self._settle.setVisible(writable and any(row.settled_at is None for row in promised))

    def go_to(self) -> None:
        """The keyboard where an option is written."""
        self._propose.setFocus()

    def _outcome_mark(self, row: PromiseRow) -> Mark:
        if row.outcome:
            return Mark(Tone.DONE if row.outcome == PromiseOutcome.KEPT else Tone.LATE)
        return Mark(Tone.LATE if row.due_at < self._clock() else Tone.SOON)

    def _on_opened(self, row: SolutionRow) -> None:
        self.wanted.emit(offer_steps.Amend(self._services, row))

    def _on_propose(self) -> None:
        self.wanted.emit(offer_steps.Propose(self._services))

    def _on_agree(self) -> None:
        self.wanted.emit(offer_steps.Agree(self._services))

    def _on_promise(self) -> None:
        self.wanted.emit(offer_steps.Promise(self._services))

    def _on_settle(self) -> None:
        self.wanted.emit(offer_steps.Settle(self._services))

    def _lay_out(self) -> None:
        self._options.set_empty("还没有方案。按“写方案”写，双击或回车改已写的。")
        self._promised.set_empty("没有答应的事。答应了什么，按“答应客户”记下哪天回话。")
        both = QHBoxLayout(self)
        both.setContentsMargins(0, 0, 0, 0)
        both.setSpacing(GAP)
        sides = (
            ("方案 A/B/C", self._options, (self._wanted,), (self._propose, self._agree), 3),
            ("答应客户的事", self._promised, (), (self._promise, self._settle), 2),
        )
        for title, table, notes, buttons, share in sides:
            head = QHBoxLayout()
            head.setSpacing(4)
            head.addWidget(PlainLabel(title, "heading"))
            for note in notes:
                head.addWidget(note, 1)
            head.addStretch(1)
            for button in buttons:
                head.addWidget(button)
            table.setFixedHeight(scaled(_HEIGHT))
            side = QVBoxLayout()
            side.setSpacing(4)
            side.addLayout(head)
            side.addWidget(table)
            both.addLayout(side, share)
