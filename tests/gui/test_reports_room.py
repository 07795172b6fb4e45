"""The room 报表: from the register to the month's report and back, and the desk's own papers."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from crm_desktop.domain.desk_papers import HANDOVER, MECHANISM, MORNING
from crm_desktop.gui.jobs import Jobs
from crm_desktop.gui.paper_desk import PaperDesk
from crm_desktop.gui.printing import PreviewDialog
from crm_desktop.gui.record_desk import RecordDesk
from crm_desktop.gui.reports.month_page import MonthPage
from crm_desktop.gui.reports.page import ReportsPage
from crm_desktop.gui.reports.room import ReportsRoom
from crm_desktop.gui.session import Session
from crm_desktop.papers.monthly import MonthlyPaper
from crm_desktop.papers.records import RecordPapers
from crm_desktop.services.office import Office
from tests.gui.answered import Answered
from tests.gui.hands import Hands
from tests.gui.test_paper_desk import paper_desk
from tests.makers import registered


@pytest.fixture
def papers(qtbot: QtBot, office: Office, jobs: Jobs, answered: Answered) -> PaperDesk:
    window = QWidget()
    qtbot.addWidget(window)
    return paper_desk(office, jobs, answered, window)


@pytest.fixture
def hands(qtbot: QtBot, office: Office, jobs: Jobs, answered: Answered, papers: PaperDesk) -> Hands:
    """The room as it is entered, with one complaint of this month."""
    registered(office)
    register = ReportsPage(office.desk, office.registers, papers, jobs, answered)
    room = ReportsRoom(register, lambda: MonthPage(office, Session(office.desk), jobs, answered))
    return Hands(qtbot, room, answered)


def choose(hands: Hands, word: str) -> None:
    """An entry of a menu of the room."""
    next(action for action in hands.page.findChildren(QAction) if action.text() == word).trigger()


def test_the_month_is_read_on_screen_and_esc_leads_back(hands: Hands):
    hands.page.refresh()
    choose(hands, "在屏幕上看")
    hands.qtbot.waitUntil(lambda: "2026年11月受理抱怨/投诉 1 件" in hands.texts())
    hands.press(Qt.Key.Key_Escape)
    hands.qtbot.waitUntil(lambda: hands.has("月度分析报告"))


def test_a_number_of_the_month_leads_to_its_complaint(hands: Hands, office: Office):
    asked: list[str] = []
    hands.page.complaint_wanted.connect(asked.append)
    hands.page.show_month("2026-11")
    hands.page.findChild(MonthPage).complaint_wanted.emit("TS1")
    assert asked == ["TS1"]


@pytest.mark.parametrize("title", [MORNING, HANDOVER, MECHANISM])
def test_a_paper_of_the_desk_is_wished_for_by_its_name(hands: Hands, title: str):
    asked: list[str] = []
    hands.page.desk_paper_wanted.connect(asked.append)
    choose(hands, title)
    assert asked == [title]


def test_the_morning_sheet_comes_to_the_screen(qtbot: QtBot, office: Office, papers: PaperDesk):
    RecordDesk(papers, RecordPapers(office.desk), MonthlyPaper(office.desk)).preview_desk_paper(MORNING)
    shown: list[PreviewDialog] = []

    def there() -> bool:
        shown.extend(
            one for one in QApplication.topLevelWidgets() if isinstance(one, PreviewDialog) and one.isVisible()
        )
        return bool(shown)

    qtbot.waitUntil(there)
    assert MORNING in shown[0].windowTitle()
    shown[0].reject()
