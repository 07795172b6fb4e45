"""The blocks of a report as widgets: sentences, large numbers, charts and tables; what is clicked names its list."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import QModelIndex, Qt, Signal
from PySide6.QtGui import QColor, QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QVBoxLayout, QWidget

from crm_desktop.domain.charts import Chart, Ink
from crm_desktop.domain.columns import Column
from crm_desktop.domain.kpis import KPIS
from crm_desktop.domain.monthly_keys import parts_of
from crm_desktop.domain.report_sheet import Block, Cards, Heading, Paragraph, Pictures, Remark, Table
from crm_desktop.gui.theme import ROW_HEIGHT, Tone, colours, scaled
from crm_desktop.gui.widgets.buttons import Button, Weight
from crm_desktop.gui.widgets.chart_view import ChartView
from crm_desktop.gui.widgets.labels import LinkedLabel, PlainLabel, plain_tooltip
from crm_desktop.gui.widgets.line_field import ENTER
from crm_desktop.gui.widgets.page import Card
from crm_desktop.gui.widgets.row_table import RowTable
from crm_desktop.gui.widgets.signs import Figure

_WIDTH_OF = 5.2
"""Excel characters for each part of a table's width."""
_TONES = {Ink.LATE: Tone.LATE, Ink.SOON: Tone.SOON, Ink.DONE: Tone.DONE}
Line = tuple[int, tuple[str, ...]]
"""A row of a table with its place."""


class SectionView(QWidget):
    """One section of the report, top to bottom. ``link_wanted`` carries what a number or a picture opens."""

    link_wanted = Signal(str)

    def __init__(self, title: str, blocks: Sequence[Block]) -> None:
        super().__init__()
        self.setAccessibleName(title)
        self._body = QVBoxLayout(self)
        self._body.setContentsMargins(0, 0, 8, 0)
        self._body.setSpacing(12)
        self._part = title
        for block in blocks:
            self._add(block)
        self._body.addStretch(1)

    def _add(self, block: Block) -> None:
        match block:
            case Heading(part=True):
                self._part = block.text
                self._body.addWidget(PlainLabel(block.text, "heading"))
            case Paragraph(spans=()):
                self._body.addWidget(_sentence(block.text))
            case Paragraph():
                told = LinkedLabel(block.text, block.spans)
                told.setWordWrap(True)
                told.opened.connect(self.link_wanted)
                self._body.addWidget(told)
            case Remark():
                card = Card()
                card.add(_sentence(block.text))
                card.add(PlainLabel(f"评注：{block.who}", "caption"))
                self._body.addWidget(card)
            case Cards():
                self._body.addLayout(self._cards(block))
            case Pictures():
                self._body.addLayout(self._pictures(block.charts))
            case Table() if not any(block.titles):
                self._body.addWidget(self._story(block))
            case Table():
                self._body.addWidget(self._table(block))
            case _:
                return

    def _cards(self, block: Cards) -> QHBoxLayout:
        row = QHBoxLayout()
        row.setSpacing(12)
        for card in block.cards:
            figure = _LinkedFigure(f"{card.name}（{card.note}）" if card.note else card.name, card.link)
            figure.say(card.number, _TONES.get(card.ink))
            kpi = KPIS.get(next(iter(parts_of(card.link)), ""))
            figure.setToolTip(plain_tooltip(kpi.told if kpi else ""))
            figure.opened.connect(self.link_wanted)
            row.addWidget(figure, 1)
        return row

    def _pictures(self, charts: Sequence[Chart]) -> QHBoxLayout:
        row = QHBoxLayout()
        row.setSpacing(16)
        for chart in charts:
            card = Card(chart.title)
            view = ChartView(chart)
            view.opened.connect(self.link_wanted)
            card.add(view)
            card.body.addStretch(1)
            row.addWidget(card, 1)
        return row

    def _story(self, block: Table) -> Card:
        """A table without headings is told: what it is at the left, all of its words at the right."""
        card, lines = Card(), QGridLayout()
        lines.setHorizontalSpacing(16)
        lines.setColumnStretch(1, 1)
        for place, (name, text) in enumerate(block.rows):
            lines.addWidget(PlainLabel(name, "caption"), place, 0, Qt.AlignmentFlag.AlignTop)
            lines.addWidget(_sentence(text), place, 1)
        card.body.addLayout(lines)
        for link in filter(None, (cell for row in block.links for cell in row)):
            opens = _LinkedButton(f"打开 {link.partition(':')[2]}", link)
            opens.opened.connect(self.link_wanted)
            card.body.addWidget(opens, alignment=Qt.AlignmentFlag.AlignLeft)
        return card

    def _table(self, block: Table) -> RowTable[Line]:
        table = LinkedTable(f"{self._part}：{block.titles[0]}", block)
        table.link_wanted.connect(self.link_wanted)
        return table


