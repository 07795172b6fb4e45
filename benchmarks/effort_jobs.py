"""Five jobs of the desk as a person does them: every key goes to what has the keyboard, and nothing is clicked.

Each begins on 今日 with the right person at the desk, and ends when what was wanted is stored, or lies in the preview.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

from PySide6.QtCore import QTimer
from PySide6.QtPrintSupport import QPrintDialog
from PySide6.QtWidgets import QApplication

from benchmarks.effort_desk import KNOWN_PLATE, PIN, TO_CLOSE
from benchmarks.effort_hands import Hands
from crm_desktop.gui.messages import Messages
from crm_desktop.gui.printing import NO_PRINTER
from crm_desktop.gui.widgets.row_table import RowTable

_ALL = "SELECT COUNT(*) FROM complaints"
_CLOSED = "SELECT COUNT(*) FROM complaints WHERE state = '已关闭'"


@dataclass(frozen=True)
class Desk:
    """The window that is worked, what it says, and its files, which are asked what came of it."""

    hands: Hands
    messages: Messages
    files: sqlite3.Connection

    def said(self, words: str) -> None:
        """Waits until the bar says so."""
        self.hands.until(lambda: self.messages.last and words in self.messages.last.text, f"the bar to say {words}")

    def asked(self, sql: str) -> Any:
        """One value out of the files."""
        return self.files.execute(sql).fetchone()[0]

    def newest(self) -> tuple[str, ...]:
        """Of the complaint that came in last: channel, 责任人, 厂家工单号, words."""
        fields = "channel, responsible, oem_ticket, words"
        found: tuple[str, ...] = self.files.execute(f"SELECT {fields} FROM complaints ORDER BY id DESC").fetchone()
        return found


@dataclass(frozen=True)
class Job:
    """``who`` sits at the desk; ``most`` is the goal in actions, where one was set."""

    title: str
    who: str
    do: Callable[[Desk], None]
    most: int | None = None


def known_customer(desk: Desk) -> None:
    """He stands at the counter: four characters of his plate, his words, saved."""
    hands, before = desk.hands, desk.asked(_ALL)
    hands.press("Ctrl+N")
    hands.stands_at("客户姓名")
    hands.type(KNOWN_PLATE[2:])
    hands.press("Return")
    hands.stands_at("抱怨内容")
    hands.type("变速箱二挡升三挡一顿一顿的，今天必须给我说法")
    hands.press("Ctrl+S")
    desk.said("已登记")
    assert desk.asked(_ALL) == before + 1


def hotline_ticket(desk: Desk) -> None:
    """The director takes it in, says whose it is, and keeps the number of the maker's ticket."""
    hands = desk.hands
    hands.press("Ctrl+N")
    hands.stands_at("客户姓名")
    hands.type(KNOWN_PLATE[2:])
    hands.press("Return")
    hands.stands_at("抱怨内容")
    hands.type("空调异味，修过两次没有修好")
    hands.press("Ctrl+S")
    desk.said("已登记")
    hands.stands_at("责任线")
    hands.press("3", "Return")
    hands.type("冯学勤")
    hands.press(*["Return"] * 6)
    hands.stands_at("厂家工单号")
    hands.type("400261120117")
    hands.press("Ctrl+S")
    desk.said("已保存")
    assert desk.newest()[:3] == ("400热线", "冯学勤", "400261120117")


def unhappy_call(desk: Desk) -> None:
    """Reached, 不满意, in his own words: the call is recorded and a complaint stands there with them."""
    hands = desk.hands
    hands.press("Ctrl+5")
    hands.stands_at("今天要打")
    hands.press("Return")
    hands.stands_at("结果")
    hands.press("1", "Return")
    hands.stands_at("满意度")
    hands.press("3", "F7")
    hands.stands_at("顾客反馈")
    hands.type("保养后方向盘抖，打了两次电话没有人回")
    hands.press("F7")
    desk.said("已转成抱怨单")
    assert desk.newest()[3].startswith("保养后方向盘抖")


def three_to_close(desk: Desk) -> None:
    """The last lines of 今日, one after the other: opened at the decision, decided, signed by PIN."""
    hands, before = desk.hands, desk.asked(_CLOSED)
    for place in range(TO_CLOSE):
        if place:
            hands.press("Ctrl+1")
        hands.stands_at("先办这几件")
        if not place:
            hands.press("Ctrl+End")
        hands.press("Return")
        hands.stands_at("关闭")
        hands.press("Space")
        hands.stands_at("PIN")
        hands.type(PIN)
        hands.press("Return")
        desk.said("已关闭")
        hands.until(lambda: QApplication.activeModalWidget() is None, "the question to go")
    assert desk.asked(_CLOSED) == before + TO_CLOSE


def print_register(desk: Desk) -> None:
    """This month's register, looked at and sent to the printer, as far as the system's own question.

    Where there is no printer the preview says so in its place.
    """
    hands = desk.hands
    hands.press("Ctrl+7")
    hands.stands_at("顾客抱怨及返修记录")
    table = hands.place()
    assert isinstance(table, RowTable)
    hands.until(table.count, "the register")
    hands.press("Ctrl+P")
    hands.stands_at("打印预览")
    with answered_by_nobody() as asked:
        hands.press("Ctrl+P")
    hands.until(lambda: asked or NO_PRINTER in (desk.messages.last.text if desk.messages.last else ""), "the printer")


@contextmanager
def answered_by_nobody() -> Iterator[list[str]]:
    """The question of the printer is seen and left with Esc: counting prints nothing. Gives the titles seen."""
    seen: list[str] = []

    def leave() -> None:
        box = QApplication.activeModalWidget()
        if isinstance(box, QPrintDialog):
            seen.append(box.windowTitle())
            box.reject()

    timer = QTimer(interval=20)
    timer.timeout.connect(leave)
    timer.start()
    yield seen
    timer.stop()


JOBS = {
    "known": Job("老客户当面抱怨", "谢文杰", known_customer, 6),
    "hotline": Job("400 工单到店", "程立群", hotline_ticket),
    "unhappy": Job("回访不满意，转成抱怨单", "周晓岚", unhappy_call),
    "closing": Job("服务总监关闭三张单", "程立群", three_to_close),
    "register": Job("打印本月登记表", "谢文杰", print_register),
}
