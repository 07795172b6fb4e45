"""客户档案: find a customer at the left, his file at the right."""

from __future__ import annotations

from PySide6.QtCore import QTimer, Signal
from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtWidgets import QMenu, QStackedWidget

from crm_desktop.domain.customers import CustomerDraft
from crm_desktop.domain.errors import DeskError
from crm_desktop.gui.customers.customer_list import CustomerList
from crm_desktop.gui.customers.detail import CustomerDetail
from crm_desktop.gui.customers.owner_desk import OwnerDesk
from crm_desktop.gui.customers.person_desk import PersonDesk
from crm_desktop.gui.customers.profile_desk import ProfileDesk
from crm_desktop.gui.customers.view_button import ViewButton
from crm_desktop.gui.jobs import Jobs
from crm_desktop.gui.messages import Messages
from crm_desktop.gui.session import Session
from crm_desktop.gui.widgets.buttons import Button
from crm_desktop.gui.widgets.empty_page import EmptyPage
from crm_desktop.gui.widgets.page import Page, PageHead
from crm_desktop.gui.widgets.side_by_side import side_by_side
from crm_desktop.services.cases import Cases
from crm_desktop.services.customers import Customers
from crm_desktop.services.search import Search

_PURPOSE = "客户档案记着每位客户是谁、怎么联系、有哪些车、抱怨过什么。\n登记抱怨单时会自动建档，也可以先在这里建好。"
_PICK = "从左边选一位客户，或输入姓名、电话、车牌查找。"
_SAVE, _DROP = "保存", "不保存"
_PAIR = 2
_ASSIGN, _CARE = "改选中客户的归属", "给选中客户计划回访"


