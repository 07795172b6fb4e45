"""Builds each room when it is first entered, with the services it uses."""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING, Any

from PySide6.QtWidgets import QWidget

from crm_desktop.gui.jobs import Jobs
from crm_desktop.gui.messages import Messages
from crm_desktop.gui.navigation import Entry
from crm_desktop.gui.session import Session
from crm_desktop.paths import window_memory
from crm_desktop.services.office import Office

if TYPE_CHECKING:
    from crm_desktop.domain.backups import BackupHealth
    from crm_desktop.domain.errands import Errand
    from crm_desktop.gui.archive.page import ArchivePage
    from crm_desktop.gui.complaints.page import ComplaintsPage
    from crm_desktop.gui.customers.export_list import CustomerExport
    from crm_desktop.gui.customers.page import CustomersPage
    from crm_desktop.gui.followups.page import FollowUpsPage
    from crm_desktop.gui.measures.page import MeasuresPage
    from crm_desktop.gui.paper_desk import PaperDesk
    from crm_desktop.gui.record_desk import RecordDesk
    from crm_desktop.gui.reports.month_page import MonthPage
    from crm_desktop.gui.reports.room import ReportsRoom
    from crm_desktop.gui.reworks.page import ReworksPage
    from crm_desktop.gui.scans_dialog import ScanDesk
    from crm_desktop.gui.settings_room.page import SettingsPage
    from crm_desktop.gui.settings_room.print_card import PrintCard
    from crm_desktop.gui.today.page import TodayPage

TODAY, CUSTOMERS, COMPLAINTS, REWORKS, CALLS, MEASURES, REPORTS, SETTINGS = (
    "今日",
    "客户档案",
    "抱怨投诉",
    "返修",
    "回访",
    "纠正预防",
    "报表",
    "设置",
)


