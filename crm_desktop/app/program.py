"""The running program: one office, one window, who sits before it and what is told him.

Where wishes lead stands in ``ways`` (rooms) and ``beside`` (what opens over them); who wishes what, in ``wishes``.
"""

from __future__ import annotations

import gc
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QObject, QTimer
from PySide6.QtGui import QGuiApplication, QShortcut
from PySide6.QtWidgets import QWidget

from crm_desktop.app.beside import Beside
from crm_desktop.app.guard import Guard
from crm_desktop.app.rooms import CALLS, COMPLAINTS, SETTINGS, TODAY, Rooms
from crm_desktop.app.ways import Ways
from crm_desktop.app.wishes import Wishes
from crm_desktop.gui import icons
from crm_desktop.gui.jobs import Jobs
from crm_desktop.gui.main_window import MainWindow, Walls
from crm_desktop.gui.messages import Messages
from crm_desktop.gui.session import Session
from crm_desktop.models.lock import WriterLock
from crm_desktop.paths import window_memory
from crm_desktop.services.kept import kept_text
from crm_desktop.services.office import Office

if TYPE_CHECKING:
    from pathlib import Path

    from crm_desktop.app.alerts import Alerts
    from crm_desktop.app.helping import Helping
    from crm_desktop.domain.duties import Hired
    from crm_desktop.domain.search import HitGroup

_DEMO_WORDS = "演示数据：这里的客户和单据都是编的，和正式数据分开存放；每个人的 PIN 都是 2468"
_INTAKE = "complaint"
_SHOWN_OF_A_GROUP = 4
_SETTLE_AFTER_MS, _ALERT_AFTER_MS = 100, 1_500


