"""Where a table's rows come from: a plain list, or ids whose rows are fetched page by page when they are looked at."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable, Iterator, Sequence
from typing import Any, Generic, Protocol, TypeVar

from crm_desktop.domain.columns import CellValue, Column

Row = TypeVar("Row")
Key = Callable[[Any], object]
SortKey = Callable[[str], Any]

PAGE = 128
_PAGES_KEPT = 48


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

    def snapshot(self) -> RowSource[Row]:
        """The same rows in their present order for somebody else, on any thread: sorting here does not move them."""


class ListRows(Generic[Row]):
    """A list of rows held whole: for a few thousand."""

    def __init__(self, rows: Sequence[Row], key: Key | None = None, sort_key: SortKey | None = None) -> None:
        """``sort_key`` turns text into what it is sorted by (pinyin); ``key`` gives a row's identity."""
        self._delivered = tuple(rows)
        self._rows = self._delivered
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
            self._rows = self._delivered
            return
        known: list[tuple[Any, Row]] = []
        unknown: list[Row] = []
        for row in self._delivered:
            value = column.value(row)
            if value is None or value == "":
                unknown.append(row)
            else:
                known.append((self._sortable(value), row))
        known.sort(key=_first, reverse=descending)
        self._rows = (*(row for _, row in known), *unknown)

    def snapshot(self) -> ListRows[Row]:
        return ListRows(self._rows, self._key, self._sort_key)

    def _sortable(self, value: CellValue) -> Any:
        return self._sort_key(value) if self._sort_key and isinstance(value, str) else value


class PagedRows(Generic[Row]):
    """Any number of rows: all ids at once (from a covering index), rows 128 at a time when they are painted."""

    def __init__(
        self,
        ids: Sequence[int],
        fetch: Callable[[Sequence[int]], Sequence[Row]],
        key: Callable[[Row], int],
        order: Callable[[str, bool], Sequence[int]] | None = None,
    ) -> None:
        """``fetch`` gives the rows of some ids in any order, ``key`` a row's id.

        ``order(title, descending)`` gives all ids ordered by the column of that title; without it the table cannot
        be sorted.
        """
        self._delivered = ids
        self._ids = ids
        self._fetch = fetch
        self._key = key
        self._order = order
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
        return self._order is not None

    def sort(self, column: Column[Row] | None, descending: bool) -> None:
        if column is None or self._order is None:
            self._ids = self._delivered
        else:
            self._ids = self._order(column.title, descending)
        self._pages.clear()

    def snapshot(self) -> PagedRows[Row]:
        """Fetches by itself, on the thread of whoever walks it."""
        return PagedRows(self._ids, self._fetch, self._key, self._order)

    def _turn_to(self, number: int) -> dict[int, Row]:
        ids = self._ids[number * PAGE : (number + 1) * PAGE]
        page = {self._key(row): row for row in self._fetch(ids)}
        self._pages[number] = page
        if len(self._pages) > _PAGES_KEPT:
            self._pages.popitem(last=False)
        return page


def every_row(source: RowSource[Row]) -> Iterator[Row]:
    """All rows in the order shown, one after the other."""
    for place in range(len(source)):
        row = source.row(place)
        if row is not None:
            yield row


def _first(pair: tuple[Any, object]) -> Any:
    return pair[0]
