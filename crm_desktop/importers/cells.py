"""What a foreign table is made of, and how big it may be."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta

from crm_desktop.domain.errors import WorkbookRefused

Cell = str | float | int | bool | date | datetime | time | timedelta | None
Cells = tuple[Cell, ...]
TableRow = tuple[int, Cells]
Down = tuple[int, int, int]
"""A cell that was merged with those below it: its column (from 0), its first and its last row (the file's own)."""

MAX_BYTES = 50_000_000
MAX_UNPACKED_BYTES = 200_000_000
MAX_ROWS = 200_000
MAX_COLUMNS = 200
MAX_CELLS = 8_000_000
"""Cells of the rectangle from A1 to the last filled cell: a reader keeps 32 bytes for each, filled or not."""


@dataclass(frozen=True, slots=True)
class Grid:
    """Every row of one sheet as the file has it, numbered from 1; ``rows`` can be walked again and again."""

    rows: Iterable[TableRow]
    sheet: str = ""
    sheets: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()
    downs: tuple[Down, ...] = ()


@dataclass(frozen=True, slots=True)
class Table:
    """A grid with its heading row found.

    ``rows`` are those below the heading with the file's own row numbers; it can be walked again and again.
    ``row_count`` counts them, blank ones included. ``empty_columns`` hold no value in any row. ``notes`` are
    sentences the desk should read before importing (hidden rows, merged cells, other sheets).
    """

    headers: tuple[str, ...]
    header_row: int
    rows: Iterable[TableRow] = field(repr=False)
    row_count: int
    empty_columns: frozenset[int] = frozenset()
    sheet: str = ""
    sheets: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()
    downs: tuple[Down, ...] = ()

    def whole_rows(self) -> Iterator[tuple[int, Cells, Cells]]:
        """Every row as it stands, and with what a cell merged with those below it says in each of their rows.

        The two are the same object where nothing is merged. A cell merged with the heading's own row fills nothing.
        """
        starting: dict[int, list[Down]] = {}
        for down in self.downs:
            starting.setdefault(down[1], []).append(down)
        held: dict[int, tuple[Cell, int]] = {}
        for row, cells in self.rows:
            if held:
                held = {column: (told, last) for column, (told, last) in held.items() if row <= last}
            yield row, cells, _filled(cells, held) if held else cells
            for column, _, last in starting.get(row, ()):
                if column < len(cells):
                    held[column] = (cells[column], last)


def _filled(cells: Cells, held: Mapping[int, tuple[Cell, int]]) -> Cells:
    whole = [*cells, *[None] * (max(held) + 1 - len(cells))]
    for column, (told, _) in held.items():
        if is_blank(whole[column]):
            whole[column] = told
    return tuple(whole)


def is_blank(cell: Cell) -> bool:
    """True for an empty cell and for one that holds only blanks."""
    return cell is None or (isinstance(cell, str) and not cell.strip())


def cell_text(cell: Cell) -> str:
    """The cell as text: whole numbers without ``.0``, 是 and 否, days and times as the desk writes them."""
    if isinstance(cell, str):
        return cell
    if cell is None:
        return ""
    if isinstance(cell, bool):
        return "是" if cell else "否"
    if isinstance(cell, float):
        return str(int(cell)) if cell.is_integer() else repr(cell)
    if isinstance(cell, datetime):
        return cell.strftime("%Y-%m-%d %H:%M:%S").removesuffix(" 00:00:00")
    return str(cell)


def check_size(rows: int, columns: int) -> None:
    """:raises WorkbookRefused: when the table is bigger than the program reads at once."""
    if rows > MAX_ROWS:
        raise WorkbookRefused(f"表格超过 {MAX_ROWS:,} 行，请分成几个文件再导入。")
    if columns > MAX_COLUMNS:
        raise WorkbookRefused(f"表格超过 {MAX_COLUMNS} 列，请删去用不着的列再导入。")
    if rows * columns > MAX_CELLS:
        raise WorkbookRefused(f"表格超过 {MAX_CELLS:,} 格（{rows:,} 行乘 {columns} 列），请分成几个文件再导入。")
