"""The window: its rooms, its search, its message bar, and how it closes."""

from __future__ import annotations

import threading
from pathlib import Path

import pytest
from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QCloseEvent
from PySide6.QtWidgets import QApplication, QLabel, QLineEdit, QMessageBox, QPushButton, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from crm_desktop.domain.search import Hit, HitGroup, HitKind
from crm_desktop.gui.jobs import Cancelled, Jobs, Progress
from crm_desktop.gui.main_window import MainWindow, Walls
from crm_desktop.gui.messages import Messages
from crm_desktop.gui.navigation import Entry
from crm_desktop.gui.widgets.scroll_page import ScrollPage
from tests.gui.furniture import noon


class Room(QLabel):
    """A page that may hold unsaved work."""

    def __init__(self) -> None:
        super().__init__("一间房")
        self.lost = ""
        self.other, self.begin = QLineEdit(), QLineEdit()
        QVBoxLayout(self).addWidget(self.other)
        self.layout().addWidget(self.begin)

    def take_focus(self) -> None:
        self.begin.setFocus()

    def unsaved(self) -> str:
        return self.lost


LI = Hit(HitKind.CUSTOMER, 17, "138****5521", "李建国", "电话含“5521”", customer_id=17)


def found(text: str) -> list[HitGroup]:
    return [HitGroup(HitKind.CUSTOMER, "客户", (LI,), more=False)] if text == "5521" else []


class House:
    """A window with two rooms, and everything it was given."""

    def __init__(self, memory: Path | None = None) -> None:
        self.built: list[Room] = []
        self.messages = Messages()
        self.jobs = Jobs(self.messages.refused, self.messages.note)
        entries = (Entry("今日", "sun", self.build), Entry("回访", "phone-call", self.build))
        walls = Walls(dealer="示范 4S 店", place="数据 D:", demo="演示数据")
        self.window = MainWindow(walls, entries, self.jobs, self.messages, found, noon, memory)

    def build(self) -> QWidget:
        self.built.append(Room())
        return self.built[-1]

    def button(self, name: str) -> QPushButton:
        return next(made for made in self.window.findChildren(QPushButton) if made.accessibleName() == name)

    def line(self, name: str) -> QLineEdit:
        return next(made for made in self.window.findChildren(QLineEdit) if made.accessibleName() == name)

    def words(self) -> set[str]:
        return {label.text() for label in self.window.findChildren(QLabel)}


@pytest.fixture
def house(qtbot: QtBot) -> House:
    made = House()
    qtbot.addWidget(made.window)
    made.window.show()
    qtbot.waitActive(made.window)
    qtbot.waitUntil(lambda: made.window.current_name() == "今日")
    return made


def test_the_title_begins_with_the_product_and_names_the_dealership(house: House) -> None:
    assert house.window.windowTitle() == "客诉管家 – 示范 4S 店"
    assert {"客诉管家", "示范 4S 店", "演示数据", "数据 D:"} <= house.words()


def test_a_sentence_takes_the_room_of_the_place_before_it_is_cut_itself(house: House, qtbot: QtBot) -> None:
    house.window.resize(1366, 768)
    house.window.set_place("数据 " + "D:/很长的文件夹" * 12 + " · 备份正常")
    sentence = house.line("消息")
    place = next(label for label in house.window.findChildren(QLabel) if label.text().startswith("数据"))
    house.messages.done("某" * 50 + " 的档案已保存。")
    qtbot.waitUntil(lambda: sentence.width() >= sentence.sizeHint().width())
    assert 0 < place.width() < place.sizeHint().width()
    assert "备份正常" in place.toolTip()


def test_a_very_long_sentence_keeps_the_window_as_wide_as_it_was(house: House, qtbot: QtBot) -> None:
    house.window.resize(1366, 768)
    house.messages.refused("某" * 300 + " 的档案没有保存。")
    sentence = house.line("消息")
    qtbot.waitUntil(lambda: sentence.width() > 700)
    assert house.window.width() == 1366
    assert house.window.minimumSizeHint().width() < 1366
    assert "没有保存" in sentence.toolTip()


