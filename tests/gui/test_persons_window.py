"""个人信息 in the window: what goes and stays is told before, a PIN is asked, nothing of him is shown afterwards."""

from __future__ import annotations

from zipfile import ZipFile

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from crm_desktop.domain.persons import ERASED
from crm_desktop.domain.staff import Role
from crm_desktop.gui.customers.page import CustomersPage
from crm_desktop.gui.customers.profile_desk import profile_desk_of
from crm_desktop.gui.jobs import Jobs
from crm_desktop.gui.session import Session
from crm_desktop.gui.step_dialog import StepDialog
from crm_desktop.gui.widgets.labels import PlainLabel
from crm_desktop.services.office import Office
from tests.gui.answered import Answered
from tests.gui.customers_room import file_of
from tests.gui.hands import Hands
from tests.makers import PHONE
from tests.services.people import DIRECTOR, PIN, hired


class Room:
    """曾小明's file on the director's desk."""

    def __init__(self, qtbot: QtBot, office: Office, jobs: Jobs, messages: Answered) -> None:
        self.office, self.jobs = office, jobs
        session = Session(office.desk)
        session.sit_down(office.staff.find(DIRECTOR))
        desk = profile_desk_of(office)
        page = CustomersPage(office.customers, office.search, office.cases, desk, session, jobs, messages)
        self.hands = Hands(qtbot, page, messages)
        page.refresh()
        page.show_customer(office.customers.ids()[0])

    def pick(self, word: str) -> StepDialog:
        """A line of 更多操作; gives the question that comes of it."""
        next(a for a in self.hands.page.findChildren(QAction) if a.text() == word).trigger()
        front = QApplication.activeModalWidget()
        assert isinstance(front, StepDialog)
        return front

    def answer(self, front: StepDialog, word: str, **told: str) -> None:
        """Fills the fields of these names and presses the main button."""
        for label, text in told.items():
            found = [w for w in front.findChildren(QWidget) if w.accessibleName() == label and hasattr(w, "set_typed")]
            found[0].set_typed(text)
        button = next(w for w in front.findChildren(QWidget) if w.accessibleName() == word and w.isVisible())
        self.hands.qtbot.mouseClick(button, Qt.MouseButton.LeftButton)
        self.hands.qtbot.waitUntil(lambda: not self.jobs.running())


@pytest.fixture
def room(qtbot: QtBot, office: Office, jobs: Jobs, answered: Answered) -> Room:
    file_of(office)
    hired(office, DIRECTOR, Role.DIRECTOR)
    return Room(qtbot, office, jobs, answered)


def words(front: StepDialog) -> str:
    return "\n".join(label.text() for label in front.findChildren(PlainLabel))


def test_before_anything_is_asked_the_window_tells_what_goes_what_stays_and_why(room: Room) -> None:
    told = words(room.pick("删除个人信息"))
    assert "会删除：" in told and "联系方式 1" in told
    assert "要留下：" in told and "第三十一条" in told
    assert "已有的备份" in told


def test_the_director_gives_his_pin_and_his_reason_and_nothing_of_him_is_shown_any_more(room: Room) -> None:
    front = room.pick("删除个人信息")
    room.answer(front, "删除，不能撤销", 删除原因="本人来店书面要求", PIN=PIN)
    assert "个人信息已删除（SC2026-001）" in room.hands.said()
    assert room.hands.page.findChild(QWidget) is not None
    assert room.office.customers.fetch(room.office.customers.ids())[0].name == ERASED
    assert PHONE not in room.hands.texts()


def test_without_the_pin_nothing_is_erased(room: Room) -> None:
    front = room.pick("删除个人信息")
    room.answer(front, "删除，不能撤销", 删除原因="本人来店书面要求")
    assert "PIN" in room.hands.said()
    assert room.office.persons.rows() == []
    front.reject()


def test_he_is_handed_a_zip_of_everything(room: Room, answered: Answered) -> None:
    room.answer(room.pick("导出个人信息"), "写明原因并导出", 导出原因="本人来店要求复制")
    (path,) = answered.folder.glob("个人信息*.zip")
    with ZipFile(path) as bundle:
        assert PHONE in bundle.read("个人信息.json").decode()
    assert "已记入历史" in room.hands.said()