class CustomersPage(Page):
    """The room 客户档案. Asks nothing of the database until ``refresh``, ``show_customer`` or ``new_customer``."""

    saved = Signal(int)
    complaint_wanted = Signal(str)
    new_complaint_wanted = Signal(int, object)
    export_wanted = Signal(object)
    duplicates_wanted = Signal(object)
    recalls_wanted = Signal()
    grading_wanted = Signal()

    def __init__(
        self,
        customers: Customers,
        search: Search,
        cases: Cases,
        desk: ProfileDesk,
        session: Session,
        jobs: Jobs,
        messages: Messages,
    ) -> None:
        """``new_complaint_wanted`` carries the customer's id and the id of the car at hand, or None; ``export_wanted``
        the ids of the customers listed, or None for everybody; ``duplicates_wanted`` those of one customer, of two,
        or none.
        """
        head = PageHead("客户档案")
        super().__init__(head)
        self._messages = messages
        self._customers = customers

        self._new = head.add_button(Button("新建客户", "Ctrl+Shift+N", icon="plus"))
        self._more = head.add_button(Button("更多", icon="dots"))
        views = ViewButton(desk, session, messages)
        self._list = CustomerList(customers, search, desk.segments, views)
        self._owners = OwnerDesk(desk, session, jobs, messages, self)
        self._persons = PersonDesk(desk, session, jobs, messages, self)
        self._detail = CustomerDetail(customers, search, cases, desk, session, messages)
        self._begin = EmptyPage(_PURPOSE, "新建客户")
        # The list must have done with its own change before it may be turned back.
        self._turn = QTimer(self, singleShot=True, interval=0)
        self._wanted = 0

        self._lay_out()
        self._connect()

    # -- what others may call ------------------------------------------------------------------------------------

    def refresh(self) -> None:
        """Read list and file again; a file with something typed stays as it is."""
        self._list.refresh()
        self._detail.refresh()
        if not self._customers.count() and self._right.currentWidget() is not self._detail:
            self._sides.setCurrentWidget(self._begin)
        else:
            self._sides.setCurrentWidget(self._both)

    def take_focus(self) -> None:
        """The keyboard where somebody is looked for."""
        self._list.ask()

    def show_customer(self, customer_id: int) -> None:
        """Open his file, unless something typed shall be kept first."""
        self._turn.stop()
        if customer_id != self._detail.customer_id and self._may_leave():
            self._open(customer_id)
        self._choose_current()

    def open_customer(self, customer_id: int, vehicle_id: int | None = None) -> None:
        """Open his file and give it the keyboard, at one of his cars where one is meant."""
        self.show_customer(customer_id)
        if self._detail.customer_id == customer_id:
            self._detail.enter(vehicle_id)

    def new_customer(self, typed: CustomerDraft | None = None) -> None:
        """Begin a file, empty or with what was already typed of him."""
        if self._may_leave():
            self._list.let_go()
            self._show_detail()
            self._detail.show_new(typed)

    def show_merged(self, customer_id: int) -> None:
        """Two files became one, or two again: this one is to be looked at, unless something typed would be lost."""
        self._list.refresh()
        if not self._detail.dirty:
            self._open(customer_id)
            self._choose_current()

    def unsaved(self) -> str:
        """What would be lost, in a few words."""
        return f"{self._detail.name()}的档案有修改没保存" if self._detail.dirty else ""

    # -- slots ---------------------------------------------------------------------------------------------------

    def _on_chosen(self, customer_id: int) -> None:
        self._wanted = customer_id
        if self._detail.dirty:
            self._turn.start()
        elif customer_id != self._detail.customer_id:
            self._open(customer_id)

    def _on_new(self) -> None:
        self.new_customer()

    def _on_owner(self, customer_id: int) -> None:
        self._owners.assign((customer_id,))

    def _on_assign(self) -> None:
        self._owners.assign(self._list.marked())

    def _on_care(self) -> None:
        self._owners.plan_care(self._list.marked())

    def _count_marked(self) -> None:
        count = self._list.marked_count()
        self._assign_marked.setText(f"改 {count:,} 位客户的归属…" if count > 1 else _ASSIGN)
        self._care_marked.setText(f"给 {count:,} 位客户计划回访…" if count > 1 else _CARE)

    def _on_assigned(self, sentence: str) -> None:
        self.refresh()
        self._messages.done(sentence)

    def _on_duplicates(self) -> None:
        self.duplicates_wanted.emit(())

    def _on_merge(self) -> None:
        marked = self._list.marked()
        if len(marked) != _PAIR:
            self._messages.refused("请先在左边选好两位客户（按住 Ctrl 再点第二位），再合并。")
        elif self._may_leave():
            self.duplicates_wanted.emit(marked)

    def _on_recalls(self) -> None:
        self.recalls_wanted.emit()

    def _on_grading(self) -> None:
        self.grading_wanted.emit()

    def _on_turn(self) -> None:
        self.show_customer(self._wanted)

    def _on_saved(self, customer_id: int) -> None:
        self._list.refresh()
        self._list.choose(customer_id)
        self.saved.emit(customer_id)

    # -- helpers -------------------------------------------------------------------------------------------------

    def _may_leave(self) -> bool:
        """Whether another file may take the desk: asks only where something typed is not saved."""
        if not self._detail.dirty:
            return True
        title = f"{self._detail.name()}的档案还没保存"
        answer = self._messages.choose(title, "刚才填的内容还没保存，要先保存吗？", (_SAVE, _DROP), "继续填写")
        return self._detail.save() if answer == _SAVE else answer == _DROP

    def _open(self, customer_id: int) -> None:
        try:
            self._detail.show_customer(customer_id)
        except DeskError as refusal:
            self._messages.refused(refusal.sentence)
            return
        self._show_detail()

    def _show_detail(self) -> None:
        self._sides.setCurrentWidget(self._both)
        self._right.setCurrentWidget(self._detail)

    def _choose_current(self) -> None:
        if self._detail.customer_id is not None:
            self._list.choose(self._detail.customer_id)
        else:
            self._list.let_go()

    def _connect(self) -> None:
        find = QAction("查找客户", self)
        find.setShortcut(QKeySequence("Ctrl+F"))
        find.triggered.connect(self._list.ask)
        self.addAction(find)
        self._new.clicked.connect(self._on_new)
        self._list.export_wanted.connect(self.export_wanted)
        menu = QMenu(self._more)
        menu.addAction("查重与合并").triggered.connect(self._on_duplicates)
        self._merge_marked = menu.addAction("合并选中的两位")
        self._merge_marked.triggered.connect(self._on_merge)
        self._assign_marked = menu.addAction(_ASSIGN)
        self._assign_marked.triggered.connect(self._on_assign)
        self._care_marked = menu.addAction(_CARE)
        self._care_marked.triggered.connect(self._on_care)
        self._list.offer(self._merge_marked, self._assign_marked, self._care_marked)
        for asked in (menu.aboutToShow, self._list.menu_asked):
            asked.connect(self._count_marked)
        menu.addAction("移交客户").triggered.connect(self._owners.hand_over)
        menu.addSeparator()
        menu.addAction("评级建议").triggered.connect(self._on_grading)
        menu.addAction("召回和服务活动").triggered.connect(self._on_recalls)
        self._owners.stored.connect(self._on_assigned)
        self._more.setMenu(menu)
        self._begin.pressed.connect(self._on_new)
        self._list.chosen.connect(self._on_chosen)
        self._turn.timeout.connect(self._on_turn)
        self._list.opened.connect(self.open_customer)
        self._detail.saved.connect(self._on_saved)
        self._detail.open_wanted.connect(self.show_customer)
        self._detail.duplicates_wanted.connect(self.duplicates_wanted)
        self._detail.owner_wanted.connect(self._on_owner)
        self._detail.copy_wanted.connect(self._persons.tell)
        self._detail.erasure_wanted.connect(self._persons.erase)
        self._persons.stored.connect(self._on_assigned)
        self._detail.complaint_wanted.connect(self.complaint_wanted)
        self._detail.new_complaint_wanted.connect(self.new_complaint_wanted)

    def _lay_out(self) -> None:
        self._right = QStackedWidget()
        self._right.addWidget(EmptyPage(_PICK))
        self._right.addWidget(self._detail)
        self._both = side_by_side(self._list, self._right, (530, 620), (2, 3))
        self._sides = QStackedWidget()
        self._sides.addWidget(self._both)
        self._sides.addWidget(self._begin)
        self.body.addWidget(self._sides, 1)
