"""报表: the register of a period on screen, and the wish for paper with exactly this period."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
from PySide6.QtWidgets import QCheckBox
from pytestqt.qtbot import QtBot

from crm_desktop.domain.papers import Paper
from crm_desktop.domain.register import COLUMNS, TITLE
from crm_desktop.domain.reworks import ReworkDraft
from crm_desktop.domain.staff import Role
from crm_desktop.gui.jobs import Jobs
from crm_desktop.gui.paper_desk import PaperDesk
from crm_desktop.gui.record_desk import RecordWish
from crm_desktop.gui.reports.page import ReportsPage
from crm_desktop.gui.session import Session
from crm_desktop.papers.complaint_forms import ComplaintPaper
from crm_desktop.papers.complaint_lists import ComplaintList
from crm_desktop.papers.registers import RegisterPaper
from crm_desktop.services.office import Office
from tests.gui.answered import Answered
from tests.gui.hands import Hands
from tests.makers import act, at, registered
from tests.services.people import ADVISER, DIRECTOR, hired

PLACES = {column.title: place for place, column in enumerate(COLUMNS)}


@pytest.fixture
def session(office: Office) -> Session:
    """Nobody in particular sits here."""
    return Session(office.desk)


def entered(qtbot: QtBot, office: Office, jobs: Jobs, session: Session, messages: Answered) -> Hands:
    """The room as it is first entered, its rows read."""
    settings = office.settings
    paper, form = RegisterPaper(office.registers, settings), ComplaintPaper(office.sheets)
    papers = PaperDesk(
        office.desk, paper, form, ComplaintList(office.cases, settings), office.upkeep, session, jobs, messages
    )
    hands = Hands(qtbot, ReportsPage(office.desk, office.registers, papers, jobs, messages), messages)
    with qtbot.waitSignal(jobs.ended):
        hands.page.refresh()
    return hands


@pytest.fixture
def hands(qtbot: QtBot, office: Office, jobs: Jobs, session: Session, answered: Answered) -> Hands:
    """This month with one complaint that came back to the workshop twice, last month with one more."""
    saved = registered(office)
    registered(office, received_at=at("2026-10-08 09:00"))
    for order in ("RO1", "RO2"):
        office.reworks.register(saved.number, ReworkDraft(order_number=order), act())
    return entered(qtbot, office, jobs, session, answered)


def test_this_month_is_shown_first(hands: Hands) -> None:
    assert hands.cells(TITLE, PLACES["返修委托书号"]) == ["RO1", "RO2"]
    assert "1 张单，含再次返修共 2 行" in hands.texts()


def test_another_period_reads_other_rows(hands: Hands, jobs: Jobs) -> None:
    with hands.qtbot.waitSignal(jobs.ended):
        hands.fill("期间", "上月")
    assert hands.cells(TITLE, PLACES["抱怨日期"]) == ["2026-10-08"]


def test_phones_are_masked_until_somebody_asks(hands: Hands, jobs: Jobs) -> None:
    assert set(hands.cells(TITLE, PLACES["联系电话"])) == {"138****5521"}
    with hands.qtbot.waitSignal(jobs.ended):
        hands.page.findChild(QCheckBox).click()
    assert set(hands.cells(TITLE, PLACES["联系电话"])) == {"13800005521"}


def test_full_phones_on_the_screen_leave_a_line_in_the_history(hands: Hands, jobs: Jobs, office: Office) -> None:
    with hands.qtbot.waitSignal(jobs.ended):
        hands.page.findChild(QCheckBox).click()
    assert office.desk.rows("SELECT new FROM history ORDER BY id DESC LIMIT 1")[0][0] == f"《{TITLE}》 → 屏幕"


def test_who_may_not_see_full_phones_is_told_and_keeps_the_masked_ones(
    hands: Hands, office: Office, session: Session
) -> None:
    hired(office, DIRECTOR, Role.DIRECTOR)
    hired(office, ADVISER, Role.ADVISER, by=office.staff.act(office.staff.find(DIRECTOR), "设置"))
    session.sit_down(office.staff.find(ADVISER))
    hands.page.findChild(QCheckBox).click()
    assert not hands.page.findChild(QCheckBox).isChecked()
    assert hands.said().endswith("。")
    assert set(hands.cells(TITLE, PLACES["联系电话"])) == {"138****5521"}


def test_an_end_before_the_beginning_is_told_at_the_field(hands: Hands) -> None:
    hands.fill("结束日期", "2026-10-01")
    assert "结束日期不能早于开始日期" in hands.field("结束日期").accessibleDescription()


def test_a_day_that_is_not_filled_in_is_asked_for_at_its_field(hands: Hands) -> None:
    hands.fill("开始日期", "")
    assert "请填日期" in hands.field("开始日期").accessibleDescription()
    assert "早于" not in hands.field("结束日期").accessibleDescription()


def test_the_period_on_screen_is_the_period_of_the_file(hands: Hands, jobs: Jobs, tmp_path: Path) -> None:
    for word, ending in (("导出 Excel", "xlsx"), ("导出 PDF", "pdf")):
        with hands.qtbot.waitSignal(jobs.ended):
            hands.click(word)
        assert (tmp_path / f"{TITLE} 20261101-20261121.{ending}").stat().st_size > 1000
        assert "已导出" in hands.said()


def test_a_file_with_full_phones_leaves_a_line_in_the_history(hands: Hands, jobs: Jobs, office: Office) -> None:
    with hands.qtbot.waitSignal(jobs.ended):
        hands.page.findChild(QCheckBox).click()
    with hands.qtbot.waitSignal(jobs.ended):
        hands.click("导出 Excel")
    told = office.desk.rows("SELECT new FROM history ORDER BY id DESC LIMIT 1")[0][0]
    assert TITLE in str(told)


def test_a_folder_that_is_not_there_is_told_and_nothing_is_written(hands: Hands, jobs: Jobs, tmp_path: Path) -> None:
    hands.messages.folder = tmp_path / "没有这个文件夹"
    with hands.qtbot.waitSignal(jobs.ended):
        hands.click("导出 PDF")
    assert "不存在，请先建好文件夹" in hands.said()
    assert not hands.messages.folder.exists()


def test_a_period_of_ones_own_can_be_shown(hands: Hands, jobs: Jobs) -> None:
    with hands.qtbot.waitSignal(jobs.ended):
        hands.page.show_period(date(2026, 10, 1), date(2026, 10, 31))
    assert len(hands.cells(TITLE, 0)) == 1


def test_the_period_chosen_last_is_the_one_shown(hands: Hands, jobs: Jobs) -> None:
    hands.fill("期间", "今年")
    hands.fill("期间", "上月")
    hands.qtbot.waitUntil(lambda: not jobs.running())
    assert hands.cells(TITLE, PLACES["抱怨日期"]) == ["2026-10-08"]


def test_the_month_s_report_is_that_of_the_month_in_which_the_period_ends(hands: Hands, qtbot: QtBot) -> None:
    hands.page.show_period(date(2026, 9, 15), date(2026, 10, 8))
    actions = {action.text(): action for action in hands.button("月度分析报告").menu().actions()}
    with qtbot.waitSignal(hands.page.month_wanted) as wanted:
        actions["导出 PDF"].trigger()
    assert wanted.args == [RecordWish(Paper.MONTHLY, "2026-10", ".pdf")]
