"""The history: one line a change, chained by HMAC over digests, so that values can be erased and the chain holds.

A line's ``link`` is HMAC-SHA256(key, link before it + everything but the values themselves). The values ``old`` and
``new``, the ``reason`` and their ``salt`` lie in columns that may be emptied (one person's data erased on request);
what stays are salted digests, from which a phone number cannot be guessed once the salt is gone. Lines of schema 1 to
4 have no ``reason_digest``: the chain covers their reason itself, and it stays. ``row_seal`` is the checksum of the
record after the change: a row edited behind the program's back no longer matches the chain.
"""

from __future__ import annotations

import hashlib
import hmac
import sqlite3
from collections.abc import Iterable
from typing import NamedTuple

from peewee import AutoField, ForeignKeyField, IntegerField, TextField

from crm_desktop.models.base import Table, UtcField
from crm_desktop.models.people import Staff

GENESIS = "0" * 32
GONE = "gone"
"""The field of a record's last line when it was taken out again (undo of an import): no seal, and no record."""


class History(Table):
    """Append-only: triggers refuse deletion and any update but the emptying of values."""

    id = AutoField()
    at = UtcField()
    who = TextField(default="")
    staff = ForeignKeyField(Staff, null=True, on_delete="RESTRICT")
    screen = TextField(default="")
    entity = TextField()
    entity_id = IntegerField()
    field = TextField()
    old = TextField(null=True)
    new = TextField(null=True)
    reason = TextField(default="")
    salt = TextField(null=True)
    old_digest = TextField(default="")
    new_digest = TextField(default="")
    row_seal = TextField(default="")
    link = TextField()
    reason_digest = TextField(default="")

    class Meta:
        table_name = "history"


class Line(NamedTuple):
    """A history line without its values, as stored."""

    id: int
    at: str
    who: str
    staff_id: int | None
    screen: str
    entity: str
    entity_id: int
    field: str
    reason: str
    old_digest: str
    new_digest: str
    row_seal: str
    reason_digest: str


def digest(salt: str, value: str | None) -> str:
    """The salted digest of one value: 32 hex digits, nothing for no value."""
    if value is None:
        return ""
    return hashlib.blake2b(value.encode(), key=bytes.fromhex(salt), digest_size=16).hexdigest()


def link(key: bytes, before: str, line: Line) -> str:
    """The next link of the chain: 32 hex digits of HMAC-SHA256."""
    covered = tuple(line._replace(reason="")) if line.reason_digest else tuple(line)[:-1]
    return hmac.digest(key, f"{before}{covered!r}".encode(), "sha256").hex()[:32]


def broken_at(key: bytes, connection: sqlite3.Connection | None = None) -> int | None:
    """The first history line whose link or value digest is wrong, None when the chain holds.

    Asked of the home's own file, or of the ``connection`` to a copy.
    """
    before = GENESIS
    for number, (row, old, new, salt, stored_link) in enumerate(_lines(connection), start=1):
        if row.id != number or link(key, before, row) != stored_link or not _values_match(row, old, new, salt):
            return row.id
        before = stored_link
    return None


def fits(key: bytes, connection: sqlite3.Connection) -> bool:
    """Whether this key made the chain's first line: another key would go on writing a chain that never holds."""
    first = next(iter(_lines(connection)), None)
    return first is None or link(key, GENESIS, first[0]) == first[-1]


def _values_match(row: Line, old: str | None, new: str | None, salt: str | None) -> bool:
    if salt is None:
        return old is None and new is None and not (row.reason_digest and row.reason)
    reason = digest(salt, row.reason) if row.reason_digest else ""
    return (digest(salt, old), digest(salt, new), reason) == (row.old_digest, row.new_digest, row.reason_digest)


def _lines(connection: sqlite3.Connection | None) -> Iterable[tuple[Line, str | None, str | None, str | None, str]]:
    columns = ", ".join(Line._fields)
    query = f"SELECT {columns}, old, new, salt, link FROM history ORDER BY id"
    width = len(Line._fields)
    asked = connection.execute if connection is not None else History._meta.database.execute_sql
    for stored in asked(query):
        old, new, salt, stored_link = stored[width:]
        yield Line(*stored[:width]), old, new, salt, stored_link
