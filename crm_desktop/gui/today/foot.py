"""The rest of 今日, built once it is painted: what else wants to be taken up, the two sheets, how the backups are."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from operator import attrgetter

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QWidget

from crm_desktop.domain.backups import BackupHealth
from crm_desktop.domain.columns import Column
from crm_desktop.domain.desk_papers import HANDOVER, MORNING
from crm_desktop.domain.errands import Errand, ErrandKind
from crm_desktop.gui.theme import Tone
from crm_desktop.gui.widgets.backup_line import BackupLine
from crm_desktop.gui.widgets.buttons import Button, Weight
from crm_desktop.gui.widgets.page import Card
from crm_desktop.gui.widgets.row_model import Mark
from crm_desktop.gui.widgets.row_table import RowTable

TITLE = "还要跟进"


def _at(row: Errand) -> str:
    return f"{row.at:%m-%d}"


def _told(row: Errand) -> str:
    return " ".join(filter(None, (row.about, row.what)))


def _mark(row: Errand) -> Mark:
    """Late in red; what only waits is quiet."""
    return Mark(Tone.LATE if row.late else Tone.GREY if row.kind is ErrandKind.DRAFT else Tone.SOON)


_ERRANDS: tuple[Column[Errand], ...] = (
    Column("事项", attrgetter("kind"), width=9),
    Column("内容", _told, width=16, wrap=True),
    Column("时间", _at, width=7),
)


class TodayFoot(QWidget):
    """One line across the page; ``errands`` is the card that goes with it, nowhere to be seen while there are none.

    ``sheet_wanted`` carries 晨会单 or 交班单, ``errand_wanted`` what an ``Errand`` opens.
    """

    backups_wanted = Signal()
    sheet_wanted = Signal(str)
    errand_wanted = Signal(str)

    def __init__(self) -> None:
        super().__init__()
        self.errands = Card(TITLE)
        self._table: RowTable[Errand] = RowTable(TITLE, _ERRANDS, marks={"事项": _mark})
        self._backups = BackupLine()
        self._sheets = [Button(title, weight=Weight.QUIET, icon="printer") for title in (MORNING, HANDOVER)]

        self.errands.add(self._table, 1)
        self.errands.hide()
        line = QHBoxLayout(self)
        line.setContentsMargins(0, 0, 0, 0)
        for button in self._sheets:
            line.addWidget(button)
            button.clicked.connect(self._on_sheet)
        line.addStretch(1)
        line.addWidget(self._backups)

        self._table.opened.connect(self._on_errand)
        self._backups.clicked.connect(self.backups_wanted)

    def show_errands(self, rows: Sequence[Errand]) -> None:
        """These; the card is there only for them."""
        self._table.set_rows(rows)
        self.errands.setVisible(bool(rows))

    def show_health(self, health: BackupHealth, now: datetime) -> None:
        """How the backups are; ``now`` is UTC."""
        self._backups.show_health(health, now)

    def _on_errand(self, row: Errand) -> None:
        self.errand_wanted.emit(row.opens)

    def _on_sheet(self) -> None:
        button = self.sender()
        if isinstance(button, Button):
            self.sheet_wanted.emit(button.text())
