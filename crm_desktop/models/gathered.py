"""What is gathered around customers and complaints: files, links, merges, saved filters, early signs, surveys."""

from __future__ import annotations

from peewee import BooleanField, ForeignKeyField, IntegerField, TextField

from crm_desktop.models.base import DayField, Record, UtcField
from crm_desktop.models.complaints import Complaint
from crm_desktop.models.customers import Customer, Vehicle, Visit
from crm_desktop.models.records import Measure


class Attachment(Record):
    """A picture, PDF or recording; the file lies under ``digest`` (SHA-256) in the data folder."""

    complaint = ForeignKeyField(Complaint, null=True, on_delete="RESTRICT")
    customer = ForeignKeyField(Customer, null=True, on_delete="RESTRICT")
    vehicle = ForeignKeyField(Vehicle, null=True, on_delete="RESTRICT")
    digest = TextField()
    suffix = TextField()
    name = TextField()
    size = IntegerField()
    note = TextField(default="")
    who = TextField(default="")
    removed = BooleanField(default=False)
    entered_at = UtcField()
    measure = ForeignKeyField(Measure, null=True, on_delete="RESTRICT")

    class Meta:
        table_name = "attachments"


class ComplaintLink(Record):
    """Two complaints about one event: ``complaint`` keeps its clocks, ``counted_with`` is the one that counts."""

    counted_with = ForeignKeyField(Complaint, on_delete="RESTRICT")
    complaint = ForeignKeyField(Complaint, unique=True, on_delete="RESTRICT")
    reason = TextField(default="")
    who = TextField(default="")
    removed = BooleanField(default=False)
    entered_at = UtcField()

    class Meta:
        table_name = "complaint_links"


class Merge(Record):
    """Two files of one customer made one; ``undo`` tells what pointed where before, as JSON."""

    kept = ForeignKeyField(Customer, on_delete="RESTRICT")
    merged = ForeignKeyField(Customer, on_delete="RESTRICT")
    undo = TextField()
    reason = TextField(default="")
    who = TextField(default="")
    merged_at = UtcField()
    undone_at = UtcField(null=True)
    undone_by = TextField(default="")

    class Meta:
        table_name = "merges"


class SavedFilter(Record):
    """A list somebody wants to see again; ``criteria`` is the page's own JSON."""

    screen = TextField()
    name = TextField()
    criteria = TextField()
    who = TextField(default="")
    removed = BooleanField(default=False)
    entered_at = UtcField()

    class Meta:
        table_name = "saved_filters"


class Sign(Record):
    """苗头: something that may become a complaint, with the remedy once there is one."""

    customer = ForeignKeyField(Customer, null=True, on_delete="RESTRICT")
    vehicle = ForeignKeyField(Vehicle, null=True, on_delete="RESTRICT")
    complaint = ForeignKeyField(Complaint, null=True, on_delete="RESTRICT")
    what = TextField()
    remedy = TextField(default="")
    settled_at = UtcField(null=True)
    who = TextField(default="")
    entered_at = UtcField()

    class Meta:
        table_name = "signs"


class Survey(Record):
    """A telephone survey over the visits of some days; ``questions`` as JSON."""

    title = TextField()
    questions = TextField()
    first_on = DayField()
    last_on = DayField()
    who = TextField(default="")
    closed_at = UtcField(null=True)
    entered_at = UtcField()

    class Meta:
        table_name = "surveys"


class SurveyCall(Record):
    """One customer drawn for a survey; ``called_at`` None while he has not been called."""

    survey = ForeignKeyField(Survey, on_delete="RESTRICT")
    visit = ForeignKeyField(Visit, null=True, on_delete="RESTRICT")
    customer = ForeignKeyField(Customer, null=True, on_delete="RESTRICT")
    vehicle = ForeignKeyField(Vehicle, null=True, on_delete="RESTRICT")
    complaint = ForeignKeyField(Complaint, null=True, on_delete="RESTRICT")
    outcome = TextField(default="")
    answers = TextField(default="{}")
    remark = TextField(default="")
    called_at = UtcField(null=True)
    caller = TextField(default="")
    entered_at = UtcField()

    class Meta:
        table_name = "survey_calls"
