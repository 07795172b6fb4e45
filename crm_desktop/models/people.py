"""Staff and their roles."""

from __future__ import annotations

from peewee import BooleanField, TextField

from crm_desktop.models.base import DayField, Record


class Staff(Record):
    """One person; ``roles`` is a JSON list of role words, first one shown beside the name."""

    name = TextField(unique=True)
    name_keys = TextField(default="")
    roles = TextField(default="[]")
    has_left = BooleanField(default=False)
    left_on = DayField(null=True)

    class Meta:
        table_name = "staff"
