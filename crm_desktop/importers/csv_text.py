"""Tables as plain text: comma, tab or semicolon between the cells, quotes around what holds them."""

from __future__ import annotations

import csv
import io
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice

from crm_desktop.domain.errors import WorkbookRefused
from crm_desktop.importers.cells import Grid, TableRow
from crm_desktop.importers.encodings import decoded

DELIMITERS = (",", "\t", ";", "；", "|")
_SAMPLE_CHARACTERS = 65_536
_SAMPLE_ROWS = 20
_LONGEST_LINE = 1_000_000
"""Letters: two hundred columns of five thousand each."""


def text_grid(data: bytes) -> Grid:
    """The rows of a csv file; row numbers count records, as a spreadsheet shows them.

    :raises WorkbookRefused: unreadable text. Unpaired quotes show while the rows are walked.
    """
    return Grid(_Records(decoded(data)))


@dataclass(frozen=True, slots=True)
class _Records:
    """The records of a text, parsed afresh at every walk so that a big file is held only once."""

    text: str

    def __iter__(self) -> Iterator[TableRow]:
        hint = self._hint()
        delimiter = hint or _delimiter(self.text)
        reader = csv.reader(_lines(self.text), delimiter=delimiter, strict=True)
        try:
            for number, record in enumerate(reader, 1):
                yield number, () if hint and number == 1 else tuple(record)
        except csv.Error as failure:
            raise WorkbookRefused(_sentence(failure, reader.line_num)) from None

    def _hint(self) -> str:
        """The delimiter named by a first line ``sep=;``, which spreadsheets write for each other."""
        first = self.text[:8].splitlines()[0].lower() if self.text else ""
        return first[4] if first.startswith("sep=") and len(first) == 5 else ""


def _lines(text: str) -> Iterator[str]:
    """Each line before anything is made of it: one of fifty million letters would become as many cells.

    :raises WorkbookRefused: a line no table has.
    """
    for number, line in enumerate(io.StringIO(text, newline=""), 1):
        if len(line) > _LONGEST_LINE:
            raise WorkbookRefused(f"文件第 {number} 行太长，不像一张表格，请用表格软件打开后另存为 xlsx 再导入。")
        yield line


def _delimiter(text: str) -> str:
    """The delimiter under which most of the first records have the same number of cells, more than one."""
    sample = text[:_SAMPLE_CHARACTERS]
    return max(DELIMITERS, key=lambda delimiter: _agreement(sample, delimiter))


def _agreement(sample: str, delimiter: str) -> tuple[int, int]:
    reader = csv.reader(io.StringIO(sample, newline=""), delimiter=delimiter)
    try:
        widths = Counter(len(record) for record in islice(reader, _SAMPLE_ROWS) if len(record) > 1)
    except csv.Error:
        return 0, 0
    width, records = max(widths.items(), key=lambda item: (item[1], item[0]), default=(0, 0))
    return records, width


def _sentence(failure: csv.Error, line: int) -> str:
    if "field larger" in str(failure):
        return f"文件第 {line} 行附近有一格太长，多半是双引号不成对，请用表格软件打开后另存为 xlsx 再导入。"
    return f"文件第 {line} 行附近的双引号不成对，请用表格软件打开后另存为 xlsx 再导入。"
