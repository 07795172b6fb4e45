"""看哪些客户: everybody, one's own, a list of what is missing, a filter kept under a name, or one made now."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from PySide6.QtCore import Signal
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QMenu

from crm_desktop.domain.completeness import Gap
from crm_desktop.domain.errors import DeskError
from crm_desktop.domain.segments import CustomerFilter, SavedRow
from crm_desktop.gui.asking import Asking
from crm_desktop.gui.customers.filter_question import NarrowList
from crm_desktop.gui.customers.profile_desk import SCREEN, ProfileDesk
from crm_desktop.gui.messages import Messages
from crm_desktop.gui.session import Session
from crm_desktop.gui.widgets.buttons import Button

ALL = "全部客户"
_EVERYBODY = CustomerFilter()


@dataclass(frozen=True, slots=True)
class View:
    """What the list shows; ``saved`` where it is a filter kept under a name."""

    title: str = ALL
    wanted: CustomerFilter = _EVERYBODY
    saved: SavedRow | None = None


class ViewButton(Button):
    """Says what is looked at; its menu offers the rest. ``viewed``: another view was chosen."""

    viewed = Signal()

    def __init__(self, desk: ProfileDesk, session: Session, messages: Messages) -> None:
        super().__init__(ALL, icon="filter")
        self._desk, self._session, self._messages = desk, session, messages
        self._asking = Asking(desk.access, desk.staff, session, self._now, messages, self)
        self._question: NarrowList | None = None
        self._views: dict[QAction, View] = {}
        self._menu = QMenu(self)
        self._menu.setAccessibleName("看哪些客户")
        self.view = View()
        self.setMenu(self._menu)
        self._menu.aboutToShow.connect(self.fill)
        self._menu.triggered.connect(self._on_chosen)
        self._asking.stored.connect(self._on_narrowed)

    @property
    def everybody(self) -> bool:
        """Whether nothing is left out."""
        return self.view.wanted == _EVERYBODY

    def show_all(self) -> None:
        """Everybody again."""
        self._look_at(View())

    def fill(self) -> None:
        """The views with how many customers each holds, as of now."""
        self._menu.clear()
        self._views = {self._menu.addAction(ALL): View()}
        if self._session.person is not None:
            mine = View("我的客户", CustomerFilter(owner=self._session.name))
            self._views[self._menu.addAction("我的客户")] = mine
        self._menu.addSeparator()
        for gap, count in self._desk.gaps.counts().items():
            self._views[self._menu.addAction(f"{gap}（{count:,}）")] = View(str(gap), CustomerFilter(gap=Gap(gap)))
        saved = self._desk.segments.saved(self._session.name)
        if saved:
            self._menu.addSeparator()
        for row in saved:
            self._views[self._menu.addAction(row.name)] = View(row.name, row.filter, row)
        self._menu.addSeparator()
        self._menu.addAction("筛选…").setObjectName("narrow")
        if self.view.saved is not None:
            self._menu.addAction(f"删掉筛选“{self.view.title}”").setObjectName("remove")

    # -- slots ---------------------------------------------------------------------------------------------------

    def _on_chosen(self, action: QAction) -> None:
        if action in self._views:
            self._look_at(self._views[action])
        elif action.objectName() == "narrow":
            self._question = NarrowList(self._desk, self.view.wanted)
            self._asking.begin(self._question, SCREEN)
        elif self.view.saved is not None:
            self._remove(self.view.saved)

    def _on_narrowed(self, sentence: str) -> None:
        question = self._question
        if question is not None and question.found is not None:
            saved = [row for row in self._desk.segments.saved(self._session.name) if row.name == question.name]
            self._look_at(View(question.name or "筛选结果", question.found, saved[0] if saved else None))
        self._messages.done(sentence)

    # -- helpers -------------------------------------------------------------------------------------------------

    def _remove(self, row: SavedRow) -> None:
        try:
            self._desk.segments.remove(row.id, row.ver, self._session.act(SCREEN))
        except DeskError as refusal:
            self._messages.refused(refusal.sentence)
        else:
            self._messages.done(f"筛选“{row.name}”已删掉。")
            self.show_all()

    def _look_at(self, view: View) -> None:
        self.view = view
        self.say(view.title)
        self.viewed.emit()

    def _now(self) -> datetime:
        return self._session.act(SCREEN).at
