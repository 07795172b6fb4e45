"""Which column is which: headings of the desk, of dealer-management systems and of templates (facts.md 8.1, 8.2).

The words themselves stand beside their fields in complaints.py, customers.py, visits.py, followups.py and party.py.
Recognition, in this order:

1. A heading that is clear for the kind takes its field. If several columns claim one field, one that holds values
   goes before an empty one, then the better word; the other goes to the field's ``spill`` or is kept in ``extra``.
2. A heading that is unsure (电话, 联系人, 单号, 交车日期 …) takes the first of its fields still free.
3. A known heading without a field is kept in ``extra``, under the file's own words.
4. All other headings are listed for the desk, empty columns apart.

What the desk corrects by hand goes before all of this: ``Choices``, a word for every column.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import cache
from hashlib import blake2b
from typing import TypeVar

from crm_desktop.domain.errors import InvalidInput, WorkbookRefused
from crm_desktop.domain.imports import ImportKind
from crm_desktop.importers import complaints, customers, followups, visits
from crm_desktop.importers.cells import Table
from crm_desktop.importers.recipe import Field, Recipe, plain_heading, without_hint

RECIPES: Mapping[ImportKind, Recipe] = {
    recipe.kind: recipe for recipe in (complaints.RECIPE, customers.RECIPE, visits.RECIPE, followups.RECIPE)
}
_SHOWN_HEADINGS = 12
_SHORTEST = 2  # below that a number at the end is no count
LEFT_OUT, KEPT = "", "+"
"""What a column may be besides a field: not imported, or kept under its own heading."""
_MARKS: Mapping[ImportKind, tuple[str, ...]] = {
    ImportKind.COMPLAINTS: ("words",),
    ImportKind.FOLLOWUPS: ("called_at", "planned_on", "result_text", "caller"),
    ImportKind.VISITS: ("order_number",),
}
"""Fields by which a file is told for its kind, the most telling kind first; what has none of them is customers."""
Choices = tuple[str, ...]
"""For every column of a table the name of its field, ``KEPT`` or ``LEFT_OUT``."""
T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class ColumnMap:
    """Which column holds which field; columns count from 0.

    ``kept`` maps headings to columns whose text goes into ``extra``. ``unrecognised`` are headings that are not
    imported although their columns hold something; ``empty`` those that are not imported and hold nothing.
    """

    columns: Mapping[str, int]
    kept: Mapping[str, int] = field(default_factory=dict)
    unrecognised: tuple[str, ...] = ()
    empty: tuple[str, ...] = ()


def template(kind: ImportKind) -> tuple[str, ...]:
    """The headings of an empty template; every one of them is recognised again."""
    return tuple(field_titles(kind).values())


def field_titles(kind: ImportKind) -> Mapping[str, str]:
    """The desk's word for every field of a kind, by the field's name."""
    return {f.name: f.title for f in RECIPES[kind].fields if f.title}


def choice_words(kind: ImportKind) -> Mapping[str, str]:
    """The desk's word for everything a column may be, in the order of the fields."""
    words = {f.name: f.title or "其他电话" for f in RECIPES[kind].fields}
    return words | {KEPT: "照原样保留", LEFT_OUT: "不导入"}


@cache
def known_words() -> frozenset[str]:
    """Every heading any kind knows, in plain form: the heading row of a file is the one with most of them."""
    words: set[str] = set()
    for recipe in RECIPES.values():
        words.update(_clear_words(recipe.kind), _unsure_words(recipe.kind), _kept_words(recipe.kind))
    return frozenset(words)


def is_known(heading: str) -> bool:
    """True when some kind knows this heading."""
    return any(form in known_words() for form in _forms(heading))


def recognise(kind: ImportKind, table: Table) -> ColumnMap:
    """The columns of a table for one kind.

    :raises WorkbookRefused: when a column is missing without which no row could count.
    """
    found = _found(kind, table)
    mapping = ColumnMap(found.columns, found.kept, tuple(found.unrecognised()), tuple(found.empty()))
    _check_needed(RECIPES[kind], mapping, table.headers)
    return mapping


def _found(kind: ImportKind, table: Table) -> _Finding:
    found = _Finding(RECIPES[kind], table)
    found.take_clear()
    found.take_unsure()
    found.keep_known()
    return found


def chosen(kind: ImportKind, table: Table, choices: Choices) -> ColumnMap:
    """The columns of a table as the desk chose them.

    :raises InvalidInput: one field for two columns. :raises WorkbookRefused: as ``recognise``.
    """
    columns: dict[str, int] = {}
    titles = choice_words(kind)
    for index, word in enumerate(choices):
        if word in columns:
            one, other = table.headers[columns[word]], table.headers[index]
            raise InvalidInput(f"“{one}”和“{other}”都选成了“{titles[word]}”，请只留一列。")
        if word not in (LEFT_OUT, KEPT):
            columns[word] = index
    kept = {table.headers[index] or untitled(index): index for index, word in enumerate(choices) if word == KEPT}
    left = [index for index, word in enumerate(choices) if word == LEFT_OUT]
    unknown = tuple(table.headers[i] or untitled(i) for i in left if i not in table.empty_columns)
    empty = tuple(table.headers[i] for i in left if i in table.empty_columns and table.headers[i])
    mapping = ColumnMap(columns, kept, unknown, empty)
    _check_needed(RECIPES[kind], mapping, table.headers)
    return mapping


