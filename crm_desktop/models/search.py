"""The index of the search box: which columns of which record are found, kept by the ledger with every write.

``search_grams`` is an inverted list without texts: one entry a record, its grams (``domain/search.py``) with the mark
of the column before each. ``search_pinyin`` holds the Latin keys of every customer's name, for a range scan. Both are
projections: what they say follows from the records, ``trouble`` proves it and ``rebuild`` makes them anew.
"""

from __future__ import annotations

import sqlite3
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import chain
from pathlib import Path
from typing import Any, NamedTuple

from crm_desktop.domain import pinyin
from crm_desktop.domain.search import code_grams, text_grams
from crm_desktop.models.migrations.m0007_search import EDITION

_ROOM = 16  # entries of as many kinds of record share the numbers of the index: id * 16 + place of the kind
_BLOCK = 2000
_PATIENCE = 5.0  # seconds to wait for another writer

INITIALS, SPELLED = "1", "2"
"""What a key of ``search_pinyin`` begins with."""
WORDS = ("words", "demand", "correction", "root_cause", "solution", "long_term_measure")
"""The texts of a complaint that are searched."""
WORDS_MARK = "w"


@dataclass(frozen=True, slots=True)
class Indexed:
    """Columns found together under one mark (one letter): as codes or, without ``code``, as texts."""

    mark: str
    columns: tuple[str, ...]
    code: bool = False


@dataclass(frozen=True, slots=True)
class Source:
    """One table in the index. ``hidden`` is the field that takes a record out of it, ``pinyin`` the one that is read
    aloud; fields have the names of their columns, references without their ``_id``."""

    table: str
    indexed: tuple[Indexed, ...]
    hidden: str = ""
    pinyin: str = ""

    @property
    def fields(self) -> tuple[str, ...]:
        """Every field the entry of a record follows from."""
        named = [column for indexed in self.indexed for column in indexed.columns]
        return (*named, *((self.hidden,) if self.hidden else ()))


RECORD = f"s.rowid / {_ROOM}"
"""SQL for the id of the record behind an entry of ``search_grams`` as ``s``."""
CANDIDATES = f"SELECT rowid / {_ROOM} FROM search_grams WHERE search_grams MATCH ?"
"""SQL for the ids of records that have all grams of ``asked_for``, of one mark."""


def asked_for(mark: str, grams: Iterable[str]) -> str:
    """What to ask the index: every gram under this mark."""
    return " ".join(f'"{mark}{gram}"' for gram in grams)


def _code(mark: str, column: str) -> Indexed:
    return Indexed(mark, (column,), code=True)


Told = Callable[[int, int], object]
"""Hears records done and records in all."""

SOURCES: tuple[Source, ...] = (
    Source("customers", (Indexed("n", ("name",)),), hidden="merged_into", pinyin="name"),
    Source("contacts", (_code("p", "value"), Indexed("c", ("name",))), hidden="removed"),
    Source(
        "vehicles",
        (_code("l", "plate"), _code("v", "vin"), Indexed("b", ("brought_by",)), _code("q", "brought_by_phone")),
    ),
    Source("visits", (_code("o", "order_number"),)),
    Source(
        "complaints",
        (_code("t", "number"), _code("s", "source_number"), _code("r", "order_number"), Indexed(WORDS_MARK, WORDS)),
    ),
    Source("reworks", (_code("x", "order_number"), Indexed("y", ("items", "result")))),
    Source("follow_ups", (Indexed("f", ("feedback",)),)),
    Source("measures", (Indexed("m", ("cause", "what")),)),
)
"""The place of a source is part of its entries' numbers: append only."""
_PLACES = {source.table: place for place, source in enumerate(SOURCES)}
_REFERENCES = {"merged_into"}


class Entry(NamedTuple):
    """What the index holds of one record."""

    grams: str = ""
    keys: tuple[str, ...] = ()


def entry(source: Source, row: Mapping[str, Any]) -> Entry:
    """The entry of one record from its database values by field name."""
    if source.hidden and row[source.hidden]:
        return Entry()
    told: list[str] = []
    for indexed in source.indexed:
        grams = code_grams if indexed.code else text_grams
        found = set(chain.from_iterable(grams(row[column]) for column in indexed.columns if row[column]))
        told += [indexed.mark + gram for gram in found]
    return Entry(" ".join(told), _keys(row[source.pinyin]) if source.pinyin else ())


def _keys(name: str) -> tuple[str, ...]:
    initials = (INITIALS + key for key in pinyin.initials(name).split())
    return (*initials, *(SPELLED + key for key in pinyin.spelled(name)))


