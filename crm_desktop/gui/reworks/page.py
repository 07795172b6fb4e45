"""返修: cars in the workshop and all reworks at the left, the one at hand at the right."""

from __future__ import annotations

from operator import attrgetter

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtWidgets import QSplitter, QStackedWidget, QTabWidget

from crm_desktop.clock import local_day
from crm_desktop.domain.reworks import ReworkRow
from crm_desktop.gui.messages import Messages
from crm_desktop.gui.reworks.columns import COLUMNS, ReworkLine, stay_mark
from crm_desktop.gui.reworks.rework_panel import SCREEN, ReworkPanel
from crm_desktop.gui.session import Session
from crm_desktop.gui.widgets.empty_page import EmptyPage
from crm_desktop.gui.widgets.page import GAP, Card, Page, PageHead
from crm_desktop.gui.widgets.row_model import ROW_ROLE
from crm_desktop.gui.widgets.row_table import RowTable
from crm_desktop.services.reworks import Reworks

IN_WORKSHOP, ALL = "在修", "全部"
_PURPOSE = "从左边选一台车，这里记录它的修竣日期、质检员和结果。"
_NOTHING = {
    IN_WORKSHOP: "没有在修的返修车。\n车回厂返修时，打开它的抱怨单，在“返修”里登记。",
    ALL: "还没有登记过返修。\n车回厂返修时，打开它的抱怨单，在“返修”里登记。",
}


class ReworksPage(Page):
    """The room 返修. Asks nothing of the database until ``refresh`` or ``show_rework``."""

    saved = Signal(int)
    complaint_wanted = Signal(str)

    def __init__(self, reworks: Reworks, session: Session, messages: Messages) -> None:
        super().__init__(PageHead("返修"))
        self._reworks, self._session, self._messages = reworks, session, messages

        self._lists: dict[str, RowTable[ReworkLine]] = {
            name: RowTable(name, COLUMNS, attrgetter("id"), {"状态": stay_mark}) for name in (IN_WORKSHOP, ALL)
        }
        self._tabs = QTabWidget()
        self._panel = ReworkPanel(reworks, session, messages)
        # A list must have done with its own change before it may be turned back.
        self._turn = QTimer(self, singleShot=True, interval=0)
        self._wanted: ReworkLine | None = None

        self._lay_out()
        self._connect()

    def refresh(self) -> None:
        """Read the open list and the number of cars in the workshop again; what is being typed stays."""
        waiting = self._reworks.in_workshop()
        self._tabs.setTabText(0, f"{IN_WORKSHOP} {len(waiting)}" if waiting else IN_WORKSHOP)
        self._lists[IN_WORKSHOP].set_rows(self._lines(waiting))
        if self._open_name() == ALL:
            self._lists[ALL].set_rows(self._lines(self._reworks.latest()))

    def show_rework(self, rework_id: int) -> None:
        """Open one rework in the list it belongs to."""
        self.refresh()
        for name in (IN_WORKSHOP, ALL):
            self._tabs.setCurrentWidget(self._lists[name])
            if self._lists[name].choose(rework_id):
                break
        self._lists[self._open_name()].setFocus(Qt.FocusReason.OtherFocusReason)

    def unsaved(self) -> str:
        """What would be lost, in a few words."""
        return f"{self._panel.name()}的返修填了一半没保存" if self._panel.dirty else ""

    # -- slots ---------------------------------------------------------------------------------------------------

    def _on_tab(self) -> None:
        self.refresh()

    def _on_chosen(self, line: ReworkLine | None) -> None:
        self._wanted = line
        if self._panel.dirty:
            self._turn.start()
        elif line is not None:
            self._show(line)

    def _on_turn(self) -> None:
        """Another rework was chosen while something typed is not saved."""
        line = self._wanted
        if line is None or line.id == self._panel.rework_id:
            return
        if self._may_leave():
            self._show(line)
        else:
            self._stand_on(self._panel.rework_id)

    def _on_opened(self, line: ReworkLine) -> None:
        if line.id == self._panel.rework_id:
            self._panel.enter()

    def _on_saved(self, rework_id: int) -> None:
        table = self._lists[self._open_name()]
        place = table.currentIndex().row()
        self.refresh()
        if table.count():
            following = table.model().index(min(max(place, 0), table.count() - 1), 0).data(ROW_ROLE)
            self._stand_on(following.id)
            table.setFocus(Qt.FocusReason.OtherFocusReason)
        else:
            self._right.setCurrentIndex(0)
        self.saved.emit(rework_id)

    # -- helpers -------------------------------------------------------------------------------------------------

    def _show(self, line: ReworkLine) -> None:
        self._panel.show_rework(line)
        self._right.setCurrentWidget(self._panel)

    def _lines(self, rows: list[ReworkRow]) -> list[ReworkLine]:
        today = local_day(self._session.act(SCREEN).at)
        return [ReworkLine(row, today) for row in rows]

    def _stand_on(self, key: int | None) -> None:
        """Make a row of the open list current, and no other marked: Ctrl may still be held after Ctrl+S."""
        table = self._lists[self._open_name()]
        table.clearSelection()
        table.choose(key)

    def _open_name(self) -> str:
        return tuple(self._lists)[self._tabs.currentIndex()]

    def _may_leave(self) -> bool:
        title = f"{self._panel.name()}的返修还没保存"
        return self._messages.ask(title, "换到别的车，刚才填的内容就没有了。", "不保存", "继续填写")

    def _connect(self) -> None:
        self._tabs.currentChanged.connect(self._on_tab)
        for table in self._lists.values():
            table.chosen.connect(self._on_chosen)
            table.opened.connect(self._on_opened)
        self._turn.timeout.connect(self._on_turn)
        self._panel.saved.connect(self._on_saved)
        self._panel.complaint_wanted.connect(self.complaint_wanted)

    def _lay_out(self) -> None:
        for name, table in self._lists.items():
            table.set_empty(_NOTHING[name])
            self._tabs.addTab(table, name)
        left = Card()
        left.add(self._tabs, 1)
        self._right = QStackedWidget()
        self._right.addWidget(EmptyPage(_PURPOSE))
        self._right.addWidget(self._panel)
        both = QSplitter(Qt.Orientation.Horizontal)
        both.setHandleWidth(GAP)
        both.setChildrenCollapsible(False)
        both.addWidget(left)
        both.addWidget(self._right)
        both.setStretchFactor(0, 3)
        both.setStretchFactor(1, 2)
        both.setSizes([750, 400])
        self.body.addWidget(both, 1)
