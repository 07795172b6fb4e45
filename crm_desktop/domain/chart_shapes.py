"""What a chart is drawn of: boxes, strokes and words at places, the same on every ground.

x runs to the right and y downwards from the upper left corner; lengths are pixels on screen and points on paper.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Literal

from crm_desktop.domain.charts import Ink

Measure = Callable[[str, float], float]
"""How wide a text is in a size."""
Side = Literal["left", "centre", "right"]
Point = tuple[float, float]
NOWHERE = -1


@dataclass(frozen=True, slots=True)
class Box:
    """A filled rectangle; ``place`` is the label it belongs to, or ``NOWHERE``."""

    x: float
    y: float
    width: float
    height: float
    ink: Ink
    place: int = NOWHERE


@dataclass(frozen=True, slots=True)
class Stroke:
    """A line through points. ``tint``: what it encloses gets a breath of its colour."""

    points: tuple[Point, ...]
    ink: Ink
    width: float = 0.6
    dashed: bool = False
    tint: bool = False


@dataclass(frozen=True, slots=True)
class Dot:
    """A point of a line."""

    x: float
    y: float
    radius: float
    ink: Ink
    place: int = NOWHERE


@dataclass(frozen=True, slots=True)
class Words:
    """One line of text; ``y`` is its middle."""

    text: str
    x: float
    y: float
    size: float
    ink: Ink = Ink.TEXT
    side: Side = "left"
    bold: bool = False


Shape = Box | Stroke | Dot | Words


@dataclass(frozen=True, slots=True)
class Frame:
    """The room a chart gets: its size, the size of its type, and how wide words are."""

    width: float
    height: float
    size: float
    measure: Measure

    def fitted(self, text: str, room: float, size: float = 0) -> str:
        """The text, or its beginning and … where it is too long for the room."""
        own = size or self.size
        if self.measure(text, own) <= room:
            return text
        while len(text) > 1 and self.measure(f"{text}…", own) > room:
            text = text[:-1]
        return f"{text}…"

    def folded(self, text: str, room: float, lines: int = 2) -> tuple[str, ...]:
        """The text in at most so many lines of the room."""
        if "\n" in text:
            return tuple(self.fitted(part, room) for part in text.split("\n")[:lines])
        if self.measure(text, self.size) <= room or lines == 1:
            return (self.fitted(text, room),)
        end = max(1, next((n for n in range(len(text), 0, -1) if self.measure(text[:n], self.size) <= room), 1))
        return (text[:end], *self.folded(text[end:], room, lines - 1))
