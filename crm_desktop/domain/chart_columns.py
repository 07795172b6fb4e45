"""Columns over labels, piled where there are several, with lines above them: a trend, a 柏拉图."""

from __future__ import annotations

from crm_desktop.domain.chart_shapes import Box, Dot, Frame, Shape, Stroke, Words
from crm_desktop.domain.charts import Chart, Ink, Series, number_text, ticks

_GAP = 0.42
"""Part of a slot that stays free between two columns."""
_WIDEST = 4.2
"""A column is never wider than so many type sizes."""
_HUNDRED = (0.0, 20.0, 40.0, 60.0, 80.0, 100.0)
_HALVES = (0.0, 50.0, 100.0)
_CROWDED, _LOW = 3.1, 8.0


class _Ground:
    """The field the columns stand on: its edges and its two scales."""

    def __init__(self, chart: Chart, frame: Frame, top: float) -> None:
        self.chart, self.frame = chart, frame
        size = frame.size
        counts = [one for one in chart.series if not one.share]
        piles = [chart.total(place) for place in range(len(chart.labels))] if chart.piled else [0.0]
        highest = max([*piles, *(v or 0 for one in counts if one.line for v in one.values)], default=0.0)
        self.ticks = ticks(chart.whole or highest) if counts else ()
        self.whole = chart.whole or (self.ticks or _HUNDRED)[-1]
        self.ticks = tuple(tick for tick in self.ticks if tick <= self.whole)
        self.shares = any(one.share for one in chart.series)
        widest = max((frame.measure(number_text(tick), size) for tick in self.ticks), default=0.0)
        self.left = widest + size if self.ticks else 0.0
        self.right = frame.width - (3.6 * size if self.shares else 0.3 * size)
        self.slot = (self.right - self.left) / max(1, len(chart.labels))
        self.folded = [frame.folded(label, self.slot * 0.96) for label in chart.labels]
        lines = max((len(label) for label in self.folded), default=1)
        self.top = top + 1.5 * size
        self.bottom = frame.height - (1.35 * lines + 0.5) * size

    def middle(self, place: int) -> float:
        """The middle of a label's slot."""
        return self.left + self.slot * (place + 0.5)

    def height(self, value: float, share: bool = False) -> float:
        """Where a value stands."""
        whole = _HUNDRED[-1] if share else self.whole
        return self.bottom - (self.bottom - self.top) * value / whole


def columns_drawn(chart: Chart, frame: Frame, top: float) -> tuple[Shape, ...]:
    """The whole field below ``top``."""
    ground = _Ground(chart, frame, top)
    behind, before = list[Shape](), list[Shape]()
    for one in chart.lines:
        (behind if one.ink is Ink.QUIET else before).extend(_line(ground, one))
    return (*_grid(ground), *behind, *_columns(ground), *before, *_labels(ground))


def _grid(ground: _Ground) -> list[Shape]:
    size, shapes = ground.frame.size, list[Shape]()
    for tick in ground.ticks:
        y = ground.height(tick)
        shapes.append(Stroke(((ground.left, y), (ground.right, y)), Ink.LINE, 0.6))
        shapes.append(Words(number_text(tick), ground.left - size * 0.5, y, size, Ink.CAPTION, "right"))
    if ground.ticks:
        shapes.append(Words(ground.chart.unit, 0, ground.top - size * 1.15, size, Ink.CAPTION))
    if not ground.shares:
        return shapes
    low = ground.bottom - ground.top < _LOW * size
    for share in _HALVES if low else _HUNDRED:
        y = ground.height(share, share=True)
        if not ground.ticks:
            shapes.append(Stroke(((ground.left, y), (ground.right, y)), Ink.LINE, 0.6))
        shapes.append(Words(f"{share:.0f} %", ground.frame.width, y, size, Ink.CAPTION, "right"))
    if ground.chart.goal is not None:
        y = ground.height(ground.chart.goal, share=True)
        shapes.append(Stroke(((ground.left, y), (ground.right, y)), Ink.LATE, 0.9, dashed=True))
    return shapes


def _columns(ground: _Ground) -> list[Shape]:
    chart, size = ground.chart, ground.frame.size
    width = min(ground.slot * (1 - _GAP), _WIDEST * size)
    shapes: list[Shape] = []
    for place in range(len(chart.labels)):
        foot, x = ground.bottom, ground.middle(place) - width / 2
        so_far = 0.0
        for one in chart.piled:
            value = one.values[place] or 0.0
            so_far += value
            top = ground.height(so_far)
            if value:
                shapes.append(Box(x, top, width, foot - top, one.ink, place))
            foot = top
        if so_far and ground.slot > _narrowest(ground, number_text(so_far)):
            shapes.append(Words(number_text(so_far), ground.middle(place), foot - size * 0.75, size, side="centre"))
    return shapes


def _narrowest(ground: _Ground, text: str) -> float:
    return ground.frame.measure(text, ground.frame.size) + 2


def _line(ground: _Ground, one: Series) -> list[Shape]:
    """The line, its points, and its values where they have room: shares only, so that nothing is written twice.

    Over columns the value stands above its point, else below it, clear of the goal.
    """
    size, points = ground.frame.size, list[tuple[float, float]]()
    shapes: list[Shape] = []
    for place, value in enumerate([*one.values, None]):
        if value is None:
            if len(points) > 1:
                shapes.append(Stroke(tuple(points), one.ink, 1.5))
            points = []
            continue
        points.append((ground.middle(place), ground.height(value, one.share)))
    for place, value in enumerate(one.values):
        if value is None:
            continue
        x, y = ground.middle(place), ground.height(value, one.share)
        shapes.append(Dot(x, y, size * 0.24, one.ink, place))
        crowded = ground.chart.piled and abs(y - ground.height(ground.chart.total(place))) < size
        if one.share and not crowded and ground.slot > _CROWDED * size:
            away = -0.95 if ground.chart.piled else 1.05
            shapes.append(Words(f"{value:.0f} %", x, y + size * away, size * 0.92, one.ink, "centre"))
    return shapes


def _labels(ground: _Ground) -> list[Shape]:
    size = ground.frame.size
    return [
        Words(line, ground.middle(place), ground.bottom + size * (1.0 + 1.3 * number), size, Ink.CAPTION, "centre")
        for place, lines in enumerate(ground.folded)
        for number, line in enumerate(lines)
    ]
