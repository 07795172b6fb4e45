"""What was brought in from files: one line an import, and what it did to which record."""

from __future__ import annotations

from peewee import AutoField, ForeignKeyField, IntegerField, TextField

from crm_desktop.models.base import Record, Table, UtcField


class Import(Record):
    """One run over one file."""

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

    class Meta:
        table_name = "imports"


class ImportChange(Table):
    """A field an import changed in a record that was there before; ``old`` is what undo puts back."""

    id = AutoField()
    run = ForeignKeyField(Import, column_name="import_id", on_delete="RESTRICT")
    entity = TextField()
    entity_id = IntegerField()
    field = TextField()
    old = TextField(null=True)

    class Meta:
        table_name = "import_changes"
