"""The records beside the form: measures, evaluations, monthly reports, judgements, filings, corrections, disposals."""

from __future__ import annotations

from peewee import BooleanField, ForeignKeyField, IntegerField, TextField

from crm_desktop.models.base import DayField, Record, UtcField
from crm_desktop.models.complaints import Complaint
from crm_desktop.models.people import Staff


class Measure(Record):
    """One 纠正 or 预防 measure. Its state is never stored: it follows from the days and the last evaluation."""

    number = TextField(unique=True)
    kind = TextField()
    cause = TextField()
    what = TextField()
    who = TextField()
    due_on = DayField()
    amount = TextField(default="")
    verify = TextField()
    evidence = TextField(default="")
    done_on = DayField(null=True)
    done_by = TextField(default="")
    on_behalf_of = TextField(default="")
    override_reason = TextField(default="")
    cancel_reason = TextField(default="")
    replaces = ForeignKeyField("self", null=True, on_delete="RESTRICT")
    entered_at = UtcField()
    entered_by = TextField(default="")
    confirmed_at = UtcField(null=True)
    watch_days = IntegerField(default=30)

    class Meta:
        table_name = "measures"


class MeasureComplaint(Record):
    """Which complaints a measure came from; a link taken away stays, marked."""

    measure = ForeignKeyField(Measure, backref="complaints", on_delete="RESTRICT")
    complaint = ForeignKeyField(Complaint, backref="measures", on_delete="RESTRICT")
    removed = BooleanField(default=False)

    class Meta:
        table_name = "measure_complaints"
        indexes = ((("measure", "complaint"), True),)


class Evaluation(Record):
    """One 有效性评估: numbers of the same kind in the window before and after, and what they say."""

    measure = ForeignKeyField(Measure, backref="evaluations", on_delete="RESTRICT")
    window_days = IntegerField()
    before = IntegerField()
    after = IntegerField()
    recurrences = TextField(default="")
    conclusion = TextField()
    basis = TextField()
    evaluated_on = DayField()
    evaluator = TextField()
    staff = ForeignKeyField(Staff, null=True, on_delete="RESTRICT")
    entered_at = UtcField()
    proof = TextField(default="")

    class Meta:
        table_name = "evaluations"


class MonthlyRecord(Record):
    """A frozen 月度分析报告: ``period`` is 2026-11, ``content`` JSON text; a later edition never replaces one."""

    period = TextField()
    edition = IntegerField()
    content = TextField()
    frozen_at = UtcField()
    frozen_by = TextField(default="")

    class Meta:
        table_name = "monthly_reports"
        indexes = ((("period", "edition"), True),)


class MonthlySignature(Record):
    """服务总监 signed an edition, or 总经理 reviewed it; once each, and for good."""

    report = ForeignKeyField(MonthlyRecord, backref="signatures", on_delete="RESTRICT")
    role = TextField()
    opinion = TextField(default="")
    who = TextField(default="")
    staff = ForeignKeyField(Staff, null=True, on_delete="RESTRICT")
    signed_at = UtcField()

    class Meta:
        table_name = "monthly_signatures"
        indexes = ((("report", "role"), True),)


class MonthlyNote(Record):
    """What was written about a section of a month's report (or a quarter's, 2026-Q4); history keeps what stood."""

    period = TextField()
    section = TextField()
    text = TextField()
    who = TextField(default="")
    staff = ForeignKeyField(Staff, null=True, on_delete="RESTRICT")
    entered_at = UtcField()

    class Meta:
        table_name = "monthly_notes"
        indexes = ((("period", "section"), True),)


class Judgement(Record):
    """恶意 or 无效, as 服务总监 judged a complaint (gap G17); taken back it stays, marked."""

    complaint = ForeignKeyField(Complaint, unique=True, backref="judgements", on_delete="RESTRICT")
    kind = TextField()
    reason = TextField()
    evidence = TextField(default="")
    who = TextField(default="")
    staff = ForeignKeyField(Staff, null=True, on_delete="RESTRICT")
    decided_at = UtcField()
    withdrawn_at = UtcField(null=True)

    class Meta:
        table_name = "judgements"


class Filing(Record):
    """存档 of one complaint; taken out again (重开) it keeps its 归档号 and ``withdrawn_at`` says since when."""

    complaint = ForeignKeyField(Complaint, unique=True, backref="filings", on_delete="RESTRICT")
    number = TextField(unique=True)
    place = TextField(default="")
    filed_by = TextField(default="")
    staff = ForeignKeyField(Staff, null=True, on_delete="RESTRICT")
    filed_on = DayField()
    expires_on = DayField()
    entered_at = UtcField()
    withdrawn_at = UtcField(null=True)

    class Meta:
        table_name = "filings"


class FiledCorrection(Record):
    """更正说明: written beside the old text of a filed complaint, which stays as it is."""

    complaint = ForeignKeyField(Complaint, backref="corrections", on_delete="RESTRICT")
    about = TextField()
    text = TextField()
    who = TextField(default="")
    staff = ForeignKeyField(Staff, null=True, on_delete="RESTRICT")
    entered_at = UtcField()

    class Meta:
        table_name = "filed_corrections"


class Disposal(Record):
    """销毁: proposed, the bundle written, then approved or refused; it stays for good."""

    number = TextField(unique=True)
    reason = TextField()
    proposed_at = UtcField()
    proposed_by = TextField()
    bundle_name = TextField(default="")
    bundle_digest = TextField(default="")
    bundled_at = UtcField(null=True)
    decided_at = UtcField(null=True)
    decided_by = TextField(default="")
    approved = BooleanField(default=False)
    note = TextField(default="")

    class Meta:
        table_name = "disposals"


class DisposalItem(Record):
    """One complaint of a disposal, with what the 销毁记录 keeps of it: numbers and days."""

    disposal = ForeignKeyField(Disposal, backref="items", on_delete="RESTRICT")
    complaint = ForeignKeyField(Complaint, backref="disposals", on_delete="RESTRICT")
    filing_number = TextField()
    filed_on = DayField()
    expires_on = DayField()
    disposed_at = UtcField(null=True)

    class Meta:
        table_name = "disposal_items"
        indexes = ((("disposal", "complaint"), True),)
