"""A foreign file as a table: told by content, read by the right reader, its heading row found.

This is all another process needs to call: a path in, plain values out.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice
from pathlib import Path

from crm_desktop.domain.errors import WorkbookRefused
from crm_desktop.domain.text import clean_line
from crm_desktop.importers import headings
from crm_desktop.importers.cells import MAX_BYTES, Cells, Grid, Table, TableRow, cell_text, check_size, is_blank
from crm_desktop.importers.csv_text import text_grid
from crm_desktop.importers.html_table import html_grid
from crm_desktop.importers.sniff import FileKind, kind_of

GIVEN_BACK = ("行号", "原因")
"""What stands before the columns of refused rows that were given back: not part of the file they came from."""
HEADING_ROWS = 10
"""A title, a company's name and a period may stand above the headings, no more."""


def read_table(path: Path | str, *, sheet: str | None = None, header_row: int | None = None) -> Table:
    """The table in an xlsx, xls, csv or html file, whatever its name ends in.

    ``sheet`` names a worksheet; without it the first visible one with known headings is read. ``header_row`` is the
    file's own row that holds the headings, 1 to ``HEADING_ROWS``; without it the row with most known headings is.

    :raises WorkbookRefused: with one sentence, for everything that cannot be read as a table.
    """
    return _table(_grid(_contents(Path(path)), sheet), header_row)


def _contents(path: Path) -> bytes:
    try:
        if path.stat().st_size > MAX_BYTES:
            raise WorkbookRefused(f"文件超过 {MAX_BYTES // 1_000_000} MB，请分成几个文件再导入。")
        return path.read_bytes()
    except FileNotFoundError:
        raise WorkbookRefused(f"找不到文件“{path.name}”，请检查文件名和位置。") from None
    except IsADirectoryError:
        raise WorkbookRefused(f"“{path.name}”是文件夹，请选一个 xlsx、xls 或 csv 文件。") from None
    except (OSError, ValueError):
        raise WorkbookRefused(f"打不开文件“{path.name}”，可能正被别的程序占用或没有权限，请关闭后再试。") from None


def _grid(data: bytes, sheet: str | None) -> Grid:
    kind = kind_of(data)
    if kind is FileKind.TEXT:
        return text_grid(data)
    if kind is FileKind.HTML:
        return html_grid(data)
    # Only when a workbook comes: the window starts without calamine.
    from crm_desktop.importers.workbook import workbook_grid  # noqa: PLC0415 - start-up stays light
    from crm_desktop.importers.xls_guard import XlsGuard  # noqa: PLC0415 - start-up stays light
    from crm_desktop.importers.xlsx_guard import XlsxGuard  # noqa: PLC0415 - start-up stays light

    guard = XlsxGuard(data) if kind is FileKind.XLSX else XlsGuard(data)
    return workbook_grid(data, sheet, has_headings, guard)


def has_headings(rows: Iterator[TableRow]) -> bool:
    """True when one of the first rows holds at least two known headings."""
    return any(_known(cells) >= 2 for _, cells in islice(rows, HEADING_ROWS))


def _table(grid: Grid, wanted: int | None) -> Table:
    header_row, header_cells = _heading_row(grid, wanted)
    words = [clean_line(cell_text(cell)) for cell in header_cells]
    ours = len(GIVEN_BACK) if tuple(words[: len(GIVEN_BACK)]) == GIVEN_BACK else 0
    headers, doubled = _told_apart(words[ours:])
    count, empty = 0, set(range(len(headers)))
    for row, cells in grid.rows:
        if row > header_row:
            count += 1
            empty -= {index for index in empty if index + ours < len(cells) and not is_blank(cells[index + ours])}
        check_size(row, len(cells))
    rows, notes = _Below(grid, header_row, ours), (*doubled, *grid.notes)
    downs = tuple((column - ours, first, last) for column, first, last in grid.downs if column >= ours)
    return Table(headers, header_row, rows, count, frozenset(empty), grid.sheet, grid.sheets, notes, downs)


@dataclass(frozen=True, slots=True)
class _Below:
    """The rows of a grid below its heading, without the columns that are ours."""

    grid: Grid
    header_row: int
    ours: int

    def __iter__(self) -> Iterator[TableRow]:
        below = islice(iter(self.grid.rows), self.header_row, None)
        return ((row, cells[self.ours :]) for row, cells in below) if self.ours else below


def _heading_row(grid: Grid, wanted: int | None) -> TableRow:
    """The row asked for, else the first with most known headings; where none is known, the first that is not blank."""
    first = [(row, cells) for row, cells in islice(grid.rows, HEADING_ROWS) if not all(map(is_blank, cells))]
    if wanted is not None:
        found = next((numbered for numbered in first if numbered[0] == wanted), None)
        if found is None:
            raise WorkbookRefused(f"第 {wanted} 行是空的，不能作表头，请换一行。")
        return found
    if not first:
        raise WorkbookRefused(f"表格前 {HEADING_ROWS} 行都是空的，请把表头放在最上面再导入。")
    return max(first, key=lambda numbered: _known(numbered[1]))


def _known(cells: Cells) -> int:
    return sum(1 for cell in cells if isinstance(cell, str) and cell and headings.is_known(cell))


def _told_apart(headers: list[str]) -> tuple[tuple[str, ...], list[str]]:
    """Headings as they stand, but a second 备注 named by its column, so that it is recognised as nothing; with notes.

    Whose the second 联系电话 is, nobody can tell from its heading: the desk chooses.
    """
    counts = Counter(heading for heading in headers if heading)
    named, notes = list(headers), []
    for heading in (heading for heading, count in counts.items() if count > 1):
        columns = [place for place, name in enumerate(headers, start=1) if name == heading]
        for column in columns[1:]:
            named[column - 1] = f"{heading} 第{column}列"
        told = f"表头“{heading[:20]}”出现了 {len(columns)} 次（第 {'、'.join(map(str, columns))} 列），只认第一列；"
        notes.append(f"{told}后面的请在“对应列”里选，或改名再导入。")
    return tuple(named), notes
