"""A sample home with its door open, and a caller who asks one thing after the other."""

from __future__ import annotations

import json
from collections.abc import Callable, Generator
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from crm_desktop.domain.staff import Role
from crm_desktop.door.serve import Door
from crm_desktop.services.office import Office, open_office
from crm_desktop.services.samples import fill

PIN = "2468"
Answer = dict[str, Any]


class Caller:
    """Somebody outside: speaks JSON, holds a token once he has one."""

    def __init__(self, door: Door) -> None:
        self._door = door
        self.token = ""

    def raw(self, line: bytes) -> Answer:
        """One line in, one line out, by way of text as on the wire."""
        answer: Answer = json.loads(json.dumps(self._door.answer(line), ensure_ascii=False).encode("utf-8"))
        return answer

    def ask(self, op: str, **args: Any) -> Answer:
        """The whole answer."""
        return self.raw(json.dumps({"id": 7, "op": op, "token": self.token, "args": args}).encode())

    def get(self, op: str, **args: Any) -> Any:
        """The result of what must be allowed."""
        answer = self.ask(op, **args)
        assert answer["ok"], answer
        return answer["result"]

    def sit_down(self, name: str) -> Caller:
        """From now on this person asks."""
        self.token = self.get("staff.login", name=name, pin=PIN)["token"]
        return self


@pytest.fixture
def office(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Generator[Office, None, None]:
    """A small sample home on 21 November 2026 at two o'clock."""
    (tmp_path / ".crm-test").touch()
    monkeypatch.setenv("CRM_NOW", "2026-11-21T14:00:00")
    opened = open_office(tmp_path)
    fill(opened.desk, 6, 4, date(2026, 11, 20), 1)
    yield opened
    opened.desk.close()


@pytest.fixture
def door(office: Office) -> Door:
    """The open door."""
    return Door(office)


@pytest.fixture
def nobody(door: Door) -> Caller:
    """A caller without a token."""
    return Caller(door)


@pytest.fixture
def adviser(door: Door) -> Caller:
    """服务顾问."""
    return Caller(door).sit_down(Role.ADVISER)


@pytest.fixture
def director(door: Door) -> Caller:
    """服务总监."""
    return Caller(door).sit_down(Role.DIRECTOR)


@pytest.fixture
def count(office: Office) -> Callable[[str], int]:
    """How many rows a table has."""

    def rows(table: str) -> int:
        return int(office.desk.rows(f"SELECT COUNT(*) FROM {table}")[0][0])

    return rows
