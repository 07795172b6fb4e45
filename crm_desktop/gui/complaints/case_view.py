"""One complaint with its tabs: opens what has its turn, saves the tab in hand, never loses what was typed."""

from __future__ import annotations

from PySide6.QtCore import Signal, SignalInstance
from PySide6.QtWidgets import QHBoxLayout, QTabWidget, QWidget

from crm_desktop.domain.complaints import OPEN_STATES, ComplaintCase
from crm_desktop.gui.complaints.calls_tab import CallsTab
from crm_desktop.gui.complaints.case_head import CaseHead
from crm_desktop.gui.complaints.case_side import CaseSide
from crm_desktop.gui.complaints.case_tab import CaseTab
from crm_desktop.gui.complaints.desk_clock import desk_clock
from crm_desktop.gui.complaints.dialogs import ReasonDialog
from crm_desktop.gui.complaints.field_tabs import HandlingTab, MeasuresTab, SolutionTab
from crm_desktop.gui.complaints.filing_tab import FilingTab
from crm_desktop.gui.complaints.history_tab import HistoryTab
from crm_desktop.gui.complaints.received_tab import ReceivedTab
from crm_desktop.gui.complaints.reworks_tab import ReworksTab
from crm_desktop.gui.complaints.turns import Gap, Turn, comes_before
from crm_desktop.gui.messages import Messages
from crm_desktop.gui.session import Session
from crm_desktop.gui.theme import scaled
from crm_desktop.gui.widgets.buttons import Button, Weight
from crm_desktop.gui.widgets.labels import ElidedLabel, PlainLabel
from crm_desktop.gui.widgets.page import Card, Page
from crm_desktop.services.cases import Cases
from crm_desktop.services.complaints import Complaints
from crm_desktop.services.followups import FollowUps
from crm_desktop.services.reworks import Reworks
from crm_desktop.services.search import Search

_SIDE_WIDTH = 268
# On a tall screen the buttons stay near what they save.
_HEIGHT = 620
_VOID_SENTENCE = "作废后仍留在列表和登记表上，注明作废；单号不会再用，以后不能恢复。"


