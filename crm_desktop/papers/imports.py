"""A foreign file into the files: read, headings recognised, rows brought in, bad rows given back as a workbook."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from crm_desktop.domain.acts import Act
from crm_desktop.domain.errors import InvalidInput, StorageRefused
from crm_desktop.domain.imports import ImportKind, RowFault
from crm_desktop.domain.sheets import CellValue, Column, Letterhead, TableSheet
from crm_desktop.services.desk import Desk
from crm_desktop.services.imports import ImportResult, Imports

_CELL_LIMIT = 16_000  # half of what Excel takes, whose limit counts some characters twice
_SHOWN = 200
Told = Callable[[int, int], None]
"""Hears rows done and rows in all."""


@dataclass(frozen=True, slots=True)
class ImportReport:
    """What a run did and what it passed over: headings nobody knows, empty columns, remarks on the file."""

    result: ImportResult
    unrecognised: tuple[str, ...]
    empty: tuple[str, ...]
    notes: tuple[str, ...]


class ImportPaper:
    """What window and command line both call to bring a file in."""

    def __init__(self, desk: Desk, imports: Imports) -> None:
        self._desk = desk
        self._imports = imports

    def run(
        self,
        kind: ImportKind,
        path: Path,
        act: Act,
        *,
        dry_run: bool = False,
        progress: Told | None = None,
    ) -> ImportReport:
        """Imports a file of one kind; a channel nobody knows stands in the notes. ``progress`` hears rows done
        and rows in all.

        :raises WorkbookRefused: a file that cannot be read as a table of this kind.
        """
        from crm_desktop.importers.drafts import drafts  # noqa: PLC0415 - keeps start-up free of readers
        from crm_desktop.importers.headings import recognise  # noqa: PLC0415 - start-up pays for nothing unseen
        from crm_desktop.importers.tables import read_table  # noqa: PLC0415 - start-up pays for nothing unseen

        table = read_table(path)
        mapping = recognise(kind, table)
        rows = drafts(kind, table, mapping, self._desk.today())

        def told(done: int) -> None:
            if progress is not None:
                progress(done, table.row_count)

        result = self._imports.run(kind, rows, path.name, act, dry_run=dry_run, progress=told)
        return ImportReport(result, mapping.unrecognised, mapping.empty, (*table.notes, *result.notes))

    def give_back(self, path: Path, faults: Sequence[RowFault], target: Path) -> Path:
        """The refused rows of a file as a workbook with 行号 and 原因, to be mended and imported again.

        :raises InvalidInput: another ending than .xlsx, or the very file that was read.
        :raises StorageRefused: the folder cannot take it.
        """
        from crm_desktop.importers.tables import read_table  # noqa: PLC0415 - start-up pays for nothing unseen

        check_place(path, target)
        table = read_table(path)
        return write_faults(table.headers, table.rows, faults, target)


def check_place(source: Path, target: Path) -> None:
    """Whether refused rows could be given back there, asked before anything is brought in.

    :raises InvalidInput: another ending than .xlsx, or the very file that is read. :raises StorageRefused: no folder.
    """
    from crm_desktop.exporters.files import checked_target  # noqa: PLC0415 - start-up pays for nothing unseen

    checked_target(target, (".xlsx",))
    if not target.parent.is_dir():
        raise StorageRefused(f"没有文件夹“{target.parent}”，未通过的行没有地方放，还没有导入。请换一个位置。")
    if target.exists() and source.exists() and target.samefile(source):
        raise InvalidInput("未通过的行不能写进原来的文件，还没有导入。请换一个文件名。")


def write_faults(
    headers: Sequence[str], rows: Iterable[tuple[int, Sequence[Any]]], faults: Sequence[RowFault], target: Path
) -> Path:
    """The refused rows as they stood in the file, with 行号 and 原因, to be mended and imported again."""
    from crm_desktop.exporters.excel import write_table  # noqa: PLC0415 - keeps start-up free of openpyxl
    from crm_desktop.importers.cells import cell_text  # noqa: PLC0415 - start-up pays for nothing unseen

    why: dict[int, list[str]] = {}
    for fault in faults:
        why.setdefault(fault.row, []).append(fault.why)
    given_back = [
        (row, "；".join(why[row]), *(_kept(cell_text(cell)) for cell in cells)) for row, cells in rows if row in why
    ]
    columns = tuple(_column(title, place) for place, title in enumerate(("行号", "原因", *headers)))
    return write_table(TableSheet("导入未通过的行", Letterhead(), columns, given_back), target)


def _kept(text: str) -> str:
    """A cell as it stood; one that no workbook can hold is named instead of cut in silence."""
    if len(text) <= _CELL_LIMIT:
        return text
    return f"{text[:_SHOWN]}…（原文 {len(text)} 字，太长放不进一格，请在原文件里修改）"


def _column(title: str, place: int) -> Column[tuple[CellValue, ...]]:
    def value(row: tuple[CellValue, ...]) -> CellValue:
        return row[place] if place < len(row) else None

    return Column(title, value, width=40 if title == "原因" else 14, wrap=title == "原因")
