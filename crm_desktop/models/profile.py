"""The profile around a customer: stages, grades, tags, contracts, payments, warranty repairs, recalls."""

from __future__ import annotations

from peewee import BooleanField, ForeignKeyField, IntegerField, TextField

from crm_desktop.models.base import DayField, Record, UtcField
from crm_desktop.models.customers import Customer, Vehicle, Visit


class StageStep(Record):
    """One step from 新客户 to 成交 or 流失; the latest is also kept in the customer's ``stage``."""

    customer = ForeignKeyField(Customer, on_delete="RESTRICT")
    stage = TextField()
    since_on = DayField()
    note = TextField(default="")
    who = TextField(default="")
    entered_at = UtcField()

    class Meta:
        table_name = "stage_steps"


class GradeRecord(Record):
    """One confirmed evaluation; ``figures`` are what it was computed from, as JSON."""

    customer = ForeignKeyField(Customer, on_delete="RESTRICT")
    first_on = DayField()
    last_on = DayField()
    figures = TextField(default="{}")
    score = IntegerField()
    proposed = TextField()
    grade = TextField()
    reason = TextField(default="")
    who = TextField(default="")
    decided_at = UtcField()

    class Meta:
        table_name = "grades"


class CustomerTag(Record):
    """A tag somebody put on a customer; automatic ones are computed and stored nowhere."""

    customer = ForeignKeyField(Customer, on_delete="RESTRICT")
    tag = TextField()
    who = TextField(default="")
    removed = BooleanField(default=False)
    entered_at = UtcField()

    class Meta:
        table_name = "customer_tags"
        indexes = ((("customer", "tag"), True),)


class Contract(Record):
    """购车合同, 套餐, 延保 …; amounts in fen."""

    customer = ForeignKeyField(Customer, on_delete="RESTRICT")
    vehicle = ForeignKeyField(Vehicle, null=True, on_delete="RESTRICT")
    kind = TextField()
    number = TextField(default="")
    signed_on = DayField()
    ends_on = DayField(null=True)
    amount_fen = IntegerField(null=True)
    note = TextField(default="")
    removed = BooleanField(default=False)
    entered_at = UtcField()

    class Meta:
        table_name = "contracts"


class Payment(Record):
    """Money that came in or is due; ``paid_on`` None while it is open."""

    customer = ForeignKeyField(Customer, on_delete="RESTRICT")
    visit = ForeignKeyField(Visit, null=True, on_delete="RESTRICT")
    amount_fen = IntegerField()
    due_on = DayField(null=True)
    paid_on = DayField(null=True)
    method = TextField(default="")
    note = TextField(default="")
    removed = BooleanField(default=False)
    entered_at = UtcField()

    class Meta:
        table_name = "payments"


class WarrantyRepair(Record):
    """One repair for a fault of quality, as ``domain.warranty`` counts it."""

    vehicle = ForeignKeyField(Vehicle, on_delete="RESTRICT")
    order_number = TextField(default="")
    came_at = UtcField()
    finished_at = UtcField(null=True)
    excluded_minutes = IntegerField(default=0)
    mileage = IntegerField(null=True)
    problem = TextField()
    kind = TextField()
    system = TextField(default="")
    part = TextField(default="")
    replaced = BooleanField(default=False)
    settled = BooleanField(default=True)
    who = TextField(default="")
    removed = BooleanField(default=False)
    entered_at = UtcField()

    class Meta:
        table_name = "warranty_repairs"


class Recall(Record):
    """召回 or 服务活动; ``ranges`` are pairs of VINs as JSON."""

    kind = TextField()
    number = TextField(default="")
    title = TextField()
    ranges = TextField()
    starts_on = DayField(null=True)
    ends_on = DayField(null=True)
    note = TextField(default="")
    removed = BooleanField(default=False)
    entered_at = UtcField()

    class Meta:
        table_name = "recalls"


class RecallVisit(Record):
    """A car was done for a campaign."""

    recall = ForeignKeyField(Recall, on_delete="RESTRICT")
    vehicle = ForeignKeyField(Vehicle, on_delete="RESTRICT")
    done_on = DayField()
    order_number = TextField(default="")
    who = TextField(default="")
    removed = BooleanField(default=False)
    entered_at = UtcField()

    class Meta:
        table_name = "recall_visits"
