"""All services of one open data folder: each is made when an entrance first asks for it, and handed out one by one."""

from __future__ import annotations

from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

from crm_desktop.services.desk import Desk, open_desk
from crm_desktop.services.office_care import CareEntrances
from crm_desktop.services.office_learning import LearningEntrances
from crm_desktop.services.office_profile import ProfileEntrances

if TYPE_CHECKING:
    from crm_desktop.services.access import Access
    from crm_desktop.services.archive import Archive
    from crm_desktop.services.backups import Backups
    from crm_desktop.services.cases import Cases
    from crm_desktop.services.chronicle import Chronicle
    from crm_desktop.services.classifications import Classifications
    from crm_desktop.services.clocks import Clocks
    from crm_desktop.services.closing import Closing
    from crm_desktop.services.complaints import Complaints
    from crm_desktop.services.corrections import Corrections
    from crm_desktop.services.customers import Customers
    from crm_desktop.services.disposals import Disposals
    from crm_desktop.services.drafts import Drafts
    from crm_desktop.services.duties import Duties
    from crm_desktop.services.extensions import Extensions
    from crm_desktop.services.filings import Filings
    from crm_desktop.services.followups import FollowUps
    from crm_desktop.services.imports import Imports
    from crm_desktop.services.judgements import Judgements
    from crm_desktop.services.measure_lists import MeasureLists
    from crm_desktop.services.measures import Measures
    from crm_desktop.services.monthly import MonthlyReports
    from crm_desktop.services.monthly_editions import MonthlyEditions
    from crm_desktop.services.outside import Outside
    from crm_desktop.services.promise_lists import PromiseLists
    from crm_desktop.services.promises import Promises
    from crm_desktop.services.proposals import Proposals
    from crm_desktop.services.record_sheets import RecordSheets
    from crm_desktop.services.records import Records
    from crm_desktop.services.registers import Registers
    from crm_desktop.services.reworks import Reworks
    from crm_desktop.services.rules import Rules
    from crm_desktop.services.search import Search
    from crm_desktop.services.settings import Settings
    from crm_desktop.services.sheets import Sheets
    from crm_desktop.services.similar import SimilarCases
    from crm_desktop.services.solutions import Solutions
    from crm_desktop.services.staff import StaffRoom
    from crm_desktop.services.today import Today
    from crm_desktop.services.undo import Undo
    from crm_desktop.services.upkeep import Upkeep


