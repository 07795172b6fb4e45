"""Looks at an xlsx before a reader may: a small file can unpack to gigabytes or name a cell a million rows away.

Everything a reader is going to trust is read here once in small pieces: sizes in the zip's directory, checksums,
and the positions of the cells. Source of the traps: reliability.md 2.2, lines 20 and 21.
"""

from __future__ import annotations

import io
import re
import struct
import zipfile
import zlib
from collections.abc import Iterator
from html import unescape

from crm_desktop.domain.errors import WorkbookRefused
from crm_desktop.importers.cells import MAX_UNPACKED_BYTES, check_size
from crm_desktop.importers.sheet_facts import SheetFacts

_PIECE = 4_000_000
_MAX_ENTRIES = 10_000
_SUSPECT_BYTES, _SUSPECT_RATIO = 20_000_000, 200
_DAMAGED = "工作簿已损坏，请用表格软件打开并另存为 xlsx 再导入。"
_ZIP_FAILURES = (
    zipfile.BadZipFile,
    zlib.error,
    struct.error,
    EOFError,
    OSError,
    ValueError,
    KeyError,
    NotImplementedError,
    OverflowError,
)
_NS = rb"<(?:[^\s<>/:]+:)?"  # tags may carry any namespace prefix
_ROW = re.compile(_NS + rb"row\b")
_ROW_NUMBER = re.compile(_NS + rb"row\s[^>]*?\br\s*=\s*[\"']([0-9]{1,10})[\"']")
_HIDDEN = re.compile(_NS + rb"row\b[^>]*\shidden\s*=\s*[\"'](?:1|true)")
_CELL = re.compile(_NS + rb"c[\s>/]")
_PLACED = re.compile(_NS + rb"c\s[^>]*?\br\s*=\s*[\"']([A-Za-z]{1,7})([0-9]{1,10})[\"']([^>]*)>")
_NAMED_PLACE = re.compile(_NS + rb"(?:c|row)\s[^>]*?\br\s*=")
_UNCLEAR = re.compile(_NS + rb"(?:c|row)\s(?:[^>\"']|\"[^\">]*\"|'[^'>]*')*[\"'][^\"'>]*>")
_ERROR = re.compile(_NS + rb"c\s[^>]*\st\s*=\s*[\"']e[\"']")
_BLANK_FORMULA = re.compile(
    rb"(?:</(?:[^\s<>/:]+:)?f>|" + _NS + rb"f\b[^>]*/>)\s*"
    rb"(?:" + _NS + rb"v\s*/>|" + _NS + rb"v></(?:[^\s<>/:]+:)?v>)?\s*</(?:[^\s<>/:]+:)?c>"
)
_ATTRIBUTE = re.compile(r"([\w:]+)\s*=\s*(?:\"([^\"]*)\"|'([^']*)')")


