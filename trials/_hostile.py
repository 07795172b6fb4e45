"""Workbooks made to break their reader: those of the test suite and more, some eighty kinds."""

from __future__ import annotations

import zipfile
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

from tests.importers import test_refused_files as refused
from tests.importers.makers_files import (
    COMPLAINTS,
    OLD_XLS,
    ole_file,
    repacked,
    saved,
    shared_text,
    with_cells,
    xlsx_file,
)

_SHEET = "xl/worksheets/sheet1.xml"
_HEADS = "投诉编号,投诉日期,投诉内容\n"
_LAUGHS = (
    b'<?xml version="1.0"?><!DOCTYPE l [<!ENTITY a "ha">'
    + b"".join(b'<!ENTITY %c "%s">' % (98 + n, b"&%c;" % (97 + n) * 10) for n in range(9))
    + b"]><worksheet><sheetData><row><c><v>&j;</v></c></row></sheetData></worksheet>"
)
_XXE = b'<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a SYSTEM "file:///etc/passwd">]><worksheet>&a;</worksheet>'
_MERGED = b'<mergeCells count="1"><mergeCell ref="%s"/></mergeCells>'


def crafted(folder: Path) -> Iterator[tuple[str, Path]]:
    """Each with a name that says what is wrong with it."""
    for number, (name, make) in enumerate(_makers()):
        place = folder / f"crafted-{number}"
        place.mkdir()
        yield name, make(place)


def _makers() -> Iterator[tuple[str, Callable[[Path], Path]]]:
    for content, hint in _cases(refused.test_what_is_no_table_is_called_by_its_name):
        yield f"no table: {hint}", _file(content)
    for row, hint in _cases(refused.test_a_sheet_that_would_burst_the_memory_is_refused):
        yield f"cells: {hint} {row[:30]!r}", _cells(row)
    for stream in ("WordDocument", "Unknown", "Workbook", "EncryptedPackage"):
        yield f"ole: {stream}", lambda place, stream=stream: ole_file(place, stream)  # type: ignore[misc]
    for length in (1, 300, 2000, 4000):
        yield f"cut at {length}", _cut(length)
    for place, content in _cases(refused.test_an_old_workbook_with_a_damaged_container_is_refused):
        yield f"xls container at {place}", _struck(place, content)
    for part in (_SHEET, "xl/_rels/workbook.xml.rels", "xl/workbook.xml", "[Content_Types].xml"):
        yield f"without {part}", _part(part, None)
    yield from _parts()
    yield from _names()
    yield from _texts()
    yield "two parts of one name", _twice
    yield "a bomb of 60 MB of blanks", _more(b" " * 60_000_000)


def _parts() -> Iterator[tuple[str, Callable[[Path], Path]]]:
    yield "billion laughs", _part(_SHEET, _LAUGHS)
    yield "foreign file as entity", _part(_SHEET, _XXE)
    yield "entities in the workbook", _part("xl/workbook.xml", _LAUGHS)
    yield "all cells merged", _end(_MERGED % b"A1:XFD1048576")
    yield "many cells merged", _end(_MERGED % b"G1:P200000")
    yield "merged upside down", _end(_MERGED % b"Z9:A1")
    yield "a hundred thousand tags deep", _part(_SHEET, b"<a>" * 100_000)
    yield "an empty part", _part(_SHEET, b"")
    yield "a part in UTF-16", _part("xl/workbook.xml", "<workbook/>".encode("utf-16"))
    yield "a date beyond all calendars", _cells(b'<row r="9"><c r="B9" s="1"><v>1e300</v></c></row>')
    yield "not a number", _cells(b'<row r="9"><c r="B9"><v>nan</v></c></row>')
    yield "a negative day", _cells(b'<row r="9"><c r="B9" s="1"><v>-5</v></c></row>')
    yield "a style nobody has", _cells(b'<row r="9"><c r="B9" s="99999"><v>1</v></c></row>')
    yield "a formula that calls out", _cells(b'<row r="9"><c r="C9"><f>cmd|calc!A1</f><v>1</v></c></row>')
    yield (
        "a cell of 400,000 characters",
        _cells(b'<row r="9"><c r="C9" t="inlineStr"><is><t>' + b"x" * 400_000 + b"</t></is></c></row>"),
    )


def _names() -> Iterator[tuple[str, Callable[[Path], Path]]]:
    yield "an entity from the network", _part(_SHEET, _XXE.replace(b"file:///etc/passwd", b"http://127.0.0.1:9/x"))
    yield "a dimension of all the world", _first(b"<sheetData>", b'<dimension ref="A1:ZZZZZZ1048576"/><sheetData>')
    yield "a million columns wide", _first(b"<sheetData>", b'<cols><col min="1" max="1000000"/></cols><sheetData>')
    yield "a sheet that lies outside", _linked(b"../../../../etc/passwd")
    yield "a workbook that is its own sheet", _linked(b"workbook.xml")
    yield "one long text named by 20,000 cells", _long
    yield (
        "20,000 parts",
        lambda place: repacked(
            xlsx_file(place, *COMPLAINTS), lambda _name, old: old, **{f"x/{number}": b"" for number in range(20_000)}
        ),
    )
    yield (
        "macros under a plain name",
        lambda place: repacked(
            xlsx_file(place, *COMPLAINTS),
            lambda _name, old: old.replace(b"spreadsheetml.sheet.main", b"ms-excel.sheet.macroEnabled.main"),
            **{"xl/vbaProject.bin": b"\xd0\xcf\x11\xe0" * 99},
        ),
    )
    yield (
        "a format of 50,000 brackets",
        lambda place: repacked(
            xlsx_file(place, *COMPLAINTS),
            lambda _name, old: old.replace(
                b"<cellXfs",
                b'<numFmts count="1"><numFmt numFmtId="999" formatCode="' + b"[" * 50_000 + b'"/></numFmts><cellXfs',
            ),
        ),
    )


