"""What every record shares: a version, a checksum over its columns, UTC times and calendar days as text."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from datetime import date, datetime
from enum import Enum
from functools import lru_cache
from pathlib import Path
from typing import Any

from peewee import (
    AutoField,
    DatabaseProxy,
    Field,
    IntegerField,
    Model,
    SqliteDatabase,
    TextField,
)

from crm_desktop.models.moments import moment, stamp

database = DatabaseProxy()
_PRAGMAS = {
    "journal_mode": "wal",
    "synchronous": "full",  # a desk writes little; a lost form is worse than a millisecond
    "foreign_keys": 1,
    "secure_delete": 1,
    "busy_timeout": 5000,
}


def bind(path: Path) -> SqliteDatabase:
    """From now on the tables read and write this file, which ``open_database`` has brought up to date."""
    handle = SqliteDatabase(str(path), pragmas=_PRAGMAS)
    handle.connect()
    database.initialize(handle)
    return handle


class UtcField(Field):
    """An aware UTC datetime, stored as ``2026-11-21T05:44:00Z`` so that text order is time order."""

    field_type = "TEXT"

    def db_value(self, value: datetime | str | None) -> str | None:
        """:raises ValueError: for a naive datetime, which would be ambiguous."""
        if value is None or isinstance(value, str):
            return value
        if value.tzinfo is None:
            raise ValueError("naive datetime")
        return stamp(value)

    def python_value(self, value: str | None) -> datetime | None:
        return None if value is None else moment(value)


class DayField(Field):
    """A calendar day at the desk, stored as ``2026-11-21``."""

    field_type = "TEXT"

    def db_value(self, value: date | str | None) -> str | None:
        return value.isoformat() if isinstance(value, date) else value

    def python_value(self, value: str | None) -> date | None:
        return None if value is None else date.fromisoformat(value)


class Table(Model):
    """Any table of the house."""

    class Meta:
        database = database
        legacy_table_names = False


class Record(Table):
    """A row people write: optimistic ``ver`` (starts at 1) and ``checksum`` over the columns that hold content.

    ``UNSEALED`` names columns that are projections of other rows; ``check`` proves those another way.
    """

    UNSEALED: tuple[str, ...] = ()

    id = AutoField()
    ver = IntegerField(default=1)
    checksum = TextField(default="")


def sealed_columns(model: type[Record]) -> tuple[str, ...]:
    """The columns a checksum covers, in the order of the class."""
    left_out = {"ver", "checksum", *model.UNSEALED}
    return tuple(name for name in model._meta.sorted_field_names if name not in left_out)


def seal(model: type[Record], row: Mapping[str, Any]) -> str:
    """The checksum of one row's database values (str, int, None by field name): 16 hex digits.

    Columns still at their default count for nothing, so that the columns a later schema adds leave old checksums
    valid. It finds damage (reliability.md, decision 5), not malice: that is the history chain's work.
    """
    told = [(name, row[name]) for name, default in _sealed_defaults(model) if row[name] != default]
    return hashlib.blake2b(repr(told).encode(), digest_size=8).hexdigest()


@lru_cache(maxsize=64)
def _sealed_defaults(model: type[Record]) -> tuple[tuple[str, Any], ...]:
    defaults = stored_defaults(model)
    return tuple((name, defaults.get(name)) for name in sealed_columns(model))


def stored_defaults(model: type[Record]) -> dict[str, Any]:
    """What the database keeps in a column nobody said anything about."""
    return stored(model, {name: f.default for name, f in model._meta.fields.items() if not callable(f.default)})


def stored(model: type[Record], values: Mapping[str, Any]) -> dict[str, Any]:
    """Python values turned into what the database keeps (str, int, None), by field name."""
    fields = model._meta.fields
    return {name: _plain(fields[name].db_value(value)) for name, value in values.items()}


def _plain(value: Any) -> Any:
    """Booleans and enumerated words as what SQLite gives back, so that a checksum reads the same later."""
    if isinstance(value, bool):
        return int(value)
    return str(value) if isinstance(value, Enum) else value
