"""历史: everything that happened around one customer on one line of time, the latest first, page by page."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from operator import attrgetter

from PySide6.QtCore import Signal
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QHBoxLayout

from crm_desktop.clock import Clock
from crm_desktop.domain.customers import CustomerProfile
from crm_desktop.domain.errors import DeskError
from crm_desktop.domain.sheets import Column, Kind
from crm_desktop.gui.asking import Asking, Question
from crm_desktop.gui.customers.dealing_questions import TypeContract, TypePayment, TypeVisit
from crm_desktop.gui.customers.history_lines import TYPED, amending, is_open_sign, taking_back
from crm_desktop.gui.customers.profile_desk import SCREEN, ProfileDesk
from crm_desktop.gui.customers.profile_tab import ProfileTab
from crm_desktop.gui.messages import Messages
from crm_desktop.gui.session import Session
from crm_desktop.gui.sign_questions import NoteOwnSign
from crm_desktop.gui.widgets.buttons import Button
from crm_desktop.gui.widgets.fields import ChoiceField
from crm_desktop.gui.widgets.labels import PlainLabel
from crm_desktop.gui.widgets.row_table import RowTable
from crm_desktop.services.timelines import Happening, Key, TimelineRow

_OF_COMPLAINTS = (Happening.COMPLAINT, Happening.REWORK, Happening.CALL, Happening.PROMISE)
_ALL = (("", "全部"), *((kind.value, kind.value) for kind in Happening))


def _on(row: TimelineRow) -> date:
    return row.on


def _what(row: TimelineRow) -> str:
    told = "：".join(part for part in (row.title, row.detail) if part)
    return told if row.amount_fen is None else f"{told}（{row.amount_fen / 100:,.2f} 元）"


_COLUMNS: tuple[Column[TimelineRow], ...] = (
    Column("日期", _on, Kind.DATE, width=10),
    Column("类别", attrgetter("kind"), width=4.5),
    Column("单号", attrgetter("number"), width=13),
    Column("内容", _what, width=22, wrap=True),
    Column("经手", attrgetter("who"), width=6),
)


class HistoryTab(ProfileTab):
    """What happened is read only; an order, a payment, a contract or a sign is added at once.

    What was typed here is opened again by Enter, and taken back by the menu of its line.

    ``complaint_wanted`` carries the number of the complaint a line belongs to.
    """

    complaint_wanted = Signal(str)

    title = "历史"

    def __init__(self, desk: ProfileDesk, session: Session, messages: Messages, clock: Clock) -> None:
        super().__init__()
        self._desk, self._timelines, self._messages = desk, desk.timelines, messages
        self._profile: CustomerProfile | None = None
        self._asking = Asking(desk.access, desk.staff, session, clock, messages, self)
        self._rows: list[TimelineRow] = []
        self._next: Key | None = None
        self._kind = ChoiceField(_ALL, "")
        self._kind.setAccessibleName("类别")
        self._count = PlainLabel(role="caption")
        self._more = Button("看更早的")
        self._visit, self._payment, self._contract = Button("记进厂"), Button("记付款"), Button("记合同")
        self._sign = Button("记苗头")
        self._table: RowTable[TimelineRow] = RowTable("历史", _COLUMNS, key=_key)
        self._table.setSortingEnabled(False)
        self._amend, self._take_back = QAction("修改", self._table), QAction("撤回", self._table)
        self._table.addActions([self._amend, self._take_back])
        self._lay_out()
        self._kind.changed.connect(self._on_kind)
        self._more.clicked.connect(self._on_more)
        self._table.opened.connect(self._on_opened)
        self._asking.stored.connect(self.stored)
        self._visit.clicked.connect(self._on_visit)
        self._payment.clicked.connect(self._on_payment)
        self._contract.clicked.connect(self._on_contract)
        self._sign.clicked.connect(self._on_sign)
        self._table.chosen.connect(self._on_chosen)
        self._amend.triggered.connect(self._on_amend)
        self._take_back.triggered.connect(self._on_take_back)

    def show_profile(self, profile: CustomerProfile) -> None:
        self._profile = profile
        self._begin()

    # -- slots ---------------------------------------------------------------------------------------------------

    def _on_kind(self) -> None:
        self._begin()

    def _on_more(self) -> None:
        self._turn(self._next)

    def _on_visit(self) -> None:
        self._asking.begin(TypeVisit(self._desk, self._known), SCREEN)

    def _on_payment(self) -> None:
        self._asking.begin(TypePayment(self._desk, self._known), SCREEN)

    def _on_contract(self) -> None:
        self._asking.begin(TypeContract(self._desk, self._known), SCREEN)

    def _on_opened(self, row: TimelineRow) -> None:
        if row.kind in _OF_COMPLAINTS and row.number:
            self.complaint_wanted.emit(row.number)
        elif row.kind in TYPED or is_open_sign(row):
            self._on_amend()

    def _on_sign(self) -> None:
        self._asking.begin(NoteOwnSign(self._desk.signs, self._known), SCREEN)

    def _on_chosen(self, row: TimelineRow | None) -> None:
        typed = row is not None and row.kind in TYPED
        self._amend.setEnabled(typed or is_open_sign(row))
        self._amend.setText("记补救" if is_open_sign(row) else "修改")
        self._take_back.setEnabled(typed)

    def _on_amend(self) -> None:
        self._ask_of(amending)

    def _on_take_back(self) -> None:
        self._ask_of(taking_back)

    # -- helpers -------------------------------------------------------------------------------------------------

    @property
    def _known(self) -> CustomerProfile:
        assert self._profile is not None  # noqa: S101 - the tab is open for a stored customer only
        return self._profile

    def _ask_of(self, about: Callable[[ProfileDesk, CustomerProfile, TimelineRow], Question | None]) -> None:
        """Asks what the line in hand allows; one that is gone meanwhile says so."""
        row = self._table.current_row()
        if row is None:
            return
        try:
            question = about(self._desk, self._known, row)
        except DeskError as refusal:
            self._messages.refused(refusal.sentence)
            return
        if question is not None:
            self._asking.begin(question, SCREEN)

    def _begin(self) -> None:
        self._rows = []
        self._turn(None)

    def _turn(self, after: Key | None) -> None:
        """The lines behind those that stand there."""
        kind = str(self._kind.value() or "")
        page = self._timelines.page(self._known.id, after, (kind,) if kind else ())
        self._rows += page.rows
        self._next = page.next
        self._table.set_rows(self._rows)
        self._more.setVisible(self._next is not None)
        self._on_chosen(self._table.current_row())
        self._count.setText(f"最近 {len(self._rows)} 条" if self._next else f"共 {len(self._rows)} 条")

    def _lay_out(self) -> None:
        self._table.set_empty("还没有来往记录；进厂、投诉、返修、回访、回话、付款、合同和档案变更都会记在这里。")
        head = QHBoxLayout()
        head.setSpacing(8)
        head.addWidget(PlainLabel("类别", "label"))
        head.addWidget(self._kind)
        head.addWidget(self._count)
        head.addStretch(1)
        for button in (self._visit, self._payment, self._contract, self._sign):
            head.addWidget(button)
        self.body.addLayout(head)
        self.body.addWidget(self._table, 1)
        foot = QHBoxLayout()
        foot.addStretch(1)
        foot.addWidget(self._more)
        self.body.addLayout(foot)


def _key(row: TimelineRow) -> object:
    return row.kind, row.id
