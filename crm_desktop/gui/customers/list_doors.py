"""Opens what is kept of all customers together: recalls with the cars they are about."""

from __future__ import annotations

from PySide6.QtCore import QObject

from crm_desktop.gui.customers.page import CustomersPage
from crm_desktop.gui.customers.profile_desk import ProfileDesk
from crm_desktop.gui.messages import Messages
from crm_desktop.gui.session import Session


class ListDoors(QObject):
    """One for the room, which keeps it."""

    def __init__(self, desk: ProfileDesk, session: Session, messages: Messages, page: CustomersPage) -> None:
        super().__init__(page)
        self._desk, self._session, self._messages, self._page = desk, session, messages, page
        page.recalls_wanted.connect(self.show_recalls)

    def show_recalls(self) -> None:
        """召回和服务活动; a car of the list leads to its customer."""
        from crm_desktop.gui.customers.recalls_dialog import RecallsDialog  # noqa: PLC0415 - when somebody asks for it

        dialog = RecallsDialog(self._desk, self._session, self._messages, self._page.window())
        dialog.customer_wanted.connect(self._page.open_customer)
        dialog.open()
