"""归类 of a complaint as it was confirmed, with its words as they were then."""

from __future__ import annotations

from peewee import ForeignKeyField, IntegerField, TextField

from crm_desktop.models.base import Record, UtcField
from crm_desktop.models.complaints import Complaint
from crm_desktop.models.people import Staff


class ClassRecord(Record):
    """One confirmed classification; ``proposed`` is what the program had proposed, by axis (JSON)."""

    complaint = ForeignKeyField(Complaint, unique=True, backref="classifications", on_delete="RESTRICT")
    kind = TextField(default="")
    matter = TextField(default="")
    dimension = TextField(default="")
    cause = TextField(default="")
    stage = TextField(default="")
    area = TextField(default="")
    system = TextField(default="")
    liability = TextField(default="")
    proposed = TextField(default="{}")
    confidence = IntegerField(default=0)
    who = TextField(default="")
    staff = ForeignKeyField(Staff, null=True, on_delete="RESTRICT")
    confirmed_at = UtcField()

    class Meta:
        table_name = "classifications"
