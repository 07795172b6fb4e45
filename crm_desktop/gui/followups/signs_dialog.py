"""苗头: what may become a complaint and is none yet, on one list; one click makes a complaint or a call of it."""

from __future__ import annotations

from operator import attrgetter

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QDialog, QHBoxLayout, QVBoxLayout, QWidget

from crm_desktop.clock import local_day
from crm_desktop.domain.errors import DeskError
from crm_desktop.domain.followups import PlanDraft
from crm_desktop.domain.identity import masked_phone, shown_plate
from crm_desktop.domain.sheets import Column, Kind
from crm_desktop.domain.signs import SignRow
from crm_desktop.gui.messages import Messages
from crm_desktop.gui.session import Session
from crm_desktop.gui.theme import scaled
from crm_desktop.gui.widgets.buttons import Button, Weight
from crm_desktop.gui.widgets.labels import PlainLabel
from crm_desktop.gui.widgets.row_table import RowTable
from crm_desktop.services.followups import FollowUps
from crm_desktop.services.signs import Signs

TITLE = "苗头"
_NONE = "现在没有苗头：没有过期没做的事，没有反复返修，没有不满意的回答，也没有投诉后没再来的客户。"
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


class SignsDialog(QDialog):
    """``complaint_wanted`` carries the number of the complaint that came of a sign, or that it hangs on; ``planned``:
    a call of today was planned."""

    complaint_wanted = Signal(str)
    planned = Signal()

    def __init__(
        self, signs: Signs, follow_ups: FollowUps, session: Session, messages: Messages, window: QWidget
    ) -> None:
        super().__init__(window)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(TITLE)
        self._signs, self._follow_ups, self._session, self._messages = signs, follow_ups, session, messages
        self._table: RowTable[SignRow] = RowTable(TITLE, _COLUMNS, key=_key)
        self._table.set_empty(_NONE)
        self._complain = Button("转成抱怨单", weight=Weight.MAIN)
        self._call = Button("今天回访")
        self._open = Button("打开抱怨单")
        self._told = PlainLabel(role="caption")
        self._told.setWordWrap(True)
        self._lay_out()
        self._table.chosen.connect(self._on_chosen)
        self._table.opened.connect(self._on_opened)
        self._complain.clicked.connect(self._on_complain)
        self._call.clicked.connect(self._on_call)
        self._open.clicked.connect(self._on_open)
        self.refresh()

    def refresh(self) -> None:
        """Reads the list again; the first row is at hand."""
        self._table.set_rows(self._signs.rows())
        if self._table.current_row() is None and self._table.count():
            self._table.selectRow(0)
        self._on_chosen(self._table.current_row())

    def _on_chosen(self, row: SignRow | None) -> None:
        self._complain.setEnabled(row is not None)
        for button in (self._call, self._open):
            button.setEnabled(row is not None and bool(row.number))

    def _on_opened(self, row: SignRow) -> None:
        if row.number:
            self._leave_for(row.number)

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
        act = self._session.act(TITLE)
        try:
            self._follow_ups.plan(row.number, PlanDraft(local_day(act.at), reason=f"{TITLE}：{row.kind}"), act)
        except DeskError as refusal:
            self._refuse(refusal.sentence)
            return
        self._told.setText(f"{row.customer_name}已排在今天要打的回访里。")
        self.planned.emit()

    def _refuse(self, sentence: str) -> None:
        """The bar named 消息 lies behind this window, so a refusal stands here too."""
        self._messages.refused(sentence)
        self._told.setText(sentence)

    def _leave_for(self, number: str) -> None:
        self.accept()
        self.complaint_wanted.emit(number)

    def _lay_out(self) -> None:
        close = Button("关闭窗口")
        close.clicked.connect(self.accept)
        foot = QHBoxLayout()
        foot.setSpacing(8)
        for button in (self._complain, self._call, self._open):
            foot.addWidget(button)
        foot.addStretch(1)
        foot.addWidget(close)
        body = QVBoxLayout(self)
        body.setContentsMargins(18, 16, 18, 16)
        body.setSpacing(10)
        body.addWidget(PlainLabel(TITLE, "title"))
        body.addWidget(PlainLabel(_HOW, "caption"))
        body.addWidget(self._table, 1)
        body.addWidget(self._told)
        body.addLayout(foot)
        self.resize(scaled(_WIDTH), scaled(_HEIGHT))
