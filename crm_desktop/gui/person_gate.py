"""换人: a person is chosen by one key and, once people have PINs, proven by his own."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from operator import attrgetter

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from crm_desktop.domain.errors import DeskError
from crm_desktop.domain.sheets import Column
from crm_desktop.domain.staff import Person
from crm_desktop.gui.widgets.buttons import Button, Weight
from crm_desktop.gui.widgets.desk_dialog import DeskDialog
from crm_desktop.gui.widgets.field_form import FieldForm
from crm_desktop.gui.widgets.labels import PlainLabel, show_if
from crm_desktop.gui.widgets.line_field import LineField
from crm_desktop.gui.widgets.row_table import RowTable
from crm_desktop.services.access import Access

KEYS = "1234567890"
"""The first ten people have a key of their own, the others are reached by the arrows."""


@dataclass(frozen=True, slots=True)
class Seat:
    """One line of the list."""

    key: str
    person: Person


def _name(seat: Seat) -> str:
    return seat.person.name


def _roles(seat: Seat) -> str:
    return "、".join(seat.person.duties)


_SEATS: tuple[Column[Seat], ...] = (
    Column("键", attrgetter("key"), width=4),
    Column("姓名", _name, width=14),
    Column("岗位", _roles, width=30),
)


class PersonGate(QWidget):
    """The list of people and the PIN. ``passed`` carries the Person; ``recovery_wanted``: an administrator forgot his.

    Without ``access`` (nobody has a PIN yet) Enter on a name is enough.
    """

    passed = Signal(object)
    recovery_wanted = Signal()

    def __init__(self, people: Sequence[Person], access: Access | None = None) -> None:
        super().__init__()
        self._access = access
        self._table: RowTable[Seat] = RowTable("换人", _SEATS, key=_name)
        self._form = FieldForm(columns=1)
        self._pin: LineField = self._form.add_secret("pin", "PIN 码")
        self._enter = Button("进入", weight=Weight.MAIN)
        self._recover = Button("系统管理忘了 PIN", weight=Weight.QUIET)
        self._lay_out()
        self._table.opened.connect(self._on_opened)
        self._table.chosen.connect(self._on_chosen)
        self._table.installEventFilter(self)
        self.setFocusProxy(self._table)
        self._pin.advance.connect(self._try)
        self._enter.clicked.connect(self._try)
        self._recover.clicked.connect(self.recovery_wanted)
        self.show_people(people)

    def show_people(self, people: Sequence[Person], current: Person | None = None) -> None:
        """These may sit down; the one who sat here last is offered first."""
        keys = [*KEYS, *("" for _ in people)]
        self._table.set_rows([Seat(key, person) for key, person in zip(keys, people, strict=False)])
        if current is not None:
            self._table.choose(current.name)
        self._form.set_values({"pin": ""})
        self._table.setFocus()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if watched is self._table and isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress:
            place = KEYS.find(event.text()) if event.text() else -1
            if 0 <= place < self._table.count():
                self._table.selectRow(place)
                self._on_opened(self._table.current_row())
                return True
        return super().eventFilter(watched, event)

    def _on_chosen(self, _seat: Seat | None) -> None:
        self._form.set_values({"pin": ""})

    def _on_opened(self, seat: Seat | None) -> None:
        if self._access is None and seat is not None:
            self.passed.emit(seat.person)
        else:
            self._form.go_to("pin")

    def _try(self) -> None:
        seat = self._table.current_row()
        if seat is None or self._access is None:
            self._on_opened(seat)
            return
        try:
            self._access.check_pin(seat.person, self._pin.text())
        except DeskError as refusal:
            self._form.set_values({"pin": ""})
            self._form.show_errors({"pin": refusal.sentence})
            return
        self._form.set_values({"pin": ""})
        self.passed.emit(seat.person)

    def _lay_out(self) -> None:
        told = "按前面的数字键或用方向键选中自己" + ("，再输 PIN、按 Enter。" if self._access else "，按 Enter。")
        foot = QHBoxLayout()
        foot.addWidget(self._recover)
        foot.addStretch(1)
        foot.addWidget(self._enter)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(10)
        layout.addWidget(PlainLabel(told, "caption"))
        layout.addWidget(self._table, 1)
        layout.addWidget(self._form)
        layout.addLayout(foot)
        for widget in (self._form, self._recover):
            show_if(widget, self._access is not None)


class PersonDialog(DeskDialog):
    """F9: who sits at the desk from now on; Esc goes back. ``chosen`` carries the Person."""

    chosen = Signal(object)

    def __init__(
        self,
        people: Sequence[Person],
        access: Access | None = None,
        current: Person | None = None,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._gate = PersonGate(people, access)
        self.recovery_wanted = self._gate.recovery_wanted
        self.setWindowTitle("换人")
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.resize(460, 460)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(18, 16, 18, 16)
        layout.addWidget(self._gate)
        self.setFocusProxy(self._gate)
        self._gate.show_people(people, current)
        self._gate.passed.connect(self._on_passed)

    def _on_passed(self, person: Person) -> None:
        self.chosen.emit(person)
        self.accept()
