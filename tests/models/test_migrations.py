"""A data folder of every schema that was ever shipped, full of work, comes up to today's with nothing lost."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path
from zipfile import ZipFile

import peewee
import pytest

from crm_desktop.models.complaints import Complaint
from crm_desktop.models.database import FILE_NAME, SCHEMA, is_behind, open_database, schema_of
from crm_desktop.services.office import Office, open_office
from tests.makers import director

FIXTURES = Path(__file__).resolve().parent.parent / "fixtures"
OLD_SCHEMAS = sorted(int(path.stem.removeprefix("schema")) for path in FIXTURES.glob("schema*.zip"))
"""2 and 3 lasted minutes and were never given away: their homes were written by the program of that commit, with the
steps up to that number."""
_INDEXED = 7
"""The first schema that has the search index."""


@pytest.fixture(params=OLD_SCHEMAS)
def old_home(request: pytest.FixtureRequest, home: Path) -> Path:
    """A sample home and a small import, written by the program of that schema."""
    with ZipFile(FIXTURES / f"schema{request.param}.zip") as kept:
        kept.extractall(home)
    return home


def contents(path: Path) -> dict[str, list[tuple[object, ...]]]:
    """Every row of every table, by the columns the table had then."""
    connection = sqlite3.connect(path)
    query = "SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'search_%' ORDER BY name"
    names = [name for (name,) in connection.execute(query)]
    found = {name: connection.execute(f"SELECT * FROM {name} ORDER BY 1").fetchall() for name in names}
    connection.close()
    return found


def opened(home: Path) -> Office:
    """The home brought up to today's schema and closed again."""
    office = open_office(home)
    office.desk.close()
    return office


def test_no_schema_is_without_a_home() -> None:
    assert list(range(1, SCHEMA)) == OLD_SCHEMAS


def test_every_old_schema_has_its_home(old_home: Path) -> None:
    assert schema_of(old_home / FILE_NAME) < SCHEMA
    assert {len(contents(old_home / FILE_NAME)[table]) > 0 for table in ("complaints", "follow_ups", "reworks")} == {
        True
    }


def test_every_row_is_still_there_with_every_word(old_home: Path) -> None:
    before = contents(old_home / FILE_NAME)
    opened(old_home)
    after = contents(old_home / FILE_NAME)
    assert schema_of(old_home / FILE_NAME) == SCHEMA
    assert {table: [row[: len(before[table][0])] for row in after[table]] for table in before if before[table]} == {
        table: rows for table, rows in before.items() if rows
    }


def test_all_is_well_with_the_migrated_home(old_home: Path) -> None:
    office = open_office(old_home)
    assert [finding for finding in office.upkeep.check() if finding.trouble] == []
    office.desk.close()


def test_the_history_still_refuses_to_be_rewritten(old_home: Path) -> None:
    office = open_office(old_home)
    with pytest.raises(peewee.IntegrityError, match="append-only"):
        office.desk.database.execute_sql("DELETE FROM history WHERE id = 3")
    office.desk.close()


def test_what_is_written_after_a_migration_carries_on_the_chain(old_home: Path) -> None:
    office = open_office(old_home)
    with office.desk.writing(director()) as ledger:
        ledger.change(Complaint, 1, {"demand": "只要一个说法"}, reason="客户改口")
    assert [finding for finding in office.upkeep.check() if finding.trouble] == []
    office.desk.close()


def test_a_copy_of_the_old_file_was_kept(old_home: Path) -> None:
    before, old = contents(old_home / FILE_NAME), schema_of(old_home / FILE_NAME)
    opened(old_home)
    copy = old_home / "backups" / f"crm-schema{old}-before-{SCHEMA}.db"
    assert (schema_of(copy), contents(copy)) == (old, before)


def test_whoever_opens_an_old_home_hears_what_it_needs_and_how_far_that_is(old_home: Path) -> None:
    heard: list[tuple[str, int, int]] = []
    indexed = schema_of(old_home / FILE_NAME) >= _INDEXED
    assert is_behind(old_home)
    open_database(old_home, lambda *told: heard.append(told)).close()
    assert list(dict.fromkeys(what for what, _, _ in heard)) == [
        "备份原来的数据", "升级数据", *([] if indexed else ["建立搜索索引"]),
    ]  # fmt: skip
    assert all(done <= total for _, done, total in heard)
    assert not is_behind(old_home)


def test_a_home_with_an_index_of_an_older_rule_is_behind_and_no_other(old_home: Path, tmp_path: Path) -> None:
    opened(old_home)
    with closing(sqlite3.connect(old_home / FILE_NAME)) as rows, rows:
        rows.execute("UPDATE search_edition SET edition = 1")
    assert is_behind(old_home)
    assert not is_behind(tmp_path / "not there")
    (old_home / FILE_NAME).write_bytes(b"no database at all" * 100)
    assert not is_behind(old_home)
