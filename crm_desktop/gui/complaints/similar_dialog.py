"""相似案例 beside the form: what was done, cost, satisfied, came back; 采用此方案 puts the texts into the form."""

from __future__ import annotations

from datetime import date
from operator import attrgetter

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from crm_desktop.clock import local_day
from crm_desktop.domain.classification import Axis
from crm_desktop.domain.complaint_rows import ComplaintCase
from crm_desktop.domain.complaints import FIELD_LABELS
from crm_desktop.domain.sheets import Column, Kind
from crm_desktop.gui.complaints.procedure import Procedure
from crm_desktop.gui.theme import Tone, scaled
from crm_desktop.gui.widgets.buttons import Button, Weight
from crm_desktop.gui.widgets.desk_dialog import DeskDialog
from crm_desktop.gui.widgets.labels import PlainLabel
from crm_desktop.gui.widgets.row_model import Mark
from crm_desktop.gui.widgets.row_table import RowTable
from crm_desktop.services.similar import SimilarCase

TITLE = "相似案例"
ADOPTED = ("solution", "soothing")
"""The fields 采用此方案 fills; the rest belongs to that car alone."""
_SHOWN = ("correction", "solution", "soothing", "root_cause")
_WIDTH, _HEIGHT = 900, 520
_FEN = 100


def _day(row: SimilarCase) -> date:
    return local_day(row.received_at)


def _cost(row: SimilarCase) -> str:
    return f"{row.cost_fen // _FEN} 元" if row.cost_fen else ""


def _back(row: SimilarCase) -> str:
    return "又来" if row.came_back else "没有"


def _back_mark(row: SimilarCase) -> Mark:
    return Mark(Tone.LATE if row.came_back else Tone.DONE)


_COLUMNS: tuple[Column[SimilarCase], ...] = (
    Column("受理日", _day, Kind.DATE, width=11),
    Column("类别", attrgetter("category"), width=10),
    Column("抱怨内容", attrgetter("words"), width=24, wrap=True),
    Column("解决措施", attrgetter("solution"), width=24, wrap=True),
    Column("补偿", _cost, width=8),
    Column("满意度", attrgetter("satisfaction"), width=8),
    Column("又来了吗", _back, width=9),
)


class SimilarDialog(DeskDialog):
    """``adopted`` carries the texts by field name. It lets the case be worked on while it is open."""

    adopted = Signal(object)

    def __init__(self, procedure: Procedure, case: ComplaintCase, writable: bool, window: QWidget) -> None:
        super().__init__(window)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(f"{TITLE} {case.number}")
        self._table: RowTable[SimilarCase] = RowTable(
            TITLE, _COLUMNS, key=attrgetter("id"), marks={"又来了吗": _back_mark}
        )
        self._table.set_empty("没有找到相似的、已经解决的案例。")
        self._told = PlainLabel()
        self._told.setWordWrap(True)
        self._adopt = Button("采用此方案", weight=Weight.MAIN)
        self._table.offer(self._adopt)
        self._lay_out(writable)
        self._table.chosen.connect(self._on_chosen)
        self._table.opened.connect(self._on_opened)
        self._adopt.clicked.connect(self._on_adopt)
        rows = _similar(procedure, case)
        self._table.set_rows(rows)
        self._adopt.setEnabled(bool(rows))
        if rows:
            self._table.choose(rows[0].id)
            self._on_chosen(rows[0])
        self._table.setFocus()

    def _on_chosen(self, row: SimilarCase | None) -> None:
        self._adopt.setEnabled(row is not None)
        told = [f"{FIELD_LABELS[name]}：{getattr(row, name)}" for name in _SHOWN if row and getattr(row, name)]
        self._told.setText("\n".join(([f"{row.number}"] if row else []) + told))

    def _on_opened(self, row: SimilarCase) -> None:
        if self._adopt.isVisible():
            self._hand_over(row)

    def _on_adopt(self) -> None:
        row = self._table.current_row()
        if row is not None:
            self._hand_over(row)

    def _hand_over(self, row: SimilarCase) -> None:
        self.adopted.emit({name: getattr(row, name) for name in ADOPTED if getattr(row, name)})
        self.accept()

    def _lay_out(self, writable: bool) -> None:
        body = QVBoxLayout(self)
        body.setContentsMargins(18, 16, 18, 16)
        body.setSpacing(10)
        body.addWidget(PlainLabel(TITLE, "title"))
        body.addWidget(self._table, 1)
        body.addWidget(self._told)
        foot = QHBoxLayout()
        foot.setSpacing(8)
        self._adopt.setVisible(writable)
        foot.addWidget(self._adopt)
        foot.addWidget(PlainLabel("把解决措施和安抚措施抄进方案，改好再保存" if writable else "", "caption"))
        foot.addStretch(1)
        close = Button("关闭")
        close.clicked.connect(self.reject)
        foot.addWidget(close)
        body.addLayout(foot)
        self.resize(scaled(_WIDTH), scaled(_HEIGHT))


def _similar(procedure: Procedure, case: ComplaintCase) -> list[SimilarCase]:
    """Those like it, by what it counts as or is proposed to count as."""
    confirmed = procedure.classifications.of_complaint(case.number)
    words = confirmed.words if confirmed else procedure.proposals.of(case.number).words
    category = str(case.fields["category"] or "") or words.get(Axis.CATEGORY, "")
    return procedure.similar.of(case.number, category, words.get(Axis.SYSTEM, ""))