class _LinkedFigure(Figure):
    """A large number that opens its list."""

    opened = Signal(str)

    def __init__(self, name: str, link: str) -> None:
        super().__init__(name)
        self._link = link
        self.clicked.connect(self._on_clicked)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter too, as everywhere on the page; by itself a button knows the space bar only."""
        if event.key() in ENTER:
            self.click()
        else:
            super().keyPressEvent(event)

    def _on_clicked(self) -> None:
        if self._link:
            self.opened.emit(self._link)


class _LinkedButton(Button):
    """A button that opens a complaint."""

    opened = Signal(str)

    def __init__(self, text: str, link: str) -> None:
        super().__init__(text, weight=Weight.PLAIN)
        self._link = link
        self.clicked.connect(self._on_clicked)

    def _on_clicked(self) -> None:
        self.opened.emit(self._link)


class LinkedTable(RowTable[Line]):
    """A table of the report, as high as its rows. A click on a number opens its list; so does Enter on the cell the
    arrows have gone to, and where that opens nothing, the first one of the row.
    """

    link_wanted = Signal(str)

    def __init__(self, title: str, block: Table) -> None:
        self._links = block.links
        super().__init__(title, _columns(block))
        self.set_empty(block.nothing)
        self.set_rows(list(enumerate(block.rows)))
        rows = max(2, len(block.rows))
        self.setFixedHeight(scaled(ROW_HEIGHT) * (rows + 1) + 4)
        self.clicked.connect(self._on_clicked)
        self.opened.connect(self._on_opened)
        self.selectionModel().currentChanged.connect(self._on_moved)

    def link_of(self, index: QModelIndex) -> str:
        """What a cell opens, or nothing."""
        row = self._row_at(index)
        return self._links[row[0]][index.column()] if row is not None and row[0] < len(self._links) else ""

    def paintEvent(self, event: QPaintEvent) -> None:
        """A frame tells which number Enter opens."""
        super().paintEvent(event)
        here = self.currentIndex()
        if self.hasFocus() and self.link_of(here):
            with QPainter(self.viewport()) as painter:
                painter.setPen(QPen(QColor(colours().accent), 1))
                painter.drawRect(self.visualRect(here).adjusted(0, 0, -1, -1))

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        super().mouseMoveEvent(event)
        opens = self.link_of(self.indexAt(event.position().toPoint()))
        self.viewport().setCursor(Qt.CursorShape.PointingHandCursor if opens else Qt.CursorShape.ArrowCursor)

    def _on_moved(self) -> None:
        self.viewport().update()

    def _on_clicked(self, index: QModelIndex) -> None:
        if link := self.link_of(index):
            self.link_wanted.emit(link)

    def _on_opened(self, row: Line) -> None:
        links = self._links[row[0]] if row[0] < len(self._links) else ()
        if link := self.link_of(self.currentIndex()) or next(filter(None, links), ""):
            self.link_wanted.emit(link)


def _columns(block: Table) -> tuple[Column[Line], ...]:
    widths = [width * _WIDTH_OF for width in block.widths]
    long = max(range(len(widths)), key=widths.__getitem__)
    return tuple(
        Column(title, _cell(place), width=min(max(widths[place], 6), 60), wrap=place == long)
        for place, title in enumerate(block.titles)
    )


def _cell(place: int) -> Callable[[Line], str]:
    def text(row: Line) -> str:
        return row[1][place]

    return text


def _sentence(text: str) -> PlainLabel:
    label = PlainLabel(text)
    label.setWordWrap(True)
    return label
