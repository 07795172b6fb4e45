"""A chart as Excel's own: its numbers stand on the sheet 图表数据, where whoever wants may change them."""

from __future__ import annotations

from typing import Any, Literal

from openpyxl import Workbook
from openpyxl.chart import BarChart, LineChart, RadarChart, Reference
from openpyxl.chart.axis import ChartLines
from openpyxl.chart.label import DataLabelList
from openpyxl.chart.legend import Legend
from openpyxl.chart.series_factory import SeriesFactory
from openpyxl.chart.shapes import GraphicalProperties
from openpyxl.chart.text import RichText, Text
from openpyxl.chart.title import Title
from openpyxl.drawing.line import LineProperties
from openpyxl.drawing.text import (
    CharacterProperties,
    Font,
    Paragraph,
    ParagraphProperties,
    RegularTextRun,
)
from openpyxl.styles import Font as CellFont
from openpyxl.worksheet.worksheet import Worksheet

from crm_desktop.domain.charts import Chart, ChartKind, Ink, Series
from crm_desktop.exporters.chart_inks import INKS
from crm_desktop.exporters.excel import FONT, put, set_up

DATA_SHEET = "图表数据"
_GOAL = "目标线"
_HEIGHTS = {ChartKind.COLUMNS: 6.4, ChartKind.RADAR: 8.0}
_BAR, _ROUND_BARS = 0.62, 1.9
_SECOND_AXIS = 200
_EMU = 12_700
_ONE_PLACE = "0.0"
_PLAIN, _BOLD = CellFont(FONT, 9), CellFont(FONT, 10, bold=True)


class ChartBook:
    """Puts charts on a page and their numbers on a sheet behind it."""

    def __init__(self, book: Workbook) -> None:
        self._book = book
        self._row = 1
        self._data: Worksheet | None = None

    def add(self, page: Worksheet, chart: Chart, anchor: str, width: float) -> float:
        """The chart with its upper left corner in a cell, ``width`` cm wide; gives its height in cm."""
        whole = self._told(chart)
        kinds = {ChartKind.BARS: self._bars, ChartKind.RADAR: self._radar, ChartKind.COLUMNS: self._columns}
        drawn: Any = kinds[chart.kind](chart, whole)
        drawn.title = _title(chart.title)
        drawn.width, drawn.height = width, chart_height(chart)
        drawn.legend = None if len(chart.series) == 1 and chart.goal is None else Legend(legendPos="t")
        drawn.graphical_properties = GraphicalProperties(ln=LineProperties(noFill=True))
        page.add_chart(drawn, anchor)
        return float(drawn.height)

    def _told(self, chart: Chart) -> int:
        """The numbers of the chart as a table of their own; gives the row of its headings."""
        data, head = self._sheet(), self._row + 1
        put(data, self._row, 1, chart.title).font = _BOLD
        names = [one.name for one in chart.series] + ([_GOAL] if chart.goal is not None else [])
        for column, name in enumerate(names, 2):
            put(data, head, column, name).font = _PLAIN
        for place, label in enumerate(chart.labels):
            put(data, head + 1 + place, 1, label.replace("\n", " ")).font = _PLAIN
            values = [one.values[place] for one in chart.series] + ([chart.goal] if chart.goal is not None else [])
            for column, value in enumerate(values, 2):
                cell = data.cell(head + 1 + place, column, value)
                cell.font = _PLAIN
                if value is not None and value % 1:
                    cell.number_format = _ONE_PLACE  # shown as in the report, kept whole for whoever counts on
        self._row = head + len(chart.labels) + 2
        return head

    def _sheet(self) -> Worksheet:
        if self._data is None:
            self._data = self._book.create_sheet()
            set_up(self._data, DATA_SHEET)
            for column, width in zip("ABCDE", (34, 12, 12, 12, 12), strict=True):
                self._data.column_dimensions[column].width = width
        return self._data

    def _bars(self, chart: Chart, head: int) -> BarChart:
        drawn = BarChart()
        drawn.type, drawn.overlap, drawn.gapWidth = "bar", 100, 60
        drawn.grouping = _grouping(chart)
        self._fill(drawn, chart, head, chart.piled)
        drawn.x_axis.scaling.orientation = "maxMin"
        drawn.y_axis.majorGridlines = None
        drawn.y_axis.delete, drawn.x_axis.delete = True, False
        return drawn

    def _radar(self, chart: Chart, head: int) -> RadarChart:
        drawn = RadarChart()
        drawn.type = "marker"
        self._fill(drawn, chart, head, chart.series)
        for one, row in zip(chart.series, drawn.series, strict=True):
            _as_line(row, one.ink)
        drawn.x_axis.delete, drawn.y_axis.delete = False, True
        return drawn

    def _columns(self, chart: Chart, head: int) -> BarChart | LineChart:
        lines = self._lines(chart, head)
        if not chart.piled:
            lines.y_axis.scaling.min, lines.y_axis.scaling.max = 0, 100
            lines.y_axis.majorGridlines = _grid()
            return lines
        drawn = BarChart()
        drawn.type, drawn.overlap, drawn.gapWidth = "col", 100, 70
        drawn.grouping = _grouping(chart)
        self._fill(drawn, chart, head, chart.piled)
        drawn.x_axis.delete = drawn.y_axis.delete = False
        drawn.y_axis.majorGridlines = _grid()
        drawn.y_axis.scaling.min = 0
        if chart.whole:
            drawn.y_axis.scaling.max = chart.whole
        if chart.lines:
            if any(one.share for one in chart.lines):
                lines.y_axis.axId = _SECOND_AXIS
                lines.y_axis.crosses, lines.y_axis.majorGridlines = "max", None
                lines.y_axis.scaling.min, lines.y_axis.scaling.max = 0, 100
            drawn += lines
        return drawn

    def _lines(self, chart: Chart, head: int) -> LineChart:
        drawn = LineChart()
        self._fill(drawn, chart, head, chart.lines)
        for one, row in zip(chart.lines, drawn.series, strict=True):
            _as_line(row, one.ink)
        if chart.goal is not None:
            row = self._row_of(chart, head, len(chart.series) + 2)
            _as_line(row, Ink.LATE, dashed=True)
            drawn.series.append(row)
            drawn.set_categories(self._labels(chart, head))
        drawn.x_axis.delete = drawn.y_axis.delete = False
        return drawn

    def _fill(
        self, drawn: BarChart | LineChart | RadarChart, chart: Chart, head: int, wanted: tuple[Series, ...]
    ) -> None:
        for one in wanted:
            row = self._row_of(chart, head, 2 + chart.series.index(one))
            row.graphicalProperties = GraphicalProperties(solidFill=INKS[one.ink])
            if not one.line and chart.kind is not ChartKind.RADAR:
                row.invertIfNegative = False
                row.dLbls = _values_shown() if len(chart.piled) == 1 else None
            drawn.series.append(row)
        drawn.set_categories(self._labels(chart, head))

    def _row_of(self, chart: Chart, head: int, column: int) -> Any:
        values = Reference(self._sheet(), min_col=column, min_row=head, max_row=head + len(chart.labels))
        return SeriesFactory(values, title_from_data=True)

    def _labels(self, chart: Chart, head: int) -> Reference:
        return Reference(self._sheet(), min_col=1, min_row=head + 1, max_row=head + len(chart.labels))


