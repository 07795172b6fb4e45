"""评级建议 in the window: counted as a job, accepted by Enter or many at once, decided otherwise with a reason."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from crm_desktop.domain.staff import Role
from crm_desktop.gui.customers.grading_dialog import GradingDialog
from crm_desktop.gui.customers.profile_desk import profile_desk_of
from crm_desktop.gui.jobs import Jobs
from crm_desktop.gui.session import Session
from crm_desktop.services.office import Office
from tests.gui.answered import Answered
from tests.gui.customers_room import file_of
from tests.gui.hands import Hands
from tests.makers import day, vehicle
from tests.services.people import hired
from tests.services.profile_world import visit

TITLE = "评级建议"
LONG = "上海浦东新区国际机场汽车租赁服务有限责任公司第三分公司"


class Year:
    """Three customers came in the year: 曾小明 often, 王强 now and then, a company with a long name once."""

    def __init__(self, qtbot: QtBot, office: Office, jobs: Jobs, messages: Answered) -> None:
        self.office, self.qtbot, self.jobs, self.messages = office, qtbot, jobs, messages
        self.best = file_of(office)
        for back in range(1, 7):
            visit(office, day(-back), amount_fen=500_000)
        for name, phone, plate in (("王强", "13900000001", "沪B00001"), (LONG, "13900000002", "沪B00002")):
            file_of(office, name=name, contacts=(), vehicles=(vehicle(plate=plate, vin=""),))
            visit(office, day(-9), customer_name=name, phone=phone, plate=plate, vin="", amount_fen=100_000)
        self.window = QWidget()
        qtbot.addWidget(self.window)
        self.session = Session(office.desk)

    def open(self) -> Hands:
        """The window, counted through."""
        desk = profile_desk_of(self.office)
        self.dialog = GradingDialog(desk, self.office.desk, self.session, self.jobs, self.messages, self.window)
        self.dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose, False)
        self.hands = Hands(self.qtbot, self.dialog, self.messages)
        self.settled()
        return self.hands

    def settled(self) -> None:
        """No job runs any more."""
        self.qtbot.waitUntil(lambda: not self.jobs.running(), timeout=10_000)

    def grades(self) -> dict[str, str]:
        """Everybody's grade as stored."""
        return dict(self.office.desk.rows("SELECT name, grade FROM customers"))


@pytest.fixture
def year(qtbot: QtBot, office: Office, jobs: Jobs, answered: Answered) -> Iterator[Year]:
    made = Year(qtbot, office, jobs, answered)
    yield made
    while QApplication.activeModalWidget() is not None:
        QApplication.activeModalWidget().close()


@pytest.fixture
def nobody(qtbot: QtBot, office: Office, jobs: Jobs, answered: Answered) -> Iterator[Hands]:
    """The window over an empty home."""
    window = QWidget()
    qtbot.addWidget(window)
    dialog = GradingDialog(profile_desk_of(office), office.desk, Session(office.desk), jobs, answered, window)
    dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose, False)
    hands = Hands(qtbot, dialog, answered)
    qtbot.waitUntil(lambda: not jobs.running())
    yield hands


def test_everybody_stands_there_with_grade_proposal_figures_and_reason(year: Year) -> None:
    hands = year.open()
    assert hands.cells(TITLE, 0) == ["曾小明", "王强", LONG]
    assert hands.cells(TITLE, 1) == ["未评"] * 3
    assert hands.cells(TITLE, 2) == ["VIP", "普通", "普通"]
    assert [hands.cells(TITLE, column)[0] for column in range(3, 9)] == ["89", "6", "30,000", "0", "", "93.75"]
    assert hands.cells(TITLE, 9)[0] == "80 分起：金额 39、次数 28、贡献 22"
    assert hands.field("看哪些").typed() == "待确认的（3）"


def test_enter_accepts_the_one_at_hand_and_goes_on_to_the_next(year: Year) -> None:
    hands = year.open()
    hands.press(Qt.Key.Key_Return)
    assert hands.said() == "曾小明已定为“VIP”。"
    assert hands.cells(TITLE, 0) == ["王强", LONG]
    hands.press(Qt.Key.Key_Return)
    assert year.grades() == {"曾小明": "VIP", "王强": "普通", LONG: ""}
    assert hands.field("看哪些").typed() == "待确认的（1）"
    assert hands.focus() == TITLE


