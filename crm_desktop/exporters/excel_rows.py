"""The rows of a long list as SpreadsheetML text: a fraction of the cost of a cell object for every cell.

openpyxl makes everything else of the workbook (styles, widths, print setup, headings). The rows are written as text
with openpyxl's own style numbers and slipped in before ``</sheetData>``, one row in memory at a time.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from datetime import date, datetime
from io import BytesIO
from shutil import copyfileobj
from typing import BinaryIO
from zipfile import ZIP_DEFLATED, ZipFile

from openpyxl import Workbook
from openpyxl.utils import get_column_letter

from crm_desktop.domain.errors import InvalidInput
from crm_desktop.domain.sheets import CellValue, Column, Kind, Row, TableSheet, shown

# Limits of Excel: UTF-16 units in a cell, rows in a sheet, points of a row's height, exact digits of a number.
TEXT_UNITS = 32_767
ROWS = 1_048_576
ROW_POINTS = 409
_EXACT = 10**15
LINE_POINTS = 14.5
# Day 1 is 1900-01-01, but Excel believes in a 29 February 1900 (day 60): before it, days would be one off.
_DAY_ZERO = date(1899, 12, 30).toordinal()
_TRUE_FROM = 61

_SHEET = "xl/worksheets/sheet1.xml"
_END_OF_ROWS = b"</sheetData>"
_LAST_ROW = re.compile(rb'(<dimension ref="A1:[A-Z]+)\d+')
# The text gate lets none of these through; one of them would make the whole file unreadable.
_CONTROLS = bytes(set(range(0x20)) - set(b"\t\n\r"))
_NON_CHARACTERS = (b"\xef\xbf\xbe", b"\xef\xbf\xbf")
# Excel reads _x000D_ in a cell as the character with that number.
_CODED = re.compile(r"_(?=x[0-9A-Fa-f]{4}_)")

Styles = Mapping[tuple[Kind, bool], int]
"""openpyxl's style number for a kind of column, wrapped or not."""


def row_texts(sheet: TableSheet[Row], styles: Styles, first: int) -> Iterator[bytes]:
    """Every row of the sheet as one ``<row>`` element; the first gets the row number ``first``.

    :raises InvalidInput: for a text longer than a cell holds, or more rows than a sheet holds.
    """
    plan = [
        (f'<c r="{get_column_letter(place)}', column.value, _cell_writer(column, styles))
        for place, column in enumerate(sheet.columns, 1)
    ]
    wrapped = [(column.text, column.width) for column in sheet.columns if column.wrap]
    for number, row in enumerate(sheet.rows, first):
        if number > ROWS:
            raise InvalidInput("记录太多，一张 Excel 表放不下，请缩短日期范围，分几次导出。")
        height = row_height(max([line_count(text(row), width) for text, width in wrapped], default=1))
        cells = "".join([f'{start}{number}"{write(value(row))}' for start, value, write in plan])
        yield _clean(f'<row r="{number}" ht="{height}">{cells}</row>')


def save_with_rows(book: Workbook, rows: BinaryIO, last: int, target: BinaryIO) -> None:
    """Save the workbook, ``rows`` (what ``row_texts`` gave, down to row ``last``) behind those of its only sheet."""
    without = BytesIO()
    book.save(without)
    with ZipFile(without) as parts, ZipFile(target, "w", ZIP_DEFLATED) as whole:
        for name in parts.namelist():
            content = parts.read(name)
            if name != _SHEET:
                whole.writestr(name, content)
                continue
            before, end, after = content.partition(_END_OF_ROWS)
            with whole.open(name, "w") as part:
                part.write(_LAST_ROW.sub(rb"\g<1>%d" % last, before, count=1))
                copyfileobj(rows, part, 1 << 20)
                part.write(end + after)


def line_count(text: str, width: float) -> int:
    """Lines a wrapped text takes in ``width`` Excel characters, of which a Chinese one takes two (as in GB 18030)."""
    room = max(2, int(width) - 1)
    return sum(-(-len(line.encode("gb18030", "replace")) // room) or 1 for line in text.split("\n"))


def row_height(lines: int) -> float:
    """Points for so many lines of 10 pt. Only Excel itself fits rows to wrapped text, so the file says it for all."""
    return min(ROW_POINTS, lines * LINE_POINTS + 4)


def cell_text(text: str, label: str) -> str:
    """Text as Excel must be given it so that a reader sees what was written.

    :raises InvalidInput: when it is longer than a cell holds: nothing is cut.
    """
    if len(text) * 2 > TEXT_UNITS:
        units = len(text) + sum(char > "\uffff" for char in text)
        if units > TEXT_UNITS:
            start = f"「{label}」里以「{text[:10]}」开头的文字"
            raise InvalidInput(f"{start}有 {units:,} 字，Excel 一格最多放 {TEXT_UNITS:,} 字，请分开填写或导出 PDF。")
    return _CODED.sub("_x005F_", text) if "_x" in text else text


def _cell_writer(column: Column[Row], styles: Styles) -> Callable[[CellValue], str]:
    """A function for the rest of a cell's element, behind its place."""
    own, label = styles[column.kind, column.wrap], column.title
    typed = column.kind is not Kind.TEXT
    empty = f' s="{own}"/>'
    as_number = f' s="{own}"><v>'
    as_text = f' s="{styles[Kind.TEXT, column.wrap]}" t="inlineStr"><is><t xml:space="preserve">'

    def write(value: CellValue) -> str:
        if value is None or value == "":
            return empty
        if typed and (number := _number(value)) is not None:
            return f"{as_number}{number}</v></c>"
        text = cell_text(shown(value), label)
        text = text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
        return f"{as_text}{text}</t></is></c>"

    return write


def _number(value: CellValue) -> int | float | None:
    """Excel's number for a value; None where it would be a wrong one, so that the value is written as text."""
    if isinstance(value, datetime):
        day, seconds = value.toordinal() - _DAY_ZERO, value.hour * 3600 + value.minute * 60 + value.second
        return day + seconds / 86_400 if day >= _TRUE_FROM else None
    if isinstance(value, date):
        day = value.toordinal() - _DAY_ZERO
        return day if day >= _TRUE_FROM else None
    if isinstance(value, (int, float)) and abs(value) < _EXACT:  # false for nan and inf
        return value
    return None


def _clean(row: str) -> bytes:
    encoded = row.encode("utf-8", "replace").translate(None, _CONTROLS)
    for character in _NON_CHARACTERS:
        encoded = encoded.replace(character, b"")
    return encoded
