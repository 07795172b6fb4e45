"""The list behind a number: its definition on top, its rows below, Enter leads to the complaint."""

from __future__ import annotations

from operator import attrgetter

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from crm_desktop.domain.behind import COLUMNS, Behind, BehindRow
from crm_desktop.gui.theme import scaled
from crm_desktop.gui.widgets.buttons import Button, Weight
from crm_desktop.gui.widgets.desk_dialog import DeskDialog
from crm_desktop.gui.widgets.fields import ChoiceField
from crm_desktop.gui.widgets.labels import PlainLabel, show_if
from crm_desktop.gui.widgets.row_table import RowTable

_BUTTONS = 4
"""More lists than these are chosen from a list of their names."""
_NAME = 18
_NOTHING = "这个数是 0，后面没有单。"


class BehindDialog(DeskDialog):
    """``complaint_wanted`` carries the number of the row that was opened. A share has two lists, part and whole, a
    comparison those of both months, a mean those of every month.
    """

    complaint_wanted = Signal(str)

    def __init__(self, behind: Behind, window: QWidget) -> None:
        super().__init__(window)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(behind.title)
        self._lists = behind.lists
        self._table: RowTable[BehindRow] = RowTable(behind.title, COLUMNS, attrgetter("id"))
        self._table.set_empty(_NOTHING)
        named = [f"{name} {len(rows)}" for name, rows in behind.lists]
        self._choices = [Button(text) for text in named] if len(named) <= _BUTTONS else []
        self._many = ChoiceField(list(enumerate(named)), 0)
        self._many.setAccessibleName("清单")
        self._many.setMinimumContentsLength(_NAME)
        self._lay_out(behind.title, behind.formula)
        self._table.opened.connect(self._on_opened)
        for button in self._choices:
            button.clicked.connect(self._on_choice)
        self._many.changed.connect(self._on_many)
        self._show(0)
        self._table.setFocus()

    def _on_choice(self) -> None:
        self._show(self._choices.index(self.sender()))  # type: ignore[arg-type]  # only our buttons are connected
        self._table.setFocus()

    def _on_many(self) -> None:
        self._show(self._many.currentIndex())

    def _on_opened(self, row: BehindRow) -> None:
        if row.complaint:
            self.accept()
            self.complaint_wanted.emit(row.complaint)

    def _show(self, place: int) -> None:
        self._table.set_rows(self._lists[place][1])
        for number, button in enumerate(self._choices):
            button.setEnabled(number != place)

    def _lay_out(self, title: str, formula: str) -> None:
        told = PlainLabel(formula, "caption")
        told.setWordWrap(True)
        show_if(told, bool(formula))
        head = QHBoxLayout()
        head.addWidget(PlainLabel(title, "heading"))
        head.addStretch(1)
        for button in self._choices:
            head.addWidget(button)
            show_if(button, len(self._choices) > 1)
        head.addWidget(self._many)
        show_if(self._many, not self._choices)
        close = Button("关闭窗口", weight=Weight.PLAIN)
        close.clicked.connect(self.reject)
        foot = QHBoxLayout()
        foot.addWidget(PlainLabel("回车或双击一行，打开抱怨单。", "caption"))
        foot.addStretch(1)
        foot.addWidget(close)
        body = QVBoxLayout(self)
        body.setContentsMargins(18, 16, 18, 16)
        body.addLayout(head)
        body.addWidget(told)
        body.addWidget(self._table, 1)
        body.addLayout(foot)
        self.resize(scaled(860), scaled(480))
