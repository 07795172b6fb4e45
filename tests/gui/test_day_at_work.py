"""A day from 今日: what burns first leads to the very field, clocks tick, the rest is told, nothing has to scroll."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from crm_desktop.app import open_program
from crm_desktop.app.program import Program
from crm_desktop.clock import TEST_MARK
from crm_desktop.domain.followups import PlanDraft
from crm_desktop.gui.messages import Messages
from crm_desktop.services.office import Office, open_office
from tests.gui.hands import CTRL, Hands
from tests.makers import ANALYSED, NOW, SOLVED, act, anonymous, at, complaint, director, registered
from tests.services.records import measure

FIRST = "先办这几件"
Begin = Callable[[Callable[[Office], object]], Hands]


@pytest.fixture
def begin(qtbot: QtBot, home: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Begin]:
    """Opens the program on a home in which this was done before."""
    (home / TEST_MARK).touch()
    monkeypatch.setenv("CRM_NOW", NOW)
    programs: list[Program] = []

    def start(before: Callable[[Office], object]) -> Hands:
        office = open_office(home)
        office.settings.change({"dealership.name": "示范4S店"}, act())
        before(office)
        office.desk.close()
        programs.append(open_program(home, Messages()))
        hands = Hands(qtbot, programs[0].window, Messages())
        qtbot.waitUntil(lambda: bool(programs[0].window.current_name()))
        return hands

    yield start
    for program in programs:
        program.window.hide()
        program.close()
        program.window.deleteLater()


def in_hand(office: Office) -> None:
    """Somebody is responsible."""
    saved = registered(office)
    saved = office.complaints.hand_over(saved.number, saved.ver, act(), "程立群")
    office.complaints.assign(saved.number, saved.ver, director(), "技术", "冯学勤")


def corrected(office: Office) -> None:
    """… and the defect is put right."""
    in_hand(office)
    case = office.cases.case("TS20261121-001")
    office.complaints.amend(case.number, case.ver, {"correction": SOLVED["correction"]}, act())


def solved(office: Office) -> None:
    """… and the customer told."""
    in_hand(office)
    case = office.cases.case("TS20261121-001")
    office.complaints.resolve(case.number, case.ver, act(), fields=SOLVED)


def analysed(office: Office) -> None:
    """… and why it happened."""
    solved(office)
    case = office.cases.case("TS20261121-001")
    office.complaints.amend(case.number, case.ver, {"root_cause": ANALYSED["root_cause"]}, act())


def finished(office: Office) -> None:
    """… and what will be done so that it never happens again."""
    analysed(office)
    case = office.cases.case("TS20261121-001")
    office.complaints.amend(case.number, case.ver, {"long_term_measure": ANALYSED["long_term_measure"]}, act())


def unknown(office: Office) -> None:
    """Nobody knows whose it is."""
    saved = office.complaints.register(anonymous(channel="其他"), act())
    office.complaints.hand_over(saved.number, saved.ver, act(), "程立群")


@pytest.mark.parametrize(
    ("before", "place"),
    [
        (registered, "交服务总监"),
        (unknown, "客户姓名"),
        (in_hand, "缺点纠正"),
        (corrected, "解决措施"),
        (solved, "抱怨产生根本原因分析"),
        (analysed, "长期质量保证的措施"),
        (finished, "关闭"),
    ],
)
def test_one_key_opens_a_case_where_its_next_step_is_taken(begin: Begin, before, place: str) -> None:
    hands = begin(before)
    assert hands.focus() == FIRST
    hands.press(Qt.Key.Key_Return)
    assert hands.focus() == place


def test_coming_back_finds_the_keyboard_where_it_was(begin: Begin) -> None:
    hands = begin(lambda office: [registered(office) for _ in range(3)])
    hands.press(Qt.Key.Key_Down)
    second = hands.table(FIRST).current_row().number
    hands.press(Qt.Key.Key_5, CTRL)
    assert hands.focus() == "今天要打"
    hands.press(Qt.Key.Key_1, CTRL)
    assert (hands.focus(), hands.table(FIRST).current_row().number) == (FIRST, second)


def test_escape_leads_from_the_case_back_to_its_row(begin: Begin) -> None:
    hands = begin(lambda office: [registered(office) for _ in range(3)])
    hands.press(Qt.Key.Key_Down)
    second = hands.table(FIRST).current_row().number
    hands.press(Qt.Key.Key_Return)
    hands.press(Qt.Key.Key_Escape)
    assert (hands.page.current_name(), hands.focus()) == ("今日", FIRST)
    assert hands.table(FIRST).current_row().number == second


def test_a_case_opened_in_its_list_goes_back_to_the_list(begin: Begin) -> None:
    hands = begin(registered)
    hands.press(Qt.Key.Key_Return)
    hands.press(Qt.Key.Key_Escape)
    hands.press(Qt.Key.Key_3, CTRL)
    hands.press(Qt.Key.Key_Return)
    hands.press(Qt.Key.Key_Escape)
    assert (hands.page.current_name(), hands.focus()) == ("抱怨投诉", "抱怨投诉")


def test_what_else_wants_to_be_taken_up_is_told_and_opened(begin: Begin, qtbot: QtBot) -> None:
    def before(office: Office) -> None:
        office.measures.register(measure(due_on=at("2026-11-21 12:00").date()), act("2026-11-02 09:00"))
        office.drafts.put("complaint", {"words": "空调不冷"})
        registered(office)

    hands = begin(before)
    qtbot.waitUntil(lambda: hands.page.page("今日").findChildren(type(hands.table(FIRST)), "") and hands.has("晨会单"))
    assert hands.cells("还要跟进", 0) == ["措施到期", "没写完"]
    hands.table("还要跟进").setFocus()
    hands.press(Qt.Key.Key_Return)
    assert hands.page.current_name() == "纠正预防"


@pytest.mark.parametrize(
    ("opens", "room"),
    [
        ("", "抱怨投诉"),
        ("TS20261121-001", "抱怨投诉"),
        ("TS20261121-001/call:1", "回访"),
        ("call:1", "回访"),
        ("customer:1", "客户档案"),
        ("customer:new", "客户档案"),
    ],
)
def test_a_form_that_was_not_finished_is_opened_in_its_room(begin: Begin, opens: str, room: str) -> None:
    def before(office: Office) -> None:
        office.follow_ups.plan(registered(office).number, PlanDraft(at(NOW[:16]).date()), act())

    hands = begin(before)
    hands.page.page("今日").errand_wanted.emit(opens)
    assert hands.page.current_name() == room


@pytest.mark.parametrize(
    ("figure", "room"), [("未关闭", "抱怨投诉"), ("待关闭", "抱怨投诉"), ("今天的回访", "回访"), ("在修返修车", "返修")]
)
def test_a_figure_opens_its_list_with_the_keyboard_on_it(begin: Begin, figure: str, room: str) -> None:
    hands = begin(registered)
    hands.button(figure).setFocus()
    hands.press(Qt.Key.Key_Space)
    assert (hands.page.current_name(), hands.focus() in ("抱怨投诉", "今天要打", "在修")) == (room, True)


@pytest.mark.parametrize("size", [(1280, 720), (1366, 768), (1920, 1080)])
def test_nothing_has_to_be_scrolled_sideways(begin: Begin, qtbot: QtBot, size: tuple[int, int]) -> None:
    def before(office: Office) -> None:
        for number in range(4):
            person = complaint(customer_name=f"示范汽车销售服务有限公司{number}", phone=f"1380000551{number}")
            office.complaints.register(person, act("2026-11-10 09:00"))
            office.follow_ups.plan(f"TS20261110-00{number + 1}", PlanDraft(at(NOW[:16]).date()), act())

    hands = begin(before)
    hands.page.resize(*size)
    qtbot.waitUntil(lambda: hands.has("晨会单"))
    assert [hands.table(title).horizontalScrollBar().maximum() for title in (FIRST, "今天的回访")] == [0, 0]
