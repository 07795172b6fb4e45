"""查重与合并 in the window: pairs looked up, seen side by side, merged with a reason, dismissed, taken back."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QApplication, QTabWidget, QWidget
from pytestqt.qtbot import QtBot

from crm_desktop.domain.customers import ContactDraft
from crm_desktop.gui.customers.merge_dialog import MergeDialog
from crm_desktop.gui.customers.merge_door import MergeDoor
from crm_desktop.gui.jobs import Jobs
from crm_desktop.gui.session import Session
from crm_desktop.services.backups import listing
from crm_desktop.services.office import Office
from tests.gui.answered import Answered
from tests.gui.customers_room import entered, file_of
from tests.gui.hands import Hands
from tests.makers import act


class Twins:
    """曾小明 is in the files twice; the dialog shows him."""

    def __init__(self, qtbot: QtBot, office: Office, jobs: Jobs, messages: Answered) -> None:
        self.office, self.jobs = office, jobs
        self.kept = file_of(office, address="新村路 9 号")
        self.merged = file_of(office, name="曾晓明", address="曹杨路 1 号", vehicles=())
        self.window = window = QWidget()
        qtbot.addWidget(window)
        self.dialog = MergeDialog(office, Session(office.desk), jobs, messages, window)
        self.dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose, False)
        self.hands = Hands(qtbot, self.dialog, messages)
        qtbot.waitUntil(lambda: self.hands.table("疑似重复").model().rowCount() == 1)

    def tell(self, button: str, label: str, reason: str) -> None:
        """Presses a button, gives the reason the dialog asks for and confirms."""
        self.hands.click(button)
        front = QApplication.activeModalWidget()
        fields = [w for w in front.findChildren(QWidget) if w.accessibleName() == label and hasattr(w, "set_typed")]
        fields[0].set_typed(reason)
        answer = [w for w in front.findChildren(QWidget) if w.accessibleName() == button and w.isVisible()]
        self.hands.qtbot.mouseClick(answer[0], Qt.MouseButton.LeftButton)
        self.hands.qtbot.waitUntil(lambda: not self.jobs.running())

    def open_for(self, customer: int) -> None:
        """The dialog as it is opened from this customer's file."""
        self.dialog.hide()
        messages = self.hands.messages
        self.dialog = MergeDialog(self.office, Session(self.office.desk), self.jobs, messages, self.window, (customer,))
        self.dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose, False)
        self.hands = Hands(self.hands.qtbot, self.dialog, messages)

    def turn_to(self, title: str) -> None:
        """Another of the dialog's pages."""
        book = self.dialog.findChild(QTabWidget)
        book.setCurrentIndex([book.tabText(place) for place in range(book.count())].index(title))

    def names(self) -> list[str]:
        """Everybody in the files."""
        return [row.name for row in self.office.customers.fetch(self.office.customers.ids())]


@pytest.fixture
def twins(qtbot: QtBot, office: Office, jobs: Jobs, answered: Answered) -> Twins:
    return Twins(qtbot, office, jobs, answered)


def test_a_pair_is_seen_side_by_side_with_what_follows_and_masked_phones(twins: Twins) -> None:
    assert twins.hands.cells("疑似重复", 3)[0].startswith("电话相同（138****5521）")
    assert twins.hands.cells("合并预览", 0) == ["姓名", "地址"]
    assert twins.hands.cells("合并预览", 3) == ["曾小明", "新村路 9 号"]
    assert "保留“曾小明”，并入“曾晓明”" in twins.hands.texts()
    assert "跟着转过去：联系方式 1" in twins.hands.texts()
    assert "姓名不同" in twins.hands.texts()


def test_which_word_stands_is_chosen_by_keyboard(twins: Twins) -> None:
    twins.hands.walk_to("合并预览")
    twins.hands.press(Qt.Key.Key_Return)
    assert twins.hands.cells("合并预览", 3) == ["曾晓明", "新村路 9 号"]
    assert twins.hands.has("改回保留的写法")
    twins.tell("合并", "合并根据", "本人确认")
    assert twins.names() == ["曾晓明"]


def test_two_files_are_merged_with_a_reason_and_the_pair_is_gone(twins: Twins, qtbot: QtBot) -> None:
    with qtbot.waitSignal(twins.dialog.merged) as told:
        twins.tell("合并", "合并根据", "同一手机，本人确认")
    assert told.args == [twins.kept]
    assert twins.names() == ["曾小明"]
    assert twins.hands.table("疑似重复").model().rowCount() == 0
    assert twins.hands.said() == "“曾晓明”已并入“曾小明”，可在“合并记录”里撤销。"


def test_a_merge_is_preceded_by_a_backup_and_does_not_begin_without_it(twins: Twins) -> None:
    home = twins.office.desk.home
    (home / "backups").write_text("a file where the folder should be", encoding="utf-8")
    twins.tell("合并", "合并根据", "本人确认")
    assert "合并没有开始" in twins.hands.said()
    assert len(twins.names()) == 2
    (home / "backups").unlink()
    QApplication.activeModalWidget().reject()
    twins.tell("合并", "合并根据", "本人确认")
    assert twins.names() == ["曾小明"]
    assert [row.customers for row in listing(home)] == [2]


def test_without_a_reason_nothing_is_merged(twins: Twins) -> None:
    twins.tell("合并", "合并根据", "")
    assert "写明根据" in twins.hands.said()
    assert len(twins.names()) == 2


