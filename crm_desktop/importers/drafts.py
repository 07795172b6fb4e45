"""Rows of a table into drafts of one kind: the whole row or its faults, never half a row."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from hashlib import blake2b

from crm_desktop.domain.errors import InvalidInput
from crm_desktop.domain.imports import Imported, ImportKind, RowFault
from crm_desktop.domain.text import checked_text
from crm_desktop.importers.cells import Cell, Cells, Table, cell_text, is_blank
from crm_desktop.importers.headings import RECIPES, ColumnMap
from crm_desktop.importers.passed import Passed
from crm_desktop.importers.readers import Kept
from crm_desktop.importers.recipe import Field, Recipe, Values


class Drafts:
    """Every row of the table as a draft, or as all of its faults; blank rows, and rows that are no records, are passed
    over.

    A row equal to an earlier one is yielded again, with the same digest: the service decides.
    """

    def __init__(self, kind: ImportKind, table: Table, mapping: ColumnMap, today: date) -> None:
        self._table = table
        self._reading = _Reading(RECIPES[kind], table.headers, mapping, today)
        self._passed = Passed(table.headers, self._reading.read_columns)

    def __iter__(self) -> Iterator[Imported | RowFault]:
        """:raises WorkbookRefused: where the file breaks off in the middle (unpaired quotes)."""
        for row, cells, whole in self._table.whole_rows():
            if any(cells) and not all(map(is_blank, cells)) and not self._passed.passes(row, cells):
                yield from self._reading.read(row, whole if self._reading.stands(cells) else cells)

    def notes(self) -> tuple[str, ...]:
        """What was passed over; known once all rows were read."""
        return self._passed.notes()


class _Reading:
    """One table being read: which column goes through which reader."""

    def __init__(self, recipe: Recipe, headers: tuple[str, ...], mapping: ColumnMap, today: date) -> None:
        fields = {field.name: field for field in recipe.fields}
        self.recipe = recipe
        self.today = today
        self.width = len(headers)
        self.plan = [(index, headers[index], fields[name]) for name, index in mapping.columns.items()]
        self.kept = [(index, heading) for heading, index in mapping.kept.items()]
        self.read_columns = {*mapping.columns.values(), *mapping.kept.values()}
        needed = {name for group in recipe.needed for name in group}
        self.needed = [index for name, index in mapping.columns.items() if name in needed]

    def stands(self, cells: Cells) -> bool:
        """Whether a row says something of its own that makes it a record, beside what is merged into it from above."""
        return any(index < len(cells) and not is_blank(cells[index]) for index in self.needed)

    def read(self, row: int, cells: Cells) -> Iterator[Imported | RowFault]:
        told = _Row()
        if len(cells) < self.width:
            cells = (*cells, *[None] * (self.width - len(cells)))
        for index, heading, field in self.plan:
            cell = cells[index]
            if cell is not None and cell != "":
                told.read(field, cell, heading, self.today)
        for index, heading in self.kept:
            told.keep(cells[index], heading)
        if len(cells) > self.width and not all(map(is_blank, cells[self.width :])):
            told.faults[""] = f"这一行有 {len(cells)} 格，比表头多，可能格子里有逗号而没有加引号，请核对。"
        if not told.faults:
            told.finish(self.recipe)
        if told.faults:
            yield from (RowFault(row, name, why) for name, why in told.faults.items())
        else:
            yield self.recipe.make(row=row, digest=told.digest(), extra=told.extra, **told.values)


class _Row:
    """What one row has told so far."""

    __slots__ = ("extra", "faults", "values")

    def __init__(self) -> None:
        self.values: Values = {}
        self.extra: dict[str, str] = {}
        self.faults: dict[str, str] = {}

    def read(self, field: Field, cell: Cell, heading: str, today: date) -> None:
        try:
            value = field.read(cell, heading, today)
        except InvalidInput as refusal:
            self.faults[field.name] = refusal.sentence
            return
        if type(value) is Kept:
            self.extra[heading] = value.text
            value = value.value
        if value or value == 0:
            self.values[field.name] = value

    def keep(self, cell: Cell, heading: str) -> None:
        if is_blank(cell):
            return
        try:
            text = checked_text(cell_text(cell), heading)
        except InvalidInput as refusal:
            self.faults[heading] = refusal.sentence
            return
        if text:
            self.extra[heading] = text

    def finish(self, recipe: Recipe) -> None:
        for group in recipe.needed:
            if not any(name in self.values for name in group):
                one_of = "，至少要有一项" if len(group) > 1 else ""
                self.faults[group[0]] = f"这一行没有{recipe.titles(group)}{one_of}，请补上。"
        if recipe.finish is not None and not self.faults:
            try:
                recipe.finish(self.values, self.extra)
            except InvalidInput as refusal:
                self.faults[""] = refusal.sentence

    def digest(self) -> str:
        told = [f"{name}={self.values[name]}" for name in sorted(self.values)]
        told += [f"{heading}:{self.extra[heading]}" for heading in sorted(self.extra)]
        return blake2b("\x1f".join(told).encode("utf-8"), digest_size=16).hexdigest()
