"""返修: cars in the workshop and all reworks at the left, the one at hand at the right."""

from __future__ import annotations

from collections.abc import Sequence
from operator import attrgetter

from PySide6.QtCore import Signal

from crm_desktop.clock import local_day
from crm_desktop.domain.reworks import ReworkRow
from crm_desktop.gui.messages import Messages
from crm_desktop.gui.reworks.columns import COLUMNS, ReworkLine, stay_mark
from crm_desktop.gui.reworks.rework_panel import SCREEN, ReworkPanel
from crm_desktop.gui.session import Session
from crm_desktop.gui.widgets.desk_page import DeskPage
from crm_desktop.gui.widgets.row_sources import PagedRows
from crm_desktop.gui.widgets.row_table import RowTable
from crm_desktop.services.reworks import Reworks

IN_WORKSHOP, ALL = "在修", "全部"
_PURPOSE = "从左边选一台车，这里记录它的修竣日期、质检员和结果。"
_NOTHING = {
    IN_WORKSHOP: "没有在修的返修车。\n车回厂返修时，打开它的抱怨单，在“返修”里登记。",
    ALL: "还没有登记过返修。\n车回厂返修时，打开它的抱怨单，在“返修”里登记。",
}


class ReworksPage(DeskPage[ReworkLine]):
    """The room 返修. Asks nothing of the database until ``refresh`` or ``show_rework``."""

    complaint_wanted = Signal(str)
    leaving_title = "{name}的返修还没保存"
    leaving_text = "换到别的车，刚才填的内容就没有了。"
    drop_word = "不保存"

    def __init__(self, reworks: Reworks, session: Session, messages: Messages) -> None:
        panel = ReworkPanel(reworks, session, messages)
        super().__init__("返修", _lists(), panel, messages, _PURPOSE, (750, 400))
        self._reworks, self._session = reworks, session
        panel.complaint_wanted.connect(self.complaint_wanted)

    def rows_of(self, name: str) -> Sequence[ReworkLine] | PagedRows[ReworkLine]:
        if name == IN_WORKSHOP:
            return self._lines(self._reworks.in_workshop())
        return PagedRows(self._reworks.ids(), self._fetch, key=attrgetter("id"))

    def id_of(self, row: ReworkLine) -> int:
        return row.id

    def show_rework(self, rework_id: int) -> None:
        """Open one rework in the list it belongs to."""
        self.show_in((IN_WORKSHOP, ALL), rework_id)

    def _fetch(self, ids: Sequence[int]) -> list[ReworkLine]:
        return self._lines(self._reworks.fetch(ids))

    def _lines(self, rows: Sequence[ReworkRow]) -> list[ReworkLine]:
        today = local_day(self._session.act(SCREEN).at)
        return [ReworkLine(row, today) for row in rows]

    def unsaved(self) -> str:
        """What would be lost, in a few words."""
        return f"{self._panel.name()}的返修填了一半没保存" if self._panel.dirty else ""


def _lists() -> dict[str, RowTable[ReworkLine]]:
    lists: dict[str, RowTable[ReworkLine]] = {}
    for name, empty in _NOTHING.items():
        lists[name] = RowTable(name, COLUMNS, attrgetter("id"), {"状态": stay_mark})
        lists[name].set_empty(empty)
    return lists