def test_the_younger_file_may_be_the_one_to_keep(twins: Twins) -> None:
    twins.hands.click("两份对调")
    twins.tell("合并", "合并根据", "本人确认")
    assert twins.names() == ["曾晓明"]


def test_a_pair_that_is_two_people_is_dismissed(twins: Twins) -> None:
    with twins.hands.answering("不是同一人"):
        twins.hands.click("不是同一人")
    assert twins.hands.table("疑似重复").model().rowCount() == 0
    assert twins.office.duplicates.pairs() == []
    assert len(twins.names()) == 2


def test_a_merge_is_taken_back_from_the_list_of_merges(twins: Twins) -> None:
    twins.office.merging.merge(twins.kept, twins.merged, "同一人", act())
    twins.open_for(twins.kept)
    twins.turn_to("合并记录")
    twins.tell("撤销合并", "撤销原因", "父子两人")
    assert sorted(twins.names()) == ["曾小明", "曾晓明"]
    assert twins.hands.cells("合并记录", 5) == ["已撤销"]
    assert not twins.hands.button("撤销合并").isEnabled()


def test_a_customers_own_duplicates_are_looked_up_from_his_file(
    qtbot: QtBot, office: Office, jobs: Jobs, answered: Answered
) -> None:
    first = file_of(office)
    second = file_of(office, name="曾晓明", vehicles=())
    hands = entered(qtbot, office)
    MergeDoor(office, Session(office.desk), jobs, answered, hands.page)
    hands.page.show_customer(first)
    next(action for action in hands.page.findChildren(QAction) if action.text() == "查找重复档案与合并").trigger()
    dialog = hands.page.findChild(MergeDialog)
    qtbot.waitUntil(dialog.isVisible)
    assert len(hands.cells("客户档案", 0)) == 2
    office.merging.merge(first, second, "同一人", act())
    dialog.merged.emit(first)
    assert hands.cells("客户档案", 0) == ["曾小明"]
    dialog.reject()


def test_a_pair_left_out_by_mistake_is_brought_back(twins: Twins) -> None:
    with twins.hands.answering("不是同一人"):
        twins.hands.click("不是同一人")
    twins.turn_to("已排除")
    assert twins.hands.cells("已排除", 1) == ["曾小明"]
    twins.hands.click("恢复查重")
    assert "重新列在" in twins.hands.said()
    assert twins.hands.cells("已排除", 1) == []
    assert not twins.hands.button("恢复查重").isEnabled()
    twins.turn_to("疑似重复")
    assert twins.hands.cells("疑似重复", 2) == ["曾晓明"]


def test_another_file_is_found_from_ones_own_and_merged(qtbot: QtBot, twins: Twins) -> None:
    stranger = file_of(twins.office, name="王强", contacts=(ContactDraft("13900001111"),), vehicles=())
    twins.open_for(stranger)
    assert twins.hands.table("疑似重复").model().rowCount() == 0
    twins.hands.walk_to("另一份档案")
    twins.hands.write("曾小明")
    qtbot.waitUntil(lambda: bool(twins.hands.field("另一份档案").offers()))
    twins.hands.press(Qt.Key.Key_Return)
    assert twins.hands.cells("疑似重复", 3) == ["手选的两份，没有相同的号码、车辆和姓名"]
    twins.tell("合并", "合并根据", "换了号码，本人确认")
    assert sorted(twins.names()) == ["曾小明", "曾晓明"]


def test_ones_own_file_is_not_offered_as_the_other(qtbot: QtBot, twins: Twins) -> None:
    twins.open_for(twins.kept)
    twins.hands.walk_to("另一份档案")
    twins.hands.write("5521")
    qtbot.waitUntil(lambda: bool(twins.hands.field("另一份档案").offers()))
    assert [offer.value.customer_id for offer in twins.hands.field("另一份档案").offers()] == [twins.merged]


def test_a_merge_that_waits_for_a_later_one_says_so(twins: Twins) -> None:
    third = file_of(twins.office, name="王强", vehicles=())
    twins.office.merging.merge(twins.kept, twins.merged, "同一人", act())
    twins.office.merging.merge(twins.kept, third, "同一人", act())
    twins.open_for(twins.kept)
    twins.turn_to("合并记录")
    assert twins.hands.cells("合并记录", 5) == ["", "先撤销上面的"]
    twins.hands.table("合并记录").selectRow(1)
    twins.tell("撤销合并", "撤销原因", "父子两人")
    assert "请先撤销后一次：“王强”并入“曾小明”。" in twins.hands.said()


def test_two_customers_marked_in_the_list_are_set_side_by_side(
    qtbot: QtBot, office: Office, jobs: Jobs, answered: Answered
) -> None:
    file_of(office)
    file_of(office, name="王强", contacts=(ContactDraft("13900001111"),), vehicles=())
    hands = entered(qtbot, office)
    MergeDoor(office, Session(office.desk), jobs, answered, hands.page)
    merge = next(action for action in hands.page.findChildren(QAction) if action.text() == "合并选中的两位")
    merge.trigger()
    assert "先在左边选好两位客户" in hands.said()
    hands.table("客户档案").selectAll()
    merge.trigger()
    dialog = hands.page.findChild(MergeDialog)
    qtbot.waitUntil(dialog.isVisible)
    dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose, False)
    seen = Hands(qtbot, dialog, answered)
    assert (seen.cells("疑似重复", 1), seen.cells("疑似重复", 2)) == (["曾小明"], ["王强"])
    assert seen.cells("合并预览", 0)
    dialog.reject()
