"""How wide the columns of a list are: each as it was meant; what the screen has to spare goes to words cut short."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from PySide6.QtWidgets import QTableView

from crm_desktop.domain.columns import Column
from crm_desktop.gui.theme import scaled
from crm_desktop.gui.widgets.cell_delegate import PADDING, CellDelegate

_CHARACTER_PX = 7
_ROWS_MEASURED = 40
"""So many rows from the top say how much room the words of a column want: more than a screen shows is not asked."""


class ColumnWidths:
    """The widths of one table. ``drawn`` are those somebody drew by hand, by column; they stay."""

    def __init__(self, table: QTableView, columns: Sequence[Column[Any]], cells: CellDelegate) -> None:
        self.drawn: dict[int, int] = {}
        self.filling = False
        self._table, self._columns, self._cells = table, columns, cells
        self._needed: list[int] = []

    def measure(self) -> None:
        """How much room the words at the top of the list want."""
        model, advance = self._table.model(), self._table.fontMetrics().horizontalAdvance
        rows = range(min(model.rowCount(), _ROWS_MEASURED))
        self._needed = [0] * len(self._columns)
        for place in range(len(self._columns)):
            texts = {str(model.index(row, place).data() or "") for row in rows}
            widest = max((advance(text.replace("\n", " ")) for text in texts), default=0)
            self._needed[place] = widest + self._cells.margins(place) if widest else 0

    def fill(self) -> None:
        """Words cut short get what is to spare; long text takes the rest, or gives way where room is short."""
        table, columns = self._table, self._columns
        shown = [place for place in range(len(columns)) if not table.isColumnHidden(place)]
        long = [place for place in shown if columns[place].wrap]
        place = long[-1] if long else shown[-1]
        meant = [self._meant(n, column) if n in shown else 0 for n, column in enumerate(columns)]
        needed = [0 if n in self.drawn or n not in shown else need for n, need in enumerate(self._needed)]
        least = meant[place] // 2 if long else meant[place]
        self.filling = True
        for number, width in enumerate(widened(meant, needed, place, least, table.viewport().width())):
            if number in shown and width != table.columnWidth(number):
                table.setColumnWidth(number, width)
        self.filling = False

    def _meant(self, place: int, column: Column[Any]) -> int:
        """As drawn by hand, else as the column says; a chip gets a little more rather than be cut."""
        wanted = self.drawn.get(place, scaled(round(column.width * _CHARACTER_PX) + 2 * PADDING))
        if place in self.drawn or place not in self._cells.marked:
            return wanted
        return max(wanted, min(self._needed[place], wanted * 3 // 2))


def widened(meant: Sequence[int], needed: Sequence[int], long: int, least: int, room: int) -> list[int]:
    """Widths in pixels of columns that were ``meant`` so wide and whose words ``needed`` so much, for ``room``.

    Whoever lacks least is served first, so that one endless word starves nobody. The ``long`` column takes what is
    left over and gives way to ``least`` where room is short. A list that must be scrolled sideways in any case cuts
    nothing short that fits into twice its width.
    """
    if sum(meant) - meant[long] > room:
        return [max(width, min(need, 2 * width)) for width, need in zip(meant, needed, strict=True)]
    widths = list(meant)
    spare = room - sum(widths)
    lacking = sorted((need - width, place) for place, (need, width) in enumerate(zip(needed, widths, strict=True)))
    waiting = [(lack, place) for lack, place in lacking if lack > 0]
    while waiting and spare > 0:
        lack, place = waiting.pop(0)
        given = min(lack, spare // (len(waiting) + 1))
        widths[place] += given
        spare -= given
    widths[long] = max(least, widths[long] + spare)
    return widths
