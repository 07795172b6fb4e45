"""苗头 in the room 回访: one list, and one click to a complaint or to a call of today."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication

from crm_desktop.gui.followups.page import FollowUpsPage
from crm_desktop.gui.followups.signs_dialog import SignsDialog
from crm_desktop.gui.messages import Messages
from crm_desktop.gui.session import Session
from tests.gui.hands import Hands
from tests.makers import act, complaint
from tests.services.profile_world import known

EARLY = "2026-01-10T09:00:00"


@pytest.fixture
def room(qtbot, office):
    """The room 回访, and the numbers it asked to open."""
    messages = Messages()
    page = FollowUpsPage(office.follow_ups, office.cases, office.signs, Session(office.desk), messages, office.surveys)
    hands = Hands(qtbot, page, messages)
    page.refresh()
    page.opened = []
    page.complaint_wanted.connect(page.opened.append)
    return hands


@pytest.fixture
def stayed_away(office):
    """The complaint of somebody who never came back."""
    return office.complaints.register(complaint(), act(EARLY)).number


def signs(room):
    """The window of the signs, worked by hand."""
    room.click("苗头")
    room.qtbot.waitUntil(lambda: isinstance(QApplication.activeModalWidget(), SignsDialog))
    dialog = QApplication.activeModalWidget()
    dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose, False)
    return Hands(room.qtbot, dialog, room.messages)


def test_a_quiet_house_says_so(room):
    dialog = signs(room)
    assert "现在没有苗头" in dialog.texts()
    assert not dialog.button("转成抱怨单").isEnabled()


def test_who_stayed_away_is_called_today_with_one_click(room, office, stayed_away):
    dialog = signs(room)
    assert dialog.cells("苗头", 0) == ["投诉后没再来"]
    assert dialog.cells("苗头", 3) == ["138****5521"]
    dialog.click("今天回访")
    (call,) = office.follow_ups.due()
    assert (call.reason, call.planned_on) == ("苗头：投诉后没再来", office.desk.today())
    assert room.cells("今天要打", 0) == [office.desk.today().isoformat()]


def test_a_sign_becomes_a_complaint_with_one_click_and_it_opens(room, office):
    customer, car = known(office)
    office.signs.note("等得太久，脸色不好", act(), customer, car)
    dialog = signs(room)
    dialog.click("转成抱怨单")
    (number,) = room.page.opened
    assert office.cases.case(number).fields["words"] == "等得太久，脸色不好"
    assert office.cases.case(number).customer_id == customer
    assert office.signs.rows() == []


def test_the_complaint_a_sign_hangs_on_is_opened(room, stayed_away):
    signs(room).click("打开抱怨单")
    assert room.page.opened == [stayed_away]