def choices_of(mapping: ColumnMap, width: int) -> Choices:
    """A recognised mapping as the desk sees it, to be corrected column by column."""
    words = dict.fromkeys(mapping.kept.values(), KEPT) | {index: name for name, index in mapping.columns.items()}
    return tuple(words.get(index, LEFT_OUT) for index in range(width))


def proposed(kind: ImportKind, table: Table) -> Choices:
    """What ``recognise`` would do, also where a column is missing that the desk may still choose."""
    found = _found(kind, table)
    return choices_of(ColumnMap(found.columns, found.kept), len(table.headers))


def fingerprint(table: Table) -> str:
    """Equal for files whose headings are the same: one source, whatever the rows."""
    told = "\x1f".join(map(plain_heading, table.headers))
    return blake2b(told.encode(), digest_size=8).hexdigest()


def likeliest(table: Table) -> ImportKind:
    """The first kind of ``_MARKS`` that finds all it needs and one of its marks under a clear heading."""
    for kind, marks in _MARKS.items():
        found = _Finding(RECIPES[kind], table)
        found.take_clear()
        marked = any(mark in found.columns for mark in marks)
        found.take_unsure()
        if marked and all(any(name in found.columns for name in group) for group in RECIPES[kind].needed):
            return kind
    return ImportKind.CUSTOMERS


def untitled(index: int) -> str:
    """How a column without a heading is called."""
    return f"第 {index + 1} 列（无标题）"


class _Finding:
    """The columns of one table while they find their fields."""

    def __init__(self, recipe: Recipe, table: Table) -> None:
        self.recipe = recipe
        self.headers = table.headers
        self.empty_columns = table.empty_columns
        self.columns: dict[str, int] = {}
        self.kept: dict[str, int] = {}

    def take_clear(self) -> None:
        words = _clear_words(self.recipe.kind)
        claims: dict[str, list[tuple[bool, int, int]]] = {}
        for index, heading in enumerate(self.headers):
            claim = _looked_up(words, heading)
            if claim is not None:
                one, rank = claim
                claims.setdefault(one.name, []).append((index in self.empty_columns, rank, index))
        for name, claim_list in claims.items():
            self.columns[name] = min(claim_list)[2]
        fields = {f.name: f for f in self.recipe.fields}
        for name, claim_list in claims.items():
            for _, _, index in sorted(claim_list)[1:]:
                self._spill(fields[name].spill, index)

    def _spill(self, name: str, index: int) -> None:
        if index in self.empty_columns:
            return
        if name and name not in self.columns:
            self.columns[name] = index
        else:
            self.kept[self.headers[index]] = index

    def take_unsure(self) -> None:
        words = _unsure_words(self.recipe.kind)
        for index, heading in enumerate(self.headers):
            names = _looked_up(words, heading) if self._is_free(index) else None
            if names is None:
                continue
            name = next((name for name in names if name not in self.columns), None)
            if name is not None:
                self.columns[name] = index
            else:
                self.kept[heading] = index

    def keep_known(self) -> None:
        words = _kept_words(self.recipe.kind)
        for index, heading in enumerate(self.headers):
            if self._is_free(index) and _looked_up(words, heading):
                self.kept[heading] = index

    def unrecognised(self) -> Iterator[str]:
        for index, heading in enumerate(self.headers):
            if self._is_free(index):
                yield heading or untitled(index)

    def empty(self) -> Iterator[str]:
        used = {*self.columns.values(), *self.kept.values()}
        for index, heading in enumerate(self.headers):
            if heading and index in self.empty_columns and index not in used:
                yield heading

    def _is_free(self, index: int) -> bool:
        used = index in self.columns.values() or index in self.kept.values()
        return not used and index not in self.empty_columns


def _looked_up(words: Mapping[str, T], heading: str) -> T | None:
    return next((words[form] for form in _forms(heading) if form in words), None)


def _forms(heading: str) -> tuple[str, ...]:
    """A heading as it stands, without its hint, and without the number of a column that comes several times."""
    bare = without_hint(heading)
    return plain_heading(heading), bare, bare.rstrip("123456789") if len(bare) > _SHORTEST else bare


@cache
def _clear_words(kind: ImportKind) -> Mapping[str, tuple[Field, int]]:
    words: dict[str, tuple[Field, int]] = {}
    for one in RECIPES[kind].fields:
        for rank, word in enumerate(_ranked(one)):
            words.setdefault(plain_heading(word), (one, rank))
    return words


def _ranked(one: Field) -> tuple[str, ...]:
    """The words of a field, best first; its title leads unless it stands further back itself."""
    return one.headings if one.title in one.headings or not one.title else (one.title, *one.headings)


@cache
def _unsure_words(kind: ImportKind) -> Mapping[str, tuple[str, ...]]:
    return {plain_heading(word): names for word, names in RECIPES[kind].unsure.items()}


@cache
def _kept_words(kind: ImportKind) -> Mapping[str, bool]:
    return {plain_heading(word): True for word in RECIPES[kind].kept}


def _check_needed(recipe: Recipe, mapping: ColumnMap, headers: tuple[str, ...]) -> None:
    for group in recipe.needed:
        if not any(name in mapping.columns for name in group):
            titles = recipe.titles(group)
            which = f"“{titles}”这一列" if len(group) == 1 else f"{titles} 中的任何一列"
            found = "、".join(heading[:15] for heading in headers[:_SHOWN_HEADINGS] if heading) or "没有"
            raise WorkbookRefused(
                f"表里没有{which}，不能作为{recipe.kind.word}导入；找到的表头是：{found}，请改好表头再导入。"
            )
