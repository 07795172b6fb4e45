"""What the procedure records beside the form: solutions, promises, extensions, withdrawals, escalations."""

from __future__ import annotations

from peewee import BooleanField, ForeignKeyField, IntegerField, TextField

from crm_desktop.models.base import Record, UtcField
from crm_desktop.models.complaints import Complaint


class Solution(Record):
    """One of the options 方案 A, B, C; at most one is agreed upon. A removed one stays, marked."""

    complaint = ForeignKeyField(Complaint, backref="solutions", on_delete="RESTRICT")
    letter = TextField()
    what = TextField()
    cost_fen = IntegerField(default=0)
    feasibility = TextField(default="")
    by_customer = BooleanField(default=False)
    opinion = TextField(default="")
    agreed_at = UtcField(null=True)
    removed = BooleanField(default=False)
    entered_at = UtcField()

    class Meta:
        table_name = "solutions"


class Promise(Record):
    """What was promised to the customer, until when; settled as kept or broken."""

    complaint = ForeignKeyField(Complaint, backref="promises", on_delete="RESTRICT")
    what = TextField()
    made_at = UtcField()
    due_at = UtcField()
    who = TextField(default="")
    outcome = TextField(default="")
    settled_at = UtcField(null=True)
    note = TextField(default="")
    entered_at = UtcField()

    class Meta:
        table_name = "promises"


class Extension(Record):
    """A 延期申请 or a 暂不能解决: asked for, and decided once."""

    complaint = ForeignKeyField(Complaint, backref="extensions", on_delete="RESTRICT")
    kind = TextField()
    milestone = TextField()
    until = UtcField()
    reason = TextField()
    asked_by = TextField()
    asked_at = UtcField()
    explained_at = UtcField(null=True)
    decision = TextField(default="")
    decided_by = TextField(default="")
    decided_at = UtcField(null=True)
    note = TextField(default="")

    class Meta:
        table_name = "extensions"


class Withdrawal(Record):
    """Something published about a complaint, and what became of it (撤稿)."""

    complaint = ForeignKeyField(Complaint, backref="withdrawals", on_delete="RESTRICT")
    medium = TextField()
    link = TextField(default="")
    screenshot = TextField(default="")
    outcome = TextField(default="")
    settled_at = UtcField(null=True)
    reason = TextField(default="")
    entered_at = UtcField()

    class Meta:
        table_name = "withdrawals"


class Escalation(Record):
    """A 重大 complaint reported to the maker's public relations, with the receipt that came back."""

    complaint = ForeignKeyField(Complaint, backref="escalations", on_delete="RESTRICT")
    recipient = TextField()
    at = UtcField()
    how = TextField(default="")
    receipt = TextField(default="")
    received_at = UtcField(null=True)
    who = TextField(default="")
    entered_at = UtcField()

    class Meta:
        table_name = "escalations"