class Rooms:
    """The rooms of one window: each is imported and built when somebody goes there, 今日 once the shell is painted."""

    def __init__(self, office: Office, session: Session, jobs: Jobs, messages: Messages) -> None:
        self._office = office
        self._session = session
        self._jobs = jobs
        self._messages = messages
        self._window: QWidget | None = None

    def stand_in(self, window: QWidget) -> None:
        """Previews belong to this window from now on."""
        self._window = window

    @cached_property
    def papers(self) -> PaperDesk:
        """Where the rooms hand in what is to become paper."""
        from crm_desktop.gui.paper_desk import PaperDesk  # noqa: PLC0415 - when a room that prints is entered
        from crm_desktop.papers.complaint_forms import ComplaintPaper  # noqa: PLC0415 - with it
        from crm_desktop.papers.complaint_lists import ComplaintList  # noqa: PLC0415 - with it
        from crm_desktop.papers.registers import RegisterPaper  # noqa: PLC0415 - with it

        office = self._office
        return PaperDesk(
            office.desk,
            RegisterPaper(office.registers, office.settings),
            ComplaintPaper(office.sheets),
            ComplaintList(office.cases, office.settings),
            office.upkeep,
            self._session,
            self._jobs,
            self._messages,
            self._window,
        )

    @cached_property
    def records(self) -> RecordDesk:
        """The same for the records beside the form."""
        from crm_desktop.gui.record_desk import RecordDesk  # noqa: PLC0415 - when a record is first wanted
        from crm_desktop.papers.monthly import MonthlyPaper  # noqa: PLC0415 - with it
        from crm_desktop.papers.records import RecordPapers  # noqa: PLC0415 - with it

        return RecordDesk(self.papers, RecordPapers(self._office.desk), MonthlyPaper(self._office.desk))

    @cached_property
    def customer_export(self) -> CustomerExport:
        """The list of customers as a workbook."""
        from crm_desktop.gui.customers.export_list import CustomerExport  # noqa: PLC0415 - with the room

        assert self._window is not None  # noqa: S101 - a room is in a window
        return CustomerExport(self._office, self.papers, self._session, self._messages, self._window)

    @cached_property
    def scans(self) -> ScanDesk:
        """The scan folder, looked through from the list of complaints."""
        from crm_desktop.gui.scans_dialog import ScanDesk  # noqa: PLC0415 - with the room

        assert self._window is not None  # noqa: S101 - a room is in a window
        return ScanDesk(self._office, self._session, self._jobs, self._messages, self._window)

    @cached_property
    def archive(self) -> ArchivePage:
        """存档与销毁, which stands beside the list of complaints."""
        from crm_desktop.gui.archive.archive_desk import archive_desk_of  # noqa: PLC0415 - when first looked at
        from crm_desktop.gui.archive.page import ArchivePage  # noqa: PLC0415 - with it
        from crm_desktop.gui.disposal_desk import DisposalDesk  # noqa: PLC0415 - with it
        from crm_desktop.papers.disposals import DisposalPapers  # noqa: PLC0415 - with it

        desk = self._office.desk
        page = ArchivePage(archive_desk_of(self._office), self._session, self._messages)
        papers = DisposalPapers(desk)
        files = DisposalDesk(desk, self.papers, papers, self._session, self._jobs, self._messages)
        page.bundle_wanted.connect(files.export_bundle)
        page.certificate_wanted.connect(files.preview_certificate)
        files.bundled.connect(page.refresh)
        return page

    def entries(self) -> tuple[Entry, ...]:
        """The navigation, top to bottom."""
        return (
            Entry(TODAY, "home", self._today),
            Entry(CUSTOMERS, "users", self._customers),
            Entry(COMPLAINTS, "message-exclamation", self._complaints),
            Entry(REWORKS, "tool", self._reworks),
            Entry(CALLS, "phone-call", self._follow_ups),
            Entry(MEASURES, "shield-check", self._measures),
            Entry(REPORTS, "chart-bar", self._reports),
            Entry(SETTINGS, "settings", self._settings),
        )

    def _today(self) -> TodayPage:
        from crm_desktop.gui.today.page import TodayPage  # noqa: PLC0415 - the shell is painted before

        office = self._office
        return TodayPage(
            office.today, office.promise_lists, office.desk.now, self._problem_count, self._health, self._errands
        )

    def _problem_count(self) -> int:
        """What came too often; asked once the first page is there."""
        return len(self._office.frequent.rows())

    def _health(self) -> BackupHealth:
        return self._office.backups.health()

    def _errands(self) -> list[Errand]:
        from crm_desktop.services.errands import Errands  # noqa: PLC0415 - once the first page is there

        return Errands(self._office.desk).rows()

    def _customers(self) -> CustomersPage:
        from crm_desktop.gui.customers.list_doors import ListDoors  # noqa: PLC0415 - with it
        from crm_desktop.gui.customers.merge_door import MergeDoor  # noqa: PLC0415 - built when first entered
        from crm_desktop.gui.customers.page import CustomersPage  # noqa: PLC0415 - with it
        from crm_desktop.gui.customers.profile_desk import profile_desk_of  # noqa: PLC0415 - with it

        office = self._office
        desk = profile_desk_of(office)
        page = CustomersPage(
            office.customers, office.search, office.cases, desk, self._session, self._jobs, self._messages
        )
        MergeDoor(office, self._session, self._jobs, self._messages, page)
        ListDoors(desk, office.desk, self._session, self._jobs, self._messages, page)
        return page

    def _complaints(self) -> ComplaintsPage:
        from crm_desktop.gui.complaints.lessons import Lessons  # noqa: PLC0415 - with it
        from crm_desktop.gui.complaints.page import ComplaintsPage  # noqa: PLC0415 - built when first entered
        from crm_desktop.gui.complaints.procedure import procedure_of  # noqa: PLC0415 - with it

        office = self._office
        page = ComplaintsPage(
            procedure_of(office),
            office.follow_ups,
            office.search,
            self._session,
            self._messages,
        )
        Lessons(office.desk, office.proposals, self._jobs, page)
        return page

    def _reworks(self) -> ReworksPage:
        from crm_desktop.gui.reworks.page import ReworksPage  # noqa: PLC0415 - built when first entered

        return ReworksPage(self._office.reworks, self._session, self._messages)

    def _follow_ups(self) -> FollowUpsPage:
        from crm_desktop.gui.followups.call_desk import call_desk_of  # noqa: PLC0415 - built when first entered
        from crm_desktop.gui.followups.page import FollowUpsPage  # noqa: PLC0415 - with it

        room = FollowUpsPage(call_desk_of(self._office), self._session, self._messages)
        room.surveys_wanted.connect(self._show_surveys)
        return room

    def _measures(self) -> MeasuresPage:
        from crm_desktop.gui.measures.measure_desk import measure_desk_of  # noqa: PLC0415 - built when first entered
        from crm_desktop.gui.measures.page import MeasuresPage  # noqa: PLC0415 - with it

        return MeasuresPage(measure_desk_of(self._office), self._session, self._messages)

    def _reports(self) -> ReportsRoom:
        from crm_desktop.gui.reports.page import ReportsPage  # noqa: PLC0415 - built when first entered
        from crm_desktop.gui.reports.room import ReportsRoom  # noqa: PLC0415 - with it

        office = self._office
        register = ReportsPage(office.desk, office.registers, self.papers, self._jobs, self._messages)
        return ReportsRoom(register, self._month)

    def _month(self) -> MonthPage:
        from crm_desktop.gui.reports.month_page import MonthPage  # noqa: PLC0415 - when a month is first wanted

        return MonthPage(self._office, self._session, self._jobs, self._messages)

    def _settings(self) -> SettingsPage:
        from crm_desktop.gui.settings_room.about_card import AboutCard, update_address  # noqa: PLC0415 - with the room
        from crm_desktop.gui.settings_room.backup_card import BackupCard  # noqa: PLC0415 - with it
        from crm_desktop.gui.settings_room.look_card import LookCard  # noqa: PLC0415 - with it
        from crm_desktop.gui.settings_room.page import SettingsPage  # noqa: PLC0415 - built when first entered
        from crm_desktop.gui.settings_room.people_card import PeopleDesk  # noqa: PLC0415 - with it

        office = self._office
        people = PeopleDesk(office.staff, office.access, office.duties)
        backups = BackupCard(office.desk, office.backups, office.settings, self._session, self._jobs, self._messages)
        room = SettingsPage(office.settings, people, backups, self._session, self._messages)
        room.add_tab("外观", LookCard(window_memory(office.desk.home), self._messages))
        room.add_tab("打印", self._print_card())
        room.add_tab("关于", AboutCard(update_address()))
        room.surveys_wanted.connect(self._show_surveys)
        return room

    def _print_card(self) -> PrintCard:
        from crm_desktop.gui.print_memory import PrintMemory  # noqa: PLC0415 - with the room
        from crm_desktop.gui.settings_room.print_card import PrintCard  # noqa: PLC0415 - with it

        card = PrintCard(PrintMemory(window_memory(self._office.desk.home)), self._messages)
        card.test_wanted.connect(self.papers.preview_stock_test)
        return card

    def _show_surveys(self) -> None:
        from crm_desktop.gui.surveys.window import SurveysWindow  # noqa: PLC0415 - when somebody asks for it

        assert self._window is not None  # noqa: S101 - a room is in a window
        surveys = SurveysWindow(self._office.surveys, self._session, self._messages, self._window)
        surveys.complaint_wanted.connect(self._show_case)
        surveys.show()

    def _show_case(self, number: str) -> None:
        window: Any = self._window
        window.show_page(COMPLAINTS).show_case(number)
