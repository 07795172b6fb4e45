"""The frozen table: every role against every verb of the services, none missing, nothing changed where refused."""

from __future__ import annotations

import csv
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from crm_desktop.domain.acts import Act
from crm_desktop.domain.rights import NEEDS_PERSON, Right
from crm_desktop.services.office import Office, open_office
from tests.services.rights_world import COLUMNS, NOBODY, PERSONAL, World, by, is_refused, made, verbs

TABLE = Path(__file__).with_name("rights_matrix.csv")
YES = "可"


def table() -> dict[str, dict[str, str]]:
    """The lines of the file: verb (with its case), then 可 in the columns of those who may."""
    with TABLE.open(encoding="utf-8", newline="") as file:
        return {row["verb"]: row for row in csv.DictReader(file)}


@pytest.fixture(scope="module")
def world(tmp_path_factory: pytest.TempPathFactory) -> Any:
    """One of everything; every trial is taken back."""
    with pytest.MonkeyPatch.context() as patch:
        home = tmp_path_factory.mktemp("matrix")
        (home / ".crm-test").touch()
        patch.setenv("CRM_NOW", "2026-11-21T14:00:00")
        office = open_office(home)
        yield made(office)
        office.desk.close()


def verb_of(office: Office, line: str) -> Callable[..., Any]:
    """The method a line is about."""
    return dict(verbs(office))[line.split(" ", maxsplit=1)[0]]


def test_no_verb_is_missing_and_none_is_invented(world: World) -> None:
    listed = {line.split(" ")[0] for line in table()}
    assert listed | PERSONAL == {name for name, _ in verbs(world.office)}


@pytest.mark.parametrize("line", table())
def test_who_may_and_who_may_not(world: World, line: str) -> None:
    verb = verb_of(world.office, line)
    found = {column: "" if is_refused(world, line, verb, by(column)) else YES for column in COLUMNS}
    assert found == {column: table()[line][column] for column in COLUMNS}


def test_somebody_without_any_right_may_do_nothing(world: World) -> None:
    nobody = Act("张三", by(NOBODY).at, rights=frozenset())
    allowed = [line for line in table() if not is_refused(world, line, verb_of(world.office, line), nobody)]
    assert allowed == []


def test_what_needs_a_person_is_decided_by_few() -> None:
    assert {
        Right.CLOSE,
        Right.RETURN,
        Right.REOPEN,
        Right.VOID,
        Right.FILE,
        Right.OVERRIDE,
        Right.EXTEND,
    } <= NEEDS_PERSON
