"""Where a wish leads: each way enters a room and asks it for one thing."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QObject

from crm_desktop.app.rooms import CALLS, COMPLAINTS, CUSTOMERS, MEASURES, REWORKS, SETTINGS, TODAY, Rooms
from crm_desktop.domain.complaints import State

if TYPE_CHECKING:
    from crm_desktop.domain.search import Hit
    from crm_desktop.gui.main_window import MainWindow
    from crm_desktop.gui.search_rows import Beginning
    from crm_desktop.services.office import Office

_OF_MEASURES = "JY"
"""How the numbers of measures begin."""
_CALL, _CUSTOMER = "call", "customer"
"""What stands before the id of a record that has no number."""


class Ways(QObject):
    """Knows the rooms by name and by what each lets itself be asked; builds none."""

    def __init__(self, window: MainWindow, rooms: Rooms, office: Office) -> None:
        super().__init__(window)
        self._window, self._rooms, self._office = window, rooms, office

    def enter(self, room: str) -> Any:
        """A room's page, shown."""
        return self._window.show_page(room)

    def open_found(self, found: Hit | Beginning) -> None:
        """A line of the search box."""
        from crm_desktop.app.found import open_found  # noqa: PLC0415 - when somebody found something

        open_found(found, self._window, self._office)

    def come_forward(self, number: str) -> None:
        """What an alert speaks of, before whatever else the computer shows."""
        if self._window.isMinimized():
            self._window.showNormal()
        self._window.activateWindow()
        self.show_alarmed(number)

    def show_alarmed(self, number: str) -> None:
        """The case an alert speaks of; the list of all where it speaks of none, nothing while the window is locked."""
        if self._window.is_covered():
            return
        if number:
            self.show_case(number)
        else:
            self.enter(TODAY)

    def show_day(self) -> None:
        """今日, the keyboard where it was."""
        self.enter(TODAY)

    # -- complaints ----------------------------------------------------------------------------------------------

    def new_complaint(self) -> None:
        """The main action, from wherever one is."""
        self.enter(COMPLAINTS).new_complaint()

    def new_complaint_of(self, customer_id: int, vehicle_id: int | None) -> None:
        """The same, of a customer whose file is open."""
        self.enter(COMPLAINTS).new_complaint(self._office.search.person(customer_id, vehicle_id))

    def show_case(self, number: str) -> None:
        """One complaint, opened where the work is; a measure that came from none stands in its own room."""
        if number.startswith(_OF_MEASURES):
            self.enter(MEASURES).show_number(number)
        else:
            self.enter(COMPLAINTS).show_case(number)

    def show_work(self, number: str, step: str) -> None:
        """One complaint, with the keyboard where its next step is taken."""
        self.enter(COMPLAINTS).show_work(number, step)

    def show_errand(self, opens: str) -> None:
        """What a line of 还要跟进 opens, as ``domain/errands.py`` says."""
        record, _, part = opens.partition("/")
        kind, _, number = (part or record).partition(":")
        if not opens:
            self.new_complaint()
        elif kind == _CALL:
            self.show_call(int(number))
        elif kind == _CUSTOMER:
            self.enter(CUSTOMERS)
            if number.isdigit():
                self.show_customer(int(number))
        else:
            self.show_case(record)

    def show_solved(self) -> None:
        """The complaints that only wait to be closed."""
        self.enter(COMPLAINTS).show_list(State.RESOLVED)

    def show_open(self) -> None:
        """The complaints that wait."""
        from crm_desktop.services.cases import OPEN  # noqa: PLC0415 - with the room it leads to

        self.enter(COMPLAINTS).show_list(OPEN)

    def show_missing(self) -> None:
        """The complaints of which nobody knows the customer."""
        from crm_desktop.services.cases import CUSTOMER_MISSING  # noqa: PLC0415 - with the room it leads to

        self.enter(COMPLAINTS).show_list(CUSTOMER_MISSING)

    def show_archive(self) -> None:
        """存档与销毁, beside the list."""
        self.enter(COMPLAINTS).show_aside(self._rooms.archive)

    # -- customers, calls, reworks, measures ---------------------------------------------------------------------

    def show_customer(self, customer_id: int) -> None:
        """A customer's file."""
        self.enter(CUSTOMERS).show_customer(customer_id)

    def show_calls(self) -> None:
        """The calls to make."""
        self.enter(CALLS)

    def show_call(self, follow_up_id: int) -> None:
        """One of them."""
        self.enter(CALLS).show_call(follow_up_id)

    def show_reworks(self) -> None:
        """The reworks."""
        self.enter(REWORKS)

    def show_rework(self, rework_id: int) -> None:
        """One of them."""
        self.enter(REWORKS).show_rework(rework_id)

    def new_measure(self, number: str) -> None:
        """A measure out of this complaint."""
        self.enter(MEASURES).new_measure(number)

    def show_problems(self) -> None:
        """What came too often and has no measure yet."""
        self.enter(MEASURES).show_problems()

    def show_backups(self) -> None:
        """The backups, in 设置."""
        self.enter(SETTINGS).turn_to("备份")

    def show_measures(self, number: str) -> None:
        """What came out of this complaint."""
        self.enter(MEASURES).show_of_complaint(number)
