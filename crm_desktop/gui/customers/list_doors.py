"""Opens what is kept of all customers together: recalls with the cars they are about, the year's grades."""

from __future__ import annotations

from PySide6.QtCore import QObject

from crm_desktop.gui.customers.page import CustomersPage
from crm_desktop.gui.customers.profile_desk import ProfileDesk
from crm_desktop.gui.jobs import Jobs
from crm_desktop.gui.messages import Messages
from crm_desktop.gui.session import Session
from crm_desktop.services.desk import Desk


class ListDoors(QObject):
    """One for the room, which keeps it."""

    def __init__(
        self, desk: ProfileDesk, data: Desk, session: Session, jobs: Jobs, messages: Messages, page: CustomersPage
    ) -> None:
        super().__init__(page)
        self._desk, self._data, self._session = desk, data, session
        self._jobs, self._messages, self._page = jobs, messages, page
        page.recalls_wanted.connect(self.show_recalls)
        page.grading_wanted.connect(self.show_grading)

    def show_recalls(self) -> None:
        """召回和服务活动; a car of the list leads to its customer."""
        from crm_desktop.gui.customers.recalls_dialog import RecallsDialog  # noqa: PLC0415 - when somebody asks for it

        dialog = RecallsDialog(self._desk, self._session, self._messages, self._page.window())
        dialog.customer_wanted.connect(self._page.open_customer)
        dialog.open()

    def show_grading(self) -> None:
        """评级建议 of everybody."""
        from crm_desktop.gui.customers.grading_dialog import GradingDialog  # noqa: PLC0415 - when somebody asks for it

        window = self._page.window()
        dialog = GradingDialog(self._desk, self._data, self._session, self._jobs, self._messages, window)
        dialog.customer_wanted.connect(self._page.open_customer)
        dialog.graded.connect(self._page.refresh)
        dialog.open()
