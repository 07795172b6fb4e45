"""What is kept of an erasure: who, when, why, how many records, and keyed digests of what went; never a value."""

from __future__ import annotations

from peewee import ForeignKeyField, TextField

from crm_desktop.models.base import Record, UtcField
from crm_desktop.models.customers import Customer


class Erasure(Record):
    """One person's data erased on request; ``goes`` and ``stays`` are counts with their rule (JSON).

    ``digests`` are HMACs of his codes with the home's key: whoever shows a number can be told whether it was erased,
    and nobody can read one out of them.
    """

    customer = ForeignKeyField(Customer, on_delete="RESTRICT")
    number = TextField(unique=True)
    at = UtcField()
    who = TextField()
    reason = TextField()
    goes = TextField(default="[]")
    stays = TextField(default="[]")
    digests = TextField(default="[]")

    class Meta:
        table_name = "erasures"
