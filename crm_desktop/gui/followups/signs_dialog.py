"""苗头: what may become a complaint and is none yet, on one list: a complaint or a call of today is made of it.

What somebody noticed is noted here by hand, and leaves the list once it is told how it was made good.
"""

from __future__ import annotations

from datetime import datetime
from operator import attrgetter

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from crm_desktop.domain.errors import DeskError
from crm_desktop.domain.identity import masked_phone, shown_plate
from crm_desktop.domain.sheets import Column, Kind
from crm_desktop.domain.signs import SignKind, SignRow
from crm_desktop.gui.asking import Asking
from crm_desktop.gui.followups.call_desk import CallDesk
from crm_desktop.gui.messages import Messages
from crm_desktop.gui.session import Session
from crm_desktop.gui.sign_questions import NoteSign, SettleSign
from crm_desktop.gui.theme import scaled
from crm_desktop.gui.widgets.ask_dialog import closing_foot
from crm_desktop.gui.widgets.buttons import Button, Weight
from crm_desktop.gui.widgets.desk_dialog import DeskDialog
from crm_desktop.gui.widgets.labels import PlainLabel
from crm_desktop.gui.widgets.row_table import RowTable

TITLE = "苗头"
_NONE = (
    "现在没有苗头：没有过期没做的事，没有反复返修，没有不满意的回答，也没有投诉后没再来的客户。\n"
    "看出谁不满意，用“记苗头”记下来。"
)
_HOW = "客户还没投诉，但值得先联系：过期没做的承诺、反复返修、回访或调查不满意、投诉后没再来。"
_WIDTH, _HEIGHT = 980, 520


def _phone(row: SignRow) -> str:
    return masked_phone(row.phone)


def _plate(row: SignRow) -> str:
    return shown_plate(row.plate)


_COLUMNS: tuple[Column[SignRow], ...] = (
    Column("哪类", attrgetter("kind"), width=11),
    Column("日期", attrgetter("on"), Kind.DATE, width=10),
    Column("客户", attrgetter("customer_name"), width=8),
    Column("联系电话", _phone, width=11),
    Column("车牌号", _plate, width=9),
    Column("抱怨单", attrgetter("number"), width=13),
    Column("怎么回事", attrgetter("what"), width=20, wrap=True),
)


def _key(row: SignRow) -> object:
    return row.kind, row.id


class SignsDialog(DeskDialog):
    """``complaint_wanted`` carries the number of the complaint that came of a sign, or that it hangs on; ``planned``:
    a call of today was planned."""

    complaint_wanted = Signal(str)
    planned = Signal()

    def __init__(self, desk: CallDesk, session: Session, messages: Messages, window: QWidget) -> None:
        super().__init__(window)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(TITLE)
        self._signs, self._search = desk.signs, desk.search
        self._session, self._messages = session, messages
        self._asking = Asking(desk.access, desk.staff, session, self._now, messages, self)
        self._table: RowTable[SignRow] = RowTable(TITLE, _COLUMNS, key=_key)
        self._table.set_empty(_NONE)
        self._complain = Button("转成抱怨单", weight=Weight.MAIN)
        self._call = Button("今天回访")
        self._open = Button("打开抱怨单")
        self._settle = Button("记补救")
        self._note = Button("记苗头", icon="plus")
        self._table.offer(self._complain, self._call, self._open, self._settle)
        self._told = PlainLabel(role="caption")
        self._told.setWordWrap(True)
        self._lay_out()
        self._table.chosen.connect(self._on_chosen)
        self._table.opened.connect(self._on_opened)
        self._complain.clicked.connect(self._on_complain)
        self._call.clicked.connect(self._on_call)
        self._open.clicked.connect(self._on_open)
        self._settle.clicked.connect(self._on_settle)
        self._note.clicked.connect(self._on_note)
        self._asking.stored.connect(self._on_stored)
        self.refresh()

    def refresh(self) -> None:
        """Reads the list again; the first row is at hand."""
        self._table.set_rows(self._signs.rows())
        if self._table.current_row() is None and self._table.count():
            self._table.selectRow(0)
        self._on_chosen(self._table.current_row())

    def _on_chosen(self, row: SignRow | None) -> None:
        for button in (self._complain, self._call):
            button.setEnabled(row is not None)
        self._open.setEnabled(row is not None and bool(row.number))
        self._settle.setEnabled(row is not None and row.kind is SignKind.NOTED)

    def _on_opened(self, row: SignRow) -> None:
        """Enter goes on with the sign: its complaint, or its remedy."""
        if row.number:
            self._leave_for(row.number)
        elif row.kind is SignKind.NOTED:
            self._asking.begin(SettleSign(self._signs, row.id, row.what), TITLE)

    def _on_open(self) -> None:
        row = self._table.current_row()
        if row is not None:
            self._on_opened(row)

    def _on_complain(self) -> None:
        """In the sign's own words; what is missing is asked in the complaint that opens."""
        row = self._table.current_row()
        if row is None:
            return
        try:
            saved = self._signs.complain(row, self._session.act(TITLE), row.what or row.kind)
        except DeskError as refusal:
            self._refuse(refusal.sentence)
            return
        self._messages.done(f"已立抱怨单 {saved.number}，请补齐内容。")
        self._leave_for(saved.number)

    def _on_call(self) -> None:
        row = self._table.current_row()
        if row is None:
            return
        try:
            self._signs.call(row, self._session.act(TITLE))
        except DeskError as refusal:
            self._refuse(refusal.sentence)
            return
        self._told.setText(f"{row.customer_name or shown_plate(row.plate)}已排在今天要打的回访里。")
        self.planned.emit()

    def _on_settle(self) -> None:
        row = self._table.current_row()
        if row is not None:
            self._asking.begin(SettleSign(self._signs, row.id, row.what), TITLE)

    def _on_note(self) -> None:
        self._asking.begin(NoteSign(self._signs, self._search), TITLE)

    def _on_stored(self, sentence: str) -> None:
        self.refresh()
        self._messages.done(sentence)
        self._told.setText(sentence)

    def _now(self) -> datetime:
        return self._session.act(TITLE).at

    def _refuse(self, sentence: str) -> None:
        """The bar named 消息 lies behind this window, so a refusal stands here too."""
        self._messages.refused(sentence)
        self._told.setText(sentence)

    def _leave_for(self, number: str) -> None:
        self.accept()
        self.complaint_wanted.emit(number)

    def _lay_out(self) -> None:
        body = QVBoxLayout(self)
        body.setContentsMargins(18, 16, 18, 16)
        body.setSpacing(10)
        body.addWidget(PlainLabel(TITLE, "title"))
        body.addWidget(PlainLabel(_HOW, "caption"))
        body.addWidget(self._table, 1)
        body.addWidget(self._told)
        body.addLayout(closing_foot(self, self._complain, self._call, self._open, self._settle, self._note))
        self.resize(scaled(_WIDTH), scaled(_HEIGHT))
