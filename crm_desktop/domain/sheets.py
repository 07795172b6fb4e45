"""What leaves the house: frozen sheets whose text is final, so that exporters are pure functions."""

from __future__ import annotations

from collections.abc import Callable, Iterable
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


@dataclass(frozen=True, slots=True)
class Letterhead:
    """Who prints: stands on every paper (requirements A41). ``logo`` is a PNG's or JPEG's bytes."""

    dealer_name: str = ""
    dealer_code: str = ""
    brand: str = ""
    document_number: str = ""
    version: str = ""
    logo: bytes | None = None

    @property
    def dealer(self) -> str:
        """Brand, name and code in one line; the brand only where the name does not say it already."""
        brand = f"{self.brand} " if self.brand and self.brand not in self.dealer_name else ""
        code = f"（{self.dealer_code}）" if self.dealer_code else ""
        return f"{brand}{self.dealer_name}{code}".strip()


@dataclass(frozen=True, slots=True)
class TableSheet(Generic[Row]):
    """A list on its way to a file. ``rows`` may be a generator: it is walked once.

    ``period`` is the line under the title (2026年11月, or 2026-11-01 至 2026-11-30).
    """

    title: str
    letterhead: Letterhead
    columns: tuple[Column[Row], ...]
    rows: Iterable[Row]
    period: str = ""


@dataclass(frozen=True, slots=True)
class Box:
    """A box on a paper form, ticked (☑) or not (□)."""

    label: str
    ticked: bool = False


@dataclass(frozen=True, slots=True)
class Signature:
    """A block to sign: its heading, what was decided (boxes), and who signed when (blank to sign by hand)."""

    heading: str
    boxes: tuple[Box, ...] = ()
    name: str = ""
    signed_on: str = ""
    note: str = ""
