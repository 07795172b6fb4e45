"""One customer's file on the desk: shown, changed, saved, without ever losing what was typed."""

from __future__ import annotations

from datetime import datetime

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QMenu, QVBoxLayout, QWidget

from crm_desktop.domain.customers import NAMELESS, CustomerDraft, CustomerKind, CustomerProfile, checked_customer
from crm_desktop.domain.errors import ChangedMeanwhile, DeskError, InvalidInput
from crm_desktop.gui.attachments_dialog import Whose
from crm_desktop.gui.customers.changes import met
from crm_desktop.gui.customers.columns import CASES, CaseLine
from crm_desktop.gui.customers.customer_file import CustomerFile
from crm_desktop.gui.customers.known_notice import KnownNotice
from crm_desktop.gui.customers.profile_book import ProfileBook
from crm_desktop.gui.customers.profile_desk import SCREEN, ProfileDesk
from crm_desktop.gui.customers.small_table import SmallTable
from crm_desktop.gui.fact_line import FactLine
from crm_desktop.gui.files_button import FilesButton
from crm_desktop.gui.keeping import Keeping
from crm_desktop.gui.messages import Messages
from crm_desktop.gui.session import Session
from crm_desktop.gui.theme import Tone
from crm_desktop.gui.undoing import Undoing
from crm_desktop.gui.widgets.buttons import Button, Weight
from crm_desktop.gui.widgets.labels import ElidedLabel, PlainLabel
from crm_desktop.gui.widgets.page import Card, Rule
from crm_desktop.gui.widgets.signs import Chip
from crm_desktop.services.cases import Cases
from crm_desktop.services.customers import Customers
from crm_desktop.services.search import Search

_CASES_SHOWN = 50


