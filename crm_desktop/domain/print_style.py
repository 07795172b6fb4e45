"""How a form is printed this time: once or as the two copies it names at its foot, whole or onto stock that is printed
already (套打)."""

from __future__ import annotations

from dataclasses import dataclass

TWO_SHEETS = "一式两联：白联客户关爱部存档，红联责任部门"
"""At the foot of 《抱怨/投诉单》 and 《解决方案》 (facts.md 2.3)."""
TWO_COPIES = "一式两份：客户、客户关爱部各执一份"
"""At the foot of 《解决确认书》."""
_EACH = {
    TWO_SHEETS: ("第一联（白联）：客户关爱部存档", "第二联（红联）：责任部门"),
    TWO_COPIES: ("第一份：客户关爱部留存", "第二份：客户"),
}
FARTHEST = 30.0
"""So many millimetres the values may be moved: more is another form."""


def copies_of(foot: str) -> tuple[str, ...]:
    """What each copy says at its foot instead; none where the paper is no form of two."""
    return _EACH.get(foot, ())


@dataclass(frozen=True, slots=True)
class Shift:
    """How far the values are moved on stock, in millimetres to the right and downwards."""

    right: float = 0.0
    down: float = 0.0


@dataclass(frozen=True, slots=True)
class PrintStyle:
    """``copies``: 一式两联, each with its own foot. ``stock``: 套打, only what was filled in, moved by it;
    ``underneath`` shows the form below it in grey, which is for the eye only."""

    copies: bool = False
    stock: Shift | None = None
    underneath: bool = False


PLAIN = PrintStyle()
