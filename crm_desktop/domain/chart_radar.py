"""A radar: one axis for each label, one outline for each row of numbers (五度)."""

from __future__ import annotations

from math import cos, pi, sin

from crm_desktop.domain.chart_shapes import Dot, Frame, Point, Shape, Side, Stroke, Words
from crm_desktop.domain.charts import Chart, Ink, number_text, ticks

_RINGS = 4


def radar_drawn(chart: Chart, frame: Frame, top: float) -> tuple[Shape, ...]:
    """Rings, axes, outlines, and at each axis its label with the first row's number."""
    size, many = frame.size, max(3, len(chart.labels))
    radius = max(size, min((frame.height - top) / 2 - 2.0 * size, frame.width / 2 - 5.5 * size))
    middle = (frame.width / 2, top + (frame.height - top) / 2 + 0.3 * size)
    whole = ticks(max((value or 0.0 for one in chart.series for value in one.values), default=0.0), _RINGS)[-1]
    shapes: list[Shape] = []
    for ring in range(1, _RINGS + 1):
        shapes.append(_outline(middle, [radius * ring / _RINGS] * many, Ink.LINE, 0.6))
    for place in range(many):
        shapes.append(Stroke((middle, _at(middle, radius, place, many)), Ink.LINE, 0.6))
    for one in reversed(chart.series):
        reach = [radius * (value or 0.0) / whole for value in one.values]
        reach += [0.0] * (many - len(reach))
        shapes.append(_outline(middle, reach, one.ink, 1.6, tint=one is chart.series[0]))
        if one is chart.series[0]:
            shapes += [
                Dot(*_at(middle, far, place, many), size * 0.26, one.ink, place)
                for place, far in enumerate(reach[: len(one.values)])
            ]
    for place, label in enumerate(chart.labels):
        x, y = _at(middle, radius + 1.0 * size, place, many)
        away = x - middle[0]
        side: Side = "centre" if abs(away) < size else ("left" if away > 0 else "right")
        text = f"{label} {number_text(chart.series[0].values[place])}"
        shapes.append(Words(text, x, y, size, side=side))
    return tuple(shapes)


def _at(middle: Point, far: float, place: int, many: int) -> Point:
    turn = 2 * pi * place / many - pi / 2
    return middle[0] + far * cos(turn), middle[1] + far * sin(turn)


def _outline(middle: Point, reach: list[float], ink: Ink, width: float, *, tint: bool = False) -> Stroke:
    points = [_at(middle, far, place, len(reach)) for place, far in enumerate(reach)]
    return Stroke((*points, points[0]), ink, width, tint=tint)
