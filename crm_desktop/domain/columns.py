"""What a list shows in which order: a column written once for screen, Excel and PDF."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime
from enum import Enum
from typing import Generic, TypeVar

Row = TypeVar("Row")
CellValue = str | int | float | date | datetime | None


class Kind(Enum):
    """How a column's values are sorted, aligned and written into a workbook."""

    TEXT = "text"
    DATE = "date"
    TIME = "time"
    INTEGER = "integer"


@dataclass(frozen=True, slots=True)
class Column(Generic[Row]):
    """One column, written once for screen, Excel and PDF.

    ``value`` gives the typed value (sorted by, exported); ``width`` is in Excel characters (about 7 px each on
    screen); ``wrap`` marks long text. ``shown_as`` gives screen and paper another form of it: 沪A·8K231, while a
    workbook keeps the 沪A8K231 it is searched by.
    """

    title: str
    value: Callable[[Row], CellValue]
    kind: Kind = Kind.TEXT
    width: float = 12
    wrap: bool = False
    shown_as: Callable[[Row], str] | None = None

    def text(self, row: Row) -> str:
        """The value as it is shown on screen and paper."""
        return self.shown_as(row) if self.shown_as else shown(self.value(row))


def shown(value: CellValue) -> str:
    """A cell value as a person reads it: 2026-11-21, 2026-11-21 14:05, plain numbers, nothing for None."""
    if value is None:
        return ""
    if isinstance(value, datetime):
        return value.strftime("%Y-%m-%d %H:%M")
    if isinstance(value, date):
        return value.isoformat()
    return str(value)
