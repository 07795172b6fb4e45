"""A paper about one complaint was printed or written as a file: who, when, which and how; never what stands on it."""

from __future__ import annotations

from crm_desktop.domain.acts import Act
from crm_desktop.domain.papers import HANDED_OUT, PAPER_TITLES, Paper
from crm_desktop.models.complaints import Complaint
from crm_desktop.services.desk import Desk
from crm_desktop.services.lookups import complaint_id


class Handouts:
    """Asks for no right: what it tells has happened already."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk

    def note(self, number: str, paper: Paper, way: str, act: Act) -> None:
        """A line in the history of the complaint; ``way`` like 打印 2 份.

        :raises NotFound: no such complaint. :raises StorageRefused: a folder nobody can write to.
        """
        found = complaint_id(self._desk, number)
        with self._desk.writing(act) as ledger:
            ledger.remark(Complaint, found, HANDED_OUT, f"{way}《{PAPER_TITLES[paper]}》")
