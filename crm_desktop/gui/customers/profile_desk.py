"""The services of a customer's profile in one hand."""

from __future__ import annotations

from dataclasses import dataclass

from crm_desktop.services.access import Access
from crm_desktop.services.attachments import Attachments
from crm_desktop.services.banners import Banners
from crm_desktop.services.dealings import Dealings
from crm_desktop.services.desk import Desk
from crm_desktop.services.dispatch import Dispatch
from crm_desktop.services.gaps import Gaps
from crm_desktop.services.grades import Grades
from crm_desktop.services.office import Office
from crm_desktop.services.owners import Owners
from crm_desktop.services.persons import Persons
from crm_desktop.services.profiles import Profiles
from crm_desktop.services.recalls import Recalls
from crm_desktop.services.rules import Rules
from crm_desktop.services.segments import Segments
from crm_desktop.services.signs import Signs
from crm_desktop.services.staff import StaffRoom
from crm_desktop.services.timelines import Timelines
from crm_desktop.services.undo import Undo
from crm_desktop.services.visits import Visits
from crm_desktop.services.warranties import Warranties

SCREEN = "客户档案"


@dataclass(frozen=True, slots=True)
class ProfileDesk:
    """What is known of a customer beside names, numbers and cars, and who may change it."""

    profiles: Profiles
    grades: Grades
    timelines: Timelines
    warranties: Warranties
    recalls: Recalls
    banners: Banners
    rules: Rules
    access: Access
    staff: StaffRoom
    owners: Owners
    gaps: Gaps
    segments: Segments
    attachments: Attachments
    visits: Visits
    dealings: Dealings
    signs: Signs
    persons: Persons
    undo: Undo
    dispatch: Dispatch
    folder: Desk


def profile_desk_of(office: Office) -> ProfileDesk:
    """Those of one open data folder."""
    return ProfileDesk(
        office.profiles, office.grades, office.timelines, office.warranties, office.recalls, office.banners,
        office.rules, office.access, office.staff, office.owners, office.gaps, office.segments, office.attachments,
        office.visits, office.dealings, office.signs, office.persons, office.undo,
        office.dispatch, office.desk,
    )  # fmt: skip
