"""A foreign file into the files: looked at, columns chosen, rows brought in, bad rows given back as a workbook.

look(path, …) -> Sight     run(kind, path, act, …) -> ImportReport     give_back(path, faults, target, …) -> Path
template(kind, target) -> Path     undo(run, file_name, act) -> str     past() -> list[ImportRun]
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING, Any

from crm_desktop.domain.acts import Act
from crm_desktop.domain.errors import InvalidInput, StorageRefused
from crm_desktop.domain.imports import DuplicateRule, ImportKind, ImportRun, RowFault
from crm_desktop.domain.sheets import CellValue, Column, Letterhead, TableSheet
from crm_desktop.domain.text import clean_line
from crm_desktop.services.desk import Desk
from crm_desktop.services.imports import ImportResult, Imports

if TYPE_CHECKING:
    from crm_desktop.importers.cells import Table
    from crm_desktop.importers.headings import Choices, ColumnMap

_CELL_LIMIT = 16_000  # half of what Excel takes, whose limit counts some characters twice
_SHOWN = 200
_AS_BEFORE = "各列按以前改过的对应。"
_SAMPLES, _SAMPLE_LENGTH, _LOOKED_AT = 3, 40, 200
Told = Callable[[int, int], None]
"""Hears rows done and rows in all."""


@dataclass(frozen=True, slots=True)
class ImportReport:
    """What a run did and what it passed over: headings nobody knows, empty columns, remarks on the file."""

    result: ImportResult
    unrecognised: tuple[str, ...]
    empty: tuple[str, ...]
    notes: tuple[str, ...]

    def answer(self) -> dict[str, Any]:
        """As command line and automation door tell it (interface.md section 2)."""
        return {
            "read": self.result.read,
            "added": self.result.added,
            "updated": self.result.updated,
            "skipped": self.result.skipped,
            "errors": [{"row": fault.row, "field": fault.field, "why": fault.why} for fault in self.result.faults],
            "unrecognised": list(self.unrecognised),
            "empty": list(self.empty),
            "notes": list(self.notes),
        }


@dataclass(frozen=True, slots=True)
class Place:
    """Where in a file the table stands: its worksheet (empty where a file has none) and the row of its headings.

    Nothing said means: found by looking.
    """

    sheet: str = ""
    header_row: int | None = None


_ANYWHERE = Place()


@dataclass(frozen=True, slots=True)
class Sight:
    """A file before anything is brought in: its columns with samples, and what each would become.

    ``choices`` has a word for every column (``importers.headings.Choices``), ``words`` the desk's word for each that
    may be chosen. ``remembered``: files with these headings were corrected by hand before, and this is how.
    """

    kind: ImportKind
    headings: tuple[str, ...]
    samples: tuple[tuple[str, ...], ...]
    place: Place
    row_count: int
    sheets: tuple[str, ...]
    choices: Choices
    words: Mapping[str, str]
    remembered: bool
    notes: tuple[str, ...]


class ImportPaper:
    """What window and command line both call to bring a file in."""

    def __init__(self, desk: Desk, imports: Imports) -> None:
        self._desk = desk
        self._imports = imports

    def look(self, path: Path, kind: ImportKind | None = None, place: Place = _ANYWHERE) -> Sight:
        """What is in a file, read as this kind or the likeliest; nothing is brought in.

        :raises WorkbookRefused: a file that cannot be read as a table.
        """
        from crm_desktop.importers import headings  # noqa: PLC0415 - keeps start-up free of readers

        table = _table(path, place)
        kind = kind or headings.likeliest(table)
        remembered = self._remembered(kind, table)
        titles = tuple(title or headings.untitled(index) for index, title in enumerate(table.headers))
        return Sight(
            kind, titles, _samples(table), Place(table.sheet, table.header_row), table.row_count, table.sheets,
            remembered or headings.proposed(kind, table), headings.choice_words(kind), remembered is not None,
            table.notes,
        )  # fmt: skip

    def run(
        self,
        kind: ImportKind,
        path: Path,
        act: Act,
        *,
        dry_run: bool = False,
        rule: DuplicateRule | None = None,
        choices: Choices | None = None,
        place: Place = _ANYWHERE,
        progress: Told | None = None,
    ) -> ImportReport:
        """Imports a file of one kind; a channel nobody knows stands in the notes. ``progress`` hears rows done
        and rows in all.

        Without ``choices`` the columns are those remembered for files with these headings, else recognised; choices
        that correct what would be recognised are remembered once rows came in.

        :raises WorkbookRefused: a file that cannot be read as a table of this kind.
        :raises InvalidInput: two columns chosen for one field.
        """
        from crm_desktop.importers.drafts import Drafts  # noqa: PLC0415 - keeps start-up free of readers

        table = _table(path, place)
        remembered = self._remembered(kind, table) if choices is None else None
        mapping = _mapping(kind, table, choices or remembered)
        rows = Drafts(kind, table, mapping, self._desk.today())

        def told(done: int) -> None:
            if progress is not None:
                progress(done, table.row_count)

        result = self._imports.run(kind, rows, path.name, act, dry_run=dry_run, rule=rule, progress=told)
        if choices is not None and not dry_run:
            self._remember(kind, table, choices, act)
        notes = (
            *((_AS_BEFORE,) if remembered else ()),
            *_another_kind(kind, table),
            *table.notes,
            *rows.notes(),
            *result.notes,
        )
        return ImportReport(result, mapping.unrecognised, mapping.empty, notes)

    def template(self, kind: ImportKind, target: Path) -> Path:
        """An empty workbook with the headings of a kind, and a page that explains each with an example."""
        from crm_desktop.exporters.template_book import write_template  # noqa: PLC0415 - only when one is wanted
        from crm_desktop.importers.templates import template_columns  # noqa: PLC0415 - only when one is wanted

        columns = [(one.title, one.needed, one.example, one.hint) for one in template_columns(kind)]
        return write_template(f"{kind.word}导入模板", columns, target)

    def undo(self, run: int, file_name: str, act: Act, *, progress: Told | None = None) -> str:
        """Takes an import back; the sentence says what went and what stays. Raises as ``Imports.undo``."""
        return self._imports.undo(run, act, progress=progress).sentence(file_name)

    def past(self) -> list[ImportRun]:
        """导入记录, the latest first."""
        return self._imports.runs()

    def _remembered(self, kind: ImportKind, table: Table) -> Choices | None:
        from crm_desktop.importers import headings  # noqa: PLC0415 - keeps start-up free of readers

        found = self._imports.columns(kind, headings.fingerprint(table))
        known = headings.choice_words(kind)
        fits = len(found) == len(table.headers) and all(word in known for word in found)
        return found if fits else None

    def _remember(self, kind: ImportKind, table: Table, choices: Choices, act: Act) -> None:
        from crm_desktop.importers import headings  # noqa: PLC0415 - keeps start-up free of readers

        usual = self._remembered(kind, table) or headings.proposed(kind, table)
        if choices != usual:
            self._imports.remember_columns(kind, headings.fingerprint(table), choices, act)

    def give_back(self, path: Path, faults: Sequence[RowFault], target: Path, *, place: Place = _ANYWHERE) -> Path:
        """The refused rows of a file as a workbook with 行号 and 原因, to be mended and imported again.

        :raises InvalidInput: another ending than .xlsx, or the very file that was read.
        :raises StorageRefused: the folder cannot take it.
        """
        check_place(path, target)
        table = _table(path, place)
        return write_faults(table.headers, ((row, whole) for row, _, whole in table.whole_rows()), faults, target)


def _table(path: Path, place: Place) -> Table:
    from crm_desktop.importers.apart import read_table_apart  # noqa: PLC0415 - keeps start-up free of readers

    return read_table_apart(path, sheet=place.sheet or None, header_row=place.header_row)


def _mapping(kind: ImportKind, table: Table, choices: Choices | None) -> ColumnMap:
    from crm_desktop.importers import headings  # noqa: PLC0415 - keeps start-up free of readers

    return headings.chosen(kind, table, choices) if choices else headings.recognise(kind, table)


def _another_kind(kind: ImportKind, table: Table) -> Iterator[str]:
    """What whoever named the kind should know before the file has come in as something else."""
    from crm_desktop.importers import headings  # noqa: PLC0415 - keeps start-up free of readers

    likely = headings.likeliest(table)
    if likely not in (kind, ImportKind.CUSTOMERS):
        yield f"这份文件看起来是{likely.word}，现在按{kind.word}读入；不对的话请撤销这次导入，换一种再导。"


def _samples(table: Table) -> tuple[tuple[str, ...], ...]:
    """For every column the first values it holds, each once and not too long."""
    from crm_desktop.importers.cells import cell_text, is_blank  # noqa: PLC0415 - start-up pays for nothing unseen

    found: list[list[str]] = [[] for _ in table.headers]
    for _, cells in islice(table.rows, _LOOKED_AT):
        for told, cell in zip(found, cells, strict=False):
            text = "" if is_blank(cell) else clean_line(cell_text(cell))[:_SAMPLE_LENGTH]
            if text and text not in told and len(told) < _SAMPLES:
                told.append(text)
    return tuple(map(tuple, found))


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
    from crm_desktop.importers.tables import GIVEN_BACK  # noqa: PLC0415 - with it

    why: dict[int, list[str]] = {}
    for fault in faults:
        why.setdefault(fault.row, []).append(fault.why)
    given_back = [
        (row, "；".join(why[row]), *(_kept(cell_text(cell)) for cell in cells)) for row, cells in rows if row in why
    ]
    columns = tuple(_column(title, place) for place, title in enumerate((*GIVEN_BACK, *headers)))
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
