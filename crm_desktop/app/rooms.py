"""Builds each room when it is first entered, with the services it uses."""

from __future__ import annotations

from typing import TYPE_CHECKING

from crm_desktop.gui.jobs import Jobs
from crm_desktop.gui.messages import Messages
from crm_desktop.gui.navigation import Entry
from crm_desktop.gui.paper_desk import PaperDesk
from crm_desktop.gui.session import Session
from crm_desktop.gui.today.page import TodayPage
from crm_desktop.papers.complaint_forms import ComplaintPaper
from crm_desktop.papers.complaint_lists import ComplaintList
from crm_desktop.papers.registers import RegisterPaper
from crm_desktop.services.office import Office
from crm_desktop.services.today import Today

if TYPE_CHECKING:
    from crm_desktop.gui.complaints.page import ComplaintsPage
    from crm_desktop.gui.customers.page import CustomersPage
    from crm_desktop.gui.followups.page import FollowUpsPage
    from crm_desktop.gui.reports.page import ReportsPage
    from crm_desktop.gui.reworks.page import ReworksPage
    from crm_desktop.gui.settings_room.page import SettingsPage

TODAY, CUSTOMERS, COMPLAINTS, REWORKS, CALLS, REPORTS, SETTINGS = (
    "今日",
    "客户档案",
    "抱怨投诉",
    "返修",
    "回访",
    "报表",
    "设置",
)


class Rooms:
    """The rooms of one window. Only 今日 is imported at start; the others when somebody goes there."""

    def __init__(self, office: Office, session: Session, jobs: Jobs, messages: Messages) -> None:
        self._office = office
        self._session = session
        self._jobs = jobs
        self._messages = messages
        self.papers = PaperDesk(
            office.desk,
            RegisterPaper(office.registers, office.settings),
            ComplaintPaper(office.sheets),
            ComplaintList(office.cases, office.settings),
            office.upkeep,
            session,
            jobs,
            messages,
        )

    def entries(self) -> tuple[Entry, ...]:
        """The navigation, top to bottom; 纠正预防 comes with its part."""
        return (
            Entry(TODAY, "home", self._today),
            Entry(CUSTOMERS, "users", self._customers),
            Entry(COMPLAINTS, "message-exclamation", self._complaints),
            Entry(REWORKS, "tool", self._reworks),
            Entry(CALLS, "phone-call", self._follow_ups),
            Entry(REPORTS, "chart-bar", self._reports),
            Entry(SETTINGS, "settings", self._settings),
        )

    def _today(self) -> TodayPage:
        return TodayPage(Today(self._office.desk))

    def _customers(self) -> CustomersPage:
        from crm_desktop.gui.customers.page import CustomersPage  # noqa: PLC0415 - built when first entered

        office = self._office
        return CustomersPage(office.customers, office.search, office.cases, self._session, self._messages)

    def _complaints(self) -> ComplaintsPage:
        from crm_desktop.gui.complaints.page import ComplaintsPage  # noqa: PLC0415 - built when first entered

        office = self._office
        return ComplaintsPage(
            office.complaints,
            office.cases,
            office.reworks,
            office.follow_ups,
            office.search,
            self._session,
            self._messages,
        )

    def _reworks(self) -> ReworksPage:
        from crm_desktop.gui.reworks.page import ReworksPage  # noqa: PLC0415 - built when first entered

        return ReworksPage(self._office.reworks, self._session, self._messages)

    def _follow_ups(self) -> FollowUpsPage:
        from crm_desktop.gui.followups.page import FollowUpsPage  # noqa: PLC0415 - built when first entered

        return FollowUpsPage(self._office.follow_ups, self._office.cases, self._session, self._messages)

    def _reports(self) -> ReportsPage:
        from crm_desktop.gui.reports.page import ReportsPage  # noqa: PLC0415 - built when first entered

        return ReportsPage(self._office.desk, self._office.registers, self.papers, self._jobs, self._messages)

    def _settings(self) -> SettingsPage:
        from crm_desktop.gui.settings_room.page import SettingsPage  # noqa: PLC0415 - built when first entered

        return SettingsPage(self._office.settings, self._office.staff, self._session, self._messages)