class CaseView(Page):
    """``saved``, ``print_wanted``, ``pdf_wanted`` and ``excel_wanted`` carry the complaint's number."""

    saved = Signal(str)
    back_wanted = Signal()
    print_wanted = Signal(str)
    pdf_wanted = Signal(str)
    excel_wanted = Signal(str)
    customer_wanted = Signal(int)

    def __init__(
        self,
        complaints: Complaints,
        cases: Cases,
        reworks: Reworks,
        follow_ups: FollowUps,
        search: Search,
        session: Session,
        messages: Messages,
    ) -> None:
        super().__init__()
        self._complaints, self._cases, self._search, self._messages = complaints, cases, search, messages
        self._case: ComplaintCase | None = None
        self._dialog: ReasonDialog | None = None

        self._head = CaseHead()
        self._side = CaseSide(desk_clock(session))
        self._history = HistoryTab(cases, session, messages)
        self._tabs: tuple[CaseTab, ...] = (
            ReceivedTab(complaints, cases, search, session, messages),
            HandlingTab(complaints, cases, session, messages),
            SolutionTab(complaints, cases, session, messages),
            ReworksTab(reworks, session, messages),
            CallsTab(follow_ups, session, messages),
            MeasuresTab(complaints, cases, session, messages),
            FilingTab(complaints, session, messages),
            self._history,
        )
        self._book = QTabWidget()
        self._hint = ElidedLabel(role="caption")
        self._changes = Button("历史", weight=Weight.QUIET)
        self._save = Button("保存", "Ctrl+S", Weight.MAIN)
        self._state = PlainLabel(role="caption")
        self._print = Button("打印预览", "Ctrl+P")
        self._pdf = Button("导出 PDF")
        self._excel = Button("导出 Excel")

        self._lay_out()
        self._connect()

    # -- what others may call ------------------------------------------------------------------------------------

    def open(self, number: str) -> None:
        """Shows a case by its own or its source number.

        :raises NotFound: neither is known.
        """
        self._show(self._cases.case(number))

    def go_to(self, turn: Turn, field: str = "") -> None:
        """Opens a tab, with the keyboard where its work begins; before its turn, what comes first is opened."""
        if before := comes_before(turn, self.case):
            self._messages.note(f"“{turn}”还没有打开：{before.wish}。")
            self.go_to(before.turn, before.field)
            return
        tab = next(tab for tab in self._tabs if tab.turn is turn)
        self._book.setCurrentWidget(tab)
        tab.go_to(field)

    def refresh(self) -> None:
        """Reads the case again; what was typed stays."""
        if self._case is not None:
            self._show(self._cases.case(self._case.number))

    @property
    def case(self) -> ComplaintCase:
        """The case shown."""
        assert self._case is not None  # noqa: S101 - nobody sees this page before a case is opened
        return self._case

    def unsaved(self) -> str:
        """Which tabs hold typed text that is not saved; empty when none does."""
        names = "、".join(f"“{tab.turn}”" for tab in self._tabs if tab.dirty)
        return f"{self.case.number} 的{names}还没有保存" if names else ""

    def may_leave(self) -> bool:
        """Asks what becomes of unsaved text; no when the desk wants to stay, or saving was refused."""
        lost = self.unsaved()
        if not lost:
            return True
        answer = self._messages.choose("保存写好的内容？", f"{lost}。", ("保存", "不保存"))
        dirty = [tab for tab in self._tabs if tab.dirty]
        if answer == "保存":
            return all(tab.save() for tab in dirty)
        if answer == "不保存":
            for tab in dirty:
                tab.give_up()
            return True
        return False

    # -- slots ---------------------------------------------------------------------------------------------------

    def _on_stored(self, sentence: str) -> None:
        self.refresh()
        self._messages.done(sentence)
        self.saved.emit(self.case.number)

    def _on_save(self) -> None:
        self._current().save()

    def _on_turned(self) -> None:
        current = self._current()
        for tab in self._tabs:
            tab.bar.setVisible(tab is current)
        self._save.setVisible(current.can_save)

    def _on_touched(self) -> None:
        for place, tab in enumerate(self._tabs):
            self._book.setTabText(place, f"{tab.turn} •" if tab.dirty else tab.turn.value)
        self._state.setText("有没保存的内容" if self._current().dirty else "")

    def _on_changes(self) -> None:
        self.go_to(Turn.HISTORY)

    def _on_gap(self, gap: Gap) -> None:
        self.go_to(gap.turn, gap.field)

    def _on_void(self) -> None:
        self._dialog = ReasonDialog("作废", _VOID_SENTENCE, self.window())
        self._dialog.told.connect(self._on_void_told)
        self._dialog.open()

    def _on_void_told(self, reason: str) -> None:
        dialog, tab = self._dialog, self._tabs[0]
        assert dialog is not None  # noqa: S101 - only the dialog tells

        def void() -> str:
            self._complaints.void(self.case.number, self.case.ver, tab.act(), reason)
            return f"{self.case.number} 已作废。"

        if tab.attempt(void, dialog.show_errors):
            dialog.accept()

    def _on_print(self) -> None:
        self._hand_out(self.print_wanted)

    def _on_pdf(self) -> None:
        self._hand_out(self.pdf_wanted)

    def _on_excel(self) -> None:
        self._hand_out(self.excel_wanted)

    # -- helpers -------------------------------------------------------------------------------------------------

    def _current(self) -> CaseTab:
        return self._tabs[self._book.currentIndex()]

    def _show(self, case: ComplaintCase) -> None:
        self._case = case
        self._head.show_case(case, self._other_open(case))
        self._side.show_case(case)
        for tab in self._tabs:
            tab.show_case(case)
        self._changes.say(f"{Turn.HISTORY} {self._history.count()} 条")
        self._open_turns(case)
        self._on_touched()
        self._on_turned()

    def _other_open(self, case: ComplaintCase) -> int:
        """How many more complaints of this customer or car are not closed."""
        known = self._search.exact(case.phone, case.plate, case.vin)
        counts = [k.open_complaints for k in known if k.customer_id == case.customer_id or k.plate == case.plate]
        is_open = not case.history and case.state in OPEN_STATES
        return max(0, max(counts, default=0) - is_open)

    def _open_turns(self, case: ComplaintCase) -> None:
        if comes_before(self._current().turn, case):
            self._book.setCurrentIndex(0)
        hints = []
        for place, tab in enumerate(self._tabs):
            before = comes_before(tab.turn, case)
            self._book.setTabEnabled(place, before is None)
            self._book.setTabToolTip(place, before.wish if before else "")
            hints += [f"{tab.turn}：{before.wish}"] if before else []
        self._hint.setText(hints[0] if hints else "")

    def _hand_out(self, wish: SignalInstance) -> None:
        """Paper shows what is stored, so what was typed is saved first."""
        if not self._current().dirty or self._current().save():
            wish.emit(self.case.number)

    def _connect(self) -> None:
        for tab in self._tabs:
            tab.stored.connect(self._on_stored)
            tab.touched.connect(self._on_touched)
            tab.read_wanted.connect(self._book.tabBar().setFocus)
        self._book.currentChanged.connect(self._on_turned)
        self._head.back_wanted.connect(self.back_wanted)
        self._head.customer_wanted.connect(self.customer_wanted)
        self._head.void_wanted.connect(self._on_void)
        self._side.gap_wanted.connect(self._on_gap)
        self._changes.clicked.connect(self._on_changes)
        self._save.clicked.connect(self._on_save)
        self._print.clicked.connect(self._on_print)
        self._pdf.clicked.connect(self._on_pdf)
        self._excel.clicked.connect(self._on_excel)

    def _lay_out(self) -> None:
        for tab in self._tabs:
            self._book.addTab(tab, tab.turn)
        # 历史 is no turn of the paper: it stands apart at the right and is opened by its button.
        self._book.setTabVisible(self._book.indexOf(self._history), False)
        corner = QWidget()
        beside = QHBoxLayout(corner)
        beside.setContentsMargins(0, 0, 0, 0)
        beside.addWidget(self._hint)
        beside.addWidget(self._changes)
        self._book.setCornerWidget(corner)
        self._book.tabBar().setAccessibleName("办理步骤")
        # From the last field of a tab the keyboard goes on to 保存.
        self.setTabOrder(self._book.tabBar(), self._changes)
        foot = QHBoxLayout()
        foot.setSpacing(8)
        foot.addWidget(self._save)
        for tab in self._tabs:
            tab.bar.hide()
            foot.addWidget(tab.bar)
        foot.addWidget(self._state)
        foot.addStretch(1)
        for button in (self._print, self._pdf, self._excel):
            foot.addWidget(button)
        card = Card()
        card.add(self._book, 1)
        card.body.addLayout(foot)
        self._side.setFixedWidth(scaled(_SIDE_WIDTH))
        middle = QWidget()
        middle.setMaximumHeight(scaled(_HEIGHT))
        row = QHBoxLayout(middle)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(16)
        row.addWidget(card, 1)
        row.addWidget(self._side)
        self.body.addWidget(self._head)
        self.body.addWidget(middle, 1)
        self.body.addStretch(0)