class Office(ProfileEntrances, CareEntrances, LearningEntrances):
    """Entrances only: a page or a paper takes the services it uses, never the whole office.

    Every import below waits for the first question, so that the first page pays for nothing it does not show. What
    that page asks reads rows only and takes the desk as it was opened; everybody else gets it with its tables bound.
    """

    @property
    def _bound(self) -> Desk:
        self.desk.bind()
        return self.desk

    @cached_property
    def today(self) -> Today:
        from crm_desktop.services.today import Today  # noqa: PLC0415 - see the class

        return Today(self.desk)

    @cached_property
    def customers(self) -> Customers:
        from crm_desktop.services.customers import Customers  # noqa: PLC0415 - see the class

        return Customers(self._bound)

    @cached_property
    def complaints(self) -> Complaints:
        from crm_desktop.services.complaints import Complaints  # noqa: PLC0415 - see the class

        return Complaints(self._bound)

    @cached_property
    def cases(self) -> Cases:
        from crm_desktop.services.cases import Cases  # noqa: PLC0415 - see the class

        return Cases(self._bound)

    @cached_property
    def backups(self) -> Backups:
        from crm_desktop.services.backups import Backups  # noqa: PLC0415 - see the class

        return Backups(self._bound)

    @cached_property
    def chronicle(self) -> Chronicle:
        from crm_desktop.services.chronicle import Chronicle  # noqa: PLC0415 - see the class

        return Chronicle(self._bound)

    @cached_property
    def clocks(self) -> Clocks:
        from crm_desktop.services.clocks import Clocks  # noqa: PLC0415 - see the class

        return Clocks(self.desk)

    @cached_property
    def classifications(self) -> Classifications:
        from crm_desktop.services.classifications import Classifications  # noqa: PLC0415 - see the class

        return Classifications(self._bound)

    @cached_property
    def closing(self) -> Closing:
        from crm_desktop.services.closing import Closing  # noqa: PLC0415 - see the class

        return Closing(self._bound)

    @cached_property
    def corrections(self) -> Corrections:
        from crm_desktop.services.corrections import Corrections  # noqa: PLC0415 - see the class

        return Corrections(self._bound)

    @cached_property
    def extensions(self) -> Extensions:
        from crm_desktop.services.extensions import Extensions  # noqa: PLC0415 - see the class

        return Extensions(self._bound)

    @cached_property
    def outside(self) -> Outside:
        from crm_desktop.services.outside import Outside  # noqa: PLC0415 - see the class

        return Outside(self._bound)

    @cached_property
    def promises(self) -> Promises:
        from crm_desktop.services.promises import Promises  # noqa: PLC0415 - see the class

        return Promises(self._bound)

    @cached_property
    def promise_lists(self) -> PromiseLists:
        from crm_desktop.services.promise_lists import PromiseLists  # noqa: PLC0415 - see the class

        return PromiseLists(self.desk)

    @cached_property
    def proposals(self) -> Proposals:
        from crm_desktop.services.proposals import Proposals  # noqa: PLC0415 - see the class

        return Proposals(self._bound)

    @cached_property
    def undo(self) -> Undo:
        from crm_desktop.services.undo import Undo  # noqa: PLC0415 - see the class

        return Undo(self._bound)

    @cached_property
    def rules(self) -> Rules:
        from crm_desktop.services.rules import Rules  # noqa: PLC0415 - see the class

        return Rules(self._bound)

    @cached_property
    def similar(self) -> SimilarCases:
        from crm_desktop.services.similar import SimilarCases  # noqa: PLC0415 - see the class

        return SimilarCases(self._bound)

    @cached_property
    def solutions(self) -> Solutions:
        from crm_desktop.services.solutions import Solutions  # noqa: PLC0415 - see the class

        return Solutions(self._bound)

    @cached_property
    def reworks(self) -> Reworks:
        from crm_desktop.services.reworks import Reworks  # noqa: PLC0415 - see the class

        return Reworks(self._bound)

    @cached_property
    def follow_ups(self) -> FollowUps:
        from crm_desktop.services.followups import FollowUps  # noqa: PLC0415 - see the class

        return FollowUps(self._bound)

    @cached_property
    def registers(self) -> Registers:
        from crm_desktop.services.registers import Registers  # noqa: PLC0415 - see the class

        return Registers(self._bound)

    @cached_property
    def sheets(self) -> Sheets:
        from crm_desktop.services.sheets import Sheets  # noqa: PLC0415 - see the class

        return Sheets(self._bound)

    @cached_property
    def search(self) -> Search:
        from crm_desktop.services.search import Search  # noqa: PLC0415 - see the class

        return Search(self._bound)

    @cached_property
    def drafts(self) -> Drafts:
        from crm_desktop.services.drafts import Drafts  # noqa: PLC0415 - see the class

        return Drafts(self._bound)

    @cached_property
    def settings(self) -> Settings:
        from crm_desktop.services.settings import Settings  # noqa: PLC0415 - see the class

        return Settings(self._bound)

    @cached_property
    def staff(self) -> StaffRoom:
        from crm_desktop.services.staff import StaffRoom  # noqa: PLC0415 - see the class

        return StaffRoom(self._bound)

    @cached_property
    def access(self) -> Access:
        from crm_desktop.services.access import Access  # noqa: PLC0415 - see the class

        return Access(self._bound)

    @cached_property
    def duties(self) -> Duties:
        from crm_desktop.services.duties import Duties  # noqa: PLC0415 - see the class

        return Duties(self._bound)

    @cached_property
    def imports(self) -> Imports:
        from crm_desktop.services.imports import Imports  # noqa: PLC0415 - see the class

        return Imports(self._bound)

    @cached_property
    def upkeep(self) -> Upkeep:
        from crm_desktop.services.upkeep import Upkeep  # noqa: PLC0415 - see the class

        return Upkeep(self._bound)

    @cached_property
    def archive(self) -> Archive:
        from crm_desktop.services.archive import Archive  # noqa: PLC0415 - see the class

        return Archive(self._bound)

    @cached_property
    def disposals(self) -> Disposals:
        from crm_desktop.services.disposals import Disposals  # noqa: PLC0415 - see the class

        return Disposals(self._bound)

    @cached_property
    def filings(self) -> Filings:
        from crm_desktop.services.filings import Filings  # noqa: PLC0415 - see the class

        return Filings(self._bound)

    @cached_property
    def measure_lists(self) -> MeasureLists:
        from crm_desktop.services.measure_lists import MeasureLists  # noqa: PLC0415 - see the class

        return MeasureLists(self._bound)

    @cached_property
    def measures(self) -> Measures:
        from crm_desktop.services.measures import Measures  # noqa: PLC0415 - see the class

        return Measures(self._bound)

    @cached_property
    def record_sheets(self) -> RecordSheets:
        from crm_desktop.services.record_sheets import RecordSheets  # noqa: PLC0415 - see the class

        return RecordSheets(self._bound)

    @cached_property
    def judgements(self) -> Judgements:
        from crm_desktop.services.judgements import Judgements  # noqa: PLC0415 - see the class

        return Judgements(self._bound)

    @cached_property
    def monthly(self) -> MonthlyReports:
        from crm_desktop.services.monthly import MonthlyReports  # noqa: PLC0415 - see the class

        return MonthlyReports(self._bound)

    @cached_property
    def editions(self) -> MonthlyEditions:
        from crm_desktop.services.monthly_editions import MonthlyEditions  # noqa: PLC0415 - see the class

        return MonthlyEditions(self._bound)

    @cached_property
    def records(self) -> Records:
        from crm_desktop.services.records import Records  # noqa: PLC0415 - see the class

        return Records(self._bound)


def open_office(home: Path, *, rows_only: bool = False) -> Office:
    """Opens (or makes) a data folder; ``rows_only`` waits with the tables until a service needs them.

    :raises DeskError: as ``open_desk``.
    """
    return Office(open_desk(home, rows_only=rows_only))
