"""Customers, the ways to reach them, their cars and the cars' visits."""

from __future__ import annotations

from peewee import BooleanField, ForeignKeyField, IntegerField, TextField

from crm_desktop.models.base import DayField, Record, UtcField
from crm_desktop.models.imports import Import


class Customer(Record):
    """A person or company; ``name_keys`` holds pinyin initials, one reading after another.

    ``stage`` and ``grade`` are the latest of their own tables; a file merged into another names it and is in no
    list any more. ``custom`` holds the dealership's own fields by their key, as JSON.
    """

    kind = TextField(default="个人")
    name = TextField(default="")
    name_keys = TextField(default="")
    gender = TextField(default="")
    address = TextField(default="")
    source = TextField(default="")
    notes = TextField(default="")
    source_number = TextField(null=True, unique=True)
    extra = TextField(default="{}")
    trade = TextField(default="")
    size = TextField(default="")
    standing = TextField(default="")
    likes = TextField(default="")
    dislikes = TextField(default="")
    needs = TextField(default="")
    usual_adviser = TextField(default="")
    owner = TextField(default="")
    region = TextField(default="")
    stage = TextField(default="")
    stage_on = DayField(null=True)
    grade = TextField(default="")
    do_not_disturb = BooleanField(default=False)
    contact_consent = TextField(default="")
    contact_consent_on = DayField(null=True)
    keep_consent = TextField(default="")
    keep_consent_on = DayField(null=True)
    basics_checked_on = DayField(null=True)
    contacts_checked_on = DayField(null=True)
    vehicles_checked_on = DayField(null=True)
    classes_checked_on = DayField(null=True)
    custom = TextField(default="{}")
    merged_into = ForeignKeyField("self", null=True, on_delete="RESTRICT")
    entered_at = UtcField()
    imported_by = ForeignKeyField(Import, null=True, column_name="import_id", on_delete="RESTRICT")

    class Meta:
        table_name = "customers"


class Contact(Record):
    """One number or address of one person around a customer (车主, 送修人 …); ``value`` is normalised."""

    customer = ForeignKeyField(Customer, backref="contacts", on_delete="RESTRICT")
    kind = TextField()
    value = TextField()
    name = TextField(default="")
    role = TextField(default="")
    position = IntegerField(default=0)
    removed = BooleanField(default=False)
    preferred = BooleanField(default=False)
    do_not_disturb = BooleanField(default=False)

    class Meta:
        table_name = "contacts"


class Vehicle(Record):
    """A car. ``customer`` is the owner (车主); ``brought_by`` who usually brings it (送修人).

    ``repair_*`` and ``exchange_*`` are the maker's own 包修 and 三包 terms where they go beyond the law's.
    """

    customer = ForeignKeyField(Customer, null=True, backref="vehicles", on_delete="RESTRICT")
    plate = TextField(default="")
    vin = TextField(default="")
    engine_number = TextField(default="")
    brand = TextField(default="")
    series = TextField(default="")
    model = TextField(default="")
    colour = TextField(default="")
    bought_on = DayField(null=True)
    mileage = IntegerField(null=True)
    brought_by = TextField(default="")
    brought_by_phone = TextField(default="")
    extra = TextField(default="{}")
    purpose = TextField(default="")
    delivered_on = DayField(null=True)
    price_fen = IntegerField(null=True)
    repair_months = IntegerField(null=True)
    repair_km = IntegerField(null=True)
    exchange_months = IntegerField(null=True)
    exchange_km = IntegerField(null=True)
    entered_at = UtcField()
    imported_by = ForeignKeyField(Import, null=True, column_name="import_id", on_delete="RESTRICT")

    class Meta:
        table_name = "vehicles"


class Visit(Record):
    """A workshop order (委托书) that came in from a DMS or was typed; amounts in fen."""

    customer = ForeignKeyField(Customer, null=True, on_delete="RESTRICT")
    vehicle = ForeignKeyField(Vehicle, null=True, on_delete="RESTRICT")
    order_number = TextField(null=True, unique=True)
    came_on = DayField(null=True)
    left_on = DayField(null=True)
    kind = TextField(default="")
    mileage = IntegerField(null=True)
    adviser = TextField(default="")
    technician = TextField(default="")
    inspector = TextField(default="")
    items = TextField(default="")
    amount_fen = IntegerField(null=True)
    brought_by = TextField(default="")
    brought_by_phone = TextField(default="")
    extra = TextField(default="{}")
    source_digest = TextField(null=True, unique=True)
    entered_at = UtcField()
    imported_by = ForeignKeyField(Import, null=True, column_name="import_id", on_delete="RESTRICT")
    promised_on = DayField(null=True)

    class Meta:
        table_name = "visits"
