"""导入, first step: which file, what it is, where its headings stand."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QVBoxLayout, QWidget

from crm_desktop.domain.imports import ImportKind
from crm_desktop.gui.widgets.buttons import Button
from crm_desktop.gui.widgets.fields import ChoiceField
from crm_desktop.gui.widgets.labels import PlainLabel
from crm_desktop.papers.imports import Place, Sight

_FIRST = (
    "选一个 xlsx、xls 或 csv 文件。先看各列对应到哪里，再试导入，满意了才写入；导入以后还可以整次撤销。"
    "\n同一个文件导入两次也不会重复。"
)
_HEADING_ROWS = 10


class FileStep(QWidget):
    """``file_wanted``, ``template_wanted``, ``past_wanted``: the buttons. ``turned``: kind or heading row changed;
    ``sheet_turned`` carries the worksheet chosen."""

    file_wanted = Signal()
    template_wanted = Signal()
    past_wanted = Signal()
    turned = Signal()
    sheet_turned = Signal(str)

    def __init__(self, kinds: tuple[ImportKind, ...]) -> None:
        super().__init__()
        self._choose = Button("选择文件", "Ctrl+O")
        self._file = PlainLabel("还没有选择文件", "caption")
        self._kind = ChoiceField([(kind, kind.word) for kind in kinds], kinds[0])
        self._row = ChoiceField([(row, f"第 {row} 行") for row in range(1, _HEADING_ROWS + 1)], 1)
        self._sheet = ChoiceField(())
        self._sheet_label = PlainLabel("工作表", "label")
        self._told = PlainLabel(_FIRST)
        self._template = Button("保存空模板")
        self._past = Button("导入记录")
        self._lay_out()
        self._choose.clicked.connect(self.file_wanted)
        self._template.clicked.connect(self.template_wanted)
        self._past.clicked.connect(self.past_wanted)
        self._kind.changed.connect(self.turned)
        self._row.changed.connect(self.turned)
        self._sheet.changed.connect(self._on_sheet)

    @property
    def kind(self) -> ImportKind:
        """What the file is said to be."""
        return ImportKind(str(self._kind.value()))

    @property
    def place(self) -> Place:
        """The worksheet, and the file's own row with the headings."""
        return Place(str(self._sheet.value() or ""), int(str(self._row.value())))

    def begin(self, file_name: str) -> None:
        """Another file, not yet looked at."""
        self._file.setText(file_name)
        self.say(_FIRST)

    def show_sight(self, sight: Sight) -> None:
        """What a look at the file found."""
        for field, value in ((self._kind, sight.kind), (self._row, sight.place.header_row)):
            field.blockSignals(True)
            field.set_value(value)
            field.blockSignals(False)
        self._sheet.set_options(sight.sheets, sight.place.sheet)
        self._show_sheets(len(sight.sheets) > 1)
        known = sum(1 for word in sight.choices if word)
        lines = [f"{sight.row_count} 行，{len(sight.headings)} 列，其中 {known} 列认得。", *sight.notes]
        self.say("\n".join(lines))

    def say(self, text: str) -> None:
        """A sentence below the fields."""
        self._told.setText(text)

    def hold(self, ready: bool) -> None:
        """Nothing may be changed while work is under way."""
        for widget in (self._choose, self._sheet, self._kind, self._row, self._template, self._past):
            widget.setEnabled(ready)

    def _on_sheet(self) -> None:
        """Another sheet is another table: its kind and its headings are looked for anew."""
        self.sheet_turned.emit(str(self._sheet.value() or ""))

    def _show_sheets(self, several: bool) -> None:
        self._sheet_label.setVisible(several)
        self._sheet.setVisible(several)

    def _lay_out(self) -> None:
        self._show_sheets(False)
        self._told.setWordWrap(True)
        grid = QGridLayout()
        grid.setHorizontalSpacing(10)
        grid.setVerticalSpacing(8)
        lines = (("文件", self._file), ("工作表", self._sheet), ("这是什么", self._kind), ("表头在第几行", self._row))
        for place, (label, widget) in enumerate(lines):
            name = self._sheet_label if widget is self._sheet else PlainLabel(label, "label")
            grid.addWidget(name, place, 0, Qt.AlignmentFlag.AlignRight)
            grid.addWidget(widget, place, 1)
            if isinstance(widget, ChoiceField):
                widget.setAccessibleName(label)
        grid.addWidget(self._choose, 0, 2)
        grid.setColumnStretch(1, 1)
        more = QHBoxLayout()
        more.setSpacing(8)
        more.addWidget(self._template)
        more.addWidget(self._past)
        more.addStretch(1)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(12)
        layout.addLayout(grid)
        layout.addWidget(self._told)
        layout.addStretch(1)
        layout.addLayout(more)
        for before, after in ((self._choose, self._sheet), (self._sheet, self._kind), (self._kind, self._row)):
            self.setTabOrder(before, after)
