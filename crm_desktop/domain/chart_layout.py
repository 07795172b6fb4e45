"""Where everything of a chart stands: legend on top, then columns, bars or a radar; plain numbers, no toolkit."""

from __future__ import annotations

from crm_desktop.domain.chart_bars import bars_drawn, bars_height
from crm_desktop.domain.chart_columns import columns_drawn
from crm_desktop.domain.chart_radar import radar_drawn
from crm_desktop.domain.chart_shapes import Box, Dot, Frame, Shape, Stroke, Words
from crm_desktop.domain.charts import Chart, ChartKind, Ink

_LEGEND = 2.2
"""Height of the legend in parts of the type size."""
_COLUMNS, _LINES, _RADAR = 15.0, 11.0, 19.0
_NARROW = 44.0
NOTHING = "没有数据"


def drawn(chart: Chart, frame: Frame) -> tuple[Shape, ...]:
    """Every shape of the chart, in the order they are painted."""
    if chart.empty:
        return (Words(NOTHING, frame.width / 2, frame.height / 2, frame.size, Ink.CAPTION, "centre"),)
    head = _legend(chart, frame)
    top = _LEGEND * frame.size if head else 0.6 * frame.size
    kinds = {ChartKind.COLUMNS: columns_drawn, ChartKind.BARS: bars_drawn, ChartKind.RADAR: radar_drawn}
    return (*head, *kinds[chart.kind](chart, frame, top))


def height_of(chart: Chart, width: float, size: float) -> float:
    """How high the chart wants to be at this width."""
    if chart.kind is ChartKind.BARS:
        return bars_height(chart, size) + (_LEGEND * size if len(chart.series) > 1 else 0.6 * size)
    wanted = _RADAR if chart.kind is ChartKind.RADAR else _COLUMNS if chart.piled else _LINES
    return wanted * size + (_LEGEND * size if width < _NARROW * size else 0)


def _legend(chart: Chart, frame: Frame) -> tuple[Shape, ...]:
    """Which colour is what; none where there is only one row of numbers."""
    if len(chart.series) < 2:
        return ()
    shapes: list[Shape] = []
    x, y, mark = 0.0, frame.size * 0.8, frame.size
    for one in chart.series:
        if one.line:
            shapes += [Stroke(((x, y), (x + mark, y)), one.ink, 1.6), Dot(x + mark / 2, y, frame.size * 0.24, one.ink)]
        else:
            shapes.append(Box(x, y - mark * 0.35, mark * 0.8, mark * 0.7, one.ink))
        shapes.append(Words(one.name, x + mark * 1.4, y, frame.size, Ink.CAPTION))
        x += mark * 3 + frame.measure(one.name, frame.size)
    return tuple(shapes)
