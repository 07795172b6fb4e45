"""员工 in 设置: people, their roles and PINs, deputies and lines, worked by hand."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QCheckBox, QDialog
from pytestqt.qtbot import QtBot

from crm_desktop.domain.rights import Right
from crm_desktop.domain.staff import Role
from crm_desktop.gui.messages import Messages
from crm_desktop.gui.session import Session
from crm_desktop.gui.settings_room.people_card import PeopleCard, PeopleDesk
from crm_desktop.services.office import Office
from tests.gui.hands import Hands
from tests.makers import act, day


class PeopleHands(Hands):
    """The card, and whichever question is open above it."""

    def __init__(self, qtbot: QtBot, office: Office) -> None:
        self.office, self.session, messages = office, Session(office.desk), Messages()
        people = PeopleDesk(office.staff, office.access, office.duties)
        self.card = PeopleCard(people, office.settings, self.session, messages)
        super().__init__(qtbot, self.card, messages)
        self.card.refresh()

    def ask(self, button: str) -> QDialog:
        """Presses a button of the card; what comes up is worked from now on."""
        self.page = self.card
        self.click(button)
        return self.question()

    def question(self) -> QDialog:
        """The question in front."""
        self.qtbot.waitUntil(lambda: isinstance(QApplication.activeModalWidget(), QDialog))
        self.page = QApplication.activeModalWidget()
        return self.page

    def tick(self, word: str) -> None:
        """One box."""
        box = next(box for box in self.page.findChildren(QCheckBox) if box.accessibleName() == word)
        self.qtbot.keyClick(box, Qt.Key.Key_Space)

    def pins(self, first: str, second: str) -> None:
        """A PIN typed twice, into whatever the first field is called."""
        self.fill("PIN 码" if self.fields("PIN 码") else "新的 PIN 码", first)
        self.fill("再输一次", second)

    def hire(self, name: str, pin: str = "2468", again: str = "2468") -> None:
        """A colleague entered by hand."""
        self.ask("添加员工")
        self.fill("姓名", name)
        self.pins(pin, again)
        self.click("建立")

    def names(self) -> list[str]:
        """Who stands in the list."""
        self.page = self.card
        return self.cells("员工", 0)


@pytest.fixture
def hands(qtbot: QtBot, office: Office) -> PeopleHands:
    """An empty list."""
    return PeopleHands(qtbot, office)


@pytest.fixture
def staffed(qtbot: QtBot, office: Office) -> PeopleHands:
    """程立群 sits here (服务总监, 系统管理), 谢文杰 (服务顾问) works here too and is chosen."""
    office.access.hire("程立群", (Role.DIRECTOR,), "2468", act())
    first = office.staff.act(office.staff.find("程立群"), "设置")
    office.access.hire("谢文杰", (Role.ADVISER,), "2468", first)
    made = PeopleHands(qtbot, office)
    made.session.sit_down(office.staff.find("程立群"))
    made.table("员工").selectRow(1)
    return made


def test_the_first_colleague_sits_down_at_once_and_is_told_the_recovery_code(hands: PeopleHands) -> None:
    hands.hire("程立群")
    hands.question()
    code = hands.field("恢复码").text()
    hands.press(Qt.Key.Key_Escape)
    with hands.qtbot.waitSignal(hands.card.code_wanted) as printed:
        hands.click("打印恢复码")
    hands.click("已打印或抄好")
    assert printed.args == [code, "程立群"]
    assert (hands.names(), hands.cells("员工", 1)) == (["程立群"], ["服务总监、系统管理"])
    assert hands.session.name == "程立群"
    assert hands.office.access.recover("程立群", code, "1357")


@pytest.mark.parametrize(
    ("name", "pin", "again", "at", "told"),
    [
        ("程立群", "2468", "2469", "再输一次", "不一样"),
        ("程立群", "1234", "1234", "PIN 码", "太容易猜到"),
        ("", "2468", "2468", "姓名", "请填员工姓名"),
    ],
)
def test_what_is_wrong_is_told_at_its_field(hands: PeopleHands, name, pin, again, at, told) -> None:
    hands.hire(name, pin, again)
    assert told in hands.field(at).accessibleDescription()
    assert hands.office.staff.people() == []
    hands.page.close()


def test_who_left_is_shown_where_asked_for_and_may_come_back(staffed: PeopleHands) -> None:
    with staffed.answering("标为离职"):
        staffed.click("标为离职")
    assert staffed.names() == ["程立群"]
    staffed.tick("显示离职")
    assert (staffed.names(), staffed.cells("员工", 2)) == (["程立群", "谢文杰"], ["已设", "离职"])
    staffed.table("员工").selectRow(1)
    staffed.click("回来上班")
    assert staffed.office.staff.find("谢文杰").roles == ("服务顾问",)


def test_who_answered_for_a_line_and_who_stood_in_is_kept(staffed: PeopleHands) -> None:
    for name in ("谢文杰", "程立群"):
        staffed.page = staffed.card
        staffed.field("技术线责任人").set_typed(name)
        staffed.click("保存责任线和锁屏")
    staffed.table("员工").selectRow(1)
    staffed.ask("代理服务总监")
    staffed.fill("原因", "出差")
    staffed.click("设为代理")
    staffed.ask("历任记录")
    assert staffed.cells("历任记录", 0) == ["代理服务总监", "技术线责任人", "技术线责任人"]
    assert staffed.cells("历任记录", 1) == ["谢文杰", "程立群", "谢文杰"]
    assert staffed.cells("历任记录", 3)[0] == "出差"
    staffed.click("关闭")


def test_the_last_administrator_cannot_leave(staffed: PeopleHands) -> None:
    staffed.table("员工").selectRow(0)
    with staffed.answering("标为离职"):
        staffed.click("标为离职")
    assert "最后一位系统管理" in staffed.said()


def test_another_recovery_code_is_told_once_and_the_old_one_opens_nothing(staffed: PeopleHands) -> None:
    staffed.ask("换恢复码")
    code = staffed.field("恢复码").text()
    staffed.click("已打印或抄好")
    assert staffed.office.access.recover("程立群", code, "1357") != code


def test_another_colleague_may_hold_several_roles(staffed: PeopleHands) -> None:
    staffed.ask("添加员工")
    staffed.fill("姓名", "叶清扬")
    staffed.pins("1357", "1357")
    staffed.tick("客户关爱员")
    staffed.click("建立")
    assert staffed.office.access.login("叶清扬", "1357").roles == ("服务顾问", "客户关爱员")


def test_roles_and_the_administration_are_changed(staffed: PeopleHands) -> None:
    staffed.ask("改岗位")
    staffed.tick("索赔员")
    staffed.tick("系统管理")
    staffed.click("保存岗位")
    assert staffed.office.staff.find("谢文杰").duties == ("服务顾问", "索赔员", "系统管理")


def test_a_forgotten_pin_is_set_anew(staffed: PeopleHands) -> None:
    staffed.ask("重设 PIN")
    staffed.pins("1357", "1357")
    staffed.click("重设 PIN")
    assert staffed.office.access.login("谢文杰", "1357").name == "谢文杰"


def test_ones_own_pin_needs_the_old_one(staffed: PeopleHands) -> None:
    staffed.ask("改自己的 PIN")
    staffed.fill("现在的 PIN 码", "1111")
    staffed.pins("1357", "1357")
    staffed.click("改 PIN")
    assert "不对" in staffed.field("现在的 PIN 码").accessibleDescription()
    staffed.fill("现在的 PIN 码", "2468")
    staffed.click("改 PIN")
    assert staffed.office.access.login("程立群", "1357").name == "程立群"


def test_a_deputy_is_appointed_for_some_days_and_ended(staffed: PeopleHands) -> None:
    staffed.ask("代理服务总监")
    staffed.fill("最后一天", day(2).isoformat())
    staffed.click("设为代理")
    acting = staffed.office.staff.act(staffed.office.staff.find("谢文杰"), "抱怨投诉")
    assert Right.CLOSE in acting.lent
    assert "代理服务总监 2026-11-21 至 2026-11-23" in staffed.names() + staffed.cells("员工", 3)
    with staffed.answering("结束代理"):
        staffed.click("结束代理")
    assert staffed.office.duties.deputy_today() is None


def test_who_may_not_is_told_so_in_the_bar_or_at_the_field(staffed: PeopleHands) -> None:
    staffed.session.sit_down(staffed.office.staff.find("谢文杰"))
    staffed.ask("重设 PIN")
    staffed.pins("1357", "1357")
    staffed.click("重设 PIN")
    assert "管员工" in staffed.field("新的 PIN 码").accessibleDescription()
    staffed.page.close()


def test_lines_get_their_person_and_the_lock_its_minutes(staffed: PeopleHands) -> None:
    staffed.field("技术线责任人").set_typed("谢文杰")
    staffed.fill("锁屏（分钟）", "5")
    staffed.click("保存责任线和锁屏")
    assert (staffed.office.duties.lines()[0].name, staffed.office.settings.lock_minutes()) == ("谢文杰", 5)
    assert staffed.cells("员工", 3) == ["", "技术线"]


@pytest.mark.parametrize("minutes", ["0", "很久", "999"])
def test_a_lock_time_that_makes_no_sense_is_refused(staffed: PeopleHands, minutes: str) -> None:
    staffed.fill("锁屏（分钟）", minutes)
    staffed.click("保存责任线和锁屏")
    assert "1 到 240" in staffed.said()
    assert staffed.office.settings.lock_minutes() == 10