def test_those_marked_are_accepted_with_their_count(year: Year) -> None:
    hands = year.open()
    hands.press(Qt.Key.Key_A, Qt.KeyboardModifier.ControlModifier)
    with hands.answering("接受"):
        hands.click("接受选中的 3 位")
    year.settled()
    assert year.grades() == {"曾小明": "VIP", "王强": "普通", LONG: "普通"}
    assert hands.said() == "已接受 3 位的建议。"
    assert hands.cells(TITLE, 0) == []
    assert "没有要确认的" in hands.texts()


def test_what_was_accepted_for_many_is_taken_back_in_one_step(year: Year) -> None:
    hands = year.open()
    hands.press(Qt.Key.Key_A, Qt.KeyboardModifier.ControlModifier)
    with hands.answering("接受"):
        hands.click("接受选中的 3 位")
    year.settled()
    hands.click("撤销")
    year.settled()
    assert set(year.grades().values()) == {""}
    assert hands.cells(TITLE, 0) == ["曾小明", "王强", LONG]
    assert hands.said().startswith("已撤销：3 位的等级改回原来的")
    assert not hands.has("撤销")


def test_whoever_thinks_better_of_it_accepts_nobody(year: Year) -> None:
    hands = year.open()
    hands.press(Qt.Key.Key_A, Qt.KeyboardModifier.ControlModifier)
    with hands.answering("取消"):
        hands.press(Qt.Key.Key_Return)
    assert set(year.grades().values()) == {""}


def test_another_grade_asks_for_a_reason_and_waits_no_more(year: Year) -> None:
    hands = year.open()
    hands.click("另定等级")
    year.qtbot.waitUntil(lambda: QApplication.activeModalWidget() is not None)
    assert "消费 6 次、30,000 元" in QApplication.activeModalWidget().findChildren(QWidget)[1].text()
    hands.fill("等级", "大客户")
    hands.click("评级")
    assert "建议“VIP”" in hands.field("评级理由").accessibleDescription()
    hands.fill("评级理由", "只买不修")
    hands.click("评级")
    assert hands.said() == "曾小明：等级已定为“大客户”。"
    assert hands.cells(TITLE, 0) == ["王强", LONG]
    hands.field("看哪些").set_value("everybody")
    assert hands.cells(TITLE, 1) == ["大客户", "未评", "未评"]


def test_a_proposal_that_changed_meanwhile_is_counted_again_instead_of_accepted(year: Year) -> None:
    hands = year.open()
    for back in range(3):
        visit(year.office, day(-back), customer_name="王强", phone="13900000001", plate="沪B00001", vin="",
              amount_fen=900_000)  # fmt: skip
    hands.table(TITLE).selectRow(1)
    hands.press(Qt.Key.Key_Return)
    year.settled()
    assert "另有 1 位的建议刚变了" in hands.said()
    assert year.grades()["王强"] == ""
    assert hands.cells(TITLE, 2)[hands.cells(TITLE, 0).index("王强")] == "VIP"


def test_a_customer_is_opened_from_the_list(year: Year) -> None:
    hands = year.open()
    with year.qtbot.waitSignal(year.dialog.customer_wanted) as told:
        hands.click("打开客户")
    assert told.args == [year.best]


def test_nobody_to_grade_is_told(nobody: Hands) -> None:
    assert "还没有可以评的" in nobody.texts()
    assert not nobody.button("接受").isEnabled()


def test_who_may_not_grade_is_told_before_anything_is_written(year: Year) -> None:
    hired(year.office, "程立群", Role.DIRECTOR)
    first = year.office.staff.act(year.office.staff.find("程立群"), "设置")
    hired(year.office, "谢文杰", Role.ADVISER, by=first)
    year.session.sit_down(year.office.staff.find("谢文杰"))
    hands = year.open()
    hands.press(Qt.Key.Key_Return)
    assert "请换人操作（F9）" in hands.said()
    assert set(year.grades().values()) == {""}


def test_closing_the_window_ends_the_counting(year: Year) -> None:
    desk = profile_desk_of(year.office)
    dialog = GradingDialog(desk, year.office.desk, year.session, year.jobs, year.messages, year.window)
    dialog.reject()
    year.settled()
    assert year.messages.last is None or "计算评级建议" in year.messages.last.text
