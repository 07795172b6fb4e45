"""Customers, the ways to reach them, their cars and the cars' visits."""

from __future__ import annotations

from peewee import BooleanField, ForeignKeyField, IntegerField, TextField

from crm_desktop.models.base import DayField, Record, UtcField
from crm_desktop.models.imports import Import


class Customer(Record):
    """A person or company; ``name_keys`` holds pinyin initials, one reading after another."""

    kind = TextField(default="个人")
    name = TextField(default="")
    name_keys = TextField(default="")
    gender = TextField(default="")
    address = TextField(default="")
    source = TextField(default="")
    notes = TextField(default="")
    source_number = TextField(null=True, unique=True)
    extra = TextField(default="{}")
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

    class Meta:
        table_name = "contacts"


class Vehicle(Record):
    """A car. ``customer`` is the owner (车主); ``brought_by`` who usually brings it (送修人)."""

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

    class Meta:
        table_name = "visits"
