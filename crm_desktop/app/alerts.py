"""提醒: what is due soon or late, said once in the bar and the tray, and counted in red at 今日; no focus is taken.

A notice in the tray may be seen by customers: it tells number and clock, nobody's name and nobody's words, and while
the window is locked only how many clocks call.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import datetime, timedelta

from PySide6.QtCore import QObject, QTimer, Signal
from PySide6.QtWidgets import QSystemTrayIcon

from crm_desktop.clock import Clock, to_local
from crm_desktop.domain.due import FOLLOW_UP, OpenMilestone
from crm_desktop.gui import icons
from crm_desktop.gui.clock_words import open_words
from crm_desktop.gui.messages import Message, Messages, Mood
from crm_desktop.services.clocks import Clocks

_MINUTE_MS = 60_000
_AFTER_REFUSAL = timedelta(seconds=20)
"""So long whoever was refused something has the sentence to himself."""
_TOLD_AT_ONCE = 3
_TITLE = "客诉管家"
_LOCKED = "有 {} 个时限快到或已超期，请登录后处理。"
_OF_A_MEASURE = frozenset({"measure", "evaluation"})


def _never() -> bool:
    return False


class Alerts(QObject):
    """``counted`` carries how many clocks are due soon or late, ``noticed`` the words of a notice in the tray.
    ``wanted``: somebody pressed it; carries the complaint that was told first."""

    counted = Signal(int)
    noticed = Signal(str)
    wanted = Signal(str)

    def __init__(
        self,
        clocks: Clocks,
        clock: Clock,
        messages: Messages,
        parent: QObject,
        locked: Callable[[], bool] = _never,
        silent: Callable[[], bool] = _never,
    ) -> None:
        """``locked``: nobody sits at the desk. ``silent``: this computer wants no notices in the tray."""
        super().__init__(parent)
        self._clocks, self._clock, self._messages = clocks, clock, messages
        self._locked, self._silent = locked, silent
        self._told: set[tuple[str, str, str, str]] = set()
        self._noticed: set[str] = set()
        self._roles: frozenset[str] = frozenset()
        self._number = ""
        self._refused_at: datetime | None = None
        self._tray = _tray(self)
        messages.said.connect(self._on_said)
        self._minute = QTimer(self)
        self._minute.timeout.connect(self.look)
        if self._tray is not None:
            self._tray.messageClicked.connect(self.lead)
            self._tray.activated.connect(self.lead)

    def begin(self, after_ms: int) -> None:
        """Soon, and from then on every minute."""
        self._minute.start(after_ms)

    def stop(self) -> None:
        """The program ends: nobody is told any more."""
        self._minute.stop()
        if self._tray is not None:
            self._tray.hide()

    def seat(self, roles: Iterable[str]) -> None:
        """Somebody in these roles sits here now; what is brought before him is told him once more."""
        before, self._roles = self._roles, frozenset(filter(None, roles))
        mine = {mark for mark in self._told if mark[-1] in self._roles - before}
        self._told -= mine

    def lead(self) -> None:
        """To the case that was told first, or to the list of all."""
        self.wanted.emit(self._number)

    def count(self) -> int:
        """How many clocks call for something now; says nothing about them."""
        found = self._alarming()
        self.counted.emit(len(found))
        return len(found)

    def look(self) -> None:
        """Counts, and tells what was not told before."""
        self._minute.setInterval(_MINUTE_MS)
        found = self._alarming()
        self.counted.emit(len(found))
        if self._refused_at is not None and self._clock() - self._refused_at < _AFTER_REFUSAL:
            self._minute.setInterval(_AFTER_REFUSAL // timedelta(milliseconds=1))
            return
        fresh = [row for row in found if _mark(row) not in self._told]
        self._told = {_mark(row) for row in found}
        sentence = "".join((*self._notices(), *((self._sentence(fresh),) if fresh else ())))
        if sentence:
            self._number = next((row.number for row in fresh if row.milestone not in _OF_A_MEASURE), "")
            self._messages.alert(sentence, self._number)
        if fresh and not self._silent():
            self._notice(fresh, len(found))

    def _notice(self, fresh: list[OpenMilestone], count: int) -> None:
        """Into the tray, where there is one; the window stays where it is."""
        now = to_local(self._clock())
        told = [f"{row.number} {open_words(row, now)}" for row in fresh[:_TOLD_AT_ONCE]]
        more = f"，另有 {len(fresh) - _TOLD_AT_ONCE} 件" if len(fresh) > _TOLD_AT_ONCE else ""
        words = _LOCKED.format(count) if self._locked() else f"{'；'.join(told)}{more}。"
        self.noticed.emit(words)
        if self._tray is not None:
            self._tray.showMessage(_TITLE, words, QSystemTrayIcon.MessageIcon.Warning)

    def _on_said(self, message: Message) -> None:
        self._refused_at = self._clock() if message.mood is Mood.REFUSED else None

    def _notices(self) -> list[str]:
        """A clock set back, a year without holidays: each is told once, and again when it came back."""
        found = self._clocks.notices(self._clock())
        fresh = [sentence for subject, sentence in found.items() if subject not in self._noticed]
        self._noticed = set(found)
        return fresh

    def _alarming(self) -> list[OpenMilestone]:
        """Calls have their own red number at 回访."""
        return [row for row in self._clocks.alerts(self._clock()) if row.milestone != FOLLOW_UP]

    def _sentence(self, rows: list[OpenMilestone]) -> str:
        now = to_local(self._clock())
        told = [f"{row.number} {open_words(row, now)}{self._brought_before(row)}" for row in rows[:_TOLD_AT_ONCE]]
        more = f"，另有 {len(rows) - _TOLD_AT_ONCE} 件见“今日”" if len(rows) > _TOLD_AT_ONCE else ""
        return f"{'；'.join(told)}{more}。"

    def _brought_before(self, row: OpenMilestone) -> str:
        if row.tell in self._roles:
            return f"，已报到{row.tell}，请您处理"
        return f"，请报{row.tell}" if row.tell else ""


def _mark(row: OpenMilestone) -> tuple[str, str, str, str]:
    """Told again when it gets worse: late after soon, or before a higher one."""
    return row.number, row.milestone, str(row.state), row.tell


def _tray(parent: QObject) -> QSystemTrayIcon | None:
    if not QSystemTrayIcon.isSystemTrayAvailable():
        return None
    tray = QSystemTrayIcon(icons.program_icon(), parent)
    tray.setToolTip(_TITLE)
    tray.show()
    return tray
