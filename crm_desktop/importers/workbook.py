"""Workbooks, xlsx and old xls, through calamine: fast, and nothing in them is ever run."""

from __future__ import annotations

import io
import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TypeVar

from python_calamine import (
    CalamineError,
    CalamineSheet,
    CalamineWorkbook,
    PasswordError,
    SheetTypeEnum,
    SheetVisibleEnum,
)

from crm_desktop.domain.errors import WorkbookRefused
from crm_desktop.importers.cells import Cells, Grid, TableRow, check_size
from crm_desktop.importers.xls_guard import XlsGuard
from crm_desktop.importers.xlsx_guard import XlsxGuard

Answer = TypeVar("Answer")
Judge = Callable[[Iterator[TableRow]], bool]

_DAMAGED = "工作簿已损坏，请用表格软件打开并另存为 xlsx 再导入。"


def workbook_grid(data: bytes, sheet: str | None, is_table: Judge, guard: XlsxGuard | XlsGuard) -> Grid:
    """The rows of the sheet named, else of the first visible one that ``is_table``, else of the first with rows.

    ``guard`` has looked at the bytes already; it knows what the eye does not see in a sheet.

    :raises WorkbookRefused: damaged, password-protected, no such sheet, or too big.
    """
    book = _reading(CalamineWorkbook.from_filelike, io.BytesIO(data))
    worksheets = [m.name for m in book.sheets_metadata if m.typ == SheetTypeEnum.WorkSheet]
    hidden = [m.name for m in book.sheets_metadata if m.visible != SheetVisibleEnum.Visible and m.name in worksheets]
    names = [sheet] if sheet is not None else [name for name in worksheets if name not in hidden]
    if sheet is not None and sheet not in worksheets:
        raise WorkbookRefused(f"工作簿里没有名为“{sheet}”的工作表，只有：{'、'.join(worksheets)}。")
    first: Grid | None = None
    for name in names:
        grid = _sheet_grid(book, name, guard)
        if is_table(iter(grid.rows)):
            first = grid
            break
        first = first or (grid if any(any(cells) for _, cells in grid.rows) else None)
    if first is None:
        raise WorkbookRefused("工作簿里看得见的工作表都是空的，请选一个有内容的表格。")
    notes = (*first.notes, *_other_sheets(first.sheet, worksheets, hidden))
    return Grid(first.rows, first.sheet, tuple(worksheets), notes, first.downs)


@dataclass(frozen=True, slots=True)
class _Rows:
    """The rows of a sheet, counted from the first row of the paper even where the top is blank."""

    sheet: CalamineSheet

    def __iter__(self) -> Iterator[TableRow]:
        left: Cells = ("",) * (self.sheet.start[1] if self.sheet.start else 0)
        for number, cells in enumerate(self.sheet.iter_rows(), 1):
            yield number, (*left, *cells)


def _sheet_grid(book: CalamineWorkbook, name: str, guard: XlsxGuard | XlsGuard) -> Grid:
    notes = guard.sheet_facts(book.sheet_names.index(name)).notes()
    sheet = _reading(book.get_sheet_by_name, name)
    if sheet.end is not None:
        check_size(sheet.end[0] + 1, sheet.end[1] + 1)
    merged = sheet.merged_cell_ranges or []
    if merged:
        notes = (*notes, f"有 {len(merged)} 处合并单元格：上下合并的每一行都按同一个值读入，左右合并的只算左边一格。")
    downs = tuple((column, top + 1, last + 1) for (top, column), (last, _) in merged if last > top)
    return Grid(_Rows(sheet), name, notes=notes, downs=downs)


def _other_sheets(chosen: str, worksheets: list[str], hidden: list[str]) -> Iterator[str]:
    others = [f"{name}（隐藏）" if name in hidden else name for name in worksheets if name != chosen]
    if others:
        yield f"只读了工作表“{chosen}”，没有读：{'、'.join(others)}。"


def _reading(read: Callable[..., Answer], *args: object) -> Answer:
    """Calls the reader and turns its failures into one sentence.

    A defect inside the reader surfaces as its PanicException, which is no Exception and has no importable name.
    """
    try:
        with _quiet():
            return read(*args)
    except PasswordError:
        raise WorkbookRefused("工作簿有打开密码，请先用表格软件去掉密码，另存后再导入。") from None
    except (CalamineError, OSError, ValueError, OverflowError, MemoryError):
        raise WorkbookRefused(_DAMAGED) from None
    except BaseException as failure:
        if type(failure).__name__ == "PanicException":
            raise WorkbookRefused(_DAMAGED) from None
        raise


@contextmanager
def _quiet() -> Iterator[None]:
    """Nothing on stderr meanwhile: the reader's own words about a defect would stand beside our one sentence."""
    try:
        kept = os.dup(2)
    except OSError:  # a windowed program has no stderr
        yield
        return
    try:
        with Path(os.devnull).open("wb") as nowhere:
            os.dup2(nowhere.fileno(), 2)
            yield
    finally:
        os.dup2(kept, 2)
        os.close(kept)
