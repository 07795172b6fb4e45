"""The services of the room 纠正预防 in one hand."""

from __future__ import annotations

from dataclasses import dataclass

from crm_desktop.services.access import Access
from crm_desktop.services.attachments import Attachments
from crm_desktop.services.frequent import FrequentProblems
from crm_desktop.services.measure_lists import MeasureLists
from crm_desktop.services.measures import Measures
from crm_desktop.services.office import Office
from crm_desktop.services.proofs import Proofs
from crm_desktop.services.staff import StaffRoom

SCREEN = "纠正预防"


@dataclass(frozen=True, slots=True)
class MeasureDesk:
    """Writing measures and reading them, and who may."""

    measures: Measures
    lists: MeasureLists
    proofs: Proofs
    frequent: FrequentProblems
    attachments: Attachments
    access: Access
    staff: StaffRoom


def measure_desk_of(office: Office) -> MeasureDesk:
    """Those of one open data folder."""
    return MeasureDesk(
        office.measures,
        office.measure_lists,
        office.proofs,
        office.frequent,
        office.attachments,
        office.access,
        office.staff,
    )
