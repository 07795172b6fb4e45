"""What handling a complaint leaves beside the form: its ledger of losses and 补偿, the 六步向导, letters."""

from __future__ import annotations

from peewee import BooleanField, ForeignKeyField, IntegerField, TextField

from crm_desktop.models.base import DayField, Record, UtcField
from crm_desktop.models.complaints import Complaint
from crm_desktop.models.people import Staff


class Compensation(Record):
    """One line of a complaint's ledger: 客户损失, 客户索赔 or 补偿. Taken back it stays, marked, with the reason."""

    complaint = ForeignKeyField(Complaint, backref="compensations", on_delete="RESTRICT")
    side = TextField()
    kind = TextField()
    amount_fen = IntegerField(default=0)
    hours = IntegerField(default=0)
    note = TextField(default="")
    who = TextField(default="")
    staff = ForeignKeyField(Staff, null=True, on_delete="RESTRICT")
    approved_by = TextField(default="")
    removed = BooleanField(default=False)
    entered_at = UtcField()

    class Meta:
        table_name = "compensations"


class GuidanceCard(Record):
    """How this customer was read while his complaint was handled; belongs to the case alone, never to his file."""

    complaint = ForeignKeyField(Complaint, unique=True, backref="guidance", on_delete="RESTRICT")
    psyche = TextField(default="")
    mood = TextField(default="")
    character = TextField(default="")
    purpose = TextField(default="")
    new_person = TextField(default="")
    new_place = TextField(default="")
    new_time = TextField(default="")
    restated = TextField(default="")
    agreed = BooleanField(default=False)

    class Meta:
        table_name = "guidance_cards"


class GuidanceNote(Record):
    """One of the six steps of one complaint: what was done there, or that it was skipped."""

    complaint = ForeignKeyField(Complaint, backref="guidance_notes", on_delete="RESTRICT")
    step = IntegerField()
    note = TextField(default="")
    skipped = BooleanField(default=False)
    at = UtcField()
    who = TextField(default="")
    entered_at = UtcField()

    class Meta:
        table_name = "guidance_notes"
        indexes = ((("complaint", "step"), True),)


class Letter(Record):
    """A letter about a complaint as it was last written; ``points`` are those of the checklist that were ticked."""

    complaint = ForeignKeyField(Complaint, backref="letters", on_delete="RESTRICT")
    kind = TextField()
    title = TextField()
    body = TextField()
    points = TextField(default="")
    sent_on = DayField(null=True)
    who = TextField(default="")
    removed = BooleanField(default=False)
    entered_at = UtcField()

    class Meta:
        table_name = "letters"
