"""The services of the room 回访 in one hand."""

from __future__ import annotations

from dataclasses import dataclass

from crm_desktop.services.access import Access
from crm_desktop.services.cases import Cases
from crm_desktop.services.dispatch import Dispatch
from crm_desktop.services.followups import FollowUps
from crm_desktop.services.office import Office
from crm_desktop.services.search import Search
from crm_desktop.services.signs import Signs
from crm_desktop.services.staff import StaffRoom
from crm_desktop.services.surveys import Surveys
from crm_desktop.services.undo import Undo


@dataclass(frozen=True, slots=True)
class CallDesk:
    """Calls planned and made, what may become a complaint, surveys that run, and who may."""

    follow_ups: FollowUps
    cases: Cases
    dispatch: Dispatch
    signs: Signs
    surveys: Surveys
    search: Search
    access: Access
    staff: StaffRoom
    undo: Undo


def call_desk_of(office: Office) -> CallDesk:
    """Those of one open data folder."""
    return CallDesk(
        office.follow_ups,
        office.cases,
        office.dispatch,
        office.signs,
        office.surveys,
        office.search,
        office.access,
        office.staff,
        office.undo,
    )
