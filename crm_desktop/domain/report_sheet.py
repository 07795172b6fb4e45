"""A report on its way to paper: headings, paragraphs and tables of final text, kept as it was when it is frozen."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Literal

from crm_desktop.domain.sheets import Letterhead

Side = Literal["left", "right"]


@dataclass(frozen=True, slots=True)
class Heading:
    """A numbered heading: 1 概况."""

    text: str


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A line of explanation below a heading or a table."""

    text: str


@dataclass(frozen=True, slots=True)
class WritingRoom:
    """A framed space to write in by hand, ``lines`` high."""

    caption: str
    lines: int = 5


@dataclass(frozen=True, slots=True)
class Table:
    """Rows of text; ``widths`` are parts of the page's width, ``sides`` where each column's text stands."""

    titles: tuple[str, ...]
    widths: tuple[float, ...]
    rows: tuple[tuple[str, ...], ...]
    sides: tuple[Side, ...] = ()
    nothing: str = "没有"

    def side(self, column: int) -> Side:
        """Where a column's text stands; left where nothing is said."""
        return self.sides[column] if column < len(self.sides) else "left"


Block = Heading | Paragraph | WritingRoom | Table
_KINDS: Mapping[str, type[Heading] | type[Paragraph] | type[WritingRoom] | type[Table]] = {
    "heading": Heading,
    "paragraph": Paragraph,
    "room": WritingRoom,
    "table": Table,
}


@dataclass(frozen=True, slots=True)
class ReportSheet:
    """The whole report; ``mark`` stands beside the period (第 2 版, 未定稿 …)."""

    title: str
    letterhead: Letterhead
    period: str
    blocks: tuple[Block, ...]
    signatures: tuple[str, ...] = ()
    mark: str = ""
    foot: str = ""


def blocks_table(blocks: Sequence[Block]) -> list[dict[str, Any]]:
    """Blocks as ``read_blocks`` reads them: plain lists and words, for a JSON text."""
    found = []
    for block in blocks:
        kind = next(name for name, model in _KINDS.items() if isinstance(block, model))
        values = {name: getattr(block, name) for name in block.__dataclass_fields__}
        found.append({"kind": kind, **values})
    return found


def read_blocks(table: Sequence[Mapping[str, Any]]) -> tuple[Block, ...]:
    """The blocks of a frozen report."""
    return tuple(_read(row) for row in table)


def _read(row: Mapping[str, Any]) -> Block:
    match row["kind"]:
        case "heading":
            return Heading(row["text"])
        case "paragraph":
            return Paragraph(row["text"])
        case "room":
            return WritingRoom(row["caption"], row["lines"])
        case _:
            rows = tuple(tuple(cells) for cells in row["rows"])
            return Table(tuple(row["titles"]), tuple(row["widths"]), rows, tuple(row["sides"]), row["nothing"])
