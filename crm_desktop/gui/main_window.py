"""The one window: rooms at the left, search and the main action on top, 消息 at the foot. Rooms meet only here."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import NamedTuple, Protocol, runtime_checkable

from PySide6.QtCore import QEvent, QSize, Qt, QTimer, Signal
from PySide6.QtGui import QCloseEvent, QPaintEvent, QShortcut
from PySide6.QtWidgets import QHBoxLayout, QMainWindow, QStackedWidget, QVBoxLayout, QWidget

from crm_desktop.clock import Clock, system_clock, to_local
from crm_desktop.gui.jobs import Jobs
from crm_desktop.gui.messages import Messages
from crm_desktop.gui.navigation import Entry, Navigation
from crm_desktop.gui.screens import can_be_seen, free_room
from crm_desktop.gui.search_box import Ask
from crm_desktop.gui.theme import scaled
from crm_desktop.gui.top_band import TopBand
from crm_desktop.gui.widgets.labels import PlainLabel
from crm_desktop.gui.widgets.message_bar import MessageBar
from crm_desktop.gui.widgets.scroll_page import ScrollPage

_USUAL_SIZE = QSize(1366, 768)
_SMALLEST_SIZE = QSize(1024, 640)


class Walls(NamedTuple):
    """The words on the walls of the window. ``demo`` is the text of the coloured bar of a sample home."""

    product: str = "客诉管家"
    dealer: str = ""
    place: str = ""
    demo: str = ""
    action: str = "新建抱怨单"
    search: str = "姓名 / 拼音 / 电话 / 车牌 / VIN / 单号 / 抱怨内容"
    person_key: str = "F9 换人"


@runtime_checkable
class HoldsWork(Protocol):
    """A page that may hold typed work which is not saved."""

    def unsaved(self) -> str:
        """What would be lost, in a few words; empty when nothing would."""


@runtime_checkable
class HasPlace(Protocol):
    """A page that knows where its work begins."""

    def take_focus(self) -> None:
        """The keyboard there."""


class MainWindow(QMainWindow):
    """Frame of the whole program; rooms are built when they are first entered.

    ``action_wanted``: the main action was pressed. ``found`` carries what was chosen in the search box.
    ``person_wanted``: somebody else comes to the desk (F9). ``page_built`` and ``page_shown`` carry name and page.
    """

    action_wanted = Signal()
    found = Signal(object)
    person_wanted = Signal()
    page_built = Signal(str, QWidget)
    page_shown = Signal(str, QWidget)

    def __init__(
        self,
        walls: Walls,
        entries: Sequence[Entry],
        jobs: Jobs,
        messages: Messages,
        ask: Ask,
        clock: Clock = system_clock,
        memory: Path | None = None,
    ) -> None:
        """``memory`` is the ini file that keeps the window's place on the screen; without it nothing is kept."""
        super().__init__()
        self._walls, self._clock, self._memory = walls, clock, memory
        self._jobs, self._messages = jobs, messages
        self._entries = {entry.name: entry for entry in entries}
        self._pages: dict[str, QWidget] = {}
        self._places: dict[str, int] = {}
        self._current = ""
        self._entered: set[str] = set()
        self._painted = False
        self._demo = PlainLabel(walls.demo)
        self._navigation = Navigation(walls.product, entries)
        self._top = TopBand(walls.search, walls.action, ask)
        self._stack = QStackedWidget()
        self._cover = QStackedWidget()
        self._bar = MessageBar(messages, jobs, clock)
        self._minute = QTimer(self)
        self._lay_out()
        self._connect()
        self._dress()

    # -- what others may call ------------------------------------------------------------------------------------

    def page(self, name: str) -> QWidget:
        """The page of a room, built now if nobody has been there yet."""
        if name not in self._pages:
            page = self._entries[name].build()
            self._pages[name] = page
            around = ScrollPage(page, self._stack, sideways=True)  # dressed once, where it stays
            self._places[name] = self._stack.addWidget(around)
            page.setProperty("room", name)
            if self._memory is not None and name != next(iter(self._entries)):
                self.setProperty("lists", str(self._memory))
            self.page_built.emit(name, page)
        return self._pages[name]

    def show_page(self, name: str) -> QWidget:
        """Enter a room: the keyboard where it was there before, the first time where the work begins."""
        page = self.page(name)
        self._navigation.mark(name)
        self._stack.setCurrentIndex(self._places[name])
        self._current = name
        self.page_shown.emit(name, page)
        self._give_place(name)
        return page

    def current_name(self) -> str:
        """The room that is open; empty before the first page is there."""
        return self._current

    def set_count(self, name: str, count: int) -> None:
        """The red number at a room."""
        self._navigation.set_count(name, count)

    def set_person(self, words: str) -> None:
        """Who is at the desk."""
        self._navigation.set_person(words)

    def set_place(self, words: str) -> None:
        """Where the data lies and how it is."""
        self._bar.set_place(words)

    def set_dealer(self, name: str) -> None:
        """The dealership's name, under the product and in the title."""
        self._navigation.set_dealer(name)
        self.setWindowTitle(f"{self._walls.product} – {name}" if name else self._walls.product)

    def cover(self, page: QWidget) -> None:
        """Nothing but this page (and the demo bar) is to be seen and worked; all below keeps what it holds."""
        if self._cover.indexOf(page) < 0:
            self._cover.addWidget(page)
        self._cover.setCurrentWidget(page)

    def uncover(self) -> None:
        """Back to the rooms, the keyboard where it was."""
        self._cover.setCurrentIndex(0)
        self._give_place(self._current)

    def is_covered(self) -> bool:
        """Whether the rooms are out of sight."""
        return self._cover.currentIndex() > 0

    # -- wiring --------------------------------------------------------------------------------------------------

    def _connect(self) -> None:
        self._messages.stand_on(self)
        self._navigation.wanted.connect(self.show_page)
        self._top.action_wanted.connect(self.action_wanted)
        self._top.found.connect(self.found)
        self._minute.timeout.connect(self._show_time)
        QShortcut("F9", self).activated.connect(self.person_wanted)

    # -- Qt ------------------------------------------------------------------------------------------------------

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        if not self._painted:
            self._painted = True
            QTimer.singleShot(0, self._enter_first)

    def closeEvent(self, event: QCloseEvent) -> None:
        if not self._may_close():
            event.ignore()
            return
        self._jobs.stop_all()
        self._remember()
        super().closeEvent(event)

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.PaletteChange:
            self._bar.dress()
        elif event.type() == QEvent.Type.FontChange:
            self._fit()

    # -- helpers -------------------------------------------------------------------------------------------------

    def _lay_out(self) -> None:
        """From the window inwards: whatever moves to another parent is dressed again with all that stands in it."""
        whole, rooms = QWidget(self), QWidget(self)
        self.setCentralWidget(whole)
        layout = QVBoxLayout(whole)
        layout.addWidget(self._demo)
        layout.addWidget(self._cover, 1)
        self._cover.addWidget(rooms)
        bands, right = QHBoxLayout(rooms), QVBoxLayout()
        bands.addWidget(self._navigation)
        bands.addLayout(right, 1)
        for widget, stretch in ((self._top, 0), (self._stack, 1), (self._bar, 0)):
            right.addWidget(widget, stretch)
        for box in (layout, bands, right):
            box.setContentsMargins(0, 0, 0, 0)
            box.setSpacing(0)

    def _dress(self) -> None:
        self._demo.setObjectName("demo")
        self._demo.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self._demo.setVisible(bool(self._walls.demo))
        self.set_dealer(self._walls.dealer)
        self.set_place(self._walls.place)
        self._fit()
        self._minute.start(10_000)
        self._show_time()
        self._come_back()

    def _fit(self) -> None:
        """The bands take the size that belongs to the present font."""
        self._demo.setFixedHeight(scaled(26))
        for band in (self._navigation, self._top, self._bar):
            band.fit()

    def _give_place(self, name: str) -> None:
        """The keyboard where it was in this room before, the first time where the work begins; never below a cover."""
        page, here = self._pages.get(name), self.focusWidget()
        if self.is_covered() or not isinstance(page, HasPlace):
            return
        if name not in self._entered or here is None or not page.isAncestorOf(here):
            self._entered.add(name)
            page.take_focus()

    def _enter_first(self) -> None:
        if self._entries and not self.current_name():
            self.show_page(next(iter(self._entries)))
            if self._memory is not None:
                QTimer.singleShot(0, self._remember_lists)

    def _remember_lists(self) -> None:
        """The start waits for no columns: the lists of the first page are arranged once it is painted."""
        from crm_desktop.gui.widgets.column_table import ColumnTable  # noqa: PLC0415 - once the first page stands

        self.setProperty("lists", str(self._memory))
        first = self._pages[next(iter(self._entries))]
        first.setProperty("byUrgency", True)
        for table in first.findChildren(ColumnTable):
            table.remember()

    def _show_time(self) -> None:
        self._navigation.set_foot(f"{self._walls.person_key} · {to_local(self._clock()):%H:%M}")

    def _may_close(self) -> bool:
        held = [page.unsaved() for page in self._pages.values() if isinstance(page, HoldsWork)]
        lost = "，".join(words for words in held if words)
        if not lost:
            return True
        return self._messages.ask(
            "还有没保存的内容", f"{lost}。现在退出，下次打开那里会放回来。", "不保存，退出", "回去保存"
        )

    def _remember(self) -> None:
        if self._memory is not None:
            from PySide6.QtCore import QSettings  # noqa: PLC0415 - when the window closes

            QSettings(str(self._memory), QSettings.Format.IniFormat).setValue("window", self.saveGeometry())

    def _come_back(self) -> None:
        """Where it stood last time, if that place is still on a screen; else the usual size inside this screen."""
        free = free_room(self)
        self.setMinimumSize(_SMALLEST_SIZE.boundedTo(free.size()))
        self.resize(_USUAL_SIZE.boundedTo(free.size()))
        if self._memory is None or not self._memory.is_file():
            return
        from PySide6.QtCore import QSettings  # noqa: PLC0415 - when it was closed before

        kept = QSettings(str(self._memory), QSettings.Format.IniFormat).value("window")
        if kept and self.restoreGeometry(kept) and not can_be_seen(self):
            self.resize(_USUAL_SIZE.boundedTo(free.size()))
            self.move(free.topLeft())
