"""Who sits at the desk now; every verb of the window is signed by this person."""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from crm_desktop.services.desk import Desk

if TYPE_CHECKING:
    from crm_desktop.domain.acts import Act
    from crm_desktop.domain.staff import Person
    from crm_desktop.services.drafts import Drafts
    from crm_desktop.services.staff import StaffRoom

NOBODY = "前台"


class Session(QObject):
    """One for the window; rooms ask it for an ``Act`` when something is done."""

    person_changed = Signal()

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self._desk = desk
        self._person: Person | None = None
        self.since = desk.now()
        """When whoever sits here sat down, UTC: what was done before belongs to another sitting."""

    @property
    def person(self) -> Person | None:
        """Nobody in particular in a home without staff, or while the window is locked."""
        return self._person

    @property
    def role(self) -> str:
        """The first role of whoever sits here, or nothing."""
        return self._person.role if self._person else ""

    @property
    def name(self) -> str:
        """What goes into the history."""
        return self._person.name if self._person else NOBODY

    @cached_property
    def drafts(self) -> Drafts:
        """Where forms put aside what is typed and not saved."""
        from crm_desktop.services.drafts import Drafts  # noqa: PLC0415 - when a form is opened

        self._desk.bind()
        return Drafts(self._desk)

    @cached_property
    def _staff(self) -> StaffRoom:
        from crm_desktop.services.staff import StaffRoom  # noqa: PLC0415 - when something is done

        return StaffRoom(self._desk)

    def sit_down(self, person: Person | None) -> None:
        """Another person takes the desk, or everybody leaves it."""
        self._person, self.since = person, self._desk.now()
        self.person_changed.emit()

    def act(self, screen: str) -> Act:
        """Something done now, on this page, with the rights of this person; raises as ``StaffRoom.act``."""
        if self._person is None:
            return self._desk.act(NOBODY, screen)
        return self._staff.act(self._person, screen)
