"""Emptying records for good: their content, and every value their history keeps; numbers and days stay.

What the history chain covers are salted digests (``models/history.py``), so the chain stays valid when values and
salts are gone, and without its salt nothing can be guessed back from a digest.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Mapping
from typing import Any

from peewee import BooleanField, ForeignKeyField, IntegerField, TextField

from crm_desktop.models.base import Record, database, sealed_columns
from crm_desktop.models.complaints import Complaint
from crm_desktop.models.customers import Customer, Vehicle
from crm_desktop.models.ledger import Ledger

Tells = Callable[[str], bool]
Glance = Callable[[bytes], bool]
_BLOCK = 2_000  # rows looked at in one glance: some megabytes
_CHUNK = 500  # ids in one statement (SQLite's builds differ in how many variables they take)
_WHOSE = (Customer, Vehicle)
_LET_GO = (
    "UPDATE history SET old = NULL, new = NULL, salt = NULL,"
    " reason = CASE WHEN reason_digest = '' THEN reason ELSE '' END"
)


def children_of_complaints(models: Iterable[type[Record]]) -> dict[type[Record], str]:
    """Tables whose rows belong to a complaint, with the name of the field that says to which."""
    found = {}
    for model in models:
        for name, field in model._meta.fields.items():
            if isinstance(field, ForeignKeyField) and field.rel_model is Complaint:
                found[model] = name
    return found


def blanks(model: type[Record], kept: Iterable[str], in_place: Mapping[str, str]) -> dict[str, Any]:
    """What each field of content becomes: nothing, or its default; ``in_place`` where nothing is not allowed.

    Days, times, yes-or-no marks, references other than to customer and car, and ``kept`` fields are no content.
    """
    content = set(sealed_columns(model)) - set(kept) - {"id"}
    return {
        name: in_place.get(name, _blank(field))
        for name, field in model._meta.fields.items()
        if name in content and _is_content(field)
    }


def empty(ledger: Ledger, model: type[Record], record_id: int, values: Mapping[str, Any], reason: str) -> None:
    """Writes the blanks of one record; its history is emptied by ``forget`` afterwards."""
    ledger.change(model, record_id, values, reason=reason, touch=True)


def forget(ledger: Ledger, model: type[Record], ids: Iterable[int]) -> None:
    """Empties old and new value, reason and salt of every history line of these records, the latest ones too.

    A reason of schema 1 to 4 stays: the chain covers the words themselves.
    """
    ledger.flush()
    ledger.forget()
    entity, wanted = model._meta.table_name, list(ids)
    for start in range(0, len(wanted), _CHUNK):
        some = wanted[start : start + _CHUNK]
        marks = ", ".join("?" * len(some))
        database.execute_sql(
            f"{_LET_GO} WHERE entity = ? AND entity_id IN ({marks}) AND salt IS NOT NULL",
            (entity, *some),
        )


def _is_content(field: Any) -> bool:
    if isinstance(field, ForeignKeyField):
        return field.rel_model in _WHOSE and field.null
    if isinstance(field, BooleanField):
        return False
    return isinstance(field, (TextField, IntegerField))


def _blank(field: Any) -> Any:
    if field.null:
        return None
    return field.default if field.default is not None else ("" if isinstance(field, TextField) else 0)


def forget_of(tells: Tells, entity: str, ids: Iterable[int]) -> None:
    """Empties the history lines of these records whose old value, new value or reason ``tells`` of him.

    The lines of the caller's own act have to be flushed before.
    """
    rows = database.connection().execute(
        "SELECT id, old, new, reason FROM history WHERE salt IS NOT NULL AND entity = ?"
        " AND entity_id IN (SELECT value FROM json_each(?))",
        (entity, json.dumps(sorted(set(ids)))),
    )
    _let_go(_telling(rows, tells))


def forget_everywhere(tells: Tells, glance: Glance) -> None:
    """The same for the lines of everybody; ``glance`` says of many texts at once that none of them can tell."""
    _let_go(_found("history", ("old", "new", "reason"), tells, glance))


def texts_that_tell(model: type[Record], tells: Tells, glance: Glance) -> list[int]:
    """The records of a table one of whose texts ``tells`` of him; ``glance`` as above."""
    columns = tuple(model._meta.fields[name].column_name for name in texts(model))
    return _found(model._meta.table_name, columns, tells, glance) if columns else []


def texts(model: type[Record]) -> tuple[str, ...]:
    """The fields of a table that hold texts."""
    return tuple(n for n in sealed_columns(model) if isinstance(model._meta.fields[n], TextField))


def _found(table: str, columns: tuple[str, ...], tells: Tells, glance: Glance) -> list[int]:
    """The rows of a table that tell, block by block: SQLite joins the texts, so that Python sees few of them."""
    asked, connection = ", ".join(columns), database.connection()
    joined = " || char(10) || ".join(f"COALESCE({column}, '')" for column in columns)
    first, last = connection.execute(f"SELECT MIN(id), MAX(id) FROM {table}").fetchone()
    found: list[int] = []
    for start in range(first or 1, (last or 0) + 1, _BLOCK):
        place = (start, start + _BLOCK - 1)
        block = f"FROM {table} WHERE id BETWEEN ? AND ?"
        told = connection.execute(f"SELECT CAST(group_concat({joined}, char(10)) AS BLOB) {block}", place).fetchone()[0]
        if told and glance(told):
            found += _telling(connection.execute(f"SELECT id, {asked} {block}", place), tells)
    return found


def _telling(rows: Iterable[tuple[Any, ...]], tells: Tells) -> list[int]:
    return [found for found, *spoken in rows if tells("\n".join(filter(None, spoken)))]


def _let_go(lines: Iterable[int]) -> None:
    marks = [(line,) for line in lines]
    database.connection().executemany(f"{_LET_GO} WHERE id = ? AND salt IS NOT NULL", marks)
