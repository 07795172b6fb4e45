"""Two files side by side: what each says, what will stand, and what goes over with the one that is merged."""

from __future__ import annotations

from operator import attrgetter

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from crm_desktop.domain.errors import DeskError
from crm_desktop.domain.merging import MergeLine, MergePreview
from crm_desktop.gui.customers.merge_columns import LINES
from crm_desktop.gui.theme import Tone
from crm_desktop.gui.widgets.buttons import Button
from crm_desktop.gui.widgets.labels import ElidedLabel, PlainLabel
from crm_desktop.gui.widgets.row_model import Mark
from crm_desktop.gui.widgets.row_table import RowTable
from crm_desktop.services.duplicates import Pair
from crm_desktop.services.merging import Merging

_TAKE, _LEAVE = "改用并入的写法", "改回保留的写法"


class MergeSides(QWidget):
    """``refused`` carries the sentence why there is nothing to show."""

    refused = Signal(str)

    def __init__(self, merging: Merging) -> None:
        super().__init__()
        self._merging = merging
        self._pair: Pair | None = None
        self._turned = False
        self._taken: set[str] = set()
        self.preview: MergePreview | None = None
        self._heading = ElidedLabel(role="heading")
        self._turn, self._take = Button("两份对调"), Button(_TAKE)
        self._lines: RowTable[MergeLine] = RowTable(
            "合并预览", LINES, key=attrgetter("field"), marks={"合并后": self._mark}
        )
        self._lines.setSortingEnabled(False)
        self._follows, self._warnings = PlainLabel(role="caption"), PlainLabel(role="note")
        self._warnings.setProperty("tone", Tone.SOON.value)
        for label in (self._follows, self._warnings):
            label.setWordWrap(True)
        self._lay_out()
        self._turn.clicked.connect(self._on_turn)
        self._take.clicked.connect(self._on_take)
        self._lines.opened.connect(self._on_take)
        self._lines.chosen.connect(self._on_line)

    @property
    def taken(self) -> tuple[str, ...]:
        """The fields that shall stand as the merged file has them."""
        return tuple(sorted(self._taken))

    def show_pair(self, pair: Pair | None) -> None:
        """Another pair, or none: the older file is offered as the one to keep."""
        self._pair, self._turned = pair, False
        self._taken.clear()
        self._show()

    # -- slots ---------------------------------------------------------------------------------------------------

    def _on_turn(self) -> None:
        self._turned = not self._turned
        self._taken.clear()
        self._show()

    def _on_take(self) -> None:
        line = self._lines.current_row()
        if line is not None and line.choosable:
            self._taken ^= {line.field}
            self._show()

    def _on_line(self, line: MergeLine | None) -> None:
        self._take.setEnabled(line is not None and line.choosable)
        self._take.say(_LEAVE if line is not None and line.field in self._taken else _TAKE)

    # -- helpers -------------------------------------------------------------------------------------------------

    def _show(self) -> None:
        self.preview = self._asked()
        told = self.preview
        self.setVisible(told is not None)
        if told is None:
            return
        self._heading.setText(f"保留“{told.kept_name}”，并入“{told.merged_name}”")
        self._lines.set_rows(told.lines)
        if self._lines.current_row() is None and told.lines:
            self._lines.selectRow(next((i for i, line in enumerate(told.lines) if line.choosable), 0))
        self._on_line(self._lines.current_row())
        moved = "、".join(f"{label} {count}" for label, count in told.follows.items())
        self._follows.setText(f"跟着转过去：{moved}" if moved else "名下没有别的东西要转。")
        self._warnings.setText("\n".join(told.warnings))
        self._warnings.setVisible(bool(told.warnings))

    def _asked(self) -> MergePreview | None:
        if self._pair is None:
            return None
        kept, merged = self._pair.kept.id, self._pair.merged.id
        try:
            return self._merging.preview(*((merged, kept) if self._turned else (kept, merged)), self._taken)
        except DeskError as refusal:
            self.refused.emit(refusal.sentence)
            return None

    def _mark(self, line: MergeLine) -> Mark | None:
        """What is not simply the kept file's own word has a ground."""
        if line.field in self._taken:
            return Mark(Tone.INFO)
        return Mark(Tone.DONE) if line.result != line.kept else None

    def _lay_out(self) -> None:
        head = QHBoxLayout()
        head.setSpacing(8)
        head.addWidget(self._heading)
        head.addStretch(1)
        head.addWidget(self._take)
        head.addWidget(self._turn)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(8)
        layout.addLayout(head)
        layout.addWidget(self._lines, 1)
        layout.addWidget(self._follows)
        layout.addWidget(self._warnings)