def _texts() -> Iterator[tuple[str, Callable[[Path], Path]]]:
    yield "a csv cell that never ends", _file((_HEADS + 'A1,2020-06-05,"' + "x" * 3_000_000).encode(), "csv")
    yield "a csv of a million delimiters", _file((_HEADS + "," * 1_000_000).encode(), "csv")
    yield "a csv of one line of cells", _file(b"a," * 20_000_000, "csv")
    yield "a csv of a million empty lines", _file((_HEADS + "\n" * 1_000_000).encode(), "csv")
    yield "a csv with zero bytes", _file((_HEADS + "A1,2020-06-05,x\0y").encode(), "csv")
    yield "a csv that changes its encoding", _file(_HEADS.encode() + "A1,2020-06-05,异响".encode("gb18030"), "csv")
    yield "a csv in UTF-16 with zeros", _file((_HEADS + "A6,2020-06-05,异\0响").encode("utf-16"), "csv")
    yield "a csv in UTF-16 cut in a letter", _file((_HEADS + "A6,2020-06-05,异响").encode("utf-16")[:-1], "csv")
    yield "a csv in GB18030 with zeros", _file((_HEADS + "A6,2020-06-05,异\0响").encode("gb18030"), "csv")
    yield "a csv with half a surrogate", _file(_HEADS.encode() + b"A6,2020-06-05,\xed\xa0\x80", "csv")
    yield "a csv of formulas", _file((_HEADS + "A7,2020-06-05,=cmd|'/c calc'!A1").encode(), "csv")
    yield "a csv of right-to-left marks", _file((_HEADS + "A8,2020-06-05,\u202egpj.exe").encode(), "csv")
    yield "a table in 5,000 tables", _file(b"<html>" + b"<table><tr><td>" * 5_000, "xls")
    yield (
        "a web page that spans the world",
        _file(b'<html><table><tr><td colspan="999999999" rowspan="999999999">x</td></tr></table>', "xls"),
    )


def _cases(test: Any) -> list[tuple[Any, Any]]:
    """What the suite's own test is given, one after the other."""
    return list(next(mark for mark in test.pytestmark if mark.name == "parametrize").args[1])


def _file(content: bytes, ending: str = "xlsx") -> Callable[[Path], Path]:
    return lambda place: saved(place, content, f"台账.{ending}")


def _cells(row: bytes) -> Callable[[Path], Path]:
    return lambda place: with_cells(xlsx_file(place, *COMPLAINTS), row)


def _cut(length: int) -> Callable[[Path], Path]:
    return lambda place: saved(place, xlsx_file(place, *COMPLAINTS).read_bytes()[:length], "台账.xlsx")


def _struck(at: int, content: bytes) -> Callable[[Path], Path]:
    whole = OLD_XLS.read_bytes()
    return lambda place: saved(place, whole[:at] + content + whole[at + len(content) :], "台账.xls")


def _part(part: str, content: bytes | None) -> Callable[[Path], Path]:
    return lambda place: repacked(xlsx_file(place, *COMPLAINTS), lambda name, old: content if name == part else old)


def _end(tags: bytes) -> Callable[[Path], Path]:
    def changed(name: str, old: bytes) -> bytes:
        return old.replace(b"</sheetData>", b"</sheetData>" + tags) if name == _SHEET else old

    return lambda place: repacked(xlsx_file(place, *COMPLAINTS), changed)


def _more(content: bytes) -> Callable[[Path], Path]:
    return lambda place: repacked(xlsx_file(place, *COMPLAINTS), lambda _name, old: old, **{"xl/x.xml": content})


def _first(before: bytes, after: bytes) -> Callable[[Path], Path]:
    return lambda place: repacked(xlsx_file(place, *COMPLAINTS), lambda _name, old: old.replace(before, after, 1))


def _linked(target: bytes) -> Callable[[Path], Path]:
    return _first(b"worksheets/sheet1.xml", target)


def _long(place: Path) -> Path:
    return shared_text(xlsx_file(place, *COMPLAINTS), 30_000, 20_000)


def _twice(place: Path) -> Path:
    path = xlsx_file(place, *COMPLAINTS)
    with zipfile.ZipFile(path) as whole:
        sheet = whole.read(_SHEET)
    with zipfile.ZipFile(path, "a") as more:
        info = zipfile.ZipInfo(_SHEET)
        del more.NameToInfo[_SHEET]
        more.writestr(info, sheet)
    return path
