"""Staff, their PINs, deputies, and who answers for each line."""

from __future__ import annotations

from peewee import BooleanField, ForeignKeyField, IntegerField, TextField

from crm_desktop.models.base import DayField, Record, Table, UtcField


class Staff(Record):
    """One person; ``roles`` is a JSON list of role words, first one shown beside the name."""

    name = TextField(unique=True)
    name_keys = TextField(default="")
    roles = TextField(default="[]")
    has_left = BooleanField(default=False)
    left_on = DayField(null=True)
    administers = BooleanField(default=False)

    class Meta:
        table_name = "staff"


class Credential(Table):
    """One person's PIN as a salted scrypt hash, and the failures since the last success.

    No Record: failures come and go without a history. ``mark`` is an HMAC with the home's key, so that a hash
    planted behind the program's back opens nothing.
    """

    staff_id: int

    staff = ForeignKeyField(Staff, primary_key=True, on_delete="RESTRICT")
    salt = TextField()
    pin_hash = TextField()
    mark = TextField()
    set_at = UtcField()
    failures = IntegerField(default=0)
    failed_at = UtcField(null=True)

    class Meta:
        table_name = "credentials"


class Deputy(Record):
    """Who stands in for an absent role from ``first_on`` to ``last_on``, both included; ``ended_at`` ends it early."""

    staff = ForeignKeyField(Staff, on_delete="RESTRICT")
    role = TextField()
    first_on = DayField()
    last_on = DayField()
    reason = TextField(default="")
    entered_at = UtcField()
    ended_at = UtcField(null=True)

    class Meta:
        table_name = "deputies"


class LineDuty(Record):
    """From ``since`` on this person answers for a line (技术, 服务, 配件); the latest row of a line holds."""

    line = TextField()
    staff = ForeignKeyField(Staff, on_delete="RESTRICT")
    since = UtcField()

    class Meta:
        table_name = "line_duties"
        indexes = ((("line", "id"), False),)
