"""提醒: clocks due soon or late are told once in the bar and counted; nothing is told twice until it gets worse."""

from __future__ import annotations

import pytest
from PySide6.QtWidgets import QLineEdit

from crm_desktop.app.alerts import Alerts
from crm_desktop.gui.messages import Messages
from tests.makers import act, at, office, registered  # noqa: F401 - office is a fixture, found by its name

pytestmark = pytest.mark.usefixtures("qapp")


class Watcher:
    """Alerts on a desk whose clock a test moves."""

    def __init__(self, made):
        self.now, self.counts, self.messages = at("2026-11-21 14:00"), [], Messages()
        self.alerts = Alerts(made.clocks, self.clock, self.messages, self.messages)
        self.alerts.counted.connect(self.counts.append)

    def clock(self):
        return self.now

    def look(self, local):
        """What is newly told at this hour."""
        self.now, self.messages.last = at(local), None
        self.alerts.look()
        return self.messages.last.text if self.messages.last else ""


@pytest.fixture
def watcher(office):  # noqa: F811 - the fixture of that name
    """A 重大 complaint of 13:44, due to be handed over at 13:54 and answered at 14:14."""
    registered(office, severity="重大", received_at=at("2026-11-21 13:44"))
    return Watcher(office)


def test_a_late_clock_is_told_once_with_whom_it_is_brought_before(watcher):
    assert watcher.look("2026-11-21 13:58") == "TS20261121-001 移交 超期 4 分钟，请报服务总监。"
    assert watcher.look("2026-11-21 13:58") == ""


def test_what_gets_worse_is_told_again_and_both_clocks_are_counted(watcher):
    watcher.look("2026-11-21 13:58")
    told = watcher.look("2026-11-21 14:16")
    assert "移交 超期 22 分钟，请报总经理" in told
    assert "响应 超期 2 分钟，请报服务总监" in told
    assert watcher.counts[-1] == 2


def test_while_there_is_time_nobody_is_alarmed(watcher):
    assert (watcher.look("2026-11-21 13:50"), watcher.counts) == ("", [0])


def test_a_clock_set_back_is_told_once(watcher):
    assert watcher.look("2026-11-20 09:00").startswith("电脑时间 2026-11-20 09:00 早于已有的记录 2026-11-21 14:00")
    assert watcher.look("2026-11-20 09:01") == ""


def test_a_refusal_is_left_alone_for_a_while_and_the_alert_comes_after_it(watcher):
    watcher.messages.refused("还不能关闭，缺 1 项：没有定责任人。")
    watcher.alerts.look()
    assert watcher.messages.last.text.startswith("还不能关闭")
    assert watcher.counts == [1]
    assert watcher.look("2026-11-21 14:01").startswith("TS20261121-001 移交 超期 7 分钟")


def test_whoever_it_is_brought_before_is_told_himself_when_he_sits_down(watcher):
    watcher.look("2026-11-21 13:58")
    watcher.alerts.seat(("服务总监",))
    assert watcher.look("2026-11-21 13:58") == "TS20261121-001 移交 超期 4 分钟，已报到服务总监，请您处理。"
    watcher.alerts.seat(("服务顾问",))
    assert watcher.look("2026-11-21 13:58") == ""


def test_an_alert_leads_to_the_case_it_speaks_of(watcher):
    asked = []
    watcher.alerts.wanted.connect(asked.append)
    watcher.look("2026-11-21 13:58")
    watcher.alerts.lead()
    assert (asked, watcher.messages.last.number) == (["TS20261121-001"], "TS20261121-001")


def test_an_alert_never_takes_the_keyboard_from_whoever_types(watcher, qtbot):
    line = QLineEdit()
    qtbot.addWidget(line)
    line.show()
    line.activateWindow()
    line.setFocus()
    qtbot.waitUntil(line.hasFocus)
    assert watcher.look("2026-11-21 13:58")
    assert line.hasFocus()


def test_what_was_done_is_no_alarm_any_more(watcher, office):  # noqa: F811 - the fixture of that name
    office.complaints.hand_over("TS20261121-001", 1, act())
    assert watcher.look("2026-11-21 14:01") == ""


class Tray:
    """What the tray is told while a test says who sits there and what he wants."""

    def __init__(self, made):
        self.locked = self.silent = False
        self.told, self.now = [], at("2026-11-21 13:58")
        self.alerts = Alerts(made.clocks, lambda: self.now, Messages(), None, lambda: self.locked, lambda: self.silent)
        self.alerts.noticed.connect(self.told.append)


@pytest.fixture
def tray(watcher, office):  # noqa: F811 - the fixture of that name
    """The tray beside the complaint of ``watcher``."""
    return Tray(office)


def test_a_notice_tells_number_and_clock_and_nobody_by_name(tray):
    tray.alerts.look()
    tray.alerts.look()
    assert tray.told == ["TS20261121-001 移交 超期 4 分钟。"]


def test_each_stage_of_a_clock_is_noticed_once(tray):
    for minute in ("13:53", "13:53", "13:55", "13:56", "14:12", "14:15"):
        tray.now = at(f"2026-11-21 {minute}")
        tray.alerts.look()
    stages = [tuple(words.split()[1:3]) for words in "；".join(tray.told).split("；")]
    assert [stage for stage in stages if stage[0] == "响应"] == [("响应", "还剩"), ("响应", "超期")]
    assert stages[0] == ("移交", "还剩")
    assert len(tray.told) == 4


def test_while_nobody_is_logged_in_only_the_count_is_told(tray):
    tray.locked = True
    tray.alerts.look()
    assert tray.told == ["有 1 个时限快到或已超期，请登录后处理。"]


def test_switched_off_the_tray_is_silent_and_the_window_still_counts(tray):
    tray.silent, counts = True, []
    tray.alerts.counted.connect(counts.append)
    tray.alerts.look()
    assert (tray.told, counts) == ([], [1])
