"""导入, second step: every column of the file with samples and what it becomes, corrected by hand; what to do with
what is on file already."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from operator import attrgetter

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QGridLayout, QVBoxLayout, QWidget

from crm_desktop.domain.columns import Column
from crm_desktop.domain.imports import USUAL_RULE, DuplicateRule
from crm_desktop.gui.widgets.fields import ChoiceField
from crm_desktop.gui.widgets.labels import PlainLabel
from crm_desktop.gui.widgets.row_table import RowTable
from crm_desktop.papers.imports import Sight

_HOW = "选一列，在下面“对应到”里改；改过的下次遇到同样表头的文件还记得。"
_REMEMBERED = "这种表头的文件以前改过，已按上次的对应。"


@dataclass(frozen=True, slots=True)
class ColumnLine:
    """One column of the file: its place from 0, heading, samples in one line, the word chosen."""

    place: int
    heading: str
    samples: str
    word: str


COLUMNS: tuple[Column[ColumnLine], ...] = (
    Column("文件里的列", attrgetter("heading"), width=22),
    Column("对应到", attrgetter("word"), width=18),
    Column("样例", attrgetter("samples"), width=50, wrap=True),
)


class ColumnsStep(QWidget):
    """Shows a ``Sight`` and holds what the desk makes of it."""

    def __init__(self) -> None:
        super().__init__()
        self._words: Mapping[str, str] = {}
        self._choices: list[str] = []
        self._lines: list[ColumnLine] = []
        self._how = PlainLabel(_HOW, "caption")
        self._table: RowTable[ColumnLine] = RowTable("各列对应", COLUMNS, key=attrgetter("place"))
        self._choice = ChoiceField(())
        self._rule = ChoiceField([(rule, rule.word) for rule in DuplicateRule], DuplicateRule.FILL)
        self._lay_out()
        self._table.chosen.connect(self._on_chosen)
        self._table.opened.connect(self._on_opened)
        self._choice.changed.connect(self._on_changed)
        self._choice.advance.connect(self._on_advance)

    @property
    def choices(self) -> tuple[str, ...]:
        """A word for every column."""
        return tuple(self._choices)

    @property
    def rule(self) -> DuplicateRule:
        """What is done with what is on file already."""
        return DuplicateRule(str(self._rule.value()))

    def show_sight(self, sight: Sight) -> None:
        """A file as it was looked at; what was chosen for another one is gone."""
        self._words, self._choices = sight.words, list(sight.choices)
        self._how.setText(_REMEMBERED + _HOW if sight.remembered else _HOW)
        self._lines = [
            ColumnLine(place, heading, "　".join(samples), sight.words[word])
            for place, (heading, samples, word) in enumerate(
                zip(sight.headings, sight.samples, sight.choices, strict=True)
            )
        ]
        self._rule.set_value(USUAL_RULE[sight.kind])
        self._choice.set_options(list(sight.words.items()))
        self._table.set_rows(self._lines)
        self._table.choose(0)

    def take_focus(self) -> None:
        """The keyboard goes to the list."""
        self._table.setFocus()

    def _on_chosen(self, line: ColumnLine | None) -> None:
        self._choice.setEnabled(line is not None)
        if line is not None:
            self._choice.blockSignals(True)
            self._choice.set_value(self._choices[line.place])
            self._choice.blockSignals(False)

    def _on_opened(self, _line: ColumnLine) -> None:
        self._choice.setFocus()
        self._choice.showPopup()

    def _on_changed(self) -> None:
        line, word = self._table.current_row(), str(self._choice.value())
        if line is None or word not in self._words:
            return
        self._choices[line.place] = word
        self._lines[line.place] = replace(line, word=self._words[word])
        self._table.set_rows(self._lines)

    def _on_advance(self) -> None:
        """Enter: on to the next column."""
        line = self._table.current_row()
        if line is not None:
            self._table.choose(line.place + 1)
        self._table.setFocus()

    def _lay_out(self) -> None:
        self._how.setWordWrap(True)
        self._choice.setAccessibleName("对应到")
        self._rule.setAccessibleName("遇到已有的")
        grid = QGridLayout()
        grid.setHorizontalSpacing(10)
        grid.setVerticalSpacing(8)
        for place, (label, field) in enumerate((("对应到", self._choice), ("遇到已有的", self._rule))):
            grid.addWidget(PlainLabel(label, "label"), 0, 2 * place, Qt.AlignmentFlag.AlignRight)
            grid.addWidget(field, 0, 2 * place + 1)
            grid.setColumnStretch(2 * place + 1, 1)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(8)
        layout.addWidget(self._how)
        layout.addWidget(self._table, 1)
        layout.addLayout(grid)
