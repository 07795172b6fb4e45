"""The contender of ``bench_start``: the window with its three bands, dressed and painted, its rooms not yet built."""

from __future__ import annotations

import gc
import os

gc.disable()  # as ``python -m crm_desktop`` does
# ruff: noqa: E402 - in its order, too

from PySide6.QtWidgets import QWidget

from crm_desktop.gui import theme
from crm_desktop.gui.jobs import Jobs
from crm_desktop.gui.main_window import MainWindow, Walls
from crm_desktop.gui.messages import Messages
from crm_desktop.gui.navigation import Entry
from crm_desktop.gui.widgets.suggest_line import Suggestion

ROOMS = {
    "今日": "sun",
    "客户档案": "users",
    "抱怨投诉": "message-exclamation",
    "返修": "tool",
    "回访": "phone-call",
    "纠正预防": "shield-check",
    "报表": "chart-bar",
    "设置": "settings",
}


def too_early() -> QWidget:
    """Rooms are no part of the shell."""
    raise SystemExit("a room was built before the shell was painted")


def nothing_found(text: str) -> list[Suggestion]:
    """A search without data."""
    return []


app = theme.application([])
theme.apply(app)
messages = Messages()
jobs = Jobs(messages.refused, messages.note)
entries = [Entry(name, icon, too_early) for name, icon in ROOMS.items()]
window = MainWindow(Walls(dealer="示范汽车 4S 店", place="数据 D:\\客诉管家"), entries, jobs, messages, nothing_found)
window.show()
window.grab()
os._exit(0)
