"""The room's one page: the list, the intake and a case, one at a time; Esc goes back to where it was opened."""

from __future__ import annotations

from collections.abc import Mapping

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QWidget

from crm_desktop.domain.customers import Known
from crm_desktop.domain.errors import NotFound
from crm_desktop.gui.complaints.case_view import CaseView
from crm_desktop.gui.complaints.intake import IntakePage
from crm_desktop.gui.complaints.listing import ComplaintList
from crm_desktop.gui.complaints.procedure import Procedure
from crm_desktop.gui.complaints.turns import Turn, in_hand
from crm_desktop.gui.messages import Messages
from crm_desktop.gui.session import Session
from crm_desktop.gui.widgets.books import Leaves
from crm_desktop.gui.widgets.page import Aside
from crm_desktop.services.cases import UNCLASSIFIED
from crm_desktop.services.followups import FollowUps
from crm_desktop.services.search import Search


class ComplaintsPage(QWidget):
    """``saved``, ``print_wanted``, ``pdf_wanted``, ``excel_wanted``: a complaint's number; ``measure_wanted``: of which
    a measure is to be made, ``measures_wanted``: whose measures are to be shown. ``record_wanted``: a ``RecordWish``.

    ``export_wanted``: the ``ComplaintFilter`` of the list. ``customer_wanted``: a customer's id. ``blank_wanted``:
    the empty form on paper; ``scans_wanted``: the scan folder. ``draft_changed``: ask ``typed()`` (at most once in
    0.8 s while somebody types). ``day_wanted``: back to 今日, where this case was taken up.
    """

    saved = Signal(str)
    print_wanted = Signal(str)
    pdf_wanted = Signal(str)
    excel_wanted = Signal(str)
    record_wanted = Signal(object)
    measure_wanted = Signal(str)
    measures_wanted = Signal(str)
    blank_wanted = Signal()
    archive_wanted = Signal()
    scans_wanted = Signal()
    export_wanted = Signal(object)
    customer_wanted = Signal(int)
    draft_changed = Signal()
    day_wanted = Signal()

    def __init__(
        self,
        procedure: Procedure,
        follow_ups: FollowUps,
        search: Search,
        session: Session,
        messages: Messages,
    ) -> None:
        super().__init__()
        self._services, self._search = procedure, search
        self._follow_ups = follow_ups
        self._session, self._messages = session, messages

        self._list = ComplaintList(procedure, session)
        self._made_intake: IntakePage | None = None
        self._made_case: CaseView | None = None
        self._aside: Aside | None = None
        self._from_aside = self._from_day = False

        self._stack = Leaves(self)
        self._stack.addWidget(self._list)

        self._list.opened.connect(self._on_opened)
        self._list.begin_wanted.connect(self._on_begin)
        self._list.copy_wanted.connect(self._on_copy)
        self._list.blank_wanted.connect(self.blank_wanted)
        self._list.archive_wanted.connect(self.archive_wanted)
        self._list.scans_wanted.connect(self.scans_wanted)
        self._list.export_wanted.connect(self.export_wanted)

    # -- what others may call ------------------------------------------------------------------------------------

    def show_list(self, view: str = "") -> bool:
        """Back to the list, at the row it stood on; ``view`` is one of ``VIEWS``. No when the desk wants to stay."""
        if not self._may_leave_case():
            return False
        if self._shows(self._made_intake) and self._intake.dirty:
            self._messages.note("写了一半的抱怨单还在，按“新建抱怨单”接着写。")
        self._stack.setCurrentWidget(self._list)
        if view:
            self._list.show_view(view)
        self._list.take_focus()
        return True

    def show_case(self, number: str, turn: Turn | None = None) -> None:
        """One complaint by its own or its source number, at its step in hand where no ``turn`` is wanted.

        An unknown one is refused with a sentence.
        """
        if not self._may_leave_case():
            return
        self._from_aside = self._from_day = False
        try:
            self._case.open(number)
        except NotFound as refusal:
            self._messages.refused(refusal.sentence)
            return
        self._stack.setCurrentWidget(self._case)
        self._case.go_to(turn or in_hand(self._case.case))

    def show_work(self, number: str, step: str) -> None:
        """The same out of 今日, with the keyboard where this step is taken; Esc leads back there."""
        self.show_case(number)
        if self._shows(self._made_case) and self._case.case.number == number:
            self._from_day = True
            self._case.go_to_work(step)

    def show_aside(self, page: Aside) -> None:
        """A page that stands beside the list (存档与销毁); Esc leads back."""
        if not self._may_leave_case():
            return
        if self._aside is not page:
            self._aside = page
            self._stack.addWidget(page)
            page.back_wanted.connect(self._on_back)
            page.opened.connect(self._on_filing)
        page.refresh()
        self._stack.setCurrentWidget(page)
        page.take_focus()

    def take_focus(self) -> None:
        """The keyboard on the list; a case, or a new complaint, gave it a place of its own."""
        if self._shows(self._list):
            self._list.take_focus()

    def new_complaint(self, known: Known | None = None) -> None:
        """The intake, with the keyboard in the first useful field; ``known`` is filled in."""
        if self._may_leave_case():
            self._stack.setCurrentWidget(self._intake)
            self._intake.begin(known)

    def new_complaint_with(self, field: str, text: str) -> None:
        """The intake with a text already in one of its fields; one half written is left as it is."""
        if self._may_leave_case():
            self._stack.setCurrentWidget(self._intake)
            self._intake.begin_with(field, text)

    def refresh(self) -> None:
        """Something changed elsewhere: read again what can be seen; what was typed stays."""
        self._list.refresh()
        if self._shows(self._made_case):
            self._case.refresh()
        if self._aside is not None and self._shows(self._aside):
            self._aside.refresh()

    def unsaved(self) -> str:
        """What would be lost if the program ended now, in a few words."""
        held = [self._case.unsaved()] if self._shows(self._made_case) else []
        held += ["新的抱怨单还没有登记"] if self.typed() else []
        return "，".join(words for words in held if words)

    def typed(self) -> dict[str, str]:
        """The raw texts of a complaint not yet registered; nothing when there is none."""
        return self._made_intake.typed() if self._made_intake else {}

    def set_typed(self, texts: Mapping[str, str]) -> None:
        """Bring a draft back and show it."""
        self._stack.setCurrentWidget(self._intake)
        self._intake.set_typed(texts)

    # -- slots ---------------------------------------------------------------------------------------------------

    def _on_registered(self, number: str) -> None:
        self.show_case(number, Turn.HANDLING)
        self._list.refresh()
        self.saved.emit(number)

    def _on_saved(self, number: str) -> None:
        self._list.refresh()
        self.saved.emit(number)

    def _on_begin(self) -> None:
        self.new_complaint()

    def _on_copy(self, number: str) -> None:
        """复制新建: the same customer and car, and nothing else of it."""
        case = self._services.cases.case(number)
        if case.customer_id is None:
            self._messages.refused(f"{number} 还不知道是谁的，先在“受理”里写上客户，再复制新建。")
            return
        self.new_complaint(self._search.person(case.customer_id, case.vehicle_id))

    def _on_back(self) -> None:
        if self._aside is not None and self._from_aside and self._shows(self._made_case):
            self.show_aside(self._aside)
            return
        from_day = self._from_day and self._shows(self._made_case)
        if self.show_list() and from_day:
            self._from_day = False
            self.day_wanted.emit()

    def _on_filing(self, number: str) -> None:
        """Out of the archive, and back to it afterwards."""
        self.show_case(number, Turn.FILING)
        self._from_aside = True

    def _on_opened(self, number: str) -> None:
        self.show_case(number, Turn.SOLUTION if self._list.filter().view == UNCLASSIFIED else None)

    # -- Qt ------------------------------------------------------------------------------------------------------

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape and self._stack.currentWidget() is not self._list:
            self._on_back()
            event.accept()
            return
        super().keyPressEvent(event)

    # -- helpers -------------------------------------------------------------------------------------------------

    def _shows(self, page: QWidget | None) -> bool:
        return page is not None and self._stack.currentWidget() is page

    def _may_leave_case(self) -> bool:
        return not self._shows(self._made_case) or self._case.may_leave()

    @property
    def _intake(self) -> IntakePage:
        """Built when it is first needed, so that the list is there at once."""
        if self._made_intake is None:
            made = IntakePage(self._services, self._search, self._session, self._messages)
            made.registered.connect(self._on_registered)
            made.case_wanted.connect(self._on_opened)
            made.back_wanted.connect(self._on_back)
            made.draft_changed.connect(self.draft_changed)
            self._stack.addWidget(made)
            self._made_intake = made
        return self._made_intake

    @property
    def _case(self) -> CaseView:
        """Built when it is first needed, like the intake."""
        if self._made_case is None:
            made = CaseView(
                self._services,
                self._follow_ups,
                self._search,
                self._session,
                self._messages,
            )
            made.saved.connect(self._on_saved)
            made.copy_wanted.connect(self._on_copy)
            made.back_wanted.connect(self._on_back)
            made.print_wanted.connect(self.print_wanted)
            made.pdf_wanted.connect(self.pdf_wanted)
            made.excel_wanted.connect(self.excel_wanted)
            made.record_wanted.connect(self.record_wanted)
            made.measure_wanted.connect(self.measure_wanted)
            made.measures_wanted.connect(self.measures_wanted)
            made.customer_wanted.connect(self.customer_wanted)
            self._stack.addWidget(made)
            self._made_case = made
        return self._made_case
