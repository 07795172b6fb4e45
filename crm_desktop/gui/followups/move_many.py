"""Several calls get another day at once: one reason, a count in the words, and one step back."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from PySide6.QtCore import QObject, Signal
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QWidget

from crm_desktop.domain.acts import Act
from crm_desktop.domain.errors import DeskError, InvalidInput
from crm_desktop.domain.followups import FollowUpRow
from crm_desktop.domain.rights import Right
from crm_desktop.gui.asking import Asking, Question
from crm_desktop.gui.followups.call_desk import CallDesk
from crm_desktop.gui.messages import Messages
from crm_desktop.gui.session import Session
from crm_desktop.gui.step_dialog import Answer
from crm_desktop.gui.widgets.field_form import FieldForm
from crm_desktop.gui.widgets.row_table import RowTable

SCREEN = "回访"


class MoveMany(Question):
    """改期 of the calls marked in a list."""

    right, columns = Right.CALL, 1

    def __init__(self, desk: CallDesk, ids: Sequence[int]) -> None:
        self._desk, self.ids = desk, tuple(ids)
        self.title = word_of(len(ids))

    def about(self) -> str:
        return f"call:{','.join(map(str, self.ids))}"

    def ask(self, form: FieldForm, now: datetime) -> None:
        form.add_day("on", "改到")
        form.add_line("reason", "原因", "如 客户都要求节后再打")

    def do(self, answer: Answer, act: Act) -> str:
        day = answer.values["on"]
        if day is None:
            raise InvalidInput({"on": "请填改到哪一天，如 11-23。"})
        moved = self._desk.follow_ups.move_all(self.ids, day, str(answer.values["reason"]), act)
        return f"{moved} 个回访已改到 {day:%m-%d}。"


class MovingMany(QObject):
    """One for the room: puts the action into the menus of its lists. ``moved``: the lists are to be read again."""

    moved = Signal()

    def __init__(self, desk: CallDesk, session: Session, messages: Messages, page: QWidget) -> None:
        super().__init__(page)
        self._desk, self._session, self._messages = desk, session, messages
        self._asking = Asking(desk.access, desk.staff, session, self._now, messages, page)
        self._asking.stored.connect(self._on_stored)
        self._tables: dict[QAction, RowTable[FollowUpRow]] = {}
        self._ids: tuple[int, ...] = ()

    def offer_in(self, table: RowTable[FollowUpRow]) -> None:
        """The menu of this list counts the calls marked in it."""
        action = QAction(word_of(0), table)
        self._tables[action] = table
        table.addAction(action)
        table.menu_asked.connect(self._count)
        action.triggered.connect(self._on_wanted)

    def _count(self) -> None:
        for action, table in self._tables.items():
            action.setText(word_of(table.marked_count()))
            action.setEnabled(table.marked_count() > 0)

    def _on_wanted(self) -> None:
        action = self.sender()
        if isinstance(action, QAction):
            self._ids = tuple(row.id for row in self._tables[action].selected_rows())
            self._asking.begin(MoveMany(self._desk, self._ids), SCREEN)

    def _on_stored(self, sentence: str) -> None:
        self.moved.emit()
        self._messages.done(sentence, undo=self._take_back)

    def _take_back(self) -> None:
        try:
            count = self._desk.undo.many("follow_ups", self._ids, self._session.act(SCREEN), self._session.since)
        except DeskError as refusal:
            self._messages.refused(refusal.sentence)
            return
        self.moved.emit()
        self._messages.done(f"已撤销：{count} 个回访回到原来的日期。")

    def _now(self) -> datetime:
        return self._session.act(SCREEN).at


def word_of(count: int) -> str:
    """What is done to how many, as the menu says it."""
    return f"改期 {count} 个回访…" if count else "改期…"
