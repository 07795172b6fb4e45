"""Looks at an old xls before a reader may: one wrong byte in it can ask for a terabyte of memory.

The container (a small file system of 512-byte sectors) and the records of the workbook in it are walked once;
every length, chain and cell position the reader is going to trust is held against the size of the file.
"""

from __future__ import annotations

import struct
from collections.abc import Iterator
from dataclasses import dataclass

from crm_desktop.domain.errors import WorkbookRefused
from crm_desktop.importers.cells import MAX_CELLS, check_size
from crm_desktop.importers.sheet_facts import SheetFacts

_DAMAGED = "工作簿已损坏，请用表格软件打开并另存为 xlsx 再导入。"
_LAST_SECTOR = 0xFFFFFFFA  # this and above are marks, not sectors
_HEADER = 512
_ENTRY = 128
_MINI_STREAM = 4096  # shorter streams lie in 64-byte sectors of the root's stream
_MAX_SHEETS = 256
_WHOLE_SHEET = 65_536 * 256

_FILEPASS, _BOUND_SHEET, _SST, _DIMENSIONS, _ROW, _BOF = 0x2F, 0x85, 0xFC, 0x200, 0x208, 0x809
_BOOL_OR_ERROR, _MANY_NUMBERS = 0x205, 0xBD
_CELLS = frozenset({0x06, _MANY_NUMBERS, 0xFD, 0x203, 0x204, _BOOL_OR_ERROR, 0x27E})


class XlsGuard:
    """The workbook inside one file.

    :raises WorkbookRefused: damaged, password-protected, or bigger than may be read.
    """

    def __init__(self, data: bytes) -> None:
        try:
            self._facts = _Records(_workbook(data)).facts()
        except (struct.error, IndexError):
            raise WorkbookRefused(_DAMAGED) from None

    def sheet_facts(self, position: int) -> SheetFacts:
        """What the sheet at ``position`` holds (0 is the first of the workbook)."""
        return self._facts[position] if position < len(self._facts) else SheetFacts()


@dataclass(frozen=True, slots=True)
class _Entry:
    """A stream of the container: its name, first sector and length in bytes."""

    name: str
    start: int
    length: int


def _workbook(data: bytes) -> bytes:
    """The stream that holds the workbook; walks every chain the reader is going to walk."""
    shift = struct.unpack_from("<H", data, 30)[0]
    _require(shift in (9, 12))
    sectors = _Sectors(data, 1 << shift)
    directory = sectors.chained(sectors.directory_start, sectors.table)
    entries = [_entry(directory, at, shift) for at in range(0, len(directory) - _ENTRY + 1, _ENTRY)]
    _require(bool(entries) and all(entry.length <= len(data) for entry in entries))
    mini_table = _numbers(sectors.chained(sectors.mini_start, sectors.table))
    mini_stream = sectors.chained(entries[0].start, sectors.table)
    for name in ("Workbook", "Book"):
        found = next((entry for entry in entries if entry.name == name), None)
        if found is not None and found.length < _MINI_STREAM:
            return _chained(found.start, mini_table, mini_stream, 64, 0)[: found.length]
        if found is not None:
            return sectors.chained(found.start, sectors.table)[: found.length]
    raise WorkbookRefused(_DAMAGED)


def _entry(directory: bytes, at: int, shift: int) -> _Entry:
    name = directory[at : at + 64].decode("utf-16-le", "replace").partition("\0")[0]
    start = struct.unpack_from("<I", directory, at + 116)[0]
    length = struct.unpack_from("<I" if shift == 9 else "<Q", directory, at + 120)[0]
    return _Entry(name, start, length)


