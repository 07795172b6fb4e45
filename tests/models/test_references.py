"""What imports bring can be taken out quickly: every reference to it is looked up by an index."""

from __future__ import annotations

import pytest
from peewee import ForeignKeyField

from crm_desktop.models.base import Record
from crm_desktop.models.complaints import Complaint, ComplaintEvent, FollowUp, Rework
from crm_desktop.models.customers import Contact, Customer, Vehicle, Visit
from crm_desktop.services.office import Office
from crm_desktop.services.soundness import RECORDS

BROUGHT = (Customer, Contact, Vehicle, Visit, Complaint, ComplaintEvent, Rework, FollowUp)
SMALL = {"measure_complaints", "merges", "payments", "contracts", "signs"}
"""Tables in which a look from row to row is short."""
REFERENCES = [
    (model._meta.table_name, field.column_name)
    for model in RECORDS
    for field in model._meta.fields.values()
    if isinstance(field, ForeignKeyField) and field.rel_model in BROUGHT and model._meta.table_name not in SMALL
]


@pytest.mark.parametrize(("table", "column"), REFERENCES)
def test_a_reference_is_looked_up_by_an_index(office: Office, table: str, column: str) -> None:
    plan = office.desk.rows(f"EXPLAIN QUERY PLAN SELECT 1 FROM {table} WHERE {column} = ?", (1,))
    assert "SEARCH" in plan[0][-1]


def test_an_id_is_given_once_even_after_its_record_was_taken_out(office: Office) -> None:
    with office.desk.writing(office.desk.act("王敏", "试")) as ledger:
        first = ledger.add(Customer, name="李四", entered_at=ledger.act.at)
        ledger.remove(Customer, [first])
        assert ledger.add(Customer, name="王五", entered_at=ledger.act.at) == first + 1


def test_a_record_that_was_lost_is_told_from_one_that_was_taken_out(office: Office) -> None:
    model: type[Record] = Customer
    with office.desk.writing(office.desk.act("王敏", "试")) as ledger:
        taken, lost = (ledger.add(model, name=name, entered_at=ledger.act.at) for name in ("李四", "王五"))
        ledger.remove(model, [taken])
    office.desk.database.execute_sql("DELETE FROM customers WHERE id = ?", (lost,))
    told = [finding.trouble for finding in office.upkeep.check() if finding.what == "记录与历史 customers"]
    assert told == [f"1 条不见了，第一条编号 {lost}"]
