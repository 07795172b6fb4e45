"""Who sits at the window: nobody at the start of a guarded home, whoever proves it by PIN, nobody again when idle."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer, Signal

from crm_desktop.gui.main_window import MainWindow
from crm_desktop.gui.messages import Messages
from crm_desktop.gui.session import Session
from crm_desktop.services.office import Office
from crm_desktop.services.roster import people

if TYPE_CHECKING:
    from crm_desktop.domain.duties import Hired
    from crm_desktop.domain.staff import Person
    from crm_desktop.gui.locking import Curtain, IdleWatch, LockPage

_MINUTE = 60_000  # ms


class Guard(QObject):
    """Covers the window and lifts the cover; a home in which nobody has a PIN is never locked.

    ``code_wanted``: a recovery code and whose it is are to be printed.
    """

    code_wanted = Signal(str, str)

    def __init__(self, office: Office, session: Session, messages: Messages, window: MainWindow) -> None:
        super().__init__(window)
        self._office, self._session, self._messages, self._window = office, session, messages, window
        self._first: Hired | None = None
        self._page: LockPage | None = None
        self._curtain: Curtain | None = None
        self._watch: IdleWatch | None = None

    def begin(self) -> None:
        """At the start, and whenever somebody came, left or got a PIN: the right person sits here, or nobody."""
        if self._office.desk.guarded():
            self._watch_idle()
            here = self._here()
            if here is None or here != self._session.person:
                self._session.sit_down(here)
            if here is None:
                self.lock()
        else:
            self._take_first_person()

    def lock(self) -> None:
        """Nobody sees or works anything until somebody proves who he is; what was typed stays."""
        if self._window.is_covered() or not self._office.desk.guarded():
            return
        page, curtain = self._lock_page()
        curtain.close()
        self._window.cover(page)
        page.show_people(people(self._office.desk), self._session.person)

    def ask_person(self) -> None:
        """F9: somebody else comes to the desk."""
        from crm_desktop.gui.person_gate import PersonDialog  # noqa: PLC0415 - when somebody else sits down

        if self._window.is_covered():
            return
        here = people(self._office.desk)
        if not here:
            self._messages.note("还没有员工，先在“设置 → 员工”里添加，之后按 F9 换人。")
            return
        access = self._office.access if self._office.desk.guarded() else None
        dialog = PersonDialog(here, access, self._session.person, self._window)
        dialog.chosen.connect(self._session.sit_down)
        dialog.recovery_wanted.connect(self._recover)
        dialog.open()

    def seat_first(self, hired: Hired) -> None:
        """The first colleague of this home sits here from now on, and is told his recovery code this once, as soon as
        the window stands."""
        self._on_passed(self._office.staff.get(hired.person_id))
        self._watch_idle()
        self._first = hired
        QTimer.singleShot(0, self._show_first_code)

    def _on_passed(self, person: Person) -> None:
        self._session.sit_down(person)
        self._window.uncover()
        if self._curtain is not None:
            self._curtain.open()

    def _recover(self) -> None:
        from crm_desktop.gui.settings_room.people_dialogs import RecoverDialog  # noqa: PLC0415 - once in a blue moon

        administrators = [person for person in people(self._office.desk) if person.administers]
        dialog = RecoverDialog(self._office.access, administrators, self._window)
        dialog.new_code.connect(self._show_code)
        dialog.answered.connect(self._messages.done)
        dialog.open()

    def _show_code(self, code: str, who: str) -> None:
        from crm_desktop.gui.settings_room.code_dialog import CodeDialog  # noqa: PLC0415 - with the one before

        dialog = CodeDialog(code, who, self._window)
        dialog.print_wanted.connect(self.code_wanted)
        dialog.open()

    def _show_first_code(self) -> None:
        if self._first is not None:
            self._show_code(self._first.recovery_code, self._session.name)
            self._first = None

    def _take_first_person(self) -> None:
        """Whoever sits here stays; a home whose first colleague was just entered belongs to him."""
        here = people(self._office.desk)
        if self._session.person is None and here:
            advisers = [person for person in here if "服务顾问" in person.roles]
            self._session.sit_down((advisers or here)[0])

    def _here(self) -> Person | None:
        """Whoever sits here, as the staff table knows him now; nobody if he has left."""
        seated = self._session.person
        here = people(self._office.desk)
        return next((person for person in here if seated is not None and person.id == seated.id), None)

    def _watch_idle(self) -> None:
        from crm_desktop.gui.locking import IdleWatch  # noqa: PLC0415 - a home without PINs pays nothing

        if self._watch is None:
            self._watch = IdleWatch(self)
            self._watch.idle.connect(self.lock)
        self._watch.watch(self._office.settings.lock_minutes() * _MINUTE)

    def _lock_page(self) -> tuple[LockPage, Curtain]:
        from crm_desktop.gui.locking import Curtain, LockPage  # noqa: PLC0415 - a home without PINs pays nothing

        if self._page is None or self._curtain is None:
            self._page = LockPage(people(self._office.desk), self._office.access)
            self._page.passed.connect(self._on_passed)
            self._page.recovery_wanted.connect(self._recover)
            self._curtain = Curtain(self._window)
        return self._page, self._curtain