class _Sectors:
    """The sectors of a container and the table that chains them."""

    def __init__(self, data: bytes, size: int) -> None:
        self.data = data
        self.size = size
        counts = (
            struct.unpack_from("<II", data, 40)
            + struct.unpack_from("<I", data, 64)
            + struct.unpack_from("<I", data, 72)
        )
        _require(all(count <= len(data) // size for count in counts))
        self.directory_start = struct.unpack_from("<I", data, 48)[0]
        self.mini_start = struct.unpack_from("<I", data, 60)[0]
        self.table = self._table()

    def chained(self, start: int, table: tuple[int, ...]) -> bytes:
        return _chained(start, table, self.data, self.size, self.size)

    def _table(self) -> tuple[int, ...]:
        """The chain table: its own sectors are listed in the header and in further sectors chained from there."""
        parts = list(struct.unpack_from("<109I", self.data, 76))
        further = struct.unpack_from("<I", self.data, 68)[0]
        seen = 0
        while further < _LAST_SECTOR:
            numbers = _numbers(self._sector(further))
            parts += numbers[:-1]
            further = numbers[-1]
            seen += 1
            _require(seen <= len(self.data) // self.size)
        return _numbers(b"".join(self._sector(part) for part in parts if part < _LAST_SECTOR))

    def _sector(self, number: int) -> bytes:
        start = (number + 1) * self.size
        _require(start + self.size <= len(self.data))
        return self.data[start : start + self.size]


def _chained(start: int, table: tuple[int, ...], data: bytes, size: int, offset: int) -> bytes:
    """The sectors of one chain joined; a chain that bites its tail or leaves the file is damage."""
    parts: list[bytes] = []
    number = start
    while number < _LAST_SECTOR:
        at = offset + number * size
        _require(number < len(table) and at < len(data) and len(parts) < len(table))
        parts.append(data[at : at + size])
        number = table[number]
    return b"".join(parts)


def _numbers(raw: bytes) -> tuple[int, ...]:
    return struct.unpack(f"<{len(raw) // 4}I", raw[: len(raw) // 4 * 4])


def _require(sound: bool) -> None:
    if not sound:
        raise WorkbookRefused(_DAMAGED)


class _Records:
    """The records of a workbook stream, sheet by sheet."""

    def __init__(self, stream: bytes) -> None:
        self.stream = stream
        self.sheets: dict[int, SheetFacts] = {}
        self.current = SheetFacts()

    def facts(self) -> list[SheetFacts]:
        for at, kind, length in self._walk():
            if kind == _BOF:
                self.current = self.sheets.get(at - 4, SheetFacts())
            elif kind in _CELLS:
                self._cell(at, kind, length)
            elif kind in _CHECKS:
                _CHECKS[kind](self, at, length)
        total = 0
        for facts in self.sheets.values():
            check_size(facts.last_row, facts.last_column)
            total += facts.last_row * facts.last_column
        _require(total <= 2 * MAX_CELLS)
        return list(self.sheets.values())

    def _walk(self) -> Iterator[tuple[int, int, int]]:
        """Every record as where its body starts, its kind and the body's length."""
        at, end = 0, len(self.stream)
        while at + 4 <= end:
            kind, length = struct.unpack_from("<HH", self.stream, at)
            if at + 4 + length > end:
                break
            yield at + 4, kind, length
            at += 4 + length

    def _cell(self, at: int, kind: int, length: int) -> None:
        row, column = struct.unpack_from("<HH", self.stream, at)
        if kind == _MANY_NUMBERS:
            column = max(column, struct.unpack_from("<H", self.stream, at + length - 2)[0])
        elif kind == _BOOL_OR_ERROR and length >= 8 and self.stream[at + 7] == 1:
            self.current.error_cells += 1
        self.current.last_row = max(self.current.last_row, row + 1)
        self.current.last_column = max(self.current.last_column, column + 1)

    def _row(self, at: int, length: int) -> None:
        if length >= 16 and self.stream[at + 12] & 0x20:
            self.current.hidden_rows += 1

    def _dimensions(self, at: int, length: int) -> None:
        first_row, last_row, first, last = struct.unpack_from("<IIHH" if length >= 14 else "<HHHH", self.stream, at)
        _require(first_row <= last_row and first <= last and (last_row - first_row) * (last - first) <= _WHOLE_SHEET)

    def _strings(self, at: int, length: int) -> None:
        _require(struct.unpack_from("<I", self.stream, at + 4)[0] <= len(self.stream))

    def _sheet(self, at: int, length: int) -> None:
        start = struct.unpack_from("<I", self.stream, at)[0]
        _require(start not in self.sheets and len(self.sheets) < _MAX_SHEETS and start < len(self.stream))
        self.sheets[start] = SheetFacts()

    def _password(self, at: int, length: int) -> None:
        raise WorkbookRefused("工作簿有打开密码，请先用表格软件去掉密码，另存后再导入。")


_CHECKS = {
    _ROW: _Records._row,
    _DIMENSIONS: _Records._dimensions,
    _SST: _Records._strings,
    _BOUND_SHEET: _Records._sheet,
    _FILEPASS: _Records._password,
}
