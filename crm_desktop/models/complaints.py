"""Complaints with their events, reworks and follow-up calls."""

from __future__ import annotations

from peewee import BooleanField, ForeignKeyField, IntegerField, TextField

from crm_desktop.models.base import DayField, Record, UtcField
from crm_desktop.models.customers import Customer, Vehicle
from crm_desktop.models.imports import Import
from crm_desktop.models.people import Staff


class Complaint(Record):
    """One 《抱怨/投诉单》.

    ``state`` is a projection of the events, kept for lists and compared by ``check``. The car's brand, series,
    model and mileage are what they were that day. ``origin`` history = 历史导入: no clocks, no alerts.
    """

    UNSEALED = ("state",)
    customer_id: int | None
    vehicle_id: int | None

    number = TextField(unique=True)
    source_number = TextField(null=True, unique=True)
    source_digest = TextField(null=True, unique=True)
    origin = TextField(default="desk")
    state = TextField(default="登记")
    customer = ForeignKeyField(Customer, null=True, on_delete="RESTRICT")
    vehicle = ForeignKeyField(Vehicle, null=True, on_delete="RESTRICT")
    brought_by = TextField(default="")
    brought_by_phone = TextField(default="")
    brand = TextField(default="")
    series = TextField(default="")
    model = TextField(default="")
    mileage = IntegerField(null=True)
    order_number = TextField(default="")
    channel = TextField()
    channel_text = TextField(default="")
    severity = TextField()
    category = TextField(default="")
    words = TextField()
    demand = TextField(default="")
    first_reply = TextField(default="")
    occurred_at = UtcField(null=True)
    received_at = UtcField()
    received_has_time = BooleanField(default=True)
    entered_at = UtcField()
    received_by = TextField(default="")
    adviser = TextField(default="")
    technician = TextField(default="")
    line = TextField(default="")
    responsible = TextField(default="")
    correction = TextField(default="")
    root_cause = TextField(default="")
    solution = TextField(default="")
    soothing = TextField(default="")
    long_term_measure = TextField(default="")
    planned_on = DayField(null=True)
    done_on = DayField(null=True)
    severity_reason = TextField(default="")
    severity_ticks = TextField(default="[]")
    patience_until = UtcField(null=True)
    told_customer = TextField(default="")
    told_at = UtcField(null=True)
    compensation_fen = IntegerField(null=True)
    oem_ticket = TextField(default="")
    oem_closed_at = UtcField(null=True)
    case_number = TextField(default="")
    case_result = TextField(default="")
    fault_codes = TextField(default="")
    source_status = TextField(default="")
    remarks = TextField(default="")
    extra = TextField(default="{}")
    imported_by = ForeignKeyField(Import, null=True, column_name="import_id", on_delete="RESTRICT")

    class Meta:
        table_name = "complaints"


class ComplaintEvent(Record):
    """A milestone, turn or decision: ``at`` when it happened, ``entered_at`` when it was typed.

    ``corrects`` points to the event this one puts right. What the columns mean is told by ``domain.EventRow``.
    """

    complaint = ForeignKeyField(Complaint, backref="events", on_delete="RESTRICT")
    kind = TextField()
    at = UtcField()
    entered_at = UtcField()
    who = TextField(default="")
    staff = ForeignKeyField(Staff, null=True, on_delete="RESTRICT")
    note = TextField(default="")
    on_behalf_of = TextField(default="")
    told_how = TextField(default="")
    scan = TextField(default="")
    confirmed_at = UtcField(null=True)
    late_reason = TextField(default="")
    subject = TextField(default="")
    detail = TextField(default="")
    corrects = ForeignKeyField("self", null=True, backref="corrections", on_delete="RESTRICT")

    class Meta:
        table_name = "complaint_events"


class Rework(Record):
    """A 返修 order that points back to its complaint; ``consultation`` is the note of the 会诊, where there was one."""

    complaint = ForeignKeyField(Complaint, backref="reworks", on_delete="RESTRICT")
    kind = TextField()
    order_number = TextField(default="")
    came_on = DayField(null=True)
    finished_on = DayField(null=True)
    technician = TextField(default="")
    inspector = TextField(default="")
    items = TextField(default="")
    result = TextField(default="")
    consultation = TextField(default="")
    parts = TextField(default="")
    entered_at = UtcField()
    imported_by = ForeignKeyField(Import, null=True, column_name="import_id", on_delete="RESTRICT")

    class Meta:
        table_name = "reworks"


class FollowUp(Record):
    """A planned call; once ``called_at`` is set it was made. A cancelled plan keeps its reason.

    ``rework`` is the finished rework this call asks about: then only 服务经理 or 服务总监 make it. ``way`` is 短信 or
    信函 where one writes instead; ``answers`` are those to the script (JSON).
    """

    complaint_id: int | None
    customer_id: int | None
    vehicle_id: int | None
    rework_id: int | None

    complaint = ForeignKeyField(Complaint, null=True, backref="follow_ups", on_delete="RESTRICT")
    customer = ForeignKeyField(Customer, null=True, on_delete="RESTRICT")
    vehicle = ForeignKeyField(Vehicle, null=True, on_delete="RESTRICT")
    planned_on = DayField(null=True)
    caller = TextField(default="")
    reason = TextField(default="")
    called_at = UtcField(null=True)
    outcome = TextField(default="")
    satisfaction = TextField(default="")
    score = IntegerField(null=True)
    feedback = TextField(default="")
    next_on = DayField(null=True)
    cancelled_at = UtcField(null=True)
    extra = TextField(default="{}")
    source_digest = TextField(null=True, unique=True)
    source_number = TextField(default="")
    rework = ForeignKeyField(Rework, null=True, on_delete="RESTRICT")
    way = TextField(default="")
    answers = TextField(default="")
    entered_at = UtcField()
    imported_by = ForeignKeyField(Import, null=True, column_name="import_id", on_delete="RESTRICT")

    class Meta:
        table_name = "follow_ups"
