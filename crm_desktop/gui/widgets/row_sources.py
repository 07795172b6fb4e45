"""Where a table's rows come from: a plain list, or ids whose rows are fetched page by page when they are looked at."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from datetime import date, datetime, time
from typing import Any, Generic, Protocol, TypeVar

from crm_desktop.domain.columns import CellValue, Column

Row = TypeVar("Row")
Item = TypeVar("Item")
Key = Callable[[Any], object]
SortKey = Callable[[str], Any]
Values = Callable[[str], Mapping[int, CellValue] | None]
Test = Callable[[Any], bool]

PAGE = 128
_PAGES_KEPT = 48
FETCHED_TO_SORT = 2_000
SEARCHED = 20_000
"""So many rows of a paged list are looked through at most when it is narrowed: each has to be fetched."""


class RowSource(Protocol[Row]):
    """What a table needs to know about its rows; places count from 0 in the order shown."""

    def __len__(self) -> int: ...

    def row(self, place: int) -> Row | None:
        """The row at a place; None where it has been deleted meanwhile."""

    def key_at(self, place: int) -> object:
        """What stays the same about a row when it moves."""

    def place_of(self, key: object) -> int | None:
        """Where the row with this key stands now."""

    def can_sort(self) -> bool:
        """Whether the order may be changed."""

    def sort(self, column: Column[Row] | None, descending: bool) -> None:
        """Order by a column, or as delivered for None."""

    def narrow(self, test: Test | None) -> None:
        """Only the rows that pass, in the present order; all of them for None."""

    def whole(self) -> int:
        """How many rows there are, narrowed or not."""

    def snapshot(self) -> RowSource[Row]:
        """The same rows in their present order for somebody else, on any thread: sorting here does not move them."""


class ListRows(Generic[Row]):
    """A list of rows held whole: for a few thousand."""

    def __init__(self, rows: Sequence[Row], key: Key | None = None, sort_key: SortKey | None = None) -> None:
        """``sort_key`` turns text into what it is sorted by (else pinyin); ``key`` gives a row's identity."""
        self._delivered = tuple(rows)
        self._ordered = self._delivered
        self._rows = self._delivered
        self._test: Test | None = None
        self._key = key
        self._sort_key = sort_key

    def __len__(self) -> int:
        return len(self._rows)

    def row(self, place: int) -> Row | None:
        return self._rows[place]

    def key_at(self, place: int) -> object:
        row = self._rows[place]
        return self._key(row) if self._key else row

    def place_of(self, key: object) -> int | None:
        return next((place for place in range(len(self)) if self.key_at(place) == key), None)

    def can_sort(self) -> bool:
        return True

    def sort(self, column: Column[Row] | None, descending: bool) -> None:
        if column is None:
            self._ordered = self._delivered
        else:
            values = ((column.value(row), row) for row in self._delivered)
            self._ordered = tuple(in_order(values, descending, self._sort_key))
        self.narrow(self._test)

    def narrow(self, test: Test | None) -> None:
        self._test = test
        self._rows = self._ordered if test is None else tuple(filter(test, self._ordered))

    def whole(self) -> int:
        return len(self._delivered)

    def snapshot(self) -> ListRows[Row]:
        return ListRows(self._rows, self._key, self._sort_key)


class PagedRows(Generic[Row]):
    """Any number of rows: all ids at once (from a covering index), rows 128 at a time when they are painted."""

    def __init__(
        self,
        ids: Sequence[int],
        fetch: Callable[[Sequence[int]], Sequence[Row]],
        key: Callable[[Row], int],
        order: Callable[[str, bool], Sequence[int]] | None = None,
        values: Values | None = None,
    ) -> None:
        """``fetch`` gives the rows of some ids in any order, ``key`` a row's id.

        ``order(title, descending)`` gives all ids ordered by the column of that title, ``values(title)`` what each id
        is ordered by in it (None where the column is not known there), asked for a long list. Else every row is
        fetched to be ordered.
        """
        self._delivered = ids
        self._ordered = ids
        self._ids = ids
        self._test: Test | None = None
        self._fetch = fetch
        self._key = key
        self._order = order
        self._values = values
        self._pages: OrderedDict[int, dict[int, Row]] = OrderedDict()

    def __len__(self) -> int:
        return len(self._ids)

    def row(self, place: int) -> Row | None:
        number = place // PAGE
        page = self._pages.get(number)
        if page is None:
            page = self._turn_to(number)
        return page.get(self._ids[place])

    def key_at(self, place: int) -> object:
        return self._ids[place]

    def place_of(self, key: object) -> int | None:
        return self._ids.index(key) if isinstance(key, int) and key in self._ids else None

    def can_sort(self) -> bool:
        return True

    def sort(self, column: Column[Row] | None, descending: bool) -> None:
        if column is None:
            self._ordered = self._delivered
        elif self._order is not None:
            self._ordered = self._order(column.title, descending)
        else:
            long = len(self._delivered) > FETCHED_TO_SORT
            told = self._values(column.title) if self._values and long else None
            values = {found: column.value(row) for found, row in self._every(self._delivered)} if told is None else told
            self._ordered = list(in_order(((values.get(found), found) for found in self._delivered), descending))
        self.narrow(self._test)

    def narrow(self, test: Test | None) -> None:
        self._test = test
        looked_at = self._every(self._ordered[:SEARCHED]) if test else ()
        self._ids = [found for found, row in looked_at if test(row)] if test else self._ordered
        self._pages.clear()

    def whole(self) -> int:
        return len(self._delivered)

    def snapshot(self) -> PagedRows[Row]:
        """Fetches by itself, on the thread of whoever walks it."""
        return PagedRows(self._ids, self._fetch, self._key, self._order, self._values)

    def _every(self, ids: Sequence[int]) -> Iterator[tuple[int, Row]]:
        for start in range(0, len(ids), PAGE):
            block = ids[start : start + PAGE]
            rows = {self._key(row): row for row in self._fetch(block)}
            yield from ((found, rows[found]) for found in block if found in rows)

    def _turn_to(self, number: int) -> dict[int, Row]:
        ids = self._ids[number * PAGE : (number + 1) * PAGE]
        page = {self._key(row): row for row in self._fetch(ids)}
        self._pages[number] = page
        if len(self._pages) > _PAGES_KEPT:
            self._pages.popitem(last=False)
        return page


def in_order(pairs: Iterable[tuple[CellValue, Item]], descending: bool, key: SortKey | None = None) -> Iterator[Item]:
    """The second ones by the first ones: text by ``key`` (pinyin), what is not known last, equals as they came."""
    from crm_desktop.domain.pinyin import ordering  # noqa: PLC0415 - the first page is in the order of its urgency

    key = key or ordering
    known: list[tuple[Any, Item]] = []
    unknown: list[Item] = []
    for value, item in pairs:
        if value is None or value == "":
            unknown.append(item)
        else:
            known.append((key(value) if isinstance(value, str) else _comparable(value), item))
    known.sort(key=_first, reverse=descending)
    yield from (item for _, item in known)
    yield from unknown


def every_row(source: RowSource[Row]) -> Iterator[Row]:
    """All rows in the order shown, one after the other."""
    for place in range(len(source)):
        row = source.row(place)
        if row is not None:
            yield row


def _comparable(value: CellValue) -> CellValue:
    """A day among moments is its midnight."""
    return datetime.combine(value, time()) if type(value) is date else value


def _first(pair: tuple[Any, object]) -> Any:
    return pair[0]
