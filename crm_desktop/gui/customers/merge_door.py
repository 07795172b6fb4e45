"""Opens 查重与合并 for the room, and tells the room what became of its customers."""

from __future__ import annotations

from PySide6.QtCore import QObject

from crm_desktop.gui.customers.merge_dialog import MergeDialog
from crm_desktop.gui.customers.page import CustomersPage
from crm_desktop.gui.jobs import Jobs
from crm_desktop.gui.messages import Messages
from crm_desktop.gui.session import Session
from crm_desktop.services.office import Office


class MergeDoor(QObject):
    """One for the room, which keeps it."""

    def __init__(self, office: Office, session: Session, jobs: Jobs, messages: Messages, page: CustomersPage) -> None:
        super().__init__(page)
        self._office, self._session, self._jobs = office, session, jobs
        self._messages, self._page = messages, page
        page.duplicates_wanted.connect(self.begin)

    def begin(self, ids: tuple[int, ...]) -> None:
        """The pairs of this one customer, the two picked, or those of everybody."""
        window = self._page.window()
        dialog = MergeDialog(self._office, self._session, self._jobs, self._messages, window, ids)
        dialog.merged.connect(self._page.show_merged)
        dialog.open()
