"""The running program: one office, one window, and who talks to whom."""

from __future__ import annotations

import gc
from pathlib import Path
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QObject, QTimer
from PySide6.QtGui import QShortcut
from PySide6.QtWidgets import QWidget

from crm_desktop.app.guard import Guard
from crm_desktop.app.rooms import CALLS, COMPLAINTS, CUSTOMERS, MEASURES, REPORTS, REWORKS, SETTINGS, TODAY, Rooms
from crm_desktop.gui.jobs import Cancelled, Jobs, Progress
from crm_desktop.gui.main_window import MainWindow, Walls
from crm_desktop.gui.messages import Messages
from crm_desktop.gui.session import Session
from crm_desktop.models.lock import WriterLock
from crm_desktop.paths import sample_home
from crm_desktop.services.kept import kept_text
from crm_desktop.services.office import Office

if TYPE_CHECKING:
    from crm_desktop.app.alerts import Alerts
    from crm_desktop.domain.search import Hit, HitGroup
    from crm_desktop.gui.search_rows import Beginning

_DEMO_WORDS = "演示数据：这里的客户和单据都是编的，和正式数据分开存放；每个人的 PIN 都是 2468"
_MEMORY, _INTAKE = "window.ini", "complaint"
_SHOWN_OF_A_GROUP = 4
RULES, INTAKE = "规则", "新建抱怨单"
"""Where 制度 leads besides the rooms."""
_SETTLE_AFTER_MS, _ALERT_AFTER_MS = 100, 1_500
_OF_MEASURES = "JY"
"""How the numbers of measures begin."""


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
        self._alerts: Alerts | None = None
        self._settling = QTimer(self, singleShot=True, interval=_SETTLE_AFTER_MS)
        self._connect()
        self._guard.begin()

    def show(self) -> None:
        """Paints the window; the first start asks for the dealership afterwards."""
        self.window.show()
        if not (self._demo or self._dealer()):
            QTimer.singleShot(0, self._welcome)

    def lock(self) -> None:
        """Covers the window until somebody proves who he is."""
        self._guard.lock()

    def close(self) -> None:
        """Lets go of data and folder."""
        self._jobs.stop_all()
        self._settling.stop()
        if self._alerts is not None:
            self._alerts.stop()
        self._office.desk.close()
        self._lock.close()

    # -- who talks to whom ---------------------------------------------------------------------------------------

    def _connect(self) -> None:
        window = self.window
        window.action_wanted.connect(self.new_complaint)
        window.found.connect(self._on_found)
        window.person_wanted.connect(self._guard.ask_person)
        QShortcut("F1", window).activated.connect(self.show_procedure)
        window.page_built.connect(self._introduce)
        window.page_shown.connect(self._on_page_shown)
        self._settling.timeout.connect(self._settle)
        self._session.person_changed.connect(self._show_person)
        self._session.person_changed.connect(self._tell_what_waits)
        self._guard.code_wanted.connect(self._print_code)
        self._messages.wanted.connect(self._show_alarmed)
        self._show_person()

    def _introduce(self, name: str, page: Any) -> None:
        """A room was built: its wishes find their listeners."""
        for signal, listener in self._wishes(name).items():
            getattr(page, signal).connect(listener)
        if name == COMPLAINTS:
            self._offer_draft(page)

    def _wishes(self, name: str) -> dict[str, Any]:
        if name == TODAY:
            return {
                "complaint_wanted": self.show_case,
                "call_wanted": self._show_call,
                "rework_wanted": self._show_rework,
                "open_complaints_wanted": self._show_open,
                "missing_customers_wanted": self._show_missing,
                "calls_wanted": self._show_calls,
                "reworks_wanted": self._show_reworks,
                "new_complaint_wanted": self.new_complaint,
                "import_wanted": self.show_import,
                "demo_wanted": self.open_sample,
            }
        if name == COMPLAINTS:
            return self._wishes_of_complaints()
        if name == CUSTOMERS:
            return {
                "complaint_wanted": self.show_case,
                "new_complaint_wanted": self._new_complaint_of,
                "export_wanted": self._rooms.customer_export.begin,
            }
        if name == REPORTS:
            return {"month_wanted": self._rooms.records.hand_out}
        if name in (CALLS, REWORKS):
            return {"complaint_wanted": self.show_case}
        if name == MEASURES:
            return self._wishes_of_measures()
        if name == SETTINGS:
            return {
                "saved": self._show_dealer,
                "staff_changed": self._guard.begin,
                "code_wanted": self._print_code,
                "import_wanted": self.show_import,
                "sample_wanted": self.open_sample,
                "blank_wanted": self._rooms.papers.preview_blank,
                "rules_wanted": self.show_rules,
                "procedure_wanted": self.show_procedure,
            }
        return {}

    def _wishes_of_complaints(self) -> dict[str, Any]:
        papers = self._rooms.papers
        return {
            "print_wanted": papers.preview_form,
            "blank_wanted": papers.preview_blank,
            "pdf_wanted": papers.export_form_pdf,
            "excel_wanted": papers.export_form_excel,
            "export_wanted": papers.export_complaints,
            "archive_wanted": self._show_archive,
            "scans_wanted": self._rooms.scans.begin,
            "record_wanted": self._rooms.records.hand_out,
            "measure_wanted": self._new_measure,
            "measures_wanted": self._show_measures,
            "draft_changed": self._keep_draft,
            "saved": self._count_again,
            "customer_wanted": self._show_customer,
        }

    def _wishes_of_measures(self) -> dict[str, Any]:
        records = self._rooms.records
        return {
            "complaint_wanted": self.show_case,
            "preview_wanted": records.preview_measures,
            "pdf_wanted": records.export_measures_pdf,
            "excel_wanted": records.export_measures_excel,
            "report_wanted": records.hand_out_evaluation,
        }

    # -- what the window's wishes come to ------------------------------------------------------------------------

    def new_complaint(self) -> None:
        """The main action, from wherever one is."""
        self._enter(COMPLAINTS).new_complaint()

    def show_case(self, number: str) -> None:
        """One complaint, opened where the work is; a measure that came from none stands in its own room."""
        if number.startswith(_OF_MEASURES):
            self._enter(MEASURES).show_number(number)
        else:
            self._enter(COMPLAINTS).show_case(number)

    def show_import(self) -> None:
        """导入已有记录."""
        from crm_desktop.domain.imports import ImportKind  # noqa: PLC0415 - only when a file is brought in
        from crm_desktop.gui.importing.dialog import ImportDialog  # noqa: PLC0415 - start-up pays for nothing unseen
        from crm_desktop.papers.imports import ImportPaper  # noqa: PLC0415 - start-up pays for nothing unseen

        desk = self._office.desk
        kinds = (ImportKind.COMPLAINTS, ImportKind.CUSTOMERS, ImportKind.VISITS, ImportKind.FOLLOWUPS)
        paper = ImportPaper(desk, self._office.imports)
        dialog = ImportDialog(desk, paper, kinds, self._session, self._jobs, self._messages, self.window)
        dialog.imported.connect(self._refresh)
        dialog.open()

    def show_rules(self, title: str = "") -> None:
        """规则: what the dealership may set for itself, at the page of this title."""
        from crm_desktop.gui.rules_room.window import RulesWindow  # noqa: PLC0415 - when somebody looks at the rules

        office = self._office
        rules = RulesWindow(office.rules, office.staff, self._session, self._messages, self.window)
        rules.turn_to(title)
        rules.show()

    def show_procedure(self) -> None:
        """制度 (F1): the procedure to read."""
        from crm_desktop.gui.rules_room.procedure_window import ProcedureWindow  # noqa: PLC0415 - when somebody reads

        if not self.window.is_covered():
            read = ProcedureWindow(self.window)
            read.wanted.connect(self.lead_to)
            read.show()

    def lead_to(self, room: str, tab: str) -> None:
        """Where a sentence of 制度 is done: a room, or a page of 规则."""
        if room == RULES:
            self.show_rules(tab)
        elif room == INTAKE:
            self.new_complaint()
        else:
            self._enter(room)

    def _print_code(self, code: str, who: str) -> None:
        self._rooms.papers.preview_code(code, who)

    def open_sample(self) -> None:
        """The sample home in a window of its own; made first if it is not there."""
        from crm_desktop.app.sample_window import make_sample  # noqa: PLC0415 - start-up pays for nothing unseen

        home = sample_home(self._office.desk.home)

        def work(_progress: Progress, _cancelled: Cancelled) -> Path:
            make_sample(home)
            return home

        self._jobs.run(work, self._on_sample_ready, label="准备演示数据")

    def _on_sample_ready(self, home: Path) -> None:
        from crm_desktop.app.sample_window import open_beside  # noqa: PLC0415 - when it is made

        open_beside(home)
        self._messages.note("演示数据在另一个窗口里打开，上方有“演示数据”的标志。")

    def _on_found(self, found: Hit | Beginning) -> None:
        from crm_desktop.app.found import open_found  # noqa: PLC0415 - when somebody found something

        open_found(found, self.window, self._office)

    def _welcome(self) -> None:
        from crm_desktop.gui.welcome import WelcomeDialog  # noqa: PLC0415 - once in a home's life

        dialog = WelcomeDialog(self._office.settings, self._session, self.window)
        dialog.accepted.connect(self._show_dealer)
        dialog.sample_wanted.connect(self.open_sample)
        dialog.open()

    def _on_page_shown(self, name: str, page: QWidget) -> None:
        if name != SETTINGS and hasattr(page, "refresh"):
            page.refresh()
        self.window.set_count(CALLS, self._office.today.due_call_count())
        if self._alerts is None:
            self._settling.start()
        else:
            self._alerts.count()

    def _settle(self) -> None:
        """The first page is painted: now comes what it could do without."""
        from crm_desktop.app.alerts import Alerts  # noqa: PLC0415 - the first page is painted before anybody is alarmed

        self._office.desk.bind()
        self._alerts = Alerts(self._office.clocks, self._office.desk.now, self._messages, self.window)
        self._alerts.counted.connect(self._show_alerts)
        self._alerts.wanted.connect(self._on_alert_wanted)
        self._seat_alerts()
        self._alerts.begin(_ALERT_AFTER_MS)
        if not gc.isenabled():  # ``crm_desktop/__main__.py`` sent the collector away: what is here by now stays
            gc.freeze()
            gc.enable()

    def _show_alerts(self, count: int) -> None:
        self.window.set_count(TODAY, count)

    def _on_alert_wanted(self, number: str) -> None:
        if self.window.isMinimized():
            self.window.showNormal()
        self.window.activateWindow()
        self._show_alarmed(number)

    def _show_alarmed(self, number: str) -> None:
        """The case an alert speaks of; the list of all where it speaks of none, nothing while the window is locked."""
        if self.window.is_covered():
            return
        if number:
            self.show_case(number)
        else:
            self._enter(TODAY)

    def _count_again(self) -> None:
        if self._alerts is not None:
            self._alerts.count()

    def _refresh(self) -> None:
        self._on_page_shown(self.window.current_name(), self.window.page(self.window.current_name()))

    # -- where wishes lead ---------------------------------------------------------------------------------------

    def _enter(self, name: str) -> Any:
        return self.window.show_page(name)

    def _show_customer(self, customer_id: int) -> None:
        self._enter(CUSTOMERS).show_customer(customer_id)

    def _new_complaint_of(self, customer_id: int, vehicle_id: int | None) -> None:
        self._enter(COMPLAINTS).new_complaint(self._office.search.person(customer_id, vehicle_id))

    def _show_open(self) -> None:
        from crm_desktop.services.cases import OPEN  # noqa: PLC0415 - with the room it leads to

        self._enter(COMPLAINTS).show_list(OPEN)

    def _show_missing(self) -> None:
        from crm_desktop.services.cases import CUSTOMER_MISSING  # noqa: PLC0415 - with the room it leads to

        self._enter(COMPLAINTS).show_list(CUSTOMER_MISSING)

    def _show_calls(self) -> None:
        self._enter(CALLS)

    def _show_call(self, follow_up_id: int) -> None:
        self._enter(CALLS).show_call(follow_up_id)

    def _show_reworks(self) -> None:
        self._enter(REWORKS)

    def _show_rework(self, rework_id: int) -> None:
        self._enter(REWORKS).show_rework(rework_id)

    def _show_archive(self) -> None:
        self._enter(COMPLAINTS).show_aside(self._rooms.archive)

    def _new_measure(self, number: str) -> None:
        self._enter(MEASURES).new_measure(number)

    def _show_measures(self, number: str) -> None:
        self._enter(MEASURES).show_of_complaint(number)

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

    def _build_window(self) -> MainWindow:
        desk = self._office.desk
        walls = Walls(
            dealer=self._dealer(),
            place=f"数据 {desk.home}",
            demo=_DEMO_WORDS if self._demo else "",
        )
        memory = desk.home / _MEMORY
        return MainWindow(walls, self._rooms.entries(), self._jobs, self._messages, self._ask, desk.now, memory)

    def _show_person(self) -> None:
        self._seat_alerts()
        deputy_of = self._session.act("").deputy_of if self._session.person else ""
        role = f"代{deputy_of}" if deputy_of else self._session.role
        self.window.set_person(" · ".join(filter(None, (self._session.name, role))))

    def _seat_alerts(self) -> None:
        """Whoever sits here is told of what is brought before him as his own."""
        if self._alerts is not None:
            act = self._session.act("")
            self._alerts.seat((*act.roles, act.deputy_of))

    def _tell_what_waits(self) -> None:
        """What others entered for whoever sits down now, and what only he may decide."""
        if self._session.person is None or not self._office.desk.guarded():
            return
        from crm_desktop.app.waiting import what_waits  # noqa: PLC0415 - when somebody sits down

        if told := what_waits(self._office, self._session.act("")):
            self._messages.note(told)

    def _show_dealer(self) -> None:
        self.window.set_dealer(self._dealer())

    def _dealer(self) -> str:
        return kept_text(self._office.desk, "dealership.name")

    def _ask(self, text: str) -> list[HitGroup]:
        return self._office.search.ask(text, _SHOWN_OF_A_GROUP)