def _grouping(chart: Chart) -> Literal["stacked", "clustered"]:
    """Values can stand behind a bar only where none stands on top of it."""
    return "stacked" if len(chart.piled) > 1 else "clustered"


def _values_shown() -> DataLabelList:
    labels = DataLabelList(dLblPos="outEnd", showVal=True)
    labels.showSerName = labels.showLegendKey = labels.showCatName = labels.showPercent = False
    return labels


def _grid() -> ChartLines:
    return ChartLines(spPr=GraphicalProperties(ln=LineProperties(solidFill=INKS[Ink.LINE])))


def chart_height(chart: Chart) -> float:
    """In cm."""
    if chart.kind is ChartKind.BARS:
        return _BAR * len(chart.labels) + _ROUND_BARS
    return _HEIGHTS[chart.kind]


def _as_line(row: Any, ink: Ink, *, dashed: bool = False) -> None:
    line = LineProperties(solidFill=INKS[ink], w=2 * _EMU, prstDash="dash" if dashed else None)
    row.graphicalProperties = GraphicalProperties(ln=line)
    row.graphicalProperties.noFill = True
    row.marker.symbol = "none" if dashed else "circle"
    row.marker.size = 5
    row.marker.graphicalProperties = GraphicalProperties(solidFill=INKS[ink])
    row.smooth = False


def _title(text: str) -> Title:
    """Small, bold and in our face; Excel's own would be larger than the report's headings."""
    style = CharacterProperties(sz=1000, b=True, solidFill=INKS[Ink.CAPTION], latin=Font(FONT), ea=Font(FONT))
    run = RegularTextRun(rPr=style, t=text)
    rich = RichText(p=[Paragraph(pPr=ParagraphProperties(defRPr=style), r=[run])])
    return Title(tx=Text(rich=rich), overlay=False)
