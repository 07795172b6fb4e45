"""The services of 存档与销毁 in one hand."""

from __future__ import annotations

from dataclasses import dataclass

from crm_desktop.services.access import Access
from crm_desktop.services.archive import Archive
from crm_desktop.services.cases import Cases
from crm_desktop.services.clocks import Clocks
from crm_desktop.services.disposals import Disposals
from crm_desktop.services.filings import Filings
from crm_desktop.services.office import Office
from crm_desktop.services.staff import StaffRoom

SCREEN = "存档与销毁"


@dataclass(frozen=True, slots=True)
class ArchiveDesk:
    """Filing, reading what is filed, disposing of it, and who may."""

    archive: Archive
    filings: Filings
    disposals: Disposals
    cases: Cases
    clocks: Clocks
    access: Access
    staff: StaffRoom


def archive_desk_of(office: Office) -> ArchiveDesk:
    """Those of one open data folder."""
    return ArchiveDesk(
        office.archive, office.filings, office.disposals, office.cases, office.clocks, office.access, office.staff
    )
