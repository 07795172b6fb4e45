"""看哪些客户, 归属 and filters in the room: lists to work through, customers handed over, a narrowed list kept."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from crm_desktop.domain.customers import ContactDraft
from crm_desktop.domain.imports import ImportedCustomer, ImportKind
from crm_desktop.domain.profile import FactsDraft
from crm_desktop.domain.segments import CustomerFilter
from crm_desktop.domain.staff import Role
from crm_desktop.gui.customers.view_button import ViewButton
from crm_desktop.gui.session import NOBODY
from crm_desktop.gui.widgets.buttons import Button
from crm_desktop.gui.widgets.job_progress import JobProgress
from crm_desktop.gui.widgets.labels import PlainLabel
from crm_desktop.services.office import Office
from tests.gui.customers_room import entered, file_of
from tests.gui.hands import Hands
from tests.makers import act, day, vehicle


class Room:
    """曾小明 with everything, 王五 with a landline and no VIN."""

    def __init__(self, qtbot: QtBot, office: Office) -> None:
        self.office, self.first = office, file_of(office)
        cars = (vehicle(plate="沪B12345", vin=""),)
        self.second = file_of(office, name="王五", contacts=(ContactDraft("02159904321", "座机"),), vehicles=cars)
        self.hands: Hands = entered(qtbot, office)

    def pick(self, beginning: str) -> None:
        """An entry of a menu, as of now."""
        self.hands.page.findChild(ViewButton).fill()
        actions = self.hands.page.findChildren(QAction)
        next(action for action in actions if action.text().startswith(beginning)).trigger()

    def answer(self, button: str, **texts: str) -> None:
        """Fills the dialog's inputs by their labels and takes its main answer."""
        widgets = QApplication.activeModalWidget().findChildren(QWidget)
        for field in widgets:
            if hasattr(field, "set_typed") and field.accessibleName() in texts:
                field.set_typed(texts[field.accessibleName()])
        main = next(w for w in widgets if w.accessibleName() == button and w.isVisible())
        self.hands.qtbot.mouseClick(main, Qt.MouseButton.LeftButton)

    def until_told(self, beginning: str) -> None:
        """The end of what is done as a job."""
        self.hands.qtbot.waitUntil(lambda: self.hands.said().startswith(beginning))

    def names(self) -> list[str]:
        """Those listed."""
        return self.hands.cells("客户档案", 0)


@pytest.fixture
def room(qtbot: QtBot, office: Office) -> Room:
    return Room(qtbot, office)


def menu_of(room: Room) -> list[str]:
    """What may be looked at."""
    button = room.hands.page.findChild(ViewButton)
    button.fill()
    return [action.text() for action in button.menu().actions() if action.text()]


def test_lists_of_what_is_missing_stand_with_their_counts(room: Room) -> None:
    assert {"缺手机（1）", "缺VIN（1）", "久未核实（2）", "无归属（2）"} <= set(menu_of(room))
    room.pick("缺手机")
    assert room.names() == ["王五"]
    assert room.hands.has("缺手机")
    room.pick("全部客户")
    assert room.names() == ["王五", "曾小明"]


def test_what_is_typed_is_looked_for_among_everybody(room: Room) -> None:
    room.pick("缺VIN")
    room.hands.fill("查找客户", "曾小明")
    room.hands.qtbot.waitUntil(lambda: room.names() == ["曾小明"])


def test_a_file_that_is_completed_leaves_the_list(room: Room) -> None:
    room.pick("缺手机")
    room.hands.page.show_customer(room.second)
    room.hands.fill("方式", "手机")
    room.hands.fill("联系电话", "13700002222")
    room.hands.save()
    assert "已保存" in room.hands.said()
    room.pick("缺手机")
    assert room.names() == []


def test_customers_marked_are_given_to_a_colleague(room: Room) -> None:
    room.office.staff.add("梁晓雯", (Role.ADVISER,), act())
    room.hands.table("客户档案").selectAll()
    room.pick("改选中客户的归属")
    room.answer("改归属", 归属="梁晓雯", 区域="市区", 原因="分片")
    room.until_told("2 位客户的归属")
    assert room.office.owners.ids("梁晓雯") == [room.second, room.first]
    assert room.hands.said() == "2 位客户的归属已改为“梁晓雯”。"
    room.hands.messages.last.undo()
    assert room.office.owners.ids("梁晓雯") == []
    assert room.hands.said() == "已撤销：2 位客户的归属改回了原来的。"


def test_customers_marked_are_to_be_called_those_who_want_no_calls_left_out(room: Room) -> None:
    room.office.profiles.amend_facts(room.second, 1, FactsDraft(do_not_disturb=True), act())
    room.hands.table("客户档案").selectAll()
    room.pick("给选中客户计划回访")
    room.answer("计划", 计划日期="明天")
    assert room.hands.said() == "1 位客户计划 11-22 回访，1 位跳过。"
    (call,) = room.office.follow_ups.planned()
    assert (call.complaint_number, call.planned_on, call.reason) == ("", day(1), "关怀回访，核对资料")


