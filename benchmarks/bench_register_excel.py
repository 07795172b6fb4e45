"""The register to xlsx: ours beside xlsxwriter (constant_memory) writing the same cells in the same styles.

    python -m benchmarks.bench_register_excel

Goal (work description of part 1): at 10,000 rows at most 0.6 x the peer's CPU time, and at most 60 MB over the start.
Each run is a process of its own that makes its rows before the clock starts. The peer is spared what only we do:
working out row heights, without which no program but Excel shows the whole text.
"""

from __future__ import annotations

import sys
import tempfile
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

from benchmarks.side_by_side import Cost, in_turn, measured, print_table, ratio, report, work_of
from crm_desktop.domain.register import COLUMNS, RegisterRow
from crm_desktop.domain.sheets import Column, Kind, TableSheet
from tests.makers_sheets import register_rows, register_sheet

ROUNDS = 7
FORMATS = {Kind.TEXT: "@", Kind.DATE: "yyyy-mm-dd", Kind.INTEGER: "0"}
SIDES = {Kind.TEXT: "left", Kind.DATE: "center", Kind.INTEGER: "right"}


def ours(sheet: TableSheet[RegisterRow], target: Path) -> None:
    """The product's own exporter."""
    from crm_desktop.exporters.excel import write_table  # noqa: PLC0415 - the peer's process does not hold openpyxl

    write_table(sheet, target)


def peer(sheet: TableSheet[RegisterRow], target: Path) -> None:
    """xlsxwriter as its manual advises for long lists: constant_memory, typed write functions, shared formats."""
    import xlsxwriter  # noqa: PLC0415 - our process does not hold the peer

    book = xlsxwriter.Workbook(target, {"constant_memory": True})
    page = book.add_worksheet(sheet.title)
    writers = [_peer_cell(book, page, place, column) for place, column in enumerate(sheet.columns)]
    _peer_head(book, page, sheet)
    last = 2
    for last, row in enumerate(sheet.rows, 3):
        for write in writers:
            write(last, row)
    page.autofilter(2, 0, last, len(sheet.columns) - 1)
    book.close()


def main() -> None:
    """Compare at 1,000 and 10,000 rows."""
    with tempfile.TemporaryDirectory() as folder:
        for rows in (1_000, 10_000):
            contenders = {name: _runner(name, rows, Path(folder)) for name in ("ours", "xlsxwriter")}
            costs = in_turn(contenders, ROUNDS)
            print(f"\n{rows:,} rows x {len(COLUMNS)} columns, {ROUNDS} rounds")
            print_table(costs, base="xlsxwriter")
            report(f"register to xlsx, {rows:,} rows, CPU", ratio(costs["ours"], costs["xlsxwriter"]), 0.6)
            report(f"register to xlsx, {rows:,} rows, memory", max(c.peak_mb for c in costs["ours"]), 60, "MB")
            sizes = {name: (Path(folder) / f"{name}.xlsx").stat().st_size / 1e6 for name in contenders}
            print("file sizes in MB: " + ", ".join(f"{name} {size:.2f}" for name, size in sizes.items()))


def _runner(name: str, rows: int, folder: Path) -> Callable[[], Cost]:
    argv = [sys.executable, "-m", "benchmarks.bench_register_excel", name, str(rows), str(folder / f"{name}.xlsx")]

    def run() -> Cost:
        return work_of(argv)

    return run


def _peer_cell(book: Any, page: Any, place: int, column: Column[RegisterRow]) -> Callable[[int, RegisterRow], object]:
    """What writes one column; xlsxwriter has no types."""
    wrap, value_of = column.wrap, column.value
    style = book.add_format(
        {
            "font_name": "微软雅黑",
            "font_size": 10,
            "border": 1,
            "align": SIDES[column.kind],
            "valign": "top",
            "text_wrap": wrap,
            "num_format": FORMATS[column.kind],
            "quote_prefix": column.kind is Kind.TEXT,
        }
    )

    def write(row: int, record: RegisterRow) -> object:
        value = value_of(record)
        if value is None or value == "":
            return page.write_blank(row, place, None, style)
        if isinstance(value, str):
            return page.write_string(row, place, value, style)
        if isinstance(value, date):
            return page.write_datetime(row, place, value, style)
        return page.write_number(row, place, value, style)

    return write


def _peer_head(book: Any, page: Any, sheet: TableSheet[RegisterRow]) -> None:
    bold = {"font_name": "微软雅黑", "bold": True, "border": 1, "bg_color": "#F2F2F2", "text_wrap": True}
    heading = book.add_format({**bold, "font_size": 10, "align": "center", "valign": "vcenter", "num_format": "@"})
    for place, column in enumerate(sheet.columns):
        page.set_column(place, place, column.width)
    page.write_string(0, 0, sheet.title, book.add_format({"font_name": "微软雅黑", "bold": True, "font_size": 16}))
    page.write_string(1, 0, sheet.period)
    for place, column in enumerate(sheet.columns):
        page.write_string(2, place, column.title, heading)
    page.freeze_panes(3, 0)
    page.repeat_rows(0, 2)
    page.set_landscape()
    page.set_paper(9)
    page.fit_to_pages(1, 0)
    page.set_footer("&C第 &P 页/共 &N 页")


def _child(name: str, rows: int, target: Path) -> None:
    contender = ours if name == "ours" else peer
    contender(register_sheet(*register_rows(1)), target)  # imports and first-time tables are on neither bill
    sheet = register_sheet(*register_rows(rows))

    def work() -> None:
        contender(sheet, target)

    measured(work)


if __name__ == "__main__":
    if len(sys.argv) > 1:
        _child(sys.argv[1], int(sys.argv[2]), Path(sys.argv[3]))
    else:
        main()
