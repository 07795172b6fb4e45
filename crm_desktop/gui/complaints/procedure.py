"""The services of the procedure in one hand, so that a room, a tab or a step says in one word what it works with."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from crm_desktop.paths import window_memory
from crm_desktop.services.access import Access
from crm_desktop.services.archive import Archive
from crm_desktop.services.attachments import Attachments
from crm_desktop.services.banners import Banners
from crm_desktop.services.cases import Cases
from crm_desktop.services.classifications import Classifications
from crm_desktop.services.clocks import Clocks
from crm_desktop.services.closing import Closing
from crm_desktop.services.compensations import Compensations
from crm_desktop.services.complaints import Complaints
from crm_desktop.services.corrections import Corrections
from crm_desktop.services.dispatch import Dispatch
from crm_desktop.services.duties import Duties
from crm_desktop.services.extensions import Extensions
from crm_desktop.services.filings import Filings
from crm_desktop.services.guidance import Guidance
from crm_desktop.services.joins import Joins
from crm_desktop.services.judgements import Judgements
from crm_desktop.services.letters import Letters
from crm_desktop.services.office import Office
from crm_desktop.services.outside import Outside
from crm_desktop.services.playbook import Playbook
from crm_desktop.services.promises import Promises
from crm_desktop.services.proposals import Proposals
from crm_desktop.services.records import Records
from crm_desktop.services.reworks import Reworks
from crm_desktop.services.rules import Rules
from crm_desktop.services.similar import SimilarCases
from crm_desktop.services.solutions import Solutions
from crm_desktop.services.staff import StaffRoom
from crm_desktop.services.undo import Undo


@dataclass(frozen=True, slots=True)
class Procedure:
    """What the way of a complaint from 登记 to 存档 asks of the services."""

    complaints: Complaints
    cases: Cases
    clocks: Clocks
    closing: Closing
    corrections: Corrections
    extensions: Extensions
    solutions: Solutions
    promises: Promises
    outside: Outside
    rules: Rules
    archive: Archive
    filings: Filings
    records: Records
    judgements: Judgements
    reworks: Reworks
    duties: Duties
    staff: StaffRoom
    access: Access
    banners: Banners
    joins: Joins
    attachments: Attachments
    compensations: Compensations
    guidance: Guidance
    playbook: Playbook
    letters: Letters
    classifications: Classifications
    proposals: Proposals
    similar: SimilarCases
    dispatch: Dispatch
    undo: Undo
    memory: Path
    """What this computer remembers of its window."""


def procedure_of(office: Office) -> Procedure:
    """Those of one open data folder."""
    return Procedure(
        office.complaints, office.cases, office.clocks, office.closing, office.corrections, office.extensions,
        office.solutions, office.promises, office.outside, office.rules, office.archive, office.filings,
        office.records, office.judgements, office.reworks, office.duties, office.staff, office.access,
        office.banners, office.joins, office.attachments,
        office.compensations, office.guidance, office.playbook, office.letters,
        office.classifications, office.proposals, office.similar, office.dispatch, office.undo,
        window_memory(office.desk.home),
    )  # fmt: skip
