"""The line that narrows a list: words over its heading, rows that have none of them out of sight until Esc."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from PySide6.QtCore import QPoint, Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QSplitter, QWidget

from crm_desktop.domain.columns import Column
from crm_desktop.domain.pinyin import initials
from crm_desktop.gui.theme import scaled
from crm_desktop.gui.widgets.buttons import Button, Weight
from crm_desktop.gui.widgets.labels import PlainLabel
from crm_desktop.gui.widgets.line_field import ENTER, LineField
from crm_desktop.gui.widgets.row_sources import SEARCHED
from crm_desktop.gui.widgets.row_table import RowTable

NAME, EVERYTHING = "筛选", "全部显示"
_WIDTH, _WAIT_MS = 380, 150
_NAMES = 8
"""So long a cell may be that its pinyin initials are looked at too: names, not sentences."""


class FilterLine(LineField):
    """Down and Enter walk into the list, Esc shows everything again."""

    entered = Signal()
    given_up = Signal()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (*ENTER, Qt.Key.Key_Down) and not self.is_composing():
            self.entered.emit()
        elif event.key() == Qt.Key.Key_Escape:
            self.given_up.emit()
        else:
            super().keyPressEvent(event)


class RowFilter(QFrame):
    """Lies over the right end of a list's heading, beside it in the tree: a screen reader hears only cells inside."""

    def __init__(self, table: RowTable[Any], columns: tuple[Column[Any], ...]) -> None:
        super().__init__(home_beside(table))
        self._table, self._columns = table, columns
        self._words = FilterLine("列表里有…")
        self._told = PlainLabel(role="caption")
        self._close = Button(EVERYTHING, weight=Weight.QUIET)
        self._wait = QTimer(self)
        self._wait.setSingleShot(True)
        self._wait.setInterval(_WAIT_MS)
        self.setAutoFillBackground(True)
        self._words.setAccessibleName(NAME)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(4, 0, 4, 0)
        layout.setSpacing(6)
        layout.addWidget(self._words, 1)
        layout.addWidget(self._told)
        layout.addWidget(self._close)
        self._words.textChanged.connect(self._wait.start)
        self._words.entered.connect(self._on_entered)
        self._words.given_up.connect(self.give_up)
        self._close.clicked.connect(self.give_up)
        self._wait.timeout.connect(self._on_words)

    def ask(self) -> None:
        """Show the line, the keyboard in it."""
        self.place()
        self.show()
        self.raise_()
        self._words.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self._words.selectAll()

    def words(self) -> str:
        """What the rows must have."""
        return self._words.text().strip()

    def narrow_to(self, words: str) -> None:
        """As typed, at once."""
        self._words.setText(words)
        self._on_words()

    def give_up(self) -> None:
        """Every row again, the keyboard in the list."""
        self._words.clear()
        self._wait.stop()
        self.hide()
        self._table.narrow(None)
        self._table.setFocus(Qt.FocusReason.OtherFocusReason)

    def tell(self) -> None:
        """How many rows are left of how many."""
        whole = self._table.whole()
        within = f"前 {SEARCHED:,} 行里 " if whole > SEARCHED and self._table.is_paged() else ""
        self._told.setText(f"{within}{self._table.count():,} / {whole:,}" if self.words() else "")

    def place(self) -> None:
        """Over the heading, as wide as it needs."""
        heads, home = self._table.horizontalHeader(), self.parentWidget()
        width = min(scaled(_WIDTH), heads.width())
        left = heads.mapTo(home, QPoint(heads.width() - width, 0)) if home is not None else QPoint()
        self.setGeometry(left.x(), left.y(), width, max(heads.height(), self.sizeHint().height()))

    def _on_words(self) -> None:
        self._wait.stop()
        words = self.words()
        self._table.narrow(has_words(self._columns, words) if words else None)
        self.tell()

    def _on_entered(self) -> None:
        if self._wait.isActive():
            self._on_words()
        if self._table.count():
            if self._table.current_row() is None:
                self._table.selectRow(0)
            self._table.setFocus(Qt.FocusReason.OtherFocusReason)


def home_beside(table: QWidget) -> QWidget:
    """Where something may lie over a table without standing inside it; a splitter would give it a share of its own."""
    home = table.parentWidget()
    while isinstance(home, QSplitter):
        home = home.parentWidget()
    return home or table


def has_words(columns: tuple[Column[Any], ...], words: str) -> Callable[[Any], bool]:
    """Whether a row has every one of these words in a cell as it is shown, or in the pinyin initials of a short one."""
    wanted = words.casefold().split()

    def test(row: Any) -> bool:
        cells = [column.text(row).casefold() for column in columns]
        cells += [initials(cell) for cell in cells if cell and len(cell) <= _NAMES and not cell.isascii()]
        return all(any(word in cell for cell in cells) for word in wanted)

    return test
