"""疑似重复: pairs of files as a list, the one in hand side by side, and a line that finds another file to compare."""

from __future__ import annotations

from collections.abc import Collection, Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from crm_desktop.domain.customers import NAMELESS, Known
from crm_desktop.domain.errors import DeskError
from crm_desktop.domain.identity import masked_phone, shown_plate
from crm_desktop.gui.customers.merge_columns import PAIRS, pair_key
from crm_desktop.gui.customers.merge_preview import MergeSides
from crm_desktop.gui.widgets.labels import PlainLabel
from crm_desktop.gui.widgets.row_table import RowTable
from crm_desktop.gui.widgets.suggest_line import Suggestion, SuggestLine
from crm_desktop.services.duplicates import Duplicates, Pair
from crm_desktop.services.merging import Merging
from crm_desktop.services.search import Search

TITLE = "疑似重复"
_NONE = "没有找到像同一位客户的两份档案。"
_OTHER = "另一份档案"


class PairsTab(QWidget):
    """``chosen``: another pair is in hand, or none; ``refused`` carries why something cannot be shown."""

    chosen = Signal()
    refused = Signal(str)

    def __init__(self, duplicates: Duplicates, merging: Merging, search: Search, ids: Sequence[int]) -> None:
        """``ids``: one file others are looked for, two that were picked, or none for the whole customer base."""
        super().__init__()
        self._duplicates, self._search = duplicates, search
        self._own = ids[0] if len(ids) == 1 else None
        self._found: list[Pair] = []
        self._pairs: RowTable[Pair] = RowTable(TITLE, PAIRS, key=pair_key)
        self.sides = MergeSides(merging)
        self._other = SuggestLine(self._suggest, "不在下面的，输入姓名、电话或车牌查找另一份档案")
        self._other.setAccessibleName(_OTHER)
        self._lay_out()
        self._pairs.chosen.connect(self._on_chosen)
        self._other.picked.connect(self._on_picked)
        self.sides.refused.connect(self.refused)

    def pair(self) -> Pair | None:
        """The one in hand."""
        return self._pairs.current_row()

    def show_pairs(self, pairs: Sequence[Pair], empty: str = _NONE) -> None:
        """These from now on; ``empty`` says why there are none."""
        self._pairs.set_empty(empty)
        self._show(list(pairs))
        self._pairs.setFocus()

    def add(self, one_id: int, other_id: int) -> None:
        """A pair picked by hand comes first, or is taken in hand where it is listed; refused, nothing changes."""
        try:
            pair = self._duplicates.pair(one_id, other_id)
        except DeskError as refusal:
            self.refused.emit(refusal.sentence)
            return
        if pair_key(pair) not in map(pair_key, self._found):
            self._show([pair, *self._found])
        self._pairs.choose(pair_key(pair))

    def drop(self, gone: Pair, merged: Collection[int]) -> None:
        """This pair is done with, and whatever else names a file that was ``merged``."""
        self._show([pair for pair in self._found if pair is not gone and set(merged).isdisjoint(pair_key(pair))])
        self._pairs.setFocus()

    # -- slots ---------------------------------------------------------------------------------------------------

    def _on_chosen(self, pair: Pair | None) -> None:
        self.sides.show_pair(pair)
        self.chosen.emit()

    def _on_picked(self, known: Known) -> None:
        self._other.clear()
        if self._own is not None and known.customer_id is not None:
            self.add(self._own, known.customer_id)

    # -- helpers -------------------------------------------------------------------------------------------------

    def _suggest(self, text: str) -> list[Suggestion]:
        """Each file once, with the first of its cars."""
        found = {known.customer_id: known for known in reversed(self._search.known(text))}
        return [
            Suggestion(_title(known), known.why, known)
            for known in reversed(found.values())
            if known.customer_id not in (None, self._own)
        ]

    def _show(self, pairs: list[Pair]) -> None:
        self._found = pairs
        self._pairs.set_rows(pairs)
        if self._pairs.current_row() is None and pairs:
            self._pairs.selectRow(0)
        self._on_chosen(self._pairs.current_row())

    def _lay_out(self) -> None:
        self.setProperty("role", "page")
        search = QWidget()
        row = QHBoxLayout(search)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(8)
        row.addWidget(PlainLabel(_OTHER, "caption"))
        row.addWidget(self._other, 1)
        search.setVisible(self._own is not None)
        inside = QVBoxLayout(self)
        inside.setContentsMargins(0, 10, 0, 0)
        inside.setSpacing(10)
        inside.addWidget(search)
        inside.addWidget(self._pairs, 1)
        inside.addWidget(self.sides, 2)


def _title(known: Known) -> str:
    parts = (known.name or NAMELESS, shown_plate(known.plate), masked_phone(known.phone))
    return "  ".join(part for part in parts if part)
