"""Everything that is typed about one customer: who he is, how to reach him, his cars."""

from __future__ import annotations

from collections.abc import Mapping

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from crm_desktop.clock import Clock
from crm_desktop.domain.customers import CustomerDraft, CustomerKind
from crm_desktop.gui.customers.contact_rows import ContactRows
from crm_desktop.gui.customers.vehicle_panel import VehiclePanel
from crm_desktop.gui.customers.words import Words, add_words
from crm_desktop.gui.widgets.field_form import FieldForm
from crm_desktop.gui.widgets.page import Rule
from crm_desktop.services.rules import Rules

PLAIN = ("name", "kind", "gender", "source", "address", "notes")
GENDERS = (("", "未填"), "男", "女")


class CustomerFile(QWidget):
    """Reads and shows a ``CustomerDraft``; knows what differs from what was last saved.

    ``phones_typed``, ``plates_typed`` and ``vins_typed`` carry all of the file in stored form while
    one is typed, ``doubted`` a sentence about what was left and looks wrong.
    """

    changed = Signal()
    rested = Signal()
    phones_typed = Signal(object)
    plates_typed = Signal(object)
    vins_typed = Signal(object)
    doubted = Signal(str)

    def __init__(self, rules: Rules, clock: Clock) -> None:
        super().__init__()
        self._person = _form(rules, clock)
        self._contacts = ContactRows(Words(rules, "联系人身份"))
        self._vehicles = VehiclePanel(clock)
        self._clean = self._typed()

        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(8)
        layout.addWidget(self._person)
        layout.addWidget(Rule())
        layout.addWidget(self._contacts)
        layout.addWidget(Rule())
        layout.addWidget(self._vehicles)

        self._person.changed.connect(self._on_person_changed)
        self._contacts.changed.connect(self.changed)
        self._vehicles.changed.connect(self.changed)
        self._contacts.typed.connect(self.phones_typed)
        self._vehicles.plates_typed.connect(self.plates_typed)
        self._vehicles.vins_typed.connect(self.vins_typed)
        self._contacts.doubted.connect(self.doubted)
        self._vehicles.doubted.connect(self.doubted)

    def show_saved(self, draft: CustomerDraft) -> None:
        """Show what is stored."""
        self.show_typed(draft)
        self._clean = self._typed()
        self.rested.emit()

    def words(self) -> dict[str, str]:
        """The raw texts of the person, of each contact and each car (``Words`` of gui/keeping.py)."""
        return self._person.words() | self._contacts.words() | self._vehicles.words()

    def set_typed(self, texts: Mapping[str, str]) -> None:
        """Bring some of them back; they count as not saved."""
        for piece in (self._person, self._contacts, self._vehicles):
            piece.set_typed(texts)

    def show_typed(self, draft: CustomerDraft) -> None:
        """Show this; where it differs from what was shown as saved, it is not yet saved."""
        self._person.set_values({name: getattr(draft, name) for name in PLAIN})
        self._contacts.set_contacts(draft.contacts)
        self._vehicles.set_vehicles(draft.vehicles)
        self._lock_gender()

    def draft(self) -> CustomerDraft:
        """What stands here, unchecked.

        :raises InvalidInput: something cannot be read; the fault is shown at its field.
        """
        self._person.clear_errors()
        vehicles = self._vehicles.vehicles()
        return CustomerDraft(**self._person.values(), contacts=self._contacts.contacts(), vehicles=vehicles)

    @property
    def dirty(self) -> bool:
        """Whether something differs from what is stored."""
        return self._typed() != self._clean

    def vehicle_id(self) -> int | None:
        """The car at hand, if it is in the files."""
        return self._vehicles.current_id()

    def show_errors(self, errors: Mapping[str, str]) -> None:
        """Sentences at the fields of the person; those of cars are already there."""
        if any(name in PLAIN for name in errors):
            self._person.show_errors(errors)

    def show_stored(self, phrases: Mapping[str, str]) -> None:
        """What somebody else stored meanwhile, in amber below the fields of the person."""
        self._person.show_doubts(phrases)

    def show_vehicle(self, vehicle_id: int) -> None:
        """Put this car into the form of the cars, with the keyboard."""
        self._vehicles.show_vehicle(vehicle_id)

    def begin(self) -> None:
        """Give the name the keyboard."""
        self._person.go_to("name")

    # -- slots ---------------------------------------------------------------------------------------------------

    def _on_person_changed(self, name: str) -> None:
        if name == "kind":
            self._lock_gender()
        self.changed.emit()

    # -- helpers -------------------------------------------------------------------------------------------------

    def _lock_gender(self) -> None:
        self._person.lock(self._person.field("kind").value() == CustomerKind.COMPANY, "gender")

    def _typed(self) -> object:
        return self._person.typed(), self._contacts.contacts(), self._vehicles.typed()


def _form(rules: Rules, clock: Clock) -> FieldForm:
    form = FieldForm(columns=3, clock=clock)
    form.add_line("name", "客户姓名")
    form.add_choice("kind", "类型", CustomerKind, CustomerKind.PERSON)
    form.add_choice("gender", "性别", GENDERS, "")
    add_words(form, rules, "source", "来源")
    form.add_line("address", "地址", span=2)
    form.add_text("notes", "备注", rows=2)
    return form
