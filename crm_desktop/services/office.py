"""All services of one open data folder, made once by each entrance and handed out one by one."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from crm_desktop.services.cases import Cases
from crm_desktop.services.complaints import Complaints
from crm_desktop.services.customers import Customers
from crm_desktop.services.desk import Desk, open_desk
from crm_desktop.services.drafts import Drafts
from crm_desktop.services.followups import FollowUps
from crm_desktop.services.imports import Imports
from crm_desktop.services.registers import Registers
from crm_desktop.services.reworks import Reworks
from crm_desktop.services.search import Search
from crm_desktop.services.settings import Settings
from crm_desktop.services.sheets import Sheets
from crm_desktop.services.staff import StaffRoom
from crm_desktop.services.upkeep import Upkeep


@dataclass(frozen=True, slots=True)
class Office:
    """Entrances only: a page or a paper takes the services it uses, never the whole office."""

    desk: Desk
    customers: Customers
    complaints: Complaints
    cases: Cases
    reworks: Reworks
    follow_ups: FollowUps
    registers: Registers
    sheets: Sheets
    search: Search
    drafts: Drafts
    settings: Settings
    staff: StaffRoom
    imports: Imports
    upkeep: Upkeep


def open_office(home: Path) -> Office:
    """Opens (or makes) a data folder; raises what ``open_desk`` raises."""
    desk = open_desk(home)
    return Office(
        desk=desk,
        customers=Customers(desk),
        complaints=Complaints(desk),
        cases=Cases(desk),
        reworks=Reworks(desk),
        follow_ups=FollowUps(desk),
        registers=Registers(desk),
        sheets=Sheets(desk),
        search=Search(desk),
        drafts=Drafts(desk),
        settings=Settings(desk),
        staff=StaffRoom(desk),
        imports=Imports(desk),
        upkeep=Upkeep(desk),
    )