class SearchIndex:
    """Gathers what a transaction changes and writes it at ``flush``; made and used by the ledger only."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._connection = connection
        self._waiting: dict[int, tuple[Entry, Entry]] = {}

    def added(self, table: str, row: Mapping[str, Any]) -> None:
        """A new record, its values by field name."""
        place = _PLACES.get(table)
        if place is not None:
            self._wait(row["id"] * _ROOM + place, Entry(), entry(SOURCES[place], row))

    def changed(self, table: str, before: Mapping[str, Any], row: Mapping[str, Any]) -> None:
        """A record with other values than before."""
        place = _PLACES.get(table)
        if place is not None and any(before[name] != row[name] for name in SOURCES[place].fields):
            self._wait(row["id"] * _ROOM + place, entry(SOURCES[place], before), entry(SOURCES[place], row))

    def removed(self, table: str, row: Mapping[str, Any]) -> None:
        """A record that is no more, its values by field name."""
        place = _PLACES.get(table)
        if place is not None:
            self._wait(row["id"] * _ROOM + place, entry(SOURCES[place], row), Entry())

    def flush(self) -> None:
        """Writes what is waiting, in the order of the index."""
        waiting, self._waiting = sorted(self._waiting.items()), {}
        gone = [(number, old) for number, (old, new) in waiting if old != new]
        come = [(number, new) for number, (old, new) in waiting if old != new]
        write(self._connection, gone, come)

    def _wait(self, number: int, old: Entry, new: Entry) -> None:
        first = self._waiting.get(number)
        self._waiting[number] = (first[0] if first else old, new)
        if len(self._waiting) >= _BLOCK:
            self.flush()


def write(connection: sqlite3.Connection, gone: Sequence[tuple[int, Entry]], come: Sequence[tuple[int, Entry]]) -> None:
    """Takes old entries out, word for word as they were put in, and puts new ones in."""
    connection.executemany(
        "INSERT INTO search_grams (search_grams, rowid, grams) VALUES ('delete', ?, ?)",
        [(number, old.grams) for number, old in gone if old.grams],
    )
    connection.executemany(
        "INSERT INTO search_grams (rowid, grams) VALUES (?, ?)",
        [(number, new.grams) for number, new in come if new.grams],
    )
    connection.executemany(
        "DELETE FROM search_pinyin WHERE key = ? AND customer_id = ?",
        [(key, record_of(number)) for number, old in gone for key in old.keys],
    )
    connection.executemany(
        "INSERT INTO search_pinyin (key, customer_id) VALUES (?, ?)",
        [(key, record_of(number)) for number, new in come for key in new.keys],
    )


def record_of(number: int) -> int:
    """The id of the record behind an entry's number."""
    return number // _ROOM


def scrub(connection: sqlite3.Connection) -> None:
    """Leaves nothing in the file of what was taken out of the index: removed entries would wait for the next merge."""
    connection.execute("INSERT INTO search_grams (search_grams) VALUES ('optimize')")


def fill(path: Path, told: Told | None = None) -> None:
    """Makes the index of a closed file, in one transaction; ``told`` hears records done and records in all."""
    connection = sqlite3.connect(path, timeout=_PATIENCE, isolation_level=None)
    try:
        connection.execute("PRAGMA secure_delete = ON")
        connection.execute("BEGIN IMMEDIATE")
        rebuild(connection, told)
        connection.execute("COMMIT")
    finally:
        connection.close()


def rebuild(connection: sqlite3.Connection, told: Told | None = None) -> None:
    """The whole index from the records, inside the caller's transaction."""
    connection.execute("INSERT INTO search_grams (search_grams) VALUES ('delete-all')")
    connection.execute("DELETE FROM search_pinyin")
    tables = [source.table for source in SOURCES] if told else []
    total = sum(connection.execute(f"SELECT COUNT(*) FROM {table}").fetchone()[0] for table in tables)
    waiting: list[tuple[int, Entry]] = []
    for done, entry_of_record in enumerate(entries(connection), start=1):
        waiting.append(entry_of_record)
        if len(waiting) >= _BLOCK:
            write(connection, (), waiting)
            waiting = []
            if told is not None:
                told(done, total)
    write(connection, (), waiting)
    if told is not None:
        told(total, total)
    scrub(connection)
    connection.execute("DELETE FROM search_edition")
    connection.execute("INSERT INTO search_edition (edition) VALUES (?)", (EDITION,))


def trouble(connection: sqlite3.Connection) -> str:
    """What is wrong with the index: how often each gram occurs, and every key, against the records; empty if well."""
    expected: Counter[str] = Counter()
    keys: set[tuple[str, int]] = set()
    for number, told in entries(connection):
        expected.update(told.grams.split(" "))
        keys.update((key, record_of(number)) for key in told.keys)
    expected.pop("", None)
    connection.execute("CREATE VIRTUAL TABLE temp.search_terms USING fts5vocab ('main', 'search_grams', 'row')")
    found = dict(connection.execute("SELECT term, doc FROM temp.search_terms").fetchall())
    connection.execute("DROP TABLE temp.search_terms")
    stored = set(connection.execute("SELECT key, customer_id FROM search_pinyin").fetchall())
    count = sum(found.get(gram) != expected.get(gram) for gram in found.keys() | expected.keys()) + len(stored ^ keys)
    return f"有 {count} 处与记录不符，请用命令 reindex 重建" if count else ""


def entries(connection: sqlite3.Connection) -> Iterator[tuple[int, Entry]]:
    """What the index should hold: every entry with its number, table by table."""
    for place, source in enumerate(SOURCES):
        columns = ", ".join(f"{name}_id" if name in _REFERENCES else name for name in source.fields)
        for found, *values in connection.execute(f"SELECT id, {columns} FROM {source.table} ORDER BY id"):
            told = entry(source, dict(zip(source.fields, values, strict=True)))
            if told.grams or told.keys:
                yield found * _ROOM + place, told