class XlsxGuard:
    """The opened zip of one workbook.

    :raises WorkbookRefused: for a zip that is no workbook, is damaged, locked, or unpacks to too much.
    """

    def __init__(self, data: bytes) -> None:
        try:
            self._zip = zipfile.ZipFile(io.BytesIO(data))
        except _ZIP_FAILURES:
            raise WorkbookRefused(_DAMAGED) from None
        self._check_directory()
        for name in self._zip.namelist():
            if name.endswith((".xml", ".rels")) and "/worksheets/" not in name:
                self._check_part(name)

    def sheet_facts(self, position: int) -> SheetFacts:
        """Reads the sheet at ``position`` (0 is the first of the workbook) through once.

        :raises WorkbookRefused: when it is damaged or too big.
        """
        facts, open_cells = SheetFacts(), 0
        for piece in self._pieces(self._sheet_part(position)):
            open_cells = _count(facts, piece, open_cells)
            check_size(facts.last_row, facts.last_column)
        return facts

    def _check_directory(self) -> None:
        entries = self._zip.infolist()
        names = {entry.filename for entry in entries}
        if any(entry.flag_bits & 1 for entry in entries):
            raise WorkbookRefused("文件有密码，请先去掉密码再导入。")
        if "xl/workbook.xml" not in names:
            raise WorkbookRefused(_what_else(names))
        if len(entries) > _MAX_ENTRIES or len(names) < len(entries):
            raise WorkbookRefused(_DAMAGED)
        too_dense = any(
            e.file_size > _SUSPECT_BYTES and e.file_size > _SUSPECT_RATIO * e.compress_size for e in entries
        )
        if too_dense or sum(entry.file_size for entry in entries) > MAX_UNPACKED_BYTES:
            raise WorkbookRefused("工作簿解开后太大，可能有问题，请把要导入的表复制到新工作簿再导入。")

    def _check_part(self, name: str) -> None:
        for _ in self._pieces(name):
            pass

    def _pieces(self, name: str) -> Iterator[bytes]:
        """The part in pieces that end behind a tag; refuses what an honest workbook never holds."""
        rest = b""
        try:
            with self._zip.open(name) as part:
                while piece := part.read(_PIECE):
                    if b"\x00" in piece or b"<!DOCTYPE" in piece or b"<!ENTITY" in piece:
                        raise WorkbookRefused(_DAMAGED)
                    piece = rest + piece
                    cut = (piece.rfind(b"row>") + 4) if b"row>" in piece else piece.rfind(b">") + 1
                    rest = piece[cut:]
                    yield piece[:cut]
        except _ZIP_FAILURES:
            raise WorkbookRefused(_DAMAGED) from None
        yield rest

    def _sheet_part(self, position: int) -> str:
        workbook = b"".join(self._pieces("xl/workbook.xml")).decode("utf-8", "replace")
        targets = b"".join(self._pieces("xl/_rels/workbook.xml.rels")).decode("utf-8", "replace")
        sheets = list(_tags(workbook, "sheet"))
        if position >= len(sheets):
            raise WorkbookRefused(_DAMAGED)
        wanted = next((value for name, value in sheets[position].items() if name.endswith(":id")), "")
        for relation in _tags(targets, "Relationship"):
            if relation.get("Id") == wanted:
                return self._named(relation.get("Target", ""))
        raise WorkbookRefused(_DAMAGED)

    def _named(self, target: str) -> str:
        path = target[1:] if target.startswith("/") else "xl/" + target
        found = next((name for name in self._zip.namelist() if name.lower() == path.lower()), None)
        if found is None:
            raise WorkbookRefused(_DAMAGED)
        return found


def _tags(xml: str, name: str) -> Iterator[dict[str, str]]:
    for tag in re.finditer(rf"<(?:[^\\s<>/:]+:)?{name}\s([^>]*)>", xml):
        yield {key: unescape(one or other) for key, one, other in _ATTRIBUTE.findall(tag.group(1))}


def _what_else(names: set[str]) -> str:
    if "word/document.xml" in names:
        return "这是 Word 文档，不是表格，请用 xlsx、xls 或 csv 文件导入。"
    if "ppt/presentation.xml" in names:
        return "这是演示文稿，不是表格，请用 xlsx、xls 或 csv 文件导入。"
    if "content.xml" in names or "xl/workbook.bin" in names:
        return "这种工作簿格式（ods 或 xlsb）不能直接导入，请用表格软件另存为 xlsx 再导入。"
    return "这是压缩包，不是工作簿，请解开后用里面的 xlsx、xls 或 csv 文件导入。"


def _count(facts: SheetFacts, piece: bytes, open_cells: int) -> int:
    """Counts a piece in; ``open_cells`` stand in the row the piece before ended in. Returns those of this one."""
    facts.hidden_rows += len(_HIDDEN.findall(piece))
    facts.error_cells += len(_ERROR.findall(piece))
    facts.blank_formulas += len(_BLANK_FORMULA.findall(piece))
    placed = _PLACED.findall(piece)
    filled = [(column, row) for column, row, rest in placed if not rest.endswith(b"/")]
    if filled:
        facts.last_column = max(facts.last_column, *map(_column_number, {column for column, _ in filled}))
        facts.last_row = max(facts.last_row, *map(int, {row for _, row in filled}))
    if len(_CELL.findall(piece)) == len(placed):
        return 0
    if _UNCLEAR.search(piece) or len(_NAMED_PLACE.findall(piece)) > len(placed) + len(_ROW_NUMBER.findall(piece)):
        raise WorkbookRefused(_DAMAGED)
    return _count_unplaced(facts, piece, open_cells)


def _count_unplaced(facts: SheetFacts, piece: bytes, open_cells: int) -> int:
    """Cells and rows may leave out where they stand; then each follows the one before."""
    rows = [len(_CELL.findall(row)) for row in _ROW.split(piece)]
    rows[0] += open_cells
    numbers = _ROW_NUMBER.findall(piece)
    facts.last_column = max(facts.last_column, *rows)
    facts.last_row = max(facts.last_row, *map(int, numbers), 0) + len(rows) - 1 - len(numbers)
    return rows[-1]


def _column_number(letters: bytes) -> int:
    number = 0
    for letter in letters.upper():
        number = number * 26 + letter - 64
    return number
