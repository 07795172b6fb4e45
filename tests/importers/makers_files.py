"""Makers of foreign files: csv in every encoding, workbooks, broken workbooks, web pages."""

from __future__ import annotations

import csv
import io
import zipfile
from collections.abc import Callable, Iterable
from datetime import date
from pathlib import Path

from openpyxl import Workbook

from crm_desktop.domain.imports import Imported, ImportKind, RowFault
from crm_desktop.importers.cells import Cell, Table
from crm_desktop.importers.drafts import Drafts
from crm_desktop.importers.headings import recognise
from crm_desktop.importers.tables import read_table

TODAY = date(2026, 11, 21)
OLE_MARK = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
FIXTURES = Path(__file__).resolve().parent.parent / "fixtures"
OLD_XLS = FIXTURES / "complaints.xls"
"""Made by a spreadsheet program: title in row 1, headings in row 3, two complaints, a hidden sheet."""

SHEET = "xl/worksheets/sheet1.xml"
COMPLAINTS = [["投诉编号", "投诉日期", "投诉内容"], ["A1", "2020-06-05", "发动机异响"], ["A2", "2020/6/6", "空调不冷"]]


def csv_bytes(rows: Iterable[Iterable[object]], encoding: str = "utf-8", delimiter: str = ",") -> bytes:
    """The rows as a spreadsheet would save them as csv."""
    text = io.StringIO(newline="")
    csv.writer(text, delimiter=delimiter).writerows(rows)
    return text.getvalue().encode(encoding)


def saved(folder: Path, content: bytes, name: str = "台账.csv") -> Path:
    """The bytes in a file."""
    path = folder / name
    path.write_bytes(content)
    return path


def csv_file(folder: Path, *rows: Iterable[object], encoding: str = "utf-8", delimiter: str = ",") -> Path:
    """A csv file with these rows."""
    return saved(folder, csv_bytes(rows, encoding, delimiter))


def xlsx_file(folder: Path, *rows: Iterable[Cell], change: Callable[[Workbook], None] | None = None) -> Path:
    """A workbook with these rows; ``change`` may hide, merge and add before it is saved."""
    book = Workbook()
    page = book.worksheets[0]
    page.title = "台账"
    for row in rows:
        page.append(list(row))
    if change is not None:
        change(book)
    path = folder / "台账.xlsx"
    book.save(path)
    return path


def repacked(path: Path, change: Callable[[str, bytes], bytes | None], **more: bytes) -> Path:
    """The workbook with its parts changed (None leaves a part out) and more of them added."""
    with zipfile.ZipFile(path) as old:
        parts = {name: change(name, old.read(name)) for name in old.namelist()}
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as new:
        for name, content in {**parts, **more}.items():
            if content is not None:
                new.writestr(name, content)
    return path


def shared_text(path: Path, length: int, rows: int) -> Path:
    """The workbook with one long text that each of so many further rows names as its own."""
    named = "".join(f'<row r="{row}"><c r="C{row}" t="s"><v>0</v></c></row>' for row in range(9, 9 + rows))
    main = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
    texts = f'<sst xmlns="{main}" count="{rows}" uniqueCount="1"><si><t>{"x" * length}</t></si></sst>'
    sheet = "xl/worksheets/sheet1.xml"

    def change(name: str, content: bytes) -> bytes:
        return content.replace(b"</sheetData>", f"{named}</sheetData>".encode()) if name == sheet else content

    return repacked(path, change, **{"xl/sharedStrings.xml": texts.encode()})


def with_cells(path: Path, cells: bytes) -> Path:
    """The workbook with raw rows written behind the others of its first sheet."""

    def change(name: str, content: bytes) -> bytes:
        return content.replace(b"</sheetData>", cells + b"</sheetData>") if name == SHEET else content

    return repacked(path, change)


def ole_file(folder: Path, stream: str) -> Path:
    """The start of an OLE container that holds a stream of this name."""
    return saved(folder, OLE_MARK + bytes(504) + stream.encode("utf-16-le") + bytes(512), "台账.xls")


def read_rows(kind: ImportKind, table: Table | Path) -> list[Imported | RowFault]:
    """All rows of a file as drafts or faults."""
    read = read_table(table) if isinstance(table, Path) else table
    return list(Drafts(kind, read, recognise(kind, read), TODAY))


def cells_of(table: Table) -> list[tuple[int, tuple[Cell, ...]]]:
    """The rows with their numbers."""
    return [(row, tuple(cells)) for row, cells in table.rows]
