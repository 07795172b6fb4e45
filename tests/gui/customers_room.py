"""The room 客户档案 on a data folder of its own, and what is stored there."""

from __future__ import annotations

from pytestqt.qtbot import QtBot

from crm_desktop.domain.customers import CustomerDraft
from crm_desktop.gui.customers.page import CustomersPage
from crm_desktop.gui.customers.profile_desk import profile_desk_of
from crm_desktop.gui.jobs import Jobs
from crm_desktop.gui.messages import Messages
from crm_desktop.gui.session import Session
from crm_desktop.services.office import Office
from tests.gui.hands import Hands
from tests.makers import act, customer


def entered(qtbot: QtBot, office: Office) -> Hands:
    """The room as it is first entered."""
    messages = Messages()
    desk, session = profile_desk_of(office), Session(office.desk)
    jobs = Jobs(messages.refused, messages.note)
    page = CustomersPage(office.customers, office.search, office.cases, desk, session, jobs, messages)
    jobs.setParent(page)
    hands = Hands(qtbot, page, messages)
    page.refresh()
    return hands


def file_of(office: Office, **changes: object) -> int:
    """The id of a customer in the files."""
    return office.customers.register(customer(**changes), act())[0]


def stored(office: Office) -> CustomerDraft:
    """The latest customer's file as it is stored."""
    return office.customers.profile(office.customers.ids()[0]).draft
