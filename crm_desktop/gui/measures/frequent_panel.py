"""高频预警: what came too often at the left, its complaints at the right; one key makes one measure of all of them."""

from __future__ import annotations

from datetime import date
from operator import attrgetter

from PySide6.QtCore import Qt, Signal

from crm_desktop.domain.frequent import AlikeCase, Frequent
from crm_desktop.domain.proofs import Alike
from crm_desktop.domain.sheets import Column, Kind
from crm_desktop.gui.widgets.buttons import Button, Weight
from crm_desktop.gui.widgets.labels import ElidedLabel, PlainLabel
from crm_desktop.gui.widgets.page import Card
from crm_desktop.gui.widgets.row_table import RowTable

TITLE = "高频预警"
CASES = "同类抱怨单"
_NOTHING = "没有高频问题。\n同类抱怨在规定天数里到了规定件数，会列在这里；规则在“设置 → 规则 → 高频预警”里改。"


def _last(row: Frequent) -> date:
    return row.cases[-1].received_on


def _of(alike: Alike) -> Column[AlikeCase]:
    def word(case: AlikeCase) -> str:
        return case.words.get(alike, "")

    return Column(alike.value, word, width=10)


PROBLEMS: tuple[Column[Frequent], ...] = (
    Column("件数", attrgetter("count"), Kind.INTEGER, width=5),
    Column("什么相同", attrgetter("what"), width=28, wrap=True),
    Column("规则", attrgetter("why"), width=18),
    Column("最近一件", _last, Kind.DATE, width=10),
)
_CASES: tuple[Column[AlikeCase], ...] = (
    Column("抱怨单", attrgetter("number"), width=14),
    Column("受理日期", attrgetter("received_on"), Kind.DATE, width=10),
    _of(Alike.CATEGORY),
    _of(Alike.TECHNICIAN),
)


def problem_list() -> RowTable[Frequent]:
    """Enter on a line makes the measure."""
    table: RowTable[Frequent] = RowTable(TITLE, PROBLEMS, attrgetter("numbers"))
    table.set_empty(_NOTHING)
    return table


class FrequentPanel(Card):
    """``measure_wanted`` carries the problem, ``complaint_wanted`` the number of one of its complaints."""

    measure_wanted = Signal(object)
    complaint_wanted = Signal(str)

    def __init__(self) -> None:
        super().__init__()
        self._problem: Frequent | None = None
        self._what, self._why = ElidedLabel(role="title"), PlainLabel(role="caption")
        self._make = Button("立一项措施", weight=Weight.MAIN)
        self._cases: RowTable[AlikeCase] = RowTable(CASES, _CASES, attrgetter("id"))
        for piece in (self._what, self._why):
            self.add(piece)
        self.body.addWidget(self._make, 0, Qt.AlignmentFlag.AlignLeft)
        self.add(self._cases, 1)
        self._make.clicked.connect(self._on_make)
        self._cases.opened.connect(self._on_opened)

    def show_problem(self, problem: Frequent) -> None:
        """Another problem."""
        self._problem = problem
        self._what.setText(problem.what)
        self._why.setText(f"{problem.why}；立成一项措施，{problem.count} 张单都挂在它下面。")
        self._cases.set_rows(problem.cases)

    def _on_make(self) -> None:
        if self._problem is not None:
            self.measure_wanted.emit(self._problem)

    def _on_opened(self, case: AlikeCase) -> None:
        self.complaint_wanted.emit(case.number)