def test_the_shell_is_there_before_the_first_room(qtbot: QtBot) -> None:
    house = House()
    qtbot.addWidget(house.window)
    assert house.built == []
    with qtbot.waitSignal(house.window.page_shown) as shown:
        house.window.show()
    assert shown.args[0] == "今日"


def test_a_room_is_built_once_when_it_is_first_entered(house: House, qtbot: QtBot) -> None:
    for name in ("回访", "今日", "回访"):
        qtbot.mouseClick(house.button(name), Qt.MouseButton.LeftButton)
    assert house.window.current_name() == "回访"
    assert len(house.built) == 2


def test_a_room_may_be_built_without_being_entered(house: House) -> None:
    assert house.window.page("回访") is house.built[1]
    assert house.window.current_name() == "今日"


def test_a_room_is_entered_where_its_work_begins_and_left_as_it_was(house: House, qtbot: QtBot) -> None:
    control = Qt.KeyboardModifier.ControlModifier
    qtbot.keyClick(house.window, Qt.Key.Key_2, control)
    assert QApplication.focusWidget() is house.built[1].begin
    house.built[1].other.setFocus()
    for key in (Qt.Key.Key_1, Qt.Key.Key_2):
        qtbot.keyClick(house.window, key, control)
    assert QApplication.focusWidget() is house.built[1].other


def test_below_a_cover_no_room_takes_the_keyboard(house: House, qtbot: QtBot) -> None:
    lock = QLineEdit()
    house.window.cover(lock)
    lock.setFocus()
    house.window.show_page("回访")
    assert QApplication.focusWidget() is lock
    house.window.uncover()
    assert QApplication.focusWidget() is house.built[1].begin


def test_what_waits_in_a_room_is_told_to_a_screen_reader_beside_its_name(house: House) -> None:
    house.window.set_count("回访", 5)
    assert house.button("回访").accessibleDescription() == "5 件"
    house.window.set_count("回访", 0)
    assert house.button("回访").accessibleDescription() == ""
    assert house.button("今日").accessibleDescription() == "当前页"


def test_the_arrows_walk_through_the_rooms_names(house: House, qtbot: QtBot) -> None:
    house.button("今日").setFocus()
    qtbot.keyClick(house.button("今日"), Qt.Key.Key_Down)
    assert QApplication.focusWidget() is house.button("回访")
    qtbot.keyClick(house.button("回访"), Qt.Key.Key_Space)
    assert house.window.current_name() == "回访"


def test_the_foot_says_who_is_at_the_desk_and_what_time_it_is(house: House) -> None:
    house.window.set_person("王敏 · 服务顾问")
    assert {"王敏 · 服务顾问", "F9 换人 · 12:00"} <= house.words()


def test_the_keys_of_the_window_do_what_is_written_on_it(house: House, qtbot: QtBot) -> None:
    control = Qt.KeyboardModifier.ControlModifier
    with qtbot.waitSignal(house.window.action_wanted):
        qtbot.keyClick(house.window, Qt.Key.Key_N, control)
    with qtbot.waitSignal(house.window.person_wanted):
        qtbot.keyClick(house.window, Qt.Key.Key_F9)
    qtbot.keyClick(house.window, Qt.Key.Key_2, control)
    assert house.window.current_name() == "回访"
    qtbot.keyClick(house.window, Qt.Key.Key_K, control)
    assert QApplication.focusWidget() is house.line("搜索")


def test_enter_in_the_search_box_does_not_wait(house: House, qtbot: QtBot) -> None:
    search = house.line("搜索")
    search.setFocus()
    qtbot.keyClicks(search, "5521")
    with qtbot.waitSignal(house.window.found) as got:
        qtbot.keyClick(search, Qt.Key.Key_Return)
    assert (got.args, search.text()) == ([LI], "")


