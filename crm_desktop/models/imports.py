"""What was brought in from files: one line an import; what it did to which record is told by the history."""

from __future__ import annotations

from peewee import IntegerField, TextField

from crm_desktop.models.base import Record, UtcField


class Import(Record):
    """One run over one file; ``rule`` says what it did with what was on file already."""

    kind = TextField()
    file_name = TextField()
    at = UtcField()
    who = TextField(default="")
    read_count = IntegerField(default=0)
    added = IntegerField(default=0)
    updated = IntegerField(default=0)
    skipped = IntegerField(default=0)
    faulty = IntegerField(default=0)
    undone_at = UtcField(null=True)
    undone_by = TextField(default="")
    rule = TextField(default="")

    class Meta:
        table_name = "imports"