class CustomerDetail(Card):
    """Holds one file at a time: a stored one, or a new one that is not yet saved.

    ``saved`` carries the customer's id, ``open_wanted`` another customer who has the same phone, plate or VIN.
    """

    saved = Signal(int)
    open_wanted = Signal(int)
    complaint_wanted = Signal(str)
    new_complaint_wanted = Signal(int, object)
    duplicates_wanted = Signal(object)
    owner_wanted = Signal(int)
    copy_wanted = Signal(int)
    erasure_wanted = Signal(int)

    def __init__(
        self,
        customers: Customers,
        search: Search,
        cases: Cases,
        desk: ProfileDesk,
        session: Session,
        messages: Messages,
    ) -> None:
        super().__init__()
        self._customers, self._cases, self._banners = customers, cases, desk.banners
        self._owners, self._warned = desk.owners, False
        self._session, self._messages = session, messages
        self._profile: CustomerProfile | None = None
        self._typed: dict[str, tuple[str, ...]] = {}

        self._name = ElidedLabel(role="title")
        self._kind, self._grade, self._state = Chip(), Chip(), Chip()
        self._file = CustomerFile(desk.rules, self._now)
        self._keeping = Keeping(session, "客户档案", self._file, self)
        self._keeping.told.connect(messages.note)
        self._cases_heading = PlainLabel("抱怨单", "heading")
        self._cases_table: SmallTable[CaseLine] = SmallTable("抱怨单", CASES, _number)
        self._whose = ElidedLabel(role="caption")
        self._notice = KnownNotice(search)
        self._facts = FactLine()
        self._page = QWidget()
        self._book = ProfileBook(self._page, desk, session, messages, self._now)
        self._save = Button("保存", "Ctrl+S", Weight.MAIN)
        self._undo = Button("还原", weight=Weight.QUIET)
        back = (desk.undo.customer, desk.undo.offers_customer)
        self._undoing: Undoing[int] = Undoing(self, SCREEN, back, self._holds_typed, session, messages)
        self._new_complaint = Button("新建抱怨单")
        self._more = Button("更多操作", icon="dots")
        self._attached = FilesButton(desk.attachments, session, messages, SCREEN)

        self._lay_out()
        self._connect()

    @property
    def customer_id(self) -> int | None:
        """Whose file is on the desk; None for a new one."""
        return self._profile.id if self._profile else None

    @property
    def dirty(self) -> bool:
        """Whether something typed is not saved."""
        return self._file.dirty or self._book.dirty

    def name(self) -> str:
        """What the file on the desk is called."""
        return (self._profile.draft.name or NAMELESS) if self._profile else "新客户"

    def show_customer(self, customer_id: int) -> None:
        """Put his file on the desk; raises NotFound."""
        self._show(self._customers.profile(customer_id))

    def show_new(self, typed: CustomerDraft | None = None) -> None:
        """A new file; what is ``typed`` of it is not yet saved, and gives way to a new file somebody did not finish."""
        self._show(None)
        if typed is not None and not self.dirty:
            self._file.show_typed(typed)
            self._on_changed()
        self._file.begin()

    def refresh(self) -> None:
        """Read the file again, unless something typed would be lost."""
        if self._profile is not None and not self.dirty:
            self.show_customer(self._profile.id)

    def enter(self, vehicle_id: int | None = None) -> None:
        """Give the file the keyboard: its first field, or the car of this id."""
        self._book.setCurrentIndex(0)
        self._file.begin()
        if vehicle_id is not None:
            self._file.show_vehicle(vehicle_id)

    def save(self) -> bool:
        """Save what was typed; says whether that worked. What is refused stays as it was typed."""
        only_the_rest = self._profile is not None and self._book.dirty and not self._file.dirty
        if not ((only_the_rest or self._save_file()) and self._book.save()):
            return False
        assert self._profile is not None  # noqa: S101 - it is stored now
        customer_id = self._profile.id
        self.show_customer(customer_id)
        self._undoing.done(f"{self.name()} 的档案已保存。")
        self.saved.emit(customer_id)
        return True

    def _save_file(self) -> bool:
        try:
            draft = self._file.draft()
            customer_id = self._write(draft)
        except ChangedMeanwhile:
            self._meet(draft)
        except InvalidInput as refusal:
            self._file.show_errors(refusal.fields)
            self._messages.refused(refusal.sentence)
        except DeskError as refusal:
            self._messages.refused(refusal.sentence)
        else:
            self.show_customer(customer_id)
            return True
        self._book.setCurrentIndex(0)
        return False

    # -- slots ---------------------------------------------------------------------------------------------------

    def _on_save(self) -> None:
        self.save()

    def _on_undo(self) -> None:
        self._book.give_up()
        self._show(self._profile)

    def _on_taken_back(self) -> None:
        if self._profile is not None:
            self.show_customer(self._profile.id)
            self.saved.emit(self._profile.id)

    def _on_stored(self, sentence: str) -> None:
        """Something was decided at once; what is typed stays."""
        if self._profile is not None:
            self._book.show_profile(self._customers.profile(self._profile.id))
            self._show_banner(self._profile.id)
        self._messages.done(sentence)

    def _on_new_complaint(self) -> None:
        if (self._profile is None or self.dirty) and not self.save():
            return
        if self.customer_id is not None:
            self.new_complaint_wanted.emit(self.customer_id, self._file.vehicle_id())

    def _on_duplicates(self) -> None:
        if (not self.dirty or self.save()) and self.customer_id is not None:
            self.duplicates_wanted.emit((self.customer_id,))

    def _on_owner(self) -> None:
        if (not self.dirty or self.save()) and self.customer_id is not None:
            self.owner_wanted.emit(self.customer_id)

    def _on_copy(self) -> None:
        if (not self.dirty or self.save()) and self.customer_id is not None:
            self.copy_wanted.emit(self.customer_id)

    def _on_erasure(self) -> None:
        if (not self.dirty or self.save()) and self.customer_id is not None:
            self.erasure_wanted.emit(self.customer_id)

    def _on_case(self, line: CaseLine) -> None:
        self.complaint_wanted.emit(line.number)

    def _on_phones(self, keys: tuple[str, ...]) -> None:
        self._tell_known("phone", keys)

    def _on_plates(self, keys: tuple[str, ...]) -> None:
        self._tell_known("plate", keys)

    def _on_vins(self, keys: tuple[str, ...]) -> None:
        self._tell_known("vin", keys)

    def _on_changed(self) -> None:
        dirty = self.dirty
        self._undo.setVisible(dirty)
        self._state.say("未保存" if dirty else "", Tone.SOON)
        if dirty and not self._warned and self._profile is not None:
            self._warned = True
            if warning := self._owners.warning(self._profile.id, self._session.name):
                self._messages.note(warning)

    # -- helpers -------------------------------------------------------------------------------------------------

    def _holds_typed(self) -> bool:
        return self.dirty

    def _now(self) -> datetime:
        return self._session.act(SCREEN).at

    def _write(self, draft: CustomerDraft) -> int:
        act = self._session.act(SCREEN)
        if self._profile is None:
            return self._customers.register(draft, act)[0]
        known, fresh = self._profile, self._customers.profile(self._profile.id)
        if fresh.draft != known.draft:  # a contact or car alone moves no version, a grade or a wish moves it too
            raise ChangedMeanwhile("这位客户刚被改过。")
        self._customers.amend(known.id, fresh.ver, draft, act)
        return known.id

    def _meet(self, typed: CustomerDraft) -> None:
        """Somebody saved first: what he changed comes in, what was typed here stays, and both are told apart."""
        assert self._profile is not None  # noqa: S101 - only a stored file can have moved on
        stored = self._customers.profile(self._profile.id)
        both = met(self._profile.draft, checked_customer(typed), stored.draft)
        self._show(stored)
        self._file.show_typed(both.draft)
        self._file.show_stored({name: phrase for name, phrase in both.clashes if name})
        self._on_changed()
        told = "，".join(phrase for _, phrase in both.clashes) or "改动已合并进来"
        self._messages.refused(f"这位客户刚被别人改过：{told}。您填的都还在，请看过再按保存。")

    def _show(self, profile: CustomerProfile | None) -> None:
        self._profile, self._typed, self._warned = profile, {}, False
        draft = profile.draft if profile else CustomerDraft()
        self._name.setText(self.name())
        self._more.setVisible(profile is not None)
        self._kind.say(draft.kind if draft.kind == CustomerKind.COMPANY else "", Tone.INFO)
        self._notice.begin(self.customer_id, draft)
        self._file.show_saved(draft)
        self._show_cases(profile.complaint_numbers if profile else ())
        self._show_banner(profile.id if profile else None)
        self._whose.setText(self._owners.told(profile.id) if profile else "")
        self._book.show_profile(profile)
        self._attached.show_those_of(Whose(self.name(), customer_id=profile.id) if profile else None)
        self._undoing.turn_to((profile.id, profile.ver) if profile else None)
        self._keeping.turn_to(f"customer:{profile.id if profile else 'new'}")
        self._on_changed()

    def _tell_known(self, what: str, keys: tuple[str, ...]) -> None:
        """Over a new file stand the facts of whoever has this phone, plate or VIN already."""
        if self._profile is None:
            self._typed[what] = keys
            told = {kind: [key for key in found if key] for kind, found in self._typed.items()}
            together = {kind: found[0] for kind, found in told.items() if found}
            alone = [{kind: key} for kind, found in told.items() for key in found[1:]]
            banners = (self._banners.typed(**asked) for asked in (together, *alone))
            self._facts.say(next((banner for banner in banners if banner is not None), None))

    def _show_banner(self, customer_id: int | None) -> None:
        banner = self._banners.of(customer_id) if customer_id is not None else None
        self._facts.say(banner)
        self._grade.say(banner.grade if banner else "", Tone.INFO)

    def _show_cases(self, numbers: tuple[str, ...]) -> None:
        cases = [self._cases.case(number) for number in numbers[:_CASES_SHOWN]]
        lines = [CaseLine(case.number, case.received_at, case.state, str(case.fields["words"])) for case in cases]
        self._cases_table.set_rows(lines)
        more = f"，列出最近 {_CASES_SHOWN} 张" if len(numbers) > _CASES_SHOWN else ""
        self._cases_heading.setText(f"抱怨单 {len(numbers)} 张{more}" if numbers else "抱怨单")

    def _connect(self) -> None:
        self._file.changed.connect(self._on_changed)
        for typed, ask, told in (
            (self._file.phones_typed, self._notice.ask_phones, self._on_phones),
            (self._file.plates_typed, self._notice.ask_plates, self._on_plates),
            (self._file.vins_typed, self._notice.ask_vins, self._on_vins),
        ):
            typed.connect(ask)
            typed.connect(told)
        self._file.doubted.connect(self._messages.note)
        self._notice.open_wanted.connect(self.open_wanted)
        self._save.clicked.connect(self._on_save)
        self._undo.clicked.connect(self._on_undo)
        self._undoing.taken.connect(self._on_taken_back)
        self._new_complaint.clicked.connect(self._on_new_complaint)
        menu = QMenu(self._more)
        menu.addAction("查找重复档案与合并").triggered.connect(self._on_duplicates)
        menu.addAction("改归属").triggered.connect(self._on_owner)
        menu.addSeparator()
        menu.addAction("导出个人信息").triggered.connect(self._on_copy)
        menu.addAction("删除个人信息").triggered.connect(self._on_erasure)
        self._more.setMenu(menu)
        self._cases_table.opened.connect(self._on_case)
        self._book.changed.connect(self._on_changed)
        self._book.stored.connect(self._on_stored)
        self._book.complaint_wanted.connect(self.complaint_wanted)
        self._facts.case_wanted.connect(self.complaint_wanted)

    def _lay_out(self) -> None:
        self._cases_table.set_empty("还没有抱怨单。")
        self._name.setMinimumHeight(self._undo.sizeHint().height())
        head = QHBoxLayout()
        head.setSpacing(10)
        for widget in (self._name, self._kind, self._grade, self._state, self._undo):
            head.addWidget(widget)
        head.addWidget(self._whose, 1)
        self._page.setProperty("role", "page")  # lets the card's ground through
        inside = QVBoxLayout(self._page)
        inside.setContentsMargins(0, 10, 8, 0)
        inside.setSpacing(8)
        for piece in (self._file, Rule(), self._cases_heading, self._cases_table):
            inside.addWidget(piece)
        inside.addStretch(1)
        foot = QHBoxLayout()
        foot.setSpacing(8)
        foot.addWidget(self._save)
        foot.addWidget(self._new_complaint)
        foot.addWidget(self._undoing.button)
        foot.addStretch(1)
        foot.addWidget(self._more)
        foot.addWidget(self._attached)
        self.body.addLayout(head)
        self.add(self._facts)
        self.add(self._book, 1)
        self.add(Rule())
        self.add(self._notice)
        self.body.addLayout(foot)


def _number(line: CaseLine) -> str:
    return line.number
