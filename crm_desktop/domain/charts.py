"""A picture of numbers, defined once: the screen, the paper and the workbook draw the same ``Chart``."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from itertools import accumulate
from math import ceil, floor, log10

PARETO_LINE = 80.0
"""The vital few of a 柏拉图 end where the running share crosses this line (facts.md section 4)."""


class ChartKind(StrEnum):
    """How the numbers are drawn."""

    COLUMNS = "columns"
    BARS = "bars"
    RADAR = "radar"


class Ink(StrEnum):
    """Colours by what they mean; screen, paper and workbook each know what they look like there."""

    MAIN = "main"
    SECOND = "second"
    LATE = "late"
    SOON = "soon"
    DONE = "done"
    QUIET = "quiet"
    TEXT = "text"
    CAPTION = "caption"
    LINE = "line"


@dataclass(frozen=True, slots=True)
class Series:
    """One row of numbers, one for each label; None where there is nothing to show.

    Series that are no ``line`` stand on top of one another. ``share``: per cent, on an axis of its own from 0 to 100.
    """

    name: str
    values: tuple[float | None, ...]
    ink: Ink = Ink.MAIN
    line: bool = False
    share: bool = False


@dataclass(frozen=True, slots=True)
class Chart:
    """A whole picture. ``keys`` name what each label opens; ``goal`` is a line across at so many per cent.

    ``whole``: the counts' axis ends there, so that it agrees with 100 % of a running share. ``rate``: each bar tells
    which share of it the first row of numbers is, not which share of all bars it is.
    """

    title: str
    kind: ChartKind
    labels: tuple[str, ...]
    series: tuple[Series, ...]
    unit: str = "件"
    keys: tuple[str, ...] = ()
    goal: float | None = None
    whole: float | None = None
    rate: bool = False

    @property
    def piled(self) -> tuple[Series, ...]:
        """What stands as columns or bars, lowest first."""
        return tuple(one for one in self.series if not one.line)

    @property
    def lines(self) -> tuple[Series, ...]:
        """What is drawn as a line."""
        return tuple(one for one in self.series if one.line)

    @property
    def empty(self) -> bool:
        """Nothing to draw."""
        return not any(value for one in self.series for value in one.values)

    def total(self, place: int) -> float:
        """How high the pile over one label is."""
        return sum(one.values[place] or 0 for one in self.piled)

    def told(self) -> str:
        """The picture in words, for those who hear it."""
        parts = [
            f"{label.replace(chr(10), '')} "
            + "、".join(f"{one.name} {number_text(one.values[n])}" for one in self.series)
            for n, label in enumerate(self.labels)
        ]
        return f"{self.title}：" + "；".join(parts) if parts else f"{self.title}：没有数据"


def pareto(title: str, counts: Sequence[tuple[str, int]], keys: Sequence[str] = (), unit: str = "件") -> Chart:
    """柏拉图: columns most first, the running share above them, a line at 80 %."""
    whole = sum(count for _, count in counts)
    running = accumulate(count for _, count in counts)
    shares = tuple(100 * so_far / whole if whole else None for so_far in running)
    return Chart(
        title,
        ChartKind.COLUMNS,
        tuple(label for label, _ in counts),
        (
            Series("件数", tuple(float(count) for _, count in counts)),
            Series("累计占比", shares, Ink.SOON, line=True, share=True),
        ),
        unit,
        tuple(keys),
        PARETO_LINE,
        float(whole),
    )


def vital_few(counts: Sequence[int]) -> int:
    """How many of the figures, most first, it takes to reach 80 % of all; 0 of nothing."""
    whole, so_far = sum(counts), 0
    for many, count in enumerate(counts, 1):
        so_far += count
        if so_far >= whole * PARETO_LINE / 100:
            return many if whole else 0
    return 0


def bars(title: str, counts: Sequence[tuple[str, int]], keys: Sequence[str] = (), unit: str = "件") -> Chart:
    """One horizontal bar for each figure, in the order given."""
    values = tuple(float(count) for _, count in counts)
    labels = tuple(label for label, _ in counts)
    return Chart(title, ChartKind.BARS, labels, (Series("件数", values),), unit, tuple(keys))


def ticks(largest: float, most: int = 5) -> tuple[float, ...]:
    """Round numbers from 0 to at least ``largest``, whole ones, in steps of 1, 2 or 5 times a power of ten."""
    if largest <= 0:
        return (0.0, 1.0)
    rough = largest / most
    power = 10.0 ** floor(log10(rough))
    step = max(1.0, next(power * times for times in (1, 2, 5, 10) if power * times >= rough))
    return tuple(step * number for number in range(ceil(largest / step) + 1))


def number_text(value: float | None) -> str:
    """A value as it is written: whole without a point, others with one digit behind it, – for none."""
    if value is None:
        return "–"
    return f"{value:.0f}" if float(value).is_integer() else f"{value:.1f}"