def test_a_sentence_stands_in_the_bar_where_a_screen_reader_finds_it(house: House) -> None:
    house.messages.refused("请先填责任人，再关闭。")
    assert house.line("消息").text() == "请先填责任人，再关闭。"
    assert house.messages.last is not None
    assert house.messages.last.text == "请先填责任人，再关闭。"


def test_a_file_written_can_be_opened_from_the_bar(house: House, tmp_path: Path) -> None:
    house.messages.done("已导出。", tmp_path / "登记表.xlsx")
    assert house.button("打开文件").isVisible()
    house.messages.done("已保存。")
    assert not house.button("打开文件").isVisible()


def test_work_under_way_is_shown_with_its_cancel(house: House, qtbot: QtBot) -> None:
    def work(progress: Progress, cancelled: Cancelled) -> None:
        while True:
            progress(1, 4)
            threading.Event().wait(0.005)

    house.jobs.run(work, house.messages.note, label="导出登记表")
    cancel = house.button("取消")
    qtbot.waitUntil(cancel.isVisible)
    qtbot.mouseClick(cancel, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: not cancel.isVisible())
    assert house.line("消息").text() == "已取消：导出登记表"


def answer(qtbot: QtBot, word: str) -> None:
    """Presses a button of the next box, as a person would."""

    def press_it() -> None:
        box = QApplication.activeModalWidget()
        assert isinstance(box, QMessageBox)
        button = next(made for made in box.buttons() if made.text() == word)
        qtbot.mouseClick(button, Qt.MouseButton.LeftButton)

    QTimer.singleShot(50, press_it)


def test_unsaved_work_is_asked_about_before_the_window_closes(house: House, qtbot: QtBot) -> None:
    house.built[0].lost = "抱怨单里的字"
    answer(qtbot, "回去保存")
    staying = QCloseEvent()
    QApplication.sendEvent(house.window, staying)
    assert not staying.isAccepted()
    answer(qtbot, "不保存，退出")
    assert house.window.close()


def test_enter_in_a_box_is_the_harmless_answer(house: House, qtbot: QtBot) -> None:
    def press_enter() -> None:
        qtbot.keyClick(QApplication.activeModalWidget(), Qt.Key.Key_Return)

    QTimer.singleShot(50, press_enter)
    assert not house.messages.ask("作废这张抱怨单？", "作废后仍留在登记表上。", "作废")


def test_closing_with_work_under_way_waits_for_it(house: House) -> None:
    def work(progress: Progress, cancelled: Cancelled) -> None:
        while not cancelled():
            threading.Event().wait(0.005)

    job = house.jobs.run(work, house.messages.note)
    house.window.close()
    assert job.isFinished()
    assert house.messages.last is None


def test_the_window_comes_back_where_it_was(qtbot: QtBot, tmp_path: Path) -> None:
    memory = tmp_path / "window.ini"
    house = House(memory)
    qtbot.addWidget(house.window)
    house.window.show()
    house.window.resize(house.window.width(), 650)
    house.window.close()
    again = House(memory)
    qtbot.addWidget(again.window)
    assert again.window.height() == 650


def test_a_broken_memory_leaves_the_usual_size(qtbot: QtBot, tmp_path: Path) -> None:
    memory = tmp_path / "window.ini"
    memory.write_text("[General]\nwindow=@ByteArray(nonsense)\n", "utf-8")
    house = House(memory)
    qtbot.addWidget(house.window)
    assert house.window.width() >= 640


@pytest.mark.parametrize("width", [960, 1280])
def test_a_room_wider_than_a_small_screen_at_200_percent_can_be_moved_sideways(qtbot: QtBot, width: int) -> None:
    house = House()
    house.window.page("今日").setMinimumWidth(1000)
    qtbot.addWidget(house.window)
    house.window.show()
    house.window.show_page("今日")
    house.window.resize(width, 640)
    [around] = [page for page in house.window.findChildren(ScrollPage) if page.isVisible()]
    qtbot.waitUntil(lambda: around.horizontalScrollBar().isVisible() == (width < 1000))
