"""召回和服务活动 in the window: entered, changed, withdrawn, the cars it is about, one opens its customer."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from crm_desktop.domain.recalls import RecallDraft
from crm_desktop.gui.customers.profile_desk import profile_desk_of
from crm_desktop.gui.customers.recalls_dialog import RecallsDialog
from crm_desktop.gui.session import Session
from crm_desktop.services.office import Office
from tests.gui.answered import Answered
from tests.gui.customers_room import file_of
from tests.gui.hands import Hands
from tests.makers import VIN, act, day, vehicle
from tests.services.test_recalls import RANGES

TITLE, CARS = "召回和服务活动", "范围内的车"
RANGE = "lsvab4180n2004000－LSVAB4189N2004999"


class Recalled:
    """The dialog over two customers: 曾小明, whose car is in the range, and 王强, whose car is not."""

    def __init__(self, qtbot: QtBot, office: Office, messages: Answered) -> None:
        self.office = office
        self.owner = file_of(office)
        file_of(office, name="王强", vehicles=(vehicle(plate="沪B00001", vin="LSVAB4188N2009999"),), contacts=())
        self.window = QWidget()
        qtbot.addWidget(self.window)
        self.messages, self.qtbot = messages, qtbot
        self.open()

    def open(self) -> None:
        """The dialog as it comes up now."""
        if hasattr(self, "dialog"):
            self.dialog.close()
        desk = profile_desk_of(self.office)
        self.dialog = RecallsDialog(desk, Session(self.office.desk), self.messages, self.window)
        self.dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose, False)
        self.hands = Hands(self.qtbot, self.dialog, self.messages)

    def answer(self, button: str, main: str = "保存", **texts: str) -> None:
        """Presses a button, fills what it asks and takes the main answer."""
        self.hands.click(button)
        self.fill_in(main, **texts)

    def fill_in(self, main: str, **texts: str) -> None:
        """The dialog in front."""
        front = QApplication.activeModalWidget()
        for field in front.findChildren(QWidget):
            if hasattr(field, "set_typed") and field.accessibleName() in texts:
                field.set_typed(texts[field.accessibleName()])
        buttons = [w for w in front.findChildren(QWidget) if w.accessibleName() == main and w.isVisible()]
        self.qtbot.mouseClick(buttons[0], Qt.MouseButton.LeftButton)


@pytest.fixture
def recalled(qtbot: QtBot, office: Office, answered: Answered) -> Recalled:
    made = Recalled(qtbot, office, answered)
    yield made
    while QApplication.activeModalWidget() is not None:
        QApplication.activeModalWidget().close()


def test_without_a_campaign_the_window_says_what_it_is_for(recalled: Recalled) -> None:
    assert "还没有登记召回或服务活动" in recalled.hands.texts()
    for button in ("修改", "撤下", "记为已做", "打开客户"):
        assert not recalled.hands.button(button).isEnabled()


def test_a_campaign_is_entered_and_its_cars_stand_below(recalled: Recalled) -> None:
    recalled.answer("登记", 名称="转向柱螺栓检查", 召回编号="R2026-1", **{"VIN 范围": RANGE})
    assert recalled.hands.said() == "“转向柱螺栓检查”已保存，档案里有 1 辆车在范围内。"
    assert recalled.hands.cells(TITLE, 2) == ["转向柱螺栓检查"]
    assert (recalled.hands.cells(TITLE, 3), recalled.hands.cells(TITLE, 4)) == (["1"], ["0"])
    assert (recalled.hands.cells(CARS, 1), recalled.hands.cells(CARS, 3)) == ([VIN], ["曾小明"])
    assert "范围内的车：1 辆，还有 1 辆没做" in recalled.hands.texts()


@pytest.mark.parametrize(
    ("label", "text", "told"),
    [
        ("名称", "", "请填召回或服务活动的名称"),
        ("VIN 范围", "", "请填 VIN 范围"),
        ("VIN 范围", "LSVAB418", "17 位 VIN"),
        ("VIN 范围", f"{VIN} {VIN} {VIN}", "有 3 个"),
        ("结束日期", "2020-01-01", "结束日期早于开始日期"),
    ],
)
def test_what_cannot_be_is_told_at_its_field_and_nothing_typed_is_lost(
    recalled: Recalled, label: str, text: str, told: str
) -> None:
    typed = {"名称": "转向柱", "VIN 范围": RANGE, "开始日期": "2026-01-01", "结束日期": ""}
    recalled.answer("登记", **{**typed, label: text})
    assert told in recalled.hands.field(label).accessibleDescription()
    assert recalled.hands.field("开始日期").typed() == "2026-01-01"
    assert recalled.office.recalls.rows() == []


def test_a_campaign_is_changed_by_enter_with_what_it_holds(recalled: Recalled) -> None:
    recalled.office.recalls.register(RecallDraft("转向柱", RANGES, number="R1", starts_on=day(-9)), act())
    recalled.open()
    recalled.hands.walk_to(TITLE)
    recalled.hands.press(Qt.Key.Key_Return)
    recalled.qtbot.waitUntil(lambda: recalled.hands.focus() != TITLE)
    assert recalled.hands.field("VIN 范围").typed() == "LSVAB4180N2004000 到 LSVAB4189N2004999"
    recalled.fill_in("保存", 名称="转向柱螺栓", 类型="服务活动")
    (row,) = recalled.office.recalls.rows()
    assert (row.draft.title, row.draft.kind, row.draft.number) == ("转向柱螺栓", "服务活动", "R1")


def test_a_campaign_is_withdrawn_with_a_reason(recalled: Recalled) -> None:
    recalled.office.recalls.register(RecallDraft("转向柱", RANGES), act())
    recalled.open()
    recalled.answer("撤下", "撤下召回", 原因="")
    assert "写明原因" in recalled.hands.field("原因").accessibleDescription()
    recalled.fill_in("撤下召回", 原因="厂家取消")
    assert recalled.office.recalls.rows() == []
    assert recalled.hands.cells(TITLE, 2) == []


def test_a_car_that_was_done_is_counted_and_comes_last(recalled: Recalled) -> None:
    office = recalled.office
    file_of(office, name="李四", vehicles=(vehicle(plate="沪C00001", vin="LSVAB4189N2004990"),), contacts=())
    office.recalls.register(RecallDraft("转向柱", RANGES), act())
    recalled.open()
    recalled.answer("记为已做", 委托书号="WT9")
    assert recalled.hands.cells(TITLE, 4) == ["1"]
    assert recalled.hands.cells(CARS, 3) == ["李四", "曾小明"]
    assert recalled.hands.cells(CARS, 4)[0] == ""
    assert "还有 1 辆没做" in recalled.hands.texts()


def test_enter_on_a_car_opens_its_customer(recalled: Recalled) -> None:
    recalled.office.recalls.register(RecallDraft("转向柱", RANGES), act())
    recalled.open()
    recalled.hands.walk_to(CARS)
    with recalled.qtbot.waitSignal(recalled.dialog.customer_wanted) as told:
        recalled.hands.press(Qt.Key.Key_Return)
    car = recalled.office.customers.profile(recalled.owner).draft.vehicles[0].id
    assert told.args == [recalled.owner, car]