class Program(QObject):
    """Knows everybody; nobody knows it."""

    def __init__(self, office: Office, lock: WriterLock, messages: Messages) -> None:
        super().__init__()
        self._office, self._lock, self._messages = office, lock, messages
        self._session = Session(office.desk)
        self._jobs = Jobs(messages.refused, messages.note, self)
        self._rooms = Rooms(office, self._session, self._jobs, messages)
        self._demo = kept_text(office.desk, "demo")
        self.window = self._build_window()
        self._rooms.stand_in(self.window)
        self._guard = Guard(office, self._session, messages, self.window)
        self.ways = Ways(self.window, self._rooms, office)
        self.beside = Beside(self.window, office, self._session, self._jobs, messages)
        self._wishes = Wishes(self._rooms, self.ways, self.beside, self._guard)
        self._alerts: Alerts | None = None
        self._helping: Helping | None = None
        self.wished: tuple[Path, str] | None = None
        """The backup to be put in place, with its recovery code, once the window is closed."""
        self._settling = QTimer(self, singleShot=True, interval=_SETTLE_AFTER_MS)
        self._connect()
        self._guard.begin()

    def show(self, hired: Hired | None = None) -> None:
        """Paints the window; ``hired``: who was entered first, at the first start, sits here already."""
        if hired is not None:
            self._guard.seat_first(hired)
        self.window.show()

    def keep(self) -> None:
        """From now on the data is backed up and looked at beside the work."""
        from crm_desktop.app.keeper import Keeper  # noqa: PLC0415 - after the first page is painted

        keeper = Keeper(self._office.desk, self._office.backups, self._jobs, self._messages)
        self._wishes.complaint_saved.connect(keeper.write_soon)
        keeper.kept.connect(self._on_kept)
        keeper.begin()

    def leave(self) -> None:
        """The window is closed: a last backup before the data is let go."""
        from crm_desktop.app.keeper import last_backup  # noqa: PLC0415 - nobody waits for the first page any more

        self._jobs.stop_all()
        last_backup(self._office.desk, self._office.backups)

    def lock(self) -> None:
        """Covers the window until somebody proves who he is."""
        self._guard.lock()

    def close(self) -> None:
        """Lets go of data and folder."""
        self.window.hide()
        self._jobs.stop_all()
        self._settling.stop()
        if self._alerts is not None:
            self._alerts.stop()
        if self._helping is not None:
            self._helping.close()
        self._office.desk.close()
        self._lock.close()

    def _build_window(self) -> MainWindow:
        desk = self._office.desk
        walls = Walls(
            dealer=self._dealer(),
            place=f"数据 {desk.home}",
            demo=_DEMO_WORDS if self._demo else "",
        )
        memory = window_memory(desk.home)
        return MainWindow(walls, self._rooms.entries(), self._jobs, self._messages, self._ask, desk.now, memory)

    def _connect(self) -> None:
        window, ways, beside, wishes = self.window, self.ways, self.beside, self._wishes
        window.action_wanted.connect(ways.new_complaint)
        window.found.connect(ways.open_found)
        window.person_wanted.connect(self._guard.ask_person)
        QShortcut("F1", window).activated.connect(self._help)
        window.page_built.connect(self._introduce)
        window.page_shown.connect(self._on_page_shown)
        beside.imported.connect(self._refresh)
        beside.dealer_changed.connect(self._show_dealer)
        beside.dealer_changed.connect(self._refresh)
        beside.room_wanted.connect(ways.enter)
        beside.complaint_wanted.connect(ways.new_complaint)
        wishes.complaint_saved.connect(self._count_again)
        wishes.dealer_changed.connect(self._show_dealer)
        wishes.draft_changed.connect(self._keep_draft)
        wishes.code_wanted.connect(self._print_code)
        wishes.restore_wanted.connect(self._on_restore)
        self._settling.timeout.connect(self._settle)
        self._session.person_changed.connect(self._show_person)
        self._session.person_changed.connect(self._tell_what_waits)
        self._guard.code_wanted.connect(self._print_code)
        self._messages.wanted.connect(ways.show_alarmed)
        self._show_person()

    def _on_restore(self, bundle: Path, code: str) -> None:
        """The window goes first; it stays where something unsaved is to be looked at."""
        self.wished = (bundle, code)
        if not self.window.close():
            self.wished = None

    # -- rooms come and go ---------------------------------------------------------------------------------------

    def _introduce(self, name: str, page: Any) -> None:
        self._wishes.introduce(name, page)
        if name == COMPLAINTS:
            self._offer_draft(page)

    def _on_page_shown(self, name: str, page: QWidget) -> None:
        if name != SETTINGS and hasattr(page, "refresh"):
            page.refresh()
        self.window.set_count(CALLS, self._office.today.due_call_count())
        if self._alerts is None:
            self._settling.start()
        else:
            self._alerts.count()

    def _on_kept(self) -> None:
        """The light on 今日 changes before the eyes of whoever looks at it."""
        if self.window.current_name() == TODAY:
            page: Any = self.window.page(TODAY)
            page.show_health()

    def _refresh(self) -> None:
        self._on_page_shown(self.window.current_name(), self.window.page(self.window.current_name()))

    def _ask(self, text: str) -> list[HitGroup]:
        return self._office.search.ask(text, _SHOWN_OF_A_GROUP)

    def _print_code(self, code: str, who: str) -> None:
        self._rooms.papers.preview_code(code, who)

    # -- the manual ----------------------------------------------------------------------------------------------

    def _help(self) -> None:
        self.helping().show()

    def helping(self) -> Helping:
        """The manual beside the window; made once the first page is painted, or when F1 is pressed before."""
        if self._helping is None:
            from crm_desktop.app.helping import Helping  # noqa: PLC0415 - after the first page is painted

            self._helping = Helping(self.window, self._jobs, self._messages)
            self._helping.procedure_wanted.connect(self.beside.show_procedure)
        return self._helping

    # -- what is due is told -------------------------------------------------------------------------------------

    def _settle(self) -> None:
        """The first page is painted: now comes what it could do without."""
        from crm_desktop.app.alerts import Alerts  # noqa: PLC0415 - the first page is painted before anybody is alarmed

        self._office.desk.bind()
        window, now = self.window, self._office.desk.now
        QGuiApplication.setWindowIcon(icons.program_icon())
        self._alerts = Alerts(
            self._office.clocks, now, self._messages, window, window.is_covered, self._wants_no_notices
        )
        self._alerts.counted.connect(self._show_alerts)
        self._alerts.wanted.connect(self.ways.come_forward)
        self._seat_alerts()
        self._alerts.begin(_ALERT_AFTER_MS)
        self._tell_what_is_unfinished()
        self.helping().watch()
        if not gc.isenabled():  # ``crm_desktop/__main__.py`` sent the collector away: what is here by now stays
            gc.freeze()
            gc.enable()

    def _wants_no_notices(self) -> bool:
        from crm_desktop.gui.notices import are_shown  # noqa: PLC0415 - when a clock calls

        return not are_shown(window_memory(self._office.desk.home))

    def _show_alerts(self, count: int) -> None:
        self.window.set_count(TODAY, count)

    def _count_again(self) -> None:
        if self._alerts is not None:
            self._alerts.count()

    def _seat_alerts(self) -> None:
        """Whoever sits here is told of what is brought before him as his own."""
        if self._alerts is not None:
            act = self._session.act("")
            self._alerts.seat((*act.roles, act.deputy_of))

    # -- what was typed and not saved ----------------------------------------------------------------------------

    def _keep_draft(self) -> None:
        page: Any = self.window.page(COMPLAINTS)
        self._office.drafts.put(_INTAKE, page.typed())

    def _offer_draft(self, page: Any) -> None:
        kept = self._office.drafts.get(_INTAKE)
        if kept:
            page.set_typed(kept)
            self._messages.note("上次没有登记完的抱怨单已恢复，接着写；不要了就按“清空”。")

    # -- who and where -------------------------------------------------------------------------------------------

    def _show_person(self) -> None:
        self._seat_alerts()
        deputy_of = self._session.act("").deputy_of if self._session.person else ""
        role = f"代{deputy_of}" if deputy_of else self._session.role
        self.window.set_person(" · ".join(filter(None, (self._session.name, role))))

    def _tell_what_waits(self) -> None:
        """What others entered for whoever sits down now, and what only he may decide."""
        if self._session.person is None or not self._office.desk.guarded():
            return
        from crm_desktop.app.waiting import what_waits  # noqa: PLC0415 - when somebody sits down

        if told := what_waits(self._office, self._session.act("")):
            self._messages.note(told)

    def _tell_what_is_unfinished(self) -> None:
        """Where nobody logs in, nobody is greeted with what he left: it is told once, at the start."""
        if self._office.desk.guarded():
            return
        from crm_desktop.app.waiting import unfinished  # noqa: PLC0415 - the first page is painted

        if told := unfinished(self._office):
            self._messages.note(f"{told}。")

    def _show_dealer(self) -> None:
        self.window.set_dealer(self._dealer())

    def _dealer(self) -> str:
        return kept_text(self._office.desk, "dealership.name")
