"""The tables as migrations make them are the tables the program thinks it has."""

import pytest
from peewee import SqliteDatabase

from crm_desktop.models.base import Record, Table
from crm_desktop.models.complaints import Complaint
from crm_desktop.models.desk import Counter
from crm_desktop.models.history import History
from crm_desktop.models.people import Staff
from crm_desktop.services.soundness import RECORDS


def descendants(root):
    """Every table class below this one."""
    for model in root.__subclasses__():
        yield model
        yield from descendants(model)


MODELS = [model for model in dict.fromkeys(descendants(Table)) if model is not Record]


@pytest.fixture
def both(office):
    """The office's database, made by migrations, and a scratch one made from the classes."""
    scratch = SqliteDatabase(":memory:")
    with scratch.bind_ctx(MODELS):
        scratch.create_tables(MODELS)
        yield office.desk.database, scratch
    scratch.close()


def tables(database):
    """The names of all tables; the search index has no records and no classes."""
    found = {name for (name,) in database.execute_sql("SELECT name FROM sqlite_master WHERE type = 'table'")}
    return {name for name in found if not name.startswith("search_")}


def described(database, pragma, *wanted):
    """What a pragma says of every table, only these positions."""
    return {
        name: {tuple(row[i] for i in wanted) for row in database.execute_sql(f"PRAGMA {pragma}({name})")}
        for name in tables(database)
    }


def unique(database):
    """The columns that may hold a value once only, by table."""
    found = set()
    for table in tables(database):
        for row in database.execute_sql(f"PRAGMA index_list({table})").fetchall():
            if row[2]:
                found.add((table, *(c[2] for c in database.execute_sql(f"PRAGMA index_info({row[1]})"))))
    return found


def test_every_table_has_its_class(both):
    migrated, classes = both
    assert tables(migrated) == tables(classes)
    assert {Complaint, Counter, History, Staff} <= set(MODELS)


def test_columns_have_the_same_names_kinds_and_nulls(both):
    migrated, classes = both
    assert described(migrated, "table_info", 1, 2, 3, 5) == described(classes, "table_info", 1, 2, 3, 5)


def test_references_point_the_same_way_and_forbid_deletion(both):
    migrated, classes = both
    assert described(migrated, "foreign_key_list", 2, 3, 6) == described(classes, "foreign_key_list", 2, 3, 6)
    assert {row[2] for rows in described(migrated, "foreign_key_list", 2, 3, 6).values() for row in rows} == {
        "RESTRICT"
    }


def test_the_same_values_may_come_only_once(both):
    migrated, classes = both
    assert unique(migrated) == unique(classes)


def test_every_table_refuses_values_of_another_kind(both):
    sql = dict(both[0].execute_sql("SELECT name, sql FROM sqlite_master WHERE type = 'table'").fetchall())
    assert [name for name in tables(both[0]) if not sql[name].endswith("STRICT")] == []


def test_check_knows_every_record():
    assert set(RECORDS) == {model for model in MODELS if issubclass(model, Record)}
