"""A report on its way to paper: headings, words, pictures and tables of final text, kept as it was when frozen."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from typing import Any, Literal

from crm_desktop.domain.charts import Chart, ChartKind, Ink, Series
from crm_desktop.domain.monthly_keys import Span, split_words
from crm_desktop.domain.sheets import Letterhead

Side = Literal["left", "right"]


@dataclass(frozen=True, slots=True)
class Heading:
    """A numbered heading: 1 概况. ``key`` names the section for its comments; ``part``: a smaller one inside it."""

    text: str
    key: str = ""
    part: bool = False


@dataclass(frozen=True, slots=True)
class Card:
    """A large number with its name, what it was before, and the figure it opens; ``ink`` says whether it is well."""

    name: str
    number: str
    note: str = ""
    link: str = ""
    ink: Ink = Ink.TEXT


@dataclass(frozen=True, slots=True)
class Cards:
    """Large numbers side by side."""

    cards: tuple[Card, ...]


@dataclass(frozen=True, slots=True)
class Pictures:
    """One chart across the page, or several side by side."""

    charts: tuple[Chart, ...]


@dataclass(frozen=True, slots=True)
class Remark:
    """What somebody had to say about the section, and who that was."""

    text: str
    who: str = ""


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A line of explanation below a heading or a table; ``spans`` say which of its words open a list."""

    text: str
    spans: tuple[Span, ...] = ()


@dataclass(frozen=True, slots=True)
class WritingRoom:
    """A framed space to write in by hand, ``lines`` high."""

    caption: str
    lines: int = 5


@dataclass(frozen=True, slots=True)
class Table:
    """Rows of text; ``widths`` are parts of the page's width, ``sides`` where each column's text stands.

    ``links`` says of each cell what opens when it is clicked: a figure's name, or nothing.
    """

    titles: tuple[str, ...]
    widths: tuple[float, ...]
    rows: tuple[tuple[str, ...], ...]
    sides: tuple[Side, ...] = ()
    nothing: str = "没有"
    links: tuple[tuple[str, ...], ...] = ()

    def side(self, column: int) -> Side:
        """Where a column's text stands; left where nothing is said."""
        return self.sides[column] if column < len(self.sides) else "left"


Block = Heading | Paragraph | WritingRoom | Table | Cards | Pictures | Remark
_KINDS: Mapping[str, type[Block]] = {
    "heading": Heading,
    "paragraph": Paragraph,
    "room": WritingRoom,
    "table": Table,
    "cards": Cards,
    "pictures": Pictures,
    "remark": Remark,
}


@dataclass(frozen=True, slots=True)
class ReportSheet:
    """The whole report; ``mark`` stands beside the period (第 2 版, 未定稿 …), ``code`` is what its QR code says."""

    title: str
    letterhead: Letterhead
    period: str
    blocks: tuple[Block, ...]
    signatures: tuple[str, ...] = ()
    mark: str = ""
    foot: str = ""
    code: str = ""


def spoken(sentence: str) -> Paragraph:
    """A sentence of ``monthly_keys.opens`` as a block."""
    return Paragraph(*split_words(sentence))


def blocks_table(blocks: Sequence[Block]) -> list[dict[str, Any]]:
    """Blocks as ``read_blocks`` reads them: plain lists and words, for a JSON text."""
    kinds = {model: name for name, model in _KINDS.items()}
    return [{"kind": kinds[type(block)], **asdict(block)} for block in blocks]


def read_blocks(table: Sequence[Mapping[str, Any]]) -> tuple[Block, ...]:
    """The blocks of a frozen report."""
    return tuple(_read(row) for row in table)


def _read(row: Mapping[str, Any]) -> Block:
    match row["kind"]:
        case "heading":
            return Heading(row["text"], row.get("key", ""), row.get("part", False))
        case "paragraph":
            return Paragraph(row["text"], tuple((start, end, link) for start, end, link in row.get("spans", ())))
        case "room":
            return WritingRoom(row["caption"], row["lines"])
        case "remark":
            return Remark(row["text"], row["who"])
        case "cards":
            return Cards(tuple(Card(**{**card, "ink": Ink(card["ink"])}) for card in row["cards"]))
        case "pictures":
            return Pictures(tuple(_chart(chart) for chart in row["charts"]))
        case _:
            rows, links = (tuple(tuple(cells) for cells in row.get(name, ())) for name in ("rows", "links"))
            return Table(tuple(row["titles"]), tuple(row["widths"]), rows, tuple(row["sides"]), row["nothing"], links)


def _chart(row: Mapping[str, Any]) -> Chart:
    plain = {name: row[name] for name in ("title", "unit", "goal", "whole", "rate")}
    series = tuple(
        Series(one["name"], tuple(one["values"]), Ink(one["ink"]), one["line"], one["share"]) for one in row["series"]
    )
    labels, keys = tuple(row["labels"]), tuple(row["keys"])
    return Chart(kind=ChartKind(row["kind"]), labels=labels, series=series, keys=keys, **plain)
