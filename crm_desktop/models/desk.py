"""The desk's own small tables: settings, running numbers, drafts of open forms, facts about the database."""

from __future__ import annotations

from peewee import CompositeKey, IntegerField, TextField

from crm_desktop.models.base import Record, Table, UtcField


class Setting(Record):
    """One setting as JSON text, by its name (dealership.name, paper.register.version …)."""

    name = TextField(unique=True)
    value = TextField()

    class Meta:
        table_name = "settings"


class Counter(Table):
    """The last running number of a series (TS20261121)."""

    series = TextField(primary_key=True)
    last = IntegerField()

    class Meta:
        table_name = "counters"


class DraftNote(Table):
    """What was typed into a form and not saved yet, as JSON text."""

    form = TextField()
    record = TextField(default="")
    content = TextField()
    at = UtcField()

    class Meta:
        table_name = "drafts"
        primary_key = CompositeKey("form", "record")


class Fact(Table):
    """Facts about this database: its id, the history's length and last link."""

    name = TextField(primary_key=True)
    value = TextField()

    class Meta:
        table_name = "facts"


class DoorAnswer(Table):
    """What the automation door answered under a once-only key."""

    key = TextField(primary_key=True)
    op = TextField()
    answer = TextField()
    at = UtcField()

    class Meta:
        table_name = "door_answers"