def test_the_menu_of_the_list_counts_who_is_marked(room: Room) -> None:
    table = room.hands.table("客户档案")
    table.selectAll()
    assert "改 2 位客户的归属…" in [action.text() for action in table.menu().actions()]


def test_owner_and_region_stand_on_the_file_and_are_changed_from_there(room: Room) -> None:
    room.hands.page.show_customer(room.first)
    room.pick("改归属")
    room.answer("改归属", 区域="市区")
    room.until_told("1 位客户的归属")
    assert room.office.owners.told(room.first) == "市区"
    room.office.owners.assign((room.first,), "梁晓雯", act())
    room.hands.page.refresh()
    assert "归属 梁晓雯 · 市区" in room.hands.texts()


def test_everything_of_somebody_who_leaves_is_handed_over(room: Room) -> None:
    room.office.owners.assign((room.first, room.second), "梁晓雯", act())
    room.office.staff.add("黄海燕", (Role.ADVISER,), act())
    room.pick("移交客户")
    room.answer("移交客户", 原归属="梁晓雯（2 位）", 交给="黄海燕", 原因="离职")
    room.until_told("梁晓雯的")
    assert room.office.owners.ids("黄海燕") == [room.second, room.first]
    assert room.hands.said() == "梁晓雯的 2 位客户已交给黄海燕。"


def test_a_hand_over_of_many_shows_how_far_it_is_and_is_taken_back_by_cancelling(room: Room) -> None:
    rows = [ImportedCustomer(row=i, digest=f"{i}", owner_number=f"C{i}", name="王强") for i in range(3000)]
    room.office.imports.run(ImportKind.CUSTOMERS, rows, "车主.xlsx", act())
    room.office.owners.assign(room.office.customers.ids(), "梁晓雯", act())
    room.office.staff.add("黄海燕", (Role.ADVISER,), act())
    room.pick("移交客户")
    dialog = QApplication.activeModalWidget()
    room.answer("移交客户", 原归属="梁晓雯（3,002 位）", 交给="黄海燕", 原因="离职")
    next(w for w in dialog.findChildren(JobProgress)[0].findChildren(Button) if w.text() == "取消").click()
    room.hands.qtbot.waitUntil(lambda: "什么也没有改" in "".join(w.text() for w in dialog.findChildren(PlainLabel)))
    assert [(count.owner, count.customers) for count in room.office.owners.counts()] == [("梁晓雯", 3002)]
    room.answer("移交客户")
    room.until_told("梁晓雯的 3,002 位客户已交给黄海燕")


def test_a_hand_over_that_is_refused_keeps_what_was_typed(room: Room) -> None:
    room.office.owners.assign((room.first,), "梁晓雯", act())
    room.pick("移交客户")
    dialog = QApplication.activeModalWidget()
    room.answer("移交客户", 原归属="梁晓雯（1 位）", 原因="离职")
    room.hands.qtbot.waitUntil(lambda: bool(room.hands.said()))
    assert room.hands.said() == "请选一位原归属人和另一位接手的同事。"
    assert dialog.isVisible()
    dialog.reject()


def test_whoever_changes_another_owners_customer_is_warned_once(room: Room) -> None:
    room.office.owners.assign((room.first,), "梁晓雯", act())
    room.hands.page.show_customer(room.first)
    room.hands.fill("备注", "常周末来")
    assert room.hands.said().startswith("这是梁晓雯的客户")
    room.hands.messages.note("别的")
    room.hands.fill("备注", "常周末来店")
    assert room.hands.said() == "别的"


def test_a_filter_is_kept_by_name_and_deleted_again(room: Room) -> None:
    room.pick("筛选…")
    room.answer("筛选", 资料缺口="缺手机", 保存为="要补手机的")
    assert room.names() == ["王五"]
    assert room.office.segments.saved(NOBODY)[0].filter == CustomerFilter(gap="缺手机")
    room.pick("全部客户")
    room.pick("要补手机的")
    assert room.names() == ["王五"]
    room.pick("删掉筛选“要补手机的”")
    assert room.names() == ["王五", "曾小明"]
    assert "要补手机的" not in menu_of(room)


def test_a_filter_that_says_nothing_is_refused(room: Room) -> None:
    room.pick("筛选…")
    room.answer("筛选", 保存为="空的")
    assert room.hands.said() == "还没有填任何条件，请至少填一项。"
    room.answer("筛选", 进厂从="2026-12-01", 进厂到="2026-01-01")
    assert "早于开始" in room.hands.said()
    QApplication.activeModalWidget().close()


def test_the_export_takes_those_listed(room: Room) -> None:
    room.pick("缺手机")
    with room.hands.qtbot.waitSignal(room.hands.page.export_wanted) as told:
        room.hands.click("导出 Excel")
    assert told.args == [(room.second,)]
