"""The tabs of a customer's profile: the file first, then what else is known; each is read when it is turned to."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from crm_desktop.clock import Clock
from crm_desktop.domain.customers import CustomerProfile
from crm_desktop.domain.errors import DeskError
from crm_desktop.gui.customers.classes_tab import ClassesTab
from crm_desktop.gui.customers.facts_tab import FactsTab
from crm_desktop.gui.customers.history_tab import HistoryTab
from crm_desktop.gui.customers.profile_desk import SCREEN, ProfileDesk
from crm_desktop.gui.customers.profile_tab import ProfileTab
from crm_desktop.gui.customers.warranty_tab import WarrantyTab
from crm_desktop.gui.messages import Messages
from crm_desktop.gui.session import Session
from crm_desktop.gui.widgets.books import Book
from crm_desktop.gui.widgets.scroll_page import ScrollPage

_FILE = "档案"


class ProfileBook(Book):
    """``changed``: something was typed in a tab; ``stored``: something was done at once, read everything again.

    ``complaint_wanted`` carries a number. Nothing typed is lost by turning a page.
    """

    changed = Signal()
    stored = Signal(str)
    complaint_wanted = Signal(str)

    def __init__(self, file: QWidget, desk: ProfileDesk, session: Session, messages: Messages, clock: Clock) -> None:
        super().__init__()
        self._session, self._messages = session, messages
        self._profile: CustomerProfile | None = None
        self._stale: set[ProfileTab] = set()
        history = HistoryTab(desk, session, messages, clock)
        self._tabs: tuple[ProfileTab, ...] = (
            FactsTab(desk, session, messages, clock),
            history,
            ClassesTab(desk, session, messages),
            WarrantyTab(desk, session, messages, clock),
        )
        self.addTab(ScrollPage(file), _FILE)
        for tab in self._tabs:
            self.addTab(tab if tab is history else ScrollPage(tab), tab.title)
            tab.changed.connect(self._on_changed)
            tab.stored.connect(self.stored)
        history.complaint_wanted.connect(self.complaint_wanted)
        self.currentChanged.connect(self._on_turned)

    @property
    def dirty(self) -> bool:
        """Whether a tab besides the file holds typed text that is not saved."""
        return any(tab.dirty for tab in self._tabs)

    def show_profile(self, profile: CustomerProfile | None) -> None:
        """Another customer, or the same one read again; a new one has his file only."""
        if profile is None or (self._profile is not None and profile.id != self._profile.id):
            self.give_up()
        self._profile = profile
        self._stale = set(self._tabs)
        for place in range(1, self.count()):
            self.setTabEnabled(place, profile is not None)
        if profile is None:
            self.setCurrentIndex(0)
        self._on_turned()

    def save(self) -> bool:
        """Saves every tab with typed text; the one that is refused comes to the front, as it was typed."""
        for place, tab in enumerate(self._tabs, 1):
            if tab.dirty:
                try:
                    tab.save(self._session.act(SCREEN))
                except DeskError as refusal:
                    self.setCurrentIndex(place)
                    self._messages.refused(refusal.sentence)
                    return False
        self._on_changed()
        return True

    def give_up(self) -> None:
        """What was typed besides the file is gone."""
        for tab in self._tabs:
            tab.give_up()
        self._stale = set(self._tabs)
        self._on_changed()

    def _on_turned(self) -> None:
        place = self.currentIndex() - 1
        if place < 0 or self._profile is None:
            return
        tab = self._tabs[place]
        if tab in self._stale:
            self._stale.discard(tab)
            tab.show_profile(self._profile)

    def _on_changed(self) -> None:
        for place, tab in enumerate(self._tabs, 1):
            self.setTabText(place, f"{tab.title} •" if tab.dirty else tab.title)
        self.changed.emit()
