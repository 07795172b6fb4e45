"""损失和补偿 of a complaint: what he lost, what he asks for, what he was given, line by line with their sums."""

from __future__ import annotations

from datetime import datetime
from operator import attrgetter

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from crm_desktop.clock import to_local
from crm_desktop.domain.compensations import EntryRow, Side, yuan_words
from crm_desktop.domain.sheets import Column, Kind
from crm_desktop.gui.asking import Asking
from crm_desktop.gui.complaints.desk_clock import desk_clock
from crm_desktop.gui.complaints.ledger_questions import SCREEN, Enter, TakeBack
from crm_desktop.gui.complaints.procedure import Procedure
from crm_desktop.gui.messages import Messages
from crm_desktop.gui.session import Session
from crm_desktop.gui.theme import Tone, scaled
from crm_desktop.gui.widgets.buttons import Button
from crm_desktop.gui.widgets.desk_dialog import DeskDialog
from crm_desktop.gui.widgets.labels import PlainLabel
from crm_desktop.gui.widgets.row_model import Mark
from crm_desktop.gui.widgets.row_table import RowTable

TITLE = "损失和补偿"
_WIDTH, _HEIGHT = 820, 400
_TONES = {Side.GIVEN: Tone.DONE, Side.LOSS: Tone.GREY, Side.CLAIM: Tone.SOON}


def _amount(row: EntryRow) -> str:
    hours = f"{row.draft.hours} 小时" if row.draft.hours else ""
    return "、".join(part for part in (yuan_words(row.draft.amount_fen), hours) if part)


def _at(row: EntryRow) -> datetime:
    return to_local(row.at)


def _side_mark(row: EntryRow) -> Mark:
    return Mark(_TONES[Side(row.draft.side)])


_COLUMNS: tuple[Column[EntryRow], ...] = (
    Column("类型", attrgetter("draft.side"), width=9),
    Column("是什么", attrgetter("draft.kind"), width=13),
    Column("金额", _amount, width=12),
    Column("说明", attrgetter("draft.note"), width=18, wrap=True),
    Column("登记", attrgetter("who"), width=8),
    Column("批准", attrgetter("approved_by"), width=8),
    Column("时间", _at, Kind.TIME, width=17),
)


class LedgerDialog(DeskDialog):
    """``stored`` carries the sentence about a line that was written or taken back."""

    stored = Signal(str)

    def __init__(
        self, procedure: Procedure, session: Session, messages: Messages, number: str, writable: bool, window: QWidget
    ) -> None:
        super().__init__(window)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(f"{TITLE} {number}")
        self._services, self._session, self._number = procedure, session, number
        self._table: RowTable[EntryRow] = RowTable(TITLE, _COLUMNS, key=attrgetter("id"), marks={"类型": _side_mark})
        self._table.set_empty("还没有登记。客户损失了什么、要什么、给了他什么，一笔一笔记在这里。")
        self._sums = PlainLabel(role="heading")
        self._buttons = {Button(word): side for word, side in _adding()}
        self._back = Button("冲销")
        self._table.offer(self._back)
        clock = desk_clock(session)
        self._asking = Asking(procedure.access, procedure.staff, session, clock, messages, self)
        self._lay_out(writable)
        for button in self._buttons:
            button.clicked.connect(self._on_add)
        self._back.clicked.connect(self._on_back)
        self._table.chosen.connect(self._on_chosen)
        self._asking.stored.connect(self._on_stored)
        self._refresh()
        first = next(iter(self._buttons)) if writable else self._table
        first.setFocus()

    def _on_add(self) -> None:
        button = self.sender()
        if isinstance(button, Button):
            self._asking.begin(Enter(self._services, self._session, self._number, self._buttons[button]), SCREEN)

    def _on_back(self) -> None:
        row = self._table.current_row()
        if row is not None:
            self._asking.begin(TakeBack(self._services, self._number, row), SCREEN)

    def _on_chosen(self, row: EntryRow | None) -> None:
        self._back.setEnabled(row is not None)

    def _on_stored(self, sentence: str) -> None:
        self._refresh()
        self.stored.emit(sentence)

    def _refresh(self) -> None:
        kept = self._services.compensations.of_complaint(self._number)
        self._table.set_rows(kept.rows)
        self._sums.setText(kept.words)
        self._back.setEnabled(bool(kept.rows))
        if kept.rows:
            self._table.choose(kept.rows[-1].id)

    def _lay_out(self, writable: bool) -> None:
        body = QVBoxLayout(self)
        body.setContentsMargins(18, 16, 18, 16)
        body.setSpacing(10)
        body.addWidget(PlainLabel(f"{TITLE}　{self._number}", "title"))
        body.addWidget(self._sums)
        body.addWidget(self._table, 1)
        foot = QHBoxLayout()
        foot.setSpacing(8)
        for button in (*self._buttons, self._back):
            button.setVisible(writable)
            foot.addWidget(button)
        foot.addStretch(1)
        close = Button("完成")
        close.clicked.connect(self.accept)
        foot.addWidget(close)
        body.addLayout(foot)
        self.resize(scaled(_WIDTH), scaled(_HEIGHT))


def _adding() -> tuple[tuple[str, Side], ...]:
    return (("登记补偿", Side.GIVEN), ("登记损失", Side.LOSS), ("登记索赔", Side.CLAIM))
