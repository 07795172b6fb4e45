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


def forget_where(tells: Callable[[str], bool], entity: str = "", ids: Iterable[int] = ()) -> None:
    """Empties every history line whose old value, new value or reason ``tells`` of him; of ``entity`` only the ``ids``.

    The lines of the caller's own act have to be flushed before.
    """
    query, wanted = "SELECT id, old, new, reason FROM history WHERE salt IS NOT NULL", set(ids)
    rows = database.connection().execute(
        f"{query} AND entity = ? AND entity_id IN (SELECT value FROM json_each(?))" if entity else query,
        (entity, json.dumps(sorted(wanted))) if entity else (),
    )
    lines = [line for line, *spoken in rows if tells("\n".join(filter(None, spoken)))]
    database.connection().executemany(f"{_LET_GO} WHERE id = ?", [(line,) for line in lines])


def texts_that_tell(model: type[Record], tells: Callable[[str], bool]) -> list[int]:
    """The records of a table one of whose texts ``tells`` of him."""
    columns = ", ".join(model._meta.fields[name].column_name for name in texts(model))
    if not columns:
        return []
    rows = database.connection().execute(f"SELECT id, {columns} FROM {model._meta.table_name}")
    return [found for found, *spoken in rows if tells("\n".join(filter(None, spoken)))]


def texts(model: type[Record]) -> tuple[str, ...]:
    """The fields of a table that hold texts."""
    return tuple(n for n in sealed_columns(model) if isinstance(model._meta.fields[n], TextField))
