"""How somebody arranged a list: widths, columns put away, their order, and what it is sorted by."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field, replace
from typing import Any


@dataclass(frozen=True, slots=True)
class TableLayout:
    """What was changed of a list, by the titles of its columns; nothing changed is ``TableLayout()``.

    ``widths`` in px as drawn by hand; ``order`` names all columns, left to right, once one was moved; ``sort`` is the
    column it is sorted by, empty for the order it comes in.
    """

    widths: Mapping[str, int] = field(default_factory=dict)
    hidden: tuple[str, ...] = ()
    order: tuple[str, ...] = ()
    sort: str = ""
    descending: bool = False

    def with_column(self, title: str, *, shown: bool) -> TableLayout:
        """The same with one column put away or brought back."""
        others = tuple(one for one in self.hidden if one != title)
        return replace(self, hidden=others if shown else (*others, title))

    def told(self) -> str:
        """As it is kept in a file."""
        return json.dumps(asdict(self), ensure_ascii=False)


def layout_from(told: str) -> TableLayout:
    """What ``told`` wrote, or an earlier version's plain widths (0 for a column put away); nothing where another hand
    wrote it.
    """
    try:
        found = json.loads(told) if told else {}
    except ValueError:
        return TableLayout()
    if not isinstance(found, dict):
        return TableLayout()
    if found and _widths(found) == found:
        return TableLayout({t: w for t, w in found.items() if w}, tuple(t for t, w in found.items() if not w))
    return TableLayout(
        _widths(found.get("widths")),
        _titles(found.get("hidden")),
        _titles(found.get("order")),
        found["sort"] if isinstance(found.get("sort"), str) else "",
        found.get("descending") is True,
    )


def _widths(told: Any) -> dict[str, int]:
    pairs = told.items() if isinstance(told, dict) else ()
    return {str(title): width for title, width in pairs if type(width) is int and 0 <= width <= _WIDEST}


def _titles(told: Any) -> tuple[str, ...]:
    return tuple(one for one in told if isinstance(one, str)) if isinstance(told, list) else ()


_WIDEST = 4000
"""No screen is wider; a file that says so was not written by this program."""
