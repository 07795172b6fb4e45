"""今日 worked by hand: it says what to do first, every line and figure leads on, an empty desk begins."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt

from crm_desktop.domain.first_run import FirstDraft, Newcomer
from crm_desktop.domain.followups import PlanDraft
from crm_desktop.domain.reworks import ReworkDraft
from crm_desktop.domain.staff import Role
from crm_desktop.gui.messages import Messages
from crm_desktop.gui.today.page import TodayPage
from crm_desktop.services.first_run import FirstRun
from crm_desktop.services.today import Today
from tests.gui.hands import Hands
from tests.makers import PHONE, act, anonymous, at, day, director, registered, resolved

ENTER, SPACE = Qt.Key.Key_Return, Qt.Key.Key_Space


@pytest.fixture
def room(qtbot, office):
    """The first page on a new desk, as it is shown at the start."""
    hands = Hands(qtbot, TodayPage(Today(office.desk), office.promises, office.desk.now), Messages())
    hands.page.refresh()
    return hands


@pytest.fixture
def busy(room, office):
    """A complaint with a late call and a car in rework, and one without customer."""
    number = registered(office, severity="重大").number
    office.complaints.register(anonymous(), act())
    office.follow_ups.plan(number, PlanDraft(day(-2), reason="解决后回访"), act("2026-11-10 09:00"))
    office.reworks.register(number, ReworkDraft(came_on=day(-3), items="更换阀体"), act())
    room.page.refresh()
    return room


@pytest.mark.parametrize(
    ("button", "wish"),
    [
        ("首次设置", "set_up_wanted"),
        ("新建抱怨单", "new_complaint_wanted"),
        ("导入已有记录", "import_wanted"),
        ("打开演示数据", "demo_wanted"),
    ],
)
def test_an_empty_desk_offers_four_ways_to_begin(room, button, wish):
    assert "这里每天告诉您先办哪几件" in room.texts()
    assert "移交、关闭要有员工" in room.texts()
    room.walk_to(button)
    with room.qtbot.waitSignal(getattr(room.page, wish)):
        room.press(SPACE)


def test_what_was_told_is_not_asked_for_again(room, office):
    first, dealership = FirstRun(office.desk), {"name": "示范4S店"}
    first.begin(FirstDraft(dealership), act())
    room.page.refresh()
    assert "还没有填员工、第二个备份文件夹；" in room.texts()
    people = (Newcomer("王敏", (Role.DIRECTOR,), "2468"),)
    first.begin(FirstDraft(dealership, people, str(office.desk.home.parent / "usb")), act())
    room.page.refresh()
    assert (room.has("首次设置"), room.has("新建抱怨单")) == (False, True)


def test_the_first_complaint_takes_the_welcome_away(busy):
    assert not busy.has("打开演示数据")
    assert busy.cells("先办这几件", 5) == ["TS20261121-001", "TS20261121-002"]
    assert busy.cells("先办这几件", 1) == ["重大", ""]
    assert busy.cells("先办这几件", 4) == ["移交服务总监", "移交服务总监"]


def test_calls_and_cars_are_told_with_their_days_and_masked_phones(busy):
    assert busy.cells("今天的回访", 0) == ["超期 2 天"]
    assert busy.cells("今天的回访", 1) == ["曾小明 138****5521"]
    assert (busy.cells("在修返修车", 1), busy.cells("在修返修车", 2)) == (["更换阀体"], ["在修 3 天"])
    assert PHONE not in busy.texts()


@pytest.mark.parametrize(
    ("title", "wish", "carried"),
    [
        ("先办这几件", "work_wanted", ["TS20261121-001", "移交服务总监"]),
        ("今天的回访", "call_wanted", [1]),
        ("在修返修车", "rework_wanted", [1]),
    ],
)
def test_every_line_opens_its_own(busy, title, wish, carried):
    busy.table(title).setFocus()
    with busy.qtbot.waitSignal(getattr(busy.page, wish)) as wanted:
        busy.press(ENTER)
    assert wanted.args == carried


@pytest.mark.parametrize(
    ("figure", "number", "wish"),
    [
        ("未关闭", "2", "open_complaints_wanted"),
        ("待关闭", "0", "solved_wanted"),
        ("待补客户", "1", "missing_customers_wanted"),
        ("今天的回访", "1", "calls_wanted"),
        ("在修返修车", "1", "reworks_wanted"),
    ],
)
def test_every_figure_opens_the_list_it_counts(busy, figure, number, wish):
    assert busy.button(figure).accessibleDescription() == number
    with busy.qtbot.waitSignal(getattr(busy.page, wish)):
        busy.click(figure)


def test_what_is_solved_already_comes_after_what_is_not(room, office):
    resolved(office)
    registered(office)
    room.page.refresh()
    assert room.cells("先办这几件", 5) == ["TS20261121-002", "TS20261121-001"]


def test_a_quiet_day_says_so_and_offers_a_new_complaint(room, office):
    office.complaints.void(registered(office).number, 1, director(), "打错电话")
    room.page.refresh()
    assert "今天没有要打的回访。" in room.texts()
    with room.qtbot.waitSignal(room.page.new_complaint_wanted):
        room.click("新建抱怨单")


@pytest.fixture
def ticking(qtbot, office):
    """The page with a complaint of twenty minutes ago, its clock in the hands of the test, and that clock."""
    registered(office, severity="重大", received_at=at("2026-11-21 13:40"))
    local = ["2026-11-21 14:00"]
    page = TodayPage(Today(office.desk), office.promises, lambda: at(local[0]))
    hands = Hands(qtbot, page, Messages())
    page.refresh()
    return hands, local


def test_a_clock_ticks_and_the_files_are_not_asked(ticking, office):
    hands, local = ticking
    assert hands.cells("先办这几件", 0) == ["移交 超期 10 分钟"]
    registered(office)
    local[0] = "2026-11-21 14:05"
    hands.page.tick()
    assert hands.cells("先办这几件", 0) == ["移交 超期 15 分钟"]


def test_after_midnight_the_day_is_read_anew(ticking, office):
    hands, local = ticking
    registered(office)
    local[0] = "2026-11-22 00:00"
    hands.page.tick()
    assert len(hands.cells("先办这几件", 0)) == 2
