"""Horizontal bars, one below the other, piled where there are several rows of numbers."""

from __future__ import annotations

from crm_desktop.domain.chart_shapes import Box, Frame, Shape, Stroke, Words
from crm_desktop.domain.charts import Chart, Ink, number_text

_STEP, _THICK = 1.95, 1.15
"""Distance of two bars and how thick one is, in parts of the type size."""
_MOST_OF_WIDTH = 0.34
"""A label takes at most this part of the width."""


def bars_height(chart: Chart, size: float) -> float:
    """So high are the bars alone."""
    return (len(chart.labels) * _STEP + 0.4) * size


def bars_drawn(chart: Chart, frame: Frame, top: float) -> tuple[Shape, ...]:
    """Label at the left, bar, number and share behind it."""
    size = frame.size
    names = [frame.fitted(label, frame.width * _MOST_OF_WIDTH) for label in chart.labels]
    left = max((frame.measure(name, size) for name in names), default=0.0) + size * 0.8
    totals = [chart.total(place) for place in range(len(names))]
    whole, most = sum(totals), max(totals, default=0.0) or 1.0
    first = [chart.series[0].values[place] or 0.0 for place in range(len(names))]
    parts = zip(first, totals, strict=True) if chart.rate else ((total, whole) for total in totals)
    told = [_told(part, all_of_it, chart.rate) for part, all_of_it in parts]
    room = frame.width - left - max((frame.measure(text, size) for text in told), default=0.0) - size * 0.8
    shapes: list[Shape] = [Stroke(((left, top), (left, top + bars_height(chart, size))), Ink.LINE, 0.8)]
    for place, name in enumerate(names):
        y, x = top + size * (0.2 + _STEP * (place + 0.5)), left
        shapes.append(Words(name, left - size * 0.6, y, size, side="right"))
        for one in chart.piled:
            width = room * (one.values[place] or 0.0) / most
            if width:
                shapes.append(Box(x, y - size * _THICK / 2, width, size * _THICK, one.ink, place))
            x += width
        shapes.append(Words(told[place], x + size * 0.5, y, size, Ink.CAPTION))
    return tuple(shapes)


def _told(part: float, whole: float, rate: bool) -> str:
    number = f"{number_text(part)}/{number_text(whole)}" if rate and whole else number_text(part)
    return f"{number}（{100 * part / whole:.0f} %）" if whole and (part or rate) else number
